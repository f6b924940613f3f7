"""Request to a warm function: CPU time to validate, read or write, and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench import samples, table
from bench.lab import scale

if TYPE_CHECKING:
    from bench.lab import Lab

RUNS = 5
BATCHES = 4
CALLS = 50
MAX_MS = 0.5
MIN_RATIO = 4
EVENTS = {"createCasting": samples.CREATE, "getCasting": samples.GET}


def run(lab: Lab) -> bool:
    """Print the table. Return whether all results are within the budget."""
    rows, is_within_budget = [], True
    for name, event in EVENTS.items():
        cpu, reference_ms, factor = _compared(lab, name, event)
        ratio = reference_ms / cpu
        is_ok = factor * cpu <= MAX_MS and ratio >= MIN_RATIO
        is_within_budget &= is_ok
        figures = f"{cpu:.2f}", f"{factor * cpu:.2f}", f"{reference_ms:.2f}", f"{ratio:.1f}x"
        rows.append((name, *figures, table.verdict(is_ok)))
    table.show(
        f"Warm request, CPU ms, least of {RUNS} processes "
        f"(budget: {MAX_MS} scaled, {MIN_RATIO}x less than the reference)",
        ("function", "measured", "scaled", "reference", "less", ""),
        *rows,
    )
    return is_within_budget


def _compared(lab: Lab, name: str, event: dict[str, Any]) -> tuple[float, float, float]:
    """Return our CPU ms per call, the reference's, and the scale.

    The times are the least of all batches after a warm-up. Other programs on the machine only add
    time, and much of it for functions this short.
    """
    ours, reference, inits = [], [], []
    for _ in range(RUNS):
        with lab.started(lab.function(name)) as process:
            ours += [process.call(event, CALLS)["cpu_ms"] for _ in range(BATCHES)][1:]
        with lab.started(lab.reference) as process:
            reference += [process.call(event, CALLS)["cpu_ms"] for _ in range(BATCHES)][1:]
            inits.append(process.init["cpu_ms"])
    return min(ours), min(reference), scale([min(inits)])
