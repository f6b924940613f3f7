"""Decisions about searches: the words of a text, the index lists of a document, and the lists that
answer a search; no I/O.

Each list has a term as its name: `castings|all`, `castings|city:kochi`,
`users|skill:chhau|city:kochi`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import product
from sys import byteorder
from typing import Any, Generic, TypeVar, get_args
from zlib import crc32

import msgspec

from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting, Mode, Role
from artisthub.search.models import (
    CastingCard,
    CastingEntry,
    CastingQuery,
    Entry,
    Note,
    Part,
    ProfileCard,
    ProfileSummary,
    Sort,
    UserEntry,
    UserQuery,
)
from artisthub.shared import clock, errors, sizes, spelling
from artisthub.shared.models import Category, Gender
from artisthub.shared.spelling import phrase
from artisthub.users import access
from artisthub.users.models import ListedProfile
from artisthub.users.stored import RecruiterCard, User
from artisthub.vocabulary.rules import MOST_BYTES

EntryT = TypeVar("EntryT", bound=Entry)
Key = tuple[str, str]  # term and sort key

EDITION = 3  # of the index: another one makes the indexer write all entries again
MAX_WORDS = 50  # of a profile; each needs an entry
MAX_CASTING_WORDS = 28  # with all others, they cost 60 write units
MOST_WRITES, CARD_WRITES = 60, 2  # units: of a published casting, and of its card
MAX_ASKED = 10  # words of a search
MAX_NAMES = 10
MAX_ALL_NAMES = 200  # bytes
MAX_PREFIX = 6
MAX_TERM = 40  # bytes of a value in the name of a list
MAX_CHOICES = 3  # a search reads the rarest of these
MOST_SPELLINGS = {"castings": 8, "users": 16}  # each has a list to read
MOST_LISTS = 8  # of facets
MOST_COUNTED = 4_000  # values of a kind of documents: 4 read units
_PLAIN = ("category", "mode")  # of castings; all other values are facts
EARLY = 8  # the first words of a document, which its title or names have

# Kinds of phrases that are suggested while somebody types.
SUGGESTED = ("castings|city", "castings|tag", "users|city", "users|skill")
# Lists by deadline cost twice as much, so only these have them.
_BY_DEADLINE = ("all", "category:", "mode:", "city:")
# Profiles are often changed. Only the lists of single words need these attributes.
_TEXTS = ("words", "names")
STATS = "stats|"  # the lists that only verified recruiters may search
_parts: Any = msgspec.msgpack.Decoder(list[Part]).decode
# Leaves room for the card's key and revision.
MAX_CARD = sizes.READ_BYTES - 96
_LAST = "~"  # sorts after every time


class Listing(msgspec.Struct, Generic[EntryT], frozen=True):
    """The wanted entry of a document, and the lists that must have it."""

    entry: EntryT
    terms: list[str]


LookUp = Callable[[str, list[str], int], dict[str, list[str]]]


class Plan(msgspec.Struct, Generic[EntryT], frozen=True):
    """The way to answer a search: read the rarest of these choices and keep the entries that fit.

    Each choice is the lists that together have all results.
    - bound_to: operation and filters that a cursor is valid for
    - by_deadline, between: the lists that are kept by deadline, and their range of closing keys
    - score: how well an entry matches
    """

    choices: list[list[str]]
    fits: Callable[[EntryT], bool]
    shape: type[EntryT]
    bound_to: tuple[str, ...] = ()
    sort: Sort = "newest"
    by_deadline: Sequence[str] = ()
    between: tuple[str, str] = ("", "")
    score: Callable[[EntryT], int] = lambda _: 0

    def rank(self, entry: EntryT) -> str:
        """The place among entries that are sorted after they are read."""
        return entry.closing if self.sort == "closing" else f"{self.score(entry):03}"


# The content of the index


def casting_listing(casting: Casting) -> Listing[CastingEntry] | None:
    """The casting's entry: only while it is open and has open roles, and until its deadline."""
    roles = casting_rules.open_roles(casting)
    if casting.status != "open" or not casting.published_at or not roles:
        return None
    text = _text_of_casting(casting)
    facts = _Facts(city=[phrase(casting.city or "")], tag=[phrase(tag) for tag in casting.tags])
    entry = CastingEntry(
        version=casting.version,
        sort_key=f"{casting.published_at}|{casting.casting_id}",
        closing_key=f"{casting.deadline_at or _LAST}|{casting.casting_id}",
        expires_at=_seconds(casting.deadline_at) if casting.deadline_at else None,
        category=casting.category,
        mode=casting.mode,
        facts=facts.packed(),
        words=_packed(map(_mark, text)),
        parts=msgspec.msgpack.encode(list({_part(role): None for role in roles})),
        units=sizes.units_of_struct(casting),
    )
    return _listed("castings", entry, [*_casting_terms(entry, facts), *map(_word, text)])


