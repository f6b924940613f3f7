"""PUT and DELETE /v1/users/me/saved-castings/{castingId}, and GET /v1/users/me/saved-castings."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from artisthub.shared import cursor
from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    MAY_NOT_ACT,
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    table,
    with_id_token,
)

SAVED = "/users/me/saved-castings"


def save(casting_id: str, as_: Account | None) -> Response:
    return api.call("PUT", f"{SAVED}/{casting_id}", as_=as_)


def unsave(casting_id: str, as_: Account | None) -> Response:
    return api.call("DELETE", f"{SAVED}/{casting_id}", as_=as_)


def pages(as_: Account, limit: int) -> list[list[str]]:
    """The ids of the castings on each page."""
    found, after = [], ""
    while True:
        page = api.get(f"{SAVED}?limit={limit}{after}", as_=as_)
        assert page.status == 200, page.text
        found.append([each["casting"]["castingId"] for each in page.json["items"]])
        if page.json["next"] is None:
            return found
        after = f"&cursor={quote(page.json['next'])}"


def put_saves(user_id: str, casting_ids: list[str], *, same_time: bool = False) -> None:
    """Store saved castings in time order."""
    with table("SAVED_CASTINGS_TABLE").batch_writer() as batch:
        for index, casting_id in enumerate(casting_ids):
            number = 0 if same_time else index
            saved_at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z"
            times = {"createdAt": saved_at, "updatedAt": saved_at}
            batch.put_item(Item={"userId": user_id, "castingId": casting_id, "version": 1, **times})


def put_castings(count: int) -> list[str]:
    """Store this number of published castings, and return their ids."""
    ids = [str(uuid.uuid4()) for _ in range(count)]
    now = "2026-01-01T00:00:00.000Z"
    with table("CASTING_TABLE").batch_writer() as batch:
        for casting_id in ids:
            item: dict[str, Any] = {
                "castingId": casting_id,
                "recruiterId": "someone",
                "title": "Dancers",
                "category": "dance",
                "mode": "remote",
                "status": "open",
                "roleCount": 1,
                "isPaid": False,
                "createdAt": now,
                "updatedAt": now,
                "publishedAt": now,
                "version": 1,
            }
            batch.put_item(Item=item)
    return ids


def account() -> Account:
    user_id = str(uuid.uuid4())
    return Account(user_id, "", "", {"token_use": "access", "sub": user_id})


@pytest.mark.parametrize(
    ("caller", "status", "refusal"),
    MAY_NOT_ACT,
)
def test_only_an_active_account_can_save_castings(
    caller: Callable[[], Account | None], status: int, refusal: str
) -> None:
    casting_id, someone = a_casting(status="open")["castingId"], caller()

    for answer in (save(casting_id, someone), unsave(casting_id, someone)):
        assert (answer.status, answer.code) == (status, refusal)


def test_an_anonymous_caller_or_an_id_token_is_refused() -> None:
    assert api.get(SAVED).code == "Unauthorized"
    assert api.get(SAVED, as_=with_id_token(an_account())).code == "AccessTokenRequired"


@pytest.mark.parametrize("casting_id", ["unknown", "%00", "x" * 3000])
def test_an_unknown_casting_gets_404(casting_id: str) -> None:
    answer = save(casting_id, an_artist())

    assert (answer.status, answer.code) == (404, "NotFound")


def test_only_its_recruiter_can_save_a_draft() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    casting_id = a_casting(recruiter)["castingId"]

    answer = save(casting_id, artist)

    assert (answer.status, answer.code) == (404, "NotFound")
    assert stored("SAVED_CASTINGS_TABLE", userId=artist.user_id, castingId=casting_id) is None
    assert save(casting_id, recruiter).status == 200
    assert pages(recruiter, 5) == [[casting_id]]


@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_a_saved_casting_is_listed_as_a_summary(someone: Callable[[], Account]) -> None:
    casting, me = a_casting(status="open", tags=["a"]), someone()

    answer = save(casting["castingId"], me)

    left_out = {"description", "roles", "startsOn", "endsOn", "documents", "takedown", "booked"}
    left_out |= {"relation"}
    summary = {name: value for name, value in casting.items() if name not in left_out}
    assert answer.status == 200
    assert answer.json == {"savedAt": answer.json["savedAt"], "casting": summary}
    assert api.get(SAVED, as_=me).json == {"items": [answer.json], "next": None}
    assert stored("SAVED_CASTINGS_TABLE", userId=me.user_id, castingId=casting["castingId"]) == {
        "userId": me.user_id,
        "castingId": casting["castingId"],
        "createdAt": answer.json["savedAt"],
        "updatedAt": answer.json["savedAt"],
        "version": 1,
    }


def test_saving_a_casting_twice_changes_nothing() -> None:
    casting_id, artist = a_casting(status="open")["castingId"], an_artist()

    first, second = save(casting_id, artist), save(casting_id, artist)

    assert (second.status, second.json) == (200, first.json)
    assert pages(artist, 5) == [[casting_id]]


def test_unsaving_a_casting_twice_succeeds() -> None:
    casting_id, artist = a_casting(status="open")["castingId"], an_artist()
    save(casting_id, artist)

    for _ in range(2):
        assert unsave(casting_id, artist).status == 204
        assert pages(artist, 5) == [[]]


def test_unsaving_an_unknown_casting_succeeds() -> None:
    assert unsave("unknown", an_artist()).status == 204


def test_each_account_has_only_its_own_list() -> None:
    casting_id, artist, other = a_casting(status="open")["castingId"], an_artist(), an_artist()
    save(casting_id, artist)

    assert pages(other, 5) == [[]]
    assert unsave(casting_id, other).status == 204
    assert pages(artist, 5) == [[casting_id]]


def test_a_saved_casting_is_listed_in_its_current_version() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    casting = a_casting(recruiter, status="open")
    save(casting["castingId"], artist)
    change = {"title": "Dancers and a drummer"}
    path = f"/castings/{casting['castingId']}"
    assert api.patch(path, change, as_=recruiter, if_match="*").status == 200

    [entry] = api.get(SAVED, as_=artist).json["items"]

    assert entry["casting"]["title"] == "Dancers and a drummer"


def test_deleted_and_hidden_castings_are_omitted_from_the_list() -> None:
    [first, gone, last], me = put_castings(3), account()
    draft = a_casting()["castingId"]
    put_saves(me.user_id, [first, gone, draft, last])
    table("CASTING_TABLE").delete_item(Key={"castingId": gone})

    assert pages(me, 2) == [[last], [first], []]
    assert pages(me, 100) == [[last, first]]


def test_the_list_of_an_administrator_shows_drafts() -> None:
    admin, draft = an_admin(), a_casting()["castingId"]
    put_saves(admin.user_id, [draft])

    assert pages(admin, 5) == [[draft]]


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_all_pages_together_are_the_whole_list_last_saved_first(limit: int) -> None:
    castings, me = put_castings(7), account()
    put_saves(me.user_id, castings)
    put_saves(account().user_id, castings[:3])

    walked = pages(me, limit)

    assert [each for page in walked for each in page] == castings[::-1]
    assert all(len(page) == limit for page in walked[:-1])


def test_pages_of_the_maximum_size_are_the_whole_list() -> None:
    castings, me = put_castings(101), account()
    put_saves(me.user_id, castings)

    walked = [each for page in pages(me, 1_000) for each in page]

    assert walked == castings[::-1]


def test_entries_with_the_same_time_are_not_lost_between_pages() -> None:
    castings, me = put_castings(5), account()
    put_saves(me.user_id, castings, same_time=True)

    walked = pages(me, 2)

    assert sorted(each for page in walked for each in page) == sorted(castings)


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "colour=red"])
def test_an_invalid_parameter_is_named(query: str) -> None:
    answer = api.get(f"{SAVED}?{query}", as_=account())

    assert (answer.status, answer.wrong) == (422, {query.partition("=")[0]})


@pytest.mark.parametrize("position", [["", ""], ["a"], ["a", "b", "c"], []])
def test_a_forged_position_is_refused(position: list[str]) -> None:
    me = account()
    forged = cursor.encode(position, "listSavedCastings", me.user_id)

    answer = api.get(f"{SAVED}?cursor={forged}", as_=me)

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_a_cursor_of_another_account_is_refused() -> None:
    me = account()
    put_saves(me.user_id, put_castings(2))
    after = api.get(f"{SAVED}?limit=1", as_=me).json["next"]

    answer = api.get(f"{SAVED}?cursor={after}", as_=account())

    assert (answer.status, answer.code) == (400, "BadCursor")
