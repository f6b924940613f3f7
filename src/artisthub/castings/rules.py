"""Decisions about castings; no I/O."""

from collections.abc import Container
from typing import Any

import msgspec

from artisthub.castings.models import (
    MAX_BYTES,
    MAX_DOCUMENTS,
    Casting,
    CastingFields,
    CastingSummary,
    Document,
    Role,
    RoleFields,
    Status,
)
from artisthub.shared import clock, errors, sizes

# From each status to those that the recruiter may choose next. One without a successor is final.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    "draft": frozenset({"open", "cancelled"}),
    "open": frozenset({"closed", "cancelled"}),
    "closed": frozenset({"open", "filled", "cancelled"}),
    "filled": frozenset(),
    "cancelled": frozenset(),
    "removed": frozenset(),  # only an administrator sets it and takes it back
}


class NotYourCasting(errors.Forbidden):
    detail = "Only the recruiter who created this casting may do this."


class CastingEnded(errors.Conflict):
    detail = "This casting is filled or cancelled and can no longer be changed. Create a new one."


class CastingStillOpen(errors.Conflict):
    detail = "This casting is open. Close or cancel it first."


class CastingHidden(errors.Conflict):
    detail = "Reports have hidden this casting. Do this after `hiddenUntil`."


class CastingTakenDown(errors.Conflict):
    detail = "An administrator took this casting down. Its `takedown` field has the reason."


class StatusNotReachable(errors.Conflict):
    detail = "The casting cannot change from its current status to this one."


class DeadlinePassed(errors.Conflict):
    detail = "The casting's `deadlineAt` has passed. Set a later one before you open the casting."


class VerificationRequired(errors.Forbidden):
    detail = (
        "Only verified recruiters can publish castings. You can keep drafts until an administrator "
        "has verified you."
    )


class PayNotStated(errors.Conflict):
    detail = "Every role of an open casting must say whether it is paid. `errors` lists the others."


class RoleFull(errors.Conflict):
    detail = "As many artists are booked for this role as its `count` says. Raise it first."


class RoleGone(errors.Conflict):
    detail = "The casting no longer has this role."


class DocumentsFull(errors.Conflict):
    detail = (
        f"A casting can have at most {MAX_DOCUMENTS} documents, and {MAX_BYTES:,} bytes with them. "
        "Remove one first."
    )


def is_public(casting: CastingSummary) -> bool:
    """Whether everyone may read it while its recruiter's account is active.

    It was ever published, and is neither taken down nor hidden.
    """
    was_published = casting.published_at is not None
    return was_published and casting.status != "removed" and not is_hidden(casting)


def is_hidden(casting: CastingSummary) -> bool:
    """Whether reports hide it at the moment."""
    return casting.hidden_until is not None and casting.hidden_until > clock.now()


def takes_applications(casting: Casting, now: str) -> bool:
    return casting.status == "open" and (casting.deadline_at is None or casting.deadline_at > now)


def open_roles(casting: Casting) -> list[Role]:
    """The roles that take applications while the casting does."""
    roles = (_settled(role, casting.booked) for role in casting.roles)
    return [role for role in roles if role.status == "open"]


def ensure_may_publish(verified_at: str | None, *, only_verified: bool) -> None:
    """Raise VerificationRequired if the stage lets only verified recruiters publish."""
    if only_verified and not verified_at:
        raise VerificationRequired


def ensure_may_change(casting: Casting, verified_at: str | None, *, only_verified: bool) -> None:
    """The same for what everyone can read since it was published."""
    if casting.published_at:
        ensure_may_publish(verified_at, only_verified=only_verified)


def ensure_not_taken_down(casting: CastingSummary) -> None:
    if casting.status == "removed":
        raise CastingTakenDown


def ensure_not_withheld(casting: CastingSummary) -> None:
    """Raise CastingTakenDown or CastingHidden. Nobody then works with artists for the casting."""
    ensure_not_taken_down(casting)
    if is_hidden(casting):
        raise CastingHidden


def ensure_deadline_in_future(fields: CastingFields, now: str) -> None:
    """Raise Invalid for a deadline in the past. Call it for new deadlines only."""
    if fields.deadline_at and clock.text(fields.deadline_at) <= now:
        detail = "must be in the future"
        raise errors.Invalid(errors=[{"pointer": "/deadlineAt", "detail": detail}])


