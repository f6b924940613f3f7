"""Matches: how an artist and the roles of castings fit together."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from artisthub.castings.models import CastingSummary
from artisthub.search.models import Candidate, ProfileSummary
from artisthub.shared.models import MAX_PAGE, Gender, Input, Limit, Stored, Word

Asked = Literal["category", "city", "gender", "age", "language", "skill"]
Verdict = Literal["met", "unmet", "unknown"]


class MatchQuery(Input):
    limit: Limit = 20

    @property
    def size(self) -> int:
        return min(self.limit, MAX_PAGE)


class ArtistMatchQuery(MatchQuery):
    role_id: Annotated[Word, Meta(description="Only for this role")] | None = None


class Requirement(Stored):
    """One thing that is asked for; `unknown` where the profile does not tell."""

    requirement: Asked
    wanted: Annotated[str, Meta(description="In words: hindi, 20 to 35, female or nonbinary")]
    verdict: Verdict


class RoleMatch(Stored):
    """A role, with all that is asked of who plays it, by its casting and by itself."""

    role_id: str
    title: str
    requirements: list[Requirement]


class CastingMatch(Stored):
    """An open casting, and the role in it that fits best."""

    casting: CastingSummary
    role: RoleMatch


class ArtistMatch(Stored):
    """An artist, and the role that fits them best."""

    artist: ProfileSummary
    role: RoleMatch


class CastingMatches(Stored):
    """The castings that suit best, the best first, of so many that were considered."""

    items: list[CastingMatch]
    considered: int


class ArtistMatches(Stored):
    """The artists who suit best, the best first, of so many who were considered."""

    items: list[ArtistMatch]
    considered: int


class Artist(Candidate, kw_only=True):
    """What of a profile is compared."""

    gender: Gender | None = None
    born_on: date | None = None
