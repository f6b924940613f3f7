"""A pytest plugin that records what each operation and consumer uses in the API tests.

    ARTISTHUB_METER=FILE pytest tests/api -p bench.meter

CPU time is the handler's only. The local DynamoDB does not report units as AWS does, so they are
computed by AWS's rules from the items before and after each call. Each change of an item counts as
a full write of its index, which is too much for an index that projects few attributes:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from __future__ import annotations

import functools
import json
import os
import statistics
import threading
import time
from collections import defaultdict
from math import ceil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from artisthub.shared import aws_json, dynamodb, log, sizes
from tests.api import api, templates

Item = dict[str, Any]


class Taken(msgspec.Struct, rename="camel"):
    """The use of one request: CPU ms, DynamoDB units, calls, bytes of response and log line."""

    cpu_ms: float = 0
    read_units: float = 0
    write_units: float = 0
    dynamodb_calls: float = 0
    other_calls: float = 0
    answer_bytes: float = 0
    log_bytes: float = 0


class Measured(Taken):
    """By a typical request, and the units of the largest one."""

    largest_read_units: float = 0
    largest_write_units: float = 0


# Of one operation, by test.
Requests = dict[str, list[Taken]]


class Meter:
    def __init__(self) -> None:
        self.test = ""
        self.seen: dict[str, Requests] = defaultdict(lambda: defaultdict(list))
        self.lines: list[str] = []
        self.taken = Taken()
        self.own_seconds = 0.0
        self.running = 0
        self.lock = threading.Lock()

    def invoke(self, function: Item, event: Item) -> Item:
        with self.lock:
            self.running += 1
            is_alone = self.running == 1
            if is_alone:
                self.taken, self.lines, self.own_seconds = Taken(), [], 0.0
        began = time.process_time()
        try:
            answer = INVOKE(function, event)
        finally:
            spent = time.process_time() - began - self.own_seconds
            with self.lock:
                is_alone = is_alone and self.running == 1
                self.running -= 1
        # The use of concurrent requests, or of changes in one batch, cannot be told apart.
        is_one = is_alone and len(event.get("Records", [None])) == 1
        if is_one and self.lines and _is_success(answer):
            self._note(answer, spent * 1000)
        return answer

    def _note(self, answer: Item, cpu_ms: float) -> None:
        operation = json.loads(self.lines[-1])["operation"]
        self.taken.cpu_ms = cpu_ms
        self.taken.answer_bytes = len(answer.get("body", ""))
        self.taken.log_bytes = sum(map(len, self.lines))
        self.seen[operation][self.test].append(self.taken)

    def line(self, **fields: Any) -> None:
        LINE(**fields)
        written = {name: value for name, value in fields.items() if value is not None}
        if "operation" in written:
            self.lines.append(json.dumps(written))

    def call(self, method: Any, *args: Any, **kwargs: Any) -> Any:
        """Replace dynamodb._call."""
        with self._aside():
            before = _written(method.__name__, args)
        result = CALL(method, *args, **kwargs)
        with self._aside():
            self.taken.dynamodb_calls += 1
            self.taken.read_units += _read_units(method.__name__, args, kwargs, result)
            for was in before:
                self.taken.write_units += was.units()
        return result

    def other(self, send: Any, *args: Any, **kwargs: Any) -> Any:
        self.taken.other_calls += 1
        return send(*args, **kwargs)

    def _aside(self) -> _Aside:
        return _Aside(self)


class _Aside:
    """The meter's own work, which is not recorded."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter

    def __enter__(self) -> None:
        self.began = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.meter.own_seconds += time.process_time() - self.began


class Written:
    """An item that a call writes, before and after the call."""

    def __init__(self, table: str, key: Item, times: int = 1) -> None:
        self.table, self.key, self.times = table, key, times
        self.before = _look(table, key)

    def units(self) -> float:
        after = _look(self.table, self.key)
        largest = max(sizes.item_bytes(each) for each in (self.before, after, {"": ""}) if each)
        units = ceil(largest / sizes.WRITE_BYTES) * self.times
        return units + sum(self._index_units(index, after) for index in _indexes(self.table))

    def _index_units(self, keys: tuple[str, ...], after: Item | None) -> int:
        """Return the index's units: one write to put or change an entry, two to move it."""
        entries = [_entry(keys, item) for item in (self.before, after)]
        if entries[0] == entries[1] and self.before == after:
            return 0
        was, now = entries
        moved = was is not None and now is not None and was != now
        size = max(sizes.item_bytes(each) for each in (self.before, after) if each)
        units = ceil(size / sizes.WRITE_BYTES)
        return units * (2 if moved else 1) if was or now else 0


