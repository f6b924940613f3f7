"""No operation takes more request units when there is more of everything.

This is the short version of `make bench-growth`, on smaller tables and without CPU times.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from artisthub.search import repository
from artisthub.search import rules as search
from artisthub.shared import dynamodb
from artisthub.shared.settings import settings
from bench.growth import calls, measure
from bench.growth.fill import People
from bench.growth.limits import BOUNDED, EARLY, JOBS, LEFT_OUT
from contract import growth as page
from contract import openapi

SIZES = [400, 1_600]
LIMIT = 8  # shorter pages, which few documents fill too
PEOPLE = People("artist", "recruiter")
# Stands for all writes in the short version.
WRITES = {"setCastingStatus to publish", "applyToCasting", "updateUser", "recordCastingView"}


def _measured(folder: Path, only: Callable[[str], bool]) -> list[page.Line]:
    taken = measure.measured(folder, SIZES, rounds=1, limit=LIMIT, only=only)
    return page.lines({"taken": taken})


def _grown(lines: list[page.Line]) -> list[page.Line]:
    return [
        line
        for line in lines
        if any(page.is_grown(kind, line.figures[kind]) for kind in ("readUnits", "writeUnits"))
    ]


def test_no_read_and_no_frequent_write_takes_more_among_more_documents(tmp_path: Path) -> None:
    lines = _measured(tmp_path, lambda name: name in calls.READS.keys() | WRITES)

    names = {line.operation for line in lines}
    assert names == calls.READS.keys() | WRITES
    assert {line.operation for line in _grown(lines)} <= BOUNDED.keys() | EARLY


@pytest.mark.slow
def test_no_operation_and_no_consumer_takes_more_among_more_documents(tmp_path: Path) -> None:
    lines = _measured(tmp_path, lambda _: True)

    assert {line.operation for line in _grown(lines)} <= BOUNDED.keys() | JOBS.keys() | EARLY


def test_every_operation_is_called_or_left_out_with_a_reason() -> None:
    called = {name.partition(" ")[0].rstrip(",") for name in calls.calls(PEOPLE, 400, LIMIT)}
    operations = {route.spec.name for route in openapi.every_route()}

    assert operations - called == LEFT_OUT.keys()
    assert BOUNDED.keys() | JOBS.keys() <= calls.calls(PEOPLE, 400, LIMIT).keys()


@pytest.mark.slow
def test_a_search_that_reads_more_among_more_documents_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(kind: str) -> bytes:
        everything = {":term": f"{kind}|all"}
        table = settings.SEARCH_TABLE
        entries = list(dynamodb.query_all(table, None, "term = :term", everything))
        return search.tally(map(search.marks_of, entries))

    monkeypatch.setattr(repository, "counts", counted)

    lines = _measured(tmp_path, lambda name: name == "searchCastings with counts")

    [line] = _grown(lines)
    assert line.figures["readUnits"][1] > 2 * line.figures["readUnits"][0]
