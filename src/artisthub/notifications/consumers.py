"""The notifier: stores notifications, publishes events and sends e-mails about changes.

After a change is finished, a second delivery does nothing. Notifications are stored once. Events
are published at least once: twice only if the function stopped halfway, never because of an e-mail.
If SES is temporarily unavailable, the e-mail is sent when the change is delivered again. If SES
refuses an e-mail, it is logged, counted and not sent again.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from artisthub.blocks import repository as blocks
from artisthub.cases import repository as cases
from artisthub.notifications import repository, rules
from artisthub.notifications.models import (
    ApplicationEvent,
    ApplicationWithdrawn,
    Channels,
    ConnectionEvent,
    Notification,
)
from artisthub.shared import clock, event_bus, log, mail, quotas, signed
from artisthub.shared.consumer import Change, by_table, consumer
from artisthub.shared.settings import settings
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import User

SECONDS = 40  # per change: the function stops after 60 s


class Unfinished(Exception):
    """A case has more reporters than one call can tell. The next try continues."""


NOTHING = Channels(in_app=False, email=False)


@consumer
def tell_of_application(change: Change) -> None:
    """Notify about a change to an application."""
    if (event := rules.event_of_application(change)) and change.after:
        if isinstance(event, ApplicationWithdrawn):
            # It names the artist, who has taken everything back.
            first = rules.first_of(event, change.after["createdAt"])
            repository.make_nameless(event.recruiter_id, first)
        _tell(event, about=f"{change.after['roleTitle']}, {change.after['castingTitle']}")


@consumer
def tell_of_connection(change: Change) -> None:
    """Notify about a change to a connection."""
    if event := rules.event_of_connection(change):
        _tell(event)


@consumer
def tell_of_case(change: Change) -> None:
    """Notify both sides of a decision about a case, or a recruiter of a hidden casting."""
    started = time.monotonic()
    for notification in _of_case(change):
        if time.monotonic() - started > SECONDS:
            raise Unfinished
        _deliver(notification)


def _of_case(change: Change) -> Iterator[Notification]:
    if hiding := rules.hiding_of(change):
        yield hiding
    if decision := rules.decision_of(change):
        if verdict := rules.verdict_of(decision):
            yield verdict
        for reporter_id in cases.reporters_of(decision):
            yield rules.answer_to(decision, reporter_id)


def _tell(event: ApplicationEvent | ConnectionEvent, about: str = "") -> None:
    _deliver(rules.notification_of(event), event, about)


def _deliver(
    notification: Notification,
    event: ApplicationEvent | ConnectionEvent | None = None,
    about: str = "",
) -> None:
    if repository.is_old(notification):
        return
    told = repository.progress_of(notification)
    if told == "everyone":
        return
    recipient = users.get(notification.user_id)
    wanted = _wanted(recipient, notification)
    said = _said(notification) if wanted != NOTHING else quotas.Said(None, 1)
    if told == "nobody":
        if wanted.in_app:
            _show(notification, said.before)
        if event:
            event_bus.publish("artisthub", event)
    # Last, so that a retry sends no second e-mail. A stage whose SES is not ready has no sender.
    is_mailed = wanted.email and rules.is_mailed(notification, said.times)
    if recipient and is_mailed and settings.SENDER_ADDRESS:
        _mail(notification, recipient, about, is_first=told == "nobody")
    repository.finish(notification)


def _said(notification: Notification) -> quotas.Said:
    """Earlier notifications that said the same."""
    what = rules.said_by(notification)
    if what is None:
        return quotas.Said(None, 1)
    until = rules.quiet_until(notification, datetime.now(UTC))
    return quotas.said(what, notification.notification_id, until)


def _show(notification: Notification, before: str | None) -> None:
    """Add the notification. If the same was said lately, only moves are news."""
    if before is None:
        repository.add(notification)
    elif notification.kind in rules.MOVES:
        repository.add_instead(notification, of=before)


def _mail(notification: Notification, recipient: User, about: str, *, is_first: bool) -> None:
    try:
        if is_first:  # a retry has spent it
            quotas.spend(recipient.user_id, "mails")
        _send_mail(notification, recipient, about)
    except quotas.QuotaExceeded:
        log.count("MailsHeldBack")
    except mail.Refused as refused:
        log.line(
            level="error",
            operation="mail_notification",
            eventId=notification.notification_id,
            code="MailRefused",
            awsError=refused.code,
        )
        log.count("MailsRefused")
    except Exception:
        repository.finish_but_mail(notification)
        raise


def _wanted(recipient: User | None, notification: Notification) -> Channels:
    if recipient is None or not rules.may_hear(recipient.status, notification.topic):
        return NOTHING
    if notification.by_user_id and blocks.is_between(recipient.user_id, notification.by_user_id):
        return NOTHING
    return rules.channels(repository.preferences_of(recipient.user_id), notification.topic)


def _send_mail(notification: Notification, recipient: User, about: str) -> None:
    by = users.get(notification.by_user_id) if rules.is_named(notification) else None
    name = by.display_name if by and access.is_shown(by, clock.today()) else "Someone"
    token = signed.sign(rules.subscription(recipient.user_id, notification.topic))
    url = f"{settings.API_URL}/v1/unsubscribe?token={token}"
    subject, text = rules.mail_of(notification, name, about, url)
    mail.send(to=recipient.email, subject=subject, text=text, unsubscribe_url=url)


notifier = by_table(
    APPLICATIONS_TABLE=tell_of_application,
    CONNECTIONS_TABLE=tell_of_connection,
    REPORTS_TABLE=tell_of_case,
)
