"""Decisions about matches; no I/O."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from artisthub.castings.models import Casting, Requirements, Role
from artisthub.matching.models import (
    ArtistMatch,
    Asked,
    CastingMatch,
    Requirement,
    RoleMatch,
    Verdict,
)
from artisthub.search.models import CastingEntry, ProfileCard, UserEntry
from artisthub.search.rules import Plan, has, term
from artisthub.shared import errors
from artisthub.shared.spelling import phrase
from artisthub.users.access import age, is_shown

Match = TypeVar("Match", CastingMatch, ArtistMatch)

MAX_SKILLS = 5  # of a casting; each costs reads of its own lists


def castings_for(artist: ProfileCard, now: str) -> Plan[CastingEntry]:
    """The search for an artist's castings: in their categories or in all, their city first."""
    city = phrase(artist.city or "")
    facets = [term("category", category) for category in artist.categories]
    local = [f"{facet}|{term('city', city)}" for facet in facets] or [term("city", city)]
    terms = [*(local if city else []), *(facets or ["all"])]

    def fits(entry: CastingEntry) -> bool:
        return entry.deadline_at is None or entry.deadline_at > now

    return Plan([[f"castings|{each}"] for each in terms], fits, CastingEntry)


def artists_for(casting: Casting, roles: Iterable[Role]) -> Plan[UserEntry]:
    """The search for a casting's artists: by its skills and category.

    Artists in its city come first, unless it is remote.
    """
    skills = dict.fromkeys(phrase(skill) for role in roles for skill in role.requirements.skills)
    facets = [term("skill", skill) for skill in skills if skill][:MAX_SKILLS]
    facets.append(term("category", casting.category))
    city = phrase(_place(casting))
    local = [f"{facet}|{term('city', city)}" for facet in facets] if city else []

    def fits(entry: UserEntry) -> bool:
        return entry.role == "artist"

    return Plan([[f"users|{each}"] for each in local + facets], fits, UserEntry)


def roles_of(casting: Casting, role_id: str | None) -> list[Role]:
    """All roles, or only this one. Raises Invalid."""
    roles = [role for role in casting.roles if role_id in (None, role.role_id)]
    if not roles:
        wrong = {"parameter": "roleId", "detail": "must be a role of this casting"}
        raise errors.Invalid(errors=[wrong])
    return roles


def best_match(
    artist: ProfileCard, casting: Casting, roles: Iterable[Role], today: date
) -> RoleMatch:
    """The role that fits best. Of equals, the first."""
    return max((_match(artist, casting, role, today) for role in roles), key=_fit)


def is_public(artist: ProfileCard, today: date) -> bool:
    """Whether everyone may see the compared fields."""
    return artist.privacy == "public" and is_shown(artist, today)


def ranked(matches: list[Match]) -> list[Match]:
    """The best first. Equals keep their order."""
    return sorted(matches, key=lambda match: _fit(match.role), reverse=True)


def fit_of(artist: ProfileCard, casting: Casting, role_id: str, today: date) -> int:
    """How well an artist fits a role: met requirements less unmet ones."""
    return _fit(best_match(artist, casting, roles_of(casting, role_id), today))[0]


def _fit(match: RoleMatch) -> tuple[int, int]:
    """Met requirements count for a match, unmet ones against it, unknown ones not at all."""
    verdicts = [each.verdict for each in match.requirements]
    met = verdicts.count("met")
    return met - verdicts.count("unmet"), met


def _match(artist: ProfileCard, casting: Casting, role: Role, today: date) -> RoleMatch:
    return RoleMatch(role.role_id, role.title, _compared(artist, casting, role, today))


def _compared(artist: ProfileCard, casting: Casting, role: Role, today: date) -> list[Requirement]:
    needs, place = role.requirements, _place(casting)
    compared = [_requirement("category", casting.category, artist, artist.categories)]
    if place:
        compared.append(_requirement("city", place, artist, artist.city))
    if needs.genders:
        verdict = _verdict(artist.gender and artist.gender in needs.genders)
        compared.append(Requirement("gender", " or ".join(needs.genders), verdict))
    if wanted := _ages(needs):
        years = age(artist.born_on, today) if artist.born_on else None
        verdict = _verdict(None if years is None else _is_between(years, needs))
        compared.append(Requirement("age", wanted, verdict))
    compared += [
        _requirement("language", each, artist, artist.languages) for each in needs.languages
    ]
    compared += [_requirement("skill", each, artist, artist.skills) for each in needs.skills]
    return compared


def _place(casting: Casting) -> str:
    """The city in which the artist must be, or an empty text."""
    return "" if casting.mode == "remote" else casting.city or ""


def _requirement(asked: Asked, wanted: str, artist: ProfileCard, held: object) -> Requirement:
    """Whether the profile has the wanted value. Unknown if it holds none of this kind."""
    facts = artist.entry.facts if artist.entry and held else None
    is_met = None if facts is None else has(facts, term(asked, phrase(wanted)))
    return Requirement(asked, wanted, _verdict(is_met))


def _verdict(is_met: object) -> Verdict:
    return "unknown" if is_met is None else "met" if is_met else "unmet"


def _ages(needs: Requirements) -> str:
    if needs.min_age is not None and needs.max_age is not None:
        return f"{needs.min_age} to {needs.max_age}"
    if needs.min_age is not None:
        return f"{needs.min_age} or older"
    return "" if needs.max_age is None else f"{needs.max_age} or younger"


def _is_between(years: int, needs: Requirements) -> bool:
    is_old_enough = needs.min_age is None or years >= needs.min_age
    return is_old_enough and (needs.max_age is None or years <= needs.max_age)
