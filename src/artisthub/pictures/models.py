"""Pictures of people."""

from typing import Annotated

from msgspec import Meta

from artisthub.cases.models import UPLOAD
from artisthub.shared.models import Input


class Jpeg(bytes):
    """A JPEG image."""


class NewPicture(Input):
    """The image that becomes the picture: the `mediaUrl` of an upload of the caller."""

    media_url: Annotated[str, Meta(pattern=UPLOAD, description="The `mediaUrl` of an upload")]
