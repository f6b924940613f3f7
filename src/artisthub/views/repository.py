"""Views of profiles and castings, in the Counters table.

They are apart from what is viewed, so that looking at a profile neither rewrites it nor makes a new
version of it. Each counts once a viewer and day; the table's stream has each of them once, and what
follows it adds them up. No item says who looked: its id is a digest.
"""

from datetime import datetime, timedelta
from typing import Any, Literal

from artisthub.shared import clock, dynamodb, ids
from artisthub.shared.settings import settings
from artisthub.views.models import Views

Kind = Literal["user", "casting"]

# The day that an item stands for is over by then, wherever in it the view was.
KEPT_FOR = timedelta(days=2)


def record(kind: Kind, target_id: str, viewer_id: str, at: datetime) -> None:
    """Counts this view unless the viewer has one of the same day (UTC); one write unit always."""
    day = at.date().isoformat()
    view = {
        "counterId": ids.derived("view", kind, target_id, viewer_id, day),
        "kind": kind,
        "targetId": target_id,
        "viewedOn": day,
        "createdAt": clock.text(at),
        "updatedAt": clock.text(at),
        "version": 1,
        "expiresAt": int((at + KEPT_FOR).timestamp()),
    }
    try:
        dynamodb.add(settings.COUNTERS_TABLE, view, "counterId")
    except dynamodb.ConditionFailed:
        return


def add_up(view: dict[str, Any]) -> None:
    """Adds a view to the total of what was viewed; once, however often it is asked to."""
    now, table = clock.now(), settings.COUNTERS_TABLE
    counted = dynamodb.update_of(
        table,
        {"counterId": view["counterId"]},
        {"countedAt": now},
        "attribute_exists(viewedOn) AND attribute_not_exists(countedAt)",
    )
    total = dynamodb.increment_of(table, _total_of(view["kind"], view["targetId"]), "views", now)
    try:
        dynamodb.transact(counted, total)
    except dynamodb.TransactionFailed:
        return


def total(kind: Kind, target_id: str) -> Views:
    """All views that have been added up, by now a second after each of them."""
    item = dynamodb.get(settings.COUNTERS_TABLE, _total_of(kind, target_id))
    return Views(int(item["views"]) if item else 0)


def forget(kind: Kind, target_id: str, *, made_before: str) -> None:
    """Removes the total of what is gone, if it began before this instant; its views expire."""
    dynamodb.discard_if(
        settings.COUNTERS_TABLE,
        _total_of(kind, target_id),
        "createdAt < :instant",
        {":instant": made_before},
    )


def _total_of(kind: str, target_id: str) -> dict[str, Any]:
    return {"counterId": ids.derived("views", kind, target_id)}
