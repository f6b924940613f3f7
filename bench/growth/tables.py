"""A DynamoDB of any size, which counts request units by AWS's rules.

    python -m bench.growth.tables FILE

It serves the tables of `infra/resources` from an SQLite file, which `Tables` can fill directly.
The operation `Units` returns the units of all calls since the last time, and `Changes` the changes
of items with a stream.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from __future__ import annotations

import re
import sqlite3
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from functools import cache
from math import ceil
from typing import Any, NamedTuple

import msgspec

from artisthub.shared import sizes
from bench import local_aws
from bench.growth import expressions
from tests.api import templates

Item = dict[str, Any]

_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder().decode
PAGE_BYTES = 1_000_000  # the most that a query reads


class Index(NamedTuple):
    """A table or an index: its keys, and the attributes that it holds, or None for all."""

    name: str
    hash_key: str
    range_key: str
    held: frozenset[str] | None

    def position(self, item: Item) -> tuple[str, str] | None:
        """The keys of the item, if it is in the index."""
        if self.hash_key not in item or (self.range_key and self.range_key not in item):
            return None
        return item[self.hash_key], item[self.range_key] if self.range_key else ""

    def part(self, item: Item) -> Item:
        if self.held is None:
            return item
        return {name: value for name, value in item.items() if name in self.held}


class Table(NamedTuple):
    main: Index
    keys: tuple[str, ...]
    indexes: dict[str, Index]
    has_stream: bool


@cache
def table_of(name: str) -> Table:
    properties = templates.tables()[name]
    hash_key, range_key = _keys(properties)
    main = Index(name, hash_key, range_key, None)
    indexes = {}
    for each in properties.get("GlobalSecondaryIndexes", []):
        own_keys, projection = _keys(each), each["Projection"]
        held = frozenset({*own_keys, hash_key, range_key, *projection.get("NonKeyAttributes", [])})
        is_whole = projection["ProjectionType"] == "ALL"
        indexes[each["IndexName"]] = Index(
            f"{name}.{each['IndexName']}", *own_keys, None if is_whole else held
        )
    keys = tuple(filter(None, (hash_key, range_key)))
    return Table(main, keys, indexes, "StreamSpecification" in properties)


class Rows:
    """New items for `Tables.load`, which many processes can prepare."""

    def __init__(self) -> None:
        self.bodies: dict[bytes, int] = {}
        self.items: dict[str, list[tuple[str, str, int]]] = {}
        self.entries: dict[str, list[tuple[str, str, str, str]]] = {}

    def add(self, table: str, item: Item) -> None:
        keys = table_of(table).keys
        self._add(table, item, {name: item[name] for name in item if name not in keys})

    def add_alike(self, table: str, items: list[Item]) -> None:
        """Add items that differ only in their keys if they have the same attributes."""
        keys, rests = table_of(table).keys, dict[tuple[str, ...], Item]()
        for item in items:
            names = tuple(item)
            if names not in rests:
                rests[names] = {name: item[name] for name in names if name not in keys}
            self._add(table, item, rests[names])

    def _add(self, table: str, item: Item, rest: Item) -> None:
        whole, packed = table_of(table), _pack(rest)
        keys = whole.main.position(item)
        assert keys
        number = self.bodies.setdefault(packed, len(self.bodies) + 1)
        self.items.setdefault(table, []).append((*keys, number))
        for index in whole.indexes.values():
            if position := index.position(item):
                self.entries.setdefault(index.name, []).append((*position, *keys))


def _keys(properties: Item) -> tuple[str, str]:
    names = [each["AttributeName"] for each in properties["KeySchema"]]
    return names[0], names[1] if len(names) > 1 else ""


class Tables:
    """The tables in a file. Items with the same attributes besides their key share a body."""

    def __init__(self, file: str) -> None:
        self.file = sqlite3.connect(file, isolation_level=None)
        self.read_units = self.write_units = 0.0
        self.changes: list[Item] = []
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
            self.file.execute(f"PRAGMA {setting}")
        self.file.execute("CREATE TABLE IF NOT EXISTS bodies (body INTEGER PRIMARY KEY, held BLOB)")
        for name in templates.tables():
            columns = "first TEXT, second TEXT, body INTEGER, PRIMARY KEY (first, second)"
            self._create(name, columns)
            for index in table_of(name).indexes.values():
                columns = "first TEXT, second TEXT, own_first TEXT, own_second TEXT"
                self._create(index.name, f"{columns}, PRIMARY KEY ({columns.replace(' TEXT', '')})")
        [[last]] = self.file.execute("SELECT max(body) FROM bodies")
        self._last = last or 0

    def _create(self, name: str, columns: str) -> None:
        self.file.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({columns}) WITHOUT ROWID')

    def load(self, rows: Rows) -> None:
        """Store new items, without counting units."""
        self.file.execute("BEGIN")
        bodies = ((self._last + number, body) for body, number in rows.bodies.items())
        self.file.executemany("INSERT INTO bodies VALUES (?, ?)", bodies)
        for name, held in rows.items.items():
            numbered = ((*keys, self._last + number) for *keys, number in sorted(held))
            self.file.executemany(f'INSERT INTO "{name}" VALUES (?, ?, ?)', numbered)
        for name, entries in rows.entries.items():
            self.file.executemany(f'INSERT INTO "{name}" VALUES (?, ?, ?, ?)', sorted(entries))
        self.file.execute("COMMIT")
        self._last += len(rows.bodies)

    def get(self, table: str, key: Item) -> Item | None:
        main = table_of(table).main
        keys = main.position(key)
        assert keys
        return self._at(main, keys)

    def _at(self, main: Index, keys: tuple[str, ...]) -> Item | None:
        rows = self.file.execute(
            f'SELECT held FROM "{main.name}" JOIN bodies USING (body) '
            "WHERE first = ? AND second = ?",
            keys,
        )
        for [held] in rows:
            return _whole(main, keys, held)
        return None

    def _store(self, table: str, key: Item, before: Item | None, after: Item | None) -> float:
        """Store the item, or delete it, and return the write units that this takes."""
        whole = table_of(table)
        keys = whole.main.position(key)
        assert keys
        if before is not None:
            where = "WHERE first = ? AND second = ?"
            self.file.execute(f'DELETE FROM "{table}" {where}', keys)
        if after is not None:
            rest = {name: value for name, value in after.items() if name not in whole.keys}
            self._last += 1
            self.file.execute("INSERT INTO bodies VALUES (?, ?)", (self._last, _pack(rest)))
            self.file.execute(f'INSERT INTO "{table}" VALUES (?, ?, ?)', (*keys, self._last))
        if whole.has_stream and before != after:
            self.changes.append({"table": table, "before": before, "after": after})
        units: float = max(map(_write_units, (before, after)))
        return units + sum(
            self._store_entry(index, keys, before or {}, after or {})
            for index in whole.indexes.values()
        )

    def _store_entry(self, index: Index, keys: Any, before: Item, after: Item) -> float:
        was, now = index.position(before), index.position(after)
        parts = index.part(before) if was else None, index.part(after) if now else None
        if parts[0] == parts[1]:
            return 0
        if was != now:
            if was:
                where = "WHERE first = ? AND second = ? AND own_first = ? AND own_second = ?"
                self.file.execute(f'DELETE FROM "{index.name}" {where}', (*was, *keys))
            if now:
                self.file.execute(f'INSERT INTO "{index.name}" VALUES (?, ?, ?, ?)', (*now, *keys))
            return sum(_write_units(part) for part in parts if part)
        return max(map(_write_units, parts))

    def answer(self, operation: str, body: bytes) -> bytes:
        call = msgspec.json.decode(body) if body else {}
        name = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", operation)
        answer = getattr(self, f"_on{name}")(call)
        return msgspec.json.encode(answer)

    def _on_units(self, _: Item) -> Item:
        units = {"read": self.read_units, "write": self.write_units}
        self.read_units = self.write_units = 0
        return units

    def _on_changes(self, _: Item) -> list[Item]:
        changes, self.changes = self.changes, []
        return [
            {"table": each["table"]}
            | {name: typed(each[name]) for name in ("before", "after") if each[name] is not None}
            for each in changes
        ]

    def _read(self, call: Item, units: float, *, is_table: bool = True) -> Item:
        units = units if call.get("ConsistentRead") else units / 2
        self.read_units += units
        return {"ConsumedCapacity": {"TableName": call.get("TableName"), "CapacityUnits": units}}

    def _written(self, call: Item, units: float) -> Item:
        self.write_units += units
        return {"ConsumedCapacity": {"TableName": call.get("TableName"), "CapacityUnits": units}}

    def _on_get_item(self, call: Item) -> Item:
        item = self.get(call["TableName"], plain(call["Key"]))
        found = {} if item is None else {"Item": typed(item)}
        return found | self._read(call, _read_units(item))

    def _on_batch_get_item(self, call: Item) -> Item:
        responses = {}
        for table, asked in call["RequestItems"].items():
            assert len(asked["Keys"]) <= 100
            items = [self.get(table, plain(key)) for key in asked["Keys"]]
            self._read(asked, sum(map(_read_units, items)))
            responses[table] = [typed(item) for item in items if item is not None]
        return {"Responses": responses, "UnprocessedKeys": {}}

    def _on_query(self, call: Item) -> Item:
        whole = table_of(call["TableName"])
        index = whole.indexes[call["IndexName"]] if "IndexName" in call else whole.main
        condition, names, values = _condition(call, "KeyConditionExpression")
        limit, rows = call.get("Limit", 1_000_000), self._entries(index, whole, call, values)
        found: list[Item] = []
        size, last = 0, None
        for item in rows:
            if not expressions.holds(condition, item, names, values):
                if found:
                    break
                continue
            found.append(index.part(item))
            size += sizes.item_bytes(found[-1])
            if len(found) == limit or size > PAGE_BYTES:
                last = item
                break
        answer: Item = {"Items": list(map(typed, found)), "Count": len(found)}
        answer["ScannedCount"] = len(found)
        if last:
            keys = {*whole.keys, index.hash_key, index.range_key} - {""}
            answer["LastEvaluatedKey"] = typed({name: last[name] for name in keys})
        return answer | self._read(call, max(1, ceil(size / sizes.READ_BYTES)))

    def _entries(self, index: Index, whole: Table, call: Item, values: Item) -> Iterable[Item]:
        """The entries of a partition in order, from the lower bound of the condition.

        The caller stops at the upper bound.
        """
        is_ascending = call.get("ScanIndexForward", True)
        condition, names, _ = _condition(call, "KeyConditionExpression")
        bounds = _Bounds(condition, names, values, index)
        where, parameters = "first = ?", [bounds.first]
        for sign, bound in ((">=", bounds.low), ("<=", bounds.high)):
            if bound is not None:
                where += f" AND second {sign} ?"
                parameters.append(bound)
        is_index = index is not whole.main
        order = "second, own_first, own_second" if is_index else "second"
        if "ExclusiveStartKey" in call:
            start = plain(call["ExclusiveStartKey"])
            position = [*(index.position(start) or ())][1:]
            position += [*(whole.main.position(start) or ())] if is_index else []
            marks = ", ".join("?" * len(position))
            where += f" AND ({order}) {'>' if is_ascending else '<'} ({marks})"
            parameters += position
        way = "" if is_ascending else " DESC"
        ordered = ", ".join(f"{name}{way}" for name in order.split(", "))
        rows = self.file.execute(
            f'SELECT * FROM "{index.name}" WHERE {where} ORDER BY {ordered}', parameters
        )
        for first, second, *own in rows:
            keys = tuple(own) if is_index else (first, second)
            item = self._at(whole.main, keys)
            assert item is not None
            yield item

    def _on_scan(self, call: Item) -> Item:
        main = table_of(call["TableName"]).main
        rows = self.file.execute(f'SELECT first, second FROM "{main.name}"').fetchall()
        items = [item for keys in rows if (item := self._at(main, keys)) is not None]
        if "FilterExpression" in call:
            how = _condition(call, "FilterExpression")
            items = [item for item in items if expressions.holds(how[0], item, *how[1:])]
        return {"Items": list(map(typed, items)), "Count": len(items), "ScannedCount": len(items)}

    def _on_create_table(self, call: Item) -> Item:
        return {"TableDescription": {"TableName": call["TableName"], "TableStatus": "ACTIVE"}}

    def _on_put_item(self, call: Item) -> Item:
        return self._write(call, plain(call["Item"]), lambda _: plain(call["Item"]))

    def _on_delete_item(self, call: Item) -> Item:
        return self._write(call, plain(call["Key"]), lambda _: None)

    def _on_update_item(self, call: Item) -> Item:
        return self._write(call, plain(call["Key"]), _change_of(call))

    def _write(self, call: Item, key: Item, change: Callable[[Item | None], Item | None]) -> Item:
        before = self.get(call["TableName"], key)
        if not _is_met(call, before):
            self.write_units += _write_units(before)
            shown = call.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and before
            found = {"Item": typed(before)} if shown and before else {}
            raise local_aws.Refused(
                "ConditionalCheckFailedException", message="The conditional request failed", **found
            )
        return self._written(call, self._store(call["TableName"], key, before, change(before)))

    def _on_batch_write_item(self, call: Item) -> Item:
        for table, requests in call["RequestItems"].items():
            assert len(requests) <= 25
            for request in requests:
                put = request.get("PutRequest")
                after = plain(put["Item"]) if put else None
                key = after or plain(request["DeleteRequest"]["Key"])
                before = self.get(table, key)
                self.write_units += self._store(table, key, before, after)
        return {"UnprocessedItems": {}}

    def _on_transact_write_items(self, call: Item) -> Item:
        writes = [entry for each in call["TransactItems"] for entry in each.items()]
        keys = [plain(each.get("Key") or each["Item"]) for _, each in writes]
        before = [
            self.get(each["TableName"], key) for (_, each), key in zip(writes, keys, strict=True)
        ]
        met = [_is_met(each, item) for (_, each), item in zip(writes, before, strict=True)]
        if not all(met):
            self.write_units += 2 * sum(map(_write_units, before))
            codes = ["None" if each else "ConditionalCheckFailed" for each in met]
            raise local_aws.Refused(
                "TransactionCanceledException",
                Message=f"Transaction cancelled, specific reasons [{', '.join(codes)}]",
                CancellationReasons=[{"Code": code} for code in codes],
            )
        for (kind, each), key, item in zip(writes, keys, before, strict=True):
            if kind == "ConditionCheck":
                self.write_units += 2 * _write_units(item)
                continue
            if kind == "Update":
                after: Item | None = _change_of(each)(item)
            else:
                after = plain(each["Item"]) if kind == "Put" else None
            units = self._store(each["TableName"], key, item, after)
            # The item is prepared and committed. Its index entries follow once.
            self.write_units += units + max(map(_write_units, (item, after)))
        return {}


class _Bounds:
    """The partition of a key condition, and the range of its sort keys as far as it is known."""

    def __init__(self, condition: str, names: dict[str, str], values: Item, index: Index) -> None:
        tokens = expressions.TOKEN.findall(condition)
        tokens = [names.get(token, token) for token in tokens]
        self.low: str | None = None
        self.high: str | None = None
        self.first: str = values[tokens[tokens.index(index.hash_key) + 2]]
        if "begins_with" in tokens:
            self.low = values[tokens[tokens.index("begins_with") + 4]]
            self.high = f"{self.low}\U0010ffff"
        elif "BETWEEN" in tokens:
            at = tokens.index("BETWEEN")
            self.low, self.high = values[tokens[at + 1]], values[tokens[at + 3]]
        elif index.range_key in tokens:
            how, value = tokens[tokens.index(index.range_key) + 1 :][:2]
            self.low = values[value] if how in ("=", ">", ">=") else None
            self.high = values[value] if how in ("=", "<", "<=") else None


def _condition(call: Item, name: str) -> tuple[str, dict[str, str], Item]:
    values = plain(call.get("ExpressionAttributeValues", {}))
    return call.get(name, ""), call.get("ExpressionAttributeNames", {}), values


def _is_met(call: Item, item: Item | None) -> bool:
    condition, names, values = _condition(call, "ConditionExpression")
    return expressions.holds(condition, item or {}, names, values)


def _change_of(call: Item) -> Callable[[Item | None], Item]:
    change, names, values = _condition(call, "UpdateExpression")
    key = plain(call["Key"])
    return lambda item: expressions.updated(change, item or key, names, values)


def _whole(main: Index, keys: tuple[str, ...], held: bytes) -> Item:
    item: Item = _unpack(held)
    item[main.hash_key] = keys[0]
    if main.range_key:
        item[main.range_key] = keys[1]
    return item


def _read_units(item: Item | None) -> int:
    return sizes.units_of_all([item], sizes.READ_BYTES) if item else 1


def _write_units(item: Item | None) -> int:
    return max(1, ceil(sizes.item_bytes(item or {}) / sizes.WRITE_BYTES))


def plain(item: Item) -> Item:
    """The item without DynamoDB's types."""
    return {name: _plain(value) for name, value in item.items()}


def _plain(value: Item) -> Any:
    [(kind, held)] = value.items()
    if kind == "N":
        return int(held) if held.lstrip("-").isdigit() else float(held)
    if kind == "B":
        return b64decode(held)
    if kind == "M":
        return plain(held)
    if kind == "L":
        return [_plain(each) for each in held]
    return None if kind == "NULL" else held


def typed(item: Item) -> Item:
    """The item with DynamoDB's types."""
    return {name: _typed(value) for name, value in item.items()}


def _typed(value: Any) -> Item:
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, bytes):
        return {"B": b64encode(value).decode()}
    if isinstance(value, dict):
        return {"M": typed(value)}
    if isinstance(value, list):
        return {"L": [_typed(each) for each in value]}
    return {"NULL": True} if value is None else {"N": str(value)}


if __name__ == "__main__":
    local_aws.run(Tables(sys.argv[1]).answer)
