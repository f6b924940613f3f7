"""Run the benchmarks. Exit with 1 if a result exceeds its budget."""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from bench import cold, cost, first, package, rebuild, search, sizes, warm, worst
from bench.lab import REFERENCE, REFERENCE_MS, laboratory

INTRODUCTION = f"""\
Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs with a load of \
{os.getloadavg()[0]:.1f}.

The budgets were set on a machine where the init of the reference, {REFERENCE},
took {REFERENCE_MS} ms of CPU. Each table measures that time again on this machine.
`scaled` is the measured value times {REFERENCE_MS} / that time. Budgets apply to `scaled` and to
the ratio to the reference, which needs no scale."""


def main(seed: int) -> int:
    if sys.platform != "linux":
        sys.exit("error: make bench needs Linux, which Lambda runs on")
    with tempfile.TemporaryDirectory(prefix="artisthub-bench-") as name:
        folder = Path(name)
        package.build(folder / "lambda", stage="prod", for_this_machine=False)
        package.build(folder / "host", stage="dev", for_this_machine=True)
        print(INTRODUCTION)
        with laboratory(folder) as lab:
            results = [
                cold.run(lab),
                first.run(lab),
                warm.run(lab),
                search.run(lab),
                sizes.run(folder / "lambda"),
                worst.run(seed, factor=lab.factor()),
            ]
        rebuild.run(folder / "aws")
    cost.run()
    results.append(worst.run_reads(seed))
    print("\nWithin all budgets." if all(results) else "\nOver budget: see OVER above.")
    return 0 if all(results) else 1


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--seed", type=int, default=0, help="of the search for the worst input")
sys.exit(main(parser.parse_args().seed))
