"""Searches find the same documents as plain Python does, with edits in between."""

import random
from collections.abc import Callable
from itertools import islice
from typing import Any, NamedTuple

import pytest

from tests.api import api
from tests.api.builders import an_account, table
from tests.api.search import given, reference
from tests.api.search.memory import Memory
from tests.api.search.reference import Document
from tests.streams import record

KEYS = {
    "CASTING_TABLE": "castingId",
    "USERS_TABLE": "userId",
    "CARDS_TABLE": "cardId",
    "SEARCH_TABLE": None,
}


# Longer results are compared only up to this length.
MOST = 200


class Kind(NamedTuple):
    path: str
    setting: str
    key: str
    a_document: Callable[[random.Random, Document | None], Document]
    a_query: Callable[[random.Random], dict[str, Any]]
    expected: Callable[[list[Document], dict[str, Any]], list[str]]


CASTINGS = Kind(
    "/castings",
    "CASTING_TABLE",
    "castingId",
    reference.a_casting,
    reference.a_casting_query,
    reference.castings,
)
USERS = Kind(
    "/users",
    "USERS_TABLE",
    "userId",
    reference.a_user,
    reference.a_user_query,
    reference.users,
)
BOTH = pytest.mark.parametrize("kind", [CASTINGS, USERS], ids=["castings", "users"])


@pytest.fixture
def _without_other_documents() -> None:
    """Delete the documents of other tests, which searches would find too."""
    for setting, key in KEYS.items():
        names = [key] if key else ["term", "sortKey"]
        with table(setting).batch_writer() as batch:
            for item in given.all_items(setting):
                batch.delete_item(Key={name: item[name] for name in names})


@pytest.mark.usefixtures("_without_other_documents")
@BOTH
def test_searches_find_the_expected_documents(kind: Kind) -> None:
    kept = table(kind.setting)

    compare(kind, lambda document: kept.put_item(Item=document), documents=60, queries=80)


@pytest.mark.slow
@BOTH
def test_searches_find_the_expected_documents_among_thousands(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000 documents and 2,000 searches, half of them for castings and half for people."""
    memory, name = Memory(), table(kind.setting).name
    memory.install(monkeypatch)

    compare(kind, lambda document: memory.put(name, document), documents=2_500, queries=1_000)


def compare(kind: Kind, put: Callable[[Document], object], *, documents: int, queries: int) -> None:
    """Make documents, then edit one before each search."""
    chance, viewer, name = random.Random(2026), an_account(), table(kind.setting).name
    present: dict[str, Document] = {}
    hits = 0

    def write(before: Document | None = None) -> str:
        document = kind.a_document(chance, before)
        put(document)
        present[document[kind.key]] = document
        return str(document[kind.key])

    def index(document_id: str) -> None:
        change = record(new={kind.key: document_id}, table=name)
        assert api.consume("indexer", change) == []

    def found(query: dict[str, Any]) -> list[str]:
        pages = given.pages(kind.path, query, viewer)
        return list(islice((each[kind.key] for page in pages for each in page), MOST))

    for _ in range(documents):
        index(write())
    ids = list(present)
    for number in range(queries):
        edited = write(present[chance.choice(ids)])
        query = kind.a_query(chance)
        expected = kind.expected(list(present.values()), query)
        if len(expected) > 60:
            query["limit"] = 100  # Otherwise there would be hundreds of pages.

        if number % 4 == 0:
            # Until it is indexed, a search may find the old version of a document.
            early = found(query)
            unedited = [each for each in early if each != edited]
            assert unedited == [each for each in expected if each != edited][: len(unedited)]
            assert len(early) >= min(len(expected) - 1, MOST)
        index(edited)
        assert found(query) == expected[:MOST], query
        hits += bool(expected)
    assert hits > queries // 3
