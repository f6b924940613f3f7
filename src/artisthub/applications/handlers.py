"""Applications for roles of castings."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec

from artisthub.applications import repository, rules
from artisthub.applications.models import (
    Applicants,
    ApplicantsFileQuery,
    ApplicantsQuery,
    Application,
    ApplicationAnswer,
    Assessment,
    CastingApplicationsQuery,
    Csv,
    Entry,
    MyApplications,
    MyApplicationsQuery,
    NewApplication,
    NewSharing,
    OwnApplication,
    Profile,
    ReceivedApplication,
    ReceivedSummary,
    Relations,
    RelationsQuery,
    Status,
    StatusChange,
    StatusChanges,
    StatusResults,
)
from artisthub.blocks import repository as blocks
from artisthub.castings import repository as castings
from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting, CastingSummary
from artisthub.relations import repository as relations
from artisthub.shared import changes, clock, cursor, errors, idempotency, log, paging
from artisthub.shared.endpoint import Answer, Request, by_route, endpoint
from artisthub.shared.models import Page
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import NamedCard, User

MOST_NAMES = 30  # characters that a search for a name looks at
COUNT_UNITS = 30  # of counting an artist's applications
SECONDS = 20  # of the changes of one request, because API Gateway waits for 30


def _sent(request: Request[NewApplication, None], application_id: str) -> Answer[OwnApplication]:
    application = repository.get(request.path["castingId"], application_id, consistent=True)
    return Answer(rules.own_view(application), location=f"applications/{application_id}")


@endpoint(
    status=201,
    body=NewApplication,
    idempotent=_sent,
    quotas=("applications",),
    raises=(
        *access.NOT_ADULT,
        access.RoleRequired,
        rules.CastingClosed,
        rules.RoleClosed,
        rules.AlreadyApplied,
    ),
)
def apply_to_casting(request: Request[NewApplication, None]) -> Answer[OwnApplication]:
    """Apply for an open role of an open casting.

    Artists only, once for each role. A withdrawn application cannot be sent again. An application
    that arrives while the role or the casting closes is stored before it closes, or refused.
    """
    artist = users.ensure_adult(request.caller, "artist")
    casting_id = request.path["castingId"]
    casting = castings.get_visible(casting_id, lambda: request.caller, consistent=True)
    if blocks.is_between(artist.user_id, casting.recruiter_id, consistent=True):
        raise errors.NotFound  # as for an unknown casting
    application = rules.new(request.body, casting, artist.user_id, clock.now())
    links = {f"/mediaUrls/{index}": url for index, url in enumerate(application.media_urls)}
    access.ensure_own_uploads(links, artist.user_id)
    application.artist_names, application.fit = _sorted_by(artist, casting, application.role_id)
    request.spend()
    stamp = request.idempotency()
    repository.add(application, stamp)
    _ensure_still_open(application, stamp)
    log.count("Applications")
    location = f"applications/{application.application_id}"
    return Answer(rules.own_view(application), location=location)


@endpoint(raises=(*access.NOT_ADULT, casting_rules.CastingTakenDown, casting_rules.CastingHidden))
def get_application(
    request: Request[None, None],
) -> OwnApplication | Answer[ReceivedApplication]:
    """Get an application.

    For the artist and the casting's recruiter only. The recruiter also sees the artist's profile
    and, if the artist shares them, the e-mail address, phone number and physical stats. After a
    withdrawal the recruiter sees nothing of the artist. While the casting is taken down or hidden
    by reports, only the artist can read the application. Of very long skills and languages, the
    last are left out.
    """
    application = repository.get(request.path["castingId"], request.path["applicationId"])
    if rules.side_of(application, request.caller) == "artist":
        return rules.own_view(application)
    users.ensure_adult(request.caller)
    castings.ensure_not_withheld(application.casting_id)
    # The answer includes the artist's profile, which changes without the application's version.
    return Answer(_received(application, _artist_of(application)), varies=True)


@endpoint(
    body=StatusChange,
    if_match="optional",
    quotas=("applicationSteps",),
    raises=(
        *access.NOT_ADULT,
        casting_rules.CastingTakenDown,
        casting_rules.CastingHidden,
        casting_rules.CastingEnded,
        casting_rules.RoleGone,
        casting_rules.RoleFull,
        rules.NotYourStep,
        rules.StepNotPossible,
        rules.ArtistUnavailable,
    ),
)
def set_application_status(request: Request[StatusChange, None]) -> ReceivedApplication:
    """Change the status of an application.

    For the casting's recruiter only. The order is submitted → viewed → shortlisted → audition →
    offered → booked; every step before booked may also change to declined. In between, the artist
    may confirm the audition and accept the offer (answerApplication). An offer can be booked before
    it is accepted, but not after it is refused. A confirmed audition with another time, place or
    link must be confirmed again. Send the current status to change only the audition or the note.
    If nothing differs, nothing changes, so a retry is safe. `If-Match` is optional. At most as many
    artists can be booked for a role as its `count` says, and none after the casting is filled or
    cancelled. While the artist's account is suspended or deleted, or one of you blocks the other,
    only declined is possible.
    """
    users.ensure_adult(request.caller)
    application = _get_to_change(request.path)
    rules.ensure_side(application, request.caller, "recruiter")
    castings.ensure_not_withheld(application.casting_id)
    decided = rules.decided(application, request.body)
    artist = _artist_of(application, consistent=True)
    if decided == application:
        return _received(application, artist)
    request.ensure_match(application.version)
    now = clock.now()
    rules.ensure_audition_in_future(request.body, now)
    moved = rules.moved(application, decided, "recruiter", now)
    rules.ensure_available(artist, request.body, clock.today())
    _store(moved, application, request.spend)
    return _received(moved, artist)


@endpoint(
    body=StatusChanges,
    quotas=("applicationSteps",),
    raises=(
        *access.NOT_ADULT,
        errors.NotFound,
        casting_rules.NotYourCasting,
        casting_rules.CastingTakenDown,
        casting_rules.CastingHidden,
    ),
)
def set_application_statuses(request: Request[StatusChanges, None]) -> StatusResults:
    """Change the status of up to 100 applications of a casting.

    For the casting's recruiter only. Each application changes as with setApplicationStatus, or has
    a problem, which does not stop the others. Each change counts for the quota; if it does not
    suffice for all of them, nothing changes. A retry changes only what has not changed yet. Send
    applications with the code `Busy` or `Stale` again.
    """
    users.ensure_adult(request.caller)
    change, now, casting_id = request.body, clock.now(), request.path["castingId"]
    casting = castings.get(casting_id)
    castings.ensure_owner(casting, request.caller)
    casting_rules.ensure_not_withheld(casting)
    rules.ensure_audition_in_future(change, now)
    found = repository.get_many(casting_id, change.application_ids)
    artist_ids = {each.artist_id for each in found.values()}
    artist_ids -= blocks.among(request.caller.user_id, artist_ids)
    artists = users.cards_of(artist_ids, Profile)
    steps = {
        application_id: rules.step_of(found.get(application_id), change, artists, now)
        for application_id in change.application_ids
    }
    if moves := sum(step.moved is not None for step in steps.values()):
        request.spend(applicationSteps=moves)
    started = time.monotonic()
    for step in steps.values():
        if step.before and step.moved:
            try:
                if time.monotonic() - started > SECONDS:
                    raise errors.Busy
                _store(step.moved, step.before)
            except errors.Problem as problem:
                step.problem = problem
    return StatusResults([rules.result_of(*each) for each in steps.items()])


@endpoint(
    body=Assessment,
    if_match="required",
    quotas=("applicationSteps",),
    raises=(
        *access.NOT_ADULT,
        casting_rules.CastingTakenDown,
        casting_rules.CastingHidden,
        rules.NotYourStep,
    ),
)
def assess_application(request: Request[Assessment, None]) -> ReceivedApplication:
    """Rate, tag and annotate an application.

    For the casting's recruiter only, in every status. The artist never sees the rating, tags or
    notes, and is not notified.
    """
    users.ensure_adult(request.caller)
    application = _get_to_change(request.path)
    rules.ensure_side(application, request.caller, "recruiter")
    castings.ensure_not_withheld(application.casting_id)
    request.ensure_match(application.version)
    assessed = rules.assessed(application, request.body, clock.now())
    if assessed is not application:
        request.spend()
        repository.replace(assessed, based_on=application.version)
    return _received(assessed, _artist_of(application))


recruiter_steps = by_route(
    {
        "PUT /v1/castings/{castingId}/applications/{applicationId}/status": set_application_status,
        "PUT /v1/castings/{castingId}/applications/status": set_application_statuses,
    }
)


@endpoint(if_match="optional", raises=(*access.INACTIVE, rules.NotYourStep, rules.StepNotPossible))
def withdraw_application(request: Request[None, None]) -> OwnApplication:
    """Withdraw an application for good.

    For its artist only, before it is booked, declined or refused. The application stays, with the
    status withdrawn. The recruiter no longer sees anything of the artist in it: profile, contact
    data, note or media. `If-Match` is optional.
    """
    users.ensure_active(request.caller)
    application = _own(request)
    if application.status == "withdrawn":
        return rules.own_view(application)
    request.ensure_match(application.version)
    return _move_as_artist(application, "withdrawn")


@endpoint(
    body=ApplicationAnswer,
    if_match="optional",
    quotas=("applicationSteps",),
    raises=(*access.NOT_ADULT, rules.NotYourStep, rules.StepNotPossible),
)
def answer_application(request: Request[ApplicationAnswer, None]) -> OwnApplication:
    """Answer the recruiter of an application.

    For its artist only. An audition can be confirmed, and an offer accepted or refused. An accepted
    offer can still be withdrawn until it is booked; a refused one has ended. The recruiter is
    notified. If the application already has the status, nothing changes, so a retry is safe.
    `If-Match` is optional.
    """
    users.ensure_adult(request.caller)
    application = _own(request)
    if application.status == request.body.answer:
        return rules.own_view(application)
    request.ensure_match(application.version)
    return _move_as_artist(application, request.body.answer, request.spend)


@endpoint(
    body=NewSharing,
    if_match="optional",
    quotas=("applicationSteps",),
    raises=(*access.NOT_ADULT, rules.NotYourStep, rules.StepNotPossible),
)
def set_contact_sharing(request: Request[NewSharing, None]) -> OwnApplication:
    """Share contact data with the recruiter of an application, or take this back.

    For its artist only. It can be taken back at any time: in every status of the application, and
    by a suspended or deleted account too. The recruiter then no longer sees the e-mail address,
    phone number and physical stats. It can be shared until the application has ended. `If-Match` is
    optional.
    """
    if request.body.share_contact:
        users.ensure_adult(request.caller)
    else:
        users.ensure_session(request.caller)
    application = _own(request)
    changed = rules.sharing(application, request.body.share_contact, clock.now())
    if changed != application:
        request.ensure_match(application.version)
        if changed.share_contact:
            request.spend()
        repository.replace(changed, based_on=application.version)
    return rules.own_view(changed)


artist_steps = by_route(
    {
        "DELETE /v1/castings/{castingId}/applications/{applicationId}": withdraw_application,
        "PUT /v1/castings/{castingId}/applications/{applicationId}/answer": answer_application,
        "PUT /v1/castings/{castingId}/applications/{applicationId}/sharing": set_contact_sharing,
    }
)


@endpoint(
    query=CastingApplicationsQuery,
    raises=(
        *access.NOT_ADULT,
        errors.NotFound,
        casting_rules.NotYourCasting,
        casting_rules.CastingTakenDown,
        casting_rules.CastingHidden,
    ),
)
def list_casting_applications(
    request: Request[None, CastingApplicationsQuery],
) -> Page[ReceivedSummary]:
    """List a casting's applications with their artists.

    For the casting's recruiter only. With `status`, the oldest comes first; otherwise they are
    sorted by role. A page may have fewer items than its limit and still have a `next`.
    """
    users.ensure_adult_in_list(request.caller)
    casting = castings.get(request.path["castingId"])
    castings.ensure_owner(casting, request.caller)
    casting_rules.ensure_not_withheld(casting)
    found = repository.list_of_casting(casting.casting_id, request.query)
    artist_ids = {each.artist_id for each in found.items}
    artist_ids -= blocks.among(request.caller.user_id, artist_ids)
    artists = users.cards_of(artist_ids, Profile)
    today = clock.today()
    received = [
        rules.received_summary(each, artists.get(each.artist_id), today) for each in found.items
    ]
    return Page(received, found.next)


@endpoint(
    query=ApplicantsQuery,
    raises=(
        *access.NOT_ADULT,
        errors.NotFound,
        casting_rules.NotYourCasting,
        casting_rules.CastingTakenDown,
        casting_rules.CastingHidden,
    ),
)
def list_applicants(request: Request[None, ApplicantsQuery]) -> Applicants:
    """List a casting's applicants, sorted and filtered.

    For the casting's recruiter only. They are sorted by time, by match or by rating, the newest of
    equals first. All filters must match. Of a casting with more than 2,000 applications, only the
    newest 2,000 are looked at. A page may have fewer items than its limit and still have a `next`.
    """
    casting_id, query = _own_casting(request), request.query
    filters = msgspec.json.encode(msgspec.structs.replace(query, limit=20, cursor=None)).decode()
    bound_to = ("listApplicants", casting_id, filters)
    after = cursor.decode(query.cursor, 3, *bound_to) if query.cursor else None
    board = repository.board_of(casting_id)
    left = [
        each
        for each in rules.selected(board, query)
        if not after or rules.rank(each, query) < after
    ]
    page, found, today = *_read(request, left[: query.size]), clock.today()
    items = [rules.listed(*each, today) for each in found]
    if query.name:  # of a hidden account, not even the name is known
        items = [each for each in items if each.artist]
    end = rules.rank(page[-1], query) if len(page) < len(left) else None
    counts = Counter[str](each.status for each in board)
    return Applicants(items, cursor.encode(end, *bound_to) if end else None, dict(counts))


@endpoint(
    query=ApplicantsFileQuery,
    raises=(
        *access.NOT_ADULT,
        errors.NotFound,
        casting_rules.NotYourCasting,
        casting_rules.CastingTakenDown,
        casting_rules.CastingHidden,
    ),
)
def export_applicants(request: Request[None, ApplicantsFileQuery]) -> Answer[Csv]:
    """Export a casting's applicants as CSV for a spreadsheet, the newest first.

    For the casting's recruiter only. The columns have the names of fields of getApplication and
    listApplicants, and are empty where these are null. Only the first page has the header row, so
    that the pages one after the other are the file. The `Link` header (RFC 8288) has the address of
    the next page as `rel="next"`; the last page has none. A text that a spreadsheet would run as a
    formula begins with an apostrophe. The file begins with a byte order mark, without which Excel
    does not read it as UTF-8.
    """
    casting_id, query = _own_casting(request), request.query
    filters = {
        name: ",".join(values)
        for name, values in (("status", query.status), ("roleId", query.role_id))
        if values
    }
    bound_to = ("exportApplicants", casting_id, *filters.values())
    after = cursor.decode(query.cursor, 3, *bound_to) if query.cursor else None
    # Some more than the page, because applications of the page before may have the same time.
    most = repository.MOST_ON_BOARD if filters else query.size + 20
    wanted = ApplicantsQuery(status=query.status, role_id=query.role_id)
    left = [
        each
        for each in rules.selected(
            repository.board_of(casting_id, after[1] if after else "", most), wanted
        )
        if not after or rules.rank(each, wanted) < after
    ]
    page, found = _read(request, left[: query.size])
    rows = "".join(rules.csv_row(*each, clock.today()) for each in found)
    header = "" if after else f"\ufeff{','.join(rules.COLUMNS)}\r\n"
    answer = Answer(
        Csv((header + rows).encode()),
        content_type="text/csv; charset=utf-8",
        content_disposition='attachment; filename="applicants.csv"',
    )
    if len(page) < len(left):
        from urllib.parse import urlencode  # only exports need it

        end = cursor.encode(rules.rank(page[-1], wanted), *bound_to)
        following = urlencode({**filters, "limit": query.size, "cursor": end})
        path = f"/v1/castings/{casting_id}/applicants.csv"
        answer.headers["link"] = f'<{path}?{following}>; rel="next"'
    return answer


applicants = by_route(
    {
        "GET /v1/castings/{castingId}/applicants": list_applicants,
        "GET /v1/castings/{castingId}/applicants.csv": export_applicants,
    }
)


def _own_casting(request: Request[None, Any]) -> str:
    """The id of the casting, if the caller is its recruiter and may see who applied."""
    users.ensure_adult_in_list(request.caller)
    casting_id = request.path["castingId"]
    casting = castings.cards_of([casting_id], CastingSummary).get(casting_id)
    if casting is None:
        raise errors.NotFound
    castings.ensure_owner(casting, request.caller)
    casting_rules.ensure_not_withheld(casting)
    return casting_id


def _read(
    request: Request[None, Any], entries: list[Entry]
) -> tuple[list[Entry], list[tuple[Application, Profile | None]]]:
    """The entries that the request can afford to read, and their applications with the artists."""
    # Twice, because nobody knows what the blocks cost before they are read.
    page = rules.affordable(entries, paging.MOST_UNITS - log.units.read_units)
    blocked = blocks.among(request.caller.user_id, [each.artist_id for each in page])
    page = rules.affordable(page, paging.MOST_UNITS - log.units.read_units)
    casting_id = request.path["castingId"]
    found = repository.get_many(casting_id, [each.application_id for each in page])
    artists = users.cards_of({each.artist_id for each in page} - blocked, Profile)
    return page, [
        (found[each.application_id], artists.get(each.artist_id))
        for each in page
        if each.application_id in found
    ]


@endpoint(query=MyApplicationsQuery)
def list_my_applications(request: Request[None, MyApplicationsQuery]) -> MyApplications:
    """List the caller's own applications, the last changed first.

    An application that changes while you page moves to the front. A page may have fewer items than
    its limit and still have a `next`. `counts=true` costs more; ask for it once, not on each page.
    """
    artist_id = request.caller.user_id
    counts = counted_all = None
    if request.query.counts:
        everything, counted_all = relations.applied_by(artist_id, "", COUNT_UNITS)
        counts = dict(Counter[str](each.status for each in everything))
    found = repository.list_of_artist(artist_id, request.query)
    recruiters = {each.recruiter_id for each in found.items}
    people = users.in_cards(recruiters - blocks.among(artist_id, recruiters), NamedCard)
    today = clock.today()
    for each in found.items:
        each.recruiter = access.named(people.get(each.recruiter_id), today)
    return MyApplications(found.items, found.next, counts, counted_all)


@endpoint(query=RelationsQuery)
def get_my_relations(request: Request[None, RelationsQuery]) -> Relations:
    """Get what the caller has to do with up to 20 castings and 20 people.

    Of a casting: whether it is saved, and the caller's applications with their status. Of a person:
    the connection or request, and whether the caller blocks the person. An id that does not exist
    looks like one that the caller has nothing to do with.
    """
    from artisthub.connections import repository as connections  # lists do not need them

    user_id = request.caller.user_id
    casting_ids = list(dict.fromkeys(request.query.castings or []))
    people_ids = list(dict.fromkeys(request.query.people or []))
    connected = connections.among(user_id, people_ids)
    blocked = blocks.own_among(user_id, people_ids)
    return Relations(
        relations.of_castings(user_id, casting_ids, paging.MOST_UNITS),
        [
            rules.person_relation(each, connected.get(each), is_blocked=each in blocked)
            for each in people_ids
        ],
    )


my_applications = by_route(
    {
        "GET /v1/users/me/applications": list_my_applications,
        "GET /v1/users/me/relations": get_my_relations,
    }
)


def _sorted_by(artist: User, casting: Casting, role_id: str) -> tuple[str, int]:
    """The words of the artist's name, and how well the artist fits the role."""
    from artisthub.matching import rules as matching  # only new applications need them
    from artisthub.search import rules as search_rules
    from artisthub.shared import spelling

    # For the recruiter, the own profile is compared whatever its privacy.
    card = search_rules.profile_card(msgspec.structs.replace(artist, privacy="public"))
    names = " ".join(spelling.names(artist.display_name))[:MOST_NAMES].strip()
    return names, matching.fit_of(card, casting, role_id, clock.today())


