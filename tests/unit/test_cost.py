"""docs/cost.md has the measured figures at the recorded prices."""

import json

import pytest

from bench import cost, meter
from bench.meter import Taken
from contract import cost as page

TAKEN = {
    "cpuMs": 1.0,
    "readUnits": 0.5,
    "writeUnits": 2.0,
    "dynamodbCalls": 2.0,
    "otherCalls": 0.0,
    "answerBytes": 400.0,
    "logBytes": 250.0,
    "largestReadUnits": 1.0,
    "largestWriteUnits": 40.0,
}


def test_the_cost_page_is_up_to_date() -> None:
    assert page.FILE.read_text() == page.text(), "run `make fix`"


def test_a_test_that_fills_an_item_counts_once_and_shows_the_largest_request() -> None:
    filling = [Taken(write_units=units) for units in range(100, 200)]
    found = meter.measured(
        {"fills": filling, "adds": [Taken(write_units=3)], "repeats": [Taken(write_units=5)]}
    )

    assert (found.write_units, found.largest_write_units) == (5, 199)


def test_the_largest_request_costs_its_units() -> None:
    assert cost.of_largest(TAKEN) == pytest.approx(0.1425e-6 + 40 * 0.71e-6)


def test_an_operation_that_was_never_measured_is_named() -> None:
    taken = json.loads(cost.RECORD.read_text())["taken"]
    older = {name: each for name, each in taken.items() if name != "getMyViews"}

    assert "getMyViews" not in page._unmeasured(taken)
    assert "getMyViews" in page._unmeasured(older)


def test_every_operation_of_the_monthly_usage_is_measured() -> None:
    measured = set(json.loads(cost.RECORD.read_text())["taken"])
    called = {name for role in ("artist", "recruiter") for name in cost.USAGE[role]}
    consumers = {name for after in cost.USAGE["followed"].values() for name in after}

    assert called | consumers <= measured
    assert set(cost.USAGE["followed"]) | set(cost.USAGE["mailed"]) <= called


def test_the_cost_of_a_request_is_the_sum_of_its_parts() -> None:
    request = cost.own(TAKEN, is_request=True)
    # 1 ms of CPU takes 1769/256 ms at 256 MB. Two calls to DynamoDB take 4 ms each.
    seconds = (1769 / 256 + 8) / 1000

    assert request.compute == pytest.approx(0.2e-6 + 0.25 * seconds * 13.3334e-6)
    assert request.gateway == 1.05e-6
    assert request.dynamodb == pytest.approx(0.5 * 0.1425e-6 + 2 * 0.71e-6)
    assert request.logs == pytest.approx((250 + 350 + 480) / 1e9 * 0.67)
    assert request.total == pytest.approx(sum(request))


def test_a_stream_change_costs_no_gateway_or_transfer() -> None:
    change = cost.own(TAKEN, is_request=False)

    assert (change.gateway, change.transfer) == (0, 0)


@pytest.mark.parametrize(
    ("people", "usd"), [(10_000, 0), (20_000, 55), (100_000, 495), (1_000_000, 4_635)]
)
def test_accounts_are_priced_in_tiers(people: int, usd: float) -> None:
    assert page._accounts(people) == pytest.approx(usd)
