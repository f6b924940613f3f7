"""Castings that someone keeps for later."""

from artisthub.castings.models import CastingSummary
from artisthub.shared.models import Stored


class SavedCasting(Stored):
    """A casting that the caller has saved, as it is now."""

    saved_at: str
    casting: CastingSummary


class Save(Stored):
    """That `userId` has saved a casting, as it is kept."""

    user_id: str
    casting_id: str
    created_at: str
    updated_at: str
    version: int = 1