def _ensure_still_open(application: Application, stamp: idempotency.Stamp | None) -> None:
    """Take the new application back if its role or casting closed before it was stored.

    No transaction with the casting: many applications at once would cancel each other, and also the
    recruiter's update.
    """
    try:
        casting = castings.get(application.casting_id, consistent=True)
        rules.ensure_open(casting, application.role_id, application.created_at)
    except errors.Problem:
        repository.take_back(application, stamp)
        raise


def _get_to_change(path: dict[str, str]) -> Application:
    return repository.get(path["castingId"], path["applicationId"], consistent=True)


def _own(request: Request[Any, None]) -> Application:
    """The artist's application. Raises NotYourStep or NotFound."""
    application = _get_to_change(request.path)
    rules.ensure_side(application, request.caller, "artist")
    return application


def _move_as_artist(
    application: Application, status: Status, spend: Callable[[], None] = lambda: None
) -> OwnApplication:
    wanted = msgspec.structs.replace(application, status=status)
    moved = rules.moved(application, wanted, "artist", clock.now())
    spend()
    repository.replace(moved, based_on=application.version)
    return rules.own_view(moved)


def _store(
    moved: Application, before: Application, spend: Callable[[], None] = lambda: None
) -> None:
    """Store the recruiter's step. Raises Stale, or why the artist cannot be booked."""
    if moved.status == "booked" != before.status:
        _book(moved, before, spend)
    else:
        spend()
        repository.replace(moved, based_on=before.version)


def _book(booked: Application, before: Application, spend: Callable[[], None]) -> None:
    """Store the booking and count it in its casting, in one transaction."""
    for attempt in range(changes.ATTEMPTS):
        casting = castings.get(booked.casting_id, consistent=True)
        counted = casting_rules.with_booking(casting, booked.role_id, booked.updated_at)
        if not attempt:
            spend()
        if repository.book(booked, before, castings.writes_of(counted, casting)):
            return
    raise errors.Busy


def _artist_of(application: Application, *, consistent: bool = False) -> Profile | None:
    """The artist's card, unless one of both sides blocks the other."""
    artist_id = application.artist_id
    if blocks.is_between(application.recruiter_id, artist_id, consistent=consistent):
        return None
    return users.cards_of([artist_id], Profile).get(artist_id)


def _received(application: Application, artist: Profile | None) -> ReceivedApplication:
    return rules.received_view(application, artist, clock.today())
