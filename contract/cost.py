"""Writes docs/cost.md from what was measured (bench/cost.json), prices and usage (bench/*.yml).

`make fix` writes it.
"""

import json
from collections.abc import Iterable
from typing import Any

from bench import cost
from bench.cost import PRICES, USAGE, Cost, Taken
from contract import ROOT

FILE = ROOT / "docs/cost.md"
PEOPLE = {"1,000": 1_000, "100,000": 100_000, "10 million": 10_000_000}
ALARMS = 30
KB_OF_GB = 1_000_000
HOURS = 3600

TEXT = """\
# What it costs

Written by `make fix` from what the API tests were measured to take on {measured_on}
([cost.json](../bench/cost.json), by `PYTHONPATH=src python -m bench.cost`), prices of Mumbai as of
{as_of} ([prices.yml](../bench/prices.yml) says where each is from; none was read from AWS itself)
and a month as we suppose it ([usage.yml](../bench/usage.yml)). Free tiers are left out, but
Cognito's. `make bench` measures the first table anew.

## A million requests

USD. Compute is Lambda at 256 MB: its price of a request, and the time that the measured CPU takes
at that memory's share of a processor, with the waits for DynamoDB ({dynamodb_ms} ms a call) and
others ({other_ms} ms). What follows is the work of consumers of streams. Each figure is the median
of the requests that the tests make, so that an operation whose tests fill a casting to the brim
(addDocument) shows what the largest costs. Writes of indexes are counted whole, which is too much
for those that hold few attributes.

{operations}

## What follows a change

{consumers}

Most of what a published casting or a profile costs is its entries in the index of searches: one
for each way to be found.

## A month

USD for so many people who come in a month, {recruiters} % of them recruiters; calls, storage and
e-mails of each are in usage.yml.

{months}

Accounts are on Cognito's Lite plan (infra/resources/user-pool.yml): what AWS names as added by the
others, managed login, access tokens of one's own making and threat protection, is not used here.
Essentials, the plan of a pool that names none, costs several times as much. AWS Backup keeps
{backups} whole snapshots of every table beside the point in time for the same days: who is content
with the latter saves the former.

## When provisioned capacity pays

A unit of writes costs {write_times:.1f} times on demand what it costs provisioned and always used,
of reads {read_times:.1f} times. So provisioned capacity pays from an average use of
{write_share:.0%} of what is provisioned on; auto scaling that aims at 70 % gets there where the
busiest minute of a day is less than {peak:.1f} times the average one. For {people} people the
tables' requests are {on_demand:,.0f} USD a month on demand, and would be {provisioned:,.0f} at an
average use of 50 %. Below some hundred USD a month it is not worth an operator's hour.

## What was considered and left

Lambda@Edge would answer nearer to the reader. But an answer depends on who asks and on tables of
one region, and its functions have no environment, no arm64 and three times the price of a
millisecond; most of those who cast and are cast here are in the region's country.
"""


def text() -> str:
    record: dict[str, Any] = json.loads(cost.RECORD.read_text())
    taken: dict[str, Taken] = record["taken"]
    head, *lines = cost.rows(taken)
    operations = [line for line in lines if not cost.is_consumer(line[0])]
    consumers = [line[:-1] for line in lines if cost.is_consumer(line[0])]
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
        consumers=_table([head[:-1], *consumers]),
        months=_table(_months(taken)),
        write_times=write_times,
        read_times=read_times,
        write_share=1 / write_times,
        peak=0.7 * write_times,
        people=most,
        on_demand=on_demand,
        provisioned=on_demand / write_times / 0.5,
    )


def _times(kind: str) -> float:
    """How much dearer a unit is on demand than provisioned and always used."""
    prices = PRICES["dynamodb"]
    return float(prices[f"{kind}Unit"] * HOURS / prices[f"{kind}CapacityHour"])


def requests(people: int, taken: dict[str, Taken]) -> Cost:
    """Of a month's calls, with what follows them."""
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
        ("people who come", *PEOPLE),
        *((name, *(f"{month[name]:,.2f}" for month in months.values())) for name in names),
        ("**together**", *(f"**{total:,.2f}**" for total in totals.values())),
        ("for each person", *(f"{totals[label] / PEOPLE[label]:.4f}" for label in PEOPLE)),
    ]


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
    """USD of so many monthly active users, in tiers."""
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
