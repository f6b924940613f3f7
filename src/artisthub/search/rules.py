"""Decisions about searches: the words of a text, the index lists of a document, and the lists that
answer a search; no I/O.

Each list has a term as its name: `castings|all`, `castings|city:kochi`,
`users|skill:chhau|city:kochi`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from artisthub.castings.models import Casting, Role
from artisthub.search.models import (
    Candidate,
    CastingEntry,
    CastingQuery,
    Entry,
    Note,
    Part,
    ProfileSummary,
    Sort,
    UserEntry,
    UserQuery,
)
from artisthub.shared import errors
from artisthub.users.models import LimitedProfile

EntryT = TypeVar("EntryT", bound=Entry)
DocumentT = TypeVar("DocumentT", Casting, Candidate)
Key = tuple[str, str]  # term and sort key

MAX_WORDS = 50  # per document; each needs an entry
MAX_WORD = 40
MAX_PHRASE = 80
MAX_NAMES = 10
MAX_PREFIX = 6
MAX_TERMS = 3  # a search reads the rarest of these lists

# Cities with two common names.
SYNONYMS = {
    "bombay": "mumbai",
    "bangalore": "bengaluru",
    "madras": "chennai",
    "calcutta": "kolkata",
}
APOSTROPHES = "'\u2019\u02bc"

# Only the lists of single words need these attributes.
_TEXTS = ("words", "names")
_LAST = "~"  # sorts after every time
_MAX_AGE = 120


class Listing(NamedTuple, Generic[EntryT]):
    """The wanted entry of a document, and the lists that must have it."""

    entry: EntryT
    terms: list[str]


class Plan(NamedTuple, Generic[EntryT]):
    """The way to answer a search: read the rarest of these lists and keep the entries that fit.

    bound_to: operation and filters that a cursor is valid for. between: the range of closing keys
    if sorted by deadline.
    """

    terms: list[str]
    fits: Callable[[EntryT], bool]
    shape: type[EntryT]
    bound_to: tuple[str, ...]
    sort: Sort = "newest"
    between: tuple[str, str] = ("", "")


# Words


def words(text: str) -> list[str]:
    """The words of a text, normalized for comparison, each once.

    Case and accents of Latin letters are removed. Marks of other scripts stay: without its vowel
    signs, a word in Devanagari or Tamil is a different word.
    """
    return list(dict.fromkeys(word[:MAX_WORD] for word in _split(text)))


def phrase(text: str) -> str:
    """A city, tag, skill or language, normalized for comparison."""
    return " ".join(_split(text))[:MAX_PHRASE].rstrip()


def _split(text: str) -> list[str]:
    spaced = _spaced(text) if text.isascii() else _spaced_unicode(text)
    return [SYNONYMS.get(word, word) for word in spaced.split()]


def _spaced(text: str) -> str:
    return re.sub("[^a-z0-9]+", " ", text.lower().replace("'", ""))


def _spaced_unicode(text: str) -> str:
    """The words, normalized for comparison, with spaces between them."""
    from unicodedata import category, name, normalize  # 1 MB of tables that most texts never need

    kept, takes_marks = " ", False
    for char in normalize("NFKD", normalize("NFKD", text).casefold()):
        kind = category(char)
        if kind[0] in "LN" and char not in APOSTROPHES:
            kept += char
            takes_marks = not (char.isascii() or "LATIN" in name(char, ""))
        elif kind[0] == "M":
            kept += char if takes_marks else ""
        elif kind != "Cf" and char not in APOSTROPHES:  # joiners are part of a word
            kept += " "
            takes_marks = False
    return normalize("NFC", kept)


# The content of the index


def casting_listing(casting: Casting) -> Listing[CastingEntry] | None:
    """The casting's entry: only while it is open, and until its deadline."""
    if casting.status != "open" or not casting.published_at:
        return None
    deadline = casting.deadline_at
    entry = CastingEntry(
        document_id=casting.casting_id,
        version=casting.version,
        sort_key=f"{casting.published_at}|{casting.casting_id}",
        closing_key=f"{deadline or _LAST}|{casting.casting_id}",
        expires_at=int(datetime.fromisoformat(deadline).timestamp()) if deadline else None,
        category=casting.category,
        mode=casting.mode,
        city=phrase(casting.city or "") or None,
        tags=_phrases(casting.tags),
        words=_words_of_casting(casting),
        parts=[_part(role) for role in casting.roles],
        deadline_at=deadline,
    )
    return Listing(entry, [f"castings|{term}" for term in _casting_terms(entry)])


