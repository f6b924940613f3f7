"""The counts of searchCastings and searchUsers."""

import time
import tracemalloc
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from artisthub.search import repository, rules
from artisthub.shared import dynamodb
from artisthub.shared.settings import settings
from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_recruiter, an_artist, table
from tests.api.search.given import a_word, an_indexed_casting, index, indexed
from tests.api.search.memory import Memory


def count_now(kind: str) -> None:
    """Count as the indexer does when the next count is due."""
    table("SEARCH_TABLE").delete_item(Key={"term": f"{kind}|counts", "sortKey": "counts"})
    repository._due_at.clear()
    repository.count(kind)


def counts(path: str, viewer: Account | None = None, **query: Any) -> Any:
    answer = api.get(f"{path}?{urlencode(query | {'counts': 'true', 'limit': 1})}", as_=viewer)
    assert answer.status == 200, answer.text
    return answer.json["counts"]


def test_castings_are_counted_by_single_values() -> None:
    city, tag, recruiter = a_word(), a_word(), a_recruiter()
    for number in range(3):
        an_indexed_casting(recruiter, city=city, tags=[tag] if number else [])
    count_now("castings")

    found = counts("/castings", city=f"{city.upper()},Nowhere At All", tag=tag, text="unheard")

    assert found["city"] == {city.upper(): 3, "Nowhere At All": 0}
    assert found["tag"] == {tag: 2}
    assert found["category"]["dance"] >= 3
    assert found["mode"]["onsite"] >= 3
    assert len(found["category"]) == 12


def test_people_are_counted_by_single_values() -> None:
    skill, viewer = a_word(), an_artist()
    shown = {"skills": [skill], "gender": "female", "languages": [skill], "city": skill}
    for privacy in ("public", "public", "connections", "private"):
        indexed(an_artist(privacy=privacy, **shown))
    count_now("users")

    found = counts("/users", viewer, skill=skill, language=skill, city=skill)

    assert [found[name] for name in ("skill", "language", "city")] == [{skill: 2}] * 3
    assert found["gender"]["female"] >= 2


def test_closed_castings_are_not_counted() -> None:
    city, recruiter = a_word(), a_recruiter()
    casting_id = an_indexed_casting(recruiter, city=city)["castingId"]
    api.put(f"/castings/{casting_id}/status", {"status": "closed"}, as_=recruiter)
    index("casting", casting_id)
    count_now("castings")

    assert counts("/castings", city=city)["city"] == {city: 0}


def test_a_search_has_counts_only_if_it_asks() -> None:
    assert api.get("/castings?limit=1").json["counts"] is None


def test_few_documents_are_counted_after_each_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "COUNTED_A_SECOND", 1_000_000)
    city, recruiter = a_word(), a_recruiter()
    count_now("castings")

    for number in (1, 2):
        an_indexed_casting(recruiter, city=city)
        assert counts("/castings", city=city)["city"] == {city: number}


def test_many_documents_are_due_at_most_every_ten_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repository, "COUNTED_A_SECOND", 0.001)
    city, recruiter = a_word(), a_recruiter()
    an_indexed_casting(recruiter)
    count_now("castings")

    an_indexed_casting(recruiter, city=city)
    repository._due_at.clear()  # another instance
    an_indexed_casting(recruiter, city=city)
    assert counts("/castings", city=city)["city"] == {city: 0}

    repository._due_at.clear()
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    an_indexed_casting(recruiter, city=city)
    assert counts("/castings", city=city)["city"] == {city: 3}


def test_the_counts_of_thousands_of_values_cost_at_most_4_read_units(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = Memory()
    memory.install(monkeypatch)
    facts = [rules._mark(f"city:{number}") for number in range(6_000)]
    packed = rules.tally([b"".join(facts), facts[5_500]])
    memory.put(
        settings.SEARCH_TABLE, {"term": "castings|counts", "sortKey": "counts", "packed": packed}
    )

    assert rules._count(repository.counts("castings"), facts[5_500]) == 2
    assert memory.read_units <= 4.5


def test_a_count_of_the_most_documents_fits_into_the_functions_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def entries(*_: Any, **__: Any) -> Iterator[dict[str, Any]]:
        for number in range(repository.MOST_DOCUMENTS):
            marks = number.to_bytes(4, "big") * 10
            parts = {"words": marks * 3, "parts": marks, "category": "dance", "mode": "onsite"}
            yield {"term": "castings|all", "sortKey": f"{number:060}", "facts": marks, **parts}

    monkeypatch.setattr(dynamodb, "query_all", entries)
    monkeypatch.setattr(dynamodb, "update_if", lambda *_: True)
    monkeypatch.setattr(repository, "_due_at", {})

    tracemalloc.start()
    repository.count("castings")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 50_000_000
