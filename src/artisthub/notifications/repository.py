"""The Notifications table in DynamoDB: what an account was told, and how it wants to be told.

Ids begin with a hexadecimal digit, so that what begins with "#" is apart from them: preferences,
up to where the list is read, and which events are worked through.
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
BEFORE_ALL = "0"  # any id is longer, so it comes later
MOST_COUNTED = 100

# A stream keeps its records for a day, so no event comes back later.
REMEMBERED_FOR = timedelta(days=2)


def _key(user_id: str, notification_id: str) -> dynamodb.Item:
    return {"userId": user_id, "notificationId": notification_id}


def add(notification: Notification) -> None:
    """Stores the notification, unless it is there."""
    _keep(dynamodb.item_of(notification))


def is_old(notification: Notification) -> bool:
    """Whether its event is no news: it comes from a table that was restored, or long after."""
    return notification.created_at < clock.text(datetime.now(UTC) - REMEMBERED_FOR)


def progress_of(notification: Notification) -> Progress:
    """Who has been told of its event."""
    key = _key(notification.user_id, f"{FINISHED}{notification.notification_id}")
    item = dynamodb.get(settings.NOTIFICATIONS_TABLE, key, consistent=True)
    if item is None:
        return "nobody"
    return "all but by e-mail" if item.get("lacks") == "mail" else "everyone"


def finish(notification: Notification) -> None:
    """Remembers that everyone has been told, for as long as the event may come again."""
    dynamodb.put(settings.NOTIFICATIONS_TABLE, _progress_item(notification))


def finish_but_mail(notification: Notification) -> None:
    """Remembers that nothing but the e-mail is left to be done when the event comes again."""
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
    """An account's notifications, the newest first."""
    return paging.page(
        Notification,
        settings.NOTIFICATIONS_TABLE,
        partition=("userId", user_id),
        sorted_by=("notificationId",),
        later_than=BEFORE_ALL,
        bound_to=("listNotifications", user_id),
        query=query,
        newest_first=True,
    )


def unread_count(user_id: str, read_up_to: str) -> int:
    """How many came after that one; counts no further than 100."""
    found, _ = dynamodb.query(
        settings.NOTIFICATIONS_TABLE,
        None,
        "userId = :user AND notificationId > :earlier",
        {":user": user_id, ":earlier": read_up_to},
        limit=MOST_COUNTED,
    )
    return len(found)


def read_up_to(user_id: str) -> str:
    """The last notification that the account has marked as read."""
    item = dynamodb.get(settings.NOTIFICATIONS_TABLE, _key(user_id, READ))
    return str(item["readUpTo"]) if item else BEFORE_ALL


def mark_read(user_id: str, up_to: str, now: str) -> None:
    """Marks this notification as read and all before it; what is read stays so."""
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
    """How the account wants to be told; what it has not said is as for a new account."""
    key = _key(user_id, PREFERENCES)
    item = dynamodb.get(settings.NOTIFICATIONS_TABLE, key, consistent=consistent) or {}
    return msgspec.convert({**msgspec.to_builtins(NewPreferences()), **item}, Preferences)


def replace_preferences(user_id: str, preferences: Preferences, before: Preferences) -> None:
    """Stores the preferences if they still are as before; raises Stale."""
    key = _key(user_id, PREFERENCES)
    if before.version:
        dynamodb.update(settings.NOTIFICATIONS_TABLE, key, preferences, before.version)
        return
    item = {**key, **dynamodb.item_of(preferences, createdAt=preferences.updated_at)}
    try:
        dynamodb.add(settings.NOTIFICATIONS_TABLE, item, "notificationId")
    except dynamodb.ConditionFailed:
        raise errors.Stale from None


def held_of(user_id: str, after: list[str] | None) -> Iterator[tuple[dynamodb.Item, list[str]]]:
    """All that is kept for an account as it is kept, each with the position after it."""
    start = _key(user_id, after[0]) if after else None
    for item in dynamodb.query_all(
        settings.NOTIFICATIONS_TABLE, None, "userId = :user", {":user": user_id}, after=start
    ):
        yield item, [item["notificationId"]]


def remove_of(user_id: str, *, made_before: str) -> Iterator[None]:
    """Deletes what an account was told before this instant, and how it wanted to be told."""
    return dynamodb.discard_found(
        settings.NOTIFICATIONS_TABLE,
        None,
        "userId = :user",
        {":user": user_id},
        lambda item: _key(user_id, item["notificationId"]),
        made_before=made_before,
    )
