"""DELETE /v1/castings/{castingId}/applications/{applicationId}."""

from collections.abc import Callable

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import STATUS_PATHS, Situation
from tests.api.builders import (
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    suspended,
    with_id_token,
)

ENDS = {"booked", "declined", "refused", "withdrawn"}


def test_an_anonymous_caller_is_refused() -> None:
    situation = Situation()

    answer = api.call("DELETE", situation.path)

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert situation.item["status"] == "submitted"


def test_an_id_token_is_refused() -> None:
    situation = Situation()

    answer = api.call("DELETE", situation.path, as_=with_id_token(situation.artist))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert situation.item["status"] == "submitted"


@pytest.mark.parametrize(
    ("someone", "expected"),
    [
        (an_artist, (404, "NotFound")),
        (a_recruiter, (404, "NotFound")),
        (an_account, (403, "ProfileRequired")),
        (an_admin, (403, "ProfileRequired")),
    ],
)
def test_an_application_does_not_exist_for_anyone_else(
    someone: Callable[[], Account], expected: tuple[int, str]
) -> None:
    situation = Situation()

    answer = api.call("DELETE", situation.path, as_=someone())

    assert (answer.status, answer.code) == expected
    assert situation.item["status"] == "submitted"


def test_a_recruiter_cannot_withdraw_an_application() -> None:
    situation = Situation()

    answer = api.call("DELETE", situation.path, as_=situation.recruiter)

    assert (answer.status, answer.code) == (403, "NotYourStep")
    assert situation.item["status"] == "submitted"


def test_a_suspended_artist_cannot_withdraw_an_application() -> None:
    situation = Situation()
    suspended(situation.artist)

    answer = api.call("DELETE", situation.path, as_=situation.artist)

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert situation.item["status"] == "submitted"


def test_an_unknown_application_gets_404() -> None:
    situation = Situation()
    path = f"/castings/{situation.casting['castingId']}/applications/r9-9.unknown"

    assert api.call("DELETE", path, as_=situation.artist).status == 404


@pytest.mark.parametrize("status", STATUS_PATHS)
def test_an_application_can_be_withdrawn_until_it_ends(status: str) -> None:
    situation = Situation(status)

    answer = api.call("DELETE", situation.path, as_=situation.artist)

    if status in ENDS - {"withdrawn"}:
        assert (answer.status, answer.code) == (409, "StepNotPossible")
        assert situation.item["status"] == status
    else:
        assert (answer.status, answer.json["status"]) == (200, "withdrawn")
        assert situation.item["status"] == "withdrawn"
        assert situation.item["castingStatus"].endswith("#withdrawn")
        assert answer.json == api.get(situation.path, as_=situation.artist).json


def test_a_second_withdrawal_gets_the_same_answer() -> None:
    situation = Situation()

    first, second = (api.call("DELETE", situation.path, as_=situation.artist) for _ in range(2))

    assert (first.status, second.status) == (200, 200)
    assert first.json == second.json


def test_the_answer_to_a_withdrawal_hides_the_recruiter_note() -> None:
    situation = Situation()
    change = {"status": "viewed", "recruiterNote": "Promising"}
    api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    answer = api.call("DELETE", situation.path, as_=situation.artist)

    assert "Promising" not in answer.text
    assert situation.item["recruiterNote"] == "Promising"


def test_a_withdrawal_with_an_old_etag_gets_412() -> None:
    situation = Situation("viewed")

    stale = api.call("DELETE", situation.path, as_=situation.artist, if_match='"1"')
    fresh = api.call("DELETE", situation.path, as_=situation.artist, if_match='"2"')

    assert (stale.status, stale.code) == (412, "Stale")
    assert (fresh.status, fresh.etag) == (200, '"3"')
