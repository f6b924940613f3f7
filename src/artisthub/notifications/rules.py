"""Decisions about notifications; no I/O."""

import re
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

import msgspec

from artisthub.cases.models import Decision
from artisthub.castings.models import CastingSummary
from artisthub.notifications.models import (
    ApplicationEvent,
    ApplicationStatusChanged,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    AuditionConfirmed,
    AuditionMoved,
    Channels,
    ConnectionAccepted,
    ConnectionEvent,
    ConnectionRequested,
    Event,
    Kind,
    NamedCasting,
    Notification,
    OfferAccepted,
    OfferRefused,
    Preferences,
    ShownNotification,
    Topic,
)
from artisthub.shared import errors, ids
from artisthub.shared.consumer import Change
from artisthub.users import access
from artisthub.users.stored import NamedCard

KEPT_FOR = timedelta(days=90)

TOPICS: dict[Kind, Topic] = {
    "submitted": "applications",
    "withdrawn": "applications",
    "confirmed": "applications",
    "viewed": "progress",
    "shortlisted": "progress",
    "audition": "decisions",
    "moved": "decisions",
    "offered": "decisions",
    "booked": "decisions",
    "declined": "decisions",
    "agreed": "decisions",
    "refused": "decisions",
    "requested": "connections",
    "accepted": "connections",
    "hidden": "moderation",
    "cleared": "moderation",
    "sanctioned": "moderation",
    "answered": "moderation",
}

_KINDS: dict[type[Event], Kind] = {
    ApplicationSubmitted: "submitted",
    ApplicationWithdrawn: "withdrawn",
    AuditionMoved: "moved",
    AuditionConfirmed: "confirmed",
    OfferAccepted: "agreed",
    OfferRefused: "refused",
    ConnectionRequested: "requested",
    ConnectionAccepted: "accepted",
}


# The events of an artist's steps, by the new status.
_BY_ARTISTS: dict[Any, type[ApplicationEvent]] = {
    "withdrawn": ApplicationWithdrawn,
    "confirmed": AuditionConfirmed,
    "accepted": OfferAccepted,
    "refused": OfferRefused,
}

# Nobody is told the same about the same person or application twice within this time.
QUIET_FOR = timedelta(days=7)
# An audition may move again for good reasons, and is then confirmed again. Both replace what was
# told before, and nobody may miss the last state.
MOVES = ("moved", "confirmed")
QUIET_FOR_MOVES = timedelta(days=1)
MAILED_MOVES = 5

# A subject has no text by users: it would come with our sender's name.
_SUBJECTS: dict[Kind, str] = {
    "submitted": "An artist has applied for a role",
    "withdrawn": "An artist has withdrawn an application",
    "viewed": "Your application was viewed",
    "shortlisted": "You are on a shortlist",
    "audition": "You are invited to an audition",
    "moved": "Your audition has a new time or place",
    "confirmed": "An artist has confirmed an audition",
    "agreed": "Your offer was accepted",
    "refused": "Your offer was refused",
    "offered": "You have an offer",
    "booked": "You are booked",
    "declined": "Your application was declined",
    "requested": "Somebody wants to connect with you",
    "accepted": "Your connection request was accepted",
    "hidden": "Your casting is hidden until our administrators have looked at reports",
    "cleared": "Our administrators dismissed reports about you",
    "sanctioned": "Our administrators decided about you after a report",
    "answered": "Our administrators decided about your report",
}

_HEADLINES: dict[Kind, str] = {
    "submitted": "{by} has applied: {about}",
    "withdrawn": "{by} has withdrawn an application: {about}",
    "viewed": "Your application was viewed: {about}",
    "shortlisted": "You are on the shortlist: {about}",
    "audition": "You are invited to an audition: {about}",
    "moved": "Your audition has a new time or place: {about}\n\nOnly "
    f"{MAILED_MOVES} e-mails a day say so. "
    "Your application always shows the current time and place.",
    "offered": "You have an offer: {about}",
    "booked": "You are booked: {about}",
    "declined": "Your application was declined: {about}",
    "confirmed": "{by} has confirmed the audition: {about}",
    "agreed": "{by} has accepted your offer: {about}",
    "refused": "{by} has refused your offer: {about}",
    "requested": "{by} wants to connect with you",
    "accepted": "{by} has accepted your connection request",
}
_HEADLINES |= {kind: _SUBJECTS[kind] for kind, topic in TOPICS.items() if topic == "moderation"}

_TEXT = """{headline}

For details, see your notifications in ArtistHub.

--
Stop e-mails about {topic}: {url}
"""


# An e-mail has at most so many characters of a text by a stranger.
MOST_QUOTED = 100
# Mail programs make a link of such a name. Initials, as in A.R.Rahman, are none.
_HOST = r"[^\W_]{2}[.\u3002\uff0e\uff61][^\W\d_]{2}|//"


