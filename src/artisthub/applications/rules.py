"""Decisions about applications; no I/O."""

from datetime import date
from typing import Any, TypeVar
from zlib import crc32

import msgspec
from msgspec import UNSET

from artisthub.applications.models import (
    Applicant,
    ApplicantsQuery,
    Application,
    ApplicationSummary,
    Assessment,
    Audition,
    Contact,
    Entry,
    ListedApplicant,
    NewApplication,
    NewAudition,
    NoteFields,
    OwnApplication,
    PersonRelation,
    Profile,
    ReceivedApplication,
    ReceivedSummary,
    RecruiterNote,
    Status,
    StatusChange,
    StatusProblem,
    StatusResult,
)
from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting, Role
from artisthub.connections.models import Connection
from artisthub.shared import clock, errors, sizes
from artisthub.shared.caller import Caller
from artisthub.shared.models import Stored
from artisthub.users import access
from artisthub.users.stored import Role as Side

View = TypeVar("View", bound=Stored)

# From each status to its successors, each with the side that may choose it. A status without
# a successor is final.
TRANSITIONS: dict[Status, dict[Status, Side]] = {
    "submitted": {"viewed": "recruiter", "declined": "recruiter", "withdrawn": "artist"},
    "viewed": {"shortlisted": "recruiter", "declined": "recruiter", "withdrawn": "artist"},
    "shortlisted": {"audition": "recruiter", "declined": "recruiter", "withdrawn": "artist"},
    "audition": {
        "confirmed": "artist",
        "offered": "recruiter",
        "declined": "recruiter",
        "withdrawn": "artist",
    },
    "confirmed": {
        "audition": "recruiter",
        "offered": "recruiter",
        "declined": "recruiter",
        "withdrawn": "artist",
    },
    "offered": {
        "accepted": "artist",
        "refused": "artist",
        "booked": "recruiter",
        "declined": "recruiter",
        "withdrawn": "artist",
    },
    "accepted": {"booked": "recruiter", "declined": "recruiter", "withdrawn": "artist"},
    "booked": {},
    "declined": {},
    "refused": {},
    "withdrawn": {},
}


KEY_BYTES = 1_000  # of what an item has besides the application

# Board keys have the first letters of a status.
_STATUSES: dict[str, Status] = {status[:3]: status for status in TRANSITIONS}


class CastingClosed(errors.Conflict):
    detail = "This casting takes no applications. It is not open, or its deadline has passed."


class RoleClosed(errors.Conflict):
    detail = "This role takes no applications: it is closed or filled."


class AlreadyApplied(errors.Conflict):
    detail = "You already applied for this role. A withdrawn application cannot be sent again."


class NotYourStep(errors.Forbidden):
    detail = "Only the other side of this application may do this."


class ArtistUnavailable(errors.Conflict):
    detail = "The artist's profile is not available at the moment. Only `declined` is possible."


class StepNotPossible(errors.Conflict):
    detail = "The application cannot change from its current status to this one."


def application_id(role_id: str, artist_id: str) -> str:
    """An id made from role and artist, since each artist applies once. Opaque to clients."""
    return f"{role_id}.{artist_id}"


def role_of(casting: Casting, role_id: str) -> Role:
    """The casting's role. Raises Invalid if it has no such role."""
    for role in casting.roles:
        if role.role_id == role_id:
            return role
    wrong = {"pointer": "/roleId", "detail": "must be a role of this casting"}
    raise errors.Invalid(errors=[wrong])


def new(fields: NewApplication, casting: Casting, artist_id: str, now: str) -> Application:
    """A new application. Raises CastingClosed, RoleClosed, or Invalid for an unknown role."""
    role = role_of(casting, fields.role_id)
    ensure_open(casting, fields.role_id, now)
    return Application(
        application_id=application_id(fields.role_id, artist_id),
        casting_id=casting.casting_id,
        role_id=fields.role_id,
        artist_id=artist_id,
        recruiter_id=casting.recruiter_id,
        casting_title=casting.title,
        role_title=role.title,
        status="submitted",
        share_contact=fields.share_contact,
        created_at=now,
        updated_at=now,
        version=1,
        note=fields.note,
        media_urls=fields.media_urls,
    )


