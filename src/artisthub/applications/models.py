"""Applications: an artist who asks for a role of a casting, and what became of it."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from artisthub.shared.models import (
    Category,
    Gender,
    HttpsUrl,
    Input,
    MediaUrl,
    PageQuery,
    Stored,
    Title,
)

Status = Literal[
    "submitted", "viewed", "shortlisted", "audition", "offered", "booked", "declined", "withdrawn"
]
RoleId = Annotated[str, Meta(pattern="^r[0-9]{1,9}-[0-9]{1,2}$", description="A role's `roleId`")]
Note = Annotated[str, Meta(min_length=1, max_length=2_000)]
MediaUrls = Annotated[list[MediaUrl], Meta(max_length=10)]
Instant = Annotated[datetime, Meta(tz=True)]


class NewApplication(Input):
    """What an artist sends. `shareContact` lets the casting's recruiter see e-mail address, phone
    number and physical stats, as they are whenever the recruiter looks."""

    role_id: RoleId
    share_contact: bool
    note: Note | None = None
    media_urls: MediaUrls = []


class NewAudition(Input):
    """When the audition is, and where or under which link."""

    starts_at: Instant
    place: Title | None = None
    link: HttpsUrl | None = None

    def __post_init__(self) -> None:
        if not 2000 <= self.starts_at.year < 2200:
            raise ValueError("startsAt must be in this century or the next")


class StatusChange(Input):
    """The next status. What is absent stays as it is; `recruiterNote` null clears the note.

    The artist never sees `recruiterNote`. `audition` comes with the status audition alone.
    """

    status: Status
    audition: NewAudition | UnsetType = UNSET
    recruiter_note: Note | UnsetType | None = UNSET

    def __post_init__(self) -> None:
        if self.audition is not UNSET and self.status != "audition":
            raise ValueError("audition belongs to the status audition")


class CastingApplicationsQuery(PageQuery):
    status: Status | None = None
    role_id: RoleId | None = None


class MyApplicationsQuery(PageQuery):
    status: Status | None = None


class Audition(Stored):
    starts_at: str
    place: str | None = None
    link: str | None = None


class ApplicationSummary(Stored):
    """An application in a list: exactly what the indexes project.

    `castingTitle` and `roleTitle` are those of the day it was made.
    """

    application_id: str
    casting_id: str
    role_id: str
    artist_id: str
    recruiter_id: str
    casting_title: str
    role_title: str
    status: Status
    share_contact: bool
    created_at: str
    updated_at: str
    version: int
    audition: Audition | None = None


class OwnApplication(ApplicationSummary, kw_only=True):
    """An application as its artist sees it."""

    note: str | None = None
    media_urls: list[str] = []


class Application(OwnApplication, kw_only=True):
    """An application as it is kept."""

    recruiter_note: str | None = None


class Applicant(Stored):
    """What the recruiter of a casting sees of an artist who applied, whatever their privacy."""

    user_id: str
    username: str
    display_name: str
    headline: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    gender: Gender | None = None
    age: int | None = None


class Contact(Stored):
    """What an artist shares with the recruiter of a casting applied to, by consent."""

    email: str
    phone: str | None = None
    height_cm: int | None = None


class ReceivedSummary(ApplicationSummary, kw_only=True):
    """An application in the recruiter's list.

    `artist` is null once the account is no longer active, `contact` also without the artist's
    consent, which ends when the application is withdrawn.
    """

    artist: Applicant | None
    contact: Contact | None


class ReceivedApplication(ReceivedSummary, kw_only=True):
    """An application as the recruiter of its casting sees it."""

    note: str | None = None
    media_urls: list[str] = []
    recruiter_note: str | None = None


class Profile(Stored):
    """What is read of an artist's profile for the recruiter: what Applicant and Contact hold."""

    user_id: str
    username: str
    display_name: str
    email: str
    status: str
    headline: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    gender: Gender | None = None
    born_on: date | None = None
    phone: str | None = None
    height_cm: int | None = None
