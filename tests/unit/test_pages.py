"""docs/pages.md has the measured calls and read units."""

import json
from typing import Any

import pytest

from artisthub.shared import paging
from contract import pages

RECORDED = json.loads(pages.RECORD.read_text())


def test_the_page_is_up_to_date() -> None:
    assert pages.FILE.read_text() == pages.text(), "run `make fix`"


@pytest.mark.parametrize("page", RECORDED, ids=lambda page: page["need"])
def test_a_page_needs_at_most_two_calls_within_the_budget_of_each(page: dict[str, Any]) -> None:
    calls, units = len(page["now"]["operations"]), page["now"]["readUnits"]

    assert calls <= 2
    assert units <= calls * paging.MOST_UNITS


def test_fifteen_pages_are_measured() -> None:
    assert len(RECORDED) == 15
