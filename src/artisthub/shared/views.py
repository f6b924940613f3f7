"""Views of profiles and castings, in the Counters table.

They are apart from what is viewed, so that looking at a profile neither rewrites it nor makes a new
version of it. Each counts once a viewer and day; the table's stream has each of them once, for
whoever adds them up. No item says who looked: its id is a digest.
"""

from datetime import datetime, timedelta
from typing import Literal

from artisthub.shared import clock, dynamodb, ids
from artisthub.shared.settings import settings

# The day that an item stands for is over by then, wherever in it the view was.
KEPT_FOR = timedelta(days=2)


def record(kind: Literal["user", "casting"], target_id: str, viewer_id: str, at: datetime) -> None:
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
