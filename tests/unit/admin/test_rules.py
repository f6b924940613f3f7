"""The actions of administrators, and how they are undone."""

from typing import Any, get_args

import msgspec
import pytest

from artisthub.admin import rules
from artisthub.castings.models import ChosenStatus, Takedown
from artisthub.shared.caller import Caller
from artisthub.users.stored import Status, User
from tests.unit.builders import CREATED, a_casting

NOW = "2026-11-22T12:00:00.000Z"
ADMIN = Caller("admin", frozenset({"admins"}), "")


def address_key() -> str:
    return "email#hash"


def a_user(**fields: Any) -> User:
    complete: dict[str, Any] = {
        "user_id": "user",
        "username": "user",
        "role": "recruiter",
        "email": "user@example.org",
        "display_name": "User",
        "created_at": CREATED,
        "updated_at": CREATED,
        "version": 4,
    }
    return User(**(complete | fields))


@pytest.mark.parametrize(
    ("groups", "is_allowed"), [({"admins"}, True), (set(), False), ({"Admins", "staff"}, False)]
)
def test_only_members_of_the_group_admins_are_administrators(
    groups: set[str], is_allowed: bool
) -> None:
    caller = Caller("someone", frozenset(groups), "")

    if is_allowed:
        rules.ensure_admin(caller)
    else:
        with pytest.raises(rules.AdminsOnly):
            rules.ensure_admin(caller)


def test_a_suspension_changes_only_the_status() -> None:
    user = a_user()

    suspended = rules.suspended(user, NOW, address_key)

    changes: dict[str, Any] = {
        "status": "suspended",
        "suspended_at": NOW,
        "address_key": "email#hash",
    }
    changes |= {"updated_at": NOW, "version": 5}
    assert suspended == msgspec.structs.replace(user, **changes)


def test_lifting_a_suspension_restores_the_account() -> None:
    user = a_user(verified_at=CREATED)

    again = rules.unsuspended(rules.suspended(user, NOW, address_key), NOW)

    changes = {"updated_at": NOW, "version": user.version + 2}
    assert again == msgspec.structs.replace(user, **changes)


def test_an_administrator_cannot_suspend_their_own_account() -> None:
    with pytest.raises(rules.OwnAccount):
        rules.ensure_not_own("admin", ADMIN)


def test_a_deleted_account_stays_deleted_when_its_suspension_begins_and_ends() -> None:
    deleted = a_user(status="deleted")

    suspended = rules.suspended(deleted, NOW, address_key)
    lifted = rules.unsuspended(suspended, NOW)

    assert (suspended.status, suspended.suspended_at) == ("deleted", NOW)
    assert (lifted.status, lifted.suspended_at, lifted.address_key) == ("deleted", None, None)


def test_a_deleted_account_cannot_be_verified() -> None:
    deleted = a_user(status="deleted")

    with pytest.raises(rules.AccountDeleted):
        rules.verified(deleted, NOW)


@pytest.mark.parametrize("status", ["active", "deleted"])
def test_unsuspending_an_account_that_is_not_suspended_changes_nothing(status: Status) -> None:
    user = a_user(status=status)

    assert rules.unsuspended(user, NOW) is user


def test_a_verification_can_be_given_and_withdrawn() -> None:
    user = a_user()

    verified = rules.verified(user, NOW)
    unverified = rules.unverified(verified, NOW)

    assert (verified.verified_at, verified.version) == (NOW, 5)
    assert (unverified.verified_at, unverified.version) == (None, 6)


def test_only_recruiters_can_be_verified() -> None:
    with pytest.raises(rules.NotARecruiter):
        rules.verified(a_user(role="artist"), NOW)


def test_repeating_a_decision_changes_nothing() -> None:
    suspended, verified = a_user(status="suspended", suspended_at=NOW), a_user(verified_at=CREATED)
    removed = rules.taken_down(a_casting(), "Not genuine.", NOW)

    assert rules.suspended(suspended, NOW, address_key) is suspended
    assert rules.verified(verified, NOW) is verified
    assert rules.unverified(suspended, NOW) is suspended
    assert rules.taken_down(removed, "Another reason.", NOW) is removed


@pytest.mark.parametrize("status", get_args(ChosenStatus))
def test_a_reinstated_casting_is_as_it_was_before_the_takedown(status: ChosenStatus) -> None:
    casting = a_casting(status=status)

    removed = rules.taken_down(casting, "Not genuine.", NOW)
    again = rules.reinstated(removed, NOW)

    assert (removed.status, removed.takedown) == ("removed", Takedown("Not genuine.", NOW, status))
    changes = {"updated_at": NOW, "version": casting.version + 2}
    assert again == msgspec.structs.replace(casting, **changes)


def test_reinstating_a_casting_that_is_not_taken_down_changes_nothing() -> None:
    casting = a_casting()

    assert rules.reinstated(casting, NOW) is casting
