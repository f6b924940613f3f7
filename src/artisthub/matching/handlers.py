"""Castings that suit an artist, and artists that suit a casting."""

import msgspec

from artisthub.blocks import repository as blocks
from artisthub.castings import repository as castings
from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting, CastingSummary
from artisthub.matching import rules
from artisthub.matching.models import (
    ArtistMatch,
    ArtistMatches,
    ArtistMatchQuery,
    CastingMatch,
    CastingMatches,
    MatchQuery,
)
from artisthub.search import repository as search
from artisthub.search import rules as search_rules
from artisthub.search.models import ProfileCard
from artisthub.shared import clock, errors, paging
from artisthub.shared.endpoint import Request, endpoint
from artisthub.users import access
from artisthub.users import repository as users

MOST_UNITS = paging.MOST_UNITS - paging.BLOCKS_UNITS
MOST = 100  # compared in one call: the limit of BatchGetItem


@endpoint(query=MatchQuery, raises=(*access.INACTIVE, access.RoleRequired))
def matching_castings(request: Request[None, MatchQuery]) -> CastingMatches:
    """List open castings that suit the caller, each with its best role.

    Artists only. They are chosen from up to 100 of the newest open castings in the caller's
    categories, those in the caller's city first. Castings whose requirements the caller meets best
    come first. A requirement is `unknown` if the profile has no value for it; it does not affect
    the order. Matches are advice: an artist may apply without meeting all requirements.
    """
    user = users.ensure_active(request.caller, "artist")
    # The own profile is compared whatever its privacy.
    artist = search_rules.profile_card(msgspec.structs.replace(user, privacy="public"))
    now, today = clock.now(), clock.today()
    entries = search.newest(rules.castings_for(artist, now), MOST)
    present = castings.get_many(
        # Whether a recruiter is blocked may cost half a unit more.
        paging.within({each.document_id: (each.units + 1) / 2 for each in entries}, MOST_UNITS)
    )
    recruiters = {casting.recruiter_id for casting in present.values()}
    blocked = blocks.among(user.user_id, recruiters)
    matches = [
        CastingMatch(_summary(casting), rules.best_match(artist, casting, roles, today))
        for entry in entries
        if (casting := present.get(entry.document_id))
        and casting.recruiter_id not in blocked
        and casting_rules.is_public(casting)
        and casting_rules.takes_applications(casting, now)
        and (roles := casting_rules.open_roles(casting))
    ]
    shown = rules.ranked(matches)[: request.query.size]
    castings.with_recruiters([match.casting for match in shown])
    return CastingMatches(shown, len(matches))


@endpoint(
    query=ArtistMatchQuery,
    raises=(
        *access.INACTIVE,
        errors.NotFound,
        casting_rules.NotYourCasting,
        casting_rules.CastingTakenDown,
        casting_rules.CastingHidden,
    ),
)
def matching_artists(request: Request[None, ArtistMatchQuery]) -> ArtistMatches:
    """List artists that suit a casting, each with their best role.

    For the casting's recruiter only. They are chosen from up to 100 public profiles: the newest
    with the casting's skills or in its category, those in its city first. The order is that of
    matchingCastings. Matches are advice.
    """
    users.ensure_active_in_list(request.caller)
    casting, today = castings.get(request.path["castingId"]), clock.today()
    castings.ensure_owner(casting, request.caller)
    casting_rules.ensure_not_withheld(casting)
    roles = rules.roles_of(casting, request.query.role_id)
    entries = search.newest(rules.artists_for(casting, roles), MOST)
    entries = entries[: paging.affordable(1, MOST_UNITS)]
    units = {entry.document_id: entry.units / 2 for entry in entries}
    present = users.cards_of(units, ProfileCard, search_rules.profile_card, units, MOST_UNITS)
    blocked = blocks.among(request.caller.user_id, present)
    matches = [
        ArtistMatch(
            search_rules.profile_summary(artist), rules.best_match(artist, casting, roles, today)
        )
        for entry in entries
        if (artist := present.get(entry.document_id))
        and artist.user_id not in blocked
        and rules.is_public(artist, today)
    ]
    return ArtistMatches(rules.ranked(matches)[: request.query.size], len(matches))


def _summary(casting: Casting) -> CastingSummary:
    return msgspec.convert(casting, CastingSummary, from_attributes=True)
