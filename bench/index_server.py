"""A DynamoDB stand-in for searches among any number of castings.

    python -m bench.index_server COUNT

The table SearchTable-N or CardsTable-N has the first N castings. The operation ReadUnits returns
the read units of all calls since the last ReadUnits. Castings are created from their numbers when
they are read, so a million castings need no memory.
"""

from __future__ import annotations

import json
import random
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from math import ceil
from typing import Any, NamedTuple, get_args

import msgspec
from boto3.dynamodb.types import TypeSerializer

from artisthub.castings.models import Casting, Mode
from artisthub.search import rules
from artisthub.shared import clock, dynamodb, sizes
from artisthub.shared.models import Category
from artisthub.users.stored import User
from artisthub.vocabulary import rules as vocabulary
from bench import local_aws, samples

CATEGORIES, MODES = get_args(Category), get_args(Mode)
WORDS_OF_ONE = 25
FIRST = datetime.fromisoformat("2026-01-01T00:00:00Z")

_serialize = TypeSerializer().serialize


def casting(number: int) -> Casting:
    """Return the stored casting. Higher numbers were published later."""
    chance = random.Random(number)
    at = clock.text(FIRST + timedelta(seconds=number))
    fields = samples.FIELDS | {
        "title": " ".join(chance.sample(samples.WORDS, 5)),
        "description": " ".join(chance.sample(samples.WORDS, WORDS_OF_ONE - 5)),
        "category": chance.choice(CATEGORIES),
        "city": chance.choice(samples.CITIES),
        "mode": chance.choice(MODES),
        "roles": [role | {"roleId": f"r1-{n}"} for n, role in enumerate(samples.FIELDS["roles"])],
    }
    kept = {
        "castingId": f"019a0000-0000-7000-8000-{number:012}",
        "recruiterId": samples.RECRUITER,
        "status": "open",
        "roleCount": len(fields["roles"]),
        "isPaid": True,
        "createdAt": at,
        "updatedAt": at,
        "publishedAt": at,
        "version": 2,
    }
    return msgspec.convert(fields | kept, Casting)


def lists(count: int) -> dict[str, array[int]]:
    """Return the casting numbers under each term, ascending."""
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for number in range(count):
        listing = rules.casting_listing(casting(number))
        assert listing
        for term in listing.terms:
            found[term].append(number)
    return found


class Item(NamedTuple):
    attributes: dict[str, Any]
    size: int


@lru_cache(maxsize=2_000)
def _card(number: int) -> Item:
    document = casting(number)
    recruiter = msgspec.convert(samples.USER, User)
    card = rules.casting_card(document, rules.casting_listing(document), recruiter)
    key = {"cardId": f"casting#{document.casting_id}", "revision": 1}
    return _item(dynamodb.item_of(card) | key)


@lru_cache(maxsize=2_000)
def _entry(term: str, number: int) -> Item:
    listing = rules.casting_listing(casting(number))
    assert listing
    return next(_item(item) for item in rules.items(listing) if item["term"] == term)


def _item(item: dict[str, Any]) -> Item:
    attributes = {name: _serialize(value) for name, value in item.items()}
    return Item(attributes, sizes.item_bytes(item))


def _units(items: Iterable[Item]) -> float:
    """Return the read units of one eventually consistent read of all these items."""
    return max(1, ceil(sum(item.size for item in items) / sizes.READ_BYTES)) / 2


class Index:
    def __init__(self, count: int) -> None:
        self.lists = lists(count)
        words = rules.words_of((term, "") for term in self.lists).get("castings", [])
        keys = [vocabulary.keys("castings", word) for word in words]
        self.known = sorted(key for of_word in keys for key in of_word)
        self.units = 0.0

    def answer(self, operation: str, body: bytes) -> bytes:
        if operation == "ReadUnits":
            units, self.units = self.units, 0.0
            return msgspec.json.encode(units)
        if operation == "Query":
            return msgspec.json.encode(self._query(json.loads(body)))
        if operation == "BatchGetItem":
            return msgspec.json.encode(self._cards(json.loads(body)))
        return b"{}"

    def _query(self, call: dict[str, Any]) -> dict[str, Any]:
        if "ScanIndexForward" not in call:  # the read that opens the connection finds nothing
            return {"Items": [], "Count": 0, "ScannedCount": 0}
        if ":start" in call["ExpressionAttributeValues"]:
            return self._known(call)
        assert not call["ScanIndexForward"]
        assert "IndexName" not in call
        term = call["ExpressionAttributeValues"][":term"]["S"]
        numbers, end = self.lists[term], int(call["TableName"].rpartition("-")[2])
        if start := call.get("ExclusiveStartKey"):
            end = min(end, int(start["sortKey"]["S"].rpartition("-")[2]))
        last = bisect_left(numbers, end)
        page = numbers[max(0, last - call["Limit"]) : last][::-1]
        items = [_entry(term, number) for number in page]
        self.units += _units(items)
        found = [item.attributes for item in items]
        answer: dict[str, Any] = {"Items": found, "Count": len(found), "ScannedCount": len(found)}
        if len(found) == call["Limit"]:
            answer["LastEvaluatedKey"] = {name: found[-1][name] for name in ("term", "sortKey")}
        return answer

    def _known(self, call: dict[str, Any]) -> dict[str, Any]:
        values = call["ExpressionAttributeValues"]
        term, start = values[":term"]["S"], values[":start"]["S"]
        first = bisect_left(self.known, (term, start))
        last = bisect_left(self.known, (term, f"{start}\U0010ffff"))
        keys = self.known[first : min(last, first + call["Limit"])]
        items = [_item({"term": term, "sortKey": sort_key}) for term, sort_key in keys]
        self.units += _units(items)
        found = [item.attributes for item in items]
        return {"Items": found, "Count": len(found), "ScannedCount": len(found)}

    def _cards(self, call: dict[str, Any]) -> dict[str, Any]:
        [(table, asked)] = call["RequestItems"].items()
        numbers = (int(key["cardId"]["S"].rpartition("-")[2]) for key in asked["Keys"])
        items = [_card(number) for number in numbers]
        self.units += sum(_units([item]) for item in items)
        found = [item.attributes for item in items]
        return {"Responses": {table: found}, "UnprocessedKeys": {}}


if __name__ == "__main__":
    local_aws.run(Index(int(sys.argv[1])).answer)
