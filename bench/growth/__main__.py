"""Measure every operation among 1,000, 10,000 and 100,000 users, castings and applications.

    PYTHONPATH=src .venv/bin/python -m bench.growth [SIZE …] [--rounds 8]

Writes bench/growth.json, docs/growth.md and its picture. Exits with 1 if something grows.
"""

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.growth import measure
from contract import growth as page
from tests.api import local

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 8  # the portfolio is full after nine, and one more counts steps
LIMIT = 20


def main(sizes: list[int], rounds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="artisthub-growth-") as name, local.aws(Path(name)):
        taken = measure.measured(
            Path(name), sizes, rounds=rounds, limit=LIMIT, with_steps=True, tell=print
        )
    on = datetime.now(UTC).date().isoformat()
    record = {"measuredOn": on, "rounds": rounds, "limit": LIMIT, "sizes": sizes, "taken": taken}
    page.RECORD.write_text(json.dumps(record, indent=1) + "\n")
    for generated in page.GENERATED:
        generated.FILE.write_text(generated.text())
    grown = page.grown(record)
    print(*grown or ["Nothing grows."], sep="\n")
    return 1 if grown else 0


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
parser.add_argument("--rounds", type=int, default=ROUNDS)
given = parser.parse_args()
if len(given.sizes) < 3 or list(given.sizes) != sorted(set(given.sizes)):
    parser.error("the model needs at least three sizes, the smallest first")
if sys.version_info < (3, 12):
    sys.exit("error: make bench-growth needs Python 3.12 or newer, which can count steps")
sys.exit(main(list(given.sizes), given.rounds))
