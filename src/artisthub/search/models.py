"""Search filters, entries of the search index, and results."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from artisthub.castings.models import Age, Currency, MinorUnits, Mode, PayUnit
from artisthub.shared.models import Category, Gender, Name, PageQuery, Stored, Word
from artisthub.users.models import LimitedProfile, Role, Status

Sort = Literal["newest", "closing"]
Text = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        description="Words that must all occur, ignoring case and accents of Latin letters",
    ),
]


class CastingQuery(PageQuery):
    """Filters for castings. Absent filters match everything."""

    text: Text | None = None
    category: Category | None = None
    city: Name | None = None
    mode: Mode | None = None
    tag: Word | None = None
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
    sort: Annotated[Sort, Meta(description="closing: the nearest deadline first")] = "newest"


class UserQuery(PageQuery):
    """Filters for profiles. Absent filters match everything."""

    text: Text | None = None
    name: Annotated[Name, Meta(description="Beginnings of words in the name")] | None = None
    role: Role | None = None
    category: Category | None = None
    skill: Word | None = None
    language: Word | None = None
    city: Name | None = None


class Entry(Stored, kw_only=True):
    """A document's entry in the lists of the index, with the fields that filters use."""

    document_id: str
    version: int
    sort_key: str
    closing_key: str | None = None
    expires_at: int | None = None
    city: str | None = None
    words: list[str] = []


class Part(msgspec.Struct, array_like=True):
    """The fields of a role that filters use."""

    genders: list[Gender]
    min_age: int | None
    max_age: int | None
    amount: int | None
    currency: str | None
    unit: PayUnit | None


class CastingEntry(Entry, kw_only=True):
    category: Category
    mode: Mode
    tags: list[str]
    parts: list[Part]
    deadline_at: str | None = None


class UserEntry(Entry, kw_only=True):
    role: Role
    categories: list[Category]
    skills: list[str]
    languages: list[str]
    names: list[str] = []


class Note(Stored):
    """A document's entries in the index: by sort key, the terms of the lists with an entry.

    `says` is the content of the entries, None while they are being written.
    """

    term: str
    sort_key: str = "note"
    version: int = 0
    terms: dict[str, list[str]] = {}
    says: dict[str, object] | None = None
    expires_at: int | None = None


class ProfileSummary(LimitedProfile, kw_only=True):
    """A profile in a list. A connections-only profile has only the fields that everyone sees."""

    headline: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    company_name: str | None = None


class Candidate(ProfileSummary, kw_only=True):
    """The fields of a profile that are searched and shown."""

    bio: str | None = None
    born_on: date | None = None
    status: Status = "active"
    expires_at: int | None = None
