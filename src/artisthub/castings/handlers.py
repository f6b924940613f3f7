"""Operations on castings."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from artisthub.castings import repository, rules
from artisthub.castings.models import (
    Casting,
    CastingFields,
    CastingSummary,
    Document,
    NewDocument,
    NewStatus,
)
from artisthub.shared import changes, clock, errors, ids, log
from artisthub.shared.endpoint import Answer, Request, by_method, by_route, endpoint
from artisthub.shared.models import Page, PageQuery
from artisthub.users import repository as users
from artisthub.users import rules as user_rules
from artisthub.views import repository as views
from artisthub.views.models import Views


@endpoint(
    status=201,
    body=CastingFields,
    idempotent=True,
    raises=(*user_rules.INACTIVE, user_rules.RoleRequired),
)
def create_casting(request: Request[CastingFields, None]) -> Answer[Casting]:
    """Creates a casting as a draft, which only its recruiter sees. Recruiters only.

    Publish it with setCastingStatus. Amounts of money are in minor units (paise, cents).
    """
    now, recruiter_id = clock.now(), request.caller.user_id
    rules.ensure_deadline_ahead(request.body, now)
    stamp = request.idempotency()
    casting_id = stamp.key if stamp else ids.new()
    casting = rules.new(request.body, casting_id, recruiter_id, now)
    try:
        stored = repository.add(casting, stamp, by=users.active_as(recruiter_id, "recruiter"))
    except repository.NotAllowed:
        users.ensure_active(request.caller, "recruiter", consistent=True)
        raise errors.Busy from None  # it was restored in between
    return Answer(stored, location=f"castings/{stored.casting_id}")


@endpoint(public=True, optional_token=True)
def get_casting(request: Request[None, None]) -> Casting:
    """A casting. Whatever was published once, everyone may read, without a token.

    A draft, and what was taken down, is shown to its recruiter and to administrators, who send
    their access token.
    """
    casting = repository.get(request.path["castingId"])
    if not rules.is_visible_to(casting, None):
        rules.ensure_visible(casting, request.optional_caller())
    return casting


@endpoint(
    patch=CastingFields,
    if_match="required",
    raises=(*user_rules.INACTIVE, rules.NotYourCasting, rules.CastingEnded, rules.CastingTakenDown),
)
def update_casting(request: Request[dict[str, object], None]) -> Casting:
    """Changes a casting by a merge patch (RFC 7396): null clears a field, a list is replaced whole.

    Its recruiter only. A role that is sent without `roleId` is a new one.
    """
    users.ensure_active(request.caller)
    casting = _own(request)
    request.ensure_match(casting.version)
    fields = request.patched(rules.fields_of(casting))
    changed = rules.changed(casting, fields, clock.now())
    repository.replace(changed, based_on=casting.version)
    return changed


@endpoint(
    body=NewStatus,
    if_match="optional",
    raises=(
        *user_rules.INACTIVE,
        rules.NotYourCasting,
        rules.StatusNotReachable,
        rules.CastingTakenDown,
        rules.DeadlinePassed,
        errors.Stale,
    ),
)
def set_casting_status(request: Request[NewStatus, None]) -> Casting:
    """Moves a casting on: draft → open ⇄ closed → filled, or to cancelled before it has ended.

    Its recruiter only. Opening publishes it. The status it already has is answered as it is, so a
    retry is safe. If-Match is honoured where sent.
    """
    users.ensure_active(request.caller)
    casting = _own(request)
    if casting.status == request.body.status:
        return casting
    request.ensure_match(casting.version)
    moved = rules.moved(casting, request.body.status, clock.now())
    repository.replace(moved, based_on=casting.version)
    if moved.published_at != casting.published_at:
        log.count("CastingsPublished")
    return moved


@endpoint(
    status=204,
    if_match="optional",
    raises=(
        *user_rules.INACTIVE,
        rules.NotYourCasting,
        rules.CastingStillOpen,
        rules.CastingTakenDown,
    ),
)
def delete_casting(request: Request[None, None]) -> None:
    """Deletes a casting for good, in every status but open: close or cancel an open one first.

    Its recruiter only. The applications for it are deleted too, within seconds. If-Match is
    honoured where sent; without it, whatever the casting has become by then is deleted, unless
    that is open.
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


