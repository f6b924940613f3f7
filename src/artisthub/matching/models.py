"""Matches between artists and roles."""

from typing import Annotated, Literal

from msgspec import Meta

from artisthub.castings.models import CastingSummary
from artisthub.search.models import ProfileSummary
from artisthub.shared.models import MAX_PAGE, Input, Limit, Stored, Word

Asked = Literal["category", "city", "gender", "age", "language", "skill"]
Verdict = Literal["met", "unmet", "unknown"]


class MatchQuery(Input):
    limit: Limit = 20

    @property
    def size(self) -> int:
        return min(self.limit, MAX_PAGE)


class ArtistMatchQuery(MatchQuery):
    role_id: Annotated[Word, Meta(description="Match only this role")] | None = None


class Requirement(Stored):
    """One requirement. `unknown` means that the artist's profile has no value for it."""

    requirement: Asked
    wanted: Annotated[
        str, Meta(description="In words, such as hindi, 20 to 35, female or nonbinary")
    ]
    verdict: Verdict


class RoleMatch(Stored):
    """A role with all requirements, those of its casting included."""

    role_id: str
    title: str
    requirements: list[Requirement]


class CastingMatch(Stored):
    """An open casting and its best role for the caller."""

    casting: CastingSummary
    role: RoleMatch


class ArtistMatch(Stored):
    """An artist and the casting's best role for them."""

    artist: ProfileSummary
    role: RoleMatch


class CastingMatches(Stored):
    """Castings, the best match first. `considered` is the number that was compared."""

    items: list[CastingMatch]
    considered: int


class ArtistMatches(Stored):
    """Artists, the best match first. `considered` is the number that was compared."""

    items: list[ArtistMatch]
    considered: int