def ensure_open(casting: Casting, role_id: str, now: str) -> None:
    """Raise CastingClosed or RoleClosed."""
    if not casting_rules.takes_applications(casting, now):
        raise CastingClosed
    if all(role.role_id != role_id for role in casting_rules.open_roles(casting)):
        raise RoleClosed


def ended(application: Application, now: str) -> Application:
    """The application declined by the end of its role, or the same if it has ended."""
    if not TRANSITIONS[application.status]:
        return application
    return msgspec.structs.replace(
        application, status="declined", updated_at=now, version=application.version + 1
    )


def board_key(application: Application) -> str:
    """The text by which applicants are sorted and filtered. It begins with the time.

    No text of a client has its separators. After a withdrawal, nobody is found by name.
    """
    is_named = application.status != "withdrawn"
    values = (
        "".join(filter(str.isdigit, application.created_at)),
        application.status[:3],
        application.rating or 0,
        application.fit,
        -(-(sizes.bytes_of(application) + KEY_BYTES) // sizes.READ_BYTES),
        application.artist_names if is_named else "",
        *map(_mark, application.tags),
    )
    return "\n".join(map(str, values))


def _mark(tag: str) -> str:
    return f"{crc32(tag.casefold().encode()):08x}"


def entry_of(application_key: str, key: str) -> Entry:
    """The entry of a board key."""
    at, status, rating, fit, units, names, *tags = key.split("\n")
    return Entry(
        application_key,
        at,
        _STATUSES[status],
        int(rating),
        int(fit),
        int(units),
        names.split(" "),
        tags,
    )


def selected(board: list[Entry], query: ApplicantsQuery) -> list[Entry]:
    """The entries that match all filters, sorted. Equals are sorted by time, the newest first."""
    tag = query.tag and _mark(query.tag)
    wanted = []
    if query.name:
        from artisthub.shared import spelling  # only a search for a name needs it

        wanted = spelling.wanted_names(query.name)
    found = [
        entry
        for entry in board
        if (not query.status or entry.status in query.status)
        and (not query.role_id or entry.application_key.partition("#")[0] in query.role_id)
        and entry.rating >= (query.min_rating or 0)
        and (not tag or tag in entry.tags)
        and all(any(name.startswith(word) for name in entry.names) for word in wanted)
    ]
    return sorted(found, key=lambda entry: rank(entry, query), reverse=True)


def rank(entry: Entry, query: ApplicantsQuery) -> list[str]:
    """The position of an entry in the sorted list. Later entries have smaller ones."""
    values = {"newest": 0, "match": entry.fit, "rating": entry.rating}
    return [f"{values[query.sort] + 100:03}", entry.applied_at, entry.application_key]


def affordable(entries: list[Entry], units: float) -> list[Entry]:
    """The first of these entries whose applications and cards cost at most these read units."""
    chosen: list[Entry] = []
    for entry in entries:
        units -= entry.units / 2 + 1
        if units < 0 and chosen:
            break
        chosen.append(entry)
    return chosen


# A spreadsheet takes a cell that begins so for a formula (OWASP ASVS 1.2.10), also in full width.
FORMULAS = ("=", "+", "-", "@", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
COLUMNS = (
    *("applicationId", "createdAt", "status", "roleTitle", "displayName", "username", "city"),
    *("gender", "age", "skills", "languages", "email", "phone", "heightCm", "match", "rating"),
    *("tags", "note", "mediaUrls", "recruiterNotes"),
)


def csv_row(application: Application, artist: Profile | None, today: date) -> str:
    """The application with the values of COLUMNS, as far as its recruiter sees them."""
    seen = received_view(application, artist, today)
    values: dict[str, Any] = {
        **msgspec.to_builtins(seen),
        **msgspec.to_builtins(seen.artist or {}),
        **msgspec.to_builtins(seen.contact or {}),
        "match": application.fit,
        "recruiterNotes": [note.text for note in seen.recruiter_notes],
    }
    return ",".join(_cell(values.get(name)) for name in COLUMNS) + "\r\n"


def _cell(value: str | float | list[str] | None) -> str:
    """A cell that no spreadsheet runs. Only numbers are not in quotation marks."""
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    text = "\n".join(value) if isinstance(value, list) else value
    if text[:1].isspace() or text.lstrip().startswith(FORMULAS):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"'


def side_of(application: Application, caller: Caller) -> Side:
    """The caller's side. Raises NotFound for everyone else, administrators included."""
    if caller.user_id == application.artist_id:
        return "artist"
    if caller.user_id == application.recruiter_id:
        return "recruiter"
    raise errors.NotFound


def ensure_side(application: Application, caller: Caller, side: Side) -> None:
    if side_of(application, caller) != side:
        raise NotYourStep


def ensure_audition_in_future(change: StatusChange, now: str) -> None:
    """Raise Invalid if the audition is not in the future."""
    if change.audition is not UNSET and clock.text(change.audition.starts_at) <= now:
        wrong = {"pointer": "/audition/startsAt", "detail": "must be in the future"}
        raise errors.Invalid(errors=[wrong])


def ensure_available(artist: Profile | None, change: StatusChange, today: date) -> None:
    """Raise ArtistUnavailable, unless the recruiter declines."""
    is_there = artist is not None and access.is_shown(artist, today)
    if not is_there and change.status != "declined":
        raise ArtistUnavailable


def decided(application: Application, change: StatusChange) -> Application:
    """The application with the recruiter's change. Pass it to `moved` if it differs.

    A confirmed audition stays confirmed until it has another time, place or link.
    """
    fields: dict[str, Any] = {"status": change.status}
    if change.audition is not UNSET:
        fields["audition"] = _kept(change.audition)
    is_confirmed = application.status == "confirmed" and change.status == "audition"
    if is_confirmed and fields.get("audition", application.audition) == application.audition:
        fields["status"] = "confirmed"
    if change.recruiter_note is not UNSET:
        fields["recruiter_note"] = change.recruiter_note
    return msgspec.structs.replace(application, **fields)


class Step:
    """A recruiter's change of one application: what was there, and what follows or why not.

    Nothing follows if nothing differs.
    """

    def __init__(
        self, before: Application | None, moved: Application | None, problem: errors.Problem | None
    ) -> None:
        self.before, self.moved, self.problem = before, moved, problem


def step_of(
    application: Application | None, change: StatusChange, artists: dict[str, Profile], now: str
) -> Step:
    """The step that a change makes. It needs the cards of the artists, by user id."""
    if application is None:
        return Step(None, None, errors.NotFound())
    wanted = decided(application, change)
    if wanted == application:
        return Step(application, None, None)
    try:
        next_version = moved(application, wanted, "recruiter", now)
        today = date.fromisoformat(now[:10])
        ensure_available(artists.get(application.artist_id), change, today)
    except errors.Problem as problem:
        return Step(application, None, problem)
    return Step(application, next_version, None)


def result_of(application_id: str, step: Step) -> StatusResult:
    if problem := step.problem:
        told = StatusProblem(problem.status, type(problem).__name__, str(problem))
        return StatusResult(application_id, None, told)
    stored = step.moved or step.before
    return StatusResult(application_id, stored.status if stored else None, None)


def assessed(application: Application, fields: Assessment, now: str) -> Application:
    """The application with this assessment, or the same if nothing differs. Raises Invalid.

    `updatedAt` stays, because the artist's list is sorted by it.
    """
    changed: dict[str, Any] = {}
    if fields.rating is not UNSET:
        changed["rating"] = fields.rating
    if fields.tags is not UNSET:
        changed["tags"] = list(dict.fromkeys(fields.tags))
    if fields.recruiter_notes is not UNSET:
        changed["recruiter_notes"] = _noted(application, fields.recruiter_notes, now)
    wanted = msgspec.structs.replace(application, **changed)
    if wanted == application:
        return application
    return msgspec.structs.replace(wanted, version=application.version + 1)


def _noted(application: Application, notes: list[NoteFields], now: str) -> list[RecruiterNote]:
    """The notes with ids. New ids contain the version, so none is used again. Raises Invalid."""
    created = {note.note_id: note.created_at for note in application.recruiter_notes}
    sent = [note.note_id for note in notes if note.note_id]
    wrong = [
        {
            "pointer": f"/recruiterNotes/{index}/noteId",
            "detail": "must be a note of this application, and only once in the list",
        }
        for index, note in enumerate(notes)
        if note.note_id and (note.note_id not in created or sent.count(note.note_id) > 1)
    ]
    if wrong:
        raise errors.Invalid(errors=wrong)
    return [
        RecruiterNote(
            note.note_id or f"n{application.version + 1}-{number}",
            note.text,
            created.get(note.note_id or "", now),
        )
        for number, note in enumerate(notes, start=1)
    ]


def sharing(application: Application, is_shared: bool, now: str) -> Application:
    """The application with this consent, or the same if nothing differs. Raises StepNotPossible.

    Consent can be taken back in every status.
    """
    if application.share_contact == is_shared:
        return application
    if is_shared and not TRANSITIONS[application.status]:
        raise StepNotPossible("You can share contact data only until the application has ended.")
    return msgspec.structs.replace(
        application, share_contact=is_shared, updated_at=now, version=application.version + 1
    )


def moved(application: Application, wanted: Application, side: Side, now: str) -> Application:
    """The wanted application as the next version. Raises StepNotPossible.

    With the same status, only the audition and the note change.
    """
    start, end = application.status, wanted.status
    if start != end and TRANSITIONS[start].get(end) != side:
        raise StepNotPossible(f"You cannot change an application from {start} to {end}.")
    return msgspec.structs.replace(wanted, updated_at=now, version=application.version + 1)


def _kept(audition: NewAudition) -> Audition:
    return Audition(clock.text(audition.starts_at), audition.place, audition.link)


def own_view(application: Application) -> OwnApplication:
    """The application for its artist, without the recruiter's note."""
    return _project(application, OwnApplication)


def person_relation(
    user_id: str, connection: Connection | None, *, is_blocked: bool
) -> PersonRelation:
    if connection is None:
        return PersonRelation(user_id, None, None, is_blocked)
    return PersonRelation(user_id, connection.status, connection.direction, is_blocked)


def received_view(
    application: Application, artist: Profile | None, today: date
) -> ReceivedApplication:
    """The application for the casting's recruiter, with the artist's current profile."""
    shown = _artist(application, artist, today)
    if shown["artist"] is None:
        shown |= {"note": None, "media_urls": []}
    return _project(application, ReceivedApplication, **shown)


def received_summary(
    application: ApplicationSummary, artist: Profile | None, today: date
) -> ReceivedSummary:
    """The same for a list."""
    return _project(application, ReceivedSummary, **_artist(application, artist, today))


def listed(application: Application, artist: Profile | None, today: date) -> ListedApplicant:
    """The same for the sorted list."""
    shown = _artist(application, artist, today)
    return _project(application, ListedApplicant, match=application.fit, **shown)


def _artist(application: ApplicationSummary, artist: Profile | None, today: date) -> dict[str, Any]:
    is_withdrawn = application.status == "withdrawn"
    if is_withdrawn or artist is None or not access.is_shown(artist, today):
        return {"artist": None, "contact": None}
    age = access.age(artist.born_on, today) if artist.born_on else None
    return {
        "artist": _project(artist, Applicant, age=age),
        "contact": _project(artist, Contact) if application.share_contact else None,
    }


def _project(source: Stored, view: type[View], **more: Any) -> View:
    """Only the fields that the view declares."""
    names = [name for name in view.__struct_fields__ if name not in more]
    return view(**{name: getattr(source, name) for name in names}, **more)
