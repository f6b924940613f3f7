"""Castings in DynamoDB, through boto3."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from .shapes import Casting

dynamodb = boto3.client("dynamodb")
serialize = TypeSerializer().serialize
deserialize = TypeDeserializer().deserialize
CASTINGS_A_DAY = 50


class Refused(Exception):
    """A request that a rule refuses, with its HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def add(casting: Casting, claims: Mapping[str, Any]) -> None:
    """Store a new casting of an active recruiter, and take it from the day's quota."""
    _spend(f"account#{claims['sub']}#castings")
    item = casting.model_dump(mode="json", by_alias=True)
    is_recruiter: Any = {
        "TableName": os.environ["USERS_TABLE"],
        "Key": _map({"userId": claims["sub"]}),
        "ConditionExpression": "#status = :status AND #role = :role AND "
        "(attribute_not_exists(sessionsEndedAt) OR sessionsEndedAt <= :signed_in)",
        "ExpressionAttributeNames": {"#status": "status", "#role": "role"},
        "ExpressionAttributeValues": _map(
            {
                ":status": "active",
                ":role": "recruiter",
                ":signed_in": int(claims.get("auth_time", 0)),
            }
        ),
    }
    new: Any = {
        "TableName": os.environ["CASTING_TABLE"],
        "Item": _map({name: value for name, value in item.items() if value is not None}),
        "ConditionExpression": "attribute_not_exists(castingId)",
    }
    try:
        dynamodb.transact_write_items(
            TransactItems=[{"ConditionCheck": is_recruiter}, {"Put": new}]
        )
    except dynamodb.exceptions.TransactionCanceledException:
        raise Refused(403) from None


def get(casting_id: str) -> Casting:
    """A published casting of an open account, with the card of its recruiter."""
    item = _item(os.environ["CASTING_TABLE"], {"castingId": casting_id})
    if not item or not item.get("publishedAt") or item["status"] == "removed":
        raise Refused(404)
    recruiter_id, cards = item["recruiterId"], os.environ["CARDS_TABLE"]
    keys = [_map({"cardId": f"user#{recruiter_id}"})]
    answer = dynamodb.batch_get_item(RequestItems={cards: {"Keys": keys}})
    found = answer.get("Responses", {}).get(cards, [])
    card = _plain(found[0]) if found else None
    closed = os.environ["CLOSED_ACCOUNTS_TABLE"]
    if card["status"] != "active" if card else _item(closed, {"accountId": recruiter_id}):
        raise Refused(404)
    return Casting.model_validate(item | {"recruiter": card})


def _spend(quota_id: str) -> None:
    today = datetime.now(UTC).date().isoformat()
    values = {":today": today, ":one": 1}
    spend = "SET remaining = remaining - :one"
    start = "SET #day = :today, remaining = if_not_exists(most, :most) - :one"
    if not (
        _update(quota_id, spend, "#day = :today AND remaining >= :one", values)
        or _update(
            quota_id,
            start,
            "(attribute_not_exists(#day) OR #day < :today)"
            " AND (attribute_not_exists(most) OR most >= :one)",
            values | {":most": CASTINGS_A_DAY},
        )
    ):
        raise Refused(429)


def _update(quota_id: str, change: str, condition: str, values: dict[str, Any]) -> bool:
    try:
        dynamodb.update_item(
            TableName=os.environ["QUOTAS_TABLE"],
            Key=_map({"quotaId": quota_id}),
            UpdateExpression=change,
            ConditionExpression=condition,
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues=_map(values),
        )
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return False
    return True


def _item(table: str, key: dict[str, str]) -> dict[str, Any] | None:
    answer = dynamodb.get_item(TableName=table, Key=_map(key))
    return _plain(answer["Item"]) if "Item" in answer else None


def _map(values: dict[str, Any]) -> dict[str, Any]:
    return {name: serialize(value) for name, value in values.items()}


def _plain(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: deserialize(value) for name, value in item.items()}
