"""The CPU time that a call takes."""

import time
import timeit
from collections.abc import Callable


def seconds_of(run: Callable[[], object]) -> float:
    """The least of three runs, because a busy machine makes any single one slow."""
    return min(timeit.repeat(run, timer=time.process_time, number=1, repeat=3))
