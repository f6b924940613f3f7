"""The steps of an application, who may take them, and who sees which field."""

from datetime import UTC, date, datetime
from itertools import pairwise, product
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.applications import rules
from artisthub.applications.models import (
    Applicant,
    Application,
    Assessment,
    Audition,
    Contact,
    NewApplication,
    NewAudition,
    NoteFields,
    OwnApplication,
    Profile,
    ReceivedApplication,
    ReceivedSummary,
    RecruiterNote,
    Status,
    StatusChange,
)
from artisthub.castings import models as castings
from artisthub.castings import rules as casting_rules
from artisthub.shared import errors
from artisthub.shared.caller import Caller
from artisthub.shared.models import Picture
from artisthub.users.stored import Role as Side
from artisthub.users.stored import User
from tests.unit.builders import CREATED, a_casting

NOW = "2026-11-22T12:00:00.000Z"
FUTURE, PAST = "2026-12-24T00:00:00.000Z", "2026-11-20T00:00:00.000Z"
TODAY = date(2026, 11, 22)
STATUSES: tuple[Status, ...] = get_args(Status)
SIDES: tuple[Side, ...] = get_args(Side)

# An application goes submitted → viewed → shortlisted → audition → offered → booked. The artist may
# confirm the audition, and accept or refuse the offer. Before the end, the recruiter may decline it
# and the artist may withdraw it.
PIPELINE = ["submitted", "viewed", "shortlisted", "audition", "offered", "booked"]
ALIVE = [*PIPELINE[:-1], "confirmed", "accepted"]
ARROWS = {
    *((start, end, "recruiter") for start, end in pairwise(PIPELINE)),
    *(("confirmed", end, "recruiter") for end in ("audition", "offered")),
    ("accepted", "booked", "recruiter"),
    ("audition", "confirmed", "artist"),
    *(("offered", end, "artist") for end in ("accepted", "refused")),
    *((start, "declined", "recruiter") for start in ALIVE),
    *((start, "withdrawn", "artist") for start in ALIVE),
}
ENDS = {"booked", "declined", "refused", "withdrawn"}


def an_application(**fields: Any) -> Application:
    """Every field has a value, and no two are equal."""
    complete: dict[str, Any] = {
        "application_id": "r1-1.the-artist",
        "casting_id": "the-casting",
        "role_id": "r1-1",
        "artist_id": "the-artist",
        "recruiter_id": "the-recruiter",
        "casting_title": "the casting's title",
        "role_title": "the role's title",
        "status": "submitted",
        "share_contact": True,
        "created_at": CREATED,
        "updated_at": "2026-11-02T00:00:00.000Z",
        "version": 90210,
        "audition": Audition(FUTURE, "the place", "https://the-link.example"),
        "note": "the artist's note",
        "media_urls": ["https://the-media.example/1"],
        "recruiter_note": "the recruiter's note",
        "rating": 31337,
        "artist_names": "the words of a name",
        "fit": 4242,
        "tags": ["the tag"],
        "recruiter_notes": [RecruiterNote("n2-1", "the note of before", CREATED)],
    }
    return Application(**(complete | fields))


def a_profile(**fields: Any) -> Profile:
    complete: dict[str, Any] = {
        "user_id": "the-artist",
        "username": "the-username",
        "display_name": "the display name",
        "email": "the-email@example.org",
        "status": "active",
        "picture": Picture("/v1/small", "/v1/medium", "/v1/large"),
        "headline": "the headline",
        "city": "the city",
        "categories": ["stunts"],
        "skills": ["the skill"],
        "languages": ["the language"],
        "gender": "nonbinary",
        "born_on": date(1987, 5, 4),
        "phone": "+911234567890",
        "height_cm": 173,
    }
    return Profile(**(complete | fields))


def moved(application: Application, status: Status, side: Side) -> Application:
    wanted = msgspec.structs.replace(application, status=status)
    return rules.moved(application, wanted, side, NOW)


