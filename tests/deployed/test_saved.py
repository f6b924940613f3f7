"""Saved castings over HTTP."""

import pytest

from tests.deployed.people import Person, Service, problem
from tests.deployed.test_races import all_at_once

pytestmark = pytest.mark.deployed


def test_castings_are_saved_listed_and_unsaved(service: Service, recruiter: Person) -> None:
    artist = service.person("artist")
    first, second = (recruiter.casting("open")["castingId"] for _ in range(2))

    for casting_id in (first, second, first):
        saved = artist.call("PUT", f"/users/me/saved-castings/{casting_id}")
        assert (saved.status_code, saved.json()["casting"]["castingId"]) == (200, casting_id)
    page = artist.succeed("GET", "/users/me/saved-castings?limit=1").json()
    rest = artist.succeed("GET", f"/users/me/saved-castings?cursor={page['next']}").json()
    listed = [each["casting"]["castingId"] for each in page["items"] + rest["items"]]
    assert (listed, rest["next"]) == ([second, first], None)
    sections = artist.succeed("GET", "/users/me/export").json()["sections"]
    assert {each["castingId"] for each in sections["savedCastings"]} == {first, second}

    for _ in range(2):
        assert artist.call("DELETE", f"/users/me/saved-castings/{first}").status_code == 204
    left = artist.succeed("GET", "/users/me/saved-castings").json()["items"]
    assert [each["casting"]["castingId"] for each in left] == [second]


def test_invalid_saves_are_refused(service: Service, artist: Person, recruiter: Person) -> None:
    draft, newcomer = recruiter.casting()["castingId"], service.account()

    for casting_id in (draft, "unknown"):
        path = f"/users/me/saved-castings/{casting_id}"
        assert problem(artist.call("PUT", path)) == (404, "NotFound")
    for method in ("PUT", "DELETE"):
        refused = newcomer.call(method, f"/users/me/saved-castings/{draft}")
        assert problem(refused) == (403, "ProfileRequired")
    listed = artist.call("GET", "/users/me/saved-castings?cursor=x")
    assert problem(listed) == (400, "BadCursor")


def test_concurrent_saves_of_a_casting_save_it_once(service: Service, recruiter: Person) -> None:
    artist, casting_id = service.person("artist"), recruiter.casting("open")["castingId"]
    path = f"/users/me/saved-castings/{casting_id}"

    answers = all_at_once([lambda: artist.call("PUT", path) for _ in range(4)])

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["savedAt"] for answer in answers}) == 1
    assert len(artist.succeed("GET", "/users/me/saved-castings").json()["items"]) == 1
