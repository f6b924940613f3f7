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
# RFC 3986 without what makes an address look like another one or break out of an attribute: user
# names, IP addresses, names without a dot, quotation marks, encoded control characters.
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|[Xx][Nn]--[A-Za-z0-9-]{{0,58}}[A-Za-z0-9])"
_TO_65535 = "6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"
_PORT = rf"(?::(?:[1-9][0-9]{{0,3}}|[1-5][0-9]{{4}}|{_TO_65535}))?"
_CHARS = r"(?:[A-Za-z0-9._~!$&()*+,;=:@/?[\]-]|%(?:[2-689A-Fa-f][0-9A-Fa-f]|7[0-9A-Ea-e]))*"
_HTTPS = rf"https://(?=[^:/?#]{{1,253}}(?:[:/?#]|$)){_HOST}{_PORT}(?:[/?]{_CHARS})?(?:#{_CHARS})?"


def _not_an_address(_: str) -> str:
    return (
        "must be an https address such as https://example.com/maya, at most 500 characters long, "
        "without a user name; write other characters as %XX, and the host in Punycode"
    )


HttpsUrl = Annotated[
    str, Meta(max_length=500, pattern=f"^{_HTTPS}$", extra={"explain": _not_an_address})
]
# An upload has no host, so that it works in every stage and after a change of the domain.
MediaUrl = Annotated[
    str,
    Meta(
        max_length=500,
        pattern=rf"^({_HTTPS}|/v1/media/[0-9a-f-]{{36}}/[0-9a-f-]{{36}})$",
        description="An https address or the `mediaUrl` of an upload",
        extra={"explain": _not_an_address},
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
