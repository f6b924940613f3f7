"""Castings and their roles, documents and status."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from artisthub.relations.models import CastingRelation
from artisthub.shared import currencies
from artisthub.shared.models import (
    Category,
    Gender,
    HttpsUrl,
    Input,
    LongText,
    Name,
    PageQuery,
    Stored,
    Title,
    Word,
)
from artisthub.users.stored import RecruiterCard
from artisthub.users.stored import Status as UserStatus

Mode = Literal["onsite", "remote", "hybrid"]
PayKind = Literal["paid", "expenses", "unpaid"]
PayUnit = Literal["hour", "day", "project"]
ChosenStatus = Literal["draft", "open", "closed", "filled", "cancelled"]
Status = Literal[ChosenStatus, "removed"]
Statuses = Annotated[list[Status], Meta(min_length=1, max_length=6, description="Any of these")]
RoleStatus = Literal["open", "closed", "filled"]
DocumentKind = Literal["script", "brief", "contract", "reference", "other"]
Age = Annotated[int, Meta(ge=0, le=120, description="Years")]


def _not_a_currency(_: str) -> str:
    return "must be a currency code of ISO 4217, such as INR"


Currency = Annotated[
    currencies.Currency, Meta(description="ISO 4217", extra={"explain": _not_a_currency})
]
MinorUnits = Annotated[
    int, Meta(ge=0, le=10_000_000_000, description="In minor units (paise, cents)")
]
FeeAsked = Annotated[
    bool,
    Meta(
        description="Always false: an artist must never pay to be cast",
        extra_json_schema={"const": False},
    ),
]
Instant = Annotated[datetime, Meta(tz=True)]
MAX_DOCUMENTS = 10
# As an item, so that getCasting costs at most 30 read units: 29 for 58 blocks of 4 KB, and one for
# other reads. The rest of the 58 is for what the service adds: the numbers of booked artists, the
# time of publishing and filled roles. Only castings of 0.1.0 can be larger.
MAX_BYTES = 58 * 4096 - 340


class MoneyFields(Input):
    amount: MinorUnits
    currency: Currency


class PayFields(Input):
    """Pay for a role. Paid roles need `money` and `unit`; other roles have neither."""

    kind: PayKind
    money: MoneyFields | None = None
    unit: PayUnit | None = None

    def __post_init__(self) -> None:
        if (self.kind == "paid") != (self.money is not None and self.unit is not None):
            raise ValueError("money and unit are required if kind is paid, otherwise not allowed")


class RequirementsFields(Input):
    """The artist that the recruiter is looking for. This is advice: anyone may apply."""

    genders: Annotated[list[Gender], Meta(max_length=4)] = []
    min_age: Age | None = None
    max_age: Age | None = None
    languages: Annotated[list[Word], Meta(max_length=10)] = []
    skills: Annotated[list[Word], Meta(max_length=15)] = []

    def __post_init__(self) -> None:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise ValueError("minAge must not be greater than maxAge")


class RoleFields(Input):
    """A part to cast. The service assigns `roleId`; send it in an update to keep the role.

    Drafts may lack `pay`. A casting can be opened only if every role says whether it is paid.

    A closed role takes no applications. A role is filled while as many artists are booked as its
    `count` says. Without `status`, a role keeps its status, and a new one is open.
    """

    title: Title
    role_id: Annotated[str, Meta(pattern="^r[0-9]{1,9}-[0-9]{1,2}$")] | None = None
    # Twenty descriptions at four bytes a character must fit into a body of 256 KB.
    description: Annotated[str, Meta(min_length=1, max_length=1_500)] | None = None
    count: Annotated[int, Meta(ge=1, le=1000, description="Number of people to cast")] = 1
    requirements: RequirementsFields = msgspec.field(default_factory=RequirementsFields)
    pay: PayFields | None = None
    fee_asked: FeeAsked = False
    status: RoleStatus | None = None


class CastingFields(Input):
    """A casting's fields for its recruiter, who may change them until it is filled or cancelled."""

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
            raise ValueError("deadlineAt must be between the years 2000 and 2199")
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValueError("startsOn must not be later than endsOn")


class GetCastingQuery(Input):
    relation: Annotated[
        bool, Meta(description="Also say what the caller, whose token is sent, has to do with it")
    ] = False


class RecruiterCastingsQuery(PageQuery):
    status: Statuses | None = None


class NewStatus(Input):
    status: ChosenStatus


class NewDocument(Input):
    """A document for applicants, such as a script. It is stored elsewhere, at `url`."""

    title: Title
    url: HttpsUrl
    kind: DocumentKind


class Money(Stored):
    """An amount in minor units (paise, cents) of a currency of ISO 4217."""

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
    """A role of a casting. It takes applications while it is open."""

    # Without the limits of RoleFields, so that these can become stricter.

    title: str
    role_id: str
    description: str | None = None
    count: int = 1
    requirements: Requirements = msgspec.field(default_factory=Requirements)
    pay: Pay | None = None
    fee_asked: bool = False
    status: RoleStatus = "open"


class Document(Stored):
    """A document of a casting."""

    document_id: str
    title: str
    url: str
    kind: DocumentKind
    created_at: str


class Takedown(Stored):
    """Why and when an administrator took the casting down, and its status before."""

    reason: str
    at: str
    status_before: ChosenStatus


class CastingSummary(Stored):
    """A casting in a list.

    If five established accounts report a casting, only its recruiter and administrators see it
    until `hiddenUntil`, or until an administrator has decided. `recruiter` says who casts. It is
    null in answers to changes, and for seconds after the recruiter's profile has changed.
    """

    # The attributes that recruiterIdIndex projects, and two that answers add.

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
    hidden_until: str | None = None
    recruiter: RecruiterCard | None = None


class CasterCard(RecruiterCard, kw_only=True):
    """A recruiter with what decides whether others may know of the account."""

    status: UserStatus
    born_on: date | None = None


class Recruiter(RecruiterCard, kw_only=True):
    """A recruiter's public page. `openCastings` is the number of open castings."""

    open_castings: int


class Casting(CastingSummary, kw_only=True):
    """A casting. `publishedAt` is null until it is first opened.

    `takedown` is present while the status is `removed`. Only the casting's recruiter and
    administrators see a removed casting. `booked` has the number of artists booked for each role,
    by `roleId`. `relation` is the caller's to the casting, if getCasting was asked for it.
    """

    description: str
    roles: list[Role]
    starts_on: date | None = None
    ends_on: date | None = None
    documents: list[Document] = []
    takedown: Takedown | None = None
    booked: dict[str, int] = {}
    relation: CastingRelation | None = None
