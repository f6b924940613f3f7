"""DynamoDB through pydynox's compiled core: the only module that names it.

The package around the core costs 90 ms of import, half of it asyncio, for features that we do not
use; the core alone costs 3 ms. It is a private entry point, so `tests/api/test_dynamodb.py` holds
the pinned version to what is relied on here. It answers `(value, metrics)` pairs and raises typed
exceptions; throttled and failed calls are retried by the AWS SDK inside it, three attempts in all.
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
            endpoint_url=settings.endpoint_url,
            connect_timeout=2.0,
            read_timeout=5.0,
            max_retries=3,
        )
    return _client


def connect(table_setting: str, key: Item) -> None:
    """Opens the connection while the function starts, by one read of `key`.

    Start-up runs unthrottled and unbilled by the request; a first request that had to do the TLS
    handshake at the CPU share of 256 MB would take 200 to 400 ms longer. A function without this
    table, or without leave to read it, starts all the same.
    """
    if _client is None and settings.is_in_lambda and settings.has(table_setting):
        try:
            client().sync_get_item(getattr(settings, table_setting), key)
        except core.PydynoxException:
            return


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
    )


def item_of(struct: msgspec.Struct, **more: Any) -> Item:
    """The struct as an item, without attributes that have no value."""
    attributes = {**msgspec.to_builtins(struct), **msgspec.to_builtins(more)}
    return {name: value for name, value in attributes.items() if value is not None}


def add(table: str, item: Item, key: str) -> None:
    """Writes a new item whose key attribute is `key`; raises ConditionFailed if it is there."""
    condition = f"attribute_not_exists({key})"
    _call(client().sync_put_item, table, item, condition_expression=condition)


def update(table: str, key: Item, struct: msgspec.Struct, based_on: int) -> None:
    """Makes the item as the struct says if its version still is `based_on`; raises Stale.

    Attributes that the struct does not know stay as they are.
    """
    expression, names, values = _setting(msgspec.to_builtins(struct), key)
    try:
        _call(
            client().sync_update_item,
            table,
            key,
            update_expression=expression,
            condition_expression="#version = :based_on",
            expression_attribute_names=names,
            expression_attribute_values={**values, ":based_on": based_on},
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
        )
    except ConditionFailed:
        raise errors.Stale from None


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
                _call(client().sync_batch_write, table, [], [key_of(item) for item in old])
            yield
        if after is None:
            return


def write_many(table: str, items: list[Item], keys: list[Item]) -> None:
    """Puts the items and deletes those of the keys; no key may come twice.

    25 a call, neither all or none nor conditional. What DynamoDB leaves undone under load is tried
    again inside the core, then the caller is told to come back.
    """
    _call(client().sync_batch_write, table, items, keys)


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
            return _call(client().sync_transact_write, list(writes))  # type: ignore[no-any-return]
        except TransactionConflict:
            time.sleep(pause)
    _call(client().sync_transact_write, list(writes))


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


def _call(method: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        result = method(*args, **kwargs)
    except core.ConditionalCheckFailedException:
        raise ConditionFailed from None
    except core.TransactionCanceledException as cancelled:
        raise _transaction_failure(cancelled) from None
    except (core.ProvisionedThroughputExceededException, core.ConnectionException) as error:
        raise errors.Busy from error
    except core.PydynoxException as error:
        # Faults of DynamoDB's own (5xx) are the ones that the core has no class for.
        if type(error) is core.PydynoxException:
            raise errors.Busy from error
        raise
    _meter(result)
    return result


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
    is_throttled = {"ThrottlingError", "ProvisionedThroughputExceeded"} & set(reasons)
    return errors.Busy() if is_throttled else cancelled
