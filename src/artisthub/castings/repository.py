"""The Casting table in DynamoDB."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from artisthub.castings import rules
from artisthub.castings.models import (
    CasterCard,
    Casting,
    CastingSummary,
    Recruiter,
    RecruiterCastingsQuery,
)
from artisthub.closed import repository as closed
from artisthub.shared import cards, clock, cursor, dynamodb, errors, idempotency, paging, quotas
from artisthub.shared.caller import Caller
from artisthub.shared.models import Page
from artisthub.shared.settings import settings
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import RecruiterCard

Shape = TypeVar("Shape", bound=CastingSummary)


class NotAllowed(Exception):
    """The account is not an active recruiter. The handler finds out why."""


def get(casting_id: str, *, consistent: bool = False) -> Casting:
    """The casting. Raises NotFound."""
    item = dynamodb.get(settings.CASTING_TABLE, {"castingId": casting_id}, consistent=consistent)
    if not item:
        raise errors.NotFound
    return msgspec.convert(item, Casting)


def get_visible(
    casting_id: str, caller_of: Callable[[], Caller | None], *, consistent: bool = False
) -> Casting:
    """The casting. Raises NotFound if the caller may not know that it exists.

    caller_of: asked only if the casting is hidden or unknown, so both refuse a bad token alike.
    """
    casting = _get(casting_id, caller_of, consistent=consistent)
    is_hidden = not rules.is_public(casting) or closed.is_closed(
        casting.recruiter_id, consistent=consistent
    )
    _ensure_visible(casting, caller_of, is_hidden=is_hidden)
    return casting


def get_with_recruiter(casting_id: str, caller_of: Callable[[], Caller | None]) -> Casting:
    """As get_visible, with who casts.

    The recruiter's card says whether the account is closed or a minor's, so there is no third read.
    Without a card, which is so for seconds after a change, the account is read and nobody is shown.
    """
    casting = _get(casting_id, caller_of)
    card = _card_of(casting.recruiter_id)
    is_hidden = not rules.is_public(casting) or (
        not access.is_shown(card, clock.today()) if card else closed.is_closed(casting.recruiter_id)
    )
    _ensure_visible(casting, caller_of, is_hidden=is_hidden)
    if card:
        casting.recruiter = msgspec.convert(card, RecruiterCard, from_attributes=True)
    return casting


def _get(
    casting_id: str, caller_of: Callable[[], Caller | None], *, consistent: bool = False
) -> Casting:
    try:
        return get(casting_id, consistent=consistent)
    except errors.NotFound:
        caller_of()
        raise


def _ensure_visible(
    casting: Casting, caller_of: Callable[[], Caller | None], *, is_hidden: bool
) -> None:
    if is_hidden and not _sees_hidden(casting, caller_of()):
        raise errors.NotFound


def ensure_not_withheld(casting_id: str) -> None:
    """Raise CastingTakenDown or CastingHidden.

    A deleted casting passes: its applications remain for seconds.
    """
    for casting in cards_of([casting_id], CastingSummary).values():
        rules.ensure_not_withheld(casting)


def ensure_owner(casting: CastingSummary, caller: Caller) -> None:
    """Raise NotYourCasting, or NotFound if the caller may not know that it exists."""
    if casting.recruiter_id != caller.user_id:
        is_known = rules.is_public(casting) and not closed.is_closed(casting.recruiter_id)
        raise rules.NotYourCasting if is_known else errors.NotFound


def visible_among(
    casting_ids: Iterable[str], caller: Caller, shape: type[Shape]
) -> dict[str, Shape]:
    """Those castings that the caller may see, by id, with only the fields of the shape."""
    present = cards_of(casting_ids, shape)
    public = {each.recruiter_id for each in present.values() if rules.is_public(each)}
    closed_ids = closed.among(public - {caller.user_id})
    hidden = {
        casting_id
        for casting_id, casting in present.items()
        if casting.recruiter_id != caller.user_id
        and (not rules.is_public(casting) or casting.recruiter_id in closed_ids)
    }
    if hidden and users.is_admin(caller):
        return present
    return {name: casting for name, casting in present.items() if name not in hidden}


def _sees_hidden(casting: CastingSummary, caller: Caller | None) -> bool:
    """Only its recruiter and administrators see a casting that is hidden from others."""
    return caller is not None and (caller.user_id == casting.recruiter_id or users.is_admin(caller))


def cards_of(
    casting_ids: Iterable[str],
    shape: type[Shape],
    made_of: Callable[[Casting], Shape] | None = None,
    units: dict[str, float] | None = None,
) -> dict[str, Shape]:
    """The existing castings of any status by id, from their cards (see cards.get_many)."""
    most = paging.MOST_PUBLIC_UNITS
    return cards.get_many("casting", casting_ids, shape, Casting, _items, made_of, units, most)


def with_recruiters(
    summaries: Collection[CastingSummary], most_units: float = paging.MOST_UNITS
) -> None:
    """Add who casts to those that do not say it yet, within the request's read units."""
    missing = {each.recruiter_id: cards.UNITS for each in summaries if each.recruiter is None}
    present = users.in_cards(paging.within(missing, most_units), CasterCard)
    for each in summaries:
        each.recruiter = each.recruiter or _shown(present.get(each.recruiter_id))


