"""Moderation of accounts and castings by administrators, and its audit."""

import contextlib
from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from artisthub.admin import repository, rules
from artisthub.admin.models import (
    Action,
    AuditEntry,
    AuditQuery,
    CaseDecision,
    CaseFile,
    CaseQuery,
    CaseSummary,
    EarlierTexts,
    Grounds,
    NewDecision,
    NewQuota,
    ReceivedReport,
)
from artisthub.applications import repository as applications
from artisthub.cases import repository as cases
from artisthub.cases import rules as case_rules
from artisthub.cases.models import Case, Outcome, Subject
from artisthub.castings import repository as castings
from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting
from artisthub.closed import repository as closed
from artisthub.connections import repository as connections
from artisthub.shared import cards, changes, clock, errors, quotas
from artisthub.shared.address import Address
from artisthub.shared.caller import Caller
from artisthub.shared.endpoint import Request, by_method, by_route, endpoint
from artisthub.shared.models import Page, PageQuery
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import User

REFUSED = (rules.AdminsOnly, access.AccountSuspended)
# The problems of decisions. Nobody decides about their own account and things.
NOT_DECIDED = (*REFUSED, rules.OwnAccount)


@endpoint(status=204, body=Grounds, raises=NOT_DECIDED)
def suspend_user(request: Request[Grounds, None]) -> None:
    """Suspend an account.

    Administrators only, and not for their own account. Others no longer see the account, its
    castings and its uploads. It can make no changes, but its owner may delete it. Nobody can sign
    up with its e-mail address. Its owner finds the reason in exportMe. A deleted account can be
    suspended too, and stays suspended if it is restored. If it is already suspended, nothing
    changes.
    """

    def suspend(user: User, now: str) -> User:
        return rules.suspended(user, now, lambda: closed.address_key(user.email))

    _change_user(request, "suspended", suspend, request.body.reason)


@endpoint(status=204, raises=NOT_DECIDED)
def lift_suspension(request: Request[None, None]) -> None:
    """Lift the suspension of an account.

    Administrators only, and not for their own account. A deleted account stays deleted. If the
    account is not suspended, nothing changes.
    """
    _change_user(request, "unsuspended", rules.unsuspended)


@endpoint(
    status=204,
    if_match="optional",
    raises=(*NOT_DECIDED, rules.NotARecruiter, rules.AccountDeleted),
)
def verify_recruiter(request: Request[None, None]) -> None:
    """Mark a recruiter as verified.

    Administrators only, and not for their own account. Everyone then sees `verifiedAt` in the
    profile. If the recruiter is already verified, the time does not change. Send the ETag of the
    profile that you checked as `If-Match`: a profile that changed since gets 412.
    """

    def verify(user: User, now: str) -> User:
        verified = rules.verified(user, now)
        if verified is not user:
            request.ensure_match(user.version)
        return verified

    _change_user(request, "verified", verify)


