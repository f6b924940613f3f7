"""What happens to applications and connections, as others are told of it; and who hears of what."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from artisthub.applications.models import Status
from artisthub.shared.models import Input, Stored

# Domain events, for whoever subscribes to the event bus: docs/events.md. Ids alone, because what is
# sent to others can never be taken back.


class Event(Stored, kw_only=True):
    """Something that has happened. `eventId` is the same however often it is delivered."""

    event_id: str
    occurred_at: str
    schema_version: Literal[1] = 1


class ApplicationEvent(Event, kw_only=True):
    application_id: str
    casting_id: str
    role_id: str
    artist_id: str
    recruiter_id: str


class ApplicationSubmitted(ApplicationEvent, kw_only=True):
    """An artist has applied for a role."""


class ApplicationStatusChanged(ApplicationEvent, kw_only=True):
    """The recruiter has moved an application on, or declined it."""

    status: Status
    previous_status: Status


class ApplicationWithdrawn(ApplicationEvent, kw_only=True):
    """The artist has taken an application back."""

    previous_status: Status


class AuditionMoved(ApplicationEvent, kw_only=True):
    """The audition of an application has another time or place."""


class ConnectionEvent(Event, kw_only=True):
    """`userId` is who did it, `otherUserId` whom it was done to."""

    user_id: str
    other_user_id: str


class ConnectionRequested(ConnectionEvent, kw_only=True):
    """One account has asked another for a connection."""


class ConnectionAccepted(ConnectionEvent, kw_only=True):
    """The account that was asked has said yes: `otherUserId` is who had asked."""


# A notification says what has happened by the status that an application has since, or by another
# word where that says nothing.
Kind = Literal[Status, "moved", "requested", "accepted"]
Topic = Literal["applications", "progress", "decisions", "connections"]

NotificationId = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Notification(Stored, kw_only=True):
    """That something has happened, as it is kept for whom it concerns; `byUserId` did it."""

    user_id: str
    notification_id: str
    kind: Kind
    topic: Topic
    by_user_id: str
    created_at: str
    updated_at: str
    version: int = 1
    expires_at: int
    casting_id: str | None = None
    application_id: str | None = None


class NamedCasting(Stored):
    casting_id: str
    title: str


class NamedUser(Stored):
    user_id: str
    username: str
    display_name: str


class Profile(NamedUser, kw_only=True):
    """What is read of an account that is to be named."""

    status: str


class ShownNotification(Stored):
    """A notification with what it is about, as that is named now.

    `kind` is the new status of the application; `moved`, its audition has another time or place;
    `requested` or `accepted`, a connection. `user` is who did it, null where the account is no
    longer active; `casting` is null where it is gone, or the notification is about none.
    """

    notification_id: str
    kind: Kind
    topic: Topic
    created_at: str
    is_read: bool
    user: NamedUser | None
    casting: NamedCasting | None
    application_id: str | None


class Notifications(Struct, rename="camel"):
    """One page, the newest first; `next` is the cursor of the page after it, null at the end.

    `unreadCount` is that of the whole list, exact up to 99; 100 is 100 or more.
    """

    items: list[ShownNotification]
    next: str | None
    unread_count: int


class ReadMark(Input):
    """Up to which notification, itself included, the caller has read them."""

    up_to: NotificationId


class NewChannels(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    in_app: bool
    email: bool


class NewPreferences(Input):
    """How the caller wants to hear of what; what is absent is as it is for a new account.

    applications: one was received, or withdrawn. progress: an application was viewed or
    shortlisted. decisions: an audition, an offer, a booking, a refusal. connections: one was asked
    for, or accepted.
    """

    applications: NewChannels = NewChannels(in_app=True, email=False)
    progress: NewChannels = NewChannels(in_app=True, email=False)
    decisions: NewChannels = NewChannels(in_app=True, email=True)
    connections: NewChannels = NewChannels(in_app=True, email=False)


class Channels(Stored):
    in_app: bool
    email: bool


class Preferences(Stored, kw_only=True):
    """How the caller hears of what; version 0 are those of a new account."""

    applications: Channels
    progress: Channels
    decisions: Channels
    connections: Channels
    updated_at: str | None = None
    version: int = 0


class Unsubscription(Input):
    """The token of a link in an e-mail: for whom, from what, and the signature of both."""

    token: Annotated[
        str,
        Meta(
            pattern=r"^[0-9a-f-]{36}\.(applications|progress|decisions|connections)"
            r"\.[A-Za-z0-9_-]{43}(?!\n)$",
        ),
    ]

    @property
    def topic(self) -> str:
        return self.token.split(".")[1]


class Unsubscribed(Stored):
    """Of what no more e-mails are sent, and the same in words."""

    topic: Topic
    detail: str
