"""The arithmetic of 10 million people, and a simulation of hot partitions, for docs/scale.md."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from artisthub.shared import sizes
from bench.cost import USAGE, Taken
from bench.growth import fill
from bench.growth.tables import Item, Rows, table_of
from tests.api import templates

LIMITS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("limits.yml").read_text())
MONTH = 30 * 24 * 3600
GB = 1_000_000_000
SAMPLE = 40  # documents that sizes are measured of
RECONCILE_SECONDS = 900  # infra/functions/identities.yml
OVERHEAD = 100  # bytes of an entry of an index, and of an item


class Limit(NamedTuple):
    """A load at the busiest minute and what there is for it, in the same unit."""

    what: str
    load: float
    most: float
    then: str

    def people(self, people: int) -> float:
        """The number of active people at which the load reaches its limit."""
        return people * self.most / self.load


def calls(people: int, *operations: str) -> float:
    """Calls of these operations a second in the busiest minute; of all without a name."""
    recruiters = people * USAGE["recruitersPercent"] / 100
    by_role = {"artist": people - recruiters, "recruiter": recruiters}
    of_month = sum(
        count * each
        for role, count in by_role.items()
        for operation, each in USAGE[role].items()
        if not operations or operation in operations
    )
    return float(of_month / MONTH * LIMITS["peak"])


def records(people: int, consumer: str) -> float:
    """Changes a second for a consumer in the busiest minute."""
    followed = USAGE["followed"].items()
    return float(sum(calls(people, name) * after.get(consumer, 0) for name, after in followed))


def seconds(taken: Taken) -> float:
    """How long a call runs: the CPU time at the function's share, and its waits."""
    waits = taken["dynamodbCalls"] * USAGE["callMs"]["dynamodb"]
    waits += taken["otherCalls"] * USAGE["callMs"]["other"]
    return float(taken["cpuMs"] * USAGE["fullCpuMb"] / USAGE["memoryMb"] + waits) / 1000


def concurrency(people: int, taken: dict[str, Taken]) -> float:
    """Functions that run at the same time in the busiest minute (Little's law)."""
    operations = {name for role in ("artist", "recruiter") for name in USAGE[role]}
    consumers = {name for after in USAGE["followed"].values() for name in after}
    return sum(calls(people, name) * seconds(taken[name]) for name in operations) + sum(
        records(people, name) * seconds(taken[name]) for name in consumers
    )


class _Sizes(Rows):
    """Counts the bytes of items and their index entries instead of keeping them."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes: Counter[str] = Counter()

    def _add(self, table: str, item: Item, rest: Item) -> None:
        # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-storage.html
        self.bytes[table] += sizes.item_bytes(item) + OVERHEAD
        for index in table_of(table).indexes.values():
            if index.position(item):
                self.bytes[table] += sizes.item_bytes(index.part(item)) + OVERHEAD


@cache
def document_bytes(kind: str) -> dict[str, float]:
    """Bytes for each user, casting or application, by table, with indexes."""
    chunk, people = fill.Chunk(), fill.People("artist", "recruiter")
    chunk.rows = counted = _Sizes()
    for number in range(SAMPLE):
        user, casting = fill.user_of(number), fill.casting_of(people, number)
        if kind == "user":
            fill.add_user(chunk, user)
        elif kind == "casting":
            fill.add_casting(chunk, casting, user)
        else:
            fill.add_application(chunk, casting, user["userId"])
    return {table: total / SAMPLE for table, total in counted.bytes.items()}


def tables(people: int) -> dict[str, tuple[float, int]]:
    """Gigabytes and partitions of each table that grows with people, by storage alone."""
    a_year = 365 * 24 * 3600 / LIMITS["peak"]
    counts = {
        "user": people * USAGE["accountsPerActive"],
        "casting": open_castings(people),
        "application": calls(people, "applyToCasting") * a_year,
    }
    gb: Counter[str] = Counter()
    for kind, count in counts.items():
        for table, each in document_bytes(kind).items():
            gb[table] += count * each / GB
    dynamodb = LIMITS["dynamodb"]
    least = dynamodb["newTableWrites"] // dynamodb["partitionWrites"]
    return {
        table: (held, max(least, ceil(held / dynamodb["partitionGb"])))
        for table, held in gb.items()
    }


def open_castings(people: int) -> int:
    return int(people * USAGE["recruitersPercent"] / 100 * LIMITS["openCastings"])


def top_share(keys: int, exponent: float = LIMITS["zipf"]) -> float:
    """The share of the most popular of so many keys, by Zipf's law."""
    return 1 / float(sum(rank**-exponent for rank in range(1, keys + 1)))


