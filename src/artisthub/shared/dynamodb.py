"""DynamoDB through pydynox's compiled core: the only module that names it.

The package around the core costs 90 ms of import, half of it asyncio, for features that we do not
use; the core alone costs 3 ms. It is a private entry point, so `tests/api/test_dynamodb.py` holds
the pinned version to what is relied on here. It answers `(value, metrics)` pairs and raises typed
exceptions. The AWS SDK inside it repeats nothing: `_call` does, since only it can tell whether a
condition failed because an earlier try of the same write succeeded.
"""

from __future__ import annotations

import os
import time
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_loader
from typing import TYPE_CHECKING, Any

import msgspec

from artisthub.shared import errors, log
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = dict[str, Any]

# Of one call: where DynamoDB throttles or fails, and where the connection is lost.
MOST_TRIES, MOST_CONNECTIONS = 3, 2


class ConditionFailed(Exception):
    """A conditional write found the item in another state; for repositories, never for callers."""


class TransactionFailed(ConditionFailed):
    """`failed[n]` says whether the condition of the transaction's n-th write did not hold."""

    def __init__(self, failed: list[bool]) -> None:
        super().__init__(failed)
        self.failed = failed


class TransactionConflict(errors.Busy):
    """Another transaction was writing the same items; nothing was written."""


def _load_core() -> Any:
    folder = find_spec("pydynox").submodule_search_locations[0]  # type: ignore[union-attr,index]
    paths = (os.path.join(folder, "pydynox_core" + suffix) for suffix in EXTENSION_SUFFIXES)  # noqa: PTH118 - pathlib costs 3 ms
    path = next(path for path in paths if os.path.exists(path))  # noqa: PTH110
    loader = ExtensionFileLoader("pydynox.pydynox_core", path)
    module = module_from_spec(spec_from_loader(loader.name, loader))  # type: ignore[arg-type]
    loader.exec_module(module)
    return module


core = _load_core()
_client: Any = None


def client() -> Any:
    """The process's one client; its time-outs keep a call well inside API Gateway's 30 s."""
    global _client
    if _client is None:
        _client = core.DynamoDBClient(
            endpoint_url=settings.dynamodb_endpoint_url,
            connect_timeout=2.0,
            read_timeout=5.0,
            max_retries=1,  # counts the first try too
        )
    return _client


