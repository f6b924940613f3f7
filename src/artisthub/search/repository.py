"""The Search table in DynamoDB: lists of entries, and a note of each document's entries.

All of it is derived from the documents and can be rebuilt.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec

from artisthub.search import rules
from artisthub.search.models import Entry, Note, PersonCard, UserEntry
from artisthub.search.rules import Listing, Plan
from artisthub.shared import changes, cursor, dynamodb, errors, log, paging
from artisthub.shared.models import Page
from artisthub.shared.settings import settings
from artisthub.vocabulary import repository as vocabulary

EntryT = TypeVar("EntryT", bound=Entry)
Shown = TypeVar("Shown")
Position = list[str]

# A page examines at most this many entries, to bound its CPU time.
MOST_ENTRIES, MOST_AT_ONCE = 300, 100
# The largest entry as stored, in units.
ENTRY_UNITS = 1_024 / 8192
CARD_UNITS = 0.5
COUNTED_A_SECOND, MOST_SECONDS = 15, 600  # documents, and the wait for the next count
MOST_DOCUMENTS, MOST_READ = 100_000, 1_000  # in a count, and in one of its reads
MOST_TYPED = 20  # entries of people that a suggestion looks at

_due_at: dict[str, int] = {}  # the next count, as far as this instance knows
_INDEX = {False: None, True: "closingIndex"}
# The attributes of a position in a list, besides the term.
_POSITION = {False: ("sortKey",), True: ("closingKey", "sortKey")}


class _Lists(Generic[EntryT]):
    """The entries of several lists in one order, each document once, after a position.

    `reserved` are units for other reads. Each read may take half of what is left.
    """

    def __init__(
        self,
        plan: Plan[EntryT],
        terms: list[str],
        most_units: float,
        after: Position | None,
        *,
        by_deadline: bool = False,
    ) -> None:
        self.plan, self.by_deadline = plan, by_deadline
        self.most_units, self.reserved = most_units, 0.0
        self.position, self._examined = after, 0
        start = _start(plan, after, by_deadline) if after else None
        # Of each list that is not read to its end: what was read, the last entry first, and the
        # position to read on from.
        self._read: dict[str, list[EntryT]] = {term: [] for term in terms}
        self._more: dict[str, Position | None] = dict.fromkeys(terms, start)

    @property
    def is_at_end(self) -> bool:
        return not self._read

    @property
    def known(self) -> list[EntryT]:
        return [entry for read in self._read.values() for entry in read]

    @property
    def is_known(self) -> bool:
        """Whether the rest needs no more reads."""
        return not self._more

    @property
    def reach(self) -> Position:
        """The position up to which all entries are known. Rare lists reach far back."""
        return max((more or ["~"] for more in self._more.values()), default=[""])

    def __iter__(self) -> Iterator[EntryT]:
        while self.read(MOST_AT_ONCE):
            while self._read and not self._unread():
                yield self._next()

    def read(self, size: int) -> bool:
        """Read about so many entries, where there are none left. Return whether it could."""
        unread = self._unread()
        while unread:
            most = min(-(-size // len(unread)), (MOST_ENTRIES - self._examined) // len(unread))
            share = (self.most_units - log.units.read_units - self.reserved) / 2 / len(unread)
            most = min(most, int((share - paging.ROUNDING) / ENTRY_UNITS))
            if most < 1 and self._examined:
                return False
            for term in unread:
                self._read_list(term, max(1, most))
            unread = self._unread()
        return not self.is_at_end

    def _unread(self) -> list[str]:
        return [term for term, read in self._read.items() if not read and term in self._more]

    def _read_list(self, term: str, limit: int) -> None:
        found, more = _query(self.plan, term, limit, self._more.pop(term), self.by_deadline)
        self._examined += limit
        self._read[term] = found[::-1]
        if more:
            self._more[term] = more
        elif not found:
            del self._read[term]

    def _next(self) -> EntryT:
        first = min if self.by_deadline else max
        chosen = first((read[-1] for read in self._read.values()), key=self.place)
        self.position = self.place(chosen)
        for term, read in list(self._read.items()):
            if read[-1].sort_key == chosen.sort_key:
                read.pop()
                if not read and term not in self._more:
                    del self._read[term]
        return chosen

    def place(self, entry: EntryT) -> Position:
        return [entry.closing, entry.sort_key] if self.by_deadline else [entry.sort_key]


class _Sorted(Generic[EntryT]):
    """Entries that were read in another order, after a position."""

    reserved = 0.0

    def __init__(self, plan: Plan[EntryT], entries: list[EntryT], after: Position | None) -> None:
        self.place: Callable[[EntryT], Position] = lambda entry: [plan.rank(entry), entry.sort_key]
        self.position, is_best = after, plan.sort == "best"
        left = [
            entry
            for entry in entries
            if not after or (self.place(entry) < after if is_best else self.place(entry) > after)
        ]
        self._left = sorted(left, key=self.place, reverse=not is_best)

    @property
    def is_at_end(self) -> bool:
        return not self._left

    def __iter__(self) -> Iterator[EntryT]:
        while self._left:
            self.position = self.place(self._left[-1])
            yield self._left.pop()


def page(
    plan: Plan[EntryT],
    show: Callable[[list[EntryT]], dict[str, Shown]],
    *,
    limit: int,
    after: str | None,
    most_units: int,
    card_units: float = CARD_UNITS,
) -> Page[Shown]:
    """A page of results. It has a next one only if there is another result.

    If the read units end first, nobody knows, and there is a next page.

    show: the results by document id, of those entries whose documents match and may be seen
    card_units: what a card and the reads about its document cost
    """
    wanted = limit + 1
    number, lists = _begin(plan, wanted, after, most_units, card_units)
    found: list[tuple[EntryT, Shown]] = []
    fitting: list[EntryT] = []

    def room() -> int:
        """The number of entries whose cards to read now, at least one for each page."""
        cards = int((most_units - log.units.read_units) / card_units)
        return min(wanted - len(found), max(cards, 0 if found else 1))

    def look() -> None:
        shown = show(fitting)
        present = (entry for entry in fitting if entry.document_id in shown)
        found.extend((entry, shown[entry.document_id]) for entry in present)

    for entry in lists:
        if plan.fits(entry):
            fitting.append(entry)
            lists.reserved = len(fitting) * card_units
        if len(fitting) >= room():
            look()
            fitting, lists.reserved = [], 0
            if not room():
                break
    if fitting:
        look()
    position = None if lists.is_at_end else lists.position
    if len(found) > limit:
        position = lists.place(found[limit - 1][0])
    after = cursor.encode([str(number), *position], *plan.bound_to) if position else None
    return Page([each for _, each in found[:limit]], after)


def _begin(
    plan: Plan[EntryT], limit: int, after: str | None, most_units: float, card_units: float
) -> tuple[int, _Lists[EntryT] | _Sorted[EntryT]]:
    """The number of the choice of lists, and their entries after the cursor's position."""
    number, position = None, None
    if after:
        length = 2 if plan.sort == "newest" else 3
        text, *position = cursor.decode(after, length, *plan.bound_to)
        if text not in map(str, range(len(plan.choices))):
            raise cursor.BadCursor
        number = int(text)
    if plan.choices == [list(plan.by_deadline)] and plan.sort == "closing":
        return 0, _by_deadline(plan, limit, most_units, position)
    is_newest = plan.sort == "newest"
    number, lists = _rarest(plan, limit, most_units, number, position if is_newest else None)
    if is_newest:
        return number, lists
    fitting = []
    for entry in lists:
        if plan.fits(entry):
            fitting.append(entry)
            lists.reserved = min(len(fitting), limit) * card_units
    if plan.sort == "closing" and not lists.is_at_end:  # too many to sort
        return number, _by_deadline(plan, limit, most_units, position)
    return number, _Sorted(plan, fitting, position)


