"""No framework: msgspec, and pydynox's compiled core. This is the floor for ours.

With `CONNECT` set, it opens its connection while it starts, as ours does.
"""

import os
import re
import unicodedata
import uuid
from datetime import UTC, date, datetime
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_loader
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from artisthub.shared.currencies import Currency

FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
LINE = r"^[^\n]*$"
Title = Annotated[str, Meta(min_length=1, max_length=120, pattern=LINE)]
Word = Annotated[str, Meta(min_length=1, max_length=40, pattern=LINE)]
Age = Annotated[int, Meta(ge=0, le=120)] | None


class Input(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    pass


class Money(Input):
    amount: Annotated[int, Meta(ge=0, le=10_000_000_000)]
    currency: Currency


class Pay(Input):
    kind: Literal["paid", "expenses", "unpaid"]
    money: Money | None = None
    unit: Literal["hour", "day", "project"] | None = None

    def __post_init__(self) -> None:
        if (self.kind == "paid") != (self.money is not None and self.unit is not None):
            raise ValueError("money and unit")


class Requirements(Input):
    genders: Annotated[
        list[Literal["female", "male", "nonbinary", "other"]], Meta(max_length=4)
    ] = []
    min_age: Age = None
    max_age: Age = None
    languages: Annotated[list[Word], Meta(max_length=10)] = []
    skills: Annotated[list[Word], Meta(max_length=15)] = []

    def __post_init__(self) -> None:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise ValueError("minAge")


class Role(Input):
    title: Title
    role_id: str | None = None
    description: Annotated[str, Meta(min_length=1, max_length=1_500)] | None = None
    count: Annotated[int, Meta(ge=1, le=1000)] = 1
    requirements: Requirements = msgspec.field(default_factory=Requirements)
    pay: Pay | None = None
    fee_asked: bool = False
    status: Literal["open", "closed", "filled"] | None = None

    def __post_init__(self) -> None:
        if self.fee_asked:
            raise ValueError("feeAsked")


class CastingFields(Input):
    title: Title
    description: Annotated[str, Meta(min_length=1, max_length=5_000)]
    category: Literal[
        "acting", "anchoring", "comedy", "dance", "direction", "makeup", "modelling",
        "music", "photography", "stunts", "voice", "writing",
    ]  # fmt: skip
    roles: Annotated[list[Role], Meta(min_length=1, max_length=20)]
    mode: Literal["onsite", "remote", "hybrid"] = "onsite"
    city: Annotated[str, Meta(min_length=1, max_length=80, pattern=LINE)] | None = None
    tags: Annotated[list[Word], Meta(max_length=10)] = []
    deadline_at: Annotated[datetime, Meta(tz=True)] | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.mode != "remote" and not self.city:
            raise ValueError("city")
        if self.deadline_at and not 2000 <= self.deadline_at.year < 2200:
            raise ValueError("deadlineAt")
        if self.deadline_at and self.deadline_at <= datetime.now(UTC):
            raise ValueError("deadlineAt")
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValueError("startsOn")


class Casting(CastingFields, kw_only=True, forbid_unknown_fields=False):
    deadline_at: str | None = None  # type: ignore[assignment]
    casting_id: str
    recruiter_id: str
    status: str
    role_count: int
    is_paid: bool
    created_at: str
    updated_at: str
    version: int
    published_at: str | None = None
    hidden_until: str | None = None
    recruiter: dict[str, Any] | None = None
    documents: list[dict[str, str]] = []
    takedown: dict[str, str] | None = None
    booked: dict[str, int] = {}
    relation: None = None

    def __post_init__(self) -> None:
        pass


class Recruiter(msgspec.Struct, rename="camel"):
    user_id: str
    username: str
    display_name: str
    picture: dict[str, str] | None = None
    created_at: str = ""
    company_name: str | None = None
    verified_at: str | None = None


class Refused(Exception):
    pass


def load_core() -> Any:
    [folder] = find_spec("pydynox").submodule_search_locations  # type: ignore[union-attr,misc]
    paths = (f"{folder}/pydynox_core{suffix}" for suffix in EXTENSION_SUFFIXES)
    loader = ExtensionFileLoader("pydynox.pydynox_core", next(filter(os.path.exists, paths)))
    module = module_from_spec(spec_from_loader(loader.name, loader))  # type: ignore[arg-type]
    loader.exec_module(module)
    return module


core = load_core()
# The SDK has no time-out by default, and a service needs one. Ours has these.
dynamodb = core.DynamoDBClient(
    endpoint_url=os.environ.get("AWS_ENDPOINT_URL"), connect_timeout=2.0, read_timeout=5.0
)
encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode
if "CONNECT" in os.environ:
    dynamodb.sync_get_item(os.environ["CASTING_TABLE"], {"castingId": "connect"})


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    try:
        if event["requestContext"]["http"]["method"] == "POST":
            return create_casting(event)
        return get_casting(event["pathParameters"]["castingId"])
    except Refused as refused:
        return answer(refused.args[0], {"status": refused.args[0]})
    except msgspec.ValidationError as error:
        return answer(422, {"detail": str(error)})
    except msgspec.DecodeError as error:
        return answer(400, {"detail": str(error)})


def create_casting(event: dict[str, Any]) -> dict[str, Any]:
    fields = msgspec.convert(clean(decode(event["body"])), CastingFields)
    claims = event["requestContext"]["authorizer"]["jwt"]["claims"]
    casting = draft(fields, claims["sub"])
    spend(f"account#{claims['sub']}#castings")
    item = {name: value for name, value in casting.items() if value is not None}
    try:
        dynamodb.sync_transact_write([is_recruiter(claims), new(item)])
    except core.TransactionCanceledException:
        raise Refused(403) from None
    return answer(201, casting, location=f"castings/{casting['castingId']}")


def get_casting(casting_id: str) -> dict[str, Any]:
    item, _ = dynamodb.sync_get_item(os.environ["CASTING_TABLE"], {"castingId": casting_id})
    if not item or not item.get("publishedAt") or item["status"] == "removed":
        raise Refused(404)
    casting = msgspec.convert(item, Casting)
    key = {"cardId": f"user#{casting.recruiter_id}"}
    cards = dynamodb.sync_batch_get(os.environ["CARDS_TABLE"], [key], consistent_read=False)
    if cards:
        closed = cards[0]["status"] != "active"
        casting.recruiter = msgspec.to_builtins(msgspec.convert(cards[0], Recruiter))
    else:
        account = {"accountId": casting.recruiter_id}
        closed, _ = dynamodb.sync_get_item(os.environ["CLOSED_ACCOUNTS_TABLE"], account)
    if closed:
        raise Refused(404)
    return answer(200, casting)


def clean(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if not text.isascii() or not text.isprintable():
            text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
            if FORBIDDEN.search(text):
                raise msgspec.ValidationError("control characters")
        return text
    if isinstance(value, list):
        return [clean(each) for each in value]
    if isinstance(value, dict):
        return {name: clean(each) for name, each in value.items()}
    return value


def draft(fields: CastingFields, recruiter_id: str) -> dict[str, Any]:
    if any(role.role_id is not None for role in fields.roles):
        raise Refused(422)  # only updates name roles
    now, casting = timestamp(datetime.now(UTC)), msgspec.to_builtins(fields)
    for number, role in enumerate(casting["roles"], start=1):
        role["roleId"] = f"r1-{number}"
        role["status"] = "closed" if role["status"] == "closed" else "open"
    shown = [role for role in casting["roles"] if role["status"] == "open"] or casting["roles"]
    return {
        **casting,
        "deadlineAt": timestamp(fields.deadline_at) if fields.deadline_at else None,
        "castingId": str(uuid.uuid4()),
        "recruiterId": recruiter_id,
        "status": "draft",
        "roleCount": len(fields.roles),
        "isPaid": any(role["pay"] and role["pay"]["kind"] == "paid" for role in shown),
        "createdAt": now,
        "updatedAt": now,
        "version": 1,
        "documents": [],
        "booked": {},
        **dict.fromkeys(("publishedAt", "hiddenUntil", "recruiter", "takedown", "relation")),
    }


def timestamp(instant: datetime) -> str:
    utc = instant.astimezone(UTC).isoformat(timespec="milliseconds")
    return utc.replace("+00:00", "Z")


def spend(quota_id: str) -> None:
    today = datetime.now(UTC).date().isoformat()
    values = {":today": today, ":one": 1}
    if not (
        update(
            quota_id,
            "SET remaining = remaining - :one",
            "#day = :today AND remaining >= :one",
            values,
        )
        or update(
            quota_id,
            "SET #day = :today, remaining = if_not_exists(most, :most) - :one",
            "(attribute_not_exists(#day) OR #day < :today)"
            " AND (attribute_not_exists(most) OR most >= :one)",
            values | {":most": 50},
        )
    ):
        raise Refused(429)


def update(quota_id: str, change: str, condition: str, values: dict[str, Any]) -> bool:
    try:
        dynamodb.sync_update_item(
            os.environ["QUOTAS_TABLE"],
            {"quotaId": quota_id},
            update_expression=change,
            condition_expression=condition,
            expression_attribute_names={"#day": "day"},
            expression_attribute_values=values,
        )
    except core.ConditionalCheckFailedException:
        return False
    return True


def is_recruiter(claims: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "condition_check",
        "table": os.environ["USERS_TABLE"],
        "key": {"userId": claims["sub"]},
        "condition_expression": "#status = :status AND #role = :role AND "
        "(attribute_not_exists(sessionsEndedAt) OR sessionsEndedAt <= :signed_in)",
        "expression_attribute_names": {"#status": "status", "#role": "role"},
        "expression_attribute_values": {
            ":status": "active",
            ":role": "recruiter",
            ":signed_in": int(claims.get("auth_time", 0)),
        },
    }


def new(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "put",
        "table": os.environ["CASTING_TABLE"],
        "item": item,
        "condition_expression": "attribute_not_exists(castingId)",
    }


def answer(status: int, body: Any, **headers: str) -> dict[str, Any]:
    headers["content-type"] = "application/json"
    return {"statusCode": status, "headers": headers, "body": encode(body).decode()}
