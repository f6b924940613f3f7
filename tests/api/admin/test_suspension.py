"""PUT and DELETE /v1/admin/users/{userId}/suspension."""

from collections.abc import Callable

import pytest

from artisthub.closed import repository as closed
from tests.api import api
from tests.api.admin.given import actions, entries, suspend, unsuspend
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_name,
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    stored,
    suspended,
    table,
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


def test_a_suspended_account_cannot_be_restored() -> None:
    artist = suspended(an_artist())

    assert api.call("POST", "/users/me/restore", as_=artist).code == "AccountSuspended"


@pytest.mark.weakness(41)
def test_a_suspended_account_may_delete_itself_and_stays_suspended() -> None:
    artist = suspended(an_artist())

    assert api.call("DELETE", "/users/me", as_=artist).status == 204
    assert api.get("/users/me", as_=artist).json["status"] == "deleted"
    restored = api.call("POST", "/users/me/restore", as_=artist)

    assert (restored.status, restored.json["status"]) == (200, "suspended")
    change = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match="*")
    assert change.code == "AccountSuspended"


def test_an_administrator_can_suspend_another_but_not_their_own_account() -> None:
    admin, other = an_admin(), an_admin()
    for each in (admin, other):
        api.post("/users", a_new_user(), as_=each)

    own = suspend(admin.user_id, admin)

    assert (own.status, own.code) == (409, "OwnAccount")
    assert suspend(other.user_id, admin).status == 204
    assert suspend(admin.user_id, other).code == "AccountSuspended"


@pytest.mark.weakness(2)
@pytest.mark.weakness(23)
def test_a_deleted_account_is_suspended_and_stays_so_when_it_is_restored() -> None:
    artist = deleted(an_artist())

    assert suspend(artist.user_id, the_admin()).status == 204

    seen = api.get(f"/users/{artist.user_id}", as_=the_admin()).json
    assert seen["status"] == "deleted"
    assert seen["suspendedAt"]
    restored = api.call("POST", "/users/me/restore", as_=artist)
    assert (restored.status, restored.json["status"]) == (200, "suspended")
    assert actions(f"user:{artist.user_id}") == ["suspended"]
    assert unsuspend(artist.user_id, the_admin()).status == 204
    assert api.get("/users/me", as_=artist).json["status"] == "active"


def test_a_suspension_lifted_from_a_deleted_account_leaves_it_deleted() -> None:
    artist = suspended(deleted(an_artist()))

    assert unsuspend(artist.user_id, the_admin()).status == 204

    me = api.get("/users/me", as_=artist).json
    assert (me["status"], me["suspendedAt"]) == ("deleted", None)
    assert api.call("POST", "/users/me/restore", as_=artist).json["status"] == "active"


def test_a_suspension_from_before_the_mark_can_be_deleted_restored_and_lifted() -> None:
    artist = an_artist()
    table("USERS_TABLE").update_item(
        Key={"userId": artist.user_id},
        UpdateExpression="SET #status = :suspended",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":suspended": "suspended"},
    )

    deleted(artist)
    assert api.call("POST", "/users/me/restore", as_=artist).json["status"] == "suspended"
    assert unsuspend(artist.user_id, the_admin()).status == 204

    assert api.get("/users/me", as_=artist).json["status"] == "active"


def test_the_mark_of_a_closed_account_exists_only_while_it_is_closed() -> None:
    artist = an_artist()

    for act, is_closed in (
        (suspended, True),
        (deleted, True),
        (_restored, True),
        (_unsuspended, False),
        (deleted, True),
        (_restored, False),
    ):
        act(artist)
        assert closed.is_closed(artist.user_id) is is_closed, act


def _restored(account: Account) -> None:
    assert api.call("POST", "/users/me/restore", as_=account).status == 200


def _unsuspended(account: Account) -> None:
    assert unsuspend(account.user_id, the_admin()).status == 204


@pytest.mark.weakness(18)
def test_the_address_of_a_suspended_account_is_refused_until_the_suspension_is_lifted() -> None:
    artist = suspended(an_artist())
    local, _, domain = artist.email.partition("@")
    forms = [artist.email, artist.email.upper(), f"{local}+again@{domain}"]

    assert all(closed.is_suspended_address(form) for form in forms)
    assert not closed.is_suspended_address(f"x{artist.email}")
    marks = table("CLOSED_ACCOUNTS_TABLE").scan()["Items"]
    assert not [mark for mark in marks if local in str(mark)]
    deleted(artist)
    assert closed.is_suspended_address(artist.email)
    _unsuspended(artist)
    assert not any(closed.is_suspended_address(form) for form in forms)


@pytest.mark.weakness(49)
@pytest.mark.parametrize("first_is_deleted", [False, True])
def test_an_address_is_refused_until_the_last_suspension_of_its_accounts_is_lifted(
    first_is_deleted: bool,
) -> None:
    name = a_name()
    first, second = (an_account(f"{name}{tag}@example.com") for tag in ("+1", "+2"))
    for account in (first, second):
        assert api.post("/users", a_new_user(), as_=account).status == 201
    for account in (first, second):
        suspended(account)
    if first_is_deleted:
        deleted(first)
    mark = stored("CLOSED_ACCOUNTS_TABLE", accountId=closed.address_key(first.email)) or {}

    assert "expiresAt" not in mark
    _unsuspended(second)
    assert closed.is_suspended_address(f"{name}@example.com")
    _unsuspended(first)
    assert not closed.is_suspended_address(f"{name}@example.com")


@pytest.mark.weakness(48)
def test_a_suspended_gmail_address_is_refused_in_every_form() -> None:
    name = a_name()
    account = an_account(f"{name}@gmail.com")
    assert api.post("/users", a_new_user(), as_=account).status == 201
    suspended(account)

    plain = name.replace(".", "")
    for form in (f"{plain}@gmail.com", f"{plain[0]}.{plain[1:]}+x@googlemail.com"):
        assert closed.is_suspended_address(form)
    assert not closed.is_suspended_address(f"{plain}@example.com")


def test_the_address_of_an_erased_suspended_account_is_refused_for_another_year() -> None:
    artist = deleted(suspended(an_artist()))

    user = stored("USERS_TABLE", userId=artist.user_id) or {}
    mark = stored("CLOSED_ACCOUNTS_TABLE", accountId=closed.address_key(artist.email)) or {}

    assert mark["expiresAt"] == user["expiresAt"] + 365 * 24 * 60 * 60


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
