"""Upgrade of data that older releases wrote.

It adds marks of closed accounts and numbers of bookings, and lists applicants. You can stop it and
run it again at any time; it also removes marks that a restore brought back for accounts that are
open.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError

from operations import stack as stacks

Item = dict[str, Any]
Tell = Callable[[str], None]


def run(stack: str, tell: Tell) -> bool:
    dynamodb: Any = boto3.resource("dynamodb")
    tables = {name: dynamodb.Table(table) for name, table in stacks.tables(stack).items()}
    _mark_closed_accounts(tables["UsersTable"], tables["ClosedAccountsTable"], tell)
    _count_bookings(tables["ApplicationsTable"], tables["CastingTable"], tell)
    _list_applicants(tables["ApplicationsTable"], tell)
    return True


def _list_applicants(applications: Any, tell: Tell) -> None:
    """Give each application a board key, as `board_key` in the rules of applications makes it."""
    listed = 0
    for each in _scan(applications, Attr("boardKey").not_exists()):
        units = -(-len(json.dumps(each, default=str).encode()) // 4096)
        at = "".join(filter(str.isdigit, each["createdAt"]))
        key = [at, each["status"][:3], "0", "0", str(units), ""]
        listed += _write(
            applications.update_item,
            Key={name: each[name] for name in ("castingId", "applicationKey")},
            UpdateExpression="SET boardKey = :key",
            ConditionExpression="#version = :seen AND attribute_not_exists(boardKey)",
            ExpressionAttributeNames={"#version": "version"},
            ExpressionAttributeValues={":key": "\n".join(key), ":seen": each["version"]},
        )
    tell(f"{listed} applications added to the lists of applicants")


def _mark_closed_accounts(users: Any, marks: Any, tell: Tell) -> None:
    added = removed = 0
    for user in _scan(users, Attr("status").is_in(["suspended", "deleted"])):
        added += _write(
            marks.put_item,
            Item={"accountId": user["userId"], **_stamps()},
            ConditionExpression="attribute_not_exists(accountId)",
        )
        if user["status"] == "suspended" and "addressKey" not in user:
            tell(f"suspend again, so that nobody signs up with the address: {user['userId']}")
    for mark in _scan(marks, ~Attr("accountId").contains("#")):
        found = users.get_item(Key={"userId": mark["accountId"]}, ConsistentRead=True)
        if found.get("Item", {}).get("status") == "active":
            removed += _write(
                marks.delete_item,
                Key={"accountId": mark["accountId"]},
                ConditionExpression="createdAt = :seen",
                ExpressionAttributeValues={":seen": mark["createdAt"]},
            )
    tell(f"{added} closed accounts marked, {removed} marks of open accounts removed")


def _count_bookings(applications: Any, castings: Any, tell: Tell) -> None:
    booked: dict[str, Counter[str]] = defaultdict(Counter)
    for application in _scan(applications, Attr("status").eq("booked")):
        booked[application["castingId"]][application["roleId"]] += 1
    counted = 0
    for casting_id, by_role in booked.items():
        counted += _write(
            castings.update_item,
            Key={"castingId": casting_id},
            UpdateExpression="SET booked = :booked ADD #version :one",
            ConditionExpression="attribute_exists(castingId)"
            " AND (attribute_not_exists(booked) OR size(booked) = :none)",
            ExpressionAttributeNames={"#version": "version"},
            ExpressionAttributeValues={":booked": dict(by_role), ":one": 1, ":none": 0},
        )
    tell(f"bookings of {counted} castings counted")


def _scan(table: Any, condition: Any) -> Iterator[Item]:
    more: Item = {}
    while True:
        page = table.scan(FilterExpression=condition, **more)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        more = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _write(write: Callable[..., Any], **parameters: Any) -> bool:
    """Whether the write's condition held."""
    try:
        write(**parameters)
    except ClientError as refused:
        if refused.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _stamps() -> Item:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"createdAt": now, "updatedAt": now, "version": 1}
