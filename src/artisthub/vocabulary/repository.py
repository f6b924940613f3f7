"""Known words in the Search table, one or two small items for each word of a kind of documents.

They are written only when a word is new, and deleted when no document has the word any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from artisthub.shared import dynamodb
from artisthub.shared.settings import settings
from artisthub.vocabulary import rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

# Words that are read to find one. Most have 40 bytes, so these cost half a unit or one.
MOST_CONTINUED, MOST_NEAR = 60, 200
MOST_WORDS, MOST_MISTYPED = 5, 2  # of a search
CORRECTIONS = 4


def look_up(kind: str, words: Collection[str], most: int) -> dict[str, list[str]]:
    """For each word, at most `most` known words that go on from it or, without any, are similar.

    Costs half a unit for a known word and up to three for another one. Very short words, and those
    of long searches, are not looked up.
    """
    found: dict[str, list[str]] = {word: [] for word in words}
    mistyped = 0
    for word in sorted(words, key=len, reverse=True)[:MOST_WORDS]:
        if len(word) < rules.SHORTEST_BEGINNING:
            continue
        start = rules.beginning(word)
        known = _read(f"{kind}|beginning:{start[:2]}", start, MOST_CONTINUED)
        found[word] = rules.continued(word, known, most)
        if not found[word] and len(word) >= rules.SHORTEST_MISTYPED and mistyped < MOST_MISTYPED:
            mistyped += 1
            found[word] = rules.meant(word, _similar(kind, word), CORRECTIONS)
    return found


def _similar(kind: str, word: str) -> Iterator[str]:
    for term, start in rules.halves(kind, word):
        for each in _read(term, start, MOST_NEAR):
            yield each[::-1] if "|ending:" in term else each


def starting(kind: str, start: str, most: int) -> list[str]:
    """The first known words with this beginning of at least two letters."""
    return _read(f"{kind}|beginning:{start[:2]}", start, most)


def _read(term: str, start: str, most: int) -> list[str]:
    condition, values = "term = :term AND begins_with(sortKey, :start)", {":term": term}
    values[":start"] = start
    found, _ = dynamodb.query(settings.SEARCH_TABLE, None, condition, values, limit=most)
    return [item["sortKey"] for item in found]


def learn(kind: str, words: Iterable[str], most: int) -> int:
    """Keep the first words that are not known, and return the number of their items.

    Costs a read unit for each word, and a write unit for each of at most so many items.
    """
    keys = {word: rules.keys(kind, word) for word in words}
    if not keys or most < 1:
        return 0
    first = [_item(of_word[0]) for of_word in keys.values()]
    present = dynamodb.get_many(settings.SEARCH_TABLE, first, ["sortKey"], consistent=True)
    known = {item["sortKey"] for item in present}
    items: list[dynamodb.Item] = []
    for word, of_word in keys.items():
        if word not in known and len(items) + len(of_word) <= most:
            items += map(_item, of_word)
    dynamodb.write_many(settings.SEARCH_TABLE, items, [], ("term", "sortKey"))
    return len(items)


def forget(kind: str, words: Iterable[str]) -> None:
    keys = [_item(key) for word in words for key in rules.keys(kind, word)]
    dynamodb.write_many(settings.SEARCH_TABLE, [], keys)


def _item(key: rules.Key) -> dynamodb.Item:
    return dict(zip(("term", "sortKey"), key, strict=True))
