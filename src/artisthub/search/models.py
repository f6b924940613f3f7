"""Search filters, entries of the search index, and results."""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from artisthub.castings.models import Age, CastingSummary, Currency, MinorUnits, Mode, PayUnit
from artisthub.shared.models import (
    Category,
    Gender,
    Ids,
    Input,
    Name,
    PageQuery,
    Picture,
    Stored,
    Word,
)
from artisthub.users.models import ListedProfile
from artisthub.users.stored import PlayingAge, Role, Status

Sort = Literal["newest", "closing", "best"]
Text = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        description="At most 10 words that must all occur, or words that begin with them or differ "
        "by one letter. Case, accents of Latin letters, and words such as `the` are ignored",
    ),
]


MAX_PUBLIC_PAGE = 20
_ANY = Meta(min_length=1, max_length=8, description="Any of these")
AnyCategory = Annotated[list[Category], _ANY]
AnyName = Annotated[list[Name], _ANY]
AnyWord = Annotated[list[Word], _ANY]
AnyGender = Annotated[list[Gender], _ANY]
Kilometres = Annotated[
    int,
    Meta(
        ge=1,
        le=200,
        description="Also up to seven of the largest cities of India within so many kilometres of "
        "`city`, which must be one of the 300 largest",
    ),
]
AnyPlayingAge = Annotated[list[PlayingAge], _ANY]
Height = Literal[
    "-139", "140-144", "145-149", "150-154", "155-159", "160-164", "165-169", "170-174", "175-179",
    "180-184", "185-189", "190-194", "195-199", "200-",
]  # fmt: skip
AnyHeight = Annotated[
    list[Height], Meta(min_length=1, max_length=8, description="Any of these, in centimetres")
]
Counts = Annotated[bool, Meta(description="Also count documents by single values")]
AnyMode = Annotated[list[Mode], _ANY]


class CastingQuery(PageQuery):
    """Filters for castings. Absent filters match everything.

    `ids` asks for these castings instead, and allows no other parameter but `cursor`.
    """

    limit: Annotated[int, Meta(ge=1, description="Items per page; values over 20 count as 20")] = 20
    text: Text | None = None
    category: AnyCategory | None = None
    city: AnyName | None = None
    within: Kilometres | None = None
    mode: AnyMode | None = None
    tag: AnyWord | None = None
    paid: bool | None = None
    min_pay: MinorUnits | None = None
    currency: Currency | None = None
    pay_unit: PayUnit | None = None
    deadline_from: (
        Annotated[date, Meta(description="Earliest deadline, as a day in UTC")] | None
    ) = None
    deadline_to: Annotated[date, Meta(description="Latest deadline, as a day in UTC")] | None = None
    age: Age | None = None
    gender: Gender | None = None
    counts: Counts = False
    sort: Annotated[
        Sort, Meta(description="closing: the nearest deadline first; best: needs `text`")
    ] = "newest"
    ids: Ids | None = None

    def __post_init__(self) -> None:
        _ensure_alone(self, cursor=None)

    @property
    def size(self) -> int:
        return min(self.limit, MAX_PUBLIC_PAGE)


class UserQuery(PageQuery):
    """Filters for profiles. Absent filters match everything.

    `playingAge` and `height` are for verified recruiters, and not combined with `text` or `name`.

    `ids` asks for these profiles instead, and allows no other parameter.
    """

    text: Text | None = None
    name: Annotated[Name, Meta(description="Beginnings of words in the name")] | None = None
    role: Role | None = None
    category: AnyCategory | None = None
    skill: AnyWord | None = None
    language: AnyWord | None = None
    city: AnyName | None = None
    within: Kilometres | None = None
    gender: AnyGender | None = None
    playing_age: AnyPlayingAge | None = None
    height: AnyHeight | None = None
    counts: Counts = False
    sort: Annotated[
        Literal["newest", "best"], Meta(description="best: the best match for `text` first")
    ] = "newest"
    ids: Ids | None = None

    def __post_init__(self) -> None:
        _ensure_alone(self)


