"""Operations on applications."""

from datetime import UTC, date, datetime

from artisthub.applications import repository, rules
from artisthub.applications.models import (
    Application,
    ApplicationSummary,
    CastingApplicationsQuery,
    MyApplicationsQuery,
    NewApplication,
    OwnApplication,
    Profile,
    ReceivedApplication,
    ReceivedSummary,
    StatusChange,
)
from artisthub.castings import repository as castings
from artisthub.castings import rules as casting_rules
from artisthub.shared import clock, errors, log
from artisthub.shared.endpoint import Answer, Request, endpoint
from artisthub.shared.models import Page
from artisthub.users import repository as users
from artisthub.users import rules as user_rules


@endpoint(
    status=201,
    body=NewApplication,
    idempotent=True,
    raises=(
        *user_rules.INACTIVE,
        user_rules.RoleRequired,
        rules.CastingClosed,
        rules.AlreadyApplied,
    ),
)
def apply_to_casting(request: Request[NewApplication, None]) -> Answer[OwnApplication]:
    """Applies for one role of an open casting. Artists only, once for each role.

    An application that was withdrawn is not made again. The casting is read consistently before
    the application is stored: a call that starts after the casting's closing was answered is
    always refused; of calls under way at that moment, one that saw the casting open may succeed.
    """
    artist = users.ensure_active(request.caller, "artist")
    casting_id, stamp = request.path["castingId"], request.idempotency()
    application_id = rules.application_id(request.body.role_id, artist.user_id)
    # A retry gets what its first try made, whatever has become of the casting since.
    application = repository.made_before(casting_id, application_id, stamp) if stamp else None
    if application is None:
        # No transaction with the casting's item: under many applications at once they would cancel
        # each other, and a recruiter's change of the casting with them.
        casting = castings.get(casting_id, consistent=True)
        casting_rules.ensure_visible(casting, request.caller)
        application = rules.new(request.body, casting, artist.user_id, clock.now())
        application = repository.add(application, stamp)
        log.count("Applications")
    return Answer(rules.own_view(application), location=f"applications/{application_id}")


@endpoint(raises=user_rules.INACTIVE)
def get_application(
    request: Request[None, None],
) -> OwnApplication | Answer[ReceivedApplication]:
    """An application, for its artist or for the recruiter of its casting; nobody else.

    The recruiter sees the artist's profile with it and, where the artist shares them, e-mail
    address, phone number and physical stats.
    """
    application = repository.get(request.path["castingId"], request.path["applicationId"])
    if rules.side_of(application, request.caller) == "artist":
        return rules.own_view(application)
    users.ensure_active(request.caller)
    # The artist's profile is part of the answer and changes without the application's version.
    return Answer(_received(application), cacheable=False)


@endpoint(
    body=StatusChange,
    if_match="optional",
    raises=(*user_rules.INACTIVE, rules.NotYourStep, rules.StepNotPossible),
)
def set_application_status(request: Request[StatusChange, None]) -> ReceivedApplication:
    """Moves an application on: submitted → viewed → shortlisted → audition → offered → booked.

    The recruiter of the casting only, who may decline it at every step before booked. With the
    status it already has, an audition can be moved or the note be written; without either it is
    answered as it is, so a retry is safe. If-Match is honoured where sent.
    """
    users.ensure_active(request.caller)
    application = _get_to_change(request.path)
    rules.ensure_side(application, request.caller, "recruiter")
    decided = rules.decided(application, request.body)
    if decided == application:
        return _received(application)
    request.ensure_match(application.version)
    now = clock.now()
    rules.ensure_audition_ahead(request.body, now)
    moved = rules.moved(application, decided, "recruiter", now)
    repository.replace(moved, based_on=application.version)
    return _received(moved)


@endpoint(
    if_match="optional", raises=(*user_rules.INACTIVE, rules.NotYourStep, rules.StepNotPossible)
)
def withdraw_application(request: Request[None, None]) -> OwnApplication:
    """Takes an application back, for good; it stays with the status withdrawn.

    Its artist only, before it is booked or declined. What was shared is no longer shown to the
    recruiter. If-Match is honoured where sent.
    """
    users.ensure_active(request.caller)
    application = _get_to_change(request.path)
    rules.ensure_side(application, request.caller, "artist")
    withdrawn = rules.withdrawn(application)
    if withdrawn == application:
        return rules.own_view(application)
    request.ensure_match(application.version)
    moved = rules.moved(application, withdrawn, "artist", clock.now())
    repository.replace(moved, based_on=application.version)
    return rules.own_view(moved)


@endpoint(
    query=CastingApplicationsQuery,
    raises=(*user_rules.INACTIVE, errors.NotFound, casting_rules.NotYourCasting),
)
def list_casting_applications(
    request: Request[None, CastingApplicationsQuery],
) -> Page[ReceivedSummary]:
    """A casting's applications with their artists, for its recruiter alone.

    With `status` in the order in which they came, else role by role. A page may be shorter than
    its limit and still have a `next`.
    """
    users.ensure_active(request.caller)
    casting = castings.get(request.path["castingId"])
    casting_rules.ensure_owner(casting, request.caller)
    found = repository.list_of_casting(casting.casting_id, request.query)
    artists = users.get_many({each.artist_id for each in found.items}, Profile)
    today = _today()
    received = [
        rules.received_summary(each, artists.get(each.artist_id), today) for each in found.items
    ]
    return Page(received, found.next)


@endpoint(query=MyApplicationsQuery)
def list_my_applications(
    request: Request[None, MyApplicationsQuery],
) -> Page[ApplicationSummary]:
    """The caller's own applications, the one that changed last first.

    One that changes while you page moves to the front. A page may be shorter than its limit and
    still have a `next`.
    """
    return repository.list_of_artist(request.caller.user_id, request.query)


def _get_to_change(path: dict[str, str]) -> Application:
    return repository.get(path["castingId"], path["applicationId"], consistent=True)


def _received(application: Application) -> ReceivedApplication:
    artists = users.get_many({application.artist_id}, Profile)
    return rules.received_view(application, artists.get(application.artist_id), _today())


def _today() -> date:
    return datetime.now(UTC).date()
