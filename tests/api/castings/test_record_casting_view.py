"""POST /v1/castings/{castingId}/views."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    MAY_NOT_ACT,
    a_casting,
    a_recruiter,
    an_artist,
    stored,
    viewed,
)


def look(casting: dict[str, Any], as_: Account | None) -> Response:
    return api.call("POST", f"/castings/{casting['castingId']}/views", as_=as_)


def test_an_anonymous_caller_is_refused() -> None:
    casting = a_casting(status="open")

    answer = look(casting, as_=None)

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert viewed(casting["castingId"]) == []


@pytest.mark.parametrize(
    ("viewer", "status", "code"),
    MAY_NOT_ACT,
)
def test_only_an_active_account_records_a_view(
    viewer: Callable[[], Account | None], status: int, code: str
) -> None:
    casting = a_casting(status="open")

    answer = look(casting, as_=viewer())

    assert (answer.status, answer.code) == (status, code)
    assert viewed(casting["castingId"]) == []


def test_viewing_an_unknown_casting_gets_404() -> None:
    answer = look({"castingId": "no-casting"}, as_=an_artist())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert viewed("no-casting") == []


@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_viewing_a_draft_of_someone_else_gets_404(someone: Callable[[], Account]) -> None:
    casting = a_casting()

    answer = look(casting, as_=someone())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert viewed(casting["castingId"]) == []


@pytest.mark.parametrize("status", ["open", "closed", "filled", "cancelled"])
def test_a_view_is_stored_without_changing_the_casting(status: str) -> None:
    casting, artist = a_casting(status=status), an_artist()
    before = stored("CASTING_TABLE", castingId=casting["castingId"])

    answer = look(casting, as_=artist)

    assert (answer.status, answer.text) == (204, "")
    [view] = viewed(casting["castingId"])
    assert (view["kind"], view["version"]) == ("casting", 1)
    assert artist.user_id not in str(view)
    assert stored("CASTING_TABLE", castingId=casting["castingId"]) == before


@pytest.mark.parametrize("status", ["draft", "open"])
def test_a_view_by_the_recruiter_of_the_casting_does_not_count(status: str) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status=status)

    assert look(casting, as_=recruiter).status == 204
    assert viewed(casting["castingId"]) == []


def test_concurrent_views_by_one_viewer_count_once() -> None:
    casting, artist = a_casting(status="open"), an_artist()

    with ThreadPoolExecutor(6) as pool:
        looks = [pool.submit(look, casting, artist) for _ in range(6)]

    assert [each.result().status for each in looks] == [204] * 6
    assert len(viewed(casting["castingId"])) == 1


def test_each_viewer_and_each_casting_is_counted_separately() -> None:
    casting, other = a_casting(status="open"), a_casting(status="open")
    artist, recruiter = an_artist(), a_recruiter()

    look(casting, as_=artist), look(casting, as_=recruiter), look(other, as_=artist)

    assert len(viewed(casting["castingId"])) == 2
    assert len(viewed(other["castingId"])) == 1
