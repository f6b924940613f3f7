"""Events, notifications and notification preferences."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from artisthub.cases.models import Outcome
from artisthub.relations.models import ApplicationStatus
from artisthub.shared.models import Input, Stored
from artisthub.users.stored import NamedUser

# Domain events for subscribers of the event bus: docs/events.md. They contain only ids, because
# published data cannot be taken back.


class Event(Stored, kw_only=True):
    """A domain event. `eventId` is the same in every delivery."""

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
    """An artist applied for a role."""


class ApplicationStatusChanged(ApplicationEvent, kw_only=True):
    """The recruiter changed the status of an application."""

    status: ApplicationStatus
    previous_status: ApplicationStatus


class ApplicationWithdrawn(ApplicationEvent, kw_only=True):
    """The artist withdrew an application."""

    previous_status: ApplicationStatus


class AuditionConfirmed(ApplicationEvent, kw_only=True):
    """The artist confirmed the audition."""


class OfferAccepted(ApplicationEvent, kw_only=True):
    """The artist accepted the offer."""


class OfferRefused(ApplicationEvent, kw_only=True):
    """The artist refused the offer."""


class AuditionMoved(ApplicationEvent, kw_only=True):
    """The audition of an application has a new time, place or link."""


class ConnectionEvent(Event, kw_only=True):
    """`userId` acted; `otherUserId` is the account on the other side."""

    user_id: str
    other_user_id: str


class ConnectionRequested(ConnectionEvent, kw_only=True):
    """`userId` requested a connection with `otherUserId`."""


class ConnectionAccepted(ConnectionEvent, kw_only=True):
    """`userId` accepted the connection request from `otherUserId`."""


# The new status of an application, or another word if the status does not say what happened.
Kind = Literal[
    ApplicationStatus, "moved", "agreed", "requested", "hidden", "cleared", "sanctioned", "answered"
]
Topic = Literal["applications", "progress", "decisions", "connections", "moderation"]

NotificationId = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Notification(Stored, kw_only=True):
    """A notification as stored for `userId`. `byUserId` acted.

    It is empty if the artist has withdrawn the application since.
    """

    user_id: str
    notification_id: str
    kind: Kind
    topic: Topic
    by_user_id: str = ""
    created_at: str
    updated_at: str
    version: int = 1
    expires_at: int
    casting_id: str | None = None
    application_id: str | None = None
    outcome: Outcome | None = None
    reason: str | None = None


class NamedCasting(Stored):
    casting_id: str
    title: str


class ShownNotification(Stored):
    """A notification with the current names of the user and the casting.

    `kind` is the new status of an application, `moved` for an audition with a new time, place or
    link, `agreed` for an accepted offer, or `requested` or `accepted` for a connection. Four kinds
    are about reports: `hidden` (the
    casting is hidden until administrators have looked), `cleared` (they dismissed reports about the
    caller), `sanctioned` (they acted) and `answered` (they decided about the caller's own report).
    `outcome` is the decision, and `reason` is for the account that was reported only.

    `user` acted; it is null if the account is no longer active, or has withdrawn the application,
    or if reports are the cause. `casting` is null if the caller may no longer read it, or the
    notification is about something else.
    """

    notification_id: str
    kind: Kind
    topic: Topic
    created_at: str
    is_read: bool
    user: NamedUser | None
    casting: NamedCasting | None
    application_id: str | None
    outcome: Outcome | None = None
    reason: str | None = None


class Notifications(Struct, rename="camel"):
    """One page of notifications. `next` is the cursor of the next page, null on the last.

    `unreadCount` is for the whole list. It is exact up to 99; 100 means 100 or more.
    """

    items: list[ShownNotification]
    next: str | None
    unread_count: int


class ReadMark(Input):
    """The last notification that the caller has read. All earlier ones count as read too."""

    up_to: NotificationId


class NewChannels(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    in_app: bool
    email: bool


class NewPreferences(Input):
    """Notification preferences by topic. Absent topics get the defaults of a new account.

    applications: an application was received or withdrawn. progress: an application was viewed or
    shortlisted. decisions: an audition, an offer, a booking or a decline. connections: a connection
    was requested or accepted. moderation: reports were decided or hid a casting.

    Confirmed auditions belong to applications, and answered offers to decisions.
    """

    applications: NewChannels = NewChannels(in_app=True, email=False)
    progress: NewChannels = NewChannels(in_app=True, email=False)
    decisions: NewChannels = NewChannels(in_app=True, email=True)
    connections: NewChannels = NewChannels(in_app=True, email=False)
    moderation: NewChannels = NewChannels(in_app=True, email=True)


class Channels(Stored):
    in_app: bool
    email: bool


class Preferences(Stored, kw_only=True):
    """The caller's notification preferences. Version 0 has the defaults of a new account."""

    applications: Channels
    progress: Channels
    decisions: Channels
    connections: Channels
    moderation: Channels
    updated_at: str | None = None
    version: int = 0


class Unsubscription(Input):
    """The signed token from the link in an e-mail. It names the account and the topic."""

    token: Annotated[
        str,
        Meta(
            pattern=r"^[0-9a-f-]{36}\.(applications|progress|decisions|connections|moderation)"
            r"\.[A-Za-z0-9_-]{43}(?!\n)$",
        ),
    ]

    @property
    def topic(self) -> str:
        return self.token.split(".")[1]


class Html(bytes):
    """A page for people."""


class Unsubscribed(Stored):
    """The topic that no longer causes e-mails, and a message that says so."""

    topic: Topic
    detail: str
