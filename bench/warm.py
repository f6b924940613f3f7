"""A request to a warm function: the CPU of validating, reading or writing, and answering."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from bench import samples, table
from bench.lab import scale

if TYPE_CHECKING:
    from bench.lab import Lab

RUNS = 7
CALLS = 50
MAX_MS = 0.5
MIN_RATIO = 4
EVENTS = {"createCasting": samples.CREATE, "getCasting": samples.GET}


def run(lab: Lab) -> bool:
    """Prints the table and says whether all is within the budget."""
    rows, is_within_budget = [], True
    for name, event in EVENTS.items():
        cpu, reference_ms, factor = _compared(lab, name, event)
        ratio = reference_ms / cpu
        is_ok = factor * cpu <= MAX_MS and ratio >= MIN_RATIO
        is_within_budget &= is_ok
        figures = f"{cpu:.2f}", f"{factor * cpu:.2f}", f"{reference_ms:.2f}", f"{ratio:.1f}x"
        rows.append((name, *figures, table.verdict(is_ok)))
    table.show(
        f"Warm request, CPU ms, median of {RUNS} processes, {CALLS} calls each "
        f"(budget: {MAX_MS} scaled, {MIN_RATIO}x less than the reference)",
        ("function", "measured", "scaled", "reference", "less", ""),
        *rows,
    )
    return is_within_budget


def _compared(lab: Lab, name: str, event: dict[str, Any]) -> tuple[float, float, float]:
    """CPU ms a call, the reference's, and the scale."""
    ours, reference, inits = [], [], []
    for _ in range(RUNS):
        with lab.started(lab.function(name)) as process:
            process.call(event, CALLS)
            ours.append(process.call(event, CALLS)["cpu_ms"])
        with lab.started(lab.reference) as process:
            process.call(event, CALLS)
            reference.append(process.call(event, CALLS)["cpu_ms"])
            inits.append(process.init["cpu_ms"])
    return median(ours), median(reference), scale(inits)
