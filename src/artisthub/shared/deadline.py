"""How long a request may take.

API Gateway waits for 30 s and then answers 503 without `Retry-After`, while the function goes on.
So no call to AWS starts after the deadline, and the longest call takes 10 s. Lambda gives a process
one request at a time. Consumers of streams have no deadline.
"""

from __future__ import annotations

import time

from artisthub.shared import errors

SECONDS = 19

_ends_at = float("inf")


def start() -> None:
    global _ends_at
    _ends_at = time.monotonic() + SECONDS


def end() -> None:
    """From now on, calls may take as long as they need."""
    global _ends_at
    _ends_at = float("inf")


def is_over() -> bool:
    return time.monotonic() > _ends_at


def ensure_time() -> None:
    """Raise Busy after the deadline."""
    if is_over():
        raise errors.Busy
