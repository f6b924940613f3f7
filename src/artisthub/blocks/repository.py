"""The Blocks table in DynamoDB.

A block has two items, one for each side, written in one transaction. So one read by key, or one
query of the viewer's items, answers for both directions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from artisthub.blocks import rules
from artisthub.blocks.models import Block, Side
from artisthub.shared import dynamodb, errors, paging
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from artisthub.shared.models import Page, PageQuery

# Of one query: about 8 read units. Only accounts with more blocks need more reads for a list.
MOST_READ = 250


def is_between(user_id: str, other_user_id: str, *, consistent: bool = False) -> bool:
    """Whether one of the two accounts blocks the other."""
    key = _key(user_id, other_user_id)
    return dynamodb.get(settings.BLOCKS_TABLE, key, consistent=consistent) is not None


def among(user_id: str, others: Iterable[str]) -> set[str]:
    """Those of the other accounts that this account blocks or is blocked by."""
    asked = set(others)
    if not asked:
        return set()
    of_user = {":user": user_id}
    found, after = dynamodb.query(
        settings.BLOCKS_TABLE, None, "userId = :user", of_user, limit=MOST_READ
    )
    blocked = {item["otherUserId"] for item in found} & asked
    later = {each for each in asked if after and each > after["otherUserId"]}
    return blocked | {each for each in later if _is_stored(user_id, each)}


def _is_stored(user_id: str, other_user_id: str) -> bool:
    # As a query, because functions that need only lists may not read items.
    found, _ = dynamodb.query(
        settings.BLOCKS_TABLE,
        None,
        "userId = :user AND otherUserId = :other",
        {":user": user_id, ":other": other_user_id},
        limit=1,
    )
    return bool(found)


def own_among(user_id: str, others: list[str]) -> set[str]:
    """Those of these other accounts, distinct, that this account itself blocks."""
    keys = [_key(user_id, other) for other in others]
    names = ("otherUserId", "blockedAt")
    found = dynamodb.get_many(settings.BLOCKS_TABLE, keys, names) if keys else []
    return {item["otherUserId"] for item in found if item.get("blockedAt")}


def absence_of(user_id: str, other_user_id: str) -> dict[str, Any]:
    """The check of a transaction that neither account blocks the other."""
    return dynamodb.absence_of(settings.BLOCKS_TABLE, _key(user_id, other_user_id), "userId")


def get(user_id: str, other_user_id: str, now: str) -> Side:
    """The side of `user_id`, read consistently because every reader is about to change it."""
    item = dynamodb.get(settings.BLOCKS_TABLE, _key(user_id, other_user_id), consistent=True)
    if item:
        return msgspec.convert(item, Side)
    return Side(user_id=user_id, other_user_id=other_user_id, created_at=now, updated_at=now)


def replace(side: Side, before: Side) -> None:
    """Store both sides, or delete them without a block, if they are as before. Raises Stale."""
    try:
        dynamodb.transact(_write_of(side, before), _write_of(rules.mirror(side), before))
    except dynamodb.TransactionFailed:
        raise errors.Stale from None


def _write_of(side: Side, before: Side) -> dict[str, Any]:
    table, item = settings.BLOCKS_TABLE, dynamodb.item_of(side)
    if not before.version:
        return dynamodb.put_of(table, item, "attribute_not_exists(userId)")
    unchanged, values = "version = :before", {":before": before.version}
    if rules.is_block(side):
        return dynamodb.put_of(table, item, unchanged, values)
    return dynamodb.delete_of(table, _key(side.user_id, side.other_user_id), unchanged, values)


def list_of(user_id: str, query: PageQuery) -> Page[Block]:
    """The accounts that this account blocks, the last blocked first."""
    from artisthub.shared.models import Page

    found = paging.page(
        _Listed,
        settings.BLOCKS_TABLE,
        "blockedAtIndex",
        partition=("userId", user_id),
        sorted_by=("blockedAt", "otherUserId"),
        bound_to=("listBlocks", user_id),
        query=query,
        newest_first=True,
    )
    return Page([Block(each.other_user_id, each.blocked_at) for each in found.items], found.next)


class _Listed(msgspec.Struct, rename="camel"):
    other_user_id: str
    blocked_at: str


def remove_of(user_id: str, *, made_before: str) -> Iterator[None]:
    """Delete both sides of an account's blocks from before this instant, page by page.

    The other sides come first: a retry finds them through the account's own sides.
    """
    return dynamodb.discard_found(
        settings.BLOCKS_TABLE,
        None,
        "userId = :user",
        {":user": user_id},
        lambda own: _key(own["otherUserId"], user_id),
        lambda own: _key(user_id, own["otherUserId"]),
        made_before=made_before,
    )


def _key(user_id: str, other_user_id: str) -> dynamodb.Item:
    return {"userId": user_id, "otherUserId": other_user_id}
