"""Search for castings and profiles."""

import msgspec

from artisthub.blocks import repository as blocks
from artisthub.castings import repository as castings
from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting, CastingSummary
from artisthub.search import repository, rules
from artisthub.search.models import (
    CastingCard,
    CastingEntry,
    CastingQuery,
    FoundCastings,
    FoundPeople,
    ProfileCard,
    ProfileSummary,
    SuggestionQuery,
    Suggestions,
    UserEntry,
    UserQuery,
)
from artisthub.shared import clock, paging
from artisthub.shared.endpoint import Request, endpoint
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.models import ListedProfile
from artisthub.vocabulary import repository as vocabulary

# Of the profiles on a page, besides the accounts that the caller blocks.
MOST_UNITS = paging.MOST_UNITS - paging.BLOCKS_UNITS


@endpoint(public=True, query=CastingQuery)
def search_castings(request: Request[None, CastingQuery]) -> FoundCastings:
    """Search open castings that match all filters.

    The newest come first, with `sort=closing` the nearest deadline, or with `sort=best` the best
    matches for `text` among the newest 300. `text` searches the first 28 words of title, city,
    tags, roles and description, in this order, without words such as `the`. It also finds words
    that begin with those of `text` and, for five letters and more, that differ by one letter or
    have the same sound, such as Laxmi and Lakshmi.

    One role must match all of `paid`, `minPay` with `currency`, `payUnit`, `age` and `gender`. A
    role without an age or gender requirement matches any. Former names of Indian cities are the
    same as those of today, such as Bombay and Mumbai.

    A new or changed casting may take a second to appear. A casting that is no longer open
    disappears at once. A page may have fewer items than its limit, or none, and still have a
    `next`.

    With `counts=true`, the page also has the number of open castings for single values. Among many
    castings it may be minutes old, and it is 0 for values beyond the 4,000 most frequent.

    With `ids`, the result has those of these castings that getCasting shows everyone, in this
    order. A casting is missing for seconds after it or its recruiter has changed.
    """
    if request.query.ids:
        by_ids = castings.page_of(request.query.ids, request.query.cursor)
        return FoundCastings(by_ids.items, by_ids.next)
    plan = rules.casting_plan(request.query, clock.now(), vocabulary.look_up)

    def show(entries: list[CastingEntry]) -> dict[str, CastingSummary]:
        units = {entry.document_id: entry.units / 2 for entry in entries}
        present = castings.cards_of(units, CastingCard, _card, units)
        shown = {
            card.casting_id: msgspec.convert(card, CastingSummary, from_attributes=True)
            for entry in entries
            if (card := present.get(entry.document_id))
            and casting_rules.is_public(card)
            and rules.is_found(plan, entry, card)
        }
        castings.with_recruiters(shown.values(), paging.MOST_PUBLIC_UNITS)
        return shown

    counts = _counts("castings", request.query)
    found = repository.page(
        plan,
        show,
        limit=request.query.size,
        after=request.query.cursor,
        most_units=paging.MOST_PUBLIC_UNITS,
    )
    return FoundCastings(found.items, found.next, counts)


def _counts(kind: str, query: CastingQuery | UserQuery) -> dict[str, dict[str, int]] | None:
    return rules.counts_of(repository.counts(kind), query) if query.counts else None


def _card(casting: Casting) -> CastingCard:
    return rules.casting_card(casting, rules.casting_listing(casting))


@endpoint(query=UserQuery, raises=(rules.VerifiedRecruitersOnly,))
def search_users(request: Request[None, UserQuery]) -> FoundPeople:
    """Search profiles that match all filters, newest first.

    `text` searches the first 50 words of names, headline, company, city, skills and bio, in this
    order. `name` searches the beginnings of words in the names only. Both find words that differ by
    one letter or have the same sound, if none begins with the word. With `sort=best`, the best
    matches for `text` among the newest 300 come first. Private profiles are never found.
    Connections-only profiles are found only by names and role, and show no other fields here, not
    even to connections; getUser shows them the rest.

    A new or changed profile may take a second to appear. A profile that the caller may no longer
    see disappears at once. Of very long skills and languages, the last are left out here. A page
    may have fewer items than its limit, or none, and still have a `next`.

    Only verified recruiters can search by `playingAge` and `height`, and they find only artists who
    have turned on `isFoundByStats`. These filters have bands, no counts, and no names beside them,
    so that nobody learns more about a person.

    With `counts=true`, the page also has the number of public profiles for single values, as in
    searchCastings.

    With `ids`, the result has those of these profiles that getUser shows, in this order, also
    private ones. A profile is missing for seconds after it has changed.
    """
    if request.query.ids:
        return FoundPeople(_people(request.query.ids, request.caller.user_id), None)
    if request.query.playing_age or request.query.height:
        me = request.caller.user_id
        rules.ensure_verified(users.cards_of([me], ProfileCard, rules.profile_card).get(me))
    plan, today = rules.user_plan(request.query, vocabulary.look_up), clock.today()

    def show(entries: list[UserEntry]) -> dict[str, ProfileSummary]:
        units = {entry.document_id: entry.units / 2 for entry in entries}
        # First, so that blocked accounts cost too little to make a page shorter.
        for blocked in blocks.among(request.caller.user_id, units):
            del units[blocked]
        present = users.cards_of(units, ProfileCard, rules.profile_card, units, MOST_UNITS)
        return {
            card.user_id: rules.profile_summary(card)
            for entry in entries
            if (card := present.get(entry.document_id))
            and access.is_shown(card, today)
            and rules.is_found(plan, entry, card)
        }

    counts = _counts("users", request.query)
    found = repository.page(
        plan,
        show,
        limit=request.query.size,
        after=request.query.cursor,
        most_units=MOST_UNITS,
        card_units=1,  # and whether the account is blocked
    )
    return FoundPeople(found.items, found.next, counts)


def _people(user_ids: list[str], viewer_id: str) -> list[ProfileSummary]:
    """Those of these people that the viewer may know of."""
    present, today = users.in_cards(user_ids, ProfileCard), clock.today()
    blocked = blocks.among(viewer_id, present)
    return [
        rules.profile_summary(card)
        for user_id in dict.fromkeys(user_ids)
        if (card := present.get(user_id))
        and user_id not in blocked
        and access.is_shown(card, today)
    ]


MOST_SUGGESTED = 5


@endpoint(query=SuggestionQuery)
def suggest(request: Request[None, SuggestionQuery]) -> Suggestions:
    """Suggest people, cities, skills and tags that begin with what somebody has typed.

    `text` needs two letters. People are found by the beginnings of words in their names, newest
    first, as in searchUsers. Cities and skills are those of public profiles, and cities and tags
    those of open castings. A new profile or casting may take a second to be suggested.
    """
    text, today = rules.typed(request.query.text), clock.today()
    found = repository.people(
        rules.people_plan(request.query.text),
        MOST_SUGGESTED,
        lambda user_ids: blocks.among(request.caller.user_id, user_ids),
    )
    people = [
        msgspec.convert(card, ListedProfile, from_attributes=True)
        for card in found
        if card.entry and access.is_shown(card, today)
    ]

    def starting(*kinds: str) -> list[str]:
        known = [vocabulary.starting(kind, text, MOST_SUGGESTED) for kind in kinds]
        return sorted({phrase for phrases in known for phrase in phrases})[:MOST_SUGGESTED]

    return Suggestions(
        people,
        starting("castings|city", "users|city"),
        starting("users|skill"),
        starting("castings|tag"),
    )
