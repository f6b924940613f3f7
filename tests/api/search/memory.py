"""An in-memory DynamoDB with the calls that searches and the indexer make.

The embedded DynamoDB reads every item of a partition for each page, which is too slow for thousands
of documents. `test_reference.py` expects the same results from both.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from artisthub.shared import dynamodb, errors, log, sizes
from artisthub.shared.settings import settings

Item = dict[str, Any]
Key = tuple[str, ...]

_HIGHEST = "\U0010ffff"


class Memory:
    """Documents by id, and the index entries by term in both orders. It counts request units."""

    def __init__(self) -> None:
        self.read_units = self.write_units = 0.0
        self.items: dict[str, dict[Key, Item]] = defaultdict(dict)
        self.lists: dict[tuple[str | None, str], list[Key]] = defaultdict(list)

    def clear(self) -> None:
        """Delete everything, and begin to count again."""
        self.__init__()  # type: ignore[misc]

    def install(self, patch: pytest.MonkeyPatch) -> None:
        calls = ("get", "get_many", "add", "update", "delete", "swap", "write_many", "query")
        patch.setattr(dynamodb, "update_if", lambda *_: False)  # another instance counts
        for call in calls:
            patch.setattr(dynamodb, call, getattr(self, call))

    def _count(self, read_units: float) -> None:
        self.read_units += read_units
        log.units.read_units += read_units

    def put(self, table: str, item: Item) -> None:
        key = _key(item)
        # An entry with a deadline is in `closingIndex` too.
        copies = 2 if "closingKey" in item else 1
        self.write_units += copies * sizes.units_of(item, sizes.WRITE_BYTES)
        if key in self.items[table]:
            self._take_out(table, key)
        self.items[table][key] = item
        for name, position in _positions(item):
            insort(self.lists[name], position)

    def _discard(self, table: str, key: Key) -> None:
        self.write_units += 1
        self._take_out(table, key)

    def _take_out(self, table: str, key: Key) -> None:
        for name, position in _positions(self.items[table].pop(key, {})):
            self.lists[name].remove(position)

    def get(
        self, table: str, key: Item, *, consistent: bool = False, even_expired: bool = False
    ) -> Item | None:
        item = self.items[table].get(_key(key))
        units = sizes.units_of(item, sizes.READ_BYTES) if item else 1
        self._count(units if consistent else units / 2)
        return item

    def get_many(
        self, table: str, keys: list[Item], attributes: Iterable[str], *, consistent: bool = False
    ) -> list[Item]:
        assert len(keys) <= 100
        wanted = set(attributes)
        found = [item for key in keys if (item := self.get(table, key, consistent=consistent))]
        return [{name: item[name] for name in item.keys() & wanted} for item in found]

    def add(self, table: str, item: Item, key: str) -> None:
        if _key(item) in self.items[table]:
            raise dynamodb.ConditionFailed
        self.put(table, item)

    def update(self, table: str, key: Item, struct: msgspec.Struct, based_on: int) -> None:
        self._ensure_based_on(table, key, based_on)
        self.put(table, dynamodb.item_of(struct))

    def delete(self, table: str, key: Item, based_on: int) -> None:
        self._ensure_based_on(table, key, based_on)
        self._discard(table, _key(key))

    def swap(self, table: str, key: Item, after: Item, before: Item, counter: str) -> bool:
        assert self.items[table].get(_key(key), {}).get(counter) == before.get(counter)
        if after:
            self.put(table, after)
        else:
            self._discard(table, _key(key))
        return True

    def _ensure_based_on(self, table: str, key: Item, version: int) -> None:
        item = self.items[table].get(_key(key))
        if item is None or item["version"] != version:
            raise errors.Stale

    def write_many(
        self, table: str, items: list[Item], keys: list[Item], key_names: tuple[str, ...] = ()
    ) -> None:
        named = [_key(each) for each in (*items, *keys)]
        assert len(named) == len(set(named)), "DynamoDB refuses a batch that names a key twice"
        for item in items:
            self.put(table, item)
        for key in keys:
            self._discard(table, _key(key))

    def query(
        self,
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
        if table != settings.SEARCH_TABLE:  # nobody is blocked
            return [], None
        positions = self.lists[index, values[":term"]]
        first, last = 0, len(positions)
        if index:
            assert "closingKey BETWEEN :soonest AND :latest" in condition
            first = bisect_left(positions, (values[":soonest"],))
            last = bisect_right(positions, (values[":latest"], _HIGHEST))
        if "begins_with" in condition:
            first = bisect_left(positions, (values[":start"],))
            last = bisect_right(positions, (values[":start"] + _HIGHEST,))
        start = _position(index, after) if after else None
        if newest_first:
            last = bisect_left(positions, start) if start else last
            page = positions[max(first, last - limit) : last][::-1]
            is_more = last - limit >= first
        else:
            first = bisect_right(positions, start) if start else first
            page = positions[first : min(last, first + limit)]
            is_more = first + limit <= last
        items = [self.items[table][values[":term"], position[-1]] for position in page]
        self._count(sizes.units_of_all(items, sizes.READ_BYTES) / (1 if consistent else 2))
        names = ("term", "sortKey", "closingKey") if index else ("term", "sortKey")
        return items, {name: items[-1][name] for name in names} if is_more and items else None


def _key(item: Item) -> Key:
    if "term" in item:
        return item["term"], item["sortKey"]
    key = next(name for name in ("cardId", "accountId", "castingId", "userId") if name in item)
    return (item[key],)


def _position(index: str | None, item: Item) -> Key:
    return (item["closingKey"], item["sortKey"]) if index else (item["sortKey"],)


def _positions(item: Item) -> list[tuple[tuple[str | None, str], Key]]:
    """The lists that contain an item, with its position in each."""
    if "term" not in item:
        return []
    indexes = [None, "closingIndex"] if "closingKey" in item else [None]
    return [((index, item["term"]), _position(index, item)) for index in indexes]
