"""Cold start: the CPU time of a function's init beyond the bare Lambda runtime."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from bench import table
from bench.lab import scale

if TYPE_CHECKING:
    from bench.lab import Lab

RUNS = 15
MAX_MS = 35
MIN_RATIO = 10
# These connect to S3 besides DynamoDB, so that no first request waits for it.
SECOND_CONNECTION_MS = 8
CONNECTED_TWICE = {"setPicture", "getPicture"}


def run(lab: Lab) -> bool:
    """Print the table. Return whether all results are within the budget."""
    inits: dict[str, list[dict[str, float]]] = defaultdict(list)
    for _ in range(RUNS):
        for function in (*lab.functions, lab.reference):
            with lab.started(function) as process:
                inits[function.name].append(process.init)
    reference_ms = median(init["cpu_ms"] for init in inits[lab.reference.name])
    factor = scale(init["cpu_ms"] for init in inits[lab.reference.name])

    rows, is_within_budget = [], True
    for function in lab.functions:
        cpu = median(init["cpu_ms"] for init in inits[function.name])
        ratio = reference_ms / cpu
        most = MAX_MS + SECOND_CONNECTION_MS * (function.name in CONNECTED_TWICE)
        is_ok = factor * cpu <= most and ratio >= MIN_RATIO
        is_within_budget &= is_ok
        modules = inits[function.name][0]["modules"]
        figures = f"{cpu:.1f}", f"{factor * cpu:.1f}", f"{modules}", f"{ratio:.0f}x"
        rows.append((function.name, *figures, table.verdict(is_ok)))
    modules = inits[lab.reference.name][0]["modules"]
    figures = f"{reference_ms:.0f}", f"{factor * reference_ms:.0f}", f"{modules}", ""
    rows.append((lab.reference.name, *figures, ""))
    table.show(
        f"Cold start, CPU ms of init, median of {RUNS} "
        f"(budget: {MAX_MS} scaled, {SECOND_CONNECTION_MS} more with a connection to S3, "
        f"{MIN_RATIO}x less than the reference)",
        ("function", "measured", "scaled", "modules", "less", ""),
        *rows,
    )
    return is_within_budget