def _shown(card: CasterCard | None) -> RecruiterCard | None:
    """The recruiter as others see them, or None while they may not know of the account."""
    if card is None or not access.is_shown(card, clock.today()):
        return None
    return msgspec.convert(card, RecruiterCard, from_attributes=True)


def page_of(casting_ids: list[str], after: str | None) -> Page[CastingSummary]:
    """Those of these castings that everyone may read, within the read units of a public page.

    All is read from cards. After a change of a casting or of its recruiter, there is none for
    seconds; the casting is then left out, because the recruiter may have been suspended.
    """
    wanted, bound_to = list(dict.fromkeys(casting_ids)), ("searchCastings", *casting_ids)
    if after:
        [first] = cursor.decode(after, 1, *bound_to)
        if first not in wanted:
            raise cursor.BadCursor
        wanted = wanted[wanted.index(first) :]
    present = cards.get_many("casting", wanted, CastingSummary, Casting, lambda _: {})
    public = [
        each for name in wanted if (each := present.get(name)) is not None and rules.is_public(each)
    ]
    units = {each.recruiter_id: cards.UNITS for each in public}
    asked = paging.within(units, paging.MOST_PUBLIC_UNITS)
    people = users.in_cards(asked, CasterCard)
    found: list[CastingSummary] = []
    for each in public:
        if each.recruiter_id not in asked:
            return Page(found, cursor.encode([each.casting_id], *bound_to))
        each.recruiter = _shown(people.get(each.recruiter_id))
        if each.recruiter:
            found.append(each)
    return Page(found, None)


def recruiter(recruiter_id: str) -> Recruiter:
    """The recruiter. Raises NotFound if they never opened a casting, or others may not know them.

    A recruiter who has just changed is read from the whole profile.
    """
    open_castings = quotas.taken(recruiter_id, "openCastings")
    if open_castings is None or closed.is_closed(recruiter_id):
        raise errors.NotFound
    card = _shown(users.cards_of([recruiter_id], CasterCard).get(recruiter_id))
    if card is None:
        raise errors.NotFound
    return Recruiter(**msgspec.structs.asdict(card), open_castings=open_castings)


def is_minors(recruiter_id: str) -> bool:
    """Whether the recruiter's card says that they are under 18."""
    return _is_minors(_card_of(recruiter_id))


def _is_minors(card: CasterCard | None) -> bool:
    return card is not None and access.is_minor(card.born_on, clock.today())


def _card_of(recruiter_id: str) -> CasterCard | None:
    """The recruiter's card, which is missing for seconds after a change."""
    return users.in_cards([recruiter_id], CasterCard).get(recruiter_id)


def get_many(casting_ids: Iterable[str]) -> dict[str, Casting]:
    """The existing castings of any status by id. A casting can cost 29 read units."""
    return {name: msgspec.convert(item, Casting) for name, item in _items(casting_ids).items()}


def _items(casting_ids: Iterable[str]) -> dict[str, dynamodb.Item]:
    keys: list[dynamodb.Item] = [{"castingId": casting_id} for casting_id in casting_ids]
    found = dynamodb.get_many(settings.CASTING_TABLE, keys, Casting.__struct_encode_fields__)
    return {item["castingId"]: item for item in found}


def add(casting: Casting, stamp: idempotency.Stamp | None, *, by: dict[str, Any]) -> None:
    """Store a new casting.

    by: a check of the recruiter in the same transaction. Raises NotAllowed if it fails.
    """
    item = dynamodb.item_of(casting)
    put = dynamodb.put_of(settings.CASTING_TABLE, item, "attribute_not_exists(castingId)")
    try:
        idempotency.transact(stamp, casting.casting_id, by, put)
    except dynamodb.TransactionFailed:
        raise NotAllowed from None


