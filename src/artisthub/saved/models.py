"""Saved castings."""

from artisthub.castings.models import CastingSummary
from artisthub.shared.models import Stored


class SavedCasting(Stored):
    """A casting that the caller saved, in its current state."""

    saved_at: str
    casting: CastingSummary


class Save(Stored):
    """A saved casting as stored."""

    user_id: str
    casting_id: str
    created_at: str
    updated_at: str
    version: int = 1
