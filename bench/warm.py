"""A request to a warm function: the CPU of validating, reading or writing, and answering."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench import samples, table

if TYPE_CHECKING:
    from bench.lab import Lab

BATCHES = 9
CALLS = 50
MAX_MS = 0.5
MIN_RATIO = 4
EVENTS = {"createCasting": samples.CREATE, "getCasting": samples.GET}


def run(lab: Lab) -> bool:
    """Prints the table and says whether all is within the budget."""
    rows, is_within_budget = [], True
    for name, event in EVENTS.items():
        with lab.started(lab.function(name)) as ours, lab.started(lab.reference) as reference:
            for process in (ours, reference):
                process.call(event, CALLS)
            pairs = [
                (ours.call(event, CALLS), reference.call(event, CALLS)) for _ in range(BATCHES)
            ]
        cpu, reference_ms = (
            median(batch["cpu_ms"] for batch in side) for side in zip(*pairs, strict=True)
        )
        ratio = reference_ms / cpu
        is_ok = lab.scale * cpu <= MAX_MS and ratio >= MIN_RATIO
        is_within_budget &= is_ok
        rows.append(
            (
                name,
                f"{cpu:.2f}",
                f"{lab.scale * cpu:.2f}",
                f"{reference_ms:.2f}",
                f"{ratio:.1f}x",
                table.verdict(is_ok),
            )
        )
    table.show(
        f"Warm request, CPU ms, median of {BATCHES} batches of {CALLS} "
        f"(budget: {MAX_MS} scaled, {MIN_RATIO}x less than the reference)",
        ("function", "measured", "scaled", "reference", "less", ""),
        *rows,
    )
    return is_within_budget