def _ensure_alone(query: CastingQuery | UserQuery, **allowed: None) -> None:
    if query.ids and msgspec.structs.replace(query, ids=None, **allowed) != type(query)():
        raise ValueError("ids cannot be combined with other parameters")


class SuggestionQuery(Input):
    text: Annotated[Name, Meta(description="The beginning that somebody has typed")]


class Suggestions(Stored):
    """Suggestions: at most five of each kind. Texts are in lower case."""

    people: list[ListedProfile]
    cities: list[str]
    skills: list[str]
    tags: list[str]


class Entry(Stored, kw_only=True):
    """A document's entry in the lists of the index, with the fields that filters use.

    `units` is the document's size in units of 4 KB. Texts are marks of four bytes, so that an entry
    has at most 1 KB. It may fit by chance, and never fails to fit; the card decides. `facts` is
    None in entries of version 0.1.0, which always fit. `due` is the `closingKey` where the list is
    not kept by deadline.
    """

    sort_key: str
    version: int
    closing_key: str | None = None
    due: str | None = None
    expires_at: int | None = None
    units: int = 1
    facts: bytes | None = None
    words: bytes | list[Any] = b""

    @property
    def closing(self) -> str:
        return self.closing_key or self.due or "~"

    @property
    def document_id(self) -> str:
        return self.sort_key.partition("|")[2]


class Part(msgspec.Struct, array_like=True, frozen=True):
    """The fields of a role that filters use. `genders` and `unit` are first letters."""

    genders: str
    min_age: int | None
    max_age: int | None
    amount: int | None
    currency: str | None
    unit: str | None


class CastingEntry(Entry, kw_only=True):
    """`parts` are packed."""

    category: Category
    mode: Mode
    parts: bytes | list[Any] = b""

    @property
    def deadline_at(self) -> str | None:
        deadline = self.closing.partition("|")[0]
        return None if deadline == "~" else deadline


class UserEntry(Entry, kw_only=True):
    """`names` are the words of the names, with spaces between them."""

    role: Role
    names: str | list[Any] = ""


class Note(Stored):
    """A document's entries in the index: by sort key, the terms of the lists with an entry.

    `says` is the content of the entries, None while they are being written. `edition` is that of
    the rules that made them.
    """

    term: str
    sort_key: str = "note"
    version: int = 0
    edition: int = 0
    terms: dict[str, list[str]] = {}
    says: dict[str, object] | None = None
    expires_at: int | None = None


class ProfileSummary(ListedProfile, kw_only=True):
    """A profile in a list. A connections-only profile has only the fields that everyone sees."""

    picture: Picture | None = None
    headline: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    company_name: str | None = None


class FoundCastings(Stored):
    """Open castings. `next` is the cursor of the next page, null on the last.

    `counts` has their number for each category and mode, and for each `city` and `tag` that was
    asked for, without regard to other filters. It is null without `counts=true`.
    """

    items: list[CastingSummary]
    next: str | None
    counts: dict[str, dict[str, int]] | None = None


class FoundPeople(Stored):
    """Profiles. `next` is the cursor of the next page, null on the last.

    `counts` has the number of public profiles for each category and gender, and for each `city`,
    `skill` and `language` that was asked for, without regard to other filters. It is null without
    `counts=true`.
    """

    items: list[ProfileSummary]
    next: str | None
    counts: dict[str, dict[str, int]] | None = None


class CastingCard(CastingSummary, kw_only=True):
    """A casting for lists. `entry` is None unless searches find it."""

    entry: CastingEntry | None = None


class PersonCard(ListedProfile, kw_only=True):
    """The part of a profile's card that suggestions need."""

    status: Status
    born_on: date | None = None
    entry: Any = None


class ProfileCard(ProfileSummary, kw_only=True):
    """A profile for lists, whatever its privacy. `entry` is None unless searches find it."""

    status: Status
    email: str
    phone: str | None = None
    height_cm: int | None = None
    gender: Gender | None = None
    born_on: date | None = None
    entry: UserEntry | None = None
