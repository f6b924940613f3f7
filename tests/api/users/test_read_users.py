"""GET /v1/users/me, /v1/users/{userId} and /v1/usernames/{username}."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.builders import (
    a_name,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    suspended,
    with_id_token,
)

PRIVATE_FIELDS = {"email", "phone", "heightCm", "status", "updatedAt", "bornOn"}
PUBLIC_FIELDS = {"headline", "bio", "city", "skills", "gender", "age"}
COMPLETE = {
    "headline": "Actor",
    "bio": "Eight years of theatre.",
    "city": "Mumbai",
    "skills": ["riding"],
    "gender": "female",
    "bornOn": "1990-01-02",
    "phone": "+911234567890",
    "heightCm": 170,
}


@pytest.mark.parametrize("path", ["/users/me", "/users/someone", "/usernames/someone"])
def test_an_anonymous_caller_is_refused(path: str) -> None:
    answer = api.get(path)

    assert (answer.status, answer.code) == (401, "Unauthorized")


@pytest.mark.parametrize("path", ["/users/me", "/users/someone", "/usernames/someone"])
def test_an_id_token_is_refused(path: str) -> None:
    answer = api.get(path, as_=with_id_token(an_account()))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")


def test_an_account_without_a_profile_cannot_read_its_profile() -> None:
    answer = api.get("/users/me", as_=an_account())

    assert (answer.status, answer.code) == (403, "ProfileRequired")


def test_an_account_sees_every_field_of_its_profile_except_the_birth_date() -> None:
    artist = an_artist(**COMPLETE)

    answer = api.get("/users/me", as_=artist)

    assert answer.status == 200
    assert answer.json["email"] == artist.email
    assert (answer.json["phone"], answer.json["heightCm"]) == ("+911234567890", 170)
    assert "bornOn" not in answer.json
    assert "1990-01-02" not in answer.text


def test_an_account_sees_the_same_profile_by_id_and_by_username() -> None:
    username = a_name()
    artist = an_artist(username=username, privacy="private", **COMPLETE)

    me = api.get("/users/me", as_=artist)

    assert api.get(f"/users/{artist.user_id}", as_=artist).json == me.json
    assert api.get(f"/usernames/{username}", as_=artist).json == me.json


@pytest.mark.parametrize("by", ["id", "username"])
def test_others_see_the_public_fields_of_a_public_profile(by: str) -> None:
    username = a_name()
    artist = an_artist(username=username, privacy="public", **COMPLETE)

    path = f"/users/{artist.user_id}" if by == "id" else f"/usernames/{username}"
    answer = api.get(path, as_=a_recruiter())

    assert answer.status == 200
    assert answer.json.keys() >= PUBLIC_FIELDS
    assert not answer.json.keys() & PRIVATE_FIELDS
    assert artist.email not in answer.text


@pytest.mark.parametrize("by", ["id", "username"])
@pytest.mark.parametrize("privacy", ["connections", "private"])
def test_others_see_only_the_names_of_a_profile_that_is_not_public(by: str, privacy: str) -> None:
    username = a_name()
    artist = an_artist(username=username, privacy=privacy, **COMPLETE)

    path = f"/users/{artist.user_id}" if by == "id" else f"/usernames/{username}"
    answer = api.get(path, as_=a_recruiter())

    assert answer.status == 200
    assert (answer.json["username"], answer.json["displayName"]) == (username, "Priya Sharma")
    assert not answer.json.keys() & (PUBLIC_FIELDS | PRIVATE_FIELDS)


@pytest.mark.parametrize("by", ["id", "username"])
def test_a_profile_says_who_asked_whom_to_connect(by: str) -> None:
    username, me, friend, admin = a_name(), an_artist(), an_artist(), an_admin()
    artist = an_artist(username=username, privacy="private")
    path = f"/users/{artist.user_id}" if by == "id" else f"/usernames/{username}"
    api.post("/connections", {"userId": artist.user_id}, as_=me)
    api.post("/connections", {"userId": friend.user_id}, as_=artist)
    api.put(f"/connections/{artist.user_id}", {"answer": "accepted"}, as_=friend)

    def relation(viewer: Account) -> Any:
        return api.get(path, as_=viewer).json["relation"]

    assert relation(me) == {"connection": "pending", "direction": "outgoing"}
    assert relation(friend) == {"connection": "accepted", "direction": None}
    assert relation(admin) == {"connection": None, "direction": None}
    assert relation(artist) is None
    asked = api.get(f"/users/{me.user_id}", as_=artist).json
    assert asked["relation"] == {"connection": "pending", "direction": "incoming"}


def test_an_old_etag_does_not_hide_a_changed_relation() -> None:
    me, artist = an_artist(), an_artist(privacy="public")
    path = f"/users/{artist.user_id}"
    held = api.get(path, as_=me).etag
    api.post("/connections", {"userId": artist.user_id}, as_=me)

    answer = api.get(path, as_=me, if_none_match=held)

    assert (answer.status, answer.json["relation"]["connection"]) == (200, "pending")


def test_a_caller_without_a_profile_can_read_profiles() -> None:
    artist = an_artist()

    assert api.get(f"/users/{artist.user_id}", as_=an_account()).status == 200


def test_a_username_is_found_in_any_case() -> None:
    username, viewer = a_name(), an_account()
    artist = an_artist(username=username)

    answer = api.get(f"/usernames/{username.upper()}", as_=viewer)

    assert answer.json["userId"] == artist.user_id


@pytest.mark.parametrize("value", ["unknown", "x" * 200, "x" * 3000, "%00", "me."])
@pytest.mark.parametrize("path", ["/users/", "/usernames/"])
def test_an_unknown_user_gets_404(path: str, value: str) -> None:
    answer = api.get(path + value, as_=an_account())

    assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize("by", ["id", "username"])
def test_only_its_owner_and_administrators_see_a_suspended_account(by: str) -> None:
    username = a_name()
    artist = suspended(an_artist(username=username))

    path = f"/users/{artist.user_id}" if by == "id" else f"/usernames/{username}"

    assert api.get(path, as_=a_recruiter()).status == 404
    seen = api.get(path, as_=an_admin()).json
    assert seen["status"] == "suspended"
    assert "email" not in seen
    assert api.get(path, as_=artist).json["status"] == "suspended"


def test_a_current_etag_gets_304() -> None:
    username = a_name()
    artist = an_artist(username=username)

    for path in ("/users/me", f"/users/{artist.user_id}", f"/usernames/{username}"):
        held = api.get(path, as_=artist).etag
        again = api.get(path, as_=artist, if_none_match=held)
        other = api.get(path, as_=artist, if_none_match='"7"')

        assert (again.status, again.text, again.etag) == (304, "", held)
        assert other.status == 200