class LinkNotOurs(errors.Forbidden):
    detail = "`token` is not valid. Use the whole link from the e-mail."


class Mail(NamedTuple):
    subject: str
    text: str


def event_of_application(change: Change) -> ApplicationEvent | None:
    """The event for a change to an application, or None if nobody needs to know."""
    before, after = change.before, change.after
    if after is None:
        return None
    happened = {**after, **_stamp(after, after["castingId"], after["applicationId"])}
    if before is None:
        return msgspec.convert(happened, ApplicationSubmitted)
    happened["previousStatus"] = before["status"]
    steps = before["status"], after["status"]
    if steps[0] != steps[1] and steps != ("confirmed", "audition"):
        kind = _BY_ARTISTS.get(steps[1], ApplicationStatusChanged)
        return msgspec.convert(happened, kind)
    is_moved = after.get("audition") != before.get("audition")
    return msgspec.convert(happened, AuditionMoved) if is_moved else None


def event_of_connection(change: Change) -> ConnectionEvent | None:
    """The event for a change to a side of a connection. Its owner is the one to notify."""
    before, after = change.before, change.after
    if after is None:
        return None
    steps: dict[Any, type[ConnectionEvent]] = {
        (None, "incoming"): ConnectionRequested,
        ("refused", "incoming"): ConnectionRequested,
        ("outgoing", "accepted"): ConnectionAccepted,
    }
    kind = steps.get((before["standing"] if before else None, after["standing"]))
    if kind is None:
        return None
    told, by = after["userId"], after["otherUserId"]
    return msgspec.convert({"userId": by, "otherUserId": told, **_stamp(after, told, by)}, kind)


def _stamp(item: dict[str, Any], *key: str) -> dict[str, str]:
    """The event's id and time. They are the same in every delivery of the change."""
    at = item["updatedAt"]
    return {"eventId": ids.derived_at(at, *key, str(item["version"])), "occurredAt": at}


def notification_of(event: ApplicationEvent | ConnectionEvent) -> Notification:
    """The notification of an event, for the side that did not act."""
    kind = kind_of(event)
    by, told = _sides(event)
    forgotten_at = datetime.fromisoformat(event.occurred_at) + KEPT_FOR
    return Notification(
        user_id=told,
        notification_id=event.event_id,
        kind=kind,
        topic=TOPICS[kind],
        by_user_id=by,
        created_at=event.occurred_at,
        updated_at=event.occurred_at,
        expires_at=int(forgotten_at.timestamp()),
        casting_id=getattr(event, "casting_id", None),
        application_id=getattr(event, "application_id", None),
    )


def said_by(notification: Notification) -> str | None:
    """The id of what this notification says, and about whom or what.

    None if only administrators can repeat it.
    """
    if notification.topic == "moderation":
        return None
    about = notification.application_id or notification.by_user_id
    casting_id = notification.casting_id or ""
    return ids.derived("told", notification.user_id, notification.kind, casting_id, about)


def quiet_until(notification: Notification, now: datetime) -> int:
    """When the same may be said again, in seconds since 1970."""
    quiet_for = QUIET_FOR_MOVES if notification.kind in MOVES else QUIET_FOR
    return int((now + quiet_for).timestamp())


def is_mailed(notification: Notification, times: int) -> bool:
    """Whether to send an e-mail. `times` counts the notifications so far that say the same."""
    return times <= (MAILED_MOVES if notification.kind in MOVES else 1)


def first_of(event: ApplicationEvent, applied_at: str) -> str:
    """The id of the notification that told the recruiter of the application."""
    return ids.derived_at(applied_at, event.casting_id, event.application_id, "1")


def is_named(notification: Notification) -> bool:
    """Whether the reader may know who acted: not after a withdrawal."""
    return notification.kind != "withdrawn" and bool(notification.by_user_id)


def hiding_of(change: Change) -> Notification | None:
    """The notification if this change of a case hid the casting."""
    before, after = change.before or {}, change.after or {}
    if after.get("entryKey") != "case" or after.get("hiddenUntil") in (
        None,
        before.get("hiddenUntil"),
    ):
        return None
    return _notice("hidden", after["ownerId"], after)


def decision_of(change: Change) -> Decision | None:
    """The decision about a case that this change stored."""
    after = change.after or {}
    is_new = change.before is None and str(after.get("entryKey")).startswith("decision#")
    return msgspec.convert(after, Decision) if is_new else None


def verdict_of(decision: Decision) -> Notification | None:
    """The notification for the reported account. A dismissed flag is no news."""
    if decision.outcome != "dismissed":
        kind: Kind = "sanctioned"
    elif decision.reporter_count:
        kind = "cleared"
    else:
        return None
    item = msgspec.to_builtins(decision)
    return _notice(kind, decision.owner_id, item, reason=decision.reason, outcome=decision.outcome)


