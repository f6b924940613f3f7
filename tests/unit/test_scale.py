"""docs/scale.md has the arithmetic of bench/scale.py."""

import json
from math import inf

import pytest

from bench import cost, scale
from contract import scale as page

TAKEN = json.loads(cost.RECORD.read_text())["taken"]
PARTITIONS = {scale.LIMITS["dynamodb"][name] for name in ("partitionReads", "partitionWrites")}


def test_the_scale_page_is_up_to_date() -> None:
    assert page.FILE.read_text() == page.text(), "run `make fix`"


def test_no_key_of_dynamodb_exceeds_a_partition_at_ten_million_people() -> None:
    keys = [each for each in scale.limits(page.PEOPLE, TAKEN) if each.most in PARTITIONS]

    assert keys
    assert [each.what for each in keys if each.people(page.PEOPLE) < page.PEOPLE] == []


def test_every_consumer_keeps_up_with_ten_million_people() -> None:
    partitions = {table: count for table, (_, count) in scale.tables(page.PEOPLE).items()}

    for consumer, (function, table) in page.READERS.items():
        shards = partitions.get(table, 4) * scale.parallel(function, table)
        each = scale.seconds(TAKEN[consumer])
        used, _ = scale.lag(scale.records(page.PEOPLE, consumer), shards, each)

        assert used < 0.7, consumer


def test_limits_are_in_the_order_in_which_they_are_reached() -> None:
    reached = [each.people(page.PEOPLE) for each in scale.limits(page.PEOPLE, TAKEN)]

    assert reached == sorted(reached)


def test_hot_partitions_are_split_until_nothing_is_throttled() -> None:
    found = scale.heat(15_000, 5_000, 0.8, 3_000)

    assert found.throttled > 0
    assert found.partitions > 4
    assert found.throttled_after == 0


def test_a_single_key_beyond_a_partition_stays_throttled() -> None:
    found = scale.heat(15_000, 5_000, 1.4, 3_000)

    share = scale.top_share(5_000, 1.4)
    assert found.hottest == pytest.approx(15_000 * share)
    assert found.throttled_after == pytest.approx(share - 3_000 / 15_000)


@pytest.mark.parametrize(("rate", "wait"), [(50, 0.005), (99, 0.495), (100, inf), (200, inf)])
def test_changes_wait_longer_the_busier_a_consumer_is(rate: float, wait: float) -> None:
    _, found = scale.lag(rate, shards=1, each=0.01)

    assert found == pytest.approx(wait)


def test_the_busiest_minute_has_four_times_the_mean() -> None:
    called = {role: sum(cost.USAGE[role].values()) for role in ("artist", "recruiter")}

    mean = 10_000_000 * (0.95 * called["artist"] + 0.05 * called["recruiter"]) / scale.MONTH
    assert scale.calls(10_000_000) == pytest.approx(4 * mean)