@pytest.mark.parametrize(("start", "end", "side"), list(product(STATUSES, STATUSES, SIDES)))
def test_only_the_allowed_status_changes_of_an_application_succeed(
    start: Status, end: Status, side: Side
) -> None:
    application = an_application(status=start)

    if (start, end, side) in ARROWS or start == end:
        assert moved(application, end, side).status == end
    else:
        with pytest.raises(rules.StepNotPossible):
            moved(application, end, side)


@given(st.lists(st.tuples(st.sampled_from(STATUSES), st.sampled_from(SIDES)), max_size=20))
def test_no_sequence_of_status_changes_leaves_a_final_status(
    attempts: list[tuple[Status, Side]],
) -> None:
    application = an_application(version=1)
    walked: list[Status] = ["submitted"]

    for status, side in attempts:
        try:
            application = moved(application, status, side)
        except rules.StepNotPossible:
            continue
        walked.append(application.status)

    steps = [(start, end) for start, end in pairwise(walked) if start != end]
    assert all(step in {(start, end) for start, end, _ in ARROWS} for step in steps)
    assert not ENDS & set(walked[: walked.index(walked[-1])])
    assert application.version == len(walked)


def test_every_allowed_status_change_is_reachable_and_an_end_is_final() -> None:
    walked: set[tuple[Status, Status, Side]] = set()
    ahead = [an_application()]
    while ahead:
        application = ahead.pop()
        for end, side in rules.TRANSITIONS[application.status].items():
            step = (application.status, end, side)
            if step not in walked:
                walked.add(step)
                ahead.append(moved(application, end, side))

    assert walked == ARROWS
    assert {status for status, steps in rules.TRANSITIONS.items() if not steps} == ENDS


def test_a_step_makes_a_new_version() -> None:
    application = an_application()

    step = moved(application, "viewed", "recruiter")

    assert (step.version, step.updated_at) == (90211, NOW)
    kept = msgspec.structs.replace(step, status="submitted", version=90210, updated_at="")
    assert kept == msgspec.structs.replace(application, updated_at="")


def a_change(status: Status, **fields: Any) -> StatusChange:
    return StatusChange(status=status, **fields)


def test_a_field_absent_from_a_status_change_stays() -> None:
    application = an_application(status="audition")

    assert rules.decided(application, a_change("audition")) == application
    assert rules.decided(application, a_change("audition", recruiter_note=None)) == (
        msgspec.structs.replace(application, recruiter_note=None)
    )


def test_an_audition_time_is_stored_in_utc() -> None:
    starts_at = datetime.fromisoformat("2030-01-01T10:00:00+05:30")
    change = a_change("audition", audition=NewAudition(starts_at=starts_at, place="Studio 2"))

    decided = rules.decided(an_application(status="shortlisted"), change)

    assert decided.audition == Audition("2030-01-01T04:30:00.000Z", "Studio 2", None)


@pytest.mark.parametrize(("minutes", "passes"), [(-1, False), (0, False), (1, True)])
def test_an_audition_must_be_in_the_future(minutes: int, passes: bool) -> None:
    starts_at = datetime(2026, 11, 22, 12, 30 + minutes, tzinfo=UTC)
    change = a_change("audition", audition=NewAudition(starts_at=starts_at))
    now = "2026-11-22T12:30:00.000Z"

    if passes:
        rules.ensure_audition_in_future(change, now)
    else:
        with pytest.raises(errors.Invalid) as refused:
            rules.ensure_audition_in_future(change, now)
        assert [each["pointer"] for each in refused.value.errors or []] == ["/audition/startsAt"]


@pytest.mark.parametrize("status", get_args(castings.Status))
@pytest.mark.parametrize("deadline_at", [None, FUTURE, NOW, PAST])
def test_a_casting_takes_applications_only_while_open_and_before_its_deadline(
    status: castings.Status, deadline_at: str | None
) -> None:
    casting = a_casting(status=status, deadline_at=deadline_at)
    is_open = status == "open" and deadline_at in (None, FUTURE)

    assert casting_rules.takes_applications(casting, NOW) == is_open
    if not is_open:
        with pytest.raises(rules.CastingClosed):
            rules.new(NewApplication(role_id="r1-1", share_contact=True), casting, "a", NOW)


