"""The Connections table in DynamoDB.

A connection is two items, one for each side, written in one transaction: each account finds its
own with one key, and neither side is ever without the other.
"""

from collections.abc import Iterator

import msgspec

from artisthub.connections import rules
from artisthub.connections.models import Connection, ConnectionQuery, Side
from artisthub.shared import dynamodb, idempotency, paging
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

UNCHANGED = "standingAt = :seen"


class Changed(Exception):
    """Another change was made since the side was read; for handlers, never for callers."""


class StoredSide(Side, kw_only=True):
    """A side with the stamp of the request that its owner has made."""

    created_by: dict[str, str] | None = None


def get(user_id: str, other_user_id: str) -> StoredSide | None:
    """What the connection is to `user_id`; consistent, as every reader is about to change it."""
    key = {"userId": user_id, "otherUserId": other_user_id}
    item = dynamodb.get(settings.CONNECTIONS_TABLE, key, consistent=True)
    return msgspec.convert(item, StoredSide) if item else None


def put(side: Side, *, before: Side | None, stamp: idempotency.Stamp | None = None) -> None:
    """Makes both items as `side` says if they are as `before` still; raises Changed."""
    stamped = {"createdBy": msgspec.to_builtins(stamp)} if stamp else {}
    mirror_before = rules.mirror(before) if before else None
    _transact(
        _write_of(side, before, stamped),
        _write_of(rules.mirror(side), mirror_before, {}),
    )


def _write_of(side: Side, before: Side | None, more: dynamodb.Item) -> dynamodb.Item:
    wanted = {
        "standing": side.standing,
        "standingAt": side.standing_at,
        "message": side.message,
        "createdAt": side.created_at,
        "updatedAt": side.updated_at,
        "version": side.version,
        **more,
    }
    condition = UNCHANGED if before else "attribute_not_exists(userId)"
    seen = {":seen": before.standing_at} if before else {}
    return dynamodb.update_of(settings.CONNECTIONS_TABLE, _key(side), wanted, condition, seen)


def remove(side: Side) -> None:
    """Deletes both items if they are as `side` says still; raises Changed."""
    _transact(*(_delete_of(each) for each in (side, rules.mirror(side))))


def remove_of(user_id: str, *, made_before: str) -> Iterator[None]:
    """Deletes both sides of an account's connections of before this instant, page by page.

    The others' sides first: whoever begins again finds them by the account's own.
    """
    return dynamodb.discard_found(
        settings.CONNECTIONS_TABLE,
        None,
        "userId = :user",
        {":user": user_id},
        lambda own: {"userId": own["otherUserId"], "otherUserId": user_id},
        lambda own: {"userId": user_id, "otherUserId": own["otherUserId"]},
        made_before=made_before,
    )


def _delete_of(side: Side) -> dynamodb.Item:
    seen = {":seen": side.standing_at}
    return dynamodb.delete_of(settings.CONNECTIONS_TABLE, _key(side), UNCHANGED, seen)


def _transact(*writes: dynamodb.Item) -> None:
    try:
        dynamodb.transact(*writes)
    except dynamodb.TransactionFailed:
        raise Changed from None


def _key(side: Side) -> dynamodb.Item:
    return {"userId": side.user_id, "otherUserId": side.other_user_id}


def list_of(user_id: str, query: ConnectionQuery) -> Page[Connection]:
    """The connections of an account that have this standing, the last changed first."""
    found = paging.page(
        Side,
        settings.CONNECTIONS_TABLE,
        "standingIndex",
        partition=("userId", user_id),
        sorted_by=("standingAt", "otherUserId"),
        starts_with=f"{query.standing}#",
        bound_to=("listConnections", user_id, query.standing),
        query=query,
        newest_first=True,
    )
    return Page([rules.view(side) for side in found.items], found.next)


def held_of(user_id: str, after: list[str] | None) -> Iterator[tuple[dynamodb.Item, list[str]]]:
    """An account's side of its connections as it is kept, each with the position after it."""
    start = {"userId": user_id, "otherUserId": after[0]} if after else None
    for item in dynamodb.query_all(
        settings.CONNECTIONS_TABLE, None, "userId = :user", {":user": user_id}, after=start
    ):
        yield item, [item["otherUserId"]]
