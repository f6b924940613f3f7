"""Request to a warm function: CPU time to validate, read or write, and answer."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from bench import samples, table

if TYPE_CHECKING:
    from bench.lab import Lab

RUNS = 7
BATCHES = 8
CALLS = 25
WARM_UP = 50
# Most of the time is that of calls to DynamoDB, which the core makes too.
MAX_OF_CORE = 1.3
MIN_RATIO = 4
EVENTS = {"createCasting": samples.CREATE, "getCasting": samples.GET}


def run(lab: Lab) -> bool:
    """Print the table. Return whether all results are within the budget."""
    rows, is_within_budget = [], True
    for name, event in EVENTS.items():
        ours, core, reference = _compared(lab, name, event)
        is_ok = ours <= MAX_OF_CORE * core and reference >= MIN_RATIO * ours
        is_within_budget &= is_ok
        figures = f"{ours:.2f}", f"{core:.2f}", f"{ours / core:.2f}x", f"{reference:.2f}"
        rows.append((name, *figures, f"{reference / ours:.1f}x", table.verdict(is_ok)))
    table.show(
        f"Warm request, CPU ms, least of {RUNS} processes (budget: {MAX_OF_CORE}x of the compiled "
        f"core alone with the same calls to DynamoDB, {MIN_RATIO}x less than the reference)",
        ("function", "measured", "core alone", "of the core", "reference", "less", ""),
        *rows,
    )
    return is_within_budget


def _compared(lab: Lab, name: str, event: dict[str, Any]) -> list[float]:
    """Return the CPU ms of a call: ours, the core's and the reference's.

    The times are the least of all batches after a warm-up. Other programs on the machine only add
    time, and much of it for functions this short. So the functions take turns, batch by batch.
    """
    functions = lab.function(name), lab.core, lab.reference
    found: dict[str, list[float]] = {each.name: [] for each in functions}
    for _ in range(RUNS):
        with ExitStack() as stack:
            processes = [stack.enter_context(lab.started(each)) for each in functions]
            for process in processes:
                process.call(event, WARM_UP)
            for _ in range(BATCHES):
                for function, process in zip(functions, processes, strict=True):
                    found[function.name].append(process.call(event, CALLS)["cpu_ms"])
    return [min(costs) for costs in found.values()]