def test_an_application_names_its_casting_role_recruiter_and_artist() -> None:
    fields = NewApplication(role_id="r2-1", share_contact=True, note="Me")

    roles = [castings.Role("Lead", "r1-1"), castings.Role("Extra", "r2-1")]

    application = rules.new(fields, a_casting(roles=roles), "the-artist", NOW)

    assert application.application_id == "r2-1.the-artist"
    assert (application.casting_title, application.role_title) == ("Dancers", "Extra")
    assert (application.recruiter_id, application.artist_id) == ("recruiter", "the-artist")
    assert (application.status, application.version, application.note) == ("submitted", 1, "Me")


def test_an_application_for_an_unknown_role_is_refused() -> None:
    with pytest.raises(errors.Invalid) as refused:
        rules.new(NewApplication(role_id="r9-1", share_contact=True), a_casting(), "a", NOW)

    assert [each["pointer"] for each in refused.value.errors or []] == ["/roleId"]


@pytest.mark.parametrize(
    ("user_id", "side"), [("the-artist", SIDES[0]), ("the-recruiter", SIDES[1])]
)
def test_the_artist_and_the_recruiter_can_take_only_their_own_steps(
    user_id: str, side: Side
) -> None:
    caller = Caller(user_id, frozenset(), "")

    assert rules.side_of(an_application(), caller) == side
    for each in SIDES:
        if each == side:
            rules.ensure_side(an_application(), caller, each)
        else:
            with pytest.raises(rules.NotYourStep):
                rules.ensure_side(an_application(), caller, each)


@pytest.mark.parametrize("groups", [frozenset(), frozenset({"admins"})])
def test_an_application_does_not_exist_for_anyone_else(groups: frozenset[str]) -> None:
    with pytest.raises(errors.NotFound):
        rules.side_of(an_application(), Caller("someone", groups, ""))


def test_an_assessment_changes_only_what_it_names() -> None:
    application = an_application()

    assert rules.assessed(application, Assessment(), NOW) is application
    same = Assessment(rating=31337, tags=["the tag", "the tag"])
    assert rules.assessed(application, same, NOW) is application
    cleared = rules.assessed(application, Assessment(rating=None, tags=[]), NOW)
    assert cleared == msgspec.structs.replace(application, rating=None, tags=[], version=90211)


def test_a_note_keeps_its_time_and_a_new_one_gets_an_id_that_was_never_used() -> None:
    notes = [NoteFields("new"), NoteFields("changed", "n2-1")]

    assessed = rules.assessed(an_application(), Assessment(recruiter_notes=notes), NOW)

    new, changed = assessed.recruiter_notes
    assert new == RecruiterNote("n90211-1", "new", NOW)
    assert changed == RecruiterNote("n2-1", "changed", CREATED)


@pytest.mark.parametrize("ids", [["n9-9"], ["n2-1", "n2-1"]])
def test_a_note_that_is_unknown_or_sent_twice_is_named(ids: list[str]) -> None:
    notes = [NoteFields("text", note_id) for note_id in ids]

    with pytest.raises(errors.Invalid) as refused:
        rules.assessed(an_application(), Assessment(recruiter_notes=notes), NOW)

    places = [each["pointer"] for each in refused.value.errors or []]
    assert places == [f"/recruiterNotes/{index}/noteId" for index in range(len(ids))]


# The fields that each person sees. A field in none of these sets is never sent.
IN_LISTS = {
    *("applicationId", "castingId", "roleId", "artistId", "recruiterId"),
    *("castingTitle", "roleTitle", "status", "shareContact"),
    *("createdAt", "updatedAt", "version", "audition"),
}
OWN = IN_LISTS | {"note", "mediaUrls"}
RECEIVED_IN_LISTS = IN_LISTS | {"artist", "contact"}
RECEIVED = OWN | {"artist", "contact", "recruiterNote", "rating", "tags", "recruiterNotes"}
APPLICANT = {
    *("userId", "username", "displayName", "picture", "headline", "city"),
    *("categories", "skills", "languages", "gender", "age"),
}
CONTACT = {"email", "phone", "heightCm"}


