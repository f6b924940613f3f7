"""Shapes of view counts."""

from typing import Annotated

from msgspec import Meta

from artisthub.shared.models import Stored


class Views(Stored):
    """How often something was looked at, each viewer counted once a day."""

    views: Annotated[int, Meta(ge=0)]