def user_listing(user: Candidate) -> Listing[UserEntry] | None:
    """The profile's entry, unless it is private or not active.

    A connections-only profile has only the fields that everyone sees: role and names.
    """
    if user.status != "active" or user.privacy == "private":
        return None
    shown = _visible(user)
    entry = UserEntry(
        document_id=user.user_id,
        version=user.version,
        sort_key=f"{user.created_at}|{user.user_id}",
        role=user.role,
        city=phrase(shown.city or "") or None,
        categories=list(dict.fromkeys(shown.categories)),
        skills=_phrases(shown.skills),
        languages=_phrases(shown.languages),
        words=_words_of_user(shown),
        names=words(f"{shown.display_name} {shown.username}")[:MAX_NAMES],
    )
    return Listing(entry, [f"users|{term}" for term in _user_terms(entry)])


def items(listing: Listing[Any]) -> list[dict[str, Any]]:
    """The listing's entries as stored, one for each of its lists."""
    whole = _stored(listing.entry)
    lean = {name: value for name, value in whole.items() if name not in _TEXTS}
    return [{**(whole if _is_of_words(term) else lean), "term": term} for term in listing.terms]


def note_of(listing: Listing[Any] | None, before: Note) -> Note:
    """The note after the index has only this listing of the document."""
    if listing is None:
        return Note(before.term, version=before.version + 2)
    entry, terms = listing
    return Note(
        before.term,
        version=before.version + 2,
        terms={entry.sort_key: terms},
        # The version also changes with fields that no filter uses.
        says={name: value for name, value in _stored(entry).items() if name != "version"},
        expires_at=entry.expires_at,
    )


def says_the_same(note: Note, other: Note) -> bool:
    return (note.terms, note.says) == (other.terms, other.says)


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
    return {name: value for name, value in msgspec.to_builtins(entry).items() if value is not None}


def _is_of_words(term: str) -> bool:
    return "|word:" in term or "|name:" in term


def _words_of_casting(casting: Casting) -> list[str]:
    titles = (role.title for role in casting.roles)
    texts = [casting.title, casting.city or "", *casting.tags, *titles, casting.description]
    return words(" ".join(texts))[:MAX_WORDS]


def _words_of_user(user: Candidate) -> list[str]:
    texts = [user.display_name, user.username, user.headline, user.company_name, user.city]
    return words(" ".join(text or "" for text in [*texts, *user.skills, user.bio]))[:MAX_WORDS]


def _phrases(texts: Iterable[str]) -> list[str]:
    return [each for each in dict.fromkeys(phrase(text) for text in texts) if each]


def _part(role: Role) -> Part:
    needs, pay = role.requirements, role.pay
    money = pay.money if pay else None
    return Part(
        needs.genders,
        needs.min_age,
        needs.max_age,
        money.amount if money else None,
        money.currency if money else None,
        pay.unit if pay else None,
    )


def _casting_terms(entry: CastingEntry) -> Iterator[str]:
    yield "all"
    yield f"category:{entry.category}"
    yield f"mode:{entry.mode}"
    if entry.city:
        yield f"city:{entry.city}"
        yield f"category:{entry.category}|city:{entry.city}"
    yield from (f"tag:{tag}" for tag in entry.tags)
    yield from (f"word:{word}" for word in entry.words)


def _user_terms(entry: UserEntry) -> Iterator[str]:
    yield "all"
    yield f"role:{entry.role}"
    facets = [f"category:{category}" for category in entry.categories]
    facets += [f"skill:{skill}" for skill in entry.skills]
    yield from facets
    if entry.city:
        yield f"city:{entry.city}"
        yield from (f"{facet}|city:{entry.city}" for facet in facets)
    yield from (f"language:{language}" for language in entry.languages)
    yield from (f"word:{word}" for word in entry.words)
    yield from (f"name:{prefix}" for prefix in _prefixes(entry.names))


def _prefixes(names: list[str]) -> list[str]:
    lengths = range(1, MAX_PREFIX + 1)
    return list(dict.fromkeys(name[:length] for name in names for length in lengths))


# Searches


