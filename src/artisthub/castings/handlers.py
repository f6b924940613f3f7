"""Operations on castings."""

from artisthub.castings import repository, rules
from artisthub.castings.models import Casting, CastingFields, CastingSummary, NewStatus
from artisthub.shared import caller, clock, errors, ids
from artisthub.shared.endpoint import Answer, Request, endpoint
from artisthub.shared.models import Page, PageQuery
from artisthub.users import repository as users
from artisthub.users import rules as user_rules

INACTIVE = (user_rules.ProfileRequired, user_rules.AccountSuspended)


@endpoint(status=201, body=CastingFields, raises=(*INACTIVE, user_rules.RoleRequired))
def create_casting(request: Request[CastingFields, None]) -> Answer[Casting]:
    """Creates a casting as a draft, which only its recruiter sees. Recruiters only.

    Publish it with setCastingStatus. Amounts of money are in minor units (paise, cents).
    """
    recruiter = user_rules.ensure_active(users.get(request.caller.user_id))
    user_rules.ensure_role(recruiter, "recruiter")
    now = clock.now()
    rules.ensure_deadline_ahead(request.body, now)
    stamp = request.idempotency()
    casting_id = stamp.key if stamp else ids.new()
    casting = rules.new(request.body, casting_id, recruiter.user_id, now)
    stored = repository.add(casting, stamp)
    return Answer(stored, location=f"castings/{stored.casting_id}")


@endpoint(public=True)
def get_casting(request: Request[None, None]) -> Casting:
    """A casting. Whatever was published once, everyone may read, without a token.

    A draft is shown to its recruiter and to administrators, who send their access token.
    """
    casting = repository.get(request.path["castingId"])
    if rules.is_visible_to(casting, None):
        return casting
    if not rules.is_visible_to(casting, caller.on_public_route(request.event)):
        raise errors.NotFound
    return casting


@endpoint(
    patch=CastingFields,
    if_match=True,
    raises=(*INACTIVE, rules.NotYourCasting, rules.CastingEnded),
)
def update_casting(request: Request[dict[str, object], None]) -> Casting:
    """Changes a casting by a merge patch (RFC 7396): null clears a field, a list is replaced whole.

    Its recruiter only. A role that is sent without `roleId` is a new one.
    """
    user_rules.ensure_active(users.get(request.caller.user_id))
    casting = repository.get(request.path["castingId"], consistent=True)
    rules.ensure_owner(casting, request.caller)
    request.ensure_match(casting.version)
    fields = request.patched(rules.fields_of(casting))
    changed = rules.changed(casting, fields, clock.now())
    repository.replace(changed, based_on=casting.version)
    return changed


@endpoint(
    body=NewStatus,
    raises=(
        *INACTIVE,
        rules.NotYourCasting,
        rules.StatusNotReachable,
        rules.DeadlinePassed,
        errors.Stale,
    ),
)
def set_casting_status(request: Request[NewStatus, None]) -> Casting:
    """Moves a casting on: draft → open ⇄ closed → filled, or to cancelled before it has ended.

    Its recruiter only. Opening publishes it. The status it already has is answered as it is, so a
    retry is safe. If-Match is honoured where sent.
    """
    user_rules.ensure_active(users.get(request.caller.user_id))
    casting = repository.get(request.path["castingId"], consistent=True)
    rules.ensure_owner(casting, request.caller)
    if casting.status == request.body.status:
        return casting
    request.ensure_match(casting.version)
    moved = rules.moved(casting, request.body.status, clock.now())
    repository.replace(moved, based_on=casting.version)
    return moved


@endpoint(query=PageQuery, raises=())
def list_recruiter_castings(request: Request[None, PageQuery]) -> Page[CastingSummary]:
    """A recruiter's castings, newest first: all of them for the recruiter, else the published.

    A page may be shorter than its limit and still have a `next`.
    """
    recruiter_id = request.path["recruiterId"]
    return repository.list_of_recruiter(
        recruiter_id,
        with_drafts=recruiter_id == request.caller.user_id or request.caller.is_admin,
        limit=request.query.size,
        after=request.query.cursor,
    )
