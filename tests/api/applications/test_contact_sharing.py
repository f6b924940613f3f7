"""PUT /v1/castings/{castingId}/applications/{applicationId}/sharing, and withdrawn applications."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import STATUS_PATHS, Situation
from tests.api.builders import (
    BROKEN_BODIES,
    an_account,
    an_admin,
    an_artist,
    deleted,
    suspended,
    with_id_token,
)
from tests.api.notifications.given import listed, moved, told


def share(it: Situation, is_shared: Any, as_: Account | None, **headers: str) -> Any:
    body = {"shareContact": is_shared}
    return api.put(f"{it.path}/sharing", body, as_=as_, **headers)


def test_anonymous_callers_and_id_tokens_are_refused() -> None:
    it = Situation(shareContact=True)

    assert share(it, False, None).code == "Unauthorized"
    assert share(it, False, with_id_token(it.artist)).code == "AccessTokenRequired"
    assert it.item["shareContact"] is True


def test_only_the_artist_decides_about_contact_data() -> None:
    it = Situation(shareContact=True)

    for someone in (an_artist(), an_admin(), an_account()):
        assert share(it, False, someone).status == 404
    refused = share(it, False, it.recruiter)
    assert (refused.status, refused.code) == (403, "NotYourStep")
    assert it.item["shareContact"] is True


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    it = Situation()

    answer = api.put(f"{it.path}/sharing", content, as_=it.artist, content_type=content_type)

    assert (answer.status, answer.code) == (status, code)


@pytest.mark.weakness(7)
@pytest.mark.weakness(37)
@pytest.mark.parametrize("status", STATUS_PATHS)
def test_consent_can_be_taken_back_in_every_status(status: str) -> None:
    it = Situation(status, shareContact=True)

    answer = share(it, False, it.artist)

    assert (answer.status, answer.json["shareContact"], answer.json["status"]) == (
        200,
        False,
        status,
    )
    seen = api.get(it.path, as_=it.recruiter)
    row = api.get(f"/castings/{it.casting['castingId']}/applications", as_=it.recruiter)
    assert (seen.json["contact"], row.json["items"][0]["contact"]) == (None, None)
    assert it.artist.email not in seen.text + row.text


@pytest.mark.weakness(7)
@pytest.mark.parametrize("close", [suspended, deleted])
def test_a_closed_account_can_take_consent_back_but_not_give_it(close: Any) -> None:
    it = Situation(shareContact=True)
    close(it.artist)

    assert share(it, False, it.artist).status == 200
    assert share(it, True, it.artist).code == "AccountSuspended"


def test_contact_data_can_be_shared_later_until_the_application_has_ended() -> None:
    live, ended = Situation("audition"), Situation("declined")

    assert share(live, True, live.artist).json["shareContact"] is True
    assert api.get(live.path, as_=live.recruiter).json["contact"]["email"] == live.artist.email
    refused = share(ended, True, ended.artist)
    assert (refused.status, refused.code) == (409, "StepNotPossible")


def test_a_repeated_decision_changes_nothing_and_an_old_etag_is_refused() -> None:
    it = Situation(shareContact=True)

    first = share(it, False, it.artist, if_match='"1"')
    assert (first.status, share(it, False, it.artist).json) == (200, first.json)
    stale = share(it, True, it.artist, if_match='"1"')
    assert (stale.status, stale.code) == (412, "Stale")


@pytest.mark.weakness(7)
@pytest.mark.weakness(37)
def test_after_a_withdrawal_the_recruiter_sees_nothing_of_the_artist() -> None:
    it = Situation(
        "viewed", shareContact=True, note="Call me", mediaUrls=["https://reel.example/1"]
    )
    change = {"privacy": "private", "headline": "Secret headline", "city": "Kochi"}
    assert api.patch("/users/me", change, as_=it.artist, if_match="*").status == 200
    before = api.get("/users/me", as_=it.artist).json

    it.move("withdrawn")

    path = f"/castings/{it.casting['castingId']}/applications"
    urls = [it.path, path, f"{path}?status=withdrawn"]
    text = "".join(api.get(url, as_=it.recruiter).text for url in urls)
    hidden = [
        *(before["displayName"], before["username"], it.artist.email),
        *("Secret headline", "Kochi", "Call me", "reel.example"),
    ]
    assert not [each for each in hidden if each in text]
    seen = api.get(it.path, as_=it.recruiter).json
    assert (seen["artist"], seen["contact"], seen["note"], seen["mediaUrls"]) == (
        *(None, None, None),
        [],
    )


@pytest.mark.weakness(7)
def test_notifications_do_not_name_an_artist_who_has_withdrawn() -> None:
    it = Situation()
    assert told(None, it.item) == []
    [first] = listed(it.recruiter)["items"]
    assert first["user"]["userId"] == it.artist.user_id

    assert told(*moved(it, "withdrawn")) == []

    shown = listed(it.recruiter)["items"]
    assert [each["kind"] for each in shown] == ["withdrawn", "submitted"]
    assert [each["user"] for each in shown] == [None, None]
