"""Moderation of accounts and castings by administrators, and its audit."""

from collections.abc import Callable

from msgspec import UNSET

from artisthub.admin import repository, rules
from artisthub.admin.models import Action, AuditEntry, AuditQuery, Grounds, NewQuota
from artisthub.castings import repository as castings
from artisthub.castings.models import Casting
from artisthub.closed import repository as closed
from artisthub.shared import changes, clock, errors, quotas
from artisthub.shared.address import Address
from artisthub.shared.caller import Caller
from artisthub.shared.endpoint import Request, by_method, by_route, endpoint
from artisthub.shared.models import Page
from artisthub.users import repository as users
from artisthub.users import rules as user_rules
from artisthub.users.models import User

REFUSED = (rules.AdminsOnly, user_rules.AccountSuspended)


@endpoint(status=204, body=Grounds, raises=(*REFUSED, rules.OwnAccount))
def suspend_user(request: Request[Grounds, None]) -> None:
    """Suspend an account.

    Administrators only, and not for their own account. Others no longer see the account, its
    castings and its uploads. It can make no changes, but its owner may delete it. Nobody can sign
    up with its e-mail address. Its owner finds the reason in exportMe. A deleted account can be
    suspended too, and stays suspended if it is restored. If it is already suspended, nothing
    changes.
    """

    def suspend(user: User, now: str) -> User:
        rules.ensure_not_own(user, request.caller)
        return rules.suspended(user, now, lambda: closed.address_key(user.email))

    _change_user(request, "suspended", suspend, request.body.reason)


@endpoint(status=204, raises=REFUSED)
def lift_suspension(request: Request[None, None]) -> None:
    """Lift the suspension of an account.

    Administrators only. A deleted account stays deleted. If the account is not suspended, nothing
    changes.
    """
    _change_user(request, "unsuspended", rules.unsuspended)


@endpoint(status=204, raises=(*REFUSED, rules.NotARecruiter, rules.AccountDeleted))
def verify_recruiter(request: Request[None, None]) -> None:
    """Mark a recruiter as verified.

    Administrators only. Everyone then sees `verifiedAt` in the profile. If the recruiter is already
    verified, the time does not change.
    """
    _change_user(request, "verified", rules.verified)


@endpoint(status=204, raises=REFUSED)
def withdraw_verification(request: Request[None, None]) -> None:
    """Withdraw the verification of a recruiter.

    Administrators only. If the account is not verified, nothing changes.
    """
    _change_user(request, "unverified", rules.unverified)


user_moderation = by_route(
    {
        "PUT /v1/admin/users/{userId}/suspension": suspend_user,
        "DELETE /v1/admin/users/{userId}/suspension": lift_suspension,
        "PUT /v1/admin/users/{userId}/verification": verify_recruiter,
        "DELETE /v1/admin/users/{userId}/verification": withdraw_verification,
    }
)


@endpoint(body=Grounds, raises=REFUSED)
def take_down_casting(request: Request[Grounds, None]) -> Casting:
    """Take down a casting.

    Administrators only. Then only its recruiter and administrators see it, and the recruiter cannot
    change it. The recruiter sees the reason. If it is already taken down, nothing changes.
    """

    def take_down(casting: Casting, now: str) -> Casting:
        return rules.taken_down(casting, request.body.reason, now)

    return _change_casting(request, "removed", take_down, request.body.reason)


@endpoint(raises=REFUSED)
def reinstate_casting(request: Request[None, None]) -> Casting:
    """Reinstate a casting that was taken down.

    Administrators only. The casting gets its earlier status back. If it is not taken down, nothing
    changes.
    """
    return _change_casting(request, "reinstated", rules.reinstated)


takedown = by_method(PUT=take_down_casting, DELETE=reinstate_casting)


@endpoint(status=204, body=NewQuota, raises=(*REFUSED, errors.NotFound))
def set_quota(request: Request[NewQuota, None]) -> None:
    """Change a quota of an account.

    Administrators only. The account can use the new quota at once, and keeps it until it is changed
    again. `most` null restores the usual quota.
    """
    _ensure_admin(request.caller)
    user_id, quota, sent = request.path["userId"], request.path["quota"], request.body
    if not quotas.exists(quota) or users.get(user_id) is None:
        raise errors.NotFound
    entry = AuditEntry(
        f"user:{user_id}",
        "quotaChanged",
        request.caller.user_id,
        clock.now(),
        sent.reason,
        quota,
        UNSET if sent.most is None else sent.most,
    )
    repository.store(entry, quotas.most_of(user_id, quota, sent.most))


@endpoint(status=204, body=Address, raises=(*REFUSED, errors.NotFound))
def confirm_user(request: Request[Address, None]) -> None:
    """Confirm an account without a mailed code.

    Administrators only. Use it if the mail does not arrive, and only after you checked that the
    person owns the address: it then counts as verified. If the account is already confirmed,
    nothing changes. The audit records every call, even one that fails.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html
    """
    from hashlib import sha256  # for this one operation of the feature

    _ensure_admin(request.caller)
    email = request.body.email
    subject = f"account:{sha256(email.encode()).hexdigest()}"
    repository.add(AuditEntry(subject, "confirmed", request.caller.user_id, clock.now()))
    repository.confirm(email)


@endpoint(query=AuditQuery, raises=REFUSED)
def list_audit_entries(request: Request[None, AuditQuery]) -> Page[AuditEntry]:
    """List the changes by administrators to an account or a casting, newest first.

    Administrators only.
    """
    _ensure_admin(request.caller)
    return repository.list_of(request.query)


def _ensure_admin(caller: Caller) -> None:
    """Administrators need no profile. If they have one, it must be active."""
    rules.ensure_admin(caller)
    profile = users.get(caller.user_id)
    if profile is not None:
        user_rules.ensure_active(profile)


def _change_user(
    request: Request[Grounds, None] | Request[None, None],
    action: Action,
    change: Callable[[User, str], User],
    reason: str | None = None,
) -> None:
    _ensure_admin(request.caller)
    user_id, now = request.path["userId"], clock.now()
    entry = AuditEntry(f"user:{user_id}", action, request.caller.user_id, now, reason)

    def read() -> User:
        user = users.get(user_id, consistent=True)
        if user is None:
            raise errors.NotFound
        return user

    def store(user: User, before: User) -> None:
        repository.store(entry, *users.closing_of(user, before))

    changes.make(read, lambda user: change(user, now), store)


def _change_casting(
    request: Request[Grounds, None] | Request[None, None],
    action: Action,
    change: Callable[[Casting, str], Casting],
    reason: str | None = None,
) -> Casting:
    _ensure_admin(request.caller)
    casting_id, now = request.path["castingId"], clock.now()
    entry = AuditEntry(f"casting:{casting_id}", action, request.caller.user_id, now, reason)

    def read() -> Casting:
        return castings.get(casting_id, consistent=True)

    def store(casting: Casting, before: Casting) -> None:
        # The recruiter cannot prevent a decision by opening other castings.
        repository.store(entry, *castings.writes_of(casting, before, is_limited=False))

    return changes.make(read, lambda casting: change(casting, now), store)
