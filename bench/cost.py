"""The cost of each operation on AWS, from measured use and AWS's prices.

    PYTHONPATH=src python -m bench.cost

measures again, prints USD per million requests and writes bench/cost.json. `make fix` turns that
file into docs/cost.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from bench import table

HERE = Path(__file__).parent
PRICES: dict[str, Any] = yaml.safe_load((HERE / "prices.yml").read_text())
USAGE: dict[str, Any] = yaml.safe_load((HERE / "usage.yml").read_text())
RECORD = HERE / "cost.json"
GB = 1_000_000_000
MILLION = 1_000_000
HEADER_BYTES = 600  # per response

Taken = dict[str, float]


class Cost(NamedTuple):
    """Cost of one request in USD."""

    compute: float = 0
    gateway: float = 0
    dynamodb: float = 0
    logs: float = 0
    transfer: float = 0

    @property
    def total(self) -> float:
        return sum(self)

    def and_(self, other: Cost, times: float = 1) -> Cost:
        return Cost(*(one + times * more for one, more in zip(self, other, strict=True)))


def run() -> dict[str, Taken]:
    """Print the table, which has no budget."""
    with tempfile.TemporaryDirectory(prefix="artisthub-cost-") as folder:
        taken = _measured(Path(folder) / "taken.json")
    table.show(
        f"Cost, USD per million requests at the prices of bench/prices.yml ({PRICES['asOf']})",
        *rows(taken),
    )
    return taken


def _measured(file: Path) -> dict[str, Taken]:
    """Return what each successful operation and consumer uses in the API tests."""
    tests = ["tests/api", "-p", "bench.meter", "-m", "not race and not slow", "-q", "--no-header"]
    # Skip searches among thousands, and tests that break connections, which the meter's own reads
    # need, or that have their own tables.
    others = [
        *("search/test_reference.py", "test_dynamodb.py", "test_dropped_connections.py"),
        *("applications/test_take_back.py", "test_growth.py"),
    ]
    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *tests,
            *(f"--ignore=tests/api/{name}" for name in others),
        ],
        env={**os.environ, "ARTISTHUB_METER": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        sys.exit(f"error: the measured tests fail\n{finished.stdout[-3000:]}")
    return msgspec.json.decode(file.read_bytes(), type=dict[str, Taken])


def own(taken: Taken, *, is_request: bool) -> Cost:
    """Return the cost of one API request, or one change for a consumer, without follow-up work."""
    waiting = (
        taken["dynamodbCalls"] * USAGE["callMs"]["dynamodb"]
        + taken["otherCalls"] * USAGE["callMs"]["other"]
    )
    billed_ms = taken["cpuMs"] * USAGE["fullCpuMb"] / USAGE["memoryMb"] + waiting
    seconds = USAGE["memoryMb"] / 1024 * billed_ms / 1000
    around = USAGE["logBytes"]["lambda"] + is_request * USAGE["logBytes"]["accessLog"]
    sent = (taken["answerBytes"] + HEADER_BYTES) * is_request
    return Cost(
        compute=PRICES["lambda"]["request"] + seconds * PRICES["lambda"]["gbSecond"],
        gateway=PRICES["httpApi"]["request"] * is_request,
        dynamodb=_of_units(taken["readUnits"], taken["writeUnits"]),
        logs=(taken["logBytes"] + around) / GB * PRICES["logs"]["gb"],
        transfer=sent / GB * PRICES["transfer"]["gb"],
    )


def of_largest(taken: Taken) -> float:
    """USD of DynamoDB for the largest request that a test makes."""
    return _of_units(taken["largestReadUnits"], taken["largestWriteUnits"])


def _of_units(read: float, write: float) -> float:
    prices = PRICES["dynamodb"]
    return float(read * prices["readUnit"] + write * prices["writeUnit"])


def with_what_follows(operation: str, taken: dict[str, Taken]) -> Cost:
    cost = own(taken[operation], is_request=True)
    for consumer, times in USAGE["followed"].get(operation, {}).items():
        cost = cost.and_(own(taken[consumer], is_request=False), times)
    return cost


def is_consumer(name: str) -> bool:
    """Consumers have their functions' names, operations those in the contract."""
    return "_" in name or name == "counter"


HEAD = (
    "",
    "CPU ms",
    "read units",
    "write units",
    "compute",
    "gateway",
    "DynamoDB",
    "logs",
    "transfer",
    "USD a million",
    "with follow-up",
    "DynamoDB of the largest",
)


def rows(taken: dict[str, Taken]) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [HEAD]
    for name, each in sorted(taken.items(), key=lambda item: (is_consumer(item[0]), item[0])):
        cost = own(each, is_request=not is_consumer(name))
        whole = "" if is_consumer(name) else f"{MILLION * with_what_follows(name, taken).total:.2f}"
        lines.append(
            (
                name,
                f"{each['cpuMs']:.2f}",
                f"{each['readUnits']:g}",
                f"{each['writeUnits']:g}",
                *(f"{MILLION * part:.2f}" for part in cost),
                f"{MILLION * cost.total:.2f}",
                whole,
                f"{MILLION * of_largest(each):.2f}",
            )
        )
    return lines


def main() -> None:
    record = {"measuredOn": datetime.now(UTC).date().isoformat(), "taken": run()}
    RECORD.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")


if __name__ == "__main__":
    main()
