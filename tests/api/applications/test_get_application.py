"""GET /v1/castings/{castingId}/applications/{applicationId}."""

from collections.abc import Callable

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import Situation, applied
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    suspended,
    table,
    with_id_token,
)

OWN = {
    *("applicationId", "castingId", "roleId", "artistId", "recruiterId", "castingTitle"),
    *("roleTitle", "status", "shareContact", "createdAt", "updatedAt", "version", "audition"),
    *("note", "mediaUrls"),
}
RECEIVED = OWN | {"artist", "contact", "recruiterNote", "rating", "tags", "recruiterNotes"}
APPLICANT = {
    *("userId", "username", "displayName", "headline", "city", "categories", "skills"),
    *("languages", "gender", "age", "picture"),
}


def test_an_anonymous_caller_is_refused() -> None:
    answer = api.get(Situation().path)

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_an_id_token_is_refused() -> None:
    situation = Situation()

    answer = api.get(situation.path, as_=with_id_token(situation.artist))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")


@pytest.mark.parametrize("someone", [an_artist, a_recruiter, an_account, an_admin])
def test_an_application_does_not_exist_for_anyone_else(someone: Callable[[], Account]) -> None:
    answer = api.get(Situation().path, as_=someone())

    assert (answer.status, answer.code) == (404, "NotFound")


def test_an_application_does_not_exist_for_other_applicants() -> None:
    situation = Situation()
    other = an_artist()
    applied(situation.casting, other)

    answer = api.get(situation.path, as_=other)

    assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize(
    "application_id", ["unknown", "r1-1.unknown", "r1-1", "r1-1.", ".", "%23", "%00", "x" * 3000]
)
def test_an_unknown_application_gets_404(application_id: str) -> None:
    situation = Situation()
    path = f"/castings/{situation.casting['castingId']}/applications/{application_id}"

    assert api.get(path, as_=situation.recruiter).status == 404


def test_an_application_under_another_casting_gets_404() -> None:
    situation = Situation()
    other = a_casting(situation.recruiter, status="open")
    path = f"/castings/{other['castingId']}/applications/{situation.application['applicationId']}"

    assert api.get(path, as_=situation.recruiter).status == 404


def test_the_artist_sees_the_application_without_the_recruiter_note() -> None:
    situation = Situation(note="Me", shareContact=True)
    change = {"status": "viewed", "recruiterNote": "Promising"}
    api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    seen = api.get(situation.path, as_=situation.artist)

    assert (seen.status, seen.etag) == (200, '"2"')
    assert seen.json.keys() == OWN
    assert (seen.json["status"], seen.json["note"]) == ("viewed", "Me")
    assert "Promising" not in seen.text


def test_the_recruiter_sees_the_application_with_the_current_profile() -> None:
    situation = Situation(note="Me", shareContact=True)
    change = {
        "headline": "Dancer",
        "bornOn": "1987-05-04",
        "phone": "+911234567890",
        "heightCm": 173,
        "privacy": "private",
        "bio": "A long story",
    }
    api.patch("/users/me", change, as_=situation.artist, if_match="*")

    seen = api.get(situation.path, as_=situation.recruiter)

    assert seen.status == 200
    assert seen.json.keys() == RECEIVED
    assert seen.json["artist"].keys() == APPLICANT
    assert seen.json["artist"]["userId"] == situation.artist.user_id
    assert seen.json["artist"]["headline"] == "Dancer"
    assert seen.json["artist"]["age"] >= 39
    assert seen.json["contact"] == {
        "email": situation.artist.email,
        "phone": "+911234567890",
        "heightCm": 173,
    }
    assert "1987-05-04" not in seen.text
    assert "A long story" not in seen.text


def test_no_contact_details_are_shared_without_consent() -> None:
    situation = Situation(shareContact=False)

    seen = api.get(situation.path, as_=situation.recruiter)

    assert seen.json["artist"]["userId"] == situation.artist.user_id
    assert seen.json["contact"] is None
    assert situation.artist.email not in seen.text


def test_withdrawing_ends_the_sharing_of_contact_details() -> None:
    situation = Situation("withdrawn", shareContact=True)

    seen = api.get(situation.path, as_=situation.recruiter)

    assert (seen.json["status"], seen.json["contact"]) == ("withdrawn", None)
    assert situation.artist.email not in seen.text


def test_a_suspended_artist_is_not_shown() -> None:
    situation = Situation(shareContact=True)
    suspended(situation.artist)

    seen = api.get(situation.path, as_=situation.recruiter)

    assert (seen.json["artist"], seen.json["contact"]) == (None, None)


def test_the_application_of_a_deleted_account_shows_no_artist() -> None:
    situation = Situation(shareContact=True)
    table("USERS_TABLE").delete_item(Key={"userId": situation.artist.user_id})

    seen = api.get(situation.path, as_=situation.recruiter)

    assert (seen.json["artist"], seen.json["contact"]) == (None, None)


def test_a_suspended_recruiter_cannot_see_an_application() -> None:
    situation = Situation(shareContact=True)
    suspended(situation.recruiter)

    answer = api.get(situation.path, as_=situation.recruiter)

    assert (answer.status, answer.code) == (403, "AccountSuspended")


def test_the_artist_gets_304_for_an_unchanged_application() -> None:
    situation = Situation()

    answer = api.get(situation.path, as_=situation.artist, if_none_match='"1"')

    assert (answer.status, answer.text) == (304, "")


def test_the_recruiter_never_gets_304_because_the_profile_may_have_changed() -> None:
    situation = Situation()
    api.patch("/users/me", {"headline": "New"}, as_=situation.artist, if_match="*")

    answer = api.get(situation.path, as_=situation.recruiter, if_none_match='"1"')

    assert (answer.status, answer.json["artist"]["headline"]) == (200, "New")
