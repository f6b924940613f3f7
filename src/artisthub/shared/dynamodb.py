"""DynamoDB through pydynox's compiled core, which only this module uses.

The package around the core takes 90 ms to import, half of it for asyncio, and we need none of its
features. The core alone takes 3 ms. It is a private API, so `tests/api/test_dynamodb.py` checks
that the pinned version behaves as expected here. It returns `(value, metrics)` pairs and raises
typed exceptions. Its AWS SDK repeats no calls. `_call` does, because only it can tell whether a
condition failed because an earlier try of the same write succeeded.
"""

from __future__ import annotations

import os
import time
from importlib.machinery import PathFinder  # importlib.util costs 0.4 ms
from typing import TYPE_CHECKING, Any

import msgspec

from artisthub.shared import deadline, errors, log, sizes
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = dict[str, Any]

# Tries of one call if DynamoDB throttles or fails, and if the connection is lost.
MOST_TRIES, MOST_CONNECTIONS = 3, 2
# How long the core itself repeats what DynamoDB left out of a batch.
BATCH_SECONDS = 3.0


class ConditionFailed(Exception):
    """The condition of a write did not hold. Repositories catch this.

    `found` is the item, if the call asked for it and it exists.
    """

    found: Item | None = None


class TransactionFailed(ConditionFailed):
    """Conditions of a transaction did not hold. `failed[n]` is for its n-th write."""

    def __init__(self, failed: list[bool]) -> None:
        super().__init__(failed)
        self.failed = failed


class TransactionConflict(errors.Busy):
    """Another transaction was writing the same items. Nothing was written."""


def _load_core() -> Any:
    package: Any = PathFinder.find_spec("pydynox")
    spec: Any = PathFinder.find_spec("pydynox.pydynox_core", package.submodule_search_locations)
    module = spec.loader.create_module(spec)
    spec.loader.exec_module(module)
    return module


core = _load_core()
_client: Any = None


def client() -> Any:
    """The process's only client. Its timeouts keep a call well under API Gateway's 30 s."""
    global _client
    if _client is None:
        _client = core.DynamoDBClient(
            endpoint_url=settings.dynamodb_endpoint_url,
            connect_timeout=2.0,
            read_timeout=5.0,
            max_retries=1,  # includes the first try
        )
    return _client


def connect() -> None:
    """Open the connection while the function starts, with a read that finds nothing.

    Startup has full CPU. With the CPU share of 256 MB, the TLS handshake would make the first
    request 200 to 400 ms slower. `CONNECT_BY` names a read that the function's role permits
    (infra/plugins/first-connections.js), because a refused read would count as an error. A function
    that may read nothing or cannot reach DynamoDB starts anyway.
    """
    if not settings.is_in_lambda or not settings.has("CONNECT_BY"):
        return
    read, setting, names, *index = settings.CONNECT_BY.split()
    key = dict.fromkeys(names.split(","), "connect")
    try:
        _read_nothing(read, getattr(settings, setting), key, *index)
    except core.PydynoxException as error:
        _count_refusal(error)
        log.line(level="error", operation="connect", code=type(error).__name__)


def _read_nothing(read: str, table: str, key: Item, index: str | None = None) -> None:
    if read == "GetItem":
        client().sync_get_item(table, key)
    elif read == "BatchGetItem":
        client().sync_batch_get(table, [key], consistent_read=False)
    else:
        [(name, value)] = key.items()
        values = {":key": value}
        client().sync_query_page(
            table,
            f"{name} = :key",
            expression_attribute_values=values,
            index_name=index,
            limit=1,
        )


def get(
    table: str, key: Item, *, consistent: bool = False, even_expired: bool = False
) -> Item | None:
    """The item or None. Costs half a read unit per 4 KB, or a whole one if consistent.

    No read returns expired items: TTL may delete them days later. `even_expired` is for a reader
    that is about to change the item, because a new item cannot take its place.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ttl-expired-items.html
    """
    before = log.units.read_units
    item, _ = _call(client().sync_get_item, table, key, consistent_read=consistent)
    units = sizes.units_of(item, sizes.READ_BYTES) if item else 1
    _ensure_counted(before, units if consistent else units / 2)
    return item if even_expired or not item or _is_current(item) else None