@endpoint(status=204, raises=NOT_DECIDED)
def withdraw_verification(request: Request[None, None]) -> None:
    """Withdraw the verification of a recruiter.

    Administrators only, and not for their own account. If the account is not verified, nothing
    changes.
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


@endpoint(body=Grounds, raises=NOT_DECIDED)
def take_down_casting(request: Request[Grounds, None]) -> Casting:
    """Take down a casting.

    Administrators only, and not for their own castings. Then only its recruiter and administrators
    see it, and the recruiter cannot change it. The recruiter sees the reason. If it is already
    taken down, nothing changes.
    """

    def take_down(casting: Casting, now: str) -> Casting:
        return rules.taken_down(casting, request.body.reason, now)

    return _change_casting(request, "removed", take_down, request.body.reason)


@endpoint(raises=NOT_DECIDED)
def reinstate_casting(request: Request[None, None]) -> Casting:
    """Reinstate a casting that was taken down.

    Administrators only, and not for their own castings. The casting gets its earlier status back.
    If it is not taken down, nothing changes.
    """
    return _change_casting(request, "reinstated", rules.reinstated)


takedown = by_method(PUT=take_down_casting, DELETE=reinstate_casting)


@endpoint(status=204, body=NewQuota, raises=(*NOT_DECIDED, errors.NotFound))
def set_quota(request: Request[NewQuota, None]) -> None:
    """Change a quota of an account.

    Administrators only, and not for their own account. The account can use the new quota at once,
    and keeps it until it is changed again. `most` null restores the usual quota.
    """
    _ensure_admin(request.caller)
    user_id, quota, sent = request.path["userId"], request.path["quota"], request.body
    rules.ensure_not_own(user_id, request.caller)
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
    person owns the address: it then counts as verified. Anyone can have signed up with it, so the
    password of the sign-up stops working. The person sets a new one with forgotPassword and
    resetPassword. If the account is already confirmed, nothing changes. The audit records every
    call, even one that fails.
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


@endpoint(query=CaseQuery, raises=REFUSED)
def list_cases(request: Request[None, CaseQuery]) -> Page[CaseSummary]:
    """List the open cases, newest first or those with most reporters first.

    Administrators only. With `reason`, the order is by the reports with this reason only. A page
    may have fewer items than its limit and still have a `next`.
    """
    _ensure_admin(request.caller)
    query = request.query
    found = cases.list_of(query.reason or case_rules.ALL, query, query.sort)
    return Page([rules.summary_of(each) for each in found.items], found.next)


@endpoint(query=PageQuery, raises=(*REFUSED, errors.NotFound))
def get_case(request: Request[None, PageQuery]) -> CaseFile:
    """Get a case with its reports.

    Administrators only. `If-Match` of decideCase takes the case's `version`, in quotation marks.
    """
    _ensure_admin(request.caller)
    case = _case(request.path["caseId"])
    earlier = [] if request.query.cursor else cases.texts_of(case, EarlierTexts)
    reports = cases.reports_of(case, request.query, ReceivedReport)
    decision = cases.decision(case, CaseDecision) if case.status == "decided" else None
    return CaseFile(
        case=rules.summary_of(case),
        text=_text_of(case),
        earlier_texts=earlier,
        decision=decision,
        reports=reports.items,
        next=reports.next,
    )


@endpoint(
    body=NewDecision,
    if_match="optional",
    raises=(
        *NOT_DECIDED,
        errors.NotFound,
        rules.CaseDecided,
        rules.OutcomeNotPossible,
    ),
)
def decide_case(request: Request[NewDecision, None]) -> CaseSummary:
    """Decide a case.

    Administrators only, and not about their own things. `dismissed` changes nothing. `removed`
    takes down a casting, and `suspended` suspends the responsible account, as takeDownCasting and
    suspendUser do. `deleted` deletes an upload within seconds. Both sides are notified of the
    outcome. The same decision again changes nothing, so a retry is safe. With `If-Match`, a case
    that changed since gets 412.
    """
    _ensure_admin(request.caller)
    case, outcome = _case(request.path["caseId"]), request.body.outcome
    if case.status == "decided":
        made = cases.decision(case, CaseDecision)
        if made is None or made.outcome != outcome:
            raise rules.CaseDecided
        return rules.summary_of(case)
    request.ensure_match(case.version)
    rules.ensure_decidable(case, outcome, request.caller)
    _act(case, outcome, request)
    return rules.summary_of(_decide(case, request))


def _text_of(case: Case) -> str | None:
    """The text that administrators can read nowhere else, if it still exists."""
    kind, ids = case_rules.kind_of(case.case_id), case_rules.id_of(case.case_id).split(".", 1)
    if kind == "connection":
        side = connections.get(*ids)
        return side.message if side else None
    if kind in ("application", "audition"):
        with contextlib.suppress(errors.NotFound):
            return rules.text_of(applications.get(*ids), kind)
    return None


def _case(case_id: str) -> Case:
    case = cases.get(case_id, consistent=True)
    if case is None or case_rules.is_over(case.expires_at):
        raise errors.NotFound
    return case


def _act(case: Case, outcome: Outcome, request: Request[NewDecision, None]) -> None:
    """Do what the outcome says. Doing it twice changes nothing."""
    reason = request.body.reason
    if case.hidden_until:
        _unhide(case)
    if outcome == "removed":
        with contextlib.suppress(errors.NotFound):  # its recruiter deleted it since
            _moderate_casting(
                request.caller,
                case_rules.id_of(case.case_id),
                "removed",
                lambda casting, now: rules.taken_down(casting, reason, now),
                reason,
            )
    elif outcome == "suspended":
        _moderate_user(
            request.caller,
            case.owner_id,
            "suspended",
            lambda user, now: rules.suspended(user, now, lambda: closed.address_key(user.email)),
            reason,
        )


def _unhide(case: Case) -> None:
    """Show the casting again that reports have hidden, unless it was deleted since."""
    casting_id, now = case_rules.id_of(case.case_id), clock.now()

    def shown(casting: Casting) -> Casting:
        if casting.hidden_until is None:
            return casting
        return casting_rules.next_version(casting, now, hidden_until=None)

    with contextlib.suppress(errors.NotFound):
        changes.make(lambda: castings.get(casting_id, consistent=True), shown, castings.replace)
    cases.show_in_lists(case.owner_id, casting_id)


def _decide(seen: Case, request: Request[NewDecision, None]) -> Case:
    """Store the decision, its entry in the audit, and the case in no list. Raises CaseDecided."""
    now, by, body = clock.now(), request.caller.user_id, request.body
    action: Action = "dismissed" if body.outcome == "dismissed" else "upheld"
    entry = AuditEntry(seen.case_id, action, by, now, body.reason)

    def changed(case: Case) -> tuple[Case, list[dict[str, Any]]]:
        if case.round != seen.round:
            raise rules.CaseDecided
        decision = case_rules.new_decision(case, body.outcome, body.reason, by, now)
        writes = [cases.decision_of(decision), repository.write_of(entry)]
        return case_rules.decided(case, now), [*writes, *cases.unlisting_of(case)]

    return cases.change(Subject(seen.case_id, seen.owner_id), now, changed)


def _ensure_admin(caller: Caller) -> None:
    rules.ensure_admin(caller)
    users.ensure_session(caller)
    if closed.is_closed(caller.user_id):
        raise access.AccountSuspended


def _change_user(
    request: Request[Grounds, None] | Request[None, None],
    action: Action,
    change: Callable[[User, str], User],
    reason: str | None = None,
) -> None:
    _ensure_admin(request.caller)
    _moderate_user(request.caller, request.path["userId"], action, change, reason)


def _moderate_user(
    by: Caller,
    user_id: str,
    action: Action,
    change: Callable[[User, str], User],
    reason: str | None,
) -> None:
    rules.ensure_not_own(user_id, by)
    now = clock.now()
    entry = AuditEntry(f"user:{user_id}", action, by.user_id, now, reason)

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
    return _moderate_casting(request.caller, request.path["castingId"], action, change, reason)


def _moderate_casting(
    by: Caller,
    casting_id: str,
    action: Action,
    change: Callable[[Casting, str], Casting],
    reason: str | None,
) -> Casting:
    now = clock.now()
    entry = AuditEntry(f"casting:{casting_id}", action, by.user_id, now, reason)

    def read() -> Casting:
        casting = castings.get(casting_id, consistent=True)
        rules.ensure_not_own(casting.recruiter_id, by)
        return casting

    def store(casting: Casting, before: Casting) -> None:
        # The recruiter cannot prevent a decision by opening other castings.
        repository.store(entry, *castings.writes_of(casting, before, is_limited=False))
        cards.drop("casting", casting_id, up_to=before.version)

    return changes.make(read, lambda casting: change(casting, now), store)
