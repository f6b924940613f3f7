"""The CPU time that a call takes."""

import time
from collections.abc import Callable


def seconds_of(run: Callable[[], object], times: int = 3) -> float:
    """The least of a few runs, because a busy machine makes any single one slow."""
    return min(_seconds_of_one(run) for _ in range(times))


def _seconds_of_one(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began
