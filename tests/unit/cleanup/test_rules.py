"""Which changes count as removals."""

import pytest

from artisthub.cleanup import rules
from artisthub.shared import clock
from artisthub.shared.consumer import Change

ITEM = {"userId": "u1", "createdAt": "2026-01-01T00:00:00.000Z", "version": 3}
CHANGED = ITEM | {"version": 4}
REPLACED = ITEM | {"createdAt": "2026-03-01T00:00:00.000Z", "version": 1}


@pytest.mark.parametrize(
    ("change", "removed"),
    [
        (Change(ITEM, None), ITEM),
        (Change(ITEM, None, is_expired=True), ITEM),
        (Change(ITEM, REPLACED), ITEM),
        (Change(ITEM, CHANGED), None),
        (Change(None, ITEM), None),
    ],
)
def test_a_deleted_or_replaced_item_counts_as_removed(change: Change, removed: object) -> None:
    assert rules.removed(change) == removed


def test_the_never_timestamp_sorts_after_every_time() -> None:
    assert clock.now() < rules.NEVER
