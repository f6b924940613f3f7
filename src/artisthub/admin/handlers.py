"""What administrators do about accounts and castings, each change with its entry in the audit."""

from collections.abc import Callable

from artisthub.admin import repository, rules
from artisthub.admin.models import Action, AuditEntry, AuditQuery, Grounds
from artisthub.castings import repository as castings
from artisthub.castings.models import Casting
from artisthub.shared import changes, clock, errors
from artisthub.shared.address import Address
from artisthub.shared.caller import Caller
from artisthub.shared.endpoint import Request, by_method, by_route, endpoint
from artisthub.shared.models import Page
from artisthub.users import repository as users
from artisthub.users import rules as user_rules
from artisthub.users.models import User

REFUSED = (rules.AdminsOnly, user_rules.AccountSuspended)


@endpoint(status=204, body=Grounds, raises=(*REFUSED, rules.OwnAccount, rules.AccountDeleted))
def suspend_user(request: Request[Grounds, None]) -> None:
    """Suspends an account: it is out of sight at once, and whatever it tries to change is refused.

    Administrators only, and not their own account. The owner finds the reason in exportMe. What is
    suspended already stays as it is.
    """

    def suspend(user: User, now: str) -> User:
        return rules.suspended(user, request.caller, now)

    _change_user(request, "suspended", suspend, request.body.reason)


@endpoint(status=204, raises=REFUSED)
def lift_suspension(request: Request[None, None]) -> None:
    """Takes back suspendUser. Administrators only.

    An account that is not suspended stays as it is.
    """
    _change_user(request, "unsuspended", rules.unsuspended)


@endpoint(status=204, raises=(*REFUSED, rules.NotARecruiter, rules.AccountDeleted))
def verify_recruiter(request: Request[None, None]) -> None:
    """Says that a recruiter is who they say they are: everyone sees `verifiedAt` in their profile.

    Administrators only. Who is verified already stays so, with the same time.
    """
    _change_user(request, "verified", rules.verified)


@endpoint(status=204, raises=REFUSED)
def withdraw_verification(request: Request[None, None]) -> None:
    """Takes back verifyRecruiter. Administrators only.

    An account that is not verified stays as it is.
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
    """Takes a casting down: only its recruiter, who cannot change it, and administrators see it.

    Administrators only. The recruiter is shown the reason. A casting that is taken down already is
    answered as it is.
    """

    def take_down(casting: Casting, now: str) -> Casting:
        return rules.taken_down(casting, request.body.reason, now)

    return _change_casting(request, "removed", take_down, request.body.reason)


@endpoint(raises=REFUSED)
def reinstate_casting(request: Request[None, None]) -> Casting:
    """Takes back takeDownCasting: the casting has the status again that it had before.

    Administrators only. A casting that is not taken down is answered as it is.
    """
    return _change_casting(request, "reinstated", rules.reinstated)


takedown = by_method(PUT=take_down_casting, DELETE=reinstate_casting)


@endpoint(status=204, body=Address, raises=(*REFUSED, errors.NotFound))
def confirm_user(request: Request[Address, None]) -> None:
    """Confirms an account without its code, for someone whom the mail does not reach.

    Administrators only, who have made sure that the address is theirs: it counts as verified. An
    account that is confirmed already stays so. Cognito takes part in no transaction, so the audit
    has an entry of each try, written before it.
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
    """What administrators did about an account or a casting, newest first. Administrators only."""
    _ensure_admin(request.caller)
    return repository.list_of(request.query)


def _ensure_admin(caller: Caller) -> None:
    """Administrators need no profile, but one that they have must be active."""
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
        repository.store(users.update_of(user, before), entry)

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
        repository.store(castings.update_of(casting, before), entry)

    return changes.make(read, lambda casting: change(casting, now), store)
