"""Compare the casting endpoints on several stacks, and update README.

Checks first that all stacks keep the same contract. Exits with 1 if a bar is missed.
"""

import argparse
import json
import os
import platform
import random
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import package, throttle
from bench.lab import laboratory
from bench.peers import contract, measure, stacks
from contract import peers as page

MAX_ROUNDS = 99


def main(rounds: int) -> int:
    if sys.platform != "linux":
        sys.exit("error: make bench-peers needs Linux, which Lambda runs on")
    with tempfile.TemporaryDirectory(prefix="artisthub-peers-") as name:
        folder = Path(name)
        package.build(folder / "host", stage="dev", for_this_machine=True)
        with laboratory(folder) as lab:
            compared = stacks.everything(folder / "peers", lab.functions)
            if wrong := contract.differences(lab, compared):
                sys.exit("\n".join(["error: the stacks do not do the same:", *wrong]))
            print(f"{len(compared)} stacks answer {contract.count()} requests in the same way.")
            values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
            for number in range(rounds):
                for stack, kind, value in measure.figures(lab, compared, random.Random(number)):
                    values[stack][kind].append(value)
                print(f"round {number + 1} of {rounds}", flush=True)
            record = {
                "about": _about(rounds),
                "stacks": [_summed(each, values[each.name]) for each in compared],
            }
    page.RECORD.write_text(json.dumps(record, indent=1) + "\n")
    for generated in page.GENERATED:
        generated.FILE.write_text(generated.text())
    print(page.table(record), page.verdicts(record), sep="\n\n")
    return 0 if page.is_within_bars(record) else 1


def _summed(stack: stacks.Stack, values: dict[str, list[float]]) -> dict[str, Any]:
    figures = {kind: [round(q, 3) for q in quantiles(values[kind], n=4)] for kind in sorted(values)}
    return {
        "name": stack.name,
        "megabytes": round(stack.bytes_zipped / 1e6, 2),
        "quartiles": figures,
    }


def _about(rounds: int) -> dict[str, Any]:
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load": round(os.getloadavg()[1], 1),  # of the last five minutes
        "rounds": rounds,
        "requests": contract.count(),
        "throttled": throttle.means(),
    }


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--rounds", type=int, default=9, choices=range(2, MAX_ROUNDS), metavar="N")
sys.exit(main(parser.parse_args().rounds))