def answer_to(decision: Decision, reporter_id: str) -> Notification:
    """The notification for a reporter, without the reason, which is for the reported account."""
    item = msgspec.to_builtins(decision)
    return _notice("answered", reporter_id, item, outcome=decision.outcome)


def _notice(kind: Kind, told: str, item: dict[str, Any], **more: Any) -> Notification:
    """A notification about a case. Nobody is named in it."""
    event_id, at = _stamp(item, item["caseId"], kind, told).values()
    about, _, subject_id = item["caseId"].partition(":")
    return Notification(
        user_id=told,
        notification_id=event_id,
        kind=kind,
        topic=TOPICS[kind],
        created_at=at,
        updated_at=at,
        expires_at=int((datetime.fromisoformat(at) + KEPT_FOR).timestamp()),
        casting_id=subject_id if about == "casting" else None,
        **more,
    )


def may_hear(status: str, topic: Topic) -> bool:
    """Whether an account in this status is notified. The suspended hear why."""
    return status == "active" or (status == "suspended" and topic == "moderation")


def kind_of(event: Event) -> Kind:
    return event.status if isinstance(event, ApplicationStatusChanged) else _KINDS[type(event)]


def _sides(event: ApplicationEvent | ConnectionEvent) -> tuple[str, str]:
    """The account that acted, and the account to notify."""
    if isinstance(event, ConnectionEvent):
        return event.user_id, event.other_user_id
    if isinstance(event, (ApplicationSubmitted, *_BY_ARTISTS.values())):
        return event.artist_id, event.recruiter_id
    return event.recruiter_id, event.artist_id


def channels(preferences: Preferences, topic: Topic) -> Channels:
    wanted: Channels = getattr(preferences, topic)
    return wanted


def changed(before: Preferences, topics: dict[str, Any], now: str) -> Preferences:
    """The next version of the preferences, or the same if nothing differs."""
    after = msgspec.convert(msgspec.to_builtins(before) | topics, Preferences)
    if after == before:
        return before
    return msgspec.structs.replace(after, updated_at=now, version=before.version + 1)


def without_email(before: Preferences, topic: Topic, now: str) -> Preferences:
    """The preferences without e-mails about this topic, or the same if they have none."""
    return changed(before, {topic: Channels(channels(before, topic).in_app, email=False)}, now)


def subscription(user_id: str, topic: Topic) -> str:
    """The text that is signed in an unsubscribe link."""
    return f"{user_id}.{topic}"


def ended(subscription: str | None) -> tuple[str, Topic]:
    """The account and topic of an unsubscribe link. Raises LinkNotOurs."""
    if subscription is None:
        raise LinkNotOurs
    user_id, _, topic = subscription.partition(".")
    return user_id, cast("Topic", topic)


def mail_of(notification: Notification, by: str, about: str, unsubscribe_url: str) -> Mail:
    """The e-mail for a notification. `by` and `about` are names that strangers chose."""
    by, about = _quoted(by, "Someone"), _quoted(about, "ArtistHub has the details")
    headline = _HEADLINES[notification.kind].format(by=by, about=about)
    text = _TEXT.format(headline=headline, topic=notification.topic, url=unsubscribe_url)
    return Mail(_SUBJECTS[notification.kind], text)


def _quoted(text: str, instead: str) -> str:
    """The text in one line, or other words if it has a link, an address, a number or a channel.

    Everyone trusts our e-mails, so nobody may advertise with them.
    """
    from artisthub.flags import rules as flags  # only e-mails need its patterns

    plain = " ".join(text.split())
    if re.search(_HOST, plain) or {"channel", "phone"}.intersection(flags.reasons_of("", plain)):
        return instead
    return plain if len(plain) <= MOST_QUOTED else f"{plain[: MOST_QUOTED - 1]}…"


def shown(
    notification: Notification,
    by: NamedCard | None,
    casting: CastingSummary | None,
    read_up_to: str,
    today: date,
) -> ShownNotification:
    """A notification as its reader sees it, without the names of hidden accounts."""
    return ShownNotification(
        notification_id=notification.notification_id,
        kind=notification.kind,
        topic=notification.topic,
        created_at=notification.created_at,
        is_read=notification.notification_id <= read_up_to,
        user=access.named(by, today) if is_named(notification) else None,
        casting=NamedCasting(casting.casting_id, casting.title) if casting else None,
        application_id=notification.application_id,
        outcome=notification.outcome,
        reason=notification.reason,
    )


def ensure_own(notification: Notification | None) -> None:
    """Raise Invalid if the caller has no such notification."""
    if notification is None:
        wrong = {"pointer": "/upTo", "detail": "must be one of your notifications"}
        raise errors.Invalid(errors=[wrong])