def _entry(keys: tuple[str, ...], item: Item | None) -> tuple[Any, ...] | None:
    if item is None or any(key not in item for key in keys):
        return None
    return tuple(item[key] for key in keys)


@functools.cache
def _keys(table: str) -> tuple[str, ...]:
    return tuple(each["AttributeName"] for each in templates.tables()[table]["KeySchema"])


@functools.cache
def _indexes(table: str) -> list[tuple[str, ...]]:
    found = templates.tables()[table].get("GlobalSecondaryIndexes", [])
    return [tuple(each["AttributeName"] for each in index["KeySchema"]) for index in found]


def _key_of(table: str, item: Item) -> Item:
    return {name: item[name] for name in _keys(table)}


def _look(table: str, key: Item) -> Item | None:
    found, _ = dynamodb.client().sync_get_item(table, key, consistent_read=True)
    return found  # type: ignore[no-any-return]


def _written(method: str, args: tuple[Any, ...]) -> list[Written]:
    if method == "sync_transact_write":
        # A transaction prepares and commits, so it counts twice.
        return [
            Written(each["table"], _key_of(each["table"], each.get("key") or each["item"]), 2)
            for each in args[0]
        ]
    if method == "sync_batch_write":
        table, items, keys = args
        return [Written(table, _key_of(table, each)) for each in (*items, *keys)]
    if method in ("sync_put_item", "sync_update_item", "sync_delete_item"):
        return [Written(args[0], _key_of(args[0], args[1]))]
    return []


def _read_units(method: str, args: tuple[Any, ...], kwargs: Item, result: Any) -> float:
    if method == "sync_get_item":
        return _of_read(result[0]) * (2 if kwargs.get("consistent_read") else 1)
    if method == "sync_batch_get":
        # Whole stored items count, because a projection does not reduce the read.
        return sum(_of_read(_look(args[0], key)) for key in args[1])
    if method == "sync_query_page":
        size = sum(sizes.item_bytes(item) for item in result[0])
        return max(1, ceil(size / sizes.READ_BYTES)) / 2
    return 0


def _of_read(item: Item | None) -> float:
    return max(1, ceil(sizes.item_bytes(item or {}) / sizes.READ_BYTES)) / 2


def _is_success(answer: Item) -> bool:
    status: int = answer.get("statusCode", 200)
    return 200 <= status < 400 and not answer.get("batchItemFailures")


def measured(requests: Requests) -> Measured:
    """Count each test once: one that fills an item to its limit sends many large requests."""
    typical = _median([_median(of_a_test) for of_a_test in requests.values()])
    largest = max(
        (each for of_a_test in requests.values() for each in of_a_test),
        key=lambda each: (each.write_units, each.read_units),
    )
    return Measured(
        **msgspec.structs.asdict(typical),
        largest_read_units=largest.read_units,
        largest_write_units=largest.write_units,
    )


def _median(requests: list[Taken]) -> Taken:
    """Of each figure."""
    names = [field.name for field in msgspec.structs.fields(Taken)]
    return Taken(
        **{name: statistics.median(getattr(each, name) for each in requests) for name in names}
    )


INVOKE, LINE, CALL = api._invoke, log.line, dynamodb._call
METER = Meter()


@pytest.fixture(scope="session", autouse=True)
def meter() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "_invoke", METER.invoke)
        patch.setattr(log, "line", METER.line)
        patch.setattr(dynamodb, "_call", METER.call)
        send = aws_json._answer_of
        patch.setattr(aws_json, "_answer_of", functools.partial(METER.other, send))
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    # The cases of a parametrised test are one test.
    METER.test = item.nodeid.partition("[")[0]


def pytest_sessionfinish() -> None:
    found = {operation: measured(requests) for operation, requests in METER.seen.items()}
    figures = {
        operation: {name: round(figure, 2) for name, figure in msgspec.to_builtins(each).items()}
        for operation, each in sorted(found.items())
    }
    Path(os.environ["ARTISTHUB_METER"]).write_bytes(msgspec.json.encode(figures))
