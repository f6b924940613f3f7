"""The flagger: raises flags for notes of applications and messages of connection requests."""

from artisthub.flags import repository
from artisthub.shared.consumer import Change, by_table, consumer


@consumer
def flag_application(change: Change) -> None:
    """Flag the note of a new application if it has to be looked at."""
    repository.raise_in_application(change)


@consumer
def flag_connection(change: Change) -> None:
    """Flag the message of a connection request if it has to be looked at."""
    repository.raise_in_connection(change)


flagger = by_table(APPLICATIONS_TABLE=flag_application, CONNECTIONS_TABLE=flag_connection)
