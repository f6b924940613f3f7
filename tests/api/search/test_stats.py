"""Searches by playing age and height, for verified recruiters among artists who want it."""

from typing import Any

import pytest

from artisthub.search import rules
from tests.api import api
from tests.api.admin.given import unverify
from tests.api.api import Account
from tests.api.builders import a_recruiter, an_artist, the_admin, verified
from tests.api.search.given import a_word, all_items, entries_of, indexed, users


@pytest.fixture(scope="module")
def caster() -> Account:
    return verified(a_recruiter())


def an_open_artist(**fields: Any) -> Account:
    stats = {"playingAges": ["28-32", "33-37"], "heightCm": 168, "isFoundByStats": True}
    return indexed(an_artist(**stats | fields))


def stats_of(artist: Account) -> set[str]:
    found = {entry["term"] for entry in entries_of(artist.user_id)}
    return {term for term in found if term.startswith("stats|")}


def test_a_verified_recruiter_finds_artists_by_playing_age_and_height(caster: Account) -> None:
    city = a_word()
    artist = an_open_artist(city=city)

    def found(**query: str) -> bool:
        return users(caster, city=city, **query) == [artist.user_id]

    assert found(playingAge="28-32")
    assert found(playingAge="18-22,33-37")
    assert found(height="165-169")
    assert found(playingAge="33-37", height="160-164,165-169")
    assert not found(playingAge="23-27")
    assert not found(height="170-174")
    assert not found(playingAge="28-32", height="170-174")
    assert not found(playingAge="28-32", gender="female")


@pytest.mark.parametrize("query", ["playingAge=28-32", "height=165-169"])
def test_nobody_else_searches_by_playing_age_or_height(query: str) -> None:
    lost = verified(a_recruiter())
    unverify(lost.user_id, the_admin())

    for caller in (an_artist(), a_recruiter(), lost):
        answer = api.get(f"/users?{query}", as_=caller)
        assert (answer.status, answer.code) == (403, "VerifiedRecruitersOnly")
    assert api.get(f"/users?{query}").status == 401


@pytest.mark.parametrize("other", ["text=maya", "name=maya"])
def test_a_search_by_bands_does_not_look_at_one_person(caster: Account, other: str) -> None:
    answer = api.get(f"/users?playingAge=28-32&{other}", as_=caster)

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {other.partition("=")[0]}


@pytest.mark.parametrize(
    "fields",
    [
        {"isFoundByStats": False},
        {"privacy": "connections"},
        {"privacy": "private"},
        {"playingAges": [], "heightCm": None},
    ],
)
def test_an_artist_is_in_no_list_of_bands_without_wanting_it(
    fields: dict[str, Any], caster: Account
) -> None:
    artist = an_open_artist(city=a_word(), **fields)

    assert stats_of(artist) == set()


def test_a_recruiter_is_in_no_list_of_bands() -> None:
    recruiter = indexed(a_recruiter(heightCm=168, isFoundByStats=True))

    assert stats_of(recruiter) == set()


def test_artists_are_found_by_bands_only_if_they_turn_it_on(caster: Account) -> None:
    me = api.get("/users/me", as_=an_artist(heightCm=168)).json

    assert me["isFoundByStats"] is False


def test_an_artist_who_turns_it_off_leaves_the_lists(caster: Account) -> None:
    city = a_word()
    artist = an_open_artist(city=city)
    assert stats_of(artist) == {"stats|age:28-32", "stats|age:33-37", "stats|height:165-169"}

    api.patch("/users/me", {"isFoundByStats": False}, as_=artist, if_match="*")

    # Also before the indexer has heard of it.
    assert users(caster, city=city, playingAge="28-32") == []
    indexed(artist)
    assert stats_of(artist) == set()
    assert users(caster, city=city) == [artist.user_id]


def test_no_answer_and_no_other_list_has_playing_age_or_height(caster: Account) -> None:
    artist = an_open_artist(city=a_word())
    marks = [rules._mark(band) for band in ("age:28-32", "age:33-37", "height:165-169")]

    page = api.get("/users?playingAge=28-32&counts=true", as_=caster).json
    profile = api.get(f"/users/{artist.user_id}", as_=caster).json

    assert not {"age", "height", "playingAge"} & page["counts"].keys()
    for shown in (profile, *page["items"]):
        assert not {"playingAges", "heightCm", "isFoundByStats"} & shown.keys()
    others = [each for each in all_items("SEARCH_TABLE") if artist.user_id in str(each["sortKey"])]
    for entry in others:
        facts = bytes(entry["facts"].value)
        has_bands = any(rules._place(facts, mark) >= 0 for mark in marks)
        assert has_bands == entry["term"].startswith("stats|")


@pytest.mark.parametrize(
    ("centimetres", "band"),
    [
        (30, "-139"),
        (139, "-139"),
        (140, "140-144"),
        (169, "165-169"),
        (199, "195-199"),
        (200, "200-"),
    ],
)
def test_a_height_is_known_only_by_its_band(centimetres: int, band: str) -> None:
    assert rules.height_band(centimetres) == band


@pytest.mark.parametrize(
    "change", [{"playingAges": ["12-17"]}, {"playingAges": ["18-22"] * 5}, {"isFoundByStats": 1}]
)
def test_playing_ages_are_at_most_four_bands_of_adults(change: dict[str, Any]) -> None:
    answer = api.patch("/users/me", change, as_=an_artist(), if_match="*")

    assert (answer.status, answer.code) == (422, "Invalid")
