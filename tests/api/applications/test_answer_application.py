"""PUT /v1/castings/{castingId}/applications/{applicationId}/answer."""

from collections.abc import Callable

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import STATUS_PATHS, Situation
from tests.api.builders import (
    MAY_NOT_ACT,
    a_minor,
    a_recruiter,
    an_artist,
    quota_left,
    with_quota_left,
)
from tests.api.notifications.given import kinds, moved, told

ANSWERS = {"confirmed": "audition", "accepted": "offered", "refused": "offered"}
LATER = {"startsAt": "2030-02-01T10:00:00Z", "place": "Studio 3"}


def answered(situation: Situation, answer: str, **headers: str) -> api.Response:
    return api.put(f"{situation.path}/answer", {"answer": answer}, as_=situation.artist, **headers)


def invited(situation: Situation, **audition: str) -> api.Response:
    change = {"status": "audition", "audition": LATER | audition}
    return api.put(f"{situation.path}/status", change, as_=situation.recruiter)


@pytest.mark.parametrize(("someone", "status", "code"), MAY_NOT_ACT)
def test_callers_without_an_active_artist_account_cannot_answer(
    someone: Callable[[], Account | None], status: int, code: str
) -> None:
    situation = Situation("offered")

    answer = api.put(f"{situation.path}/answer", {"answer": "accepted"}, as_=someone())

    assert (answer.status, answer.code) == (status, code)
    assert situation.item["status"] == "offered"


@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_an_application_does_not_exist_for_anyone_else(someone: Callable[[], Account]) -> None:
    situation = Situation("offered")

    answer = api.put(f"{situation.path}/answer", {"answer": "accepted"}, as_=someone())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert situation.item["status"] == "offered"


def test_a_recruiter_cannot_answer_for_the_artist() -> None:
    situation = Situation("offered")

    answer = api.put(f"{situation.path}/answer", {"answer": "accepted"}, as_=situation.recruiter)
    as_status = api.put(f"{situation.path}/status", {"status": "accepted"}, as_=situation.recruiter)

    assert (answer.status, answer.code) == (403, "NotYourStep")
    assert (as_status.status, as_status.code) == (409, "StepNotPossible")
    assert situation.item["status"] == "offered"


def test_a_minor_cannot_answer() -> None:
    situation = Situation("offered")
    a_minor(situation.artist)

    assert (answered(situation, "accepted").status, situation.item["status"]) == (403, "offered")


def test_an_unknown_answer_is_named() -> None:
    situation = Situation("offered")

    answer = answered(situation, "booked")

    assert (answer.status, answer.wrong) == (422, {"/answer"})


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("status", STATUS_PATHS)
def test_an_artist_answers_an_audition_and_an_offer_and_nothing_else(
    status: str, answer: str
) -> None:
    situation = Situation(status)
    before = situation.item

    made = answered(situation, answer)

    if status == ANSWERS[answer]:
        assert (made.status, made.json["status"]) == (200, answer)
        assert made.json == api.get(situation.path, as_=situation.artist).json
        item = situation.item
        assert (item["status"], item["version"]) == (answer, before["version"] + 1)
        assert item["castingStatus"].endswith(f"#{answer}")
    elif status == answer:
        assert (made.status, situation.item) == (200, before)  # a retry
    else:
        assert (made.status, made.code) == (409, "StepNotPossible")
        assert situation.item == before


def test_an_answer_with_an_old_etag_gets_412() -> None:
    situation = Situation("offered")

    assert answered(situation, "accepted", if_match='"1"').status == 412
    assert situation.item["status"] == "offered"


def test_an_answer_spends_a_quota_and_a_retry_spends_nothing() -> None:
    situation = Situation("offered")
    with_quota_left(situation.artist, "applicationSteps", 1)

    assert [answered(situation, "accepted").status for _ in range(2)] == [200, 200]
    assert quota_left(situation.artist, "applicationSteps") == 0


def test_an_answer_without_quota_gets_429_and_changes_nothing() -> None:
    situation = Situation("offered")
    with_quota_left(situation.artist, "applicationSteps", 0)

    assert (answered(situation, "accepted").code, situation.item["status"]) == (
        "QuotaExceeded",
        "offered",
    )


def test_the_answer_hides_the_recruiter_note() -> None:
    situation = Situation("offered")
    change = {"status": "offered", "recruiterNote": "Promising"}
    api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    assert "Promising" not in answered(situation, "accepted").text


def test_a_refused_offer_cannot_be_booked_and_shows_the_artist_still() -> None:
    situation = Situation("refused")

    refused = api.put(f"{situation.path}/status", {"status": "booked"}, as_=situation.recruiter)

    assert (refused.status, refused.code) == (409, "StepNotPossible")
    seen = api.get(situation.path, as_=situation.recruiter).json
    assert seen["artist"]["userId"] == situation.artist.user_id


def test_a_confirmed_audition_that_moves_must_be_confirmed_again() -> None:
    situation = Situation("confirmed")
    version = situation.item["version"]

    moved_audition = invited(situation)
    confirmed = answered(situation, "confirmed")
    same = invited(situation)

    assert moved_audition.json["status"] == "audition"
    assert confirmed.json["status"] == "confirmed"
    assert (same.json["status"], same.json["version"]) == ("confirmed", version + 2)


def test_a_note_leaves_a_confirmed_audition_confirmed() -> None:
    situation = Situation("confirmed")

    change = {"status": "audition", "recruiterNote": "On time"}  # as a client from before sends it
    answer = api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    assert (answer.json["status"], answer.json["recruiterNote"]) == ("confirmed", "On time")


@pytest.mark.parametrize("attempt", range(4))
@pytest.mark.parametrize("taken_back_by", ["recruiter", "artist"])
def test_an_offer_is_not_both_accepted_and_taken_back(taken_back_by: str, attempt: int) -> None:
    situation = Situation("offered")

    def take_back() -> api.Response:
        if taken_back_by == "artist":
            return api.call("DELETE", situation.path, as_=situation.artist)
        status = {"status": "declined"}
        return api.put(f"{situation.path}/status", status, as_=situation.recruiter)

    accepted, taken_back = api.all_at_once(lambda: answered(situation, "accepted"), take_back)

    versions = situation.item["version"]
    if (accepted.status, taken_back.status) == (200, 200):  # one after the other
        assert (situation.item["status"], versions) == (taken_back.json["status"], 7)
    else:
        assert sorted([accepted.status, taken_back.status]) in ([200, 409], [200, 412])
        [made] = [each.json for each in (accepted, taken_back) if each.status == 200]
        assert (situation.item["status"], versions) == (made["status"], 6)


def test_the_recruiter_hears_of_each_answer_once() -> None:
    situation = Situation("audition")
    steps = [moved(situation, "confirmed")]
    situation.move("offered")
    steps.append(moved(situation, "accepted"))

    for before, after in [*steps, *steps]:  # a change may arrive twice
        assert told(before, after) == []

    assert kinds(situation.recruiter) == ["agreed", "confirmed"]


def test_the_recruiter_hears_that_the_new_time_is_confirmed_instead_of_the_old_one() -> None:
    situation = Situation("audition")
    told(*moved(situation, "confirmed"))
    before = situation.item
    invited(situation)
    told(before, situation.item)
    told(*moved(situation, "confirmed"))

    assert kinds(situation.recruiter) == ["confirmed"]
    assert kinds(situation.artist) == ["moved"]
