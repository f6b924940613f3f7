"""Notifications, and the preferences for them."""

from collections.abc import Callable

import msgspec

from artisthub.blocks import repository as blocks
from artisthub.castings import repository as castings
from artisthub.castings.models import CastingSummary
from artisthub.notifications import repository, rules
from artisthub.notifications.models import (
    Html,
    NewPreferences,
    Notifications,
    Preferences,
    ReadMark,
    Unsubscribed,
    Unsubscription,
)
from artisthub.shared import changes, clock
from artisthub.shared.endpoint import Answer, Request, by_method, by_route, endpoint
from artisthub.shared.models import PageQuery
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import NamedCard

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ArtistHub</title>
<p>Do you want to stop e-mails about {topic}?
<form method="post"><button>Stop e-mails about {topic}</button></form>
"""


@endpoint(query=PageQuery)
def list_notifications(request: Request[None, PageQuery]) -> Notifications:
    """List the caller's notifications of the last 90 days, newest first.

    Artists are notified of each new status of their applications and of moved auditions. Recruiters
    are notified of new and withdrawn applications. Both are notified of connection requests and of
    accepted ones, and of decisions about reports that they made or that are about them. Callers are
    not notified of their own actions. A page may have fewer items than its limit and still have a
    `next`.
    """
    user_id = request.caller.user_id
    read_up_to = repository.read_up_to(user_id)
    unread_count = repository.unread_count(user_id, read_up_to)
    found = repository.list_of(user_id, request.query)
    by_ids = {each.by_user_id for each in found.items if each.by_user_id}
    people = users.cards_of(by_ids - blocks.among(user_id, by_ids), NamedCard)
    casting_ids = {each.casting_id for each in found.items if each.casting_id}
    visible = castings.visible_among(casting_ids, request.caller, CastingSummary)
    shown = [
        rules.shown(
            each,
            people.get(each.by_user_id),
            visible.get(each.casting_id or ""),
            read_up_to,
            clock.today(),
        )
        for each in found.items
    ]
    return Notifications(shown, found.next, unread_count)


@endpoint(status=204, body=ReadMark, raises=access.INACTIVE)
def mark_notifications_read(request: Request[ReadMark, None]) -> None:
    """Mark a notification and all earlier ones as read.

    Read notifications stay read: an earlier notification than the last one sent here changes
    nothing.
    """
    user_id, up_to = request.caller.user_id, request.body.up_to
    users.ensure_active(request.caller)
    rules.ensure_own(repository.get(user_id, up_to))
    repository.mark_read(user_id, up_to, clock.now())


@endpoint()
def get_notification_preferences(request: Request[None, None]) -> Preferences:
    """Get the caller's notification preferences.

    Each topic can be shown in the list, sent by e-mail, both or neither.
    """
    return repository.preferences_of(request.caller.user_id)


@endpoint(
    body=NewPreferences,
    if_match="optional",
    quotas=("preferenceChanges",),
    raises=access.INACTIVE,
)
def set_notification_preferences(request: Request[NewPreferences, None]) -> Preferences:
    """Replace the caller's notification preferences.

    Absent topics get the defaults of a new account. `If-Match` is optional.
    """
    user_id = request.caller.user_id
    users.ensure_active(request.caller)

    def wanted(before: Preferences) -> Preferences:
        changed = rules.changed(before, msgspec.to_builtins(request.body), clock.now())
        if changed is not before:
            request.ensure_match(before.version)
        return changed

    return _change(user_id, wanted, request.spend)


def _change(
    user_id: str,
    change: Callable[[Preferences], Preferences],
    spend: Callable[[], None] | None = None,
) -> Preferences:
    return changes.make(
        lambda: repository.preferences_of(user_id, consistent=True),
        change,
        lambda now, before: repository.replace_preferences(user_id, now, before),
        spend,
    )


notifications = by_route(
    {
        "GET /v1/users/me/notifications": list_notifications,
        "PUT /v1/users/me/notifications/read": mark_notifications_read,
        "GET /v1/users/me/notification-preferences": get_notification_preferences,
        "PUT /v1/users/me/notification-preferences": set_notification_preferences,
    }
)


@endpoint(public=True, query=Unsubscription)
def unsubscribe_page(request: Request[None, Unsubscription]) -> Answer[Html]:
    """Get the page that asks whether e-mails about one topic shall stop.

    Public: the link in an e-mail leads here. Its button calls unsubscribe. This call changes
    nothing, because mail scanners open links.
    """
    page = Html(PAGE.format(topic=request.query.topic).encode())
    return Answer(page, content_type="text/html; charset=utf-8")


@endpoint(public=True, query=Unsubscription, raises=(rules.LinkNotOurs,))
def unsubscribe(request: Request[None, Unsubscription]) -> Unsubscribed:
    """Stop e-mails about one topic with the link from an e-mail.

    Public: the link's token says whose e-mails stop. Mail programs call this with one click (RFC
    8058). A retry changes nothing. setNotificationPreferences turns the e-mails on again.
    """
    from artisthub.shared import signed  # only this operation calls KMS

    user_id, topic = rules.ended(signed.verified(request.query.token))
    if users.get(user_id):  # a deleted account gets no e-mails, and must not get new data
        _change(user_id, lambda before: rules.without_email(before, topic, clock.now()))
    return Unsubscribed(topic, f"You will get no more e-mails about {topic}.")


unsubscribing = by_method(GET=unsubscribe_page, POST=unsubscribe)