def connect() -> None:
    """Opens the connection while the function starts, by a read that finds nothing.

    Start-up runs unthrottled and unbilled by the request; a first request that had to do the TLS
    handshake at the CPU share of 256 MB would take 200 to 400 ms longer. `CONNECT_BY` says which
    read the function's role permits (infra/plugins/first-connections.js): one that is refused
    would open the connection too, and count as an error of ours. A function that can read nothing,
    or that cannot reach DynamoDB yet, starts all the same.
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


def get(table: str, key: Item, *, consistent: bool = False) -> Item | None:
    """The item, or None. Half a read unit per 4 KB, a whole one if consistent."""
    item, _ = _call(client().sync_get_item, table, key, consistent_read=consistent)
    return item  # type: ignore[no-any-return]


def get_many(table: str, keys: list[Item], attributes: Iterable[str]) -> list[Item]:
    """These attributes of the items that are there, in no order; no key may come twice.

    Half a read unit per 4 KB of each item, 100 items a call. What DynamoDB leaves out under load
    is asked for again inside the core, for three seconds, then the caller is told to come back.
    """
    names = {f"#{name}": name for name in attributes}
    return _call(  # type: ignore[no-any-return]
        client().sync_batch_get,
        table,
        keys,
        consistent_read=False,
        projection=", ".join(names),
        expression_attribute_names=names,
        is_batch=True,
    )


def item_of(struct: msgspec.Struct, **more: Any) -> Item:
    """The struct as an item, without attributes that have no value."""
    attributes = {**msgspec.to_builtins(struct), **msgspec.to_builtins(more)}
    return {name: value for name, value in attributes.items() if value is not None}


def add(table: str, item: Item, key: str) -> None:
    """Writes a new item whose key attribute is `key`; raises ConditionFailed if it is there."""
    condition = f"attribute_not_exists({key})"
    _call(client().sync_put_item, table, item, condition_expression=condition, is_done=_says(item))


def put(table: str, item: Item) -> None:
    """Writes the item, in the place of one with the same key."""
    _call(client().sync_put_item, table, item)


def update(table: str, key: Item, struct: msgspec.Struct, based_on: int) -> None:
    """Makes the item as the struct says if its version still is `based_on`; raises Stale.

    Attributes that the struct does not know stay as they are.
    """
    wanted = msgspec.to_builtins(struct)
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


def delete(table: str, key: Item, based_on: int) -> None:
    """Deletes the item if its version still is `based_on`; raises Stale."""
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
    """Whether an item is as a write of these attributes leaves it; those of None are absent."""
    return lambda found: (
        found is not None and all(found.get(name) == value for name, value in wanted.items())
    )


def _setting(wanted: Item, key: Item) -> tuple[str, dict[str, str], Item]:
    """The expression that sets these attributes, and removes those that are None."""
    names = {f"#{name}": name for name in wanted if name not in key}
    values = {f":{name}": wanted[name] for name in names.values() if wanted[name] is not None}
    setting = ", ".join(f"#{name} = :{name}" for name in wanted if f":{name}" in values)
    removing = ", ".join(f"#{name}" for name in names.values() if wanted[name] is None)
    return f"SET {setting}" + (f" REMOVE {removing}" if removing else ""), names, values


def discard(table: str, key: Item) -> None:
    """Deletes the item if it is there."""
    _call(client().sync_delete_item, table, key)


def discard_if(table: str, key: Item, condition: str, values: Item) -> None:
    """Deletes the item if the condition holds; that it does not is no error."""
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
    """Deletes what a query finds and was made before this instant; at each step up to 100 items.

    keys_of: what is deleted for each item found; of all items the first, then of all the next.
    What DynamoDB leaves undone under load is tried again inside the core, then the caller is told
    to come back.
    """
    after = None
    while True:
        found, after = query(table, index, condition, values, limit=100, after=after)
        old = [item for item in found if item["createdAt"] < made_before]
        if old:
            for key_of in keys_of:
                write_many(table, [], [key_of(item) for item in old])
            yield
        if after is None:
            return


def write_many(table: str, items: list[Item], keys: list[Item]) -> None:
    """Puts the items and deletes those of the keys; no key may come twice.

    25 a call, neither all or none nor conditional. What DynamoDB leaves undone under load is tried
    again inside the core, then the caller is told to come back.
    """
    _call(client().sync_batch_write, table, items, keys, is_batch=True)


def query(
    table: str,
    index: str | None,
    condition: str,
    values: Item,
    *,
    limit: int,
    after: Item | None = None,
    newest_first: bool = False,
) -> tuple[list[Item], Item | None]:
    """One page of at most `limit` items and the key to go on after, None at the end."""
    items, last_key, _ = _call(
        client().sync_query_page,
        table,
        condition,
        expression_attribute_values=values,
        index_name=index,
        limit=limit,
        exclusive_start_key=after,
        scan_index_forward=not newest_first,
    )
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
    """Every item that a query finds after this key, in the order of the sort key."""
    while True:
        items, after = query(table, index, condition, values, limit=page, after=after)
        yield from items
        if after is None:
            return


def transact(*writes: dict[str, Any]) -> None:
    """All writes or none; raises TransactionFailed. Make each with `put_of`, `update_of`,
    `delete_of` or `check_of`.

    A conflict with another transaction on the same item is over in milliseconds and no AWS SDK
    retries it, so it is tried three times before the caller is told to come back.
    """
    for pause in (0.05, 0.1):
        try:
            return _transact(writes)
        except TransactionConflict:
            time.sleep(pause)
    _transact(writes)


def _transact(writes: tuple[dict[str, Any], ...]) -> None:
    # By its token DynamoDB knows a transaction again that is sent twice, and does it once.
    token = os.urandom(16).hex()
    _call(client().sync_transact_write, list(writes), client_request_token=token)


def put_of(table: str, item: Item, condition: str, values: Item | None = None) -> dict[str, Any]:
    """One put of a transaction; `values` are those of the condition."""
    put = {"type": "put", "table": table, "item": item, "condition_expression": condition}
    return {**put, "expression_attribute_values": values} if values else put


def update_of(
    table: str, key: Item, wanted: Item, condition: str, values: Item | None = None
) -> dict[str, Any]:
    """One update of a transaction: sets these attributes, removes those that are None."""
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
    """One update of a transaction: adds one to a number, in an item that is made for it."""
    created = "createdAt = if_not_exists(createdAt, :now)"
    return {
        "type": "update",
        "table": table,
        "key": key,
        "update_expression": f"ADD #number :one, version :one SET updatedAt = :now, {created}",
        "expression_attribute_names": {"#number": attribute},
        "expression_attribute_values": {":one": 1, ":now": now},
    }


def delete_of(table: str, key: Item, condition: str, values: Item) -> dict[str, Any]:
    """One delete of a transaction."""
    return {
        "type": "delete",
        "table": table,
        "key": key,
        "condition_expression": condition,
        "expression_attribute_values": values,
    }


def check_of(table: str, key: Item, wanted: Item) -> dict[str, Any]:
    """One part of a transaction that writes nothing: these attributes must have these values."""
    return {
        "type": "condition_check",
        "table": table,
        "key": key,
        "condition_expression": " AND ".join(f"#{name} = :{name}" for name in wanted),
        "expression_attribute_names": {f"#{name}": name for name in wanted},
        "expression_attribute_values": {f":{name}": value for name, value in wanted.items()},
    }


def _call(
    method: Any,
    *args: Any,
    is_done: Callable[[Item | None], bool] | None = None,
    is_batch: bool = False,
    **kwargs: Any,
) -> Any:
    """What DynamoDB answers; raises Busy where it throttles, fails or cannot be reached.

    Such calls are repeated: reads and unconditional writes may be, transactions have a token.
    is_done: whether a conditional write has made the item as it is. A try whose answer was lost
    may have been carried out, and the next one then fails on its own condition.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
    """
    tries, may_be_done = 1, False
    while True:
        try:
            result = method(*args, **kwargs)
            break
        except core.ConditionalCheckFailedException as refused:
            if may_be_done and is_done and is_done(getattr(refused, "item", None)):
                return None
            raise ConditionFailed from None
        except core.TransactionCanceledException as cancelled:
            raise _transaction_failure(cancelled) from None
        except core.PydynoxException as error:
            _count_refusal(error)
            if not _may_pass(error):
                raise
            if tries >= _most_tries(error, is_batch):
                raise errors.Busy from error
            _pause(error, tries)
            may_be_done = may_be_done or not _is_throttled(error)
            if is_done and may_be_done:
                kwargs["return_values_on_condition_check_failure"] = True
        tries += 1
    _meter(result)
    return result


def _count_refusal(error: Exception) -> None:
    """Counts what DynamoDB refuses as wrong: no permission, no such table, not a valid request.

    DynamoDB's own `UserErrors` counts cancelled transactions too, which are our ordinary refusals.
    """
    if not _may_pass(error):
        log.count("DynamoDbUserErrors")


def _is_throttled(error: Exception) -> bool:
    return isinstance(error, core.ProvisionedThroughputExceededException)


def _is_lost(error: Exception) -> bool:
    return isinstance(error, core.ConnectionException)


def _may_pass(error: Exception) -> bool:
    # Faults of DynamoDB's own (5xx), and answers that break off, have no class in the core.
    return _is_throttled(error) or _is_lost(error) or type(error) is core.PydynoxException


def _most_tries(error: Exception, is_batch: bool) -> int:
    if _is_lost(error):
        return MOST_CONNECTIONS
    # What a batch leaves undone was asked for again inside the core, for three seconds.
    return 1 if is_batch and not _is_throttled(error) else MOST_TRIES


def _pause(error: Exception, tries: int) -> None:
    """None before a new connection, else as the AWS SDKs do: up to 1 s, then up to 2 s."""
    if not _is_lost(error):
        from random import random  # only a throttled call pays for it

        time.sleep(random() * 2 ** (tries - 1))


def _meter(result: Any) -> None:
    metrics = result[-1] if isinstance(result, tuple) else None
    if metrics is None:
        log.units.unmetered_calls += 1
    else:
        log.units.read_units += metrics.consumed_rcu or 0
        log.units.write_units += metrics.consumed_wcu or 0


def _transaction_failure(cancelled: Exception) -> Exception:
    """The core keeps the reasons in DynamoDB's message alone: `… [None, ConditionalCheckFailed]`.

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