def new(fields: CastingFields, casting_id: str, recruiter_id: str, now: str) -> Casting:
    """A draft."""
    return Casting(
        **_kept(fields, known_roles=[], version=1, booked={}),
        casting_id=casting_id,
        recruiter_id=recruiter_id,
        status="draft",
        created_at=now,
        updated_at=now,
        version=1,
    )


def changed(casting: Casting, fields: CastingFields, now: str) -> Casting:
    """The casting with these fields.

    Raises CastingTakenDown, CastingEnded or Invalid: for a new deadline in the past, for a role of
    an open casting that no longer says whether it is paid, and for too few booked artists' places.
    Texts that leave too little room for the documents are Invalid too.
    """
    _ensure_not_ended(casting)
    kept = _kept(fields, casting.roles, casting.version + 1, casting.booked)
    _ensure_booked_stay(casting, kept["roles"])
    if casting.status == "open":
        _ensure_pay_still_stated(casting, kept["roles"])
    if kept["deadline_at"] != casting.deadline_at:
        ensure_deadline_in_future(fields, now)
    after = next_version(casting, now, **kept)
    if _grows_too_large(after, casting):
        detail = f"must have at most {MAX_BYTES:,} bytes with its documents: remove one first"
        raise errors.Invalid(errors=[{"pointer": "", "detail": detail}])
    return after


def _grows_too_large(casting: Casting, before: Casting) -> bool:
    size = sizes.bytes_of(casting)
    return size > MAX_BYTES and size > sizes.bytes_of(before)


def with_booking(casting: Casting, role_id: str, now: str) -> Casting:
    """The casting with one more artist booked for the role.

    Raises CastingTakenDown, CastingEnded, RoleGone or RoleFull.
    """
    _ensure_not_ended(casting)
    role = next((role for role in casting.roles if role.role_id == role_id), None)
    if role is None:
        raise RoleGone
    number = casting.booked.get(role_id, 0) + 1
    if number > role.count:
        raise RoleFull
    booked = {**casting.booked, role_id: number}
    return next_version(casting, now, booked=booked, **_of_roles(casting.roles, booked))


def _ensure_booked_stay(casting: Casting, roles: list[Role]) -> None:
    """Raise Invalid if a role is removed or needs fewer people than are booked for it."""
    wrong = [
        {"pointer": f"/roles/{index}/count", "detail": f"must not be less than the {booked} booked"}
        for index, role in enumerate(roles)
        if (booked := casting.booked.get(role.role_id, 0)) > role.count
    ]
    missing = casting.booked.keys() - {role.role_id for role in roles}
    if missing:
        detail = f"must keep the roles with booked artists: {', '.join(sorted(missing))}"
        wrong.append({"pointer": "/roles", "detail": detail})
    if wrong:
        raise errors.Invalid(errors=wrong)


def moved(casting: Casting, status: Status, now: str) -> Casting:
    """The casting in its next status.

    Raises CastingTakenDown, StatusNotReachable, DeadlinePassed or PayNotStated.
    """
    ensure_not_taken_down(casting)
    if status not in TRANSITIONS[casting.status]:
        raise StatusNotReachable(f"A casting that is {casting.status} cannot become {status}.")
    if status == "open" and casting.deadline_at and casting.deadline_at <= now:
        raise DeadlinePassed
    if status == "open" and (wrong := _without_pay(casting.roles)):
        raise PayNotStated(errors=wrong)
    published_at = casting.published_at or (now if status == "open" else None)
    return next_version(casting, now, status=status, published_at=published_at)


def ensure_deletable(casting: Casting) -> None:
    """Raise CastingTakenDown, CastingStillOpen or CastingHidden."""
    ensure_not_taken_down(casting)
    if casting.status == "open":
        raise CastingStillOpen
    if is_hidden(casting):
        raise CastingHidden


