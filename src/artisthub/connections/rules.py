"""Decisions about connections; no I/O."""

from datetime import date
from typing import Literal

import msgspec

from artisthub.connections.models import (
    Answer,
    Connection,
    NewConnection,
    Side,
    Standing,
)
from artisthub.shared import errors, ids
from artisthub.users import access
from artisthub.users.stored import SHOWN, User

Action = Literal["request", "accept", "decline", "remove"]

# The possible actions for each standing, and the standing after them; None means no connection.
# A declined connection is `refused` on the other side, so that nobody can ask repeatedly. Only the
# side that declined may start again.
TRANSITIONS: dict[Standing | None, dict[Action, Standing | None]] = {
    None: {"request": "outgoing"},
    "outgoing": {"remove": None},
    # A request in reply accepts, so two accounts that ask at the same moment are connected.
    "incoming": {"request": "accepted", "accept": "accepted", "decline": "declined"},
    "accepted": {"remove": None},
    "declined": {"request": "outgoing", "remove": None},
    "refused": {},
}

# The standing on the other side.
MIRRORED: dict[Standing, Standing] = {
    "outgoing": "incoming",
    "incoming": "outgoing",
    "accepted": "accepted",
    "declined": "refused",
    "refused": "declined",
}


class ConnectionNotPossible(errors.Conflict):
    detail = "The connection's current status does not allow this. List your connections again."


def ensure_connectable(other: User | None, caller_id: str, today: date) -> None:
    """Raise NotFound for the caller's own id and accounts that are unknown or hidden."""
    if other is None or other.user_id == caller_id or not access.is_shown(other, today):
        raise errors.NotFound


def requested(before: Side | None, caller_id: str, request: NewConnection, now: str) -> Side:
    """The caller's side after the request. Raises ConnectionNotPossible."""
    standing = _after(before, "request")
    if before:
        # A request in reply keeps the first message.
        message = request.message if standing == "outgoing" else before.message
        return _changed(before, standing, message, now)
    return Side(
        user_id=caller_id,
        other_user_id=request.user_id,
        standing=standing,
        message=request.message,
        created_at=now,
        updated_at=now,
        version=1,
    )


def ensure_exists(side: Side | None) -> Side:
    if side is None:
        raise errors.NotFound
    return side


def answered(side: Side, answer: Answer, now: str) -> Side:
    """The side with this answer. Raises ConnectionNotPossible."""
    action: Action = "accept" if answer == "accepted" else "decline"
    return _changed(side, _after(side, action), side.message, now)


def ensure_removable(side: Side | None) -> Side:
    """The side if it may be removed. Raises NotFound or ConnectionNotPossible."""
    there = ensure_exists(side)
    if "remove" not in TRANSITIONS[there.standing]:
        raise ConnectionNotPossible
    return there


def is_standing(side: Side) -> bool:
    """Whether the two are connected, or one of them waits for an answer."""
    return side.standing in ("outgoing", "incoming", "accepted")


def ensure_blockable(other_id: str, caller_id: str) -> None:
    """Raise NotFound for the caller's own id and for a text that is no id.

    Whether the account exists does not matter: otherwise the answer would tell it to someone whom
    the account blocks.
    """
    if other_id == caller_id or not ids.is_one(other_id):
        raise errors.NotFound


def _after(side: Side | None, action: Action) -> Standing:
    after = TRANSITIONS[side.standing if side else None].get(action)
    if after is None:
        raise ConnectionNotPossible
    return after


def _changed(side: Side, standing: Standing, message: str | None, now: str) -> Side:
    return msgspec.structs.replace(
        side, standing=standing, message=message, updated_at=now, version=side.version + 1
    )


def mirror(side: Side) -> Side:
    """The other side of the same connection."""
    return msgspec.structs.replace(
        side,
        user_id=side.other_user_id,
        other_user_id=side.user_id,
        standing=MIRRORED[side.standing],
    )


def view(side: Side) -> Connection:
    """The connection as its owner sees it."""
    status, direction = SHOWN[side.standing]
    return Connection(
        user_id=side.other_user_id,
        status=status,
        direction=direction,
        message=side.message,
        created_at=side.created_at,
        updated_at=side.updated_at,
        version=side.version,
    )
