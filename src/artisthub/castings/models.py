"""Castings: what a recruiter is looking for, role by role."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from artisthub.shared.models import (
    Category,
    Gender,
    HttpsUrl,
    Input,
    LongText,
    Name,
    Stored,
    Title,
    Word,
)

Mode = Literal["onsite", "remote", "hybrid"]
PayKind = Literal["paid", "expenses", "unpaid"]
PayUnit = Literal["hour", "day", "project"]
ChosenStatus = Literal["draft", "open", "closed", "filled", "cancelled"]
Status = Literal[ChosenStatus, "removed"]
DocumentKind = Literal["script", "brief", "contract", "reference", "other"]
Age = Annotated[int, Meta(ge=0, le=120, description="Years")]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", description="ISO 4217")]
MinorUnits = Annotated[int, Meta(ge=0, le=10_000_000_000, description="Paise, cents …")]
Instant = Annotated[datetime, Meta(tz=True)]
MAX_DOCUMENTS = 10


class MoneyFields(Input):
    amount: MinorUnits
    currency: Currency


class PayFields(Input):
    """What a role pays. `money` and `unit` belong to paid roles and to them alone."""

    kind: PayKind
    money: MoneyFields | None = None
    unit: PayUnit | None = None

    def __post_init__(self) -> None:
        if (self.kind == "paid") != (self.money is not None and self.unit is not None):
            raise ValueError("a paid role needs money and unit, an unpaid one has neither")


class RequirementsFields(Input):
    """What the recruiter is looking for; advice to applicants, never a refusal."""

    genders: Annotated[list[Gender], Meta(max_length=4)] = []
    min_age: Age | None = None
    max_age: Age | None = None
    languages: Annotated[list[Word], Meta(max_length=10)] = []
    skills: Annotated[list[Word], Meta(max_length=15)] = []

    def __post_init__(self) -> None:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise ValueError("minAge must not be above maxAge")


class RoleFields(Input):
    """One part to be cast. `roleId` is given by the service; send it to keep a role in a change."""

    title: Title
    role_id: Annotated[str, Meta(pattern="^r[0-9]{1,9}-[0-9]{1,2}$")] | None = None
    # Twenty of them, in four bytes a character, must pass as one body of 256 KB.
    description: Annotated[str, Meta(min_length=1, max_length=1_500)] | None = None
    count: Annotated[int, Meta(ge=1, le=1000, description="People wanted")] = 1
    requirements: RequirementsFields = msgspec.field(default_factory=RequirementsFields)
    pay: PayFields | None = None


class CastingFields(Input):
    """What a recruiter writes, and may change until the casting has ended."""

    title: Title
    description: LongText
    category: Category
    roles: Annotated[list[RoleFields], Meta(min_length=1, max_length=20)]
    mode: Mode = "onsite"
    city: Name | None = None
    tags: Annotated[list[Word], Meta(max_length=10)] = []
    deadline_at: Instant | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.mode != "remote" and not self.city:
            raise ValueError("city is required unless mode is remote")
        if self.deadline_at and not 2000 <= self.deadline_at.year < 2200:
            raise ValueError("deadlineAt must be in this century or the next")
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValueError("startsOn must not be after endsOn")


class NewStatus(Input):
    status: ChosenStatus


class NewDocument(Input):
    """Something that belongs to a casting and is kept elsewhere: `url` is where."""

    title: Title
    url: HttpsUrl
    kind: DocumentKind


class Money(Stored):
    amount: int
    currency: str


class Pay(Stored):
    kind: PayKind
    money: Money | None = None
    unit: PayUnit | None = None


class Requirements(Stored):
    genders: list[Gender] = []
    min_age: int | None = None
    max_age: int | None = None
    languages: list[str] = []
    skills: list[str] = []


class Role(Stored):
    """A role as it is kept: free of the limits of its day, so that they can change."""

    title: str
    role_id: str
    description: str | None = None
    count: int = 1
    requirements: Requirements = msgspec.field(default_factory=Requirements)
    pay: Pay | None = None


class Document(Stored):
    """A document of a casting as it is kept and shown."""

    document_id: str
    title: str
    url: str
    kind: DocumentKind
    created_at: str


class Takedown(Stored):
    """Why and when an administrator has taken a casting down, and what it was until then."""

    reason: str
    at: str
    status_before: ChosenStatus


class CastingSummary(Stored):
    """A casting in a list: exactly what recruiterIdIndex projects."""

    casting_id: str
    recruiter_id: str
    title: str
    category: Category
    mode: Mode
    status: Status
    role_count: int
    is_paid: bool
    created_at: str
    updated_at: str
    version: int
    city: str | None = None
    tags: list[str] = []
    deadline_at: str | None = None
    published_at: str | None = None


class Casting(CastingSummary, kw_only=True):
    """A casting as it is kept and answered. `publishedAt` is null until it was open once.

    `takedown` is there while its status is `removed`, which its recruiter and administrators see.
    """

    description: str
    roles: list[Role]
    starts_on: date | None = None
    ends_on: date | None = None
    documents: list[Document] = []
    takedown: Takedown | None = None
