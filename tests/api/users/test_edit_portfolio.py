"""PATCH of an item of the portfolio or the work experience, and the order of the portfolio."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import MAY_NOT_ACT, an_artist, quota_left

WORK = {"kind": "video", "title": "Show reel", "url": "https://reel.example/1", "credits": "A. Roy"}
PART = {"title": "Hamlet", "startedOn": "2019-03-01", "endedOn": "2019-04-30"}
NO_ID = "019ac3d0-8f4e-7a31-b5c2-6d1f0e9a8b71"
BOTH = pytest.mark.parametrize(
    ("path", "field", "body"),
    [("portfolio", "portfolio", WORK), ("work-experience", "workExperience", PART)],
)


def added(path: str, body: Any, artist: Account) -> str:
    made = api.post(f"/users/me/{path}", body, as_=artist)
    assert made.status == 201, made.text
    return str(made.json["itemId"])


def edit(path: str, item_id: str, patch: Any, as_: Account | None, if_match: str = "*") -> Response:
    return api.patch(f"/users/me/{path}/{item_id}", patch, as_=as_, if_match=if_match)


def order(item_ids: list[str], as_: Account | None, **headers: str) -> Response:
    return api.put("/users/me/portfolio-order", {"itemIds": item_ids}, as_=as_, **headers)


def profile(artist: Account) -> Any:
    return api.get("/users/me", as_=artist).json


@pytest.mark.parametrize(("caller", "status", "refusal"), MAY_NOT_ACT)
def test_only_an_active_account_can_edit_and_order_its_items(
    caller: Callable[[], Account | None], status: int, refusal: str
) -> None:
    someone = caller()

    for answer in (
        edit("portfolio", NO_ID, {"title": "Reel"}, someone),
        edit("work-experience", NO_ID, {"title": "Reel"}, someone),
        order([], someone),
    ):
        assert (answer.status, answer.code) == (status, refusal)


@BOTH
def test_an_edit_changes_only_the_fields_that_it_names(path: str, field: str, body: Any) -> None:
    artist = an_artist()
    other, item_id = added(path, body, artist), added(path, body, artist)
    before = {each["itemId"]: each for each in profile(artist)[field]}

    answer = edit(path, item_id, {"title": "New", "description": "Two minutes"}, artist)

    assert answer.status == 200
    assert answer.json == before[item_id] | {"title": "New", "description": "Two minutes"}
    after = {each["itemId"]: each for each in profile(artist)[field]}
    assert after == {other: before[other], item_id: answer.json}


def test_null_clears_a_field() -> None:
    artist = an_artist()
    item_id = added("portfolio", WORK, artist)

    assert edit("portfolio", item_id, {"credits": None}, artist).json["credits"] is None


@BOTH
def test_wrong_fields_and_unknown_items_are_refused(path: str, field: str, body: Any) -> None:
    artist = an_artist()
    item_id = added(path, body, artist)
    before = profile(artist)

    for patch in ({"title": ""}, {"title": None}, {"itemId": NO_ID}, {"createdAt": "2026-01-01"}):
        assert edit(path, item_id, patch, artist).wrong == {f"/{next(iter(patch))}"}
    assert edit(path, NO_ID, {"title": "New"}, artist).code == "NotFound"
    assert edit(path, added(path, body, an_artist()), {"title": "New"}, artist).status == 404
    assert profile(artist) == before


def test_an_entry_cannot_end_before_it_starts() -> None:
    artist = an_artist()
    item_id = added("work-experience", PART, artist)

    assert edit("work-experience", item_id, {"startedOn": "2020-01-01"}, artist).status == 422


@BOTH
def test_an_edit_needs_the_current_etag_of_the_profile(path: str, field: str, body: Any) -> None:
    artist = an_artist()
    item_id = added(path, body, artist)

    missing = api.patch(f"/users/me/{path}/{item_id}", {"title": "New"}, as_=artist)
    stale = edit(path, item_id, {"title": "New"}, artist, '"1"')
    current = edit(path, item_id, {"title": "New"}, artist, '"2"')

    assert (missing.status, stale.status, current.status) == (428, 412, 200)


def test_an_entry_with_another_start_moves_to_its_place() -> None:
    artist = an_artist()
    old = added("work-experience", PART, artist)
    new = added("work-experience", PART | {"startedOn": "2019-04-01"}, artist)

    edit("work-experience", old, {"startedOn": "2021-01-01", "endedOn": None}, artist)

    assert [each["itemId"] for each in profile(artist)["workExperience"]] == [old, new]


def test_the_owner_chooses_the_order_of_the_portfolio() -> None:
    artist = an_artist()
    item_ids = [added("portfolio", WORK, artist) for _ in range(3)]
    wanted = [item_ids[2], item_ids[0], item_ids[1]]

    first = order(wanted, artist, if_match='"4"')
    left = quota_left(artist, "portfolioChanges")
    retry = order(wanted, artist, if_match='"4"')

    assert [item["itemId"] for item in first.json["portfolio"]] == wanted
    assert (retry.status, retry.json) == (200, first.json)
    assert quota_left(artist, "portfolioChanges") == left
    assert order(item_ids, artist, if_match='"4"').status == 412


def test_an_order_must_have_each_item_once() -> None:
    artist = an_artist()
    one, two = (added("portfolio", WORK, artist) for _ in range(2))

    for item_ids in ([one], [one, one], [one, two, two], [one, NO_ID], []):
        assert order(item_ids, artist).wrong == {"/itemIds"}
    assert [item["itemId"] for item in profile(artist)["portfolio"]] == [one, two]