def _is_current(item: Item) -> bool:
    expires_at = item.get("expiresAt")
    return not expires_at or expires_at > time.time()


def get_many(
    table: str, keys: list[Item], attributes: Iterable[str], *, consistent: bool = False
) -> list[Item]:
    """These attributes of the existing items, in any order. Keys must be distinct.

    Costs half a read unit per 4 KB of each whole item, or a whole one if consistent; 100 items per
    call. Under load, DynamoDB may leave out items. The core asks for them again for three seconds;
    then this raises Busy.
    """
    found: list[Item] = _call(
        client().sync_batch_get, table, keys, consistent_read=consistent, is_batch=True
    )
    missing = len(keys) - len(found)
    units = sum(sizes.units_of(item, sizes.READ_BYTES) for item in found) + missing
    log.units.read_units += units if consistent else units / 2
    wanted = set(attributes)
    return [
        {name: item[name] for name in item.keys() & wanted} for item in found if _is_current(item)
    ]


def item_of(struct: msgspec.Struct, **more: Any) -> Item:
    """The struct as an item, without None values."""
    attributes = {
        **msgspec.to_builtins(struct, builtin_types=(bytes,)),
        **msgspec.to_builtins(more),
    }
    return {name: value for name, value in attributes.items() if value is not None}


def add(table: str, item: Item, key: str) -> None:
    """Write a new item with the key attribute `key`. Raises ConditionFailed if it exists."""
    condition = f"attribute_not_exists({key})"
    _call(client().sync_put_item, table, item, condition_expression=condition, is_done=_says(item))


def put(table: str, item: Item) -> None:
    """Write the item. It replaces an item with the same key."""
    _call(client().sync_put_item, table, item)


def update(table: str, key: Item, struct: msgspec.Struct, based_on: int) -> None:
    """Update the item from the struct if its version is still `based_on`. Raises Stale.

    Attributes that the struct does not have stay unchanged.
    """
    wanted = msgspec.to_builtins(struct, builtin_types=(bytes,))
    expression, names, values = _setting(wanted, key)
    try:
        _call(
            client().sync_update_item,
            table,
            key,
            update_expression=expression,
            condition_expression="#version = :based_on",
            expression_attribute_names=names,
            expression_attribute_values={**values, ":based_on": based_on},
            is_done=_says(wanted),
        )
    except ConditionFailed:
        raise errors.Stale from None


def update_if(
    table: str, key: Item, change: str, condition: str, names: dict[str, str], values: Item
) -> bool:
    """Run an update expression if the condition holds, and return whether it did.

    If the answer to a first try was lost, the update may run twice.
    """
    try:
        change_if(table, key, change, condition, names, values)
    except ConditionFailed:
        return False
    return True


def change_if(
    table: str,
    key: Item,
    change: str,
    condition: str,
    names: dict[str, str],
    values: Item,
    is_done: Callable[[Item | None], bool] | None = None,
) -> None:
    """The same, but raises ConditionFailed with the item that was found.

    is_done: whether the item looks as it would after this update, for a second try.
    """
    _call(
        client().sync_update_item,
        table,
        key,
        update_expression=change,
        condition_expression=condition,
        expression_attribute_names=names or None,
        expression_attribute_values=values,
        return_values_on_condition_check_failure=True,
        is_done=is_done,
    )


def swap(table: str, key: Item, after: Item, before: Item, counter: str) -> bool:
    """Replace the item if its counter is still that of `before`, and return whether it was.

    An empty item is an absent one.
    """
    condition, names = "attribute_not_exists(#counter)", {"#counter": counter}
    values = {":counter": before[counter]} if before else None
    method = client().sync_put_item if after else client().sync_delete_item
    try:
        _call(
            method,
            table,
            after or key,
            condition_expression="#counter = :counter" if before else condition,
            expression_attribute_names=names,
            expression_attribute_values=values,
            is_done=lambda found: (found or {}) == after,
        )
    except ConditionFailed:
        return False
    return True


