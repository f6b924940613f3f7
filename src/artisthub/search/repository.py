"""The Search table in DynamoDB: lists of entries, and a note of each document's entries.

All of it is derived from the documents and can be rebuilt.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from artisthub.search import rules
from artisthub.search.models import Entry, Note
from artisthub.search.rules import Listing, Plan
from artisthub.shared import changes, cursor, dynamodb, errors, log, paging
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

EntryT = TypeVar("EntryT", bound=Entry)
Shown = TypeVar("Shown")

# A page that leaves out entries reads more, up to these limits.
MAX_READS = 5
MOST_ENTRIES = 100
# The largest entry as stored, in units.
ENTRY_UNITS = 1_400 / 8192
CARD_UNITS = 0.5

_INDEX = {"newest": None, "closing": "closingIndex"}
# The attributes of a position in a list, besides the term.
_POSITION = {"newest": ("sortKey",), "closing": ("closingKey", "sortKey")}


def page(
    plan: Plan[EntryT],
    show: Callable[[list[EntryT]], list[Shown]],
    *,
    limit: int,
    after: str | None,
    most_units: int,
    card_units: float = CARD_UNITS,
) -> Page[Shown]:
    """A page of results. `show` turns entries into results if their documents still match.

    Entries may take half of the remaining units, and the cards of those that fit the rest.
    card_units: what a card and the reads about its document cost
    """
    found: list[Shown] = []
    number, entries, last = _begin(plan, limit, after, most_units)
    for reads in range(1, MAX_READS + 1):
        fitting = [entry for entry in entries if plan.fits(entry)]
        cards_left = int((most_units - log.units.read_units) / card_units)
        most = min(limit - len(found), max(1, cards_left))
        if len(fitting) > most:
            fitting = fitting[:most]
            last = _position(plan, dynamodb.item_of(fitting[-1]))
        found += show(fitting)
        size = _affordable(MOST_ENTRIES, most_units)
        if last is None or len(found) == limit or reads == MAX_READS or not size:
            break
        entries, last = _read(plan, number, size, last)
    after = cursor.encode([str(number), *last], *plan.bound_to) if last else None
    return Page(found, after)


def _affordable(limit: int, most_units: float, lists: int = 1) -> int:
    """The number of entries, at most `limit`, that may be read of each of these lists."""
    share = (most_units - log.units.read_units) / 2 / lists
    return max(0, min(limit, int((share - paging.ROUNDING) / ENTRY_UNITS)))


def _begin(
    plan: Plan[EntryT], limit: int, after: str | None, most_units: float
) -> tuple[int, list[EntryT], list[str] | None]:
    """The number of the list to read, its first entries, and the position after them."""
    if after:
        number, *position = cursor.decode(after, 1 + len(_POSITION[plan.sort]), *plan.bound_to)
        if number not in map(str, range(len(plan.terms))):
            raise cursor.BadCursor
        size = max(1, _affordable(limit, most_units))
        return int(number), *_read(plan, int(number), size, position)
    size = max(1, _affordable(limit, most_units, len(plan.terms)))
    reads = [(number, *_read(plan, number, size)) for number in range(len(plan.terms))]
    # The same number of entries covers the longest time in the rarest list.
    if plan.sort == "closing":
        return max(reads, key=lambda read: read[2] or ["~~"])
    return min(reads, key=lambda read: read[2] or [""])


def newest(plan: Plan[EntryT], most: int) -> list[EntryT]:
    """The newest entries of the plan's lists, with an equal share of the rest for each list."""
    found: dict[str, EntryT] = {}
    until = log.units.read_units + (paging.MOST_UNITS - log.units.read_units) / 3
    for number, missing_lists in enumerate(range(len(plan.terms), 0, -1)):
        share = -(-(most - len(found)) // missing_lists)
        size = min(share, paging.affordable(ENTRY_UNITS, until))
        if size < 1:
            break
        entries, _ = _read(plan, number, size)
        found |= {entry.document_id: entry for entry in entries if plan.fits(entry)}
    return sorted(found.values(), key=lambda entry: entry.sort_key, reverse=True)


def _read(
    plan: Plan[EntryT], number: int, limit: int, after: list[str] | None = None
) -> tuple[list[EntryT], list[str] | None]:
    """Entries of one of the plan's lists, and the position after them."""
    term = plan.terms[number]
    condition, values = "term = :term", {":term": term}
    if plan.sort == "closing":
        condition += " AND closingKey BETWEEN :soonest AND :latest"
        values |= dict(zip((":soonest", ":latest"), plan.between, strict=True))
    start = _start(plan, after) if after else None
    found, last = dynamodb.query(
        settings.SEARCH_TABLE,
        _INDEX[plan.sort],
        condition,
        values,
        limit=limit,
        after={"term": term, **start} if start else None,
        newest_first=plan.sort == "newest",
    )
    entries = msgspec.convert(found, list[plan.shape])  # type: ignore[name-defined]
    return entries, _position(plan, last) if last else None


def _start(plan: Plan[Any], after: list[str]) -> dynamodb.Item | None:
    """The position to continue after, or None to read from the start.

    DynamoDB refuses a start outside the key condition. As time passes, the condition's lower bound
    moves past the positions in older cursors.
    """
    if plan.sort == "closing":
        soonest, latest = plan.between
        if after[0] > latest:
            raise cursor.BadCursor
        if after[0] < soonest:
            return None
    return dict(zip(_POSITION[plan.sort], after, strict=True))


def _position(plan: Plan[Any], item: dynamodb.Item) -> list[str]:
    return [item[name] for name in _POSITION[plan.sort]]


def keep(document: str, listing_of: Callable[[], Listing[Any] | None]) -> None:
    """Update the document's entries to its current state.

    The document is read again, so its changes may arrive late, twice and in any order. The note
    lists every entry before it is written and until it is deleted, so a crash halfway leaves
    nothing that the next run cannot find. The document is read after its note, so no older state
    can replace a newer one.
    """
    touched: set[rules.Key] = set()
    listing: Listing[Any] | None = None

    def changed(before: Note) -> Note:
        nonlocal listing
        listing = listing_of()
        after = rules.note_of(listing, before)
        return before if not touched and rules.says_the_same(before, after) else after

    def store(after: Note, before: Note) -> None:
        wanted, held = rules.keys(after), rules.keys(before) | touched
        pending = rules.pending(before, wanted | held)
        _note(pending, based_on=before)
        touched.update(wanted)
        _write(rules.items(listing) if listing else [], held - wanted)
        _note(after, based_on=pending)

    changes.make(lambda: _note_of(document), changed, store)


def _write(entries: list[dynamodb.Item], superfluous: set[rules.Key]) -> None:
    gone = [{"term": term, "sortKey": sort_key} for term, sort_key in superfluous]
    dynamodb.write_many(settings.SEARCH_TABLE, entries, gone)


def _note_of(document: str) -> Note:
    key = {"term": f"document|{document}", "sortKey": "note"}
    item = dynamodb.get(settings.SEARCH_TABLE, key, consistent=True, even_expired=True)
    return msgspec.convert(item, Note) if item else Note(key["term"])


def _note(note: Note, based_on: Note) -> None:
    """Store the note, or delete it if it lists nothing. Raises Stale if `based_on` changed."""
    key = {"term": note.term, "sortKey": note.sort_key}
    if not note.terms:
        return dynamodb.delete(settings.SEARCH_TABLE, key, based_on.version)
    if based_on.version:
        return dynamodb.update(settings.SEARCH_TABLE, key, note, based_on.version)
    try:
        dynamodb.add(settings.SEARCH_TABLE, dynamodb.item_of(note), "term")
    except dynamodb.ConditionFailed:
        raise errors.Stale from None
