"""Writes docs/cost.md from measurements (bench/cost.json), prices and usage (bench/*.yml).

`make fix` writes it.
"""

import json
from collections.abc import Iterable
from typing import Any

from bench import cost
from bench.cost import PRICES, USAGE, Cost, Taken
from contract import ROOT, openapi

FILE = ROOT / "docs/cost.md"
PEOPLE = {"1,000": 1_000, "100,000": 100_000, "10 million": 10_000_000}
ALARMS = 37
KB_OF_GB = 1_000_000
HOURS = 3600

TEXT = """\
# What it costs

`make fix` generates this page. Its figures come from three files:

- [cost.json](../bench/cost.json): what requests take in the API tests, measured on {measured_on}.
  `PYTHONPATH=src .venv/bin/python -m bench.cost` measures again, in up to 20 minutes.
- [prices.yml](../bench/prices.yml): the prices for Mumbai in {as_of}, with their sources. Nobody
  has checked them with AWS itself.
- [usage.yml](../bench/usage.yml): an assumed month.

The page leaves out free tiers, except Cognito's.

## A million requests

All prices are in USD. A request costs as follows:

- **Compute** is the price of a Lambda request and of its duration at 256 MB. The duration is the
  measured CPU time, scaled to that memory's share of a processor, plus the waits: {dynamodb_ms} ms
  for each DynamoDB call, {other_ms} ms for each other call.
- **With follow-up** adds the work that stream consumers then do.
- Each figure is that of a typical request: the median over the tests, each of which counts once.
- **DynamoDB of the largest** is the DynamoDB part of the largest request in any test. Most
  operations write more when the item is larger: adding a document to the largest casting writes
  all of it.
- A write counts every index as if it held whole items. This overstates the cost of an index that
  holds few attributes.

{operations}
{unmeasured}
## What follows a change

{consumers}

Most of the cost of publishing a casting or a profile is its entries in the search index. It has
one entry for each way to find the item.

## A month

USD for the active people of a month, {recruiters}% of them recruiters. usage.yml has the calls,
storage and e-mails of each.

{months}

Accounts are on Cognito's Lite plan (infra/resources/user-pool.yml). The service does not use what
the other plans add: managed login, customised access tokens and threat protection. A pool that
names no plan gets Essentials, which costs several times as much. AWS Backup keeps {backups} full
snapshots of every table beside point-in-time recovery for the same days. If point-in-time recovery
is enough for you, you can save the cost of the snapshots.

## When provisioned capacity pays off

An on-demand write costs {write_times:.1f} times as much as a provisioned one that is always used,
a read {read_times:.1f} times. So provisioned capacity pays off above an average utilization of
{write_share:.0%}. Auto scaling with a target of 70% reaches that if the busiest minute of a day has
less than {peak:.1f} times the average traffic. For {people} people, on-demand requests cost
{on_demand:,.0f} USD a month. Provisioned capacity would cost {provisioned:,.0f} USD at an average
utilization of 50%. Below a few hundred USD a month, the change is not worth an operator's hour.

## Why not Lambda@Edge

Lambda@Edge would answer closer to the reader. But an answer depends on the caller and on tables in
one region. Its functions have no environment variables, no arm64 and three times the price of a
millisecond. Most artists and recruiters are in the region's country.
"""


def text() -> str:
    record: dict[str, Any] = json.loads(cost.RECORD.read_text())
    taken: dict[str, Taken] = record["taken"]
    head, *lines = cost.rows(taken)
    operations = [line for line in lines if not cost.is_consumer(line[0])]
    # No request precedes a consumer, so nothing follows it.
    column = head.index("with follow-up")
    consumers = [
        (*line[:column], *line[column + 1 :])
        for line in (head, *lines)
        if line == head or cost.is_consumer(line[0])
    ]
    write_times, read_times = _times("write"), _times("read")
    [most] = [label for label, count in PEOPLE.items() if count == max(PEOPLE.values())]
    on_demand = requests(PEOPLE[most], taken).dynamodb
    return TEXT.format(
        measured_on=record["measuredOn"],
        as_of=PRICES["asOf"],
        dynamodb_ms=USAGE["callMs"]["dynamodb"],
        other_ms=USAGE["callMs"]["other"],
        recruiters=USAGE["recruitersPercent"],
        backups=USAGE["backups"],
        operations=_table([head, *operations]),
        consumers=_table(consumers),
        unmeasured=_unmeasured(taken),
        months=_table(_months(taken)),
        write_times=write_times,
        read_times=read_times,
        write_share=1 / write_times,
        peak=0.7 * write_times,
        people=most,
        on_demand=on_demand,
        provisioned=on_demand / write_times / 0.5,
    )


