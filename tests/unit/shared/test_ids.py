import time
from uuid import UUID

import pytest

from artisthub.shared import ids

KNOWN = "019ac3d0-8f4e-7a31-b5c2-6d1f0e9a8b71"


@pytest.mark.parametrize(
    ("text", "version"), [(ids.new(), 7), (ids.derived("a"), 8)], ids=["new", "derived"]
)
def test_ids_are_lower_case_uuids_of_their_version(text: str, version: int) -> None:
    assert text == str(UUID(text))
    assert UUID(text).version == version
    assert UUID(text).variant == "specified in RFC 4122"


def test_an_id_contains_its_creation_time_in_milliseconds() -> None:
    before = time.time_ns() // 1_000_000
    made = UUID(ids.new()).int >> 80
    after = time.time_ns() // 1_000_000

    assert before <= made <= after


def test_ids_sort_by_creation_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # The years 1970, 2026 and 2500.
    moments = [1_000_000, 1_795_000_000_000_000_000, 16_725_225_600_000_000_000]
    made = []

    for moment in moments:
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        made.append(ids.new())

    assert made == sorted(made)


@pytest.mark.parametrize(
    ("text", "is_id"),
    [
        (KNOWN, True),
        (ids.derived("a"), True),
        ("3f0e3a0c-5c3e-4b57-9f5e-0a1b2c3d4e5f", True),
        (KNOWN.upper(), False),
        (KNOWN + "\n", False),
        (KNOWN[:-1], False),
        (KNOWN.replace("-", "/"), False),
        ("../" * 12, False),
        ("", False),
    ],
)
def test_only_a_lower_case_uuid_is_an_id(text: str, is_id: bool) -> None:
    assert ids.is_one(text) is is_id


def test_the_time_of_an_id_is_known() -> None:
    at = "2026-11-22T16:54:00.123Z"

    assert ids.made_at(ids.derived_at(at, "a")) == "2026-11-22T16:54:00.000Z"


@pytest.mark.parametrize(
    "text", [ids.derived("a"), "3f0e3a0c-5c3e-4b57-9f5e-0a1b2c3d4e5f", "", "x"]
)
def test_the_time_of_another_id_is_unknown(text: str) -> None:
    assert ids.made_at(text) == ""


def test_a_made_up_id_has_a_time_too() -> None:
    assert ids.made_at("ffffffff-ffff-7fff-bfff-ffffffffffff").startswith("2109-")


def test_ids_made_at_the_same_time_differ() -> None:
    assert len({ids.new() for _ in range(10_000)}) == 10_000


def test_a_derived_id_is_always_the_same() -> None:
    # A constant, because a new release must find what an old one made.
    assert ids.derived("user-1", "createCasting", "key-1") == "ed5545a2-b0e4-8053-933c-2235a17c6753"


def test_derived_ids_depend_on_every_part_and_its_boundaries() -> None:
    parts = [("a", "bc"), ("ab", "c"), ("abc",), ("a", "b", "c"), ("a", "bc", ""), ("bc", "a")]

    assert len({ids.derived(*each) for each in parts}) == len(parts)


def test_an_id_derived_from_a_time_is_stable_and_sorts_by_it() -> None:
    at = "2026-11-22T16:54:00.123Z"

    assert ids.derived_at(at, "user-1", "1") == "01a2042d-ccbb-74f3-b126-c78f3117aeca"
    assert UUID(ids.derived_at(at, "a")).int >> 80 == 1_795_366_440_123
    assert ids.derived_at(at, "a", "b") != ids.derived_at(at, "ab")
