"""Changes to data that others may change at the same time."""

from collections.abc import Callable
from typing import TypeVar

from artisthub.shared import errors

Thing = TypeVar("Thing")

ATTEMPTS = 5


def make(
    read: Callable[[], Thing],
    change: Callable[[Thing], Thing],
    store: Callable[[Thing, Thing], None],
    spend: Callable[[], None] | None = None,
) -> Thing:
    """Read, change and store. Start again if another write came between.

    `change` returns the same object if there is nothing to store. `store` gets the new and the old
    state, and raises Stale if the stored state is no longer the old one. `spend` runs once, before
    the first try to store.
    """
    has_spent = spend is None
    for _ in range(ATTEMPTS):
        before = read()
        changed = change(before)
        if changed is before:
            return before
        if spend and not has_spent:
            spend()
            has_spent = True
        try:
            store(changed, before)
        except errors.Stale:
            continue
        return changed
    raise errors.Busy
