"""Changes that several people make at the same time."""

from collections.abc import Callable
from typing import TypeVar

from artisthub_client import errors

Resource = TypeVar("Resource")
Changed = TypeVar("Changed")
TRIES = 3


def change(read: Callable[[], Resource], write: Callable[[Resource], Changed]) -> Changed:
    """Read a resource and change it; again if somebody else was faster, up to 3 times in all.

    For example `change(hub.get_me, lambda me: hub.update_user(if_match=me, city="Pune"))`. Raises
    errors.Stale if somebody else was faster each time.
    """
    for _ in range(TRIES - 1):
        try:
            return write(read())
        except errors.Stale:
            continue
    return write(read())
