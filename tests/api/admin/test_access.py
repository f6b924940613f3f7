"""Only administrators may call /v1/admin/…."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import api
from tests.api.admin.given import (
    Operation,
    audit,
    confirm,
    entries,
    reinstate,
    suspend,
    take_down,
    unsuspend,
    unverify,
    verify,
)
from tests.api.api import Account
from tests.api.builders import (
    a_casting,
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    stored,
    suspended,
    with_id_token,
)


def an_admin_with_a_profile() -> Account:
    admin = an_admin()
    created = api.post("/users", a_new_user(role="recruiter"), as_=admin)
    assert created.status == 201, created.text
    return admin


REFUSED: list[tuple[Callable[[], Account | None], int, str]] = [
    (lambda: None, 401, "Unauthorized"),
    (lambda: with_id_token(an_admin()), 401, "AccessTokenRequired"),
    (an_account, 403, "AdminsOnly"),
    (an_artist, 403, "AdminsOnly"),
    (a_recruiter, 403, "AdminsOnly"),
    (lambda: suspended(an_admin_with_a_profile()), 403, "AccountSuspended"),
    (lambda: deleted(an_admin_with_a_profile()), 403, "AccountSuspended"),
]
CALLERS = pytest.mark.parametrize(("caller", "status", "code"), REFUSED)


@CALLERS
@pytest.mark.parametrize("operation", [suspend, unsuspend, verify, unverify])
def test_only_administrators_decide_on_accounts(
    operation: Operation, caller: Callable[[], Account | None], status: int, code: str
) -> None:
    recruiter = a_recruiter()
    before = stored("USERS_TABLE", userId=recruiter.user_id)

    answer = operation(recruiter.user_id, caller())

    assert (answer.status, answer.code) == (status, code)
    assert stored("USERS_TABLE", userId=recruiter.user_id) == before
    assert entries(f"user:{recruiter.user_id}") == []


@CALLERS
@pytest.mark.parametrize("operation", [take_down, reinstate])
def test_only_administrators_decide_on_castings(
    operation: Operation, caller: Callable[[], Account | None], status: int, code: str
) -> None:
    casting = a_casting(status="open")

    answer = operation(casting["castingId"], caller())

    assert (answer.status, answer.code) == (status, code)
    assert api.get(f"/castings/{casting['castingId']}").json == casting
    assert entries(f"casting:{casting['castingId']}") == []


@CALLERS
def test_only_administrators_confirm_accounts_and_read_the_audit(
    caller: Callable[[], Account | None], status: int, code: str
) -> None:
    someone = caller()

    for answer in (confirm("someone@example.org", someone), audit("user:someone", someone)):
        assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize("admin", [an_admin, an_admin_with_a_profile])
def test_an_administrator_needs_no_profile(admin: Callable[[], Account]) -> None:
    assert suspend(an_artist().user_id, admin()).status == 204


@pytest.mark.parametrize("someone", [a_recruiter, an_artist])
def test_an_owner_cannot_verify_or_unsuspend_their_own_account(someone: Callable[[], Any]) -> None:
    account = someone()

    assert verify(account.user_id, account).code == "AdminsOnly"
    assert unsuspend(account.user_id, suspended(account)).code == "AdminsOnly"
