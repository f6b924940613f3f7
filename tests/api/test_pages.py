"""docs/pages.md says what a page needs now."""

import json
from typing import Any

import pytest

from bench import pages


@pytest.fixture(scope="module")
def measured() -> list[dict[str, Any]]:
    return pages.measured()


def test_the_calls_and_read_units_of_each_page_are_as_recorded(
    measured: list[dict[str, Any]],
) -> None:
    """Units may differ by a quarter, such as for longer names."""
    recorded = json.loads(pages.RECORD.read_text())

    assert [page["need"] for page in measured] == [page["need"] for page in recorded]
    for found, known in zip(measured, recorded, strict=True):
        for when in ("now", "before"):
            units = known[when].pop("readUnits")
            assert found[when].pop("readUnits") == pytest.approx(units, rel=0.25, abs=1), known
            assert found[when] == known[when], "run python -m bench.pages"