def delete(table: str, key: Item, based_on: int) -> None:
    """Delete the item if its version is still `based_on`. Raises Stale."""
    try:
        _call(
            client().sync_delete_item,
            table,
            key,
            condition_expression="#version = :based_on",
            expression_attribute_names={"#version": "version"},
            expression_attribute_values={":based_on": based_on},
            is_done=lambda found: found is None,
        )
    except ConditionFailed:
        raise errors.Stale from None


def _says(wanted: Item) -> Callable[[Item | None], bool]:
    """A check that an item looks as if these attributes were just written; None means absent."""
    return lambda found: (
        found is not None and all(found.get(name) == value for name, value in wanted.items())
    )


def _setting(wanted: Item, key: Item) -> tuple[str, dict[str, str], Item]:
    """The expression that sets these attributes and removes those with None."""
    names = {f"#{name}": name for name in wanted if name not in key}
    values = {f":{name}": wanted[name] for name in names.values() if wanted[name] is not None}
    setting = ", ".join(f"#{name} = :{name}" for name in wanted if f":{name}" in values)
    removing = ", ".join(f"#{name}" for name in names.values() if wanted[name] is None)
    return f"SET {setting}" + (f" REMOVE {removing}" if removing else ""), names, values


def discard(table: str, key: Item) -> None:
    """Delete the item if it exists."""
    _call(client().sync_delete_item, table, key)


def discard_if(table: str, key: Item, condition: str, values: Item) -> None:
    """Delete the item if the condition holds. Otherwise do nothing."""
    try:
        _call(
            client().sync_delete_item,
            table,
            key,
            condition_expression=condition,
            expression_attribute_values=values,
        )
    except ConditionFailed:
        return


def discard_found(
    table: str,
    index: str | None,
    condition: str,
    values: Item,
    *keys_of: Callable[[Item], Item],
    made_before: str,
) -> Iterator[None]:
    """Delete items of a query that were created before this instant, up to 100 at each step.

    keys_of: the keys to delete for each item found. For each page, all first keys are deleted, then
    all second keys. Under load, DynamoDB may leave out deletes. The core tries them again; then
    this raises Busy.
    """
    after = None
    while True:
        found, after = _query(table, index, condition, values, limit=100, after=after)
        old = [item for item in found if item["createdAt"] < made_before]
        if old:
            for key_of in keys_of:
                write_many(table, [], [key_of(item) for item in old])
            yield
        if after is None:
            return


def write_many(
    table: str, items: list[Item], keys: list[Item], key_names: tuple[str, ...] = ()
) -> None:
    """Put the items and delete the keys. key_names: the attributes of the items' keys.

    25 per call, not atomic and without conditions. DynamoDB refuses a batch that names a key twice,
    so the last item with a key counts, and a key with an item is not deleted. Under load, DynamoDB
    may leave out writes. The core tries them again; then this raises Busy.
    """
    puts = {tuple(item[name] for name in key_names): item for item in items}
    deletes = {tuple(key[name] for name in key_names or key): key for key in keys}
    items, keys = [*puts.values()], [deletes[key] for key in deletes if key not in puts]
    _call(client().sync_batch_write, table, items, keys, is_batch=True)
    log.units.write_units += sum(
        sizes.units_of(item, sizes.WRITE_BYTES) for item in (*items, *keys)
    )


def query(
    table: str,
    index: str | None,
    condition: str,
    values: Item,
    *,
    limit: int,
    after: Item | None = None,
    newest_first: bool = False,
    consistent: bool = False,
) -> tuple[list[Item], Item | None]:
    """One page of at most `limit` items, and the key to continue after or None at the end.

    Expired items are left out of the page.
    """
    items, last_key = _query(
        table,
        index,
        condition,
        values,
        limit=limit,
        after=after,
        newest_first=newest_first,
        consistent=consistent,
    )
    return [item for item in items if _is_current(item)], last_key


def _query(
    table: str,
    index: str | None,
    condition: str,
    values: Item,
    *,
    limit: int,
    after: Item | None,
    newest_first: bool = False,
    consistent: bool = False,
) -> tuple[list[Item], Item | None]:
    before = log.units.read_units
    items, last_key, _ = _call(
        client().sync_query_page,
        table,
        condition,
        expression_attribute_values=values,
        index_name=index,
        limit=limit,
        exclusive_start_key=after,
        scan_index_forward=not newest_first,
        consistent_read=consistent,
    )
    units = sizes.units_of_all(items, sizes.READ_BYTES)
    _ensure_counted(before, units if consistent else units / 2)
    return items, last_key


