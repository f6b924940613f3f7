"""Administrators decide nothing about their own accounts and castings."""

import pytest

from tests.api import api
from tests.api.admin.given import (
    Operation,
    entries,
    reinstate,
    suspend,
    take_down,
    unsuspend,
    unverify,
    verify,
)
from tests.api.api import Account, Response
from tests.api.builders import a_casting, a_new_user, an_admin

pytestmark = pytest.mark.weakness(51)


def raise_quota(user_id: str, as_: Account | None) -> Response:
    body = {"reason": "A large production.", "most": 1_000}
    return api.put(f"/admin/users/{user_id}/quotas/castings", body, as_=as_)


@pytest.mark.parametrize("decide", [suspend, unsuspend, verify, unverify, raise_quota])
def test_nobody_decides_about_their_own_account(decide: Operation) -> None:
    admin = an_admin()
    assert api.post("/users", a_new_user(role="recruiter"), as_=admin).status == 201
    before = api.get("/users/me", as_=admin).json

    answer = decide(admin.user_id, admin)

    assert (answer.status, answer.code) == (409, "OwnAccount")
    assert api.get("/users/me", as_=admin).json == before
    assert entries(f"user:{admin.user_id}") == []


def test_nobody_decides_about_their_own_casting() -> None:
    admin, other = an_admin(), an_admin()
    assert api.post("/users", a_new_user(role="recruiter"), as_=admin).status == 201
    casting_id = a_casting(admin, "open")["castingId"]

    assert take_down(casting_id, admin).code == "OwnAccount"
    assert take_down(casting_id, other).status == 200
    assert reinstate(casting_id, admin).code == "OwnAccount"
    assert reinstate(casting_id, other).status == 200
