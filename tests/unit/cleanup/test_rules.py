"""What counts as a removal."""

import pytest

from artisthub.cleanup import rules
from artisthub.shared import clock
from artisthub.shared.consumer import Change

ITEM = {"userId": "u1", "createdAt": "2026-01-01T00:00:00.000Z", "version": 3}
CHANGED = ITEM | {"version": 4}
ANEW = ITEM | {"createdAt": "2026-03-01T00:00:00.000Z", "version": 1}


@pytest.mark.parametrize(
    ("change", "removed"),
    [
        (Change(ITEM, None), ITEM),
        (Change(ITEM, None, is_expired=True), ITEM),
        (Change(ITEM, ANEW), ITEM),
        (Change(ITEM, CHANGED), None),
        (Change(None, ITEM), None),
    ],
)
def test_what_is_gone_or_was_replaced_is_removed(change: Change, removed: object) -> None:
    assert rules.removed(change) == removed


def test_every_time_is_before_never() -> None:
    assert clock.now() < rules.NEVER
