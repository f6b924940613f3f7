"""Views of profiles and castings, in the Counters table.

They have a separate table, so a view does not write to the profile or change its version. Each
viewer counts once a day. The table's stream delivers each new view to the counter, which adds it to
the total. No item says who viewed: its id is a digest.
"""

from datetime import datetime, timedelta
from typing import Any, Literal

from artisthub.shared import clock, dynamodb, ids
from artisthub.shared.settings import settings
from artisthub.views.models import Views

Kind = Literal["user", "casting"]

# Longer than the rest of the day that the item stands for.
KEPT_FOR = timedelta(days=2)


def record(kind: Kind, target_id: str, viewer_id: str, at: datetime) -> None:
    """Record this view unless the viewer has one on the same day (UTC). Costs one write unit."""
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
    """Add a view to its total. Repeated calls for one view add it only once."""
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
    """The views added up so far. Each is added within about a second."""
    item = dynamodb.get(settings.COUNTERS_TABLE, _total_of(kind, target_id))
    return Views(int(item["views"]) if item else 0)


def forget(kind: Kind, target_id: str, *, made_before: str) -> None:
    """Delete the total if it was created before this instant. The single views expire."""
    dynamodb.discard_if(
        settings.COUNTERS_TABLE,
        _total_of(kind, target_id),
        "createdAt < :instant",
        {":instant": made_before},
    )


def _total_of(kind: str, target_id: str) -> dict[str, Any]:
    return {"counterId": ids.derived("views", kind, target_id)}
