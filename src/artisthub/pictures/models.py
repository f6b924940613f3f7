"""Pictures of people."""

from artisthub.media.models import UploadUrl
from artisthub.shared.models import Input


class Jpeg(bytes):
    """A JPEG image."""


class NewPicture(Input):
    """The image that becomes the picture: the `mediaUrl` of an upload of the caller."""

    media_url: UploadUrl