def user_listing(user: User) -> Listing[UserEntry] | None:
    """The profile's entry, unless it is private, closed or a minor's.

    A connections-only profile has only the fields that everyone sees: role and names.
    """
    if user.privacy == "private" or not access.is_shown(user, clock.today()):
        return None
    shown = user if user.privacy == "public" else _limited(user)
    text, names = _text_of_user(shown), _names(shown)
    facts = _Facts(
        category=shown.categories,
        gender=[shown.gender or ""],
        skill=[phrase(skill) for skill in shown.skills],
        city=[phrase(shown.city or "")],
        language=[phrase(language) for language in shown.languages],
    )
    entry = UserEntry(
        version=user.version,
        sort_key=f"{user.created_at}|{user.user_id}",
        units=sizes.units_of_struct(user),
        role=user.role,
        facts=facts.packed(),
        words=_packed(map(_mark, text)),
        names=" ".join(names).encode()[:MAX_ALL_NAMES].decode(errors="ignore"),
    )
    terms = [
        *_user_terms(entry, facts),
        *map(_word, text),
        *(term("name", prefix) for prefix in _prefixes(names)),
    ]
    listing = _listed("users", entry, terms)
    return Listing(entry, listing.terms + [f"{STATS}{each}" for each in _stats(shown)])


def _stats(user: User) -> list[str]:
    """The bands by which verified recruiters find an artist who wants that."""
    if not user.is_found_by_stats or user.role != "artist":
        return []
    bands = [f"age:{band}" for band in dict.fromkeys(user.playing_ages)]
    return bands if user.height_cm is None else [*bands, f"height:{height_band(user.height_cm)}"]


def height_band(centimetres: int) -> str:
    """For example `165-169`."""
    if not 140 <= centimetres < 200:
        return "-139" if centimetres < 140 else "200-"
    start = centimetres - centimetres % 5
    return f"{start}-{start + 4}"


def _listed(kind: str, entry: EntryT, terms: list[str]) -> Listing[EntryT]:
    """The listing with each list once: values that differ may have the same term."""
    return Listing(entry, [f"{kind}|{each}" for each in dict.fromkeys(terms)])


class _Facts:
    """Normalized values of a document by the name of their filter."""

    def __init__(self, **values: Iterable[str]) -> None:
        self.values = {
            name: [each for each in dict.fromkeys(of_name) if each]
            for name, of_name in values.items()
        }

    def of(self, name: str) -> list[str]:
        """For example `skill:chhau`."""
        return [term(name, value) for value in self.values[name]]

    def packed(self) -> bytes:
        return _packed(_mark(fact) for name in self.values for fact in self.of(name))


def marks_of(entry: dict[str, Any]) -> bytes:
    """The marks of all values of an entry as stored."""
    plain = (_mark(f"{name}:{entry[name]}") for name in _PLAIN if name in entry)
    return bytes(entry.get("facts", b"")) + _packed(plain)


def tally(marks: Iterable[bytes]) -> bytes:
    """The most frequent of these marks: for each, itself and its number."""
    counted = Counter(memoryview(_packed(marks)).cast("I"))  # one number for each mark
    return b"".join(
        mark.to_bytes(4, byteorder) + count.to_bytes(4, "big")
        for mark, count in counted.most_common(MOST_COUNTED)
    )


