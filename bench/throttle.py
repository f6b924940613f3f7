"""The CPU share of a small Lambda function, for a running process.

The kernel's bandwidth control needs root, so this applies its rule from outside: the process is
stopped when it has used its share of a period and continues in the next one.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# This memory gets one vCPU, and less memory gets a proportional share:
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
MB_OF_A_CPU = 1769
PERIOD = 0.02
LOOK_EVERY = 0.0002


@contextmanager
def throttled(pid: int, memory_mb: int) -> Iterator[None]:
    """Limit the process to the CPU share of a function with this memory."""
    done = Event()
    thread = Thread(target=_hold, args=(pid, PERIOD * memory_mb / MB_OF_A_CPU, done))
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _hold(pid: int, quota: float, done: Event) -> None:
    clock = ~pid << 3 | 2  # Linux's number for another process's CPU clock
    allowed = time.clock_gettime(clock) + quota
    while not done.is_set():
        end = time.monotonic() + PERIOD
        while time.monotonic() < end and time.clock_gettime(clock) < allowed:
            time.sleep(LOOK_EVERY)
        if time.clock_gettime(clock) >= allowed:
            os.kill(pid, signal.SIGSTOP)
            time.sleep(max(0, end - time.monotonic()))
            os.kill(pid, signal.SIGCONT)
        # Excess use counts in the next period; unused time is lost.
        allowed = min(allowed, time.clock_gettime(clock)) + quota