def casting_plan(query: CastingQuery, now: str) -> Plan[CastingEntry]:
    """The plan of a search for castings. Raises Invalid."""
    _ensure_words(query, "text", "city", "tag")
    if query.min_pay is not None and not query.currency:
        raise errors.Invalid(
            errors=[{"parameter": "currency", "detail": "is required with minPay"}]
        )
    text, city, tag = words(query.text or ""), phrase(query.city or ""), phrase(query.tag or "")
    first_day = query.deadline_from.isoformat() if query.deadline_from else ""
    last_day = query.deadline_to.isoformat() if query.deadline_to else ""

    def fits(entry: CastingEntry) -> bool:
        return (
            query.category in (None, entry.category)
            and query.mode in (None, entry.mode)
            and city in ("", entry.city)
            and (not tag or tag in entry.tags)
            and _is_due(entry.deadline_at, now, first_day, last_day)
            and any(_suits(part, query) for part in entry.parts)
            and all(word in entry.words for word in text)
        )

    facets = [_facet(tag=tag), _facet(category=query.category, city=city)]
    terms = _of_words(text) or _present(facets) or [_facet(mode=query.mode) or "all"]
    soonest = max(now, first_day)
    return Plan(
        [f"castings|{term}" for term in terms],
        fits,
        CastingEntry,
        _binding("searchCastings", query),
        query.sort,
        (soonest, max(soonest, f"{last_day or _LAST}~")),
    )


def user_plan(query: UserQuery) -> Plan[UserEntry]:
    """The plan of a search for profiles. Raises Invalid."""
    _ensure_words(query, "text", "name", "skill", "language", "city")
    text, names = words(query.text or ""), words(query.name or "")
    skill, language = phrase(query.skill or ""), phrase(query.language or "")
    city = phrase(query.city or "")

    def fits(entry: UserEntry) -> bool:
        return (
            query.role in (None, entry.role)
            and (not query.category or query.category in entry.categories)
            and (not skill or skill in entry.skills)
            and (not language or language in entry.languages)
            and city in ("", entry.city)
            and all(word in entry.words for word in text)
            and all(_begins_one_of(word, entry.names) for word in names)
        )

    prefixes = [f"name:{max(names, key=len)[:MAX_PREFIX]}"] if names else []
    facets = [
        _facet(skill=skill, city=city if skill else ""),
        _facet(category=query.category, city=city if query.category or not skill else ""),
        _facet(language=language),
    ]
    terms = prefixes + _of_words(text) or _present(facets) or [_facet(role=query.role) or "all"]
    return Plan(
        [f"users|{term}" for term in terms[:MAX_TERMS]],
        fits,
        UserEntry,
        _binding("searchUsers", query),
    )


def may_change_castings(before: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
    """Whether the castings of this profile may have to leave the index, or come back."""
    if not before or not after:
        return False
    return {before["status"], after["status"]} != {"active"}


def is_found(
    plan: Plan[EntryT],
    entry: EntryT,
    listing_of: Callable[[DocumentT], Listing[EntryT] | None],
    document: DocumentT,
) -> bool:
    """Whether the current document matches, not only its entry in the index."""
    if document.version == entry.version:
        return True
    listing = listing_of(document)
    return listing is not None and plan.fits(listing.entry)


def profile_summary(user: Candidate) -> ProfileSummary:
    return msgspec.convert(_visible(user), ProfileSummary, from_attributes=True)


def _visible(user: Candidate) -> Candidate:
    """The profile, without fields that only connections see."""
    if user.privacy == "public":
        return user
    limited = msgspec.convert(user, LimitedProfile, from_attributes=True)
    return msgspec.convert(limited, Candidate, from_attributes=True)


def _ensure_words(query: CastingQuery | UserQuery, *names: str) -> None:
    wrong = [name for name in names if (text := getattr(query, name)) and not _split(text)]
    if wrong:
        detail = "must contain a letter or a digit"
        raise errors.Invalid(errors=[{"parameter": name, "detail": detail} for name in wrong])


def _binding(operation: str, query: CastingQuery | UserQuery) -> tuple[str, str]:
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    return operation, msgspec.json.encode(filters).decode()


def _facet(**values: str | None) -> str:
    """For example `category:acting|city:kochi`, without absent values."""
    return "|".join(f"{name}:{value}" for name, value in values.items() if value)


def _present(terms: list[str]) -> list[str]:
    return [term for term in terms if term]


def _of_words(text: list[str]) -> list[str]:
    """The lists of the longest words, which are usually the rarest."""
    return [f"word:{word}" for word in sorted(text, key=len, reverse=True)[:MAX_TERMS]]


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
        and query.pay_unit in (None, part.unit)
        and (age is None or (part.min_age or 0) <= age <= (part.max_age or _MAX_AGE))
        and (not query.gender or not part.genders or query.gender in part.genders)
    )


def _begins_one_of(prefix: str, names: list[str]) -> bool:
    return any(name.startswith(prefix) for name in names)