def texts_of(struct: msgspec.Struct) -> dict[str, str]:
    """Every field with its text as an answer would contain it."""
    plain = msgspec.to_builtins(struct)
    assert all(value not in (None, [], "") for value in plain.values())
    return {name: msgspec.json.encode(value).decode().strip('[]"') for name, value in plain.items()}


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (rules.own_view(an_application()), OWN),
        (rules.received_view(an_application(), a_profile(), TODAY), RECEIVED),
        (rules.received_summary(an_application(), a_profile(), TODAY), RECEIVED_IN_LISTS),
    ],
)
def test_a_viewer_gets_exactly_the_fields_meant_for_them(
    view: msgspec.Struct, expected: set[str]
) -> None:
    seen = msgspec.to_builtins(view)
    text = msgspec.json.encode(seen).decode()

    assert seen.keys() == expected
    for name, plain in texts_of(an_application()).items():
        # Everyone sees applicationId, which contains the ids of the role and the artist.
        assert (plain in text) == (name in expected), name
    for name, plain in texts_of(a_profile()).items():
        is_shown = "artist" in expected and (name in APPLICANT | CONTACT)
        assert (plain in text) == (is_shown or name == "userId"), name


def test_the_recruiter_sees_the_artist_and_the_shared_contact_details() -> None:
    seen = msgspec.to_builtins(rules.received_view(an_application(), a_profile(), TODAY))

    assert seen["artist"].keys() == APPLICANT
    assert seen["artist"]["age"] == 39
    assert seen["contact"] == {
        "email": "the-email@example.org",
        "phone": "+911234567890",
        "heightCm": 173,
    }


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("share_contact", [True, False])
@pytest.mark.parametrize("account", [*get_args(User.__annotations__["status"]), "gone"])
def test_the_artist_is_shown_only_while_active_and_not_after_a_withdrawal(
    status: Status, share_contact: bool, account: str
) -> None:
    application = an_application(status=status, share_contact=share_contact)
    artist = None if account == "gone" else a_profile(status=account)

    for view in (rules.received_view, rules.received_summary):
        seen = view(application, artist, TODAY)
        is_shown = status != "withdrawn" and account == "active"
        assert (seen.artist is not None) == is_shown
        assert (seen.contact is not None) == (is_shown and share_contact)
    whole = rules.received_view(application, artist, TODAY)
    assert bool(whole.note) == bool(whole.media_urls) == is_shown
    assert whole.recruiter_note


@pytest.mark.parametrize("status", STATUSES)
def test_consent_is_taken_back_in_every_status_and_given_until_the_end(status: Status) -> None:
    shared = an_application(status=status, share_contact=True)

    private = rules.sharing(shared, False, NOW)

    assert (private.share_contact, private.status) == (False, status)
    assert (private.version, private.updated_at) == (shared.version + 1, NOW)
    assert rules.sharing(shared, True, NOW) is shared
    if rules.TRANSITIONS[status]:
        assert rules.sharing(private, True, NOW).share_contact
    else:
        with pytest.raises(rules.StepNotPossible):
            rules.sharing(private, True, NOW)


def test_the_profile_fields_shown_are_among_those_read() -> None:
    shown = {*Applicant.__struct_fields__, *Contact.__struct_fields__} - {"age"}

    assert shown | {"born_on", "status"} == set(Profile.__struct_fields__)
    assert set(Profile.__struct_fields__) <= set(User.__struct_fields__)


def test_every_application_field_has_its_viewers() -> None:
    names = {*Application.__struct_encode_fields__}

    sorted_by = {"artistNames", "fit"}  # which only the sorted list shows, as `match`
    assert names == RECEIVED - {"artist", "contact"} | sorted_by
    assert {*OwnApplication.__struct_encode_fields__} == OWN
    assert {*ReceivedApplication.__struct_encode_fields__} == RECEIVED
    assert {*ReceivedSummary.__struct_encode_fields__} == RECEIVED_IN_LISTS
