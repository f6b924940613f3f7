"""Tells people, and whoever subscribes to the event bus, what has changed.

A change that comes again tells nobody again, once all of it has been done. Where it stopped half
way, what was done may be done twice: events and e-mails are sent at least once, notifications are
stored once.
"""

from artisthub.notifications import repository, rules
from artisthub.notifications.models import (
    ApplicationEvent,
    Channels,
    ConnectionEvent,
    Notification,
    Topic,
)
from artisthub.shared import event_bus, mail, signed
from artisthub.shared.consumer import Change, by_table, consumer
from artisthub.shared.settings import settings
from artisthub.users import repository as users
from artisthub.users.models import User

NOTHING = Channels(in_app=False, email=False)


@consumer
def tell_of_application(change: Change) -> None:
    """Tells of what has happened to an application."""
    if (event := rules.event_of_application(change)) and change.after:
        _tell(event, about=f"{change.after['roleTitle']}, {change.after['castingTitle']}")


@consumer
def tell_of_connection(change: Change) -> None:
    """Tells of what has happened to a connection."""
    if event := rules.event_of_connection(change):
        _tell(event)


def _tell(event: ApplicationEvent | ConnectionEvent, about: str = "") -> None:
    notification = rules.notification_of(event)
    if repository.is_old(notification) or repository.is_finished(notification):
        return
    recipient = users.get(notification.user_id)
    wanted = _wanted(recipient, notification.topic)
    if wanted.in_app:
        repository.add(notification)
    event_bus.publish("artisthub", event)
    if recipient and wanted.email:  # last, as it is what nobody wants twice
        _send_mail(notification, recipient, about)
    repository.finish(notification)


def _wanted(recipient: User | None, topic: Topic) -> Channels:
    if recipient is None or recipient.status != "active":
        return NOTHING
    return rules.channels(repository.preferences_of(recipient.user_id), topic)


def _send_mail(notification: Notification, recipient: User, about: str) -> None:
    by = users.get(notification.by_user_id)
    name = by.display_name if by and by.status == "active" else "Someone"
    token = signed.sign(rules.subscription(recipient.user_id, notification.topic))
    url = f"{settings.API_URL}/v1/unsubscribe?token={token}"
    subject, text = rules.mail_of(notification, name, about, url)
    mail.send(to=recipient.email, subject=subject, text=text, unsubscribe_url=url)


notifier = by_table(APPLICATIONS_TABLE=tell_of_application, CONNECTIONS_TABLE=tell_of_connection)
