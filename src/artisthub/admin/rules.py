"""Decisions about administrators' changes; no I/O."""

from collections.abc import Callable

import msgspec

from artisthub.admin.models import CaseSummary
from artisthub.applications.models import Application
from artisthub.cases.models import Case, Outcome
from artisthub.cases.rules import kind_of
from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting, Takedown
from artisthub.shared import errors
from artisthub.shared.caller import Caller
from artisthub.users import rules as user_rules
from artisthub.users.stored import User


class AdminsOnly(errors.Forbidden):
    detail = "Only administrators may do this."


class OwnAccount(errors.Conflict):
    detail = "This is your own account or thing. Only another administrator can decide about it."


class AccountDeleted(errors.Conflict):
    detail = "This account is deleted. Only its owner can restore it."


class CaseDecided(errors.Conflict):
    detail = "This case is decided already. A new report opens it again."


class OutcomeNotPossible(errors.Conflict):
    detail = "This outcome does not fit the case. Dismiss it, or suspend the account."


class NotARecruiter(errors.Conflict):
    detail = "This account is not a recruiter. Only recruiters can be verified."


def ensure_admin(caller: Caller) -> None:
    if not caller.is_in_admins:
        raise AdminsOnly


def ensure_not_own(owner_id: str, by: Caller) -> None:
    """Raise OwnAccount. Every decision asks this."""
    if owner_id == by.user_id:
        raise OwnAccount


def suspended(user: User, now: str, address_key: Callable[[], str]) -> User:
    """The profile suspended, or the same if it already is. A deleted one stays deleted."""
    if user.suspended_at:
        return user
    status = "deleted" if user.status == "deleted" else "suspended"
    return user_rules.changed(user, now, status=status, suspended_at=now, address_key=address_key())


def unsuspended(user: User, now: str) -> User:
    """The profile without suspension, or the same if it has none. A deleted one stays deleted."""
    if user_rules.suspended_at(user) is None:
        return user
    status = "deleted" if user.status == "deleted" else "active"
    return user_rules.changed(user, now, status=status, suspended_at=None, address_key=None)


def verified(user: User, now: str) -> User:
    """The profile verified, or the same if it is. Raises NotARecruiter or AccountDeleted."""
    if user.role != "recruiter":
        raise NotARecruiter
    if user.verified_at:
        return user
    return user_rules.changed(_not_deleted(user), now, verified_at=now)


def unverified(user: User, now: str) -> User:
    """The profile without verification, or the same if it has none."""
    return user_rules.changed(user, now, verified_at=None) if user.verified_at else user


def _not_deleted(user: User) -> User:
    if user.status == "deleted":
        raise AccountDeleted
    return user


def taken_down(casting: Casting, reason: str, now: str) -> Casting:
    """The casting taken down, or the same if it already is."""
    if casting.status == "removed":
        return casting
    takedown = Takedown(reason, now, casting.status)
    return casting_rules.next_version(casting, now, status="removed", takedown=takedown)


def reinstated(casting: Casting, now: str) -> Casting:
    """The casting with its earlier status, or the same if it is not taken down."""
    if casting.takedown is None:
        return casting
    before = casting.takedown.status_before
    return casting_rules.next_version(casting, now, status=before, takedown=None)


# The outcomes that fit only one kind of case.
_ONLY_FOR: dict[Outcome, str] = {"removed": "casting", "deleted": "upload"}


def ensure_decidable(case: Case, outcome: Outcome, by: Caller) -> None:
    """Raise OwnAccount or OutcomeNotPossible."""
    ensure_not_own(case.owner_id, by)
    kind = kind_of(case.case_id)
    if _ONLY_FOR.get(outcome, kind) != kind:
        raise OutcomeNotPossible


def text_of(application: Application, kind: str) -> str | None:
    """The artist's note, or the place and the link that the recruiter wrote for an audition."""
    if kind == "application":
        return application.note
    audition = application.audition
    texts = (audition.place, audition.link) if audition else ()
    return "\n".join(text for text in texts if text) or None


def summary_of(case: Case) -> CaseSummary:
    """The case for administrators."""
    plain = msgspec.to_builtins(case) | {"kind": kind_of(case.case_id)}
    return msgspec.convert(plain, CaseSummary)
