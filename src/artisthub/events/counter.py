"""Adds up views, by the stream of the Counters table."""

from artisthub.shared import views
from artisthub.shared.consumer import Change, consumer


@consumer
def counter(change: Change) -> None:
    """Adds a new view to the total of what was viewed."""
    if change.after and not change.before:
        views.add_up(change.after)
