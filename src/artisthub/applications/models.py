"""Applications of artists for roles, and their status."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from artisthub.relations.models import ApplicationStatus, CastingRelation
from artisthub.shared.models import (
    Category,
    Gender,
    HttpsUrl,
    Ids,
    Input,
    MediaUrl,
    Name,
    PageQuery,
    Picture,
    Stored,
    Title,
    Word,
)
from artisthub.users.stored import ConnectionStatus, Direction, NamedUser

Answer = Literal["confirmed", "accepted", "refused"]
Status = ApplicationStatus
ApplicationId = Annotated[str, Meta(pattern=r"^r[0-9]{1,9}-[0-9]{1,2}\.[!-~]{1,60}$")]


def _not_a_role_id(_: str) -> str:
    return "must be the `roleId` of a role, such as r1-1"


RoleId = Annotated[
    str,
    Meta(
        pattern="^r[0-9]{1,9}-[0-9]{1,2}$",
        description="A role's `roleId`",
        extra={"explain": _not_a_role_id},
    ),
]
Note = Annotated[str, Meta(min_length=1, max_length=2_000)]
MediaUrls = Annotated[list[MediaUrl], Meta(max_length=10)]
Statuses = Annotated[list[Status], Meta(min_length=1, max_length=11, description="Any of these")]
RoleIds = Annotated[list[RoleId], Meta(min_length=1, max_length=20, description="Any of these")]
Tag = Annotated[str, Meta(min_length=1, max_length=20, pattern=r"^[^\n]*$")]
Instant = Annotated[datetime, Meta(tz=True)]


class NewApplication(Input):
    """An artist's application.

    With `shareContact`, the casting's recruiter sees the artist's current e-mail address, phone
    number and physical stats.
    """

    role_id: RoleId
    share_contact: bool
    note: Note | None = None
    media_urls: MediaUrls = []


class NewAudition(Input):
    """When the audition is, and its place or link."""

    starts_at: Instant
    place: Title | None = None
    link: HttpsUrl | None = None

    def __post_init__(self) -> None:
        if not 2000 <= self.starts_at.year < 2200:
            raise ValueError("startsAt must be between the years 2000 and 2199")


class StatusChange(Input):
    """The next status. Absent fields do not change; null clears `recruiterNote`.

    The artist never sees `recruiterNote`. Send `audition` only with the status audition.
    """

    status: Status
    audition: NewAudition | UnsetType = UNSET
    recruiter_note: Note | UnsetType | None = UNSET

    def __post_init__(self) -> None:
        if self.audition is not UNSET and self.status != "audition":
            raise ValueError("audition is allowed only if status is audition")


class StatusChanges(StatusChange, kw_only=True):
    """The same change for up to 100 applications of one casting."""

    application_ids: Annotated[list[ApplicationId], Meta(min_length=1, max_length=100)]


class NoteFields(Input):
    """A note of the recruiter. The service assigns `noteId`; send it again to keep the note."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]
    note_id: Annotated[str, Meta(pattern="^n[0-9]{1,9}-[0-9]{1,2}$")] | None = None


class Assessment(Input):
    """The recruiter's rating, tags and notes of an applicant. The artist never sees them.

    Absent fields do not change, null clears `rating`, and a list replaces the whole list.
    """

    rating: Annotated[int, Meta(ge=1, le=5)] | UnsetType | None = UNSET
    tags: Annotated[list[Tag], Meta(max_length=5)] | UnsetType = UNSET
    recruiter_notes: Annotated[list[NoteFields], Meta(max_length=10)] | UnsetType = UNSET


class ApplicationAnswer(Input):
    """The artist's answer: the audition is confirmed, or the offer is accepted or refused."""

    answer: Answer


class CastingApplicationsQuery(PageQuery):
    status: Status | None = None
    role_id: RoleId | None = None


class ApplicantsQuery(PageQuery):
    sort: Literal["newest", "match", "rating"] = "newest"
    status: Statuses | None = None
    role_id: RoleIds | None = None
    name: Annotated[Name, Meta(description="Beginnings of the artist's names")] | None = None
    tag: Word | None = None
    min_rating: Annotated[int, Meta(ge=1, le=5)] | None = None


class ApplicantsFileQuery(PageQuery):
    limit: Annotated[int, Meta(ge=1, description="Rows per page; values over 100 count as 100")] = (
        100
    )
    status: Statuses | None = None
    role_id: RoleIds | None = None


class Csv(bytes):
    """A page of a table as CSV (RFC 4180)."""


class NewSharing(Input):
    """Whether the artist shares contact data with the casting's recruiter."""

    share_contact: bool


class MyApplicationsQuery(PageQuery):
    status: Statuses | None = None
    counts: Annotated[bool, Meta(description="Also count the applications by status")] = False


