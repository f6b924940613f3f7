"""View counts."""

from typing import Annotated

from msgspec import Meta

from artisthub.shared.models import Stored


class Views(Stored):
    """The number of views. Each viewer counts once a day (UTC)."""

    views: Annotated[int, Meta(ge=0)]
