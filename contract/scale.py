"""Writes docs/scale.md from measurements (bench/cost.json) and limits (bench/limits.yml).

`make fix` writes it.
"""

import json

from bench import cost, scale
from bench.cost import Taken
from bench.scale import LIMITS
from contract import ROOT
from contract.cost import total_of_month

FILE = ROOT / "docs/scale.md"
PEOPLE = 10_000_000
# The function that each consumer is in, and the table whose stream it reads.
READERS = {
    "index_user": ("indexer", "UsersTable"),
    "index_casting": ("indexer", "CastingTable"),
    "tell_of_application": ("notifier", "ApplicationsTable"),
    "counter": ("counter", "CountersTable"),
}
EXPONENTS = (0.8, 1.0, 1.4)
KEYS = 20_000
LOADS = ((3_000, "partitionReads", 5), (1_000, "partitionWrites", 5))

TEXT = """\
# Ten million people

`make fix` computes this page for {people} active people a month. Its figures come from
[usage.yml](../bench/usage.yml), an assumed month, from [cost.json](../bench/cost.json), what a call
takes, and from [limits.yml](../bench/limits.yml), the limits of AWS with their pages. Nobody has
tried it on AWS. [Growth](growth.md) has what each operation costs among more documents. This page
is about rates and single keys.

## What bends first

The busiest minute of a day has {peak} times the mean. If a limit is reached at fewer than
{people} people, [decision 0044](decisions/0044-ten-million-people.md) says what to do
before.

{limits}

- The keys of DynamoDB come late. A partition has {reads:,} read units and {writes:,} write units a
  second. A partition with one key is not split further. So the load of a single key is compared
  with one partition. Popularity follows Zipf's law with the exponent {zipf}.
- {unfiltered:.0%} of searches have no filter. They read the same list, for one read unit, and the
  same cards, for half a unit each.
- The quotas of Cognito, EventBridge, API Gateway and Lambda are defaults. AWS raises them on
  request, but not Cognito's {lists} lists of accounts a second, which bound `reconcile`. The first
  two rows are limits of our own jobs.

## Hot partitions

The simulation places {keys:,} keys in {partitions} partitions at random. Their popularity follows
Zipf's law. Each row is the load of five full partitions. DynamoDB
[splits](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html)
a partition that is too hot between its keys, again and again, until it has one key.

{heat}

In a search list, all entries have the same partition key, and the newest ones, which everybody
reads and writes, lie together. So a list counts as one key. The last column is above zero only
where a single key exceeds a partition. At {people} people, no key of this service does.

## Tables

Storage decides the number of partitions. A new table has {partitions}. DynamoDB splits a partition
at {partition_gb} GB. The sizes are those of the documents of [bench/growth](../bench/growth), with
indexes. Applications are kept for a year.

{tables}

## Streams and their consumers

A stream has a shard for each partition. Each shard runs one function at a time, or as many as
`parallelizationFactor` says. The utilization is that of the busiest minute. The wait is the mean
time that a change waits for those before it, if changes arrive at random. The Counters table keeps
views for two days, so it has the least number of partitions.

{streams}

A consumer above 100% catches up after the busy minutes. A stream keeps changes for a day, and an
alarm reports their age.

## Lambda

In the busiest minute, {calls:,.0f} requests a second keep {concurrency:,.0f} functions busy,
consumers included. The default quota is {most_concurrency:,}. New accounts may have less.

## Cost

{people} people cost {cost} USD a month, {each:.4f} USD each. The page on
[cost](cost.md#a-month) has the parts.
"""


def text() -> str:
    taken: dict[str, Taken] = json.loads(cost.RECORD.read_text())["taken"]
    dynamodb = LIMITS["dynamodb"]
    month = total_of_month(PEOPLE, taken)
    return TEXT.format(
        lists=LIMITS["cognito"]["lists"],
        people="10 million",
        peak=LIMITS["peak"],
        limits=_limits(taken),
        reads=dynamodb["partitionReads"],
        writes=dynamodb["partitionWrites"],
        zipf=LIMITS["zipf"],
        unfiltered=LIMITS["unfiltered"],
        keys=KEYS,
        partitions=dynamodb["newTableWrites"] // dynamodb["partitionWrites"],
        heat=_heat(),
        partition_gb=dynamodb["partitionGb"],
        tables=_tables(),
        streams=_streams(taken),
        calls=scale.calls(PEOPLE),
        concurrency=scale.concurrency(PEOPLE, taken),
        most_concurrency=LIMITS["lambda"]["concurrency"],
        cost=f"{month:,.0f}",
        each=month / PEOPLE,
    )


def _limits(taken: dict[str, Taken]) -> str:
    rows = [["", "load", "limit", "reached at active people", "then"]]
    for limit in scale.limits(PEOPLE, taken):
        reached = _people(limit.people(PEOPLE))
        rows.append([limit.what, _rate(limit.load), f"{limit.most:,}", reached, limit.then])
    return _markdown(rows)


def _heat() -> str:
    head = ["load, units a second", "limit of a partition", "exponent", "throttled at once"]
    rows = [[*head, "partitions after splitting", "the hottest", "throttled then"]]
    for most, name, times in LOADS:
        assert LIMITS["dynamodb"][name] == most
        for exponent in EXPONENTS:
            found = scale.heat(most * times, KEYS, exponent, most)
            rows.append(
                [
                    f"{most * times:,}",
                    f"{most:,} {'reads' if 'Reads' in name else 'writes'}",
                    f"{exponent:g}",
                    f"{found.throttled:.0%}",
                    str(found.partitions),
                    f"{found.hottest:,.0f}",
                    f"{found.throttled_after:.0%}",
                ]
            )
    return _markdown(rows)


def _tables() -> str:
    rows = [["table", "GB", "partitions"]]
    rows += [
        [table.removesuffix("Table"), f"{gb:,.0f}", str(partitions)]
        for table, (gb, partitions) in sorted(scale.tables(PEOPLE).items())
    ]
    return _markdown(rows)


def _streams(taken: dict[str, Taken]) -> str:
    head = ["consumer", "changes a second", "ms each", "shards"]
    head += ["functions a shard", "utilization", "mean wait"]
    least = LIMITS["dynamodb"]["newTableWrites"] // LIMITS["dynamodb"]["partitionWrites"]
    partitions = {table: count for table, (_, count) in scale.tables(PEOPLE).items()}
    rows = [head]
    for consumer, (function, table) in READERS.items():
        rate, each = scale.records(PEOPLE, consumer), scale.seconds(taken[consumer])
        shards, at_once = partitions.get(table, least), scale.parallel(function, table)
        used, wait = scale.lag(rate, shards * at_once, each)
        told = f"{1000 * wait:.1f} ms" if used < 1 else "grows"
        counts = [str(shards), str(at_once)]
        cells = [_rate(rate), f"{1000 * each:.0f}", *counts, f"{used:.0%}", told]
        rows.append([consumer, *cells])
    return _markdown(rows)


def _rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _people(value: float) -> str:
    if value >= 10 * PEOPLE:
        return f"{value / 1_000_000:,.0f} million"
    return f"{value / 1_000_000:.1f} million" if value >= 1_000_000 else f"{value:,.0f}"


def _markdown(rows: list[list[str]]) -> str:
    head, *others = rows
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *others))
