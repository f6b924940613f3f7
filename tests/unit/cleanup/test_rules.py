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


SUSPENDED = ITEM | {"status": "suspended", "suspendedAt": "2026-02-01T10:00:00.500Z"}
BOTH = SUSPENDED | {"status": "deleted", "deletedAt": "2026-02-02T10:00:00.500Z"}
REOPENED = "2026-02-03T10:00:00.500Z"


def without(item: dict[str, object], name: str) -> dict[str, object]:
    return {each: value for each, value in item.items() if each != name} | {"updatedAt": REOPENED}


@pytest.mark.weakness(68)
@pytest.mark.parametrize(
    ("before", "after", "since"),
    [
        (SUSPENDED, without(SUSPENDED, "suspendedAt"), SUSPENDED["suspendedAt"]),
        (BOTH, without(BOTH, "deletedAt"), BOTH["deletedAt"]),
        (BOTH, without(BOTH, "suspendedAt"), BOTH["suspendedAt"]),
        (SUSPENDED, BOTH, None),
        (ITEM, SUSPENDED, None),
        (SUSPENDED, None, None),
    ],
)
def test_a_reopened_account_was_closed_since_its_suspension_or_deletion(
    before: dict[str, object], after: dict[str, object] | None, since: str | None
) -> None:
    ended = rules.ended_closure(Change(before, after))

    expected = {"user_id": "u1", "made_since": since, "made_before": "2026-02-03T10:00:00"}
    assert ended == (expected if since else None)
