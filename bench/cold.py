"""Cold start: the CPU that a function's init uses over the bare Lambda runtime."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from bench import table

if TYPE_CHECKING:
    from bench.lab import Lab

RUNS = 7
MAX_MS = 35
MIN_RATIO = 10


def run(lab: Lab) -> bool:
    """Prints the table, sets the lab's scale and says whether all is within the budget."""
    inits = defaultdict(list)
    for _ in range(RUNS):
        for function in (*lab.functions, lab.reference):
            with lab.started(function) as process:
                inits[function.name].append(process.init)
    reference_ms = median(init["cpu_ms"] for init in inits[lab.reference.name])
    lab.calibrate(reference_ms)

    rows, is_within_budget = [], True
    for name, runs in inits.items():
        cpu = median(init["cpu_ms"] for init in runs)
        is_ours = name != lab.reference.name
        ratio = reference_ms / cpu
        is_ok = not is_ours or (lab.scale * cpu <= MAX_MS and ratio >= MIN_RATIO)
        is_within_budget &= is_ok
        rows.append(
            (
                name,
                f"{cpu:.1f}",
                f"{lab.scale * cpu:.1f}",
                f"{runs[0]['modules']}",
                f"{ratio:.0f}x" if is_ours else "",
                table.verdict(is_ok) if is_ours else "",
            )
        )
    table.show(
        f"Cold start, CPU ms of init, median of {RUNS} "
        f"(budget: {MAX_MS} scaled, {MIN_RATIO}x less than the reference)",
        ("function", "measured", "scaled", "modules", "less", ""),
        *rows,
    )
    return is_within_budget
