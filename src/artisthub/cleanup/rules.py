"""Decisions about removed items; no I/O."""

from typing import Any

from artisthub.shared.consumer import Change

Item = dict[str, Any]

# Later than every time that is written in RFC 3339.
NEVER = "~"


def removed(change: Change) -> Item | None:
    """The item that is no more, as it was; None where it is new or has only changed.

    One that was made in its place has another time of creation.
    """
    before, after = change.before, change.after
    if before and after and after["createdAt"] == before["createdAt"]:
        return None
    return before