@endpoint(
    status=201,
    body=NewDocument,
    idempotent=True,
    raises=(
        *user_rules.INACTIVE,
        rules.NotYourCasting,
        rules.CastingEnded,
        rules.CastingTakenDown,
        rules.DocumentsFull,
    ),
)
def add_document(request: Request[NewDocument, None]) -> Answer[Document]:
    """Adds a document to a casting, which has at most 10; whoever sees the casting sees them.

    Its recruiter only, until the casting has ended.
    """
    users.ensure_active(request.caller)
    stamp = request.idempotency()
    document_id = stamp.key if stamp else ids.new()
    document = Document(
        **msgspec.structs.asdict(request.body), document_id=document_id, created_at=clock.now()
    )
    casting = _change(request, lambda casting: rules.with_document(casting, document))
    kept = next(each for each in casting.documents if each.document_id == document_id)
    return Answer(kept, location=f"documents/{document_id}")


@endpoint(
    status=204,
    raises=(*user_rules.INACTIVE, rules.NotYourCasting, rules.CastingEnded, rules.CastingTakenDown),
)
def remove_document(request: Request[None, None]) -> None:
    """Removes a document from a casting. Its recruiter only, until the casting has ended."""
    users.ensure_active(request.caller)
    document_id, now = request.path["documentId"], clock.now()
    _change(request, lambda casting: rules.without_document(casting, document_id, now))


casting_changes = by_route(
    {
        "PATCH /v1/castings/{castingId}": update_casting,
        "PUT /v1/castings/{castingId}/status": set_casting_status,
        "POST /v1/castings/{castingId}/documents": add_document,
        "DELETE /v1/castings/{castingId}/documents/{documentId}": remove_document,
    }
)


@endpoint(status=204, raises=user_rules.INACTIVE)
def record_casting_view(request: Request[None, None]) -> None:
    """Says that the caller has looked at a casting: counted once a viewer and day (UTC).

    Its recruiter's own views do not count.
    """
    viewer = users.ensure_active(request.caller)
    casting = repository.get(request.path["castingId"])
    rules.ensure_visible(casting, request.caller)
    if casting.recruiter_id != viewer.user_id:
        views.record("casting", casting.casting_id, viewer.user_id, datetime.now(UTC))


@endpoint(raises=(errors.NotFound, rules.NotYourCasting))
def get_casting_views(request: Request[None, None]) -> Views:
    """How often a casting was looked at, for its recruiter alone: each viewer once a day.

    A view of a moment ago may take a second to count.
    """
    casting = repository.get(request.path["castingId"])
    rules.ensure_owner(casting, request.caller)
    return views.total("casting", casting.casting_id)


casting_views = by_method(POST=record_casting_view, GET=get_casting_views)


@endpoint(query=PageQuery, raises=())
def list_recruiter_castings(request: Request[None, PageQuery]) -> Page[CastingSummary]:
    """A recruiter's castings, newest first: for the recruiter all of them, else what is public.

    A page may be shorter than its limit and still have a `next`.
    """
    recruiter_id = request.path["recruiterId"]
    return repository.list_of_recruiter(
        recruiter_id,
        request.query,
        with_hidden=recruiter_id == request.caller.user_id or request.caller.is_admin,
    )


def _own(request: Request[Any, None]) -> Casting:
    """The casting as it is now, for its recruiter alone."""
    casting = repository.get(request.path["castingId"], consistent=True)
    rules.ensure_owner(casting, request.caller)
    return casting


def _change(request: Request[Any, None], change: Callable[[Casting], Casting]) -> Casting:
    """The casting as `change` makes it, stored."""

    def store(casting: Casting, before: Casting) -> None:
        repository.replace(casting, based_on=before.version)

    return changes.make(lambda: _own(request), change, store)
