"""Castings that the caller saved for later."""

import msgspec

from artisthub.castings import repository as castings
from artisthub.castings.models import CastingSummary
from artisthub.saved import repository
from artisthub.saved.models import SavedCasting
from artisthub.shared import clock
from artisthub.shared.endpoint import Request, by_method, endpoint
from artisthub.shared.models import Page, PageQuery
from artisthub.users import access
from artisthub.users import repository as users


@endpoint(quotas=("savedCastings",), raises=access.INACTIVE)
def save_casting(request: Request[None, None]) -> SavedCasting:
    """Save a casting for later.

    The caller must be able to read the casting. If it is already saved, nothing changes, so a retry
    is safe.
    """
    users.ensure_active(request.caller)
    casting = castings.get_visible(request.path["castingId"], lambda: request.caller)
    request.spend()
    save = repository.add(request.caller.user_id, casting.casting_id, clock.now())
    summary = msgspec.convert(casting, CastingSummary, from_attributes=True)
    return SavedCasting(save.created_at, summary)


@endpoint(status=204, raises=access.INACTIVE)
def unsave_casting(request: Request[None, None]) -> None:
    """Remove a casting from the caller's saved castings.

    If it is not saved, nothing changes.
    """
    users.ensure_active(request.caller)
    repository.remove(request.caller.user_id, request.path["castingId"])


@endpoint(query=PageQuery)
def list_saved_castings(request: Request[None, PageQuery]) -> Page[SavedCasting]:
    """List the caller's saved castings, the last saved first.

    Each item has the casting's current state. Castings that were deleted or that the caller may no
    longer read are left out, so a page may have fewer items than its limit and still have a `next`.
    """
    found = repository.list_of(request.caller.user_id, request.query)
    ids = (save.casting_id for save in found.items)
    visible = castings.visible_among(ids, request.caller, CastingSummary)
    shown = [
        SavedCasting(save.created_at, casting)
        for save in found.items
        if (casting := visible.get(save.casting_id))
    ]
    castings.with_recruiters([save.casting for save in shown])
    return Page(shown, found.next)


saved_castings = by_method(GET=list_saved_castings, PUT=save_casting, DELETE=unsave_casting)
