"""Index documents in memory, ask queries, and tell how many find what they must."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from tests.api import api
from tests.api.api import Account
from tests.api.search import by_hand, corpus
from tests.api.search.corpus import Document, Kind, Query
from tests.api.search.memory import Memory
from tests.streams import record

TABLES = {"casting": ("CastingTable", "castingId"), "user": ("UsersTable", "userId")}
VIEWER = Account("viewer", "", "token", {"sub": "viewer", "token_use": "access"})


class Asked(NamedTuple):
    query: Query
    is_found: bool
    units: float


def measured(memory: Memory, size: int) -> list[Asked]:
    """Ask the 200 queries: over the demo, and over `size` generated documents."""
    index(memory, corpus.documents_of_the_demo())
    asked = [ask(memory, query) for query in corpus.queries_of_the_demo()]
    memory.clear()
    documents = list(corpus.documents(size))
    index(memory, documents)
    return asked + [ask(memory, query) for query in corpus.queries(documents)]


def measured_by_hand(memory: Memory, size: int) -> list[Asked]:
    """Ask the 100 queries written by hand, over their documents among `size` generated ones."""
    memory.clear()
    index(memory, [*corpus.documents(size), *by_hand.documents(size)])
    return [ask(memory, query) for query in by_hand.queries()]


def index(memory: Memory, documents: Iterable[tuple[Kind, Document]]) -> list[float]:
    """Send each document to the indexer, and return the write units that each took."""
    units = []
    for kind, document in documents:
        table, key = TABLES[kind]
        memory.put(table, document)
        before = memory.write_units
        assert api.consume("indexer", record(new={key: document[key]}, table=table)) == []
        units.append(memory.write_units - before)
    return units


def ask(memory: Memory, query: Query) -> Asked:
    """The first page of a search, as a client gets it without a limit."""
    path, viewer = ("/castings", None) if query.kind == "casting" else ("/users", VIEWER)
    before = memory.read_units
    answer = api.get(f"{path}?{urlencode(query.filters)}", as_=viewer)
    assert answer.status == 200, answer.text
    found = [each.get("castingId") or each.get("userId") for each in answer.json["items"]]
    return Asked(query, query.expected in found, memory.read_units - before)


def share(asked: list[Asked]) -> float:
    return sum(each.is_found for each in asked) / len(asked)


def within(asked: list[Asked], part: float) -> float:
    """The read units within which this part of the queries stays."""
    return sorted(each.units for each in asked)[int(part * len(asked)) - 1]


def told(asked: list[Asked]) -> str:
    """A table: for each kind of query, how many of them found what they must."""
    of_kind: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in asked:
        of_kind[each.query.about][each.is_found] += 1
    rows = {about: (of[True], of.total()) for about, of in of_kind.items()}
    rows["all"] = (sum(each.is_found for each in asked), len(asked))
    table = "\n".join(f"  {about:28} {found:3} of {of:3}" for about, (found, of) in rows.items())
    units = ", ".join(f"{part:.0%} within {within(asked, part):g}" for part in (0.5, 0.9, 1))
    missed = "\n".join(f"  missed: {each.query.filters}" for each in asked if not each.is_found)
    return f"\nExpected answer on the first page:\n{table}\n  read units: {units}\n{missed}\n"
