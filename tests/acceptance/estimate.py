"""Cost estimate of a run, from a recorded run's calls and the prices in bench/prices.yml."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import cost
from bench.cost import PRICES, USAGE, Taken
from tests.acceptance.meter import OPERATIONS, OTHER
from tests.deployed.target import Target

RECORD = Path(__file__).with_name("measured.json")
TAKEN: dict[str, Taken] = json.loads(cost.RECORD.read_text())["taken"]
# Operations that make Cognito send a code.
CODES = ("signUp", "resendCode", "forgotPassword")
BYTES_A_UNIT = 8192  # for an eventually consistent read
# Whole tables are read repeatedly until no test data is left.
LOOKS = 100


def record(calls: Mapping[str, int], accounts: int, minutes: float) -> None:
    """Record the data for later estimates."""
    measured = {
        "accounts": accounts,
        "minutes": round(minutes),
        "calls": dict(sorted(calls.items())),
    }
    RECORD.write_text(json.dumps(measured, indent=1) + "\n")


def text(target: Target) -> str:
    measured: dict[str, Any] = json.loads(RECORD.read_text())
    calls = calls_of_a_run(measured["calls"])
    held = _held_bytes(target)
    reads = held / BYTES_A_UNIT * LOOKS * PRICES["dynamodb"]["readUnit"]
    mails = _mails(calls)
    dearest = max(tier["each"] for tier in PRICES["cognito"]) * measured["accounts"]
    parts = {
        f"{sum(calls.values()):,} API calls": of_calls(calls),
        f"{held / 1_000_000:,.1f} MB of tables, read {LOOKS} times": reads,
        f"{mails:,} e-mails to SES's mailbox simulator": mails * PRICES["email"],
    }
    lines = [f"  {name:52}{usd:9.4f} USD" for name, usd in parts.items()]
    return "\n".join(
        [
            f"Estimated cost at the prices of {PRICES['asOf']} in bench/prices.yml:",
            *lines,
            f"  {'total':52}{sum(parts.values()):9.4f} USD",
            f"and {measured['accounts']} accounts: free below 10,000 active users a month, "
            f"{dearest:.2f} USD above that.",
            f"It took {measured['minutes']} minutes on the embedded AWS. It leaves only log lines "
            "and metrics behind.",
        ]
    )


def calls_of_a_run(counted: Mapping[str, int]) -> dict[str, int]:
    """By operation. An operation newer than the record has the median count of the others."""
    median = round(statistics.median(counted.values()))
    return dict.fromkeys(OPERATIONS, median) | dict(counted)


def of_calls(calls: Mapping[str, int]) -> float:
    """Return the cost in USD. Operations that were never measured count as the mean."""
    each = {name: cost.with_what_follows(name, TAKEN).total for name in calls if name in TAKEN}
    mean = sum(each.values()) / len(each) if each else 0
    return sum(count * each.get(name, mean) for name, count in calls.items() if name != OTHER)


def _mails(calls: Mapping[str, int]) -> int:
    mailed: dict[str, float] = USAGE["mailed"]
    of_changes = sum(calls.get(name, 0) * times for name, times in mailed.items())
    return round(of_changes) + sum(calls.get(name, 0) for name in CODES)


def _held_bytes(target: Target) -> int:
    described = target.client("dynamodb").describe_table
    tables = [described(TableName=name)["Table"] for name in target.tables.values()]
    return int(sum(table.get("TableSizeBytes", 0) for table in tables))
