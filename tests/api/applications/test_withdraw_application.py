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

ENDS = {"booked", "declined", "withdrawn"}


def test_anonymous_is_refused() -> None:
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
def test_for_anyone_else_it_is_not_there(
    someone: Callable[[], Account], expected: tuple[int, str]
) -> None:
    situation = Situation()

    answer = api.call("DELETE", situation.path, as_=someone())

    assert (answer.status, answer.code) == expected
    assert situation.item["status"] == "submitted"


def test_a_recruiter_declines_and_does_not_withdraw() -> None:
    situation = Situation()

    answer = api.call("DELETE", situation.path, as_=situation.recruiter)

    assert (answer.status, answer.code) == (403, "NotYourStep")
    assert situation.item["status"] == "submitted"


def test_a_suspended_artist_withdraws_nothing() -> None:
    situation = Situation()
    suspended(situation.artist)

    answer = api.call("DELETE", situation.path, as_=situation.artist)

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert situation.item["status"] == "submitted"


def test_what_is_unknown_is_not_found() -> None:
    situation = Situation()
    path = f"/castings/{situation.casting['castingId']}/applications/r9-9.unknown"

    assert api.call("DELETE", path, as_=situation.artist).status == 404


@pytest.mark.parametrize("status", STATUS_PATHS)
def test_an_application_is_withdrawn_before_its_end(status: str) -> None:
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


def test_a_second_withdrawal_answers_as_the_first() -> None:
    situation = Situation()

    first, second = (api.call("DELETE", situation.path, as_=situation.artist) for _ in range(2))

    assert (first.status, second.status) == (200, 200)
    assert first.json == second.json


def test_the_recruiter_s_note_is_not_in_the_answer() -> None:
    situation = Situation()
    change = {"status": "viewed", "recruiterNote": "Promising"}
    api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    answer = api.call("DELETE", situation.path, as_=situation.artist)

    assert "Promising" not in answer.text
    assert situation.item["recruiterNote"] == "Promising"


def test_if_match_is_honoured_where_it_is_sent() -> None:
    situation = Situation("viewed")

    stale = api.call("DELETE", situation.path, as_=situation.artist, if_match='"1"')
    fresh = api.call("DELETE", situation.path, as_=situation.artist, if_match='"2"')

    assert (stale.status, stale.code) == (412, "Stale")
    assert (fresh.status, fresh.etag) == (200, '"3"')
