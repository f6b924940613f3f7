"""POST and DELETE /v1/users/me/portfolio and /v1/users/me/work-experience."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    MAY_NOT_ACT,
    an_artist,
    stored,
    table,
)

WORK = {
    "kind": "video",
    "title": "Show reel",
    "url": "https://reel.example/1",
    "description": "Two minutes",
    "credits": "Camera: A. Roy",
}
PART = {
    "title": "Hamlet",
    "company": "Rangshala",
    "roleName": "Ophelia",
    "startedOn": "2019-03-01",
    "endedOn": "2019-04-30",
    "description": "Forty evenings",
}
# The path, the field of the profile, a body, the maximum number, and the error code above it.
LISTS = [
    pytest.param("portfolio", "portfolio", WORK, 30, "PortfolioFull", id="portfolio"),
    pytest.param("work-experience", "workExperience", PART, 50, "WorkExperienceFull", id="work"),
]
BOTH_LISTS = pytest.mark.parametrize(("path", "field", "body", "most", "code"), LISTS)


def add(path: str, body: Any, as_: Account | None, **headers: str) -> Response:
    return api.post(f"/users/me/{path}", body, as_=as_, **headers)


def remove(path: str, item_id: str, as_: Account | None) -> Response:
    return api.call("DELETE", f"/users/me/{path}/{item_id}", as_=as_)


def kept(field: str, account: Account) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = api.get("/users/me", as_=account).json[field]
    return entries


def filled(field: str, body: dict[str, Any], count: int) -> Account:
    """An artist with this number of entries."""
    artist = an_artist()
    entries = [
        body | {"itemId": f"item-{number}", "createdAt": "2026-11-22T00:00:00.000Z"}
        for number in range(count)
    ]
    table("USERS_TABLE").update_item(
        Key={"userId": artist.user_id},
        UpdateExpression="SET #field = :entries",
        ExpressionAttributeNames={"#field": field},
        ExpressionAttributeValues={":entries": entries},
    )
    return artist


@BOTH_LISTS
@pytest.mark.parametrize(
    ("caller", "status", "refusal"),
    MAY_NOT_ACT,
)
def test_only_an_active_account_can_change_its_entries(
    path: str,
    field: str,
    body: Any,
    most: int,
    code: str,
    caller: Callable[[], Account | None],
    status: int,
    refusal: str,
) -> None:
    account = caller()

    for answer in (add(path, body, account), remove(path, "item-0", account)):
        assert (answer.status, answer.code) == (status, refusal)


@BOTH_LISTS
@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(
    path: str, field: str, body: Any, most: int, code: str, problem: str
) -> None:
    content, content_type, status, refusal = BROKEN_BODIES[problem]
    artist = an_artist()

    answer = add(path, content, artist, content_type=content_type)

    assert (answer.status, answer.code) == (status, refusal)
    assert kept(field, artist) == []


@BOTH_LISTS
def test_an_added_entry_is_shown_to_its_owner_and_to_others(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist, other = an_artist(city="Kochi"), an_artist()

    answer = add(path, body, artist)

    item_id = answer.json["itemId"]
    assert (answer.status, answer.headers["location"]) == (201, f"{path}/{item_id}")
    assert answer.json == body | {"itemId": item_id, "createdAt": answer.json["createdAt"]}
    assert kept(field, artist) == [answer.json]
    seen = api.get(f"/users/{artist.user_id}", as_=other)
    assert (seen.json[field], seen.json["city"]) == ([answer.json], "Kochi")


@BOTH_LISTS
def test_a_private_profile_does_not_show_its_entries(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist = an_artist(privacy="private")
    add(path, body, artist)

    assert field not in api.get(f"/users/{artist.user_id}", as_=an_artist()).json


@BOTH_LISTS
def test_a_profile_change_keeps_the_entries(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist = an_artist()
    added = add(path, body, artist).json

    answer = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match='"2"')

    assert (answer.status, answer.json[field]) == (200, [added])
    other = api.patch("/users/me", {field: []}, as_=artist, if_match='"3"')
    assert (other.status, other.wrong) == (422, {f"/{field}"})


@BOTH_LISTS
def test_a_retry_adds_an_entry_only_once(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist = an_artist()

    first, retry = (add(path, body, artist, idempotency_key="key-1") for _ in range(2))
    other = add(path, body | {"title": "B"}, artist, idempotency_key="key-1")

    assert (first.status, retry.status) == (201, 201)
    assert (retry.json, retry.headers["location"]) == (first.json, first.headers["location"])
    assert (other.status, other.code) == (422, "IdempotencyKeyReused")
    assert kept(field, artist) == [first.json]


@BOTH_LISTS
def test_removing_an_entry_keeps_the_others(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist = an_artist()
    one, other = add(path, body, artist).json, add(path, body, artist).json

    answer = remove(path, one["itemId"], artist)

    assert (answer.status, answer.text) == (204, "")
    assert kept(field, artist) == [other]
    again = remove(path, one["itemId"], artist)
    assert (again.status, again.code) == (404, "NotFound")


@BOTH_LISTS
def test_an_entry_of_someone_else_cannot_be_removed(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist = an_artist()
    added = add(path, body, artist).json

    answer = remove(path, added["itemId"], an_artist())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert kept(field, artist) == [added]


@BOTH_LISTS
def test_a_full_list_takes_another_entry_after_a_removal(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist = filled(field, body, most)

    full = add(path, body, artist)
    assert (full.status, full.code) == (409, code)

    assert remove(path, "item-3", artist).status == 204
    assert add(path, body, artist).status == 201
    assert len(kept(field, artist)) == most


@BOTH_LISTS
@pytest.mark.parametrize("attempt", range(3))
def test_concurrent_additions_never_exceed_the_limit(
    path: str, field: str, body: Any, most: int, code: str, attempt: int
) -> None:
    artist = filled(field, body, most - 2)
    start = Barrier(6)

    def race(number: int) -> Response:
        start.wait()
        return add(path, body | {"title": f"Racer {number}"}, artist)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(race, range(6)))

    made = [answer.json["itemId"] for answer in answers if answer.status == 201]
    assert len(made) == 2
    assert {answer.code for answer in answers if answer.status != 201} == {code}
    entries = kept(field, artist)
    assert len(entries) == most
    assert set(made) <= {each["itemId"] for each in entries}


@BOTH_LISTS
def test_no_concurrent_addition_is_lost(
    path: str, field: str, body: Any, most: int, code: str
) -> None:
    artist = an_artist()
    start = Barrier(4)

    def race(number: int) -> Response:
        start.wait()
        return add(path, body | {"title": f"Racer {number}"}, artist)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(race, range(4)))

    made = {answer.json["itemId"] for answer in answers if answer.status == 201}
    assert made == {each["itemId"] for each in kept(field, artist)}
    assert len(made) == 4


def test_the_largest_profile_can_be_stored_and_read() -> None:
    """Every text has its maximum length, in characters of four bytes."""
    wide = "\U0001f3ad"
    url = "https://a.b/" + wide * 488
    work = {"kind": "image", "title": wide * 120, "url": url}
    work |= {"description": wide * 400, "credits": wide * 400}
    part = {"title": wide * 120, "company": wide * 80, "roleName": wide * 80}
    part |= {"startedOn": "2019-03-01", "endedOn": "2019-03-02", "description": wide * 400}
    artist = filled("portfolio", work, 29)
    created_at = "2026-11-22T00:00:00.000Z"
    entries = [part | {"itemId": f"{at:036}", "createdAt": created_at} for at in range(49)]
    table("USERS_TABLE").update_item(
        Key={"userId": artist.user_id},
        UpdateExpression="SET workExperience = :entries",
        ExpressionAttributeValues={":entries": entries},
    )
    fields = {name: wide * 80 for name in ("displayName", "city", "companyName")}
    words = {name: [wide * 40] * 30 for name in ("skills", "languages")}
    long = {"bio": wide * 5000, "headline": wide * 120, "website": url}

    changed = api.patch("/users/me", fields | words | long, as_=artist, if_match="*")
    last = [add("portfolio", work, artist), add("work-experience", part, artist)]

    assert changed.status == 200, changed.text
    assert [answer.status for answer in last] == [201, 201]
    assert api.patch("/users/me", {}, as_=artist, if_match="*").status == 200
    me = api.get("/users/me", as_=artist)
    assert (len(me.json["portfolio"]), len(me.json["workExperience"])) == (30, 50)
    assert len(me.text.encode()) < 400 * 1024
    assert stored("USERS_TABLE", userId=artist.user_id)
