"""Models that several features use."""

from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

Item = TypeVar("Item")


class Input(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """Input from a client. Unknown fields are refused, so that a typo is never lost."""


class Stored(msgspec.Struct, rename="camel"):
    """Stored data or an answer. Unknown attributes are skipped, so that a rollback works."""


def _has_lines(text: str) -> str:
    return "must be one line" if "\n" in text else ""


ONE_LINE = r"^[^\n]*$"
_IN_WORDS: dict[str, Any] = {"explain": _has_lines}

# Lengths of texts are in code points, after trimming and NFC.
Title = Annotated[str, Meta(min_length=1, max_length=120, pattern=ONE_LINE, extra=_IN_WORDS)]
Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=ONE_LINE, extra=_IN_WORDS)]
Word = Annotated[str, Meta(min_length=1, max_length=40, pattern=ONE_LINE, extra=_IN_WORDS)]
LongText = Annotated[str, Meta(min_length=1, max_length=5_000)]
# RFC 3986, and letters of every script after the host, as RFC 3987 allows. Without what makes an
# address look like another one or break out of an attribute: user names, IP addresses, names
# without a dot, quotation marks, encoded control characters, and characters that nobody sees.
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{1,63}}|[Xx][Nn]--[A-Za-z0-9-]{{0,58}}[A-Za-z0-9])"
_TO_65535 = "6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"
_PORT = rf"(?::(?:[1-9][0-9]{{0,3}}|[1-5][0-9]{{4}}|{_TO_65535}))?"
_LETTERS = (
    r"[^\x00-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uff00-\uffff]"
)
_ENCODED = "%(?:[2-689A-Fa-f][0-9A-Fa-f]|7[0-9A-Ea-e])"
_CHARS = rf"(?:[A-Za-z0-9._~!$&()*+,;=:@/?#[\]-]|{_ENCODED}|{_LETTERS})*"
_ONE_FRAGMENT = "(?![^#]*#[^#]*#)"
_HTTPS = rf"https://(?=[^:/?#]{{1,253}}(?:[:/?#]|$)){_ONE_FRAGMENT}{_HOST}{_PORT}(?:[/?#]{_CHARS})?"


def _not_an_address(_: str) -> str:
    return (
        "must be an https address such as https://example.com/maya, at most 500 characters long, "
        "without a user name; write spaces and marks such as quotation marks as %XX, and the host "
        "in Punycode"
    )


def _address(pattern: str, description: str | None = None) -> Meta:
    """A text of this pattern. Compiling it takes a millisecond, so only inputs with addresses do.

    msgspec would compile it at the start of every function.
    """
    return Meta(
        max_length=500,
        description=description,
        extra={"pattern": pattern, "explain": _not_an_address},
        extra_json_schema={"pattern": pattern},
    )


HttpsUrl = Annotated[str, _address(f"^{_HTTPS}$")]
# An upload has no host, so that it works in every stage and after a change of the domain.
MediaUrl = Annotated[
    str,
    _address(
        rf"^({_HTTPS}|/v1/media/[0-9a-f-]{{36}}/[0-9a-f-]{{36}})$",
        "An https address or the `mediaUrl` of an upload of the caller",
    ),
]


class Picture(Stored):
    """The picture of a person, as addresses relative to this API, of JPEG images.

    `small` is a square of 96 pixels, and `medium` one of 320. `large` keeps the proportions, with
    at most 1,080 pixels on each side. Smaller images are not enlarged. Every new picture has new
    addresses.
    """

    small: str
    medium: str
    large: str


Limit = Annotated[int, Meta(ge=1, description="Items per page; values over 100 count as 100")]
CursorText = Annotated[str, Meta(max_length=500)]

MAX_PAGE = 100

# So many cards of documents, and of who made them, are within the read units of a page.
Ids = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=36)]],
    Meta(min_length=1, max_length=20, description="At most 20"),
]


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
