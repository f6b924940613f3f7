"""DELETE /v1/castings/{castingId}."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    STATUS_PATHS,
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    suspended,
    with_id_token,
)


def path_of(casting: dict[str, Any]) -> str:
    return f"/castings/{casting['castingId']}"


def delete(casting: dict[str, Any], as_: Account | None, **headers: str) -> Response:
    return api.call("DELETE", path_of(casting), as_=as_, **headers)


def is_there(casting: dict[str, Any]) -> bool:
    return stored("CASTING_TABLE", castingId=casting["castingId"]) is not None


def test_an_anonymous_caller_is_refused() -> None:
    casting = a_casting(status="closed")

    answer = delete(casting, as_=None)

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert is_there(casting)


def test_an_id_token_is_refused() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = delete(casting, as_=with_id_token(recruiter))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert is_there(casting)


@pytest.mark.parametrize(
    ("status", "expected"), [("draft", (404, "NotFound")), ("closed", (403, "NotYourCasting"))]
)
@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_only_its_recruiter_can_delete_a_casting(
    someone: Callable[[], Account], status: str, expected: tuple[int, str]
) -> None:
    casting = a_casting(status=status)

    answer = delete(casting, as_=someone())

    assert (answer.status, answer.code) == expected
    assert is_there(casting)


@pytest.mark.parametrize("someone", [an_account, an_admin])
def test_a_caller_without_a_profile_cannot_delete_a_casting(someone: Callable[[], Account]) -> None:
    casting = a_casting(status="closed")

    answer = delete(casting, as_=someone())

    assert (answer.status, answer.code) == (403, "ProfileRequired")
    assert is_there(casting)


def test_a_suspended_recruiter_cannot_delete_a_casting() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    suspended(recruiter)

    answer = delete(casting, as_=recruiter)

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert is_there(casting)


def test_an_unknown_casting_gets_404() -> None:
    answer = delete({"castingId": "unknown"}, as_=a_recruiter())

    assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize("status", STATUS_PATHS)
def test_a_casting_can_be_deleted_unless_it_is_open(status: str) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status=status)

    answer = delete(casting, as_=recruiter)

    if status == "open":
        assert (answer.status, answer.code) == (409, "CastingStillOpen")
        assert api.get(path_of(casting)).json == casting
    else:
        assert (answer.status, answer.text) == (204, "")
        assert not is_there(casting)


def test_a_deleted_casting_is_gone_for_everyone() -> None:
    recruiter = a_recruiter()
    casting, other = a_casting(recruiter, status="filled"), a_casting(recruiter)

    delete(casting, as_=recruiter)

    assert api.get(path_of(casting)).status == 404
    assert api.get(path_of(casting), as_=recruiter).status == 404
    listed = api.get(f"/recruiters/{recruiter.user_id}/castings", as_=recruiter).json["items"]
    assert [each["castingId"] for each in listed] == [other["castingId"]]
    again = delete(casting, as_=recruiter)
    assert (again.status, again.code) == (404, "NotFound")
    change = api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match="*")
    assert (change.status, change.code) == (404, "NotFound")


@pytest.mark.parametrize("if_match", ['"1"', "*"])
def test_a_delete_with_the_current_etag_succeeds(if_match: str) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    assert delete(casting, as_=recruiter, if_match=if_match).status == 204


def test_a_delete_with_an_old_etag_gets_412() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match='"1"')

    answer = delete(casting, as_=recruiter, if_match='"1"')

    assert (answer.status, answer.code) == (412, "Stale")
    assert is_there(casting)


def race(*calls: Callable[[], Response]) -> list[Response]:
    start = Barrier(len(calls))

    def run(call: Callable[[], Response]) -> Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("attempt", range(5))
def test_a_concurrent_delete_and_opening_do_not_both_succeed(attempt: int) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="closed")
    path = f"{path_of(casting)}/status"

    deleted, opened = race(
        lambda: delete(casting, as_=recruiter),
        lambda: api.put(path, {"status": "open"}, as_=recruiter),
    )

    if deleted.status == 204:
        assert opened.status in {404, 412}
    else:
        assert (deleted.code, opened.status) == ("CastingStillOpen", 200)
    assert is_there(casting) == (opened.status == 200)


@pytest.mark.parametrize("attempt", range(5))
def test_a_casting_is_deleted_despite_a_concurrent_change(attempt: int) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    deleted, changed = race(
        lambda: delete(casting, as_=recruiter),
        lambda: api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match="*"),
    )

    assert deleted.status == 204
    assert changed.status in {200, 404, 412}
    assert not is_there(casting)


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_several_concurrent_deletes_succeeds(attempt: int) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answers = race(*[lambda: delete(casting, as_=recruiter)] * 3)

    assert sorted(answer.status for answer in answers) == [204, 404, 404]