def with_document(casting: Casting, document: Document) -> Casting:
    """The casting with this document added.

    Raises CastingTakenDown, CastingEnded or DocumentsFull.
    """
    _ensure_not_ended(casting)
    if len(casting.documents) >= MAX_DOCUMENTS:
        raise DocumentsFull
    documents = [*casting.documents, document]
    after = next_version(casting, document.created_at, documents=documents)
    if _grows_too_large(after, casting):
        raise DocumentsFull
    return after


def without_document(casting: Casting, document_id: str, now: str) -> Casting:
    """The casting without this document. Raises CastingTakenDown, CastingEnded or NotFound."""
    _ensure_not_ended(casting)
    remaining = [each for each in casting.documents if each.document_id != document_id]
    if len(remaining) == len(casting.documents):
        raise errors.NotFound
    return next_version(casting, now, documents=remaining)


def _ensure_not_ended(casting: Casting) -> None:
    ensure_not_taken_down(casting)
    if not TRANSITIONS[casting.status]:
        raise CastingEnded


def next_version(casting: Casting, now: str, **fields: Any) -> Casting:
    """The next version of a casting, with these fields."""
    return msgspec.structs.replace(casting, **fields, updated_at=now, version=casting.version + 1)


def _ensure_pay_still_stated(casting: Casting, roles: list[Role]) -> None:
    """Raise Invalid, except for roles from before, which were opened without it."""
    from_before = {role.role_id for role in casting.roles if not role.pay}
    if wrong := _without_pay(roles, from_before):
        raise errors.Invalid(errors=wrong)


def _without_pay(roles: list[Role], exempt: Container[str] = ()) -> list[dict[str, str]]:
    return [
        {"pointer": f"/roles/{index}/pay", "detail": "is required: say whether the role is paid"}
        for index, role in enumerate(roles)
        if not role.pay and role.role_id not in exempt
    ]


def _kept(
    fields: CastingFields, known_roles: list[Role], version: int, booked: dict[str, int]
) -> dict[str, Any]:
    values = msgspec.structs.asdict(fields)
    values["deadline_at"] = clock.text(fields.deadline_at) if fields.deadline_at else None
    values["role_count"] = len(fields.roles)
    return values | _of_roles(_with_ids(fields.roles, known_roles, version), booked)


def _of_roles(roles: list[Role], booked: dict[str, int]) -> dict[str, Any]:
    """The roles with their status, and whether those that one can apply for are paid.

    If no role is open, all of them count.
    """
    settled = [_settled(role, booked) for role in roles]
    shown = [role for role in settled if role.status == "open"] or settled
    is_paid = any(role.pay and role.pay.kind == "paid" for role in shown)
    return {"roles": settled, "is_paid": is_paid}


def _settled(role: Role, booked: dict[str, int]) -> Role:
    """The role, filled if it has all its artists. A filled role that needs more is open again."""
    if 0 < role.count <= booked.get(role.role_id, 0):
        return msgspec.structs.replace(role, status="filled")
    return msgspec.structs.replace(role, status="open") if role.status == "filled" else role


def _with_ids(roles: list[RoleFields], known: list[Role], version: int) -> list[Role]:
    """The roles, all with ids. Raises Invalid for a fee or an id that the casting does not have.

    New ids contain the casting's version, so the id of a removed role is never used again.
    """
    known_ids = {role.role_id: role.status for role in known}
    sent = [role.role_id for role in roles if role.role_id]
    wrong = [
        {
            "pointer": f"/roles/{index}/feeAsked",
            "detail": "must be false: an artist must never pay to be cast",
        }
        for index, role in enumerate(roles)
        if role.fee_asked
    ]
    wrong += [
        {
            "pointer": f"/roles/{index}/roleId",
            "detail": "must be a role of this casting, and only once in the list",
        }
        for index, role in enumerate(roles)
        if role.role_id and (role.role_id not in known_ids or sent.count(role.role_id) > 1)
    ]
    if wrong:
        raise errors.Invalid(errors=wrong)
    named = []
    for number, role in enumerate(msgspec.to_builtins(roles), start=1):
        role["status"] = role["status"] or known_ids.get(role["roleId"], "open")
        role["roleId"] = role["roleId"] or f"r{version}-{number}"
        named.append(msgspec.convert(role, Role))  # msgspec keeps what it knows of a class
    return named
