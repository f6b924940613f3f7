"""The Notifications table in DynamoDB: an account's notifications and preferences.

Notification ids begin with a hexadecimal digit. Keys that begin with "#" are for other items:
preferences, the read mark, and finished events.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from artisthub.notifications.models import NewPreferences, Notification, Preferences
from artisthub.shared import clock, dynamodb, errors, paging
from artisthub.shared.models import Page, PageQuery
from artisthub.shared.settings import settings

Progress = Literal["nobody", "all but by e-mail", "everyone"]

PREFERENCES, READ, FINISHED = "#preferences", "#read", "#finished#"
BEFORE_ALL = "0"  # sorts before every id
MOST_COUNTED = 100

# A stream keeps its records for a day, so no event is delivered after that.
REMEMBERED_FOR = timedelta(days=2)


def _key(user_id: str, notification_id: str) -> dynamodb.Item:
    return {"userId": user_id, "notificationId": notification_id}


def add(notification: Notification) -> None:
    """Store the notification unless it exists."""
    _keep(dynamodb.item_of(notification))


def make_nameless(user_id: str, notification_id: str) -> None:
    """Forget who acted, if the notification exists."""
    dynamodb.update_if(
        settings.NOTIFICATIONS_TABLE,
        _key(user_id, notification_id),
        "SET updatedAt = :now REMOVE #by",
        "attribute_exists(notificationId)",
        {"#by": "byUserId"},
        {":now": clock.now()},
    )


def add_instead(notification: Notification, of: str) -> None:
    """Store the notification, and delete the earlier one that it makes outdated."""
    add(notification)
    if of != notification.notification_id:
        dynamodb.discard(settings.NOTIFICATIONS_TABLE, _key(notification.user_id, of))


def is_old(notification: Notification) -> bool:
    """Whether the event is too old to tell, for example from a restored table."""
    return notification.created_at < clock.text(datetime.now(UTC) - REMEMBERED_FOR)


def progress_of(notification: Notification) -> Progress:
    """The recipients told about the event so far."""
    key = _key(notification.user_id, f"{FINISHED}{notification.notification_id}")
    item = dynamodb.get(settings.NOTIFICATIONS_TABLE, key, consistent=True)
    if item is None:
        return "nobody"
    return "all but by e-mail" if item.get("lacks") == "mail" else "everyone"


def finish(notification: Notification) -> None:
    """Record that everyone was told, for as long as the event may be delivered again."""
    dynamodb.put(settings.NOTIFICATIONS_TABLE, _progress_item(notification))


def finish_but_mail(notification: Notification) -> None:
    """Record that only the e-mail is missing when the event is delivered again."""
    _keep({**_progress_item(notification), "lacks": "mail"})


def _progress_item(notification: Notification) -> dynamodb.Item:
    now = datetime.now(UTC)
    return {
        **_key(notification.user_id, f"{FINISHED}{notification.notification_id}"),
        "createdAt": clock.text(now),
        "updatedAt": clock.text(now),
        "version": 1,
        "expiresAt": int((now + REMEMBERED_FOR).timestamp()),
    }


def _keep(item: dynamodb.Item) -> None:
    try:
        dynamodb.add(settings.NOTIFICATIONS_TABLE, item, "notificationId")
    except dynamodb.ConditionFailed:
        return


def get(user_id: str, notification_id: str) -> Notification | None:
    item = dynamodb.get(settings.NOTIFICATIONS_TABLE, _key(user_id, notification_id))
    return msgspec.convert(item, Notification) if item else None


def list_of(user_id: str, query: PageQuery) -> Page[Notification]:
    """The account's notifications, newest first."""
    return paging.page(
        Notification,
        settings.NOTIFICATIONS_TABLE,
        partition=("userId", user_id),
        sorted_by=("notificationId",),
        later_than=BEFORE_ALL,
        bound_to=("listNotifications", user_id),
        query=query,
        shows=lambda each: filter(None, [each.by_user_id, each.casting_id]),
        card_units=1.5,  # a document may be deleted, and its account blocked or closed
        later_units=paging.BLOCKS_UNITS,
        most_shown=2,
        newest_first=True,
    )


def unread_count(user_id: str, read_up_to: str) -> int:
    """The number of notifications after that one, at most 100."""
    found, _ = dynamodb.query(
        settings.NOTIFICATIONS_TABLE,
        None,
        "userId = :user AND notificationId > :earlier",
        {":user": user_id, ":earlier": read_up_to},
        limit=MOST_COUNTED,
        newest_first=True,  # expired ones are not counted
    )
    return len(found)


def read_up_to(user_id: str) -> str:
    """The last notification that the account marked as read."""
    item = dynamodb.get(settings.NOTIFICATIONS_TABLE, _key(user_id, READ))
    return str(item["readUpTo"]) if item else BEFORE_ALL


def mark_read(user_id: str, up_to: str, now: str) -> None:
    """Mark this notification and all earlier ones as read. The mark never moves back."""
    not_read_yet = "attribute_not_exists(readUpTo) OR readUpTo < :readUpTo"
    wanted = {"readUpTo": up_to, "createdAt": now, "updatedAt": now, "version": 1}
    key = _key(user_id, READ)
    try:
        dynamodb.transact(
            dynamodb.update_of(settings.NOTIFICATIONS_TABLE, key, wanted, not_read_yet)
        )
    except dynamodb.TransactionFailed:
        return


def preferences_of(user_id: str, *, consistent: bool = False) -> Preferences:
    """The account's preferences. Absent topics have the defaults of a new account."""
    key = _key(user_id, PREFERENCES)
    item = dynamodb.get(settings.NOTIFICATIONS_TABLE, key, consistent=consistent) or {}
    return msgspec.convert({**msgspec.to_builtins(NewPreferences()), **item}, Preferences)


def replace_preferences(user_id: str, preferences: Preferences, before: Preferences) -> None:
    """Store the preferences if they are still as in `before`. Raises Stale."""
    key = _key(user_id, PREFERENCES)
    if before.version:
        dynamodb.update(settings.NOTIFICATIONS_TABLE, key, preferences, before.version)
        return
    item = {**key, **dynamodb.item_of(preferences, createdAt=preferences.updated_at)}
    try:
        dynamodb.add(settings.NOTIFICATIONS_TABLE, item, "notificationId")
    except dynamodb.ConditionFailed:
        raise errors.Stale from None


def remove_of(user_id: str, *, made_before: str) -> Iterator[None]:
    """Delete the account's notifications and preferences from before this instant."""
    return dynamodb.discard_found(
        settings.NOTIFICATIONS_TABLE,
        None,
        "userId = :user",
        {":user": user_id},
        lambda item: _key(user_id, item["notificationId"]),
        made_before=made_before,
    )
