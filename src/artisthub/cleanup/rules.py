"""Decisions about deleted items; no I/O."""

from typing import Any

from artisthub.shared.consumer import Change

Item = dict[str, Any]

ENDS = ("filled", "cancelled")

# Sorts after every RFC 3339 time.
NEVER = "~"


def ended_roles(change: Change) -> set[str] | None:
    """The roles of a casting that the change ended: removed ones, or all by its end. Or None."""
    before, after = change.before, change.after
    if not before or not after:
        return None
    roles = roles_of(before)
    if after["status"] in ENDS and before["status"] not in ENDS:
        return roles
    return roles - roles_of(after) or None


def roles_of(casting: Item) -> set[str]:
    """The ids of a stored casting's roles."""
    return {role["roleId"] for role in casting["roles"]}


def former_picture(change: Change) -> tuple[str, str] | None:
    """The account and the id of the picture that the profile had before the change, or None."""
    before, after = (item.get("picture") for item in (change.before or {}, change.after or {}))
    if before is None or before == after:
        return None
    user_id, picture_id = before["large"].split("/")[-2:]
    return user_id, picture_id


def ended_closure(change: Change) -> dict[str, str] | None:
    """The account whose suspension or deletion the change ended, and from when to when it lasted.

    None if the change ended neither. S3 gives the time of a file without its fraction, so files of
    the first and the last second count as those of an open account.
    """
    before, after = change.before, change.after
    if not before or not after:
        return None
    ended = [
        before[name]
        for name in ("suspendedAt", "deletedAt")
        if before.get(name) and not after.get(name)
    ]
    if not ended:
        return None
    last_second = after["updatedAt"].partition(".")[0]
    return {"user_id": after["userId"], "made_since": min(ended), "made_before": last_second}


def removed(change: Change) -> Item | None:
    """The deleted item, or None if the item is new or only changed.

    An item that replaced it has another `createdAt`.
    """
    before, after = change.before, change.after
    if before and after and after["createdAt"] == before["createdAt"]:
        return None
    return before
