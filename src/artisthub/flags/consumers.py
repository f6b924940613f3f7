"""The flagger: watches the texts of applications and the messages of connection requests."""

from artisthub.flags import repository
from artisthub.shared.consumer import Change, by_table, consumer


@consumer
def flag_application(change: Change) -> None:
    """Flag the note and the audition if they have to be looked at, and keep evidence."""
    repository.follow_application(change)


@consumer
def flag_connection(change: Change) -> None:
    """The same for the message of a connection request."""
    repository.follow_connection(change)


flagger = by_table(APPLICATIONS_TABLE=flag_application, CONNECTIONS_TABLE=flag_connection)
