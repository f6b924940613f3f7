"""GET /v1/connections, and the profiles that a connection shows."""

import uuid
from typing import Any
from urllib.parse import quote

import pytest

from artisthub.shared import cursor
from tests.api import api
from tests.api.api import Account
from tests.api.builders import (
    a_minor,
    a_name,
    a_recruiter,
    an_account,
    an_artist,
    table,
    with_id_token,
)
from tests.api.search.given import indexed


def an_id() -> str:
    return str(uuid.uuid4())


def put_connections(
    user_id: str, standing: str, count: int, *, same_time: bool = False
) -> list[str]:
    """Store connections in time order, and return the other accounts."""
    others = []
    with table("CONNECTIONS_TABLE").batch_writer() as batch:
        for index in range(count):
            number = 0 if same_time else index
            updated_at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z"
            others.append(f"{index:03}-{standing}")
            item: dict[str, Any] = {
                "userId": user_id,
                "otherUserId": others[-1],
                "standing": standing,
                "standingAt": f"{standing}#{updated_at}",
                "createdAt": updated_at,
                "updatedAt": updated_at,
                "version": 1,
            }
            batch.put_item(Item=item)
    return others


def account(user_id: str) -> Account:
    return Account(user_id, "", "", {"token_use": "access", "sub": user_id})


def pages(path: str, as_: Account, limit: int) -> list[list[str]]:
    found, after = [], ""
    while True:
        page = api.get(f"{path}&limit={limit}{after}", as_=as_)
        assert page.status == 200, page.text
        found.append([each["userId"] for each in page.json["items"]])
        if page.json["next"] is None:
            return found
        after = f"&cursor={quote(page.json['next'])}"


LISTS = {
    "/connections?status=accepted": "accepted",
    "/connections?status=pending&direction=incoming": "incoming",
    "/connections?status=pending&direction=outgoing": "outgoing",
}


def test_an_anonymous_caller_is_refused() -> None:
    assert api.get("/connections").code == "Unauthorized"


def test_an_id_token_is_refused() -> None:
    answer = api.get("/connections", as_=with_id_token(an_account()))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")


def test_a_new_account_has_no_connections() -> None:
    answer = api.get("/connections", as_=an_account())

    assert (answer.status, answer.json) == (200, {"items": [], "next": None})


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
@pytest.mark.parametrize("path", LISTS)
def test_each_list_has_full_pages_of_its_own_entries(path: str, limit: int) -> None:
    user_id = an_id()
    wanted = {
        standing: put_connections(user_id, standing, 7)
        for standing in ("incoming", "outgoing", "accepted", "declined", "refused")
    }
    put_connections(an_id(), LISTS[path], 3)

    walked = pages(path, account(user_id), limit)

    assert [each for page in walked for each in page] == wanted[LISTS[path]][::-1]
    assert all(len(page) == limit for page in walked[:-1])


def test_entries_with_the_same_time_are_not_lost_between_pages() -> None:
    user_id = an_id()
    others = put_connections(user_id, "accepted", 9, same_time=True)

    walked = pages("/connections?status=accepted", account(user_id), 2)

    assert sorted(each for page in walked for each in page) == others


def test_the_default_lists_are_accepted_and_incoming_connections() -> None:
    user_id = an_id()
    accepted = put_connections(user_id, "accepted", 1)
    incoming = put_connections(user_id, "incoming", 1)

    assert pages("/connections?", account(user_id), 5) == [accepted]
    assert pages("/connections?status=pending", account(user_id), 5) == [incoming]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("status=declined", {"status"}),
        ("status=", {"status"}),
        ("status=pending&direction=both", {"direction"}),
        ("limit=0", {"limit"}),
        ("colour=red", {"colour"}),
    ],
)
def test_an_invalid_parameter_is_named(query: str, wrong: set[str]) -> None:
    answer = api.get(f"/connections?{query}", as_=an_account())

    assert (answer.status, answer.wrong) == (422, wrong)


def test_a_direction_is_refused_unless_the_status_is_pending() -> None:
    answer = api.get("/connections?status=accepted&direction=incoming", as_=an_account())

    assert (answer.status, answer.code) == (422, "Invalid")


