"""Searches find what people mean: 300 queries with an expected answer."""

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
    for name in ("follow_casting", "follow_user"):
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


def test_nine_of_ten_queries_written_by_hand_find_the_expected_answer_on_the_first_page(
    memory: Memory, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = quality.measured_by_hand(memory, 1_000)

    with capsys.disabled():
        sys.stdout.write(quality.told(asked))
    assert len(asked) == 100
    assert quality.share(asked) >= 0.9
    assert quality.within(asked, 0.9) <= 15
    assert quality.within(asked, 1) <= paging.MOST_UNITS


def test_publishing_a_casting_costs_at_most_60_write_units(memory: Memory) -> None:
    documents = list(corpus.documents(600))
    units = quality.index(memory, documents)

    of_castings = [
        each for (kind, _), each in zip(documents, units, strict=True) if kind == "casting"
    ]
    assert max(of_castings) <= 60  # also of the first ones, whose words are all new


def test_publishing_the_largest_casting_costs_at_most_60_write_units(memory: Memory) -> None:
    [example] = [each for kind, each in corpus.documents(1) if kind == "casting"]
    largest = example | {
        "description": " ".join(f"word{number}" for number in range(600)),
        "tags": [f"tag {number}" for number in range(10)],
        "roles": [role | {"title": f"Role {n}"} for n in range(20) for role in example["roles"]],
        "deadlineAt": "2199-12-31T00:00:00.000Z",
    }
    copies = [largest | {"castingId": f"{number}"} for number in range(2)]

    units = quality.index(memory, [("casting", copy) for copy in copies])

    assert max(units) <= 60


def test_a_changed_profile_writes_only_the_entries_that_changed(memory: Memory) -> None:
    user = next(each for kind, each in corpus.documents(20) if kind == "user")
    [first] = quality.index(memory, [("user", user)])
    changed = user | {"phone": "+911234567890", "version": user["version"] + 1}
    told = changed | {"bio": f"{user.get('bio') or ''} Juggling", "version": user["version"] + 2}

    [of_phone] = quality.index(memory, [("user", changed)])
    [of_bio] = quality.index(memory, [("user", told)])

    assert of_phone == 1  # the card
    assert of_bio < first / 2
