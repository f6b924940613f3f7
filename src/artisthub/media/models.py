"""Uploads for profiles, castings and applications."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from artisthub.shared.models import Input, PageQuery, Stored

MEGABYTE = 1024 * 1024
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def _not_an_upload(_: str) -> str:
    return "must be the `mediaUrl` of an upload, such as /v1/media/{userId}/{mediaId}"


UploadUrl = Annotated[
    str,
    Meta(
        pattern=rf"^/v1/media/{_UUID}/{_UUID}(?!\n)$",
        description="The `mediaUrl` of an upload",
        extra={"explain": _not_an_upload},
    ),
]


class NewImageUpload(Input, tag_field="kind", tag="image"):
    """An image of at most 10 MB."""

    content_type: Literal["image/jpeg", "image/png", "image/webp"]
    file_bytes: Annotated[int, Meta(ge=1, le=10 * MEGABYTE)] | None = None
    max_bytes: ClassVar[int] = 10 * MEGABYTE


class NewAudioUpload(Input, tag_field="kind", tag="audio"):
    """A recording of at most 50 MB."""

    content_type: Literal["audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"]
    file_bytes: Annotated[int, Meta(ge=1, le=50 * MEGABYTE)] | None = None
    max_bytes: ClassVar[int] = 50 * MEGABYTE


class NewVideoUpload(Input, tag_field="kind", tag="video"):
    """A video of at most 500 MB."""

    content_type: Literal["video/mp4", "video/quicktime", "video/webm"]
    file_bytes: Annotated[int, Meta(ge=1, le=500 * MEGABYTE)] | None = None
    max_bytes: ClassVar[int] = 500 * MEGABYTE


class NewDocumentUpload(Input, tag_field="kind", tag="document"):
    """A document of at most 10 MB."""

    content_type: Literal["application/pdf"]
    file_bytes: Annotated[int, Meta(ge=1, le=10 * MEGABYTE)] | None = None
    max_bytes: ClassVar[int] = 10 * MEGABYTE


NewUpload = NewImageUpload | NewAudioUpload | NewVideoUpload | NewDocumentUpload


class Upload(Stored):
    """An upload form for one file. Afterwards the file is at `mediaUrl`, relative to this API."""

    media_id: str
    media_url: str
    url: str
    fields: dict[str, str]
    max_bytes: int
    expires_at: str


class UploadsQuery(PageQuery):
    limit: Annotated[int, Meta(ge=1, description="Items per page; values over 20 count as 20")] = 20

    @property
    def size(self) -> int:
        return min(self.limit, 20)


class UploadedFile(Stored):
    """A file that the account uploaded, or a picture that the service made of one.

    `usedBy` says where the caller's profile has it. Applications may have it, too. `contentType` is
    null if the file was just deleted.
    """

    media_id: str
    media_url: str
    bytes: int
    created_at: str
    content_type: str | None = None
    used_by: list[Literal["picture", "portfolio"]] = []
