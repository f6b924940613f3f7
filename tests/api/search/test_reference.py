"""Searches find what plain Python over all documents finds, with edits in between.

`--documents 800` makes it 12 minutes: the embedded DynamoDB looks at every item to read an index.
"""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.api.builders import an_account, table
from tests.api.search import given, reference
from tests.api.search.reference import Document

KEYS = {"CASTING_TABLE": "castingId", "USERS_TABLE": "userId", "SEARCH_TABLE": None}


class Kind(NamedTuple):
    name: str
    setting: str
    key: str
    a_document: Callable[[random.Random, Document | None], Document]
    a_query: Callable[[random.Random], dict[str, Any]]
    expected: Callable[[list[Document], dict[str, Any]], list[str]]


CASTINGS = Kind(
    "casting",
    "CASTING_TABLE",
    "castingId",
    reference.a_casting,
    reference.a_casting_query,
    reference.castings,
)
USERS = Kind(
    "user", "USERS_TABLE", "userId", reference.a_user, reference.a_user_query, reference.users
)


@pytest.fixture
def _nothing_else() -> None:
    """Other tests' castings would be found too; nobody needs them any more."""
    for setting, key in KEYS.items():
        names = [key] if key else ["term", "sortKey"]
        with table(setting).batch_writer() as batch:
            for item in given.every(setting):
                batch.delete_item(Key={name: item[name] for name in names})


@pytest.mark.usefixtures("_nothing_else")
@pytest.mark.parametrize("kind", [CASTINGS, USERS], ids=["castings", "users"])
def test_searches_find_what_a_look_at_every_document_finds(
    kind: Kind, request: pytest.FixtureRequest
) -> None:
    size: int = request.config.getoption("--documents")
    chance, viewer = random.Random(2026), an_account()
    documents: dict[str, Document] = {}
    hits = 0

    def write(before: Document | None = None) -> str:
        document = kind.a_document(chance, before)
        table(kind.setting).put_item(Item=document)
        documents[document[kind.key]] = document
        return str(document[kind.key])

    def found(query: dict[str, Any]) -> list[str]:
        return given.castings(**query) if kind is CASTINGS else given.users(viewer, **query)

    for _ in range(size):
        given.index(kind.name, write())
    for _ in range(max(150, size * 2 // 5)):
        edited = write(documents[chance.choice(list(documents))])
        query = kind.a_query(chance)
        expected = kind.expected(list(documents.values()), query)

        # What has just changed may not be found yet, but never what it no longer is.
        early = found(query)
        assert [each for each in early if each != edited] == [
            each for each in expected if each != edited
        ]
        assert edited not in early or edited in expected
        given.index(kind.name, edited)
        assert found(query) == expected, query
        hits += bool(expected)
    assert hits > 60
