"""PUT /v1/users/me/username."""

import random
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
    a_name,
    a_new_user,
    an_account,
    an_artist,
    expire,
    stored,
)


def rename(username: str, as_: Account | None, **headers: str) -> Response:
    return api.put("/users/me/username", {"username": username}, as_=as_, **headers)


def holder(username: str) -> Any:
    """The account that has this username. Both tables must agree on it."""
    name = stored("USERNAMES_TABLE", username=username)
    if name is None:
        return None
    profile = stored("USERS_TABLE", userId=str(name["userId"]))
    assert profile
    assert profile["username"] == username
    return name["userId"]


def test_an_anonymous_caller_is_refused() -> None:
    name = a_name()

    answer = rename(name, as_=None)

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert holder(name) is None


@pytest.mark.parametrize(
    ("caller", "status", "code"),
    MAY_NOT_ACT,
)
def test_only_an_active_account_can_change_its_username(
    caller: Callable[[], Account | None], status: int, code: str
) -> None:
    name = a_name()

    answer = rename(name, as_=caller())

    assert (answer.status, answer.code) == (status, code)
    assert holder(name) is None


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]

    answer = api.put("/users/me/username", content, as_=an_artist(), content_type=content_type)

    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize("name", ["ab", "a b", "", None, 7, "admin", "Support", "a" * 31])
def test_an_invalid_or_reserved_username_is_refused(name: Any) -> None:
    old = a_name()
    artist = an_artist(username=old)

    answer = rename(name, as_=artist)

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {"/username"}
    assert holder(old) == artist.user_id


def test_changing_a_username_frees_the_old_one() -> None:
    old, new = a_name(), a_name()
    artist = an_artist(username=old, city="Kochi")

    answer = rename(new.upper(), as_=artist)

    assert (answer.status, answer.etag) == (200, '"2"')
    assert (answer.json["username"], answer.json["city"]) == (new, "Kochi")
    assert api.get("/users/me", as_=artist).json == answer.json
    assert (holder(new), holder(old)) == (artist.user_id, None)
    assert api.get(f"/usernames/{new}", as_=artist).status == 200
    assert api.get(f"/usernames/{old}", as_=artist).status == 404
    assert api.post("/users", a_new_user(username=old), as_=an_account()).status == 201


def test_a_taken_username_is_refused_in_any_case() -> None:
    mine, theirs = a_name(), a_name()
    artist, other = an_artist(username=mine), an_artist(username=theirs)

    answer = rename(theirs.upper(), as_=artist)

    assert (answer.status, answer.code) == (409, "UsernameTaken")
    assert (holder(mine), holder(theirs)) == (artist.user_id, other.user_id)
    assert api.get("/users/me", as_=artist).json["version"] == 1


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_changing_to_the_same_username_in_any_case_changes_nothing(
    change: Callable[[str], str],
) -> None:
    name = a_name()
    artist = an_artist(username=name)
    before = api.get("/users/me", as_=artist).json

    answer = rename(change(name), as_=artist, if_match='"7"')

    assert (answer.status, answer.json) == (200, before)
    assert holder(name) == artist.user_id


def test_a_retry_changes_nothing() -> None:
    artist, new = an_artist(), a_name()

    first, retry = rename(new, as_=artist), rename(new, as_=artist)

    assert (first.status, retry.status) == (200, 200)
    assert retry.json == first.json


def test_a_change_with_another_etag_gets_412() -> None:
    old, new = a_name(), a_name()
    artist = an_artist(username=old)

    stale = rename(new, as_=artist, if_match='"7"')
    assert (stale.status, stale.code) == (412, "Stale")
    assert holder(old) == artist.user_id

    assert rename(new, as_=artist, if_match='"1"').status == 200


def test_a_username_that_has_expired_is_free() -> None:
    """TTL removes an expired item up to two days later."""
    name = a_name()
    gone = an_artist(username=name)
    assert api.call("DELETE", "/users/me", as_=gone).status == 204
    assert rename(name, as_=an_artist()).code == "UsernameTaken"

    expire(gone, name)

    artist = an_artist()
    assert rename(name, as_=artist).status == 200
    found = api.get(f"/usernames/{name}", as_=artist)
    assert (found.status, found.json["userId"]) == (200, artist.user_id)


def all_at_once(calls: list[tuple[Account, str]]) -> list[Response]:
    start = Barrier(len(calls))

    def call(account: Account, username: str) -> Response:
        start.wait()
        return rename(username, as_=account)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, *zip(*calls, strict=True)))


@pytest.mark.parametrize("attempt", range(5))
def test_a_concurrent_swap_of_two_usernames_is_refused(attempt: int) -> None:
    one_name, other_name = a_name(), a_name()
    one, other = an_artist(username=one_name), an_artist(username=other_name)

    answers = all_at_once([(one, other_name), (other, one_name)])

    assert {answer.status for answer in answers} <= {409, 503}
    assert (holder(one_name), holder(other_name)) == (one.user_id, other.user_id)


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_several_concurrent_changes_to_a_username_succeeds(attempt: int) -> None:
    wanted = a_name()
    names = [a_name() for _ in range(5)]
    artists = [an_artist(username=name) for name in names]

    answers = all_at_once([(artist, wanted) for artist in artists])

    statuses = [answer.status for answer in answers]
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 503}
    winner = statuses.index(200)
    assert holder(wanted) == artists[winner].user_id
    for number, (name, artist) in enumerate(zip(names, artists, strict=True)):
        assert holder(name) == (None if number == winner else artist.user_id)


def test_concurrent_changes_never_give_a_username_to_two_accounts() -> None:
    names = [a_name() for _ in range(4)]
    artists = [an_artist(username=name) for name in names[:3]]
    chance = random.Random(7)

    for _ in range(6):
        all_at_once([(artist, chance.choice(names)) for artist in artists])

    held = {str(api.get("/users/me", as_=each).json["username"]): each for each in artists}
    assert len(held) == 3
    for name in names:
        assert holder(name) == (held[name].user_id if name in held else None)
