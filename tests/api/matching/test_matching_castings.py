"""GET /v1/users/me/matching-castings."""

from typing import Any

import pytest

from artisthub.matching import handlers
from tests.api import api
from tests.api.api import Account
from tests.api.builders import (
    a_name,
    a_recruiter,
    an_account,
    an_artist,
    born,
    deleted,
    suspended,
    taken_down,
    with_id_token,
)
from tests.api.search.given import an_indexed_casting

PATH = "/users/me/matching-castings"


def a_city() -> str:
    """A city that no other test uses, so that only its castings are found."""
    return a_name().replace(".", " ")


def matches(artist: Account, query: str = "") -> Any:
    answer = api.get(PATH + query, as_=artist)
    assert answer.status == 200, answer.text
    return answer.json


def verdicts(match: Any) -> dict[str, str]:
    return {each["wanted"]: each["verdict"] for each in match["role"]["requirements"]}


def test_an_anonymous_caller_is_refused() -> None:
    assert api.get(PATH).code == "Unauthorized"


def test_an_id_token_is_refused() -> None:
    assert api.get(PATH, as_=with_id_token(an_artist())).code == "AccessTokenRequired"


def test_only_active_artists_get_matching_castings() -> None:
    assert api.get(PATH, as_=an_account()).code == "ProfileRequired"
    assert api.get(PATH, as_=a_recruiter()).code == "RoleRequired"
    for gone in (suspended(an_artist()), deleted(an_artist())):
        assert api.get(PATH, as_=gone).code == "AccountSuspended"


@pytest.mark.parametrize("query", ["?limit=0", "?limit=x", "?cursor=x"])
def test_an_invalid_parameter_is_refused(query: str) -> None:
    answer = api.get(PATH + query, as_=an_artist())

    assert (answer.status, answer.code) == (422, "Invalid")


def test_the_best_match_comes_first_with_its_verdicts() -> None:
    city = a_city()
    profile = {"categories": ["dance"], "city": city, "languages": ["hindi"]}
    artist = born(an_artist(gender="female", **profile), None)
    asked = {
        "Men": {"genders": ["male"], "languages": ["odia"]},
        "Hindi": {"genders": ["female"], "languages": ["Hindi"], "minAge": 20},
        "Anyone": {},
    }
    made = {
        title: an_indexed_casting(city=city, roles=[{"title": title, "requirements": needs}])
        for title, needs in asked.items()
    }

    # Earlier tests may have left other castings that match.
    ids = {each["castingId"] for each in made.values()}
    found = matches(artist, "?limit=100")["items"]
    first, second, third = [each for each in found if each["casting"]["castingId"] in ids]

    assert [each["role"]["title"] for each in (first, second, third)] == ["Hindi", "Anyone", "Men"]
    assert first["casting"]["castingId"] == made["Hindi"]["castingId"]
    assert first["role"]["roleId"] == made["Hindi"]["roles"][0]["roleId"]
    assert verdicts(first) == {
        "dance": "met",
        city: "met",
        "female": "met",
        "20 or older": "unknown",
        "Hindi": "met",
    }
    assert verdicts(third) == {"dance": "met", city: "met", "male": "unmet", "odia": "unmet"}


def test_each_casting_is_shown_with_its_best_matching_role() -> None:
    city = a_city()
    artist = an_artist(categories=["dance"], city=city, skills=["odissi"])
    roles = [
        {"title": "Singer", "requirements": {"skills": ["khyal"]}},
        {"title": "Dancer", "requirements": {"skills": ["Odissi"]}},
    ]
    an_indexed_casting(city=city, roles=roles)

    assert matches(artist)["items"][0]["role"]["title"] == "Dancer"


def test_castings_in_the_city_of_the_artist_come_before_newer_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handlers, "MOST", 6)
    city = a_city()
    artist = an_artist(categories=["comedy"], city=city)
    own = an_indexed_casting(category="comedy", city=city)
    recruiter = a_recruiter()
    for _ in range(8):
        an_indexed_casting(recruiter, category="comedy", city="Elsewhere")

    found = matches(artist, "?limit=1000")

    assert found["items"][0]["casting"]["castingId"] == own["castingId"]
    assert len(found["items"]) == found["considered"] == 6
    assert len(matches(artist, "?limit=3")["items"]) == 3


def test_an_artist_with_an_empty_profile_gets_the_newest_castings() -> None:
    an_indexed_casting(category="writing")
    newest = an_indexed_casting(category="voice")

    found = matches(born(an_artist(), None))

    assert newest["castingId"] in {each["casting"]["castingId"] for each in found["items"]}
    assert {"unknown"} == set(verdicts(found["items"][0]).values())


def test_a_casting_that_is_no_longer_open_is_not_matched_even_if_indexed() -> None:
    city, recruiter = a_city(), a_recruiter()
    artist = an_artist(categories=["dance"], city=city)
    closed, removed, staying = (an_indexed_casting(recruiter, city=city) for _ in range(3))
    path = f"/castings/{closed['castingId']}/status"
    assert api.put(path, {"status": "closed"}, as_=recruiter).status == 200
    taken_down(removed)

    found = {each["casting"]["castingId"] for each in matches(artist, "?limit=100")["items"]}

    assert staying["castingId"] in found
    assert not found & {closed["castingId"], removed["castingId"]}
