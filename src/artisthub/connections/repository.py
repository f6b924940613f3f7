"""The Connections table in DynamoDB.

A connection has two items, one for each side. One transaction writes both, so each account finds
its own side by key and neither side exists alone.
"""

from collections.abc import Iterator

import msgspec

from artisthub.blocks import repository as blocks
from artisthub.connections import rules
from artisthub.connections.models import Connection, ConnectionQuery, Side
from artisthub.shared import dynamodb, errors, idempotency, paging
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

UNCHANGED = "standingAt = :seen"


class Changed(Exception):
    """The side has changed since it was read. Handlers catch this."""


def get(user_id: str, other_user_id: str) -> Side | None:
    """The side of `user_id`, read consistently because every reader is about to change it."""
    key = {"userId": user_id, "otherUserId": other_user_id}
    item = dynamodb.get(settings.CONNECTIONS_TABLE, key, consistent=True)
    return msgspec.convert(item, Side) if item else None


def among(user_id: str, others: list[str]) -> dict[str, Connection]:
    """The account's connections and requests with these other accounts, distinct, by their ids."""
    keys: list[dynamodb.Item] = [{"userId": user_id, "otherUserId": other} for other in others]
    names = Side.__struct_encode_fields__
    found = dynamodb.get_many(settings.CONNECTIONS_TABLE, keys, names) if keys else []
    return {item["otherUserId"]: rules.view(msgspec.convert(item, Side)) for item in found}


def put(side: Side, *, before: Side | None, stamp: idempotency.Stamp | None = None) -> None:
    """Write both items if they are still as in `before`. Raises Changed.

    Raises NotFound if one of the accounts blocks the other by now.
    """
    mirror_before = rules.mirror(before) if before else None
    _transact(
        _write_of(side, before),
        _write_of(rules.mirror(side), mirror_before),
        blocks.absence_of(side.user_id, side.other_user_id),
        stamp=stamp,
        made=side.other_user_id,
    )


def _write_of(side: Side, before: Side | None) -> dynamodb.Item:
    wanted = {
        "standing": side.standing,
        "standingAt": side.standing_at,
        "message": side.message,
        "createdAt": side.created_at,
        "updatedAt": side.updated_at,
        "version": side.version,
    }
    condition = UNCHANGED if before else "attribute_not_exists(userId)"
    seen = {":seen": before.standing_at} if before else {}
    return dynamodb.update_of(settings.CONNECTIONS_TABLE, _key(side), wanted, condition, seen)


def remove(side: Side) -> None:
    """Delete both items if they are still as in `side`. Raises Changed."""
    _transact(*(_delete_of(each) for each in (side, rules.mirror(side))))


def remove_of(user_id: str, *, made_before: str) -> Iterator[None]:
    """Delete both sides of an account's connections from before this instant, page by page.

    The other sides come first: a retry finds them through the account's own sides.
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


def _transact(
    *writes: dynamodb.Item, stamp: idempotency.Stamp | None = None, made: str = ""
) -> None:
    try:
        idempotency.transact(stamp, made, *writes)
    except dynamodb.TransactionFailed as refused:
        is_blocked = refused.failed[2:] == [True]
        raise errors.NotFound if is_blocked else Changed from None


def _key(side: Side) -> dynamodb.Item:
    return {"userId": side.user_id, "otherUserId": side.other_user_id}


def list_of(user_id: str, query: ConnectionQuery) -> Page[Connection]:
    """The account's connections with this standing, the last changed first."""
    found = paging.page(
        Side,
        settings.CONNECTIONS_TABLE,
        "standingIndex",
        partition=("userId", user_id),
        sorted_by=("standingAt", "otherUserId"),
        starts_with=f"{query.standing}#",
        bound_to=("listConnections", user_id, query.standing),
        query=query,
        shows=lambda side: [side.other_user_id],
        most_shown=1,
        card_units=1,  # and whether the account is closed
        newest_first=True,
    )
    return Page([rules.view(side) for side in found.items], found.next)