def query_all(
    table: str,
    index: str | None,
    condition: str,
    values: Item,
    *,
    after: Item | None = None,
    page: int = 100,
) -> Iterator[Item]:
    """All items of a query after this key, in the order of the sort key."""
    while True:
        items, after = query(table, index, condition, values, limit=page, after=after)
        yield from items
        if after is None:
            return


def transact(*writes: dict[str, Any]) -> None:
    """Do all writes or none. Raises TransactionFailed or Busy.

    Make the writes with `put_of`, `update_of`, `delete_of` and `check_of`. A conflict with another
    transaction on the same item lasts milliseconds, and no AWS SDK retries it. So it is tried three
    times, after random pauses, so that the two do not meet again.
    """
    for longest in (0.1, 0.2):
        try:
            return _transact(writes)
        except TransactionConflict:
            from random import random  # conflicts are rare

            time.sleep(random() * longest)
    _transact(writes)


def _transact(writes: tuple[dict[str, Any], ...]) -> None:
    # With the token, DynamoDB runs a transaction once even if it is sent twice.
    token = os.urandom(16).hex()
    _call(client().sync_transact_write, list(writes), client_request_token=token)
    # A transaction prepares each write and then commits it.
    log.units.write_units += sum(
        2 * sizes.units_of(_written(each), sizes.WRITE_BYTES) for each in writes
    )


def _written(write: dict[str, Any]) -> Item:
    """The known attributes of the item that a transaction writes, checks or deletes."""
    return write.get("item") or {**write["key"], **write.get("expression_attribute_values", {})}


def put_of(
    table: str, item: Item, condition: str = "", values: Item | None = None
) -> dict[str, Any]:
    """A put in a transaction. `values` are for the condition."""
    return {"type": "put", "table": table, "item": item, **_if(condition, values)}


def update_of(
    table: str, key: Item, wanted: Item, condition: str, values: Item | None = None
) -> dict[str, Any]:
    """An update in a transaction: sets these attributes and removes those with None."""
    expression, names, wanted_values = _setting(wanted, key)
    return {
        "type": "update",
        "table": table,
        "key": key,
        "update_expression": expression,
        "condition_expression": condition,
        "expression_attribute_names": names,
        "expression_attribute_values": {**wanted_values, **(values or {})},
    }


def increment_of(table: str, key: Item, attribute: str, now: str) -> dict[str, Any]:
    """An update in a transaction: adds 1 to a number, and creates the item if needed."""
    created = "createdAt = if_not_exists(createdAt, :now)"
    return {
        "type": "update",
        "table": table,
        "key": key,
        "update_expression": f"ADD #number :one, version :one SET updatedAt = :now, {created}",
        "expression_attribute_names": {"#number": attribute},
        "expression_attribute_values": {":one": 1, ":now": now},
    }


def delete_of(
    table: str, key: Item, condition: str = "", values: Item | None = None
) -> dict[str, Any]:
    """A delete in a transaction. Without a condition, the item may be absent."""
    return {"type": "delete", "table": table, "key": key, **_if(condition, values)}


def _if(condition: str, values: Item | None) -> dict[str, Any]:
    held = {"expression_attribute_values": values} if values else {}
    return {"condition_expression": condition, **held} if condition else {}


def absence_of(table: str, key: Item, attribute: str) -> dict[str, Any]:
    """A check in a transaction: there is no item with this key. `attribute` is part of the key."""
    condition = f"attribute_not_exists({attribute})"
    return {"type": "condition_check", "table": table, "key": key, **_if(condition, None)}


def check_of(table: str, key: Item, wanted: Item, condition: str, values: Item) -> dict[str, Any]:
    """A check in a transaction: these attributes must have these values, and the condition holds.

    `values` are for the condition.
    """
    equal = [f"#{name} = :{name}" for name in wanted]
    return {
        "type": "condition_check",
        "table": table,
        "key": key,
        "condition_expression": " AND ".join([*equal, f"({condition})"]),
        "expression_attribute_names": {f"#{name}": name for name in wanted},
        "expression_attribute_values": {f":{name}": wanted[name] for name in wanted} | values,
    }


