"""Models that several features use."""

from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

Item = TypeVar("Item")


class Input(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """Input from a client. Unknown fields are refused, so that a typo is never lost."""


class Stored(msgspec.Struct, rename="camel"):
    """Stored data or an answer. Unknown attributes are skipped, so that a rollback works."""


_ONE_LINE = r"^[^\n]*$"

# Lengths of texts are in code points, after trimming and NFC.
Title = Annotated[str, Meta(min_length=1, max_length=120, pattern=_ONE_LINE)]
Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=_ONE_LINE)]
Word = Annotated[str, Meta(min_length=1, max_length=40, pattern=_ONE_LINE)]
LongText = Annotated[str, Meta(min_length=1, max_length=5_000)]
_HTTPS = r"https://[^\s/?#@:]+\.[^\s/?#@:]+[^\s]*"
HttpsUrl = Annotated[str, Meta(max_length=500, pattern=f"^{_HTTPS}$")]
# An upload has no host, so that it works in every stage and after a change of the domain.
MediaUrl = Annotated[
    str,
    Meta(
        max_length=500,
        pattern=rf"^({_HTTPS}|/v1/media/[0-9a-f-]{{36}}/[0-9a-f-]{{36}})$",
        description="An https address or the `mediaUrl` of an upload",
    ),
]
Limit = Annotated[int, Meta(ge=1, description="Items per page; values over 100 count as 100")]
CursorText = Annotated[str, Meta(max_length=500)]

MAX_PAGE = 100


class PageQuery(Input):
    """The paging parameters of lists."""

    limit: Limit = 20
    cursor: CursorText | None = None

    @property
    def size(self) -> int:
        return min(self.limit, MAX_PAGE)


class Page(msgspec.Struct, Generic[Item], rename="camel"):
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[Item]
    next: str | None


Category = Literal[
    "acting", "anchoring", "comedy", "dance", "direction", "makeup", "modelling",
    "music", "photography", "stunts", "voice", "writing",
]  # fmt: skip
Gender = Literal["female", "male", "nonbinary", "other"]
Words = Annotated[list[Word], Meta(max_length=30)]