class RelationsQuery(Input):
    """The castings and people that the caller asks about."""

    castings: Ids | None = None
    people: Ids | None = None


class Audition(Stored):
    starts_at: str
    place: str | None = None
    link: str | None = None


class ApplicationSummary(Stored):
    """An application in a list.

    `castingTitle` and `roleTitle` are the titles at the time of the application.
    """

    # Exactly the attributes that the indexes project.

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


class ListedApplication(ApplicationSummary, kw_only=True):
    """An application in its artist's list.

    `recruiter` is null if their account is hidden or blocked, and for seconds after that profile
    has changed.
    """

    recruiter: NamedUser | None = None


class MyApplications(Stored):
    """One page of an artist's applications. `next` is the cursor of the next page.

    `counts` has the number of applications in each status, without regard to the filters, if the
    request asks for it. If there are too many to count, `countedAll` is false and `counts` has the
    last changed.
    """

    items: list[ListedApplication]
    next: str | None
    counts: dict[str, int] | None = None
    counted_all: bool | None = None


class PersonRelation(Stored):
    """The relation of the caller to a person.

    `connection` is null if neither asked the other to connect. `isBlocked` says whether the caller
    blocks the person, never whether the person blocks the caller.
    """

    user_id: str
    connection: ConnectionStatus | None
    direction: Direction | None
    is_blocked: bool


class Relations(Stored):
    """A relation for each id, in the order of the request."""

    castings: list[CastingRelation]
    people: list[PersonRelation]


class OwnApplication(ApplicationSummary, kw_only=True):
    """An application as its artist sees it."""

    note: str | None = None
    media_urls: list[str] = []


class RecruiterNote(Stored):
    """A note of the recruiter about an applicant."""

    note_id: str
    text: str
    created_at: str


class Application(OwnApplication, kw_only=True):
    """An application as stored."""

    recruiter_note: str | None = None
    rating: int | None = None
    tags: list[str] = []
    recruiter_notes: list[RecruiterNote] = []
    # When the artist applied: the words of the name, and how well the profile fitted the role.
    artist_names: str = ""
    fit: int = 0


class Applicant(Stored):
    """The profile of an artist who applied. The artist's `privacy` does not limit it."""

    user_id: str
    username: str
    display_name: str
    picture: Picture | None = None
    headline: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    gender: Gender | None = None
    age: int | None = None


class Contact(Stored):
    """The contact data that an artist shares with the casting's recruiter."""

    email: str
    phone: str | None = None
    height_cm: int | None = None


class ReceivedSummary(ApplicationSummary, kw_only=True):
    """An application in the recruiter's list.

    `artist` and `contact` are null if the artist has withdrawn the application, or if their account
    is hidden or blocked. `contact` is also null if the artist does not share it.
    """

    artist: Applicant | None
    contact: Contact | None


class ListedApplicant(ReceivedSummary, kw_only=True):
    """An application in the sorted list.

    `match` is the number of met requirements less that of unmet ones, at the time of the
    application.
    """

    rating: int | None
    tags: list[str]
    match: int


class Applicants(Stored):
    """One page of applicants. `next` is the cursor of the next page, null on the last.

    `counts` has the number of applications in each status, without regard to the filters.
    """

    items: list[ListedApplicant]
    next: str | None
    counts: dict[str, int]


class Entry(Struct, frozen=True):
    """An application in the index of its casting, with what applicants are sorted by.

    `units` is the size of the application in read units of 4 KB.
    """

    application_key: str
    applied_at: str
    status: Status
    rating: int
    fit: int
    units: int
    names: list[str]
    tags: list[str]

    @property
    def artist_id(self) -> str:
        return self.application_key.partition("#")[2]

    @property
    def application_id(self) -> str:
        return self.application_key.replace("#", ".", 1)


class ReceivedApplication(ReceivedSummary, kw_only=True):
    """An application as the recruiter of its casting sees it.

    `note` and `mediaUrls` are empty while `artist` is null.
    """

    note: str | None = None
    media_urls: list[str] = []
    recruiter_note: str | None = None
    rating: int | None = None
    tags: list[str] = []
    recruiter_notes: list[RecruiterNote] = []


class StatusProblem(Stored):
    """The status, code and explanation that setApplicationStatus gives for this application."""

    status: int
    code: str
    detail: str


class StatusResult(Stored):
    """The status of an application after a change, or why it did not change."""

    application_id: str
    status: Status | None
    problem: StatusProblem | None


class StatusResults(Stored):
    """A result for each application, in the order of the request."""

    items: list[StatusResult]


class Profile(Stored):
    """The fields of an artist's profile that Applicant and Contact need."""

    user_id: str
    username: str
    display_name: str
    email: str
    status: str
    picture: Picture | None = None
    headline: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    gender: Gender | None = None
    born_on: date | None = None
    phone: str | None = None
    height_cm: int | None = None
