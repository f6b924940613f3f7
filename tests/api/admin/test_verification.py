"""PUT and DELETE /v1/admin/users/{userId}/verification."""

from collections.abc import Callable

import pytest

from tests.api import api
from tests.api.admin.given import actions, entries, unverify, verify
from tests.api.api import Response
from tests.api.builders import (
    a_name,
    a_recruiter,
    an_admin,
    an_artist,
    deleted,
    suspended,
    the_admin,
    verified,
)


@pytest.mark.parametrize("operation", [verify, unverify])
@pytest.mark.parametrize("user_id", ["unknown", "%00", "x" * 3000])
def test_an_unknown_account_gets_404(operation: Callable[..., Response], user_id: str) -> None:
    answer = operation(user_id, the_admin())

    assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize("privacy", ["public", "connections", "private"])
def test_everyone_sees_that_a_recruiter_is_verified(privacy: str) -> None:
    username, other = a_name(), an_artist()
    recruiter = a_recruiter(username=username, privacy=privacy)

    answer = verify(recruiter.user_id, the_admin())

    assert (answer.status, answer.text) == (204, "")
    me = api.get("/users/me", as_=recruiter).json
    assert (me["verifiedAt"], me["version"]) == (me["updatedAt"], 2)
    for path in (f"/users/{recruiter.user_id}", f"/usernames/{username}"):
        assert api.get(path, as_=other).json["verifiedAt"] == me["verifiedAt"]


@pytest.mark.weakness(52)
def test_a_profile_that_changed_since_it_was_checked_is_not_verified() -> None:
    recruiter, admin = a_recruiter(displayName="A Small Studio"), the_admin()
    path = f"/admin/users/{recruiter.user_id}/verification"
    seen = api.get(f"/users/{recruiter.user_id}", as_=admin).etag
    change = {"displayName": "A Great Studio"}
    assert api.patch("/users/me", change, as_=recruiter, if_match="*").status == 200

    stale = api.call("PUT", path, as_=admin, if_match=seen)

    assert (stale.status, stale.code) == (412, "Stale")
    assert api.get("/users/me", as_=recruiter).json["verifiedAt"] is None
    current = api.get(f"/users/{recruiter.user_id}", as_=admin).etag
    for _ in range(2):  # a retry is safe
        assert api.call("PUT", path, as_=admin, if_match=current).status == 204


def test_a_verification_can_be_withdrawn() -> None:
    recruiter, other = verified(a_recruiter()), an_artist()

    answer = unverify(recruiter.user_id, the_admin())

    assert (answer.status, answer.text) == (204, "")
    assert api.get(f"/users/{recruiter.user_id}", as_=other).json["verifiedAt"] is None
    assert api.get("/users/me", as_=recruiter).json["version"] == 3


def test_a_recruiter_cannot_set_their_own_verification() -> None:
    recruiter = a_recruiter()

    change = {"verifiedAt": "2026-01-01T00:00:00.000Z"}
    answer = api.patch("/users/me", change, as_=recruiter, if_match="*")

    assert (answer.status, answer.wrong) == (422, {"/verifiedAt"})


def test_a_profile_change_keeps_the_verification() -> None:
    recruiter = verified(a_recruiter())
    before = api.get("/users/me", as_=recruiter).json

    changed = api.patch("/users/me", {"city": "Pune"}, as_=recruiter, if_match='"2"')

    assert changed.json["verifiedAt"] == before["verifiedAt"]


def test_an_artist_cannot_be_verified() -> None:
    artist = an_artist()

    refused = verify(artist.user_id, the_admin())

    assert (refused.status, refused.code) == (409, "NotARecruiter")
    assert unverify(artist.user_id, the_admin()).status == 204
    assert entries(f"user:{artist.user_id}") == []


def test_a_suspended_account_can_be_verified_and_a_deleted_one_cannot() -> None:
    refused = verify(deleted(a_recruiter()).user_id, the_admin())

    assert (refused.status, refused.code) == (409, "AccountDeleted")
    assert verify(suspended(a_recruiter()).user_id, the_admin()).status == 204


def test_verifying_or_unverifying_twice_changes_nothing() -> None:
    recruiter = a_recruiter()
    subject = f"user:{recruiter.user_id}"

    verify(recruiter.user_id, the_admin())
    first = api.get("/users/me", as_=recruiter).json
    assert verify(recruiter.user_id, the_admin()).status == 204
    assert api.get("/users/me", as_=recruiter).json == first
    assert actions(subject) == ["verified"]

    for _ in range(2):
        assert unverify(recruiter.user_id, the_admin()).status == 204
    assert actions(subject) == ["unverified", "verified"]


def test_the_audit_names_administrator_action_and_time() -> None:
    admin, recruiter = an_admin(), a_recruiter()

    verify(recruiter.user_id, admin)

    [entry] = entries(f"user:{recruiter.user_id}")
    assert (entry["action"], entry["by"], entry["reason"]) == ("verified", admin.user_id, None)
    assert entry["at"] == api.get("/users/me", as_=recruiter).json["verifiedAt"]
