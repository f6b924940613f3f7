"""PUT /v1/castings/{castingId}/applications/{applicationId}/status."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import STATUS_PATHS, Situation
from tests.api.builders import (
    BROKEN_BODIES,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    suspended,
    with_id_token,
)

PIPELINE = ["submitted", "viewed", "shortlisted", "audition", "offered", "booked"]
ALIVE = [*PIPELINE[:-1], "confirmed", "accepted"]
ARROWS = {
    *pairwise(PIPELINE),
    ("confirmed", "offered"),
    ("accepted", "booked"),
    *((start, "declined") for start in ALIVE),
}
AHEAD = {"startsAt": "2030-01-01T10:00:00+05:30", "place": "Studio 2"}


def test_an_anonymous_caller_is_refused() -> None:
    situation = Situation()

    answer = api.put(f"{situation.path}/status", {"status": "viewed"})

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert situation.item["status"] == "submitted"


def test_an_id_token_is_refused() -> None:
    situation = Situation()

    as_ = with_id_token(situation.recruiter)
    answer = api.put(f"{situation.path}/status", {"status": "viewed"}, as_=as_)

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert situation.item["status"] == "submitted"


@pytest.mark.parametrize("status", ["viewed", "booked", "withdrawn", "submitted"])
def test_an_artist_cannot_decide_on_an_application(status: str) -> None:
    situation = Situation()

    answer = api.put(f"{situation.path}/status", {"status": status}, as_=situation.artist)

    assert (answer.status, answer.code) == (403, "NotYourStep")
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

    answer = api.put(f"{situation.path}/status", {"status": "viewed"}, as_=someone())

    assert (answer.status, answer.code) == expected
    assert situation.item["status"] == "submitted"


def test_a_suspended_recruiter_cannot_decide() -> None:
    situation = Situation()
    suspended(situation.recruiter)

    answer = api.put(f"{situation.path}/status", {"status": "viewed"}, as_=situation.recruiter)

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert situation.item["status"] == "submitted"


def test_an_unknown_application_gets_404() -> None:
    situation = Situation()
    path = f"/castings/{situation.casting['castingId']}/applications/r1-1.unknown/status"

    assert api.put(path, {"status": "viewed"}, as_=situation.recruiter).status == 404


@pytest.mark.parametrize(("start", "end"), sorted(ARROWS))
def test_a_recruiter_can_make_every_allowed_status_change(start: str, end: str) -> None:
    situation = Situation(start)
    version = situation.item["version"]

    answer = api.put(f"{situation.path}/status", {"status": end}, as_=situation.recruiter)

    assert (answer.status, answer.json["status"]) == (200, end)
    item = situation.item
    assert (item["status"], item["version"]) == (end, version + 1)
    assert item["castingStatus"] == f"{situation.casting['castingId']}#{end}"


@pytest.mark.parametrize("start", STATUS_PATHS)
def test_every_other_status_change_is_refused(start: str) -> None:
    situation = Situation(start)
    before = situation.item

    for end in STATUS_PATHS:
        if (start, end) not in ARROWS:
            answer = api.put(f"{situation.path}/status", {"status": end}, as_=situation.recruiter)
            is_same = start == end or (start, end) == ("confirmed", "audition")
            expected = (200, None) if is_same else (409, "StepNotPossible")
            assert (answer.status, answer.json.get("code")) == expected, end

    assert situation.item == before


def test_a_status_change_answers_with_the_view_of_the_recruiter() -> None:
    situation = Situation(shareContact=True)

    change = {"status": "viewed", "recruiterNote": "Promising"}
    answer = api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    assert answer.json == api.get(situation.path, as_=situation.recruiter).json
    assert answer.json["recruiterNote"] == "Promising"
    assert answer.json["contact"]["email"] == situation.artist.email


def test_an_audition_has_a_time_and_a_place_and_can_be_moved() -> None:
    situation = Situation("shortlisted")
    path = f"{situation.path}/status"

    first = api.put(path, {"status": "audition", "audition": AHEAD}, as_=situation.recruiter)
    later = {"startsAt": "2030-02-01T10:00:00Z", "link": "https://meet.example/1"}
    second = api.put(path, {"status": "audition", "audition": later}, as_=situation.recruiter)
    again = api.put(path, {"status": "audition"}, as_=situation.recruiter)

    assert first.json["audition"] == {
        "startsAt": "2030-01-01T04:30:00.000Z",
        "place": "Studio 2",
        "link": None,
    }
    assert second.json["audition"] == later | {
        "startsAt": "2030-02-01T10:00:00.000Z",
        "place": None,
    }
    assert again.json == second.json
    seen = api.get(situation.path, as_=situation.artist).json
    assert seen["audition"] == second.json["audition"]


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"status": "audition", "audition": {"startsAt": "2020-01-01T00:00:00Z"}}, "/startsAt"),
        ({"status": "audition", "audition": {"place": "Studio 2"}}, "/startsAt"),
        ({"status": "audition", "audition": AHEAD | {"link": "http://meet.example"}}, "/link"),
    ],
)
def test_an_invalid_audition_is_named_and_nothing_is_changed(
    change: dict[str, object], places: str
) -> None:
    situation = Situation("shortlisted")

    answer = api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    assert (answer.status, answer.wrong) == (422, {f"/audition{places}"})
    assert situation.item["status"] == "shortlisted"


def test_an_audition_is_refused_with_another_status() -> None:
    situation = Situation()

    change = {"status": "viewed", "audition": AHEAD}
    answer = api.put(f"{situation.path}/status", change, as_=situation.recruiter)

    assert (answer.status, answer.wrong) == (422, {""})
    assert situation.item["status"] == "submitted"


def test_a_recruiter_note_can_be_written_kept_changed_and_cleared() -> None:
    situation = Situation("declined")
    path = f"{situation.path}/status"

    notes = []
    for note in ({"recruiterNote": "A"}, {}, {"recruiterNote": "B"}, {"recruiterNote": None}):
        answer = api.put(path, {"status": "declined"} | note, as_=situation.recruiter)
        notes.append(answer.json["recruiterNote"])

    assert notes == ["A", "A", "B", None]
    assert "recruiterNote" not in situation.item


@pytest.mark.parametrize("if_match", [None, '"1"', "*"])
def test_a_step_with_a_current_or_no_etag_succeeds(if_match: str | None) -> None:
    situation = Situation()

    headers = {"if_match": if_match} if if_match else {}
    change = {"status": "viewed"}
    answer = api.put(f"{situation.path}/status", change, as_=situation.recruiter, **headers)

    assert (answer.status, answer.etag) == (200, '"2"')


def test_a_step_with_an_old_etag_gets_412() -> None:
    situation = Situation("viewed")

    change = {"status": "booked"}
    answer = api.put(f"{situation.path}/status", change, as_=situation.recruiter, if_match='"1"')

    assert (answer.status, answer.code) == (412, "Stale")
    assert situation.item["status"] == "viewed"


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    situation = Situation()

    answer = api.put(
        f"{situation.path}/status", content, as_=situation.recruiter, content_type=content_type
    )

    assert (answer.status, answer.code) == (status, code)
    assert situation.item["status"] == "submitted"


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_two_concurrent_decisions_succeeds(attempt: int) -> None:
    situation, start = Situation("viewed"), Barrier(2)

    def decide(status: str) -> Response:
        start.wait()
        change = {"status": status}
        path = f"{situation.path}/status"
        return api.put(path, change, as_=situation.recruiter, if_match='"2"')

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, ["shortlisted", "declined"]))

    assert sorted(answer.status for answer in answers) == [200, 412]
    [made] = [answer.json for answer in answers if answer.status == 200]
    assert (situation.item["status"], situation.item["version"]) == (made["status"], 3)


@pytest.mark.parametrize("attempt", range(5))
def test_only_one_of_a_concurrent_booking_and_withdrawal_succeeds(attempt: int) -> None:
    situation, start = Situation("offered"), Barrier(2)

    def book() -> Response:
        start.wait()
        return api.put(f"{situation.path}/status", {"status": "booked"}, as_=situation.recruiter)

    def withdraw() -> Response:
        start.wait()
        return api.call("DELETE", situation.path, as_=situation.artist)

    with ThreadPoolExecutor(2) as pool:
        answers = [each.result() for each in (pool.submit(book), pool.submit(withdraw))]

    # The second request finds a newer version, or an application that has ended.
    assert sorted(answer.status for answer in answers) in ([200, 409], [200, 412])
    [made] = [answer.json for answer in answers if answer.status == 200]
    assert (situation.item["status"], situation.item["version"]) == (made["status"], 6)
