"""Searches find what people mean: 200 queries with an expected answer (tests/long has more)."""

import sys

import pytest

from artisthub.flags import repository as flags
from artisthub.shared import paging
from tests.api.search import corpus, quality
from tests.api.search.memory import Memory


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    made = Memory()
    made.install(monkeypatch)
    for name in ("raise_in_casting", "raise_in_user"):
        monkeypatch.setattr(flags, name, lambda _change: None)
    return made


def test_nine_of_ten_queries_find_the_expected_answer_on_the_first_page(
    memory: Memory, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = quality.measured(memory, 1_000)

    with capsys.disabled():
        sys.stdout.write(quality.told(asked))
    assert len(asked) == 200
    assert quality.share(asked) >= 0.9
    of_castings = [each for each in asked if each.query.kind == "casting"]
    assert quality.within(of_castings, 1) <= paging.MOST_PUBLIC_UNITS
    assert quality.within(asked, 0.9) <= 15
    assert quality.within(asked, 1) <= paging.MOST_UNITS


def test_publishing_a_casting_costs_at_most_60_write_units(memory: Memory) -> None:
    documents = list(corpus.documents(600))
    units = quality.index(memory, documents)
    known = [each for (kind, _), each in zip(documents, units, strict=True) if kind == "casting"][
        -100:
    ]  # most words are known by now

    assert max(known) <= 60


def test_publishing_the_largest_casting_costs_at_most_60_write_units(memory: Memory) -> None:
    [example] = [each for kind, each in corpus.documents(1) if kind == "casting"]
    largest = example | {
        "description": " ".join(f"word{number}" for number in range(600)),
        "tags": [f"tag {number}" for number in range(10)],
        "roles": [role | {"title": f"Role {n}"} for n in range(20) for role in example["roles"]],
        "deadlineAt": "2199-12-31T00:00:00.000Z",
    }
    copies = [largest | {"castingId": f"{number}"} for number in range(2)]

    _, known = quality.index(memory, [("casting", copy) for copy in copies])

    assert known <= 60
