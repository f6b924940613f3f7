"""The counter: adds up views, from the stream of the Counters table."""

from artisthub.shared.consumer import Change, consumer
from artisthub.views import repository


@consumer
def counter(change: Change) -> None:
    """Adds a new view to its profile's or casting's total."""
    if change.after and not change.before:
        repository.add_up(change.after)
