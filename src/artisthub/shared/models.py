"""What the shapes of all features have in common."""

from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

Item = TypeVar("Item")


class Input(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """Something a client sends: unknown fields are refused, so a typo is never silently lost."""


class Stored(msgspec.Struct, rename="camel"):
    """Something we keep or answer: unknown attributes are skipped, so a rollback can read on."""


_ONE_LINE = r"^[^\n]*$"

# Texts are counted in code points, after trimming and NFC.
Title = Annotated[str, Meta(min_length=1, max_length=120, pattern=_ONE_LINE)]
Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=_ONE_LINE)]
Word = Annotated[str, Meta(min_length=1, max_length=40, pattern=_ONE_LINE)]
LongText = Annotated[str, Meta(min_length=1, max_length=5_000)]
_HTTPS = r"https://[^\s/?#@:]+\.[^\s/?#@:]+[^\s]*"
HttpsUrl = Annotated[str, Meta(max_length=500, pattern=f"^{_HTTPS}$")]
# An upload has no host in it: it is read in every stage, and under another domain of the API too.
MediaUrl = Annotated[
    str,
    Meta(
        max_length=500,
        pattern=rf"^({_HTTPS}|/v1/media/[0-9a-f-]{{36}}/[0-9a-f-]{{36}})$",
        description="An https address, or the `mediaUrl` of an upload",
    ),
]
Limit = Annotated[int, Meta(ge=1, description="Items a page; over 100 is lowered to 100")]
CursorText = Annotated[str, Meta(max_length=500)]

MAX_PAGE = 100


class PageQuery(Input):
    """The paging parameters of every list."""

    limit: Limit = 20
    cursor: CursorText | None = None

    @property
    def size(self) -> int:
        return min(self.limit, MAX_PAGE)


class Page(msgspec.Struct, Generic[Item], rename="camel"):
    """One page of a list; `next` is the cursor of the page after it, null at the end."""

    items: list[Item]
    next: str | None


Category = Literal[
    "acting", "anchoring", "comedy", "dance", "direction", "makeup", "modelling",
    "music", "photography", "stunts", "voice", "writing",
]  # fmt: skip
Gender = Literal["female", "male", "nonbinary", "other"]
Words = Annotated[list[Word], Meta(max_length=30)]
