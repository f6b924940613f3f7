"""PUT and DELETE /v1/admin/users/{userId}/suspension."""

from collections.abc import Callable

import pytest

from tests.api import api
from tests.api.admin.given import actions, entries, suspend, unsuspend
from tests.api.api import Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_name,
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    the_admin,
)


@pytest.mark.parametrize("operation", [suspend, unsuspend])
@pytest.mark.parametrize("user_id", ["unknown", "%00", "x" * 3000])
def test_an_unknown_account_gets_404(operation: Callable[..., Response], user_id: str) -> None:
    answer = operation(user_id, the_admin())

    assert (answer.status, answer.code) == (404, "NotFound")


def test_an_account_without_a_profile_gets_404() -> None:
    account = an_account()

    assert suspend(account.user_id, the_admin()).status == 404
    assert entries(f"user:{account.user_id}") == []


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    artist = an_artist()

    answer = api.put(
        f"/admin/users/{artist.user_id}/suspension",
        content,
        as_=the_admin(),
        content_type=content_type,
    )

    assert (answer.status, answer.code) == (status, code)
    assert api.get("/users/me", as_=artist).json["status"] == "active"


def test_a_suspended_account_is_hidden_from_others_and_cannot_act() -> None:
    username = a_name()
    artist, other = an_artist(username=username), an_artist()

    answer = suspend(artist.user_id, the_admin())

    assert (answer.status, answer.text) == (204, "")
    assert api.get(f"/users/{artist.user_id}", as_=other).status == 404
    assert api.get(f"/usernames/{username}", as_=other).status == 404
    change = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match="*")
    assert (change.status, change.code) == (403, "AccountSuspended")
    me = api.get("/users/me", as_=artist).json
    assert (me["status"], me["version"]) == ("suspended", 2)


def test_lifting_a_suspension_restores_the_account() -> None:
    artist, other = an_artist(city="Kochi"), an_artist()
    before = api.get("/users/me", as_=artist).json
    suspend(artist.user_id, the_admin())

    answer = unsuspend(artist.user_id, the_admin())

    assert (answer.status, answer.text) == (204, "")
    me = api.get("/users/me", as_=artist).json
    assert me == before | {"version": 3, "updatedAt": me["updatedAt"]}
    assert api.get(f"/users/{artist.user_id}", as_=other).status == 200
    assert api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match='"3"').status == 200


def test_a_suspended_account_can_be_neither_deleted_nor_restored() -> None:
    artist = an_artist()
    suspend(artist.user_id, the_admin())

    assert api.call("DELETE", "/users/me", as_=artist).code == "AccountSuspended"
    assert api.call("POST", "/users/me/restore", as_=artist).code == "AccountSuspended"


def test_an_administrator_can_suspend_another_but_not_their_own_account() -> None:
    admin, other = an_admin(), an_admin()
    for each in (admin, other):
        api.post("/users", a_new_user(), as_=each)

    own = suspend(admin.user_id, admin)

    assert (own.status, own.code) == (409, "OwnAccount")
    assert suspend(other.user_id, admin).status == 204
    assert suspend(admin.user_id, other).code == "AccountSuspended"


def test_a_deleted_account_cannot_be_suspended() -> None:
    artist = deleted(an_artist())

    refused = suspend(artist.user_id, the_admin())

    assert (refused.status, refused.code) == (409, "AccountDeleted")
    assert unsuspend(artist.user_id, the_admin()).status == 204
    assert api.get("/users/me", as_=artist).json["status"] == "deleted"
    assert entries(f"user:{artist.user_id}") == []


def test_suspending_or_unsuspending_twice_changes_nothing() -> None:
    artist = an_artist()
    subject = f"user:{artist.user_id}"

    for _ in range(2):
        assert suspend(artist.user_id, the_admin()).status == 204
    assert api.get("/users/me", as_=artist).json["version"] == 2
    assert actions(subject) == ["suspended"]

    for _ in range(2):
        assert unsuspend(artist.user_id, the_admin()).status == 204
    assert api.get("/users/me", as_=artist).json["version"] == 3
    assert actions(subject) == ["unsuspended", "suspended"]


def test_the_audit_names_administrator_action_time_and_reason() -> None:
    admin, artist = an_admin(), an_artist()

    suspend(artist.user_id, admin)

    [entry] = entries(f"user:{artist.user_id}")
    assert entry == {
        "subject": f"user:{artist.user_id}",
        "action": "suspended",
        "by": admin.user_id,
        "at": api.get("/users/me", as_=artist).json["updatedAt"],
        "reason": "Not genuine.",
    }


@pytest.mark.parametrize("attempt", range(8))
def test_a_concurrent_profile_change_never_undoes_a_suspension(attempt: int) -> None:
    recruiter = a_recruiter()

    suspension, update = api.all_at_once(
        lambda: suspend(recruiter.user_id, the_admin()),
        lambda: api.patch("/users/me", {"city": "Pune"}, as_=recruiter, if_match='"1"'),
    )

    assert suspension.status in {204, 503}
    assert update.status in {200, 403, 412, 503}
    me = api.get("/users/me", as_=recruiter).json
    assert me["status"] == ("suspended" if suspension.status == 204 else "active")
    assert me["city"] == ("Pune" if update.status == 200 else None)
    assert len(entries(f"user:{recruiter.user_id}")) == (suspension.status == 204)


@pytest.mark.parametrize("attempt", range(3))
def test_concurrent_suspensions_are_audited_once(attempt: int) -> None:
    artist = an_artist()

    answers = api.all_at_once(*[lambda: suspend(artist.user_id, the_admin())] * 3)

    assert {answer.status for answer in answers} <= {204, 503}
    assert actions(f"user:{artist.user_id}") == ["suspended"]
    assert api.get("/users/me", as_=artist).json["version"] == 2
