"""The reference for comparison: the same two routes on FastAPI, Mangum and boto3.

It is measured like a function: compiled, in a separate folder, without our code on its path.
"""

import os
import uuid
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from fastapi import FastAPI, HTTPException, Request, Response
from mangum import Mangum
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

Text = StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
LongText = Annotated[str, Text]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Age = Annotated[int, Field(ge=0, le=120)]


class Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Money(Shape):
    amount: Annotated[int, Field(ge=0, le=10_000_000_000)]
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]


class Pay(Shape):
    kind: Literal["paid", "expenses", "unpaid"]
    money: Money | None = None
    unit: Literal["hour", "day", "project"] | None = None

    @model_validator(mode="after")
    def paid_has_money(self) -> "Pay":
        if (self.kind == "paid") != (self.money is not None and self.unit is not None):
            raise ValueError("a paid role needs money and unit; an unpaid role has neither")
        return self


class Requirements(Shape):
    genders: Annotated[list[Word], Field(max_length=4)] = []
    min_age: Age | None = None
    max_age: Age | None = None
    languages: Annotated[list[Word], Field(max_length=30)] = []
    skills: Annotated[list[Word], Field(max_length=30)] = []


class Role(Shape):
    title: Title
    role_id: Word | None = None
    description: LongText | None = None
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    requirements: Requirements = Requirements()
    pay: Pay | None = None
    fee_asked: bool = False
    status: Literal["open", "closed", "filled"] = "open"


class CastingFields(Shape):
    title: Title
    description: LongText
    category: Word
    roles: Annotated[list[Role], Field(min_length=1, max_length=20)]
    mode: Literal["onsite", "remote", "hybrid"] = "onsite"
    city: Title | None = None
    tags: Annotated[list[Word], Field(max_length=10)] = []
    deadline_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class Casting(CastingFields):
    model_config = ConfigDict(extra="ignore")

    casting_id: str
    recruiter_id: str
    status: str
    role_count: int
    is_paid: bool
    created_at: str
    updated_at: str
    published_at: str | None = None
    version: int


app = FastAPI()
dynamodb = boto3.client("dynamodb")
serialize = TypeSerializer().serialize
deserialize = TypeDeserializer().deserialize


def stored(table: str, key: dict[str, str]) -> dict[str, Any]:
    answer = dynamodb.get_item(TableName=os.environ[table], Key=serialize(key)["M"])
    if "Item" not in answer:
        raise HTTPException(404)
    item: dict[str, Any] = deserialize({"M": answer["Item"]})
    return item


@app.post("/v1/castings", status_code=201)
def create_casting(fields: CastingFields, request: Request, response: Response) -> Casting:
    claims = request.scope["aws.event"]["requestContext"]["authorizer"]["jwt"]["claims"]
    user = stored("USERS_TABLE", {"userId": claims["sub"]})
    if user["status"] != "active" or user["role"] != "recruiter":
        raise HTTPException(403)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    casting = Casting(
        **fields.model_dump(),
        casting_id=str(uuid.uuid4()),
        recruiter_id=claims["sub"],
        status="draft",
        role_count=len(fields.roles),
        is_paid=any(role.pay and role.pay.kind == "paid" for role in fields.roles),
        created_at=now,
        updated_at=now,
        version=1,
    )
    dynamodb.put_item(
        TableName=os.environ["CASTING_TABLE"],
        Item=serialize(casting.model_dump(mode="json", by_alias=True, exclude_none=True))["M"],
        ConditionExpression="attribute_not_exists(castingId)",
    )
    response.headers["location"] = f"castings/{casting.casting_id}"
    return casting


@app.get("/v1/castings/{casting_id}")
def get_casting(casting_id: str) -> Casting:
    return Casting.model_validate(stored("CASTING_TABLE", {"castingId": casting_id}))


handler = Mangum(app, lifespan="off")
