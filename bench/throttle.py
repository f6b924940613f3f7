"""The CPU share of a small Lambda function, for a running process.

As root, this asks the kernel for it (a cgroup, version 1 or 2). Otherwise it applies the same rule
from outside: the process is stopped when it has used its share of a period and continues in the
next one.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# This memory gets one vCPU, and less memory gets a proportional share:
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
MB_OF_A_CPU = 1769
PERIOD = 0.02
LOOK_EVERY = 0.0002
ROOT = Path("/sys/fs/cgroup")


@contextmanager
def throttled(pid: int, memory_mb: int) -> Iterator[None]:
    """Limit the process to the CPU share of a function with this memory."""
    quota = PERIOD * memory_mb / MB_OF_A_CPU
    group = _group(quota)
    if group:
        (group / "cgroup.procs").write_text(str(pid))
        try:
            yield
        finally:
            (group.parent / "cgroup.procs").write_text(str(pid))
            group.rmdir()
        return
    done = Event()
    thread = Thread(target=_hold, args=(pid, quota, done))
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def means() -> str:
    """How `throttled` limits a process on this machine."""
    group = _group(PERIOD)
    if not group:
        return "by stopping and continuing the process"
    group.rmdir()
    return "by a cgroup"


def _group(quota: float) -> Path | None:
    """A new cgroup with this quota of CPU seconds in a period, or None if the kernel refuses."""
    is_second = (ROOT / "cgroup.controllers").exists()
    group = ROOT / ("" if is_second else "cpu") / f"artisthub-bench-{os.getpid()}"
    quota_us, period_us = str(round(quota * 1e6)), str(round(PERIOD * 1e6))
    try:
        group.mkdir()
    except OSError:
        return None
    try:
        if is_second:
            (group / "cpu.max").write_text(f"{quota_us} {period_us}")
        else:
            (group / "cpu.cfs_period_us").write_text(period_us)
            (group / "cpu.cfs_quota_us").write_text(quota_us)
    except OSError:
        group.rmdir()
        return None
    return group


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