def _by_deadline(
    plan: Plan[EntryT], limit: int, most_units: float, after: Position | None
) -> _Lists[EntryT]:
    lists = _Lists(plan, list(plan.by_deadline), most_units, after, by_deadline=True)
    lists.read(limit)
    return lists


def _rarest(
    plan: Plan[EntryT],
    limit: int,
    most_units: float,
    number: int | None,
    after: Position | None,
) -> tuple[int, _Lists[EntryT]]:
    """The choice with this number, or the one that seems rarest: it reaches furthest back."""
    tried: list[_Lists[EntryT]] = []
    for terms in plan.choices if number is None else [plan.choices[number]]:
        lists = _Lists(plan, terms, most_units, after)
        if tried:
            # The first lists may need this for results.
            lists.reserved = most_units / 3
        if not lists.read(limit) and not lists.is_at_end:
            break
        tried.append(lists)
        known = lists.known
        if number is not None or lists.is_known or 2 * sum(map(plan.fits, known)) >= len(known):
            return len(tried) - 1 if number is None else number, lists
    rarest = min(tried, key=lambda lists: lists.reach)
    return tried.index(rarest), rarest


def people(
    plan: Plan[UserEntry], most: int, hidden: Callable[[list[str]], set[str]]
) -> list[PersonCard]:
    """The newest people of the plan whose cards are up to date, without the hidden ones."""
    entries, _ = _query(plan, plan.choices[0][0], MOST_TYPED)
    ids = [entry.document_id for entry in entries if plan.fits(entry)]
    left_out = hidden(ids)
    ids = [user_id for user_id in ids if user_id not in left_out][:most]
    keys: list[dynamodb.Item] = [{"cardId": f"user#{user_id}"} for user_id in ids]
    wanted = PersonCard.__struct_encode_fields__
    found = dynamodb.get_many(settings.CARDS_TABLE, keys, wanted) if keys else []
    cards = {item["userId"]: msgspec.convert(item, PersonCard) for item in found}
    return [cards[user_id] for user_id in ids if user_id in cards]


