"""Idempotency-Key on creates: a retry gets what the first try created, and creates nothing.

A record of the Idempotency table says what a key created. It is written in the transaction that
creates the item, so neither exists without the other, and it is found before any rule is checked.
https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

import re
import time
from typing import Any

import msgspec

from artisthub.shared import errors, ids
from artisthub.shared.settings import settings

KEPT_FOR = 24 * 3600  # seconds


class IdempotencyKeyReused(errors.Invalid):
    detail = (
        "This Idempotency-Key was used with another body or address. Send a new key with a new "
        "request."
    )


class BadIdempotencyKey(errors.Malformed):
    detail = "Idempotency-Key must have 1 to 200 visible ASCII characters."


class CreatedAndDeleted(errors.Conflict):
    detail = (
        "The first request with this Idempotency-Key succeeded, and what it created was deleted "
        "since. Send a new key to create another one."
    )


class MadeBefore(errors.Busy):
    """A try with the same key finished first. The edge answers with what it created."""


class Stamp(msgspec.Struct, frozen=True):
    """`key` stands for caller, operation and key of a create, `digest` for its path and body."""

    key: str
    digest: str


def stamp(key: str, caller_id: str, operation: str, path: dict[str, str], body: bytes) -> Stamp:
    """The stamp of a create. Raises BadIdempotencyKey."""
    if not re.fullmatch(r"[!-~]{1,200}", key):
        raise BadIdempotencyKey
    from hashlib import sha256  # only creates with a key need it

    digest = sha256(msgspec.json.encode(path, order="sorted") + body).hexdigest()
    return Stamp(ids.derived(caller_id, operation, key), digest)


def made_by(stamp: Stamp, *, consistent: bool = False) -> str | None:
    """The id of what this create made, or None. Raises IdempotencyKeyReused."""
    from artisthub.shared import dynamodb  # the edge imports this module for every function

    key = {"idempotencyId": stamp.key}
    record = dynamodb.get(settings.IDEMPOTENCY_TABLE, key, consistent=consistent)
    if record is None:
        return None
    if record["digest"] != stamp.digest:
        raise IdempotencyKeyReused
    return str(record["made"])


def transact(stamp: Stamp | None, made: str, *writes: dict[str, Any]) -> None:
    """Do all writes or none, and with a stamp store that they made this id.

    Raises MadeBefore, TransactionFailed or Busy.
    """
    from artisthub.shared import dynamodb

    if stamp is None:
        return dynamodb.transact(*writes)
    try:
        dynamodb.transact(*writes, _record_of(stamp, made))
    except dynamodb.TransactionFailed as refused:
        *failed, is_made = refused.failed
        if is_made:
            raise MadeBefore from None
        raise dynamodb.TransactionFailed(failed) from None


def forgetting(stamp: Stamp) -> dict[str, Any]:
    """The write of a transaction that takes back a create: it deletes the record."""
    from artisthub.shared import dynamodb

    return dynamodb.delete_of(settings.IDEMPOTENCY_TABLE, {"idempotencyId": stamp.key})


def _record_of(stamp: Stamp, made: str) -> dict[str, Any]:
    from artisthub.shared import dynamodb

    now = int(time.time())
    record = {
        "idempotencyId": stamp.key,
        "digest": stamp.digest,
        "made": made,
        "expiresAt": now + KEPT_FOR,
    }
    is_new = "attribute_not_exists(idempotencyId) OR expiresAt <= :now"
    return dynamodb.put_of(settings.IDEMPOTENCY_TABLE, record, is_new, {":now": now})
