"""Applications of a deleted casting, in the seconds before they are deleted too."""

import pytest

from tests.api import api
from tests.api.applications.given import Situation, a_new_application
from tests.api.builders import an_admin, an_artist


@pytest.fixture
def situation() -> Situation:
    """An application for a deleted casting."""
    situation = Situation(note="Me")
    path = f"/castings/{situation.casting['castingId']}"
    api.put(f"{path}/status", {"status": "closed"}, as_=situation.recruiter)
    assert api.call("DELETE", path, as_=situation.recruiter).status == 204
    return situation


def test_the_artist_still_sees_the_application_of_a_deleted_casting(situation: Situation) -> None:
    seen = api.get(situation.path, as_=situation.artist)
    [listed] = api.get("/users/me/applications", as_=situation.artist).json["items"]

    assert (seen.status, seen.json) == (200, situation.application)
    assert listed["castingTitle"] == situation.casting["title"]


def test_the_artist_can_still_withdraw_the_application_of_a_deleted_casting(
    situation: Situation,
) -> None:
    answer = api.call("DELETE", situation.path, as_=situation.artist)

    assert (answer.status, answer.json["status"]) == (200, "withdrawn")


def test_the_recruiter_can_still_answer_the_application_of_a_deleted_casting(
    situation: Situation,
) -> None:
    seen = api.get(situation.path, as_=situation.recruiter)
    change = {"status": "declined"}
    answer = api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    assert (seen.status, seen.json["artist"]["userId"]) == (200, situation.artist.user_id)
    assert (answer.status, answer.json["status"]) == (200, "declined")


def test_the_applications_of_a_deleted_casting_are_not_listed(situation: Situation) -> None:
    path = f"/castings/{situation.casting['castingId']}/applications"

    for query in ("", "?status=submitted"):
        answer = api.get(path + query, as_=situation.recruiter)
        assert (answer.status, answer.code) == (404, "NotFound")


def test_applying_for_a_deleted_casting_gets_404(situation: Situation) -> None:
    path = f"/castings/{situation.casting['castingId']}/applications"

    for artist in (situation.artist, an_artist()):
        answer = api.post(path, a_new_application(situation.casting), as_=artist)
        assert (answer.status, answer.code) == (404, "NotFound")


def test_the_application_of_a_deleted_casting_stays_hidden_from_others(
    situation: Situation,
) -> None:
    for someone in (an_artist(), an_admin()):
        assert api.get(situation.path, as_=someone).status == 404


def test_the_application_of_a_deleted_casting_is_in_the_export_of_the_artist(
    situation: Situation,
) -> None:
    sections = api.get("/users/me/export", as_=situation.artist).json["sections"]
    assert [each["note"] for each in sections["applications"]] == ["Me"]

    theirs = api.get("/users/me/export", as_=situation.recruiter).json["sections"]
    assert theirs["castings"] == []
