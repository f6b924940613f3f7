"""Changes of what others may change at the same time."""

from collections.abc import Callable
from typing import TypeVar

from artisthub.shared import errors

Thing = TypeVar("Thing")

ATTEMPTS = 5


def make(
    read: Callable[[], Thing],
    change: Callable[[Thing], Thing],
    store: Callable[[Thing, Thing], None],
) -> Thing:
    """What is read as `change` makes it, stored; read again if another write came between.

    `change` gives back the very thing if there is nothing to store. `store` gets the thing as it
    is now and as it was, and raises Stale if it no longer is as it was.
    """
    for _ in range(ATTEMPTS):
        before = read()
        changed = change(before)
        if changed is before:
            return before
        try:
            store(changed, before)
        except errors.Stale:
            continue
        return changed
    raise errors.Busy
