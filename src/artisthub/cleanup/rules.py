"""Decisions about deleted items; no I/O."""

from typing import Any

from artisthub.shared.consumer import Change

Item = dict[str, Any]

# Sorts after every RFC 3339 time.
NEVER = "~"


def removed(change: Change) -> Item | None:
    """The deleted item, or None if the item is new or only changed.

    An item that replaced it has another `createdAt`.
    """
    before, after = change.before, change.after
    if before and after and after["createdAt"] == before["createdAt"]:
        return None
    return before