def test_a_cursor_of_another_list_or_account_is_refused() -> None:
    user_id = an_id()
    put_connections(user_id, "accepted", 2)
    after = api.get("/connections?limit=1", as_=account(user_id)).json["next"]

    for path, caller in (
        (f"/connections?status=pending&cursor={after}", account(user_id)),
        (f"/connections?cursor={after}", account(an_id())),
    ):
        answer = api.get(path, as_=caller)
        assert (answer.status, answer.code) == (400, "BadCursor")


@pytest.mark.parametrize("position", [["", ""], ["a"], ["a", "b", "c"], []])
def test_a_forged_position_is_refused(position: list[str]) -> None:
    user_id = an_id()
    forged = cursor.encode(position, "listConnections", user_id, "accepted")

    answer = api.get(f"/connections?cursor={forged}", as_=account(user_id))

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_a_profile_for_connections_is_shown_only_while_connected() -> None:
    username = a_name()
    owner = an_artist(username=username, privacy="connections", bio="Eight years of theatre.")
    friend, stranger = a_recruiter(), a_recruiter()
    paths = (f"/users/{owner.user_id}", f"/usernames/{username}")

    def seen(viewer: Account) -> list[bool]:
        answers = [api.get(path, as_=viewer) for path in paths]
        assert {answer.status for answer in answers} == {200}
        assert not any({"email", "phone", "heightCm"} & answer.json.keys() for answer in answers)
        return ["bio" in answer.json for answer in answers]

    assert seen(friend) == [False, False]
    assert api.post("/connections", {"userId": owner.user_id}, as_=friend).status == 201
    assert seen(friend) == [False, False]
    accepted = api.put(f"/connections/{friend.user_id}", {"answer": "accepted"}, as_=owner)
    assert accepted.status == 200
    assert seen(friend) == [True, True]
    assert seen(stranger) == [False, False]
    assert api.call("DELETE", f"/connections/{owner.user_id}", as_=friend).status == 204
    assert seen(friend) == [False, False]


def test_a_pending_request_of_the_owner_does_not_show_the_profile() -> None:
    owner, other = an_artist(privacy="connections", bio="Theatre."), a_recruiter()
    api.post("/connections", {"userId": other.user_id}, as_=owner)

    assert "bio" not in api.get(f"/users/{owner.user_id}", as_=other).json


def test_a_private_profile_stays_hidden_from_connections() -> None:
    owner, friend = an_artist(privacy="private", bio="Theatre."), a_recruiter()
    api.post("/connections", {"userId": owner.user_id}, as_=friend)
    api.put(f"/connections/{friend.user_id}", {"answer": "accepted"}, as_=owner)

    assert "bio" not in api.get(f"/users/{owner.user_id}", as_=friend).json


def connected(account: Account, other: Account) -> None:
    """An accepted connection from the account to the other one."""
    asked = api.post("/connections", {"userId": other.user_id}, as_=account)
    answered = api.put(f"/connections/{account.user_id}", {"answer": "accepted"}, as_=other)
    assert (asked.status, answered.status) == (201, 200)


@pytest.mark.parametrize("privacy", ["public", "connections", "private"])
def test_a_list_names_the_other_account(privacy: str) -> None:
    artist, other = an_artist(), an_artist(displayName="Asha Menon", privacy=privacy)
    connected(artist, other)
    indexed(other)

    [listed] = api.get("/connections", as_=artist).json["items"]

    assert listed["user"] == {
        "userId": other.user_id,
        "username": listed["user"]["username"],
        "displayName": "Asha Menon",
        "picture": None,
    }


def test_a_name_is_missing_until_the_card_is_made() -> None:
    artist, other = an_artist(), an_artist()
    connected(artist, other)

    [listed] = api.get("/connections", as_=artist).json["items"]

    assert (listed["userId"], listed["user"]) == (other.user_id, None)


def test_a_list_does_not_name_a_minor() -> None:
    artist, other = an_artist(), an_artist()
    connected(artist, other)
    indexed(a_minor(other))

    [listed] = api.get("/connections", as_=artist).json["items"]

    assert listed["user"] is None
