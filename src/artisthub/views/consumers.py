"""The counter: adds up views from the Counters table's stream."""

from artisthub.shared.consumer import Change, consumer
from artisthub.views import repository


@consumer
def counter(change: Change) -> None:
    """Add a new view to the total of its profile or casting."""
    if change.after and not change.before:
        repository.add_up(change.after)
