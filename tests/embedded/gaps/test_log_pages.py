"""The second and later pages of log events."""

import time
from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_name, client

pytestmark = pytest.mark.deployed

WRITTEN = [f"line {number}" for number in range(7)]


def a_log(instance: Instance) -> str:
    """Create a log group whose events have only two different times."""
    logs, name = client(instance, "logs"), a_name()
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="one")
    now = int(time.time() * 1000)
    events = [{"timestamp": now + at // 4, "message": text} for at, text in enumerate(WRITTEN)]
    logs.put_log_events(logGroupName=name, logStreamName="one", logEvents=events)
    return name


def read(instance: Instance, group: str, at_once: int, **filters: Any) -> list[str]:
    pages = client(instance, "logs").get_paginator("filter_log_events")
    found = pages.paginate(
        logGroupName=group, PaginationConfig={"PageSize": at_once}, **filters
    ).build_full_result()
    return [event["message"] for event in found["events"]]


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    assert read(unpatched, a_log(unpatched), at_once=3) == WRITTEN[:3]


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 6, 7, 8])
def test_every_event_is_on_exactly_one_page(patched: Instance, at_once: int) -> None:
    assert read(patched, a_log(patched), at_once) == WRITTEN


def test_a_filter_holds_on_every_page(patched: Instance) -> None:
    assert read(patched, a_log(patched), at_once=1, filterPattern="line 3") == ["line 3"]
