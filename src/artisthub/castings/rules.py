"""Decisions about castings; no I/O."""

from typing import Any

import msgspec

from artisthub.castings.models import (
    Casting,
    CastingFields,
    CastingSummary,
    Role,
    RoleFields,
    Status,
)
from artisthub.shared import clock, errors
from artisthub.shared.caller import Caller

# From each status to those that may follow it. What has no successor is the end.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    "draft": frozenset({"open", "cancelled"}),
    "open": frozenset({"closed", "cancelled"}),
    "closed": frozenset({"open", "filled", "cancelled"}),
    "filled": frozenset(),
    "cancelled": frozenset(),
}


class NotYourCasting(errors.Forbidden):
    detail = "Only the recruiter who created this casting may do this."


class CastingEnded(errors.Conflict):
    detail = "This casting is filled or cancelled and can no longer be changed."


class StatusNotReachable(errors.Conflict):
    detail = "The casting cannot go from its status to this one."


class DeadlinePassed(errors.Conflict):
    detail = "The deadline has passed: set a later one before you open the casting."


def is_visible_to(casting: CastingSummary, caller: Caller | None) -> bool:
    """What was published once can be read by everyone, a draft by its recruiter and by admins."""
    if casting.published_at is not None:
        return True
    return caller is not None and (caller.user_id == casting.recruiter_id or caller.is_admin)


def ensure_owner(casting: Casting, caller: Caller) -> None:
    """Raises NotYourCasting, or NotFound where even its existence is not the caller's business."""
    if casting.recruiter_id == caller.user_id:
        return
    raise NotYourCasting if is_visible_to(casting, caller) else errors.NotFound


def ensure_deadline_ahead(fields: CastingFields, now: str) -> None:
    """Raises Invalid; a deadline that is kept as it was has been checked when it was set."""
    if fields.deadline_at and clock.text(fields.deadline_at) <= now:
        detail = "must be in the future"
        raise errors.Invalid(errors=[{"pointer": "/deadlineAt", "detail": detail}])


def new(fields: CastingFields, casting_id: str, recruiter_id: str, now: str) -> Casting:
    """A draft."""
    return Casting(
        **_kept(fields, known_roles=[], version=1),
        casting_id=casting_id,
        recruiter_id=recruiter_id,
        status="draft",
        created_at=now,
        updated_at=now,
        version=1,
    )


def changed(casting: Casting, fields: CastingFields, now: str) -> Casting:
    """The casting with these fields; raises CastingEnded, or Invalid for a deadline in the past."""
    if not TRANSITIONS[casting.status]:
        raise CastingEnded
    version = casting.version + 1
    kept = _kept(fields, known_roles=casting.roles, version=version)
    if kept["deadline_at"] != casting.deadline_at:
        ensure_deadline_ahead(fields, now)
    return msgspec.structs.replace(casting, **kept, updated_at=now, version=version)


def moved(casting: Casting, status: Status, now: str) -> Casting:
    """The casting in its next status; raises StatusNotReachable or DeadlinePassed."""
    if status not in TRANSITIONS[casting.status]:
        raise StatusNotReachable(f"A casting that is {casting.status} cannot become {status}.")
    if status == "open" and casting.deadline_at and casting.deadline_at <= now:
        raise DeadlinePassed
    published_at = casting.published_at or (now if status == "open" else None)
    return msgspec.structs.replace(
        casting,
        status=status,
        published_at=published_at,
        updated_at=now,
        version=casting.version + 1,
    )


def fields_of(casting: Casting) -> dict[str, Any]:
    """The part of a casting that its recruiter may change, as it would be sent."""
    document = msgspec.to_builtins(casting)
    return {name: document[name] for name in CastingFields.__struct_encode_fields__}


def _kept(fields: CastingFields, known_roles: list[Role], version: int) -> dict[str, Any]:
    values = msgspec.structs.asdict(fields)
    values["deadline_at"] = clock.text(fields.deadline_at) if fields.deadline_at else None
    values["roles"] = _with_ids(fields.roles, known_roles, version)
    values["role_count"] = len(fields.roles)
    values["is_paid"] = any(role.pay and role.pay.kind == "paid" for role in fields.roles)
    return values


def _with_ids(roles: list[RoleFields], known: list[Role], version: int) -> list[Role]:
    """Every role with an id; those sent must be the casting's own.

    New ids name the version that brings them, so that none is given again after its role is gone.
    """
    known_ids = {role.role_id for role in known}
    sent = [role.role_id for role in roles if role.role_id]
    wrong = [
        {
            "pointer": f"/roles/{index}/roleId",
            "detail": "is not a role of this casting, or is there twice",
        }
        for index, role in enumerate(roles)
        if role.role_id and (role.role_id not in known_ids or sent.count(role.role_id) > 1)
    ]
    if wrong:
        raise errors.Invalid(errors=wrong)
    documents = msgspec.to_builtins(roles)
    for number, document in enumerate(documents, start=1):
        document["roleId"] = document["roleId"] or f"r{version}-{number}"
    return msgspec.convert(documents, list[Role])