def counts_of(packed: bytes, query: CastingQuery | UserQuery) -> dict[str, dict[str, int]]:
    """The number of documents with each value of interest, by facet and value."""
    is_of_castings = isinstance(query, CastingQuery)
    asked: dict[str, Sequence[str]] = {"category": get_args(Category)}
    asked |= {"mode": get_args(Mode)} if is_of_castings else {"gender": get_args(Gender)}
    for name in ("city", "tag") if is_of_castings else ("city", "skill", "language"):
        asked[name] = getattr(query, name) or []
    return {
        name: {value: _count(packed, _mark(term(name, phrase(value)))) for value in values}
        for name, values in asked.items()
    }


def _count(packed: bytes, mark: bytes) -> int:
    at = packed.find(mark)
    while at % 8 and at >= 0:
        at = packed.find(mark, at + 1)
    return int.from_bytes(packed[at + 4 : at + 8], "big") if at >= 0 else 0


def _packed(marks: Iterable[bytes]) -> bytes:
    return b"".join(marks)


def _mark(text: str) -> bytes:
    return crc32(text.encode()).to_bytes(4, "big")


def has(packed: Any, text: str) -> bool:
    """Whether the mark of this text is one of the packed marks."""
    return _place(packed, _mark(text)) >= 0


def _place(packed: Any, mark: bytes) -> int:
    """The number of the mark among the packed ones, or -1."""
    at = packed.find(mark)
    while at % 4 and at >= 0:
        at = packed.find(mark, at + 1)
    return int(at) // 4


def casting_card(
    casting: Casting, listing: Listing[CastingEntry] | None, recruiter: User | None = None
) -> CastingCard:
    """The casting's card. While searches find it, it says who casts, unless that is too long."""
    card = msgspec.convert(casting, CastingCard, from_attributes=True)
    if listing:
        card.entry = listing.entry
        if recruiter:
            card.recruiter = msgspec.convert(recruiter, RecruiterCard, from_attributes=True)
        if sizes.bytes_of(card) > MAX_CARD:
            card.recruiter = None
    return card


def profile_card(user: User) -> ProfileCard:
    """The profile's card. Of very long skills and languages, the last are left out."""
    listing = user_listing(user)
    card = msgspec.convert(user, ProfileCard, from_attributes=True)
    card.entry = listing.entry if listing else None
    while sizes.bytes_of(card) > MAX_CARD:
        longest = max(card.skills, card.languages, key=lambda texts: len("".join(texts).encode()))
        longest.pop()
    return card


def items(listing: Listing[Any]) -> list[dict[str, Any]]:
    """The listing's entries as stored, one for each of its lists."""
    return _items(_stored(listing.entry), listing.terms)


def unchanged(listing: Listing[Any], note: Note) -> set[Key]:
    """The keys of the entries that are stored as they should be, except for their version."""
    if note.says is None or note.edition != EDITION:
        return set()
    says = {name: value for name, value in _stored(listing.entry).items() if name != "version"}
    stored = _items(note.says, note.terms.get(listing.entry.sort_key, []))
    wanted = {each["term"]: each for each in _items(says, listing.terms)}
    return {
        (each["term"], listing.entry.sort_key)
        for each in stored
        if wanted.get(each["term"]) == each
    }


def _items(entry: dict[str, Any], terms: list[str]) -> list[dict[str, Any]]:
    whole = dict(entry)
    closing_key = whole.pop("closingKey", None)
    if closing_key:
        return [
            {**whole, ("closingKey" if _is_by_deadline(term) else "due"): closing_key, "term": term}
            for term in terms
        ]
    lean = {name: value for name, value in whole.items() if name not in _TEXTS}
    stats = [term.removeprefix(STATS) for term in terms if term.startswith(STATS)]
    # Only these lists have the marks of bands, which no other search can ask for.
    with_stats = {**lean, "facts": lean["facts"] + _packed(map(_mark, stats))}
    return [{**_part_of(term, whole, lean, with_stats), "term": term} for term in terms]


def _part_of(term: str, of_words: Any, of_facets: Any, of_stats: Any) -> Any:
    if term.startswith(STATS):
        return of_stats
    return of_words if _is_of_words(term) else of_facets


def _is_by_deadline(term: str) -> bool:
    return term.removeprefix("castings|").startswith(_BY_DEADLINE)


