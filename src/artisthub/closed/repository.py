"""The ClosedAccounts table in DynamoDB: who is suspended or deleted.

An item exists only while an account is closed. It is tiny, so that a read of a casting or a file
can check its owner for half a read unit: a profile may have 300 KB. The transaction that closes or
reopens an account writes it, so that it never differs from the profile.

After the sessions of an account ended, it has an item until its older access tokens have expired.
While this API changes its address, it has an item for a minute.

The address of a suspended account has an item too, under a keyed hash, so that nobody can sign up
with it or read it here.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from artisthub.shared import clock, dynamodb
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

# Seconds. Access tokens live for an hour (infra/resources/user-pool.yml).
TOKENS_LIVE_FOR = 2 * 60 * 60
FORMS_LIVE_FOR = 15 * 60  # also those of an account that was closed meanwhile
ADDRESS_FOLLOWS_IN = 60


def is_closed(account_id: str, *, consistent: bool = False) -> bool:
    """Whether the account is suspended or deleted."""
    return _get(account_id, consistent=consistent) is not None


def among(account_ids: Iterable[str]) -> set[str]:
    """Those of these accounts that are suspended or deleted."""
    keys = [{"accountId": account_id} for account_id in set(account_ids)]
    if not keys:
        return set()
    found = dynamodb.get_many(settings.CLOSED_ACCOUNTS_TABLE, keys, ["accountId"])
    return {item["accountId"] for item in found}


def sessions_ended_at(account_id: str) -> int:
    """When all sessions of the account ended, in seconds since 1970, or 0.

    A profile has this too, but not every account has a profile: administrators need none.
    """
    mark = _get(f"sessions#{account_id}", consistent=True)
    return int(mark["endedAt"]) if mark else 0


def end_sessions(account_id: str, at: int) -> None:
    """Remember that the sessions ended, for as long as an access token from before lives."""
    mark = {"accountId": f"sessions#{account_id}", "endedAt": at}
    dynamodb.put(settings.CLOSED_ACCOUNTS_TABLE, mark | {"expiresAt": at + TOKENS_LIVE_FOR})


def expect_address(account_id: str) -> None:
    """Remember for a minute that this API changes the account's address."""
    mark = {
        "accountId": f"address#{account_id}",
        "expiresAt": int(time.time()) + ADDRESS_FOLLOWS_IN,
    }
    dynamodb.put(settings.CLOSED_ACCOUNTS_TABLE, mark)


def is_address_expected(account_id: str) -> bool:
    """Whether this API changes the account's address."""
    mark = _get(f"address#{account_id}", consistent=True)
    return mark is not None and mark["expiresAt"] > time.time()


def is_suspended_address(email: str) -> bool:
    """Whether this is the address of a suspended account, with or without a +tag."""
    return _get(address_key(email)) is not None


def address_key(email: str) -> str:
    """The key of an address. KMS makes it with the stage's key, which never leaves KMS."""
    from artisthub.shared import address, signed  # only suspensions and sign-ups need them

    return f"email#{signed.mac(f'suspended address {address.mailbox(email)}')}"


def mark_of(account_id: str, *, is_closed: bool, now: str) -> dict[str, Any]:
    """The write of a transaction that marks the account as closed, or as open."""
    if is_closed:
        return dynamodb.put_of(settings.CLOSED_ACCOUNTS_TABLE, _item_of(account_id, now))
    return dynamodb.delete_of(settings.CLOSED_ACCOUNTS_TABLE, {"accountId": account_id})


def address_mark_of(
    address_key: str, account_id: str, *, is_suspended: bool, now: str, expires_at: int | None
) -> dict[str, Any]:
    """The write of a transaction that marks an address as that of a suspended account, or not.

    Several accounts can have one mailbox. The item names each suspended one with the second when
    its mark ends, or 0, and ends with the last of them. The write fails if the item has changed
    since it was read here.
    """
    table, before = settings.CLOSED_ACCOUNTS_TABLE, _get(address_key, consistent=True) or {}
    holders = {**before.get("holders", {}), account_id: expires_at or 0}
    if not is_suspended:
        del holders[account_id]
    unchanged = (
        "version = :before" if before else "attribute_not_exists(accountId) OR expiresAt < :now"
    )
    values = {":before": before["version"]} if before else {":now": int(time.time())}
    if not holders:
        return dynamodb.delete_of(table, {"accountId": address_key}, unchanged, values)
    item = _item_of(address_key, now, None if 0 in holders.values() else max(holders.values()))
    item |= {"holders": holders, "version": before.get("version", 0) + 1}
    return dynamodb.put_of(table, item, unchanged, values)


def absence_of(account_id: str) -> dict[str, Any]:
    """The check of a transaction that the account is not closed."""
    key = {"accountId": account_id}
    return dynamodb.absence_of(settings.CLOSED_ACCOUNTS_TABLE, key, "accountId")


def forget(account_id: str) -> None:
    """Let the item of an erased account expire, after its last access token."""
    dynamodb.update_if(
        settings.CLOSED_ACCOUNTS_TABLE,
        {"accountId": account_id},
        "SET expiresAt = :at, updatedAt = :now",
        "attribute_exists(accountId)",
        {},
        {":at": int(time.time()) + TOKENS_LIVE_FOR, ":now": clock.now()},
    )


def _get(account_id: str, *, consistent: bool = False) -> dynamodb.Item | None:
    key = {"accountId": account_id}
    return dynamodb.get(settings.CLOSED_ACCOUNTS_TABLE, key, consistent=consistent)


def _item_of(key: str, now: str, expires_at: int | None = None) -> dynamodb.Item:
    stamps = {"createdAt": now, "updatedAt": now, "version": 1}
    expiry = {"expiresAt": expires_at} if expires_at else {}
    return {"accountId": key} | stamps | expiry