def _call(
    method: Any,
    *args: Any,
    is_done: Callable[[Item | None], bool] | None = None,
    is_batch: bool = False,
    **kwargs: Any,
) -> Any:
    """The answer of DynamoDB. Raises Busy if it throttles, fails or is unreachable.

    Failed calls are repeated until the request's deadline. Reads and unconditional writes are safe
    to repeat, and transactions have a token. is_done: whether the item looks as it would after this
    conditional write. If the answer to a first try was lost, its write may have succeeded, and the
    second try then fails its own condition.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
    """
    tries, may_be_done = 1, False
    while True:
        deadline.ensure_time()
        started = time.monotonic()
        try:
            result = method(*args, **kwargs)
            break
        except core.ConditionalCheckFailedException as refused:
            if may_be_done and is_done and is_done(getattr(refused, "item", None)):
                return None
            failed = ConditionFailed()
            failed.found = getattr(refused, "item", None)
            raise failed from None
        except core.TransactionCanceledException as cancelled:
            raise _transaction_failure(cancelled) from None
        except core.PydynoxException as error:
            _count_refusal(error)
            if not _may_pass(error):
                raise
            is_batch_repeated = is_batch and time.monotonic() - started >= BATCH_SECONDS
            if tries >= _most_tries(error, is_batch_repeated) or deadline.is_over():
                raise errors.Busy from error
            _pause(error, tries)
            may_be_done = may_be_done or not _is_throttled(error)
            if is_done and may_be_done:
                kwargs["return_values_on_condition_check_failure"] = True
        tries += 1
    _meter(result)
    return result


def _count_refusal(error: Exception) -> None:
    """Count a faulty request: no permission, no such table, not valid.

    DynamoDB's own metric `UserErrors` also counts cancelled transactions, which are normal here.
    """
    if not _may_pass(error):
        log.count("DynamoDbUserErrors")


def _is_throttled(error: Exception) -> bool:
    return isinstance(error, core.ProvisionedThroughputExceededException)


def _is_lost(error: Exception) -> bool:
    return isinstance(error, core.ConnectionException)


def _may_pass(error: Exception) -> bool:
    # DynamoDB's 5xx errors and incomplete answers have no separate class in the core.
    return _is_throttled(error) or _is_lost(error) or type(error) is core.PydynoxException


def _most_tries(error: Exception, is_batch_repeated: bool) -> int:
    """is_batch_repeated: whether the core already repeated the rest of a batch."""
    if _is_lost(error):
        return MOST_CONNECTIONS
    return 1 if is_batch_repeated and not _is_throttled(error) else MOST_TRIES


def _pause(error: Exception, tries: int) -> None:
    """Wait up to 1 s, then up to 2 s, as the AWS SDKs do. A new connection needs no wait."""
    if not _is_lost(error):
        from random import random  # only throttled calls need it

        time.sleep(random() * 2 ** (tries - 1))


def _meter(result: Any) -> None:
    """Count the units that DynamoDB reports.

    The core does not ask for those of batches and transactions. Their callers count item sizes.
    """
    if isinstance(result, tuple):
        log.units.read_units += result[-1].consumed_rcu or 0
        log.units.write_units += result[-1].consumed_wcu or 0


def _ensure_counted(before: float, units: float) -> None:
    """Count at least the units of the items, since the budgets of pages rely on them.

    DynamoDB reports the same. The embedded one reports half a unit for any size.
    """
    log.units.read_units = max(log.units.read_units, before + units)


def _transaction_failure(cancelled: Exception) -> Exception:
    """The exception for a cancelled transaction. The core has the reasons only in the message.

    For example `… [None, ConditionalCheckFailed]`.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
    """
    reasons = str(cancelled).rpartition("[")[2].rstrip("]").split(", ")
    failed = [reason == "ConditionalCheckFailed" for reason in reasons]
    if any(failed):
        return TransactionFailed(failed)
    if "TransactionConflict" in reasons:
        return TransactionConflict()
    if {"ThrottlingError", "ProvisionedThroughputExceeded"} & set(reasons):
        return errors.Busy()
    _count_refusal(cancelled)
    return cancelled


connect()
