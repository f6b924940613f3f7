"""One round: each stack in fresh processes, in random order, so that busy minutes hit them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.first import MEMORY_MB
from bench.peers.stacks import EVENTS
from bench.throttle import throttled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from bench.lab import Lab
    from bench.peers.stacks import Stack

# Calls before the warm ones are measured. Node.js compiles code that runs often.
WARM_UP = 200
CALLS = 300
THROTTLED_CALLS = 10
Figure = tuple[str, str, float]


def figures(lab: Lab, stacks: list[Stack], random: Random) -> Iterator[Figure]:
    """The stack, the measure and the value of each figure of a round."""
    for stack in random.sample(stacks, len(stacks)):
        for operation in EVENTS:
            for measure, value in {
                **_at_full_speed(lab, stack, operation),
                **_at_the_quota(lab, stack, operation),
            }.items():
                yield stack.name, f"{measure} {operation}", value


def _at_full_speed(lab: Lab, stack: Stack, operation: str) -> dict[str, float]:
    """CPU ms of init over HTTP, without the handshake of those that connect while they start.

    The rest goes over HTTPS, as on AWS. A warm request is a mean, because the least batch would
    leave out garbage collection, which requests on Lambda pay for.
    """
    event = stack.event(EVENTS[operation])
    with lab.started(stack.functions[operation]) as process:
        init = process.init["cpu_ms"]
    with lab.started(stack.functions[operation], https=True) as process:
        answered = process.init["cpu_ms"] + process.call(event)["cpu_ms"]
        process.call(event, WARM_UP)
        warm = process.call(event, CALLS)["cpu_ms"]
        return {"init": init, "answered": answered, "warm": warm, "memory": process.peak_mb}


def _at_the_quota(lab: Lab, stack: Stack, operation: str) -> dict[str, float]:
    event = stack.event(EVENTS[operation])
    with (
        lab.started(stack.functions[operation], https=True) as process,
        throttled(process.pid, MEMORY_MB),
    ):
        first = process.call(event)
        again = process.call(event, THROTTLED_CALLS)
        return {"first": first["wall_ms"], "next": again["wall_ms"]}
