"""PUT /v1/castings/{castingId}/status."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    STATUS_PATHS,
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    suspended,
    table,
    with_id_token,
)

ARROWS = {
    *{("draft", "open"), ("open", "closed"), ("closed", "open"), ("closed", "filled")},
    *{("draft", "cancelled"), ("open", "cancelled"), ("closed", "cancelled")},
}


def path_of(casting: dict[str, Any]) -> str:
    return f"/castings/{casting['castingId']}/status"


def status_of(casting: dict[str, Any]) -> str:
    item = stored("CASTING_TABLE", castingId=casting["castingId"])
    assert item
    return str(item["status"])


def test_an_anonymous_caller_is_refused() -> None:
    casting = a_casting(status="open")

    answer = api.put(path_of(casting), {"status": "closed"})

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert status_of(casting) == "open"


def test_an_id_token_is_refused() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.put(path_of(casting), {"status": "open"}, as_=with_id_token(recruiter))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert status_of(casting) == "draft"


@pytest.mark.parametrize(
    ("status", "expected"), [("draft", (404, "NotFound")), ("open", (403, "NotYourCasting"))]
)
@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_only_its_recruiter_can_change_the_status_of_a_casting(
    someone: Callable[[], Account], status: str, expected: tuple[int, str]
) -> None:
    casting = a_casting(status=status)
    caller = someone()

    answer = api.put(path_of(casting), {"status": "cancelled"}, as_=caller)

    assert (answer.status, answer.code) == expected
    assert status_of(casting) == status


@pytest.mark.parametrize("someone", [an_account, an_admin])
def test_a_caller_without_a_profile_cannot_change_a_status(someone: Callable[[], Account]) -> None:
    casting = a_casting(status="open")
    caller = someone()

    answer = api.put(path_of(casting), {"status": "cancelled"}, as_=caller)

    assert (answer.status, answer.code) == (403, "ProfileRequired")
    assert status_of(casting) == "open"


def test_a_suspended_recruiter_cannot_change_a_status() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    suspended(recruiter)

    answer = api.put(path_of(casting), {"status": "open"}, as_=recruiter)

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert status_of(casting) == "draft"


def test_an_unknown_casting_gets_404() -> None:
    answer = api.put("/castings/unknown/status", {"status": "open"}, as_=a_recruiter())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert stored("CASTING_TABLE", castingId="unknown") is None


@pytest.mark.parametrize(("start", "end"), list(product(STATUS_PATHS, STATUS_PATHS)))
def test_only_the_allowed_status_changes_of_a_casting_succeed(start: str, end: str) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status=start)

    answer = api.put(path_of(casting), {"status": end}, as_=recruiter)

    if start == end:
        assert (answer.status, answer.json) == (200, casting)
    elif (start, end) in ARROWS:
        assert answer.status == 200
        assert (answer.json["status"], answer.json["version"]) == (end, casting["version"] + 1)
    else:
        assert (answer.status, answer.code) == (409, "StatusNotReachable")
    assert status_of(casting) == (end if answer.status == 200 else start)


def test_reopening_a_casting_keeps_its_publication_time() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="closed")

    again = api.put(path_of(casting), {"status": "open"}, as_=recruiter).json

    assert casting["publishedAt"] is not None
    assert again["publishedAt"] == casting["publishedAt"]


def test_a_casting_cannot_open_after_its_deadline() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, deadlineAt="2030-01-01T00:00:00Z")
    let_the_deadline_pass(casting)

    answer = api.put(path_of(casting), {"status": "open"}, as_=recruiter)

    assert (answer.status, answer.code) == (409, "DeadlinePassed")
    assert status_of(casting) == "draft"


def let_the_deadline_pass(casting: dict[str, Any]) -> None:
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression="SET deadlineAt = :past",
        ExpressionAttributeValues={":past": "2026-01-01T00:00:00.000Z"},
    )


@pytest.mark.parametrize("if_match", [None, '"1"', "*"])
def test_a_status_change_with_a_current_or_no_etag_succeeds(if_match: str | None) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    headers = {"if_match": if_match} if if_match else {}
    answer = api.put(path_of(casting), {"status": "open"}, as_=recruiter, **headers)

    assert (answer.status, answer.etag) == (200, '"2"')


def test_a_status_change_with_another_etag_gets_412() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.put(path_of(casting), {"status": "open"}, as_=recruiter, if_match='"2"')

    assert (answer.status, answer.code) == (412, "Stale")
    assert status_of(casting) == "draft"


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.put(path_of(casting), content, as_=recruiter, content_type=content_type)

    assert (answer.status, answer.code) == (status, code)
    assert status_of(casting) == "draft"


@pytest.mark.parametrize("status", ["", "Open", "published", None, 1])
def test_an_unknown_status_is_refused(status: object) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.put(path_of(casting), {"status": status}, as_=recruiter)

    assert (answer.status, answer.wrong) == (422, {"/status"})
    assert status_of(casting) == "draft"


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_two_concurrent_status_changes_succeeds(attempt: int) -> None:
    recruiter, start = a_recruiter(), Barrier(2)
    casting = a_casting(recruiter, status="closed")

    def move(status: str) -> Response:
        start.wait()
        return api.put(path_of(casting), {"status": status}, as_=recruiter, if_match='"3"')

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(move, ["filled", "cancelled"]))

    assert sorted(answer.status for answer in answers) == [200, 412]
    made = next(answer for answer in answers if answer.status == 200)
    assert status_of(casting) == made.json["status"]