def note_of(listing: Listing[Any] | None, before: Note) -> Note:
    """The note after the index has only this listing of the document."""
    if listing is None:
        return Note(before.term, version=before.version + 2)
    entry = listing.entry
    return Note(
        before.term,
        version=before.version + 2,
        edition=EDITION,
        terms={entry.sort_key: listing.terms},
        # The version also changes with fields that no filter uses.
        says={name: value for name, value in _stored(entry).items() if name != "version"},
        expires_at=entry.expires_at,
    )


def room(listing: Listing[Any], note: Note) -> int:
    """How many items of new words may be written with the listing and its note.

    A profile has no limit, because names must be found however they are spelt.
    """
    if listing.entry.closing_key is None:
        return MOST_WRITES
    entries = sum(2 if _is_by_deadline(term) else 1 for term in listing.terms)
    notes = 2 * -(-sizes.bytes_of(note) // sizes.WRITE_BYTES)
    return max(0, MOST_WRITES - CARD_WRITES - entries - notes)


def says_the_same(note: Note, other: Note) -> bool:
    return (note.terms, note.says, note.edition) == (other.terms, other.says, other.edition)


def words_of(keys: Iterable[Key]) -> dict[str, list[str]]:
    """The words and phrases that these keys are of, by kind: `users`, or `users|skill`."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(term for term, _ in keys):
        kind, _, word = name.partition(":")
        is_kept = kind in SUGGESTED or kind.endswith("|word")
        if is_kept and word and not {"~", "|"} & set(word):
            found.setdefault(kind.removesuffix("|word"), []).append(word)
    return found


def list_of(kind: str, word: str) -> str:
    """The list of the documents with a word or a phrase of this kind."""
    return f"{kind}:{word}" if "|" in kind else f"{kind}|word:{word}"


# Suggestions


def typed(text: str) -> str:
    """Normalize the text that somebody has typed. Raises Invalid if it is too short."""
    found = phrase(text)
    if len(found) < 2:
        raise _wrong("text", "must have at least two letters or digits")
    return found


def people_plan(text: str) -> Plan[UserEntry]:
    """The plan of a search for people whose names begin with these words."""
    names = spelling.wanted_names(text)
    longest = max(names, key=len)
    return Plan(
        [[f"users|{term('name', longest[:MAX_PREFIX])}"]],
        lambda entry: all(_begins_one_of([name], entry.names) for name in names),
        UserEntry,
    )


def keys(note: Note) -> set[Key]:
    """The keys of the entries in the note."""
    return {(term, sort_key) for sort_key, terms in note.terms.items() for term in terms}


def pending(before: Note, named: Iterable[Key]) -> Note:
    """The note while these entries are being written or deleted."""
    terms: dict[str, list[str]] = {}
    for term, sort_key in sorted(named):
        terms.setdefault(sort_key, []).append(term)
    return Note(before.term, version=before.version + 1, terms=terms)


def _stored(entry: Entry) -> dict[str, Any]:
    plain = msgspec.to_builtins(entry, builtin_types=(bytes,))
    return {name: value for name, value in plain.items() if value is not None}


def _is_of_words(term: str) -> bool:
    return "|word:" in term or "|name:" in term


def _text_of_casting(casting: Casting) -> list[str]:
    titles = (role.title for role in casting.roles)
    texts = [casting.title, casting.city or "", *casting.tags, *titles, casting.description]
    return spelling.telling(spelling.held(" ".join(texts)))[:MAX_CASTING_WORDS]


def _text_of_user(user: User) -> list[str]:
    texts = [user.display_name, user.username, user.headline, user.company_name, user.city]
    text = " ".join(text or "" for text in [*texts, *user.skills, user.bio])
    return spelling.telling(spelling.held(text))[:MAX_WORDS]


def _names(user: User) -> list[str]:
    return spelling.names(f"{user.display_name} {user.username}")[:MAX_NAMES]


def _seconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())


def _part(role: Role) -> Part:
    needs, pay = role.requirements, role.pay
    money = pay.money if pay else None
    return Part(
        "".join(gender[0] for gender in needs.genders),
        needs.min_age,
        needs.max_age,
        money.amount if money else None,
        money.currency if money else None,
        pay.unit[0] if pay and pay.unit else None,
    )


def _casting_terms(entry: CastingEntry, facts: _Facts) -> Iterator[str]:
    yield "all"
    yield f"category:{entry.category}"
    yield f"mode:{entry.mode}"
    for city in facts.of("city"):
        yield city
        yield f"category:{entry.category}|{city}"
    yield from facts.of("tag")


def _user_terms(entry: UserEntry, facts: _Facts) -> Iterator[str]:
    yield "all"
    yield f"role:{entry.role}"
    facets = facts.of("category") + facts.of("skill")
    yield from facets
    for city in facts.of("city"):
        yield city
        yield from (f"{facet}|{city}" for facet in facets)
    yield from facts.of("language")
    yield from facts.of("gender")


def _word(word: str) -> str:
    return term("word", word, MOST_BYTES)


def term(name: str, value: str, most: int = MAX_TERM) -> str:
    """For example `skill:chhau`. The end of a long value is replaced by a digest.

    With 64 bits, it is hard to find two values with the same digest.
    """
    if len(value.encode()) <= most:
        return f"{name}:{value}"
    from _blake2 import blake2b  # few values are long

    return f"{name}:{value[:5]}~{blake2b(value.encode(), digest_size=8).hexdigest()}"


def _prefixes(names: list[str]) -> list[str]:
    lengths = range(1, MAX_PREFIX + 1)
    return list(dict.fromkeys(name[:length] for name in names for length in lengths))


# Searches


def casting_plan(query: CastingQuery, now: str, look_up: LookUp) -> Plan[CastingEntry]:
    """The plan of a search for castings. Raises Invalid.

    look_up: the known words that a word may mean, at most so many
    """
    _ensure_words(query, "text", "city", "tag")
    if query.min_pay is not None and not query.currency:
        raise _wrong("currency", "is required with minPay")
    text = _Text("castings", _asked(query), look_up)
    facts = _facts(city=_cities(query), tag=query.tag)
    first_day = query.deadline_from.isoformat() if query.deadline_from else ""
    last_day = query.deadline_to.isoformat() if query.deadline_to else ""

    def fits(entry: CastingEntry) -> bool:
        return entry.facts is None or (
            (not query.category or entry.category in query.category)
            and (not query.mode or entry.mode in query.mode)
            and _has_all(entry.facts, facts)
            and _is_due(entry.deadline_at, now, first_day, last_day)
            and any(_suits(part, query) for part in _parts(entry.parts))
            and text.is_in(entry.words)
        )

    base = _lists(_facts(category=query.category) | facts, "category", "city")
    base = base or _lists(_facts(mode=query.mode), "mode") or ["all"]
    facets = _present([_lists(facts, "tag"), base])
    soonest = max(now, first_day)
    return Plan(
        _choices("castings", text.lists(), facets),
        fits,
        CastingEntry,
        _binding("searchCastings", query),
        query.sort,
        [f"castings|{each}" for each in base],
        (soonest, max(soonest, f"{last_day or _LAST}~")),
        lambda entry: text.score(entry.words),
    )


def user_plan(query: UserQuery, look_up: LookUp) -> Plan[UserEntry]:
    """The plan of a search for profiles. Raises Invalid."""
    _ensure_words(query, "text", "name", "skill", "language", "city")
    text = _Text("users", _asked(query), look_up)
    names = _names_meant(spelling.wanted_names(query.name or ""), look_up)
    facts = _facts(
        category=query.category,
        skill=query.skill,
        language=query.language,
        city=_cities(query),
        gender=query.gender,
    )
    stats = _present([_bands("age", query.playing_age), _bands("height", query.height)])
    if stats and (asked := [name for name in ("text", "name") if getattr(query, name)]):
        raise _wrong(asked[0], "cannot be combined with playingAge or height")

    def fits(entry: UserEntry) -> bool:
        return entry.facts is None or (
            all(any(has(entry.facts, band) for band in bands) for bands in stats)
            and query.role in (None, entry.role)
            and _has_all(entry.facts, facts)
            and text.is_in(entry.words)
            and all(_begins_one_of(meant, entry.names) for meant in names)
        )

    longest = max(names, key=lambda meant: len(meant[0]), default=[])
    of_names = list(dict.fromkeys(term("name", each[:MAX_PREFIX]) for each in longest))
    of_words = [*_present([of_names]), *text.lists()]
    facets = _present(
        [
            _lists(facts, "skill", "city") if query.skill else [],
            _lists(facts, "category", "city") if query.category or not query.skill else [],
            _lists(facts, "language"),
        ]
    ) or [_lists(facts, "gender") or ([f"role:{query.role}"] if query.role else ["all"])]
    return Plan(
        # Entries in the lists of facets have no words.
        [[f"{STATS}{band}" for band in bands] for bands in stats]
        or _choices("users", of_words, [] if of_words else facets),
        fits,
        UserEntry,
        _binding("searchUsers", query),
        query.sort,
        score=lambda entry: text.score(entry.words),
    )


def _bands(name: str, bands: Sequence[str] | None) -> list[str]:
    return [f"{name}:{band}" for band in dict.fromkeys(bands or [])]


def ensure_verified(caller: ProfileCard | None) -> None:
    """Raise VerifiedRecruitersOnly unless this is an active recruiter with the badge."""
    if not caller or (caller.role, caller.status) != ("recruiter", "active"):
        raise VerifiedRecruitersOnly
    if not caller.verified_at:
        raise VerifiedRecruitersOnly


class VerifiedRecruitersOnly(errors.Forbidden):
    detail = "Only verified recruiters can search by playing age and height."


class _Text:
    """The words of a search, each with the words of documents that it may mean."""

    def __init__(self, kind: str, asked: list[str], look_up: LookUp) -> None:
        found = look_up(kind, asked, MOST_SPELLINGS[kind]) if asked else {}
        # Also the word itself, which is not known before the index is rebuilt.
        self.meant = [list(dict.fromkeys([word, *found[word]])) for word in asked]
        self._marks = [[_mark(word) for word in words] for words in self.meant]

    def lists(self) -> list[list[str]]:
        """Choices of lists to read. The longest words are usually the rarest."""
        longest = sorted(self.meant, key=lambda words: len(words[0]), reverse=True)
        return [[_word(word) for word in words] for words in longest]

    def is_in(self, packed: Any) -> bool:
        return all(any(_place(packed, mark) >= 0 for mark in marks) for marks in self._marks)

    def score(self, packed: Any) -> int:
        """How well the words of a document match: exactly, and early in it."""
        return sum(
            max(_score(number, _place(packed, mark)) for number, mark in enumerate(marks))
            for marks in self._marks
        )


def _score(number: int, place: int) -> int:
    """Of a word at this place, for the spelling with this number. The first is the exact one."""
    if place < 0:
        return 0
    return (1 if number else 3) + (2 if place < EARLY else 0)


def _asked(query: CastingQuery | UserQuery) -> list[str]:
    found = spelling.telling(spelling.wanted(query.text or ""))
    if query.sort == "best" and not query.text:
        raise _wrong("text", "is required with sort=best")
    if query.text and not found:
        raise _wrong("text", "must have a word that says more than a letter or `the`")
    if len(found) > MAX_ASKED:
        raise _wrong("text", f"must have at most {MAX_ASKED} words")
    return found


def _cities(query: CastingQuery | UserQuery) -> Sequence[str] | None:
    """The cities in which to search. Raises Invalid."""
    if query.within is None:
        return query.city
    if not query.city or len(query.city) > 1:
        raise _wrong("city", "must be one city with within")
    from artisthub.cities import rules as cities  # few searches need them

    near = cities.near(phrase(query.city[0]), query.within, MOST_LISTS)
    if not near:
        raise _wrong("city", "must be one of the 300 largest cities of India with within")
    return near


def _names_meant(asked: list[str], look_up: LookUp) -> list[list[str]]:
    """Each name with the names that it may be a wrong spelling of."""
    found = look_up("users", asked, 1) if asked else {}
    return [[name, *(each for each in found[name] if not each.startswith(name))] for name in asked]


def _choices(kind: str, of_words: list[list[str]], facets: list[list[str]]) -> list[list[str]]:
    choices = of_words + facets
    rarest = [lists for lists in choices if lists != ["all"]] or choices
    return [[f"{kind}|{each}" for each in lists] for lists in rarest[:MAX_CHOICES]]


def may_change_castings(before: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
    """Whether castings of this profile may have to leave the index, come back, or say who casts."""
    if not before or not after or "recruiter" not in (before["role"], after["role"]):
        return False
    shown = (*RecruiterCard.__struct_encode_fields__, "bornOn")
    return {before["status"], after["status"]} != {"active"} or any(
        before.get(name) != after.get(name) for name in shown
    )


def is_found(plan: Plan[EntryT], entry: EntryT, card: CastingCard | ProfileCard) -> bool:
    """Whether the document matches as its card says, not only its entry in the index."""
    current: Any = card.entry
    if current is None:
        return False
    return (entry.facts is not None and current.version == entry.version) or plan.fits(current)


def profile_summary(card: ProfileCard) -> ProfileSummary:
    """The fields that everyone sees."""
    if card.privacy == "public":
        return msgspec.convert(card, ProfileSummary, from_attributes=True)
    limited = msgspec.convert(card, ListedProfile, from_attributes=True)
    return msgspec.convert(limited, ProfileSummary, from_attributes=True)


def _limited(user: User) -> User:
    """The profile without the fields that only connections see."""
    return msgspec.structs.replace(
        user,
        headline=None,
        bio=None,
        city=None,
        categories=[],
        skills=[],
        languages=[],
        company_name=None,
        gender=None,
        is_found_by_stats=False,
    )


def _wrong(parameter: str, detail: str) -> errors.Invalid:
    return errors.Invalid(errors=[{"parameter": parameter, "detail": detail}])


def _ensure_words(query: CastingQuery | UserQuery, *names: str) -> None:
    asked = {name: getattr(query, name) or [] for name in names}
    wrong = [
        name
        for name, texts in asked.items()
        if not all(map(phrase, [texts] if isinstance(texts, str) else texts))
    ]
    if wrong:
        detail = "must contain a letter or a digit"
        raise errors.Invalid(errors=[{"parameter": name, "detail": detail} for name in wrong])


def _binding(operation: str, query: CastingQuery | UserQuery) -> tuple[str, str]:
    filters = msgspec.structs.replace(query, limit=1, cursor=None, counts=False)
    return operation, msgspec.json.encode(filters).decode()


def _facts(**values: Sequence[str] | None) -> dict[str, list[str]]:
    """For example `{"city": ["city:kochi"]}`, without absent values."""
    return {
        name: list(dict.fromkeys(term(name, phrase(value)) for value in wanted))
        for name, wanted in values.items()
        if wanted
    }


def _has_all(packed: Any, facts: dict[str, list[str]]) -> bool:
    """Whether the document has one of the facts of each name."""
    return all(any(has(packed, fact) for fact in wanted) for wanted in facts.values())


def _lists(facts: dict[str, list[str]], *names: str) -> list[str]:
    """For example `category:acting|city:kochi`, for each combination of present values.

    If these are too many lists to read, the lists of one name only.
    """
    of_names = [facts[name] for name in names if name in facts]
    pairs = ["|".join(pair) for pair in product(*of_names)] if of_names else []
    return pairs if len(pairs) <= MOST_LISTS else min(of_names, key=len)


def _present(choices: list[list[str]]) -> list[list[str]]:
    return [lists for lists in choices if lists]


def _is_due(deadline_at: str | None, now: str, first_day: str, last_day: str) -> bool:
    if deadline_at is None:
        return not (first_day or last_day)
    day = deadline_at[:10]
    return deadline_at > now and first_day <= day and (not last_day or day <= last_day)


def _suits(part: Part, query: CastingQuery) -> bool:
    """Whether this role matches all filters for roles."""
    amount, age = part.amount, query.age
    return (
        (query.paid is None or query.paid == (amount is not None))
        and (query.min_pay is None or (amount is not None and amount >= query.min_pay))
        and query.currency in (None, part.currency)
        and (not query.pay_unit or query.pay_unit[0] == part.unit)
        and (age is None or _is_between(age, part.min_age, part.max_age))
        and (not query.gender or not part.genders or query.gender[0] in part.genders)
    )


def _is_between(age: int, least: int | None, most: int | None) -> bool:
    return (least is None or least <= age) and (most is None or age <= most)


def _begins_one_of(starts: list[str], names: Any) -> bool:
    """Whether a name begins with one of these."""
    return any(f" {start}" in f" {names}" for start in starts)
