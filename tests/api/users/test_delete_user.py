"""DELETE /v1/users/me and POST /v1/users/me/restore."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    a_name,
    a_new_casting,
    a_new_user,
    a_recruiter,
    an_account,
    an_artist,
    expire,
    stored,
    suspended,
    with_id_token,
)
from tests.api.pool import cognito


def delete(as_: Account | None, **headers: str) -> Response:
    return api.call("DELETE", "/users/me", as_=as_, **headers)


def restore(as_: Account | None) -> Response:
    return api.call("POST", "/users/me/restore", as_=as_)


@pytest.mark.parametrize("call", [delete, restore])
@pytest.mark.parametrize(
    ("caller", "code"),
    [
        (lambda: None, "Unauthorized"),
        (lambda: with_id_token(an_artist()), "AccessTokenRequired"),
    ],
)
def test_a_caller_without_an_access_token_is_refused(
    call: Callable[[Account | None], Response], caller: Callable[[], Account | None], code: str
) -> None:
    answer = call(caller())

    assert (answer.status, answer.code) == (401, code)


@pytest.mark.parametrize(
    ("caller", "code"),
    [(an_account, "ProfileRequired"), (lambda: suspended(an_artist()), "AccountSuspended")],
)
def test_only_an_active_or_deleted_account_is_restored(
    caller: Callable[[], Account], code: str
) -> None:
    answer = restore(caller())

    assert (answer.status, answer.code) == (403, code)


@pytest.mark.weakness(41)
def test_an_account_without_a_profile_deletes_itself_for_good() -> None:
    account = an_account()

    assert delete(account).status == 204

    with pytest.raises(cognito().exceptions.UserNotFoundException):
        cognito().admin_get_user(UserPoolId=os.environ["USER_POOL_ID"], Username=account.user_id)
    again = delete(account)
    assert (again.status, again.code) == (401, "Unauthorized")


def test_a_deleted_account_is_hidden_at_once_and_restorable_for_30_days() -> None:
    username = a_name()
    artist, other = an_artist(username=username), an_artist()

    answer = delete(artist)

    assert (answer.status, answer.text) == (204, "")
    assert api.get(f"/users/{artist.user_id}", as_=other).status == 404
    assert api.get(f"/usernames/{username}", as_=other).status == 404
    me = api.get("/users/me", as_=artist).json
    assert (me["status"], me["version"]) == ("deleted", 2)
    left = datetime.fromisoformat(me["restorableUntil"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)


def test_the_username_of_a_deleted_account_stays_taken_until_it_expires() -> None:
    username = a_name()
    artist = an_artist(username=username)

    delete(artist)

    profile = stored("USERS_TABLE", userId=artist.user_id)
    name = stored("USERNAMES_TABLE", username=username)
    assert profile
    assert name
    assert profile["expiresAt"] == name["expiresAt"]
    taken = api.post("/users", a_new_user(username=username), as_=an_account())
    assert (taken.status, taken.code) == (409, "UsernameTaken")


def test_a_deleted_account_cannot_act() -> None:
    recruiter = a_recruiter()
    delete(recruiter)

    refused = [
        api.patch("/users/me", {"city": "Pune"}, as_=recruiter, if_match="*"),
        api.put("/users/me/username", {"username": a_name()}, as_=recruiter),
        api.post("/castings", a_new_casting(), as_=recruiter),
        api.call("POST", f"/users/{an_artist().user_id}/views", as_=recruiter),
        api.call("DELETE", "/users/me/portfolio/some", as_=recruiter),
        api.call("DELETE", "/users/me/work-experience/some", as_=recruiter),
    ]

    assert {(answer.status, answer.code) for answer in refused} == {(403, "AccountSuspended")}
    assert api.post("/users", a_new_user(), as_=recruiter).code == "AccountSuspended"


def test_a_restored_account_is_as_before_and_does_not_expire() -> None:
    username = a_name()
    artist, other = an_artist(username=username, bio="Old", bornOn="1990-01-02"), an_artist()
    before = api.get("/users/me", as_=artist).json
    delete(artist)

    answer = restore(artist)

    again = {"version": 3, "updatedAt": answer.json["updatedAt"]}
    assert (answer.status, answer.etag) == (200, '"3"')
    assert answer.json == before | again
    assert api.get(f"/usernames/{username}", as_=other).status == 200
    for item in (
        stored("USERS_TABLE", userId=artist.user_id),
        stored("USERNAMES_TABLE", username=username),
    ):
        assert item
        assert "expiresAt" not in item
    assert api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match='"3"').status == 200


def test_deleting_or_restoring_twice_changes_nothing() -> None:
    artist = an_artist()
    delete(artist)
    first = api.get("/users/me", as_=artist).json

    assert delete(artist).status == 204
    assert api.get("/users/me", as_=artist).json == first
    restored = restore(artist).json
    assert restore(artist).json == restored


def test_a_delete_with_another_etag_gets_412() -> None:
    artist = an_artist()

    stale = delete(artist, if_match='"7"')

    assert (stale.status, stale.code) == (412, "Stale")
    assert api.get("/users/me", as_=artist).json["status"] == "active"
    assert delete(artist, if_match='"1"').status == 204


def test_after_30_days_an_account_cannot_be_restored_but_deletes_itself_at_once() -> None:
    username = a_name()
    artist = an_artist(username=username)
    delete(artist)
    expire(artist, username)

    assert restore(artist).code == "ProfileRequired"
    assert api.get("/users/me", as_=artist).code == "ProfileRequired"
    assert api.post("/users", a_new_user(), as_=artist).code == "AccountSuspended"
    assert delete(artist).status == 204
    assert delete(artist).code == "Unauthorized"


@pytest.mark.parametrize("attempt", range(8))
def test_a_concurrent_update_never_restores_a_deleted_account(attempt: int) -> None:
    artist, other = an_artist(), an_artist()

    updated, removed = api.all_at_once(
        lambda: api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match='"1"'),
        lambda: delete(artist),
    )

    assert removed.status in {204, 503}
    assert updated.status in {200, 403, 412, 503}
    me = api.get("/users/me", as_=artist).json
    assert me["status"] == ("deleted" if removed.status == 204 else "active")
    assert me["city"] == ("Pune" if updated.status == 200 else None)
    seen = api.get(f"/users/{artist.user_id}", as_=other).status
    assert seen == (404 if removed.status == 204 else 200)


@pytest.mark.parametrize("attempt", range(5))
def test_a_concurrent_username_change_and_deletion_agree(attempt: int) -> None:
    old, new = a_name(), a_name()
    artist = an_artist(username=old)

    renamed, removed = api.all_at_once(
        lambda: api.put("/users/me/username", {"username": new}, as_=artist),
        lambda: delete(artist),
    )

    assert removed.status in {204, 503}
    assert renamed.status in {200, 403, 503}
    held, free = (new, old) if renamed.status == 200 else (old, new)
    profile = stored("USERS_TABLE", userId=artist.user_id)
    name = stored("USERNAMES_TABLE", username=held)
    assert profile
    assert name
    assert (profile["username"], stored("USERNAMES_TABLE", username=free)) == (held, None)
    assert profile.get("expiresAt") == name.get("expiresAt")
