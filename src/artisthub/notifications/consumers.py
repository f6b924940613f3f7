"""Tells people, and whoever subscribes to the event bus, what has changed.

A change that comes again tells nobody again, once all of it has been done. Where it stopped half
way, what was done may be done twice: events and e-mails are sent at least once, notifications are
stored once.
"""

from artisthub.notifications import repository, rules
from artisthub.notifications.models import ApplicationEvent, ConnectionEvent, Notification
from artisthub.shared import event_bus
from artisthub.shared.consumer import Change, by_table, consumer
from artisthub.users import repository as users


@consumer
def tell_of_application(change: Change) -> None:
    """Tells of what has happened to an application."""
    if event := rules.event_of_application(change):
        _tell(event)


@consumer
def tell_of_connection(change: Change) -> None:
    """Tells of what has happened to a connection."""
    if event := rules.event_of_connection(change):
        _tell(event)


def _tell(event: ApplicationEvent | ConnectionEvent) -> None:
    notification = rules.notification_of(event)
    if repository.is_finished(notification):
        return
    # What may fail for long comes last, and a mail cannot be taken back.
    _notify(notification)
    event_bus.publish("artisthub", event)
    repository.finish(notification)


def _notify(notification: Notification) -> None:
    recipient = users.get(notification.user_id)
    if recipient is None or recipient.status != "active":
        return
    preferences = repository.preferences_of(recipient.user_id)
    if rules.channels(preferences, notification.topic).in_app:
        repository.add(notification)


notifier = by_table(APPLICATIONS_TABLE=tell_of_application, CONNECTIONS_TABLE=tell_of_connection)