class Heat(NamedTuple):
    """The heat of a table: before and after DynamoDB has split its partitions."""

    throttled: float
    partitions: int
    throttled_after: float
    hottest: float


def heat(units: float, keys: int, exponent: float, most: float, partitions: int = 4) -> Heat:
    """Requests of so many units a second on so many keys, by Zipf's law, with random places.

    DynamoDB splits a hot partition between its keys, and again, until it has only one key.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
    """
    chance = random.Random(44)
    weights = [rank**-exponent for rank in range(1, keys + 1)]
    total = sum(weights)
    placed = sorted((chance.random(), units * weight / total) for weight in weights)
    groups: list[list[float]] = [[] for _ in range(partitions)]
    for place, load in placed:
        groups[int(place * partitions)].append(load)
    before = _throttled(groups, most)
    done: list[list[float]] = []
    while groups:
        group = groups.pop()
        if sum(group) <= most or len(group) == 1:
            done.append(group)
        else:
            at = _middle(group)
            groups += [group[:at], group[at:]]
    return Heat(before / units, len(done), _throttled(done, most) / units, max(map(sum, done)))


def _throttled(groups: list[list[float]], most: float) -> float:
    return sum(max(0.0, sum(group) - most) for group in groups)


def _middle(group: list[float]) -> int:
    """Where to split a partition, so that both halves have about the same load."""
    half = sum(group) / 2
    at = next(number for number, load in enumerate(accumulate(group)) if load >= half)
    return max(1, min(at, len(group) - 1))


def lag(rate: float, shards: int, each: float) -> tuple[float, float]:
    """The utilization of a consumer, and the mean wait in seconds (M/D/1 for each shard).

    Each shard has one function that takes `each` seconds for a change.
    """
    used = rate / shards * each
    return used, each * used / (2 * (1 - used)) if used < 1 else float("inf")


def parallel(function: str, table: str) -> int:
    """How many batches of a shard of the table's stream a function handles at the same time."""
    [stream] = [
        event["stream"]
        for event in templates.functions()[function]["events"]
        if str(event["stream"]["arn"]).partition(".")[0] == table
    ]
    return int(stream.get("parallelizationFactor", 1))


def limits(people: int, taken: dict[str, Taken]) -> list[Limit]:
    """The limits, in the order in which they are reached."""
    dynamodb, cognito = LIMITS["dynamodb"], LIMITS["cognito"]
    castings = open_castings(people)
    popular = top_share(castings)
    accounts = people * USAGE["accountsPerActive"]
    searches = calls(people, "searchCastings") * LIMITS["unfiltered"]
    views, applied = calls(people, "recordCastingView"), calls(people, "applyToCasting")
    published = calls(people, "setCastingStatus", "updateCasting")
    changed = calls(people, "updateUser")
    refreshed = calls(people, "startLogin", "answerChallenge", "refreshSession")
    writes, reads = dynamodb["partitionWrites"], dynamodb["partitionReads"]
    found = [
        Limit("profiles in a count", accounts, 100_000, "counts=true leaves out the oldest"),
        Limit(
            "accounts in a run of reconcile",
            accounts,
            RECONCILE_SECONDS * cognito["lists"] * cognito["accountsOfAList"],
            "deleted accounts stay in the search",
        ),
        Limit(
            "sign-ins and refreshes at Cognito a second",
            refreshed,
            cognito["authentications"],
            "sign-ins get 429",
        ),
        Limit("events a second", events(people), LIMITS["eventBridge"]["puts"], "notices wait"),
        Limit("requests a second", calls(people), LIMITS["apiGateway"]["requests"], "429"),
        Limit(
            "functions at once", concurrency(people, taken), LIMITS["lambda"]["concurrency"], "429"
        ),
        Limit("reads of the list of all castings", searches, reads, "503 for these searches"),
        Limit("reads of the newest casting's card", searches / 2, reads, "503 for these searches"),
        Limit("writes of the list of all castings", published, writes, "new castings wait"),
        Limit("writes of the list of all people", changed, writes, "new profiles wait"),
        Limit(
            "reads of the most popular casting",
            calls(people, "getCasting") * popular / 2,
            reads,
            "503",
        ),
        # Adding one view is a transaction, which counts twice.
        Limit("views of the most popular casting", 2 * views * popular, writes, "views wait"),
        Limit("applications for the most popular casting", applied * popular, writes, "503"),
    ]
    return sorted(found, key=lambda limit: limit.people(people))


def events(people: int) -> float:
    return records(people, "tell_of_application")
