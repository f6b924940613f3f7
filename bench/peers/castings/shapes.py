"""The shapes of castings in pydantic, and how a draft is made."""

import re
import unicodedata
import uuid
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel

from artisthub.shared.currencies import Currency

FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.strip().replace("\r\n", "\n"))
    if FORBIDDEN.search(text):
        raise ValueError("must not contain control characters")
    return text


def only_text(value: Any) -> Any:
    # Pydantic would also take a number as a time.
    if value is not None and not isinstance(value, str):
        raise ValueError("must be a text")
    return value


def limits(most: int, pattern: str | None = r"^[^\n]*$") -> StringConstraints:
    return StringConstraints(min_length=1, max_length=most, pattern=pattern)


Text = Annotated[str, BeforeValidator(clean)]
Title = Annotated[Text, limits(120)]
Name = Annotated[Text, limits(80)]
Word = Annotated[Text, limits(40)]
Age = Annotated[int, Field(ge=0, le=120)] | None
Day = Annotated[date | None, Field(strict=False), BeforeValidator(only_text)]
Instant = Annotated[AwareDatetime | None, Field(strict=False), BeforeValidator(only_text)]
Category = Literal[
    "acting", "anchoring", "comedy", "dance", "direction", "makeup", "modelling",
    "music", "photography", "stunts", "voice", "writing",
]  # fmt: skip
Gender = Literal["female", "male", "nonbinary", "other"]
Mode = Literal["onsite", "remote", "hybrid"]
RoleStatus = Literal["open", "closed", "filled"]


class Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Input(Shape):
    model_config = ConfigDict(extra="forbid", strict=True)


class MoneyFields(Input):
    amount: Annotated[int, Field(ge=0, le=10_000_000_000)]
    currency: Currency


class PayFields(Input):
    kind: Literal["paid", "expenses", "unpaid"]
    money: MoneyFields | None = None
    unit: Literal["hour", "day", "project"] | None = None

    @model_validator(mode="after")
    def paid_has_money(self) -> Self:
        if (self.kind == "paid") != (self.money is not None and self.unit is not None):
            raise ValueError("money and unit are required if kind is paid, otherwise not allowed")
        return self


class RequirementsFields(Input):
    genders: Annotated[list[Gender], Field(max_length=4)] = []
    min_age: Age = None
    max_age: Age = None
    languages: Annotated[list[Word], Field(max_length=10)] = []
    skills: Annotated[list[Word], Field(max_length=15)] = []

    @model_validator(mode="after")
    def ages_in_order(self) -> Self:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise ValueError("minAge must not be greater than maxAge")
        return self


class RoleFields(Input):
    title: Title
    role_id: None = None  # only updates name roles
    description: Annotated[Text, limits(1_500, None)] | None = None
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    requirements: RequirementsFields = RequirementsFields()
    pay: PayFields | None = None
    fee_asked: Literal[False] = False
    status: RoleStatus | None = None


class CastingFields(Input):
    title: Title
    description: Annotated[Text, limits(5_000, None)]
    category: Category
    roles: Annotated[list[RoleFields], Field(min_length=1, max_length=20)]
    mode: Mode = "onsite"
    city: Name | None = None
    tags: Annotated[list[Word], Field(max_length=10)] = []
    deadline_at: Instant = None
    starts_on: Day = None
    ends_on: Day = None

    @model_validator(mode="after")
    def fits_together(self) -> Self:
        if self.mode != "remote" and not self.city:
            raise ValueError("city is required unless mode is remote")
        if self.deadline_at and not 2000 <= self.deadline_at.year < 2200:
            raise ValueError("deadlineAt must be between the years 2000 and 2199")
        if self.deadline_at and self.deadline_at <= datetime.now(UTC):
            raise ValueError("deadlineAt must be in the future")
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValueError("startsOn must not be later than endsOn")
        return self


class Money(Shape):
    amount: int
    currency: str


class Pay(Shape):
    kind: str
    money: Money | None = None
    unit: str | None = None


class Requirements(Shape):
    genders: list[str] = []
    min_age: int | None = None
    max_age: int | None = None
    languages: list[str] = []
    skills: list[str] = []


class Role(Shape):
    title: str
    role_id: str
    description: str | None = None
    count: int = 1
    requirements: Requirements = Requirements()
    pay: Pay | None = None
    fee_asked: bool = False
    status: RoleStatus = "open"


class Document(Shape):
    document_id: str
    title: str
    url: str
    kind: str
    created_at: str


class Takedown(Shape):
    reason: str
    at: str
    status_before: str


class Recruiter(Shape):
    user_id: str
    username: str
    display_name: str
    picture: dict[str, str] | None = None
    created_at: str
    company_name: str | None = None
    verified_at: str | None = None


class Casting(Shape):
    casting_id: str
    recruiter_id: str
    title: str
    category: str
    mode: str
    status: str
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
    recruiter: Recruiter | None = None
    description: str
    roles: list[Role]
    starts_on: date | None = None
    ends_on: date | None = None
    documents: list[Document] = []
    takedown: Takedown | None = None
    booked: dict[str, int] = {}
    relation: None = None


def draft(fields: CastingFields, recruiter_id: str) -> Casting:
    now, values = timestamp(datetime.now(UTC)), fields.model_dump()
    for number, role in enumerate(values["roles"], start=1):
        status = "closed" if role["status"] == "closed" else "open"
        role |= {"role_id": f"r1-{number}", "status": status}
    shown = [role for role in values["roles"] if role["status"] == "open"] or values["roles"]
    values["deadline_at"] = timestamp(fields.deadline_at) if fields.deadline_at else None
    return Casting(
        **values,
        casting_id=str(uuid.uuid4()),
        recruiter_id=recruiter_id,
        status="draft",
        role_count=len(fields.roles),
        is_paid=any(role["pay"] and role["pay"]["kind"] == "paid" for role in shown),
        created_at=now,
        updated_at=now,
        version=1,
    )


def timestamp(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