def replace(
    casting: Casting,
    before: Casting,
    stamp: idempotency.Stamp | None = None,
    made: str = "",
) -> None:
    """Store the casting if its version is still `before`'s. Raises Stale or QuotaExceeded.

    made: the id of what a create added, to be found by its stamp.
    """
    change, *counting = writes_of(casting, before)
    if not counting and stamp is None:
        key = {"castingId": casting.casting_id}
        dynamodb.update(settings.CASTING_TABLE, key, casting, before.version)
    else:
        _transact(stamp, made, change, *counting)
    cards.drop("casting", casting.casting_id, up_to=before.version)


def _transact(stamp: idempotency.Stamp | None, made: str, *writes: dict[str, Any]) -> None:
    try:
        idempotency.transact(stamp, made, *writes)
    except dynamodb.TransactionFailed as refused:
        if refused.failed[0]:
            raise errors.Stale from None
        raise quotas.QuotaExceeded("openCastings") from None


def remove(casting_id: str, based_on: int) -> None:
    """Delete the casting if its version is still `based_on`. Raises Stale."""
    dynamodb.delete(settings.CASTING_TABLE, {"castingId": casting_id}, based_on)
    cards.drop("casting", casting_id, up_to=based_on)


def remove_of_recruiter(recruiter_id: str, *, made_before: str) -> Iterator[None]:
    """Delete the recruiter's castings created before this instant, page by page."""
    return dynamodb.discard_found(
        settings.CASTING_TABLE,
        "recruiterIdIndex",
        "recruiterId = :recruiter",
        {":recruiter": recruiter_id},
        lambda item: {"castingId": item["castingId"]},
        made_before=made_before,
    )


def writes_of(
    casting: Casting, before: Casting, *, is_limited: bool = True
) -> list[dict[str, Any]]:
    """The writes of a transaction that stores the casting if its version is still `before`'s.

    If the casting opens or stops being open, the second write counts its recruiter's open castings.
    Its condition fails if there are too many, unless the change is not limited.
    """
    change = dynamodb.update_of(
        settings.CASTING_TABLE,
        {"castingId": casting.casting_id},
        msgspec.to_builtins(casting),
        "#version = :before",
        {":before": before.version},
    )
    more_open = (casting.status == "open") - (before.status == "open")
    if not more_open:
        return [change]
    recruiter_id = casting.recruiter_id
    if quotas.taken(recruiter_id, "openCastings", consistent=True) is None:
        quotas.start(recruiter_id, "openCastings", sum(1 for _ in open_of_recruiter(recruiter_id)))
    is_limited = is_limited and more_open > 0
    counting = quotas.change_of(recruiter_id, "openCastings", more_open, is_limited=is_limited)
    return [change, counting]


def open_of_recruiter(recruiter_id: str) -> Iterator[str]:
    """The ids of a recruiter's open castings, oldest first."""
    for each in dynamodb.query_all(
        settings.CASTING_TABLE,
        "recruiterIdIndex",
        "recruiterId = :recruiter",
        {":recruiter": recruiter_id},
    ):
        if each["status"] == "open":
            yield each["castingId"]


def list_of_recruiter(
    recruiter_id: str, query: RecruiterCastingsQuery, caller: Caller
) -> Page[CastingSummary]:
    """A recruiter's castings that the caller may see, newest first."""
    with_hidden = recruiter_id == caller.user_id or users.is_admin(caller)
    # Only this list needs them.
    from artisthub.blocks import repository as blocks
    from artisthub.cases import repository as cases

    hidden = cases.hidden_of(recruiter_id)

    def keep(casting: CastingSummary) -> bool:
        casting.hidden_until = hidden.get(casting.casting_id)
        is_wanted = not query.status or casting.status in query.status
        return is_wanted and (with_hidden or rules.is_public(casting))

    found = paging.page(
        CastingSummary,
        settings.CASTING_TABLE,
        "recruiterIdIndex",
        partition=("recruiterId", recruiter_id),
        sorted_by=("createdAt", "castingId"),
        bound_to=("listRecruiterCastings", recruiter_id, ",".join(query.status or [])),
        query=query,
        keep=keep,
        newest_first=True,
    )
    # Only now, so that a wrong cursor is refused as for an unknown recruiter.
    card = _card_of(recruiter_id)
    is_cut_off = not with_hidden and (
        _is_minors(card)
        or closed.is_closed(recruiter_id)
        or blocks.is_between(caller.user_id, recruiter_id)
    )
    if is_cut_off:
        return Page([], None)
    for each in found.items:
        each.recruiter = _shown(card)
    return found