def _unmeasured(taken: dict[str, Taken]) -> str:
    """A line with the operations that the tests did not call when this was measured."""
    names = sorted({route.spec.name for route in openapi.routes()} - taken.keys())
    return f"\nNot measured: {', '.join(names)}.\n" if names else ""


def _times(kind: str) -> float:
    """The price of an on-demand unit, relative to a provisioned one that is always used."""
    prices = PRICES["dynamodb"]
    return float(prices[f"{kind}Unit"] * HOURS / prices[f"{kind}CapacityHour"])


def requests(people: int, taken: dict[str, Taken]) -> Cost:
    """The cost of a month's calls, stream consumers included."""
    total = Cost()
    for role, count in _by_role(people).items():
        for operation, calls in USAGE[role].items():
            total = total.and_(cost.with_what_follows(operation, taken), count * calls)
    return total


def _by_role(people: int) -> dict[str, float]:
    recruiters = people * USAGE["recruitersPercent"] / 100
    return {"artist": people - recruiters, "recruiter": recruiters}


def _months(taken: dict[str, Taken]) -> list[tuple[str, ...]]:
    months = {label: _month(people, taken) for label, people in PEOPLE.items()}
    totals = {label: sum(month.values()) for label, month in months.items()}
    names = next(iter(months.values()))
    return [
        ("active people", *PEOPLE),
        *((name, *(f"{month[name]:,.2f}" for month in months.values())) for name in names),
        ("**total**", *(f"**{total:,.2f}**" for total in totals.values())),
        ("per person", *(f"{totals[label] / PEOPLE[label]:.4f}" for label in PEOPLE)),
    ]


def total_of_month(people: int, taken: dict[str, Taken]) -> float:
    """USD of a month for so many active people."""
    return sum(_month(people, taken).values())


def _month(people: int, taken: dict[str, Taken]) -> dict[str, float]:
    calls, stored = requests(people, taken), _stored_gb(people)
    prices = PRICES["dynamodb"]
    return {
        "Lambda": calls.compute,
        "API Gateway": calls.gateway,
        "DynamoDB, requests": calls.dynamodb,
        "DynamoDB, storage and point in time": stored
        * (prices["gbMonth"] + prices["pointInTimeGbMonth"]),
        "AWS Backup": stored * USAGE["backups"] * prices["backupGbMonth"],
        "logs": calls.logs,
        "transfer": calls.transfer,
        "e-mail": _mails(people) * PRICES["email"],
        "Cognito": _accounts(people),
        "alarms, dashboard, keys, secret": _fixed(),
    }


def _stored_gb(people: int) -> float:
    kb = sum(count * USAGE["storedKb"][role] for role, count in _by_role(people).items())
    return float(kb * USAGE["accountsPerActive"] / KB_OF_GB)


def _mails(people: int) -> float:
    return float(
        sum(
            count * USAGE[role].get(operation, 0) * each
            for role, count in _by_role(people).items()
            for operation, each in USAGE["mailed"].items()
        )
    )


def _accounts(people: int) -> float:
    """USD for this number of monthly active users, in tiers."""
    total, below = 0.0, 0
    for tier in PRICES["cognito"]:
        total += max(0, min(people, tier["upTo"]) - below) * tier["each"]
        below = tier["upTo"]
    return total


def _fixed() -> float:
    prices = PRICES["fixed"]
    return float(
        ALARMS * prices["alarm"] + prices["dashboard"] + 2 * prices["key"] + prices["secret"]
    )


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    head, *lines = rows
    rule = ("---", *("---:" for _ in head[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *lines))