def newest(plan: Plan[EntryT], most: int) -> list[EntryT]:
    """The newest entries of the plan's lists, with an equal share of the rest for each list."""
    found: dict[str, EntryT] = {}
    until = log.units.read_units + (paging.MOST_UNITS - log.units.read_units) / 3
    terms = [term for terms in plan.choices for term in terms]
    for missing_lists, term in zip(range(len(terms), 0, -1), terms, strict=True):
        share = -(-(most - len(found)) // missing_lists)
        size = min(share, paging.affordable(ENTRY_UNITS, until))
        if size < 1:
            break
        entries, _ = _query(plan, term, size)
        found |= {entry.document_id: entry for entry in entries if plan.fits(entry)}
    return sorted(found.values(), key=lambda entry: entry.sort_key, reverse=True)


def _query(
    plan: Plan[EntryT],
    term: str,
    limit: int,
    after: Position | None = None,
    by_deadline: bool = False,
) -> tuple[list[EntryT], Position | None]:
    """Entries of a list, and the position to read on from, or None at the end."""
    condition, values, names = "term = :term", {":term": term}, _POSITION[by_deadline]
    if by_deadline:
        condition += " AND closingKey BETWEEN :soonest AND :latest"
        values |= dict(zip((":soonest", ":latest"), plan.between, strict=True))
    found, last = dynamodb.query(
        settings.SEARCH_TABLE,
        _INDEX[by_deadline],
        condition,
        values,
        limit=limit,
        after={"term": term, **dict(zip(names, after, strict=True))} if after else None,
        newest_first=not by_deadline,
    )
    entries = msgspec.convert(found, list[plan.shape])  # type: ignore[name-defined]
    return entries, [last[name] for name in names] if last else None


def _start(plan: Plan[Any], after: Position, by_deadline: bool) -> Position | None:
    """The position to continue after, or None to read from the start.

    DynamoDB refuses a start outside the key condition. As time passes, the condition's lower bound
    moves past the positions in older cursors.
    """
    if by_deadline:
        soonest, latest = plan.between
        if after[0] > latest:
            raise cursor.BadCursor
        if after[0] < soonest:
            return None
    return after


def count(kind: str) -> None:
    """Count the values of all documents of this kind again, unless the last count is too fresh.

    The list of all has an entry for each document until its deadline. So a count is never wrong for
    long, and no document costs more because it is counted. Few documents are counted after each
    change. The more there are, the longer the next count waits, at most ten minutes.
    """
    now = int(time.time())
    if _due_at.get(kind, 0) > now:
        return
    key, mine = _counts_key(kind), {":mine": now + MOST_SECONDS}
    claim, is_due = "SET dueAt = :mine", "attribute_not_exists(dueAt) OR dueAt <= :now"
    if not dynamodb.update_if(settings.SEARCH_TABLE, key, claim, is_due, {}, mine | {":now": now}):
        return
    everything = {":term": f"{kind}|all"}
    found = dynamodb.query_all(
        settings.SEARCH_TABLE, None, "term = :term", everything, page=MOST_READ
    )
    # Whole entries of so many documents would need more memory than the function has.
    marks = [rules.marks_of(entry) for entry in islice(found, MOST_DOCUMENTS)]
    _due_at[kind] = now + min(len(marks) // COUNTED_A_SECOND, MOST_SECONDS)
    result = {":packed": rules.tally(marks), ":due": _due_at[kind]}
    change, is_mine = "SET packed = :packed, dueAt = :due", "dueAt = :mine"
    dynamodb.update_if(settings.SEARCH_TABLE, key, change, is_mine, {}, mine | result)


def counts(kind: str) -> bytes:
    """The counts of this kind, see rules.tally. Costs up to 4 read units."""
    key = _counts_key(kind)
    condition = "term = :term AND sortKey = :sort"
    values = {":term": key["term"], ":sort": key["sortKey"]}
    found, _ = dynamodb.query(settings.SEARCH_TABLE, None, condition, values, limit=1)
    return bytes(found[0].get("packed", b"")) if found else b""


def _counts_key(kind: str) -> dict[str, str]:
    return {"term": f"{kind}|counts", "sortKey": "counts"}


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
        # Another indexer may have written over entries that this one has touched.
        stored = rules.unchanged(listing, before) if listing and not touched else set()
        touched.update(wanted)
        entries = rules.items(listing) if listing else []
        changed = [each for each in entries if (each["term"], each["sortKey"]) not in stored]
        _write(changed, held - wanted)
        if listing:
            known = rules.keys(before) if before.edition == rules.EDITION else set()
            ordered = [(term, listing.entry.sort_key) for term in listing.terms]
            _learn([key for key in ordered if key not in known], rules.room(listing, after))
        _forget(held - wanted)
        _note(after, based_on=pending)

    changes.make(lambda: _note_of(document), changed, store)


def _write(entries: list[dynamodb.Item], superfluous: set[rules.Key]) -> None:
    gone = [{"term": term, "sortKey": sort_key} for term, sort_key in superfluous]
    dynamodb.write_many(settings.SEARCH_TABLE, entries, gone, ("term", "sortKey"))


def _learn(keys: Iterable[rules.Key], most: int) -> None:
    """Keep words that are not known, the first ones, with at most so many items.

    Others are kept when the next document has them.
    """
    for kind, words in rules.words_of(keys).items():
        most -= vocabulary.learn(kind, words, most)


def _forget(keys: set[rules.Key]) -> None:
    """Forget the words whose lists have become empty.

    Another document may get such a word at the same time: its indexer writes the entry and then
    looks whether the word is known, so one of both sees what the other did.
    """
    for kind, words in rules.words_of(keys).items():
        gone = [word for word in words if not _is_listed(kind, word)]
        vocabulary.forget(kind, gone)
        back = [word for word in gone if _is_listed(kind, word)]
        vocabulary.learn(kind, back, rules.MOST_WRITES)


def _is_listed(kind: str, word: str) -> bool:
    values = {":term": rules.list_of(kind, word)}
    found, _ = dynamodb.query(
        settings.SEARCH_TABLE, None, "term = :term", values, limit=1, consistent=True
    )
    return bool(found)


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
