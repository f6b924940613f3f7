"""Castings and their documents."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from artisthub.castings import repository, rules
from artisthub.castings.models import (
    Casting,
    CastingFields,
    CastingSummary,
    Document,
    GetCastingQuery,
    NewDocument,
    NewStatus,
    Recruiter,
    RecruiterCastingsQuery,
)
from artisthub.shared import changes, clock, errors, ids, log
from artisthub.shared.endpoint import Answer, Request, by_method, by_route, endpoint
from artisthub.shared.models import Page
from artisthub.shared.settings import settings
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import User
from artisthub.views import repository as views
from artisthub.views.models import Views


def _created(request: Request[CastingFields, None], casting_id: str) -> Answer[Casting]:
    casting = repository.get(casting_id, consistent=True)
    return Answer(casting, location=f"castings/{casting_id}")


@endpoint(
    status=201,
    body=CastingFields,
    idempotent=_created,
    quotas=("castings",),
    raises=(*access.INACTIVE, access.RoleRequired),
)
def create_casting(request: Request[CastingFields, None]) -> Answer[Casting]:
    """Create a casting as a draft.

    Recruiters only. Only its recruiter and administrators see a draft; setCastingStatus publishes
    it. Amounts of money are in minor units (paise, cents).
    """
    now, recruiter_id = clock.now(), request.caller.user_id
    rules.ensure_deadline_in_future(request.body, now)
    casting = rules.new(request.body, ids.new(), recruiter_id, now)
    request.spend()
    try:
        is_allowed = users.active_as(request.caller, "recruiter")
        repository.add(casting, request.idempotency(), by=is_allowed)
    except repository.NotAllowed:
        users.ensure_active(request.caller, "recruiter", consistent=True)
        raise errors.Busy from None  # the account became active in between
    return Answer(casting, location=f"castings/{casting.casting_id}")


# Of getCasting, except for administrators. The largest casting takes all of them.
MOST_UNITS = 30


@endpoint(public=True, optional_token=True, query=GetCastingQuery)
def get_casting(request: Request[None, GetCastingQuery]) -> Answer[Casting]:
    """Get a casting.

    Everyone may read a casting that was ever published, without a token. Only its recruiter and
    administrators may read a draft, a casting that was taken down, or a casting whose recruiter's
    account is suspended, deleted or under 18; they send their access token. To others it looks
    unknown. A bad token gets 401 where the token counts: for these castings, and with
    `relation=true`.

    With `relation=true` and an access token, `relation` says whether the caller saved the casting,
    and the caller's applications for it. It is null without a token and for the largest castings,
    of more than about 225 KB; getMyRelations says the same for these. Ask only if the page shows
    it: each such call takes longer, because Cognito checks the token.
    """
    casting = repository.get_with_recruiter(request.path["castingId"], request.optional_caller)
    if request.query.relation and (caller := request.optional_caller()):
        from artisthub.relations import repository as relations  # most readers do not ask

        casting.relation = relations.of_casting(caller.user_id, casting.casting_id, MOST_UNITS)
    return Answer(casting, varies=True)


@endpoint(
    patch=CastingFields,
    if_match="required",
    quotas=("castingChanges",),
    raises=(
        *access.INACTIVE,
        rules.NotYourCasting,
        rules.VerificationRequired,
        rules.CastingEnded,
        rules.CastingTakenDown,
    ),
)
def update_casting(request: Request[dict[str, object], None]) -> Casting:
    """Update a casting with a merge patch (RFC 7396).

    For the casting's recruiter only, until the casting is filled or cancelled. Null clears a field,
    and a list replaces the whole list. A role without `roleId` is new. While the casting is open,
    every new role needs `pay`, and no role can lose it. A role with booked artists stays, and its
    `count` is at least their number; with a greater one, a filled role is open again. The other
    applications for a removed role become declined, which notifies their artists. In a stage where
    only verified recruiters open castings, only they change published ones.
    """
    user = users.ensure_active(request.caller, consistent=settings.only_verified_publish)
    casting = _own(request)
    _ensure_may_change(casting, user)
    request.ensure_match(casting.version)
    fields = request.patched(casting)
    changed = rules.changed(casting, fields, clock.now())
    request.spend()
    repository.replace(changed, casting)
    return changed


@endpoint(
    body=NewStatus,
    if_match="optional",
    quotas=("castingChanges",),
    raises=(
        *access.NOT_ADULT,
        rules.NotYourCasting,
        rules.StatusNotReachable,
        rules.CastingTakenDown,
        rules.DeadlinePassed,
        rules.PayNotStated,
        rules.VerificationRequired,
        errors.Stale,
    ),
)
def set_casting_status(request: Request[NewStatus, None]) -> Casting:
    """Change the status of a casting.

    For the casting's recruiter only. The order is draft → open ⇄ closed → filled; every status
    before filled may also change to cancelled. Opening a casting publishes it; every role must then
    say in `pay` whether it is paid. A stage may let only verified recruiters open castings, again
    too. When a casting is filled or cancelled, its applications that are not booked become
    declined within seconds, which notifies their artists. If the casting already has the status,
    nothing changes, so a retry is safe. `If-Match` is optional.
    """
    is_opening = request.body.status == "open"
    user = users.ensure_active(request.caller, consistent=is_opening)
    casting = _own(request)
    if casting.status == request.body.status:
        return casting
    if is_opening:
        access.ensure_adult(user, clock.today())
        rules.ensure_may_publish(user.verified_at, only_verified=settings.only_verified_publish)
    request.ensure_match(casting.version)
    moved = rules.moved(casting, request.body.status, clock.now())
    request.spend()
    repository.replace(moved, casting)
    if moved.published_at != casting.published_at:
        log.count("CastingsPublished")
    return moved


@endpoint(
    status=204,
    if_match="optional",
    raises=(
        *access.INACTIVE,
        rules.NotYourCasting,
        rules.CastingStillOpen,
        rules.CastingHidden,
        rules.CastingTakenDown,
    ),
)
def delete_casting(request: Request[None, None]) -> None:
    """Delete a casting and its applications for good.

    For the casting's recruiter only. Close or cancel an open casting first. A casting that reports
    have hidden stays until `hiddenUntil`. Its applications are deleted within seconds. `If-Match`
    is optional; without it, the current version is deleted.
    """
    users.ensure_active(request.caller)
    for _ in range(changes.ATTEMPTS):
        casting = _own(request)
        request.ensure_match(casting.version)
        rules.ensure_deletable(casting)
        try:
            repository.remove(casting.casting_id, based_on=casting.version)
        except errors.Stale:
            continue
        return
    raise errors.Busy


def _added(request: Request[NewDocument, None], document_id: str) -> Answer[Document]:
    documents = _own(request).documents
    for each in documents:
        if each.document_id == document_id:
            return Answer(each, location=f"documents/{document_id}")
    raise errors.NotFound


@endpoint(
    status=201,
    body=NewDocument,
    idempotent=_added,
    quotas=("documents",),
    raises=(
        *access.INACTIVE,
        rules.NotYourCasting,
        rules.VerificationRequired,
        rules.CastingEnded,
        rules.CastingTakenDown,
        rules.DocumentsFull,
    ),
)
def add_document(request: Request[NewDocument, None]) -> Answer[Document]:
    """Add a document to a casting.

    For the casting's recruiter only, until the casting is filled or cancelled. A casting has at
    most 10 documents, and 237,228 bytes with them. Everyone who can read the casting can read them.
    Verification is required as in updateCasting.
    """
    user = users.ensure_active(request.caller, consistent=settings.only_verified_publish)
    stamp, document_id = request.idempotency(), ids.new()
    document = Document(
        **msgspec.structs.asdict(request.body), document_id=document_id, created_at=clock.now()
    )

    def added(casting: Casting) -> Casting:
        _ensure_may_change(casting, user)
        return rules.with_document(casting, document)

    def store(casting: Casting, before: Casting) -> None:
        repository.replace(casting, before, stamp, document_id)

    changes.make(
        lambda: _own(request),
        added,
        store,
        request.spend,
    )
    return Answer(document, location=f"documents/{document_id}")


@endpoint(
    status=204,
    raises=(*access.INACTIVE, rules.NotYourCasting, rules.CastingEnded, rules.CastingTakenDown),
)
def remove_document(request: Request[None, None]) -> None:
    """Remove a document from a casting.

    For the casting's recruiter only, until the casting is filled or cancelled.
    """
    users.ensure_active(request.caller)
    document_id, now = request.path["documentId"], clock.now()
    changes.make(
        lambda: _own(request),
        lambda casting: rules.without_document(casting, document_id, now),
        repository.replace,
    )


casting_changes = by_route(
    {
        "PATCH /v1/castings/{castingId}": update_casting,
        "PUT /v1/castings/{castingId}/status": set_casting_status,
        "POST /v1/castings/{castingId}/documents": add_document,
        "DELETE /v1/castings/{castingId}/documents/{documentId}": remove_document,
    }
)


@endpoint(status=204, quotas=("views",), raises=access.INACTIVE)
def record_casting_view(request: Request[None, None]) -> None:
    """Record that the caller viewed a casting.

    Each viewer counts once a day (UTC). Views by the casting's own recruiter do not count.
    """
    viewer = users.ensure_active(request.caller)
    casting = repository.get_visible(request.path["castingId"], lambda: request.caller)
    if casting.recruiter_id != viewer.user_id:
        request.spend()
        views.record("casting", casting.casting_id, viewer.user_id, datetime.now(UTC))


@endpoint(raises=(errors.NotFound, rules.NotYourCasting))
def get_casting_views(request: Request[None, None]) -> Views:
    """Get the number of views of a casting.

    For the casting's recruiter only. Each viewer counts once a day (UTC). A new view may take a
    second to appear.
    """
    casting = repository.get(request.path["castingId"])
    repository.ensure_owner(casting, request.caller)
    return views.total("casting", casting.casting_id)


casting_views = by_method(POST=record_casting_view, GET=get_casting_views)


@endpoint(public=True)
def get_recruiter(request: Request[None, None]) -> Answer[Recruiter]:
    """Get who casts: the public page of a recruiter.

    Everyone can read it, without a token, from the first casting that the recruiter opened until
    the account is suspended or deleted, but not while the recruiter is under 18. The recruiter's
    `privacy` does not limit it.
    """
    return Answer(repository.recruiter(request.path["recruiterId"]), varies=True)


@endpoint(query=RecruiterCastingsQuery, raises=())
def list_recruiter_castings(request: Request[None, RecruiterCastingsQuery]) -> Page[CastingSummary]:
    """List a recruiter's castings, newest first.

    The recruiter and administrators see all of them. Everyone else sees the public ones, and none
    while the recruiter's account is suspended, deleted or under 18. A page may have fewer items
    than its limit and still have a `next`.
    """
    return repository.list_of_recruiter(request.path["recruiterId"], request.query, request.caller)


def _ensure_may_change(casting: Casting, user: User) -> None:
    only_verified = settings.only_verified_publish
    rules.ensure_may_change(casting, user.verified_at, only_verified=only_verified)


def _own(request: Request[Any, None]) -> Casting:
    """The current casting. Raises NotYourCasting or NotFound."""
    casting = repository.get(request.path["castingId"], consistent=True)
    repository.ensure_owner(casting, request.caller)
    return casting
