"""First request after init, over HTTPS, at the CPU share for the functions' memory."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from bench import samples, table
from bench.lab import scale
from bench.throttle import throttled

if TYPE_CHECKING:
    from bench.lab import Lab

RUNS = 7
MEMORY_MB = 256
MAX_MS = 10
MIN_RATIO = 20


def run(lab: Lab) -> bool:
    """Print the table. Return whether getCasting is within the budget."""
    ours = lab.function("getCasting")
    walls: dict[str, list[float]] = defaultdict(list)
    inits = []
    for _ in range(RUNS):
        for function in (ours, lab.reference):
            with lab.started(function, https=True) as process, throttled(process.pid, MEMORY_MB):
                walls[function.name].append(process.call(samples.GET)["wall_ms"])
        inits.append(process.init["cpu_ms"])
    factor = scale(inits)
    wall, reference_ms = median(walls[ours.name]), median(walls[lab.reference.name])
    ratio = reference_ms / wall
    is_ok = factor * wall <= MAX_MS and ratio >= MIN_RATIO
    table.show(
        f"First request after init, wall ms over HTTPS at the CPU share for {MEMORY_MB} MB, median "
        f"of {RUNS} (budget: {MAX_MS} scaled, {MIN_RATIO}x less)",
        ("getCasting", "measured", "scaled", "less", ""),
        ("ours", f"{wall:.1f}", f"{factor * wall:.1f}", f"{ratio:.0f}x", table.verdict(is_ok)),
        (lab.reference.name, f"{reference_ms:.1f}", f"{factor * reference_ms:.1f}", "", ""),
    )
    return is_ok
