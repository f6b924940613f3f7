"""Searches for castings and people."""

import msgspec

from artisthub.castings import repository as castings
from artisthub.castings.models import Casting, CastingSummary
from artisthub.search import repository, rules
from artisthub.search.models import (
    Candidate,
    CastingEntry,
    CastingQuery,
    ProfileSummary,
    UserEntry,
    UserQuery,
)
from artisthub.shared import clock
from artisthub.shared.endpoint import Request, endpoint
from artisthub.shared.models import Page
from artisthub.users import repository as users


@endpoint(public=True, query=CastingQuery)
def search_castings(request: Request[None, CastingQuery]) -> Page[CastingSummary]:
    """Open castings that have all that is asked for, the newest first or those that close first.

    A casting is found by the words of its title, city, tags and roles, and of its description, up
    to 50 words in this order. One of its roles must meet all that is asked of roles: `paid`,
    `minPay` with its `currency`, `payUnit`, `age` and `gender`; where a role says nothing, anyone
    fits. Bombay is Mumbai, Bangalore Bengaluru, Madras Chennai and Calcutta Kolkata.

    What was published or changed a moment ago may take a second to be found; what is no longer open
    is gone at once. A page may be shorter than its limit, even empty, and still have a `next`.
    """
    plan = rules.casting_plan(request.query, clock.now())

    def show(entries: list[CastingEntry]) -> list[CastingSummary]:
        present = castings.get_many((entry.document_id for entry in entries), Casting)
        return [
            msgspec.convert(casting, CastingSummary, from_attributes=True)
            for entry in entries
            if (casting := present.get(entry.document_id))
            and rules.is_found(plan, entry, rules.casting_listing, casting)
        ]

    return repository.page(plan, show, limit=request.query.size, after=request.query.cursor)


@endpoint(query=UserQuery)
def search_users(request: Request[None, UserQuery]) -> Page[ProfileSummary]:
    """Profiles that have all that is asked for, the newest first.

    A profile is found by the words of its names, headline, company, city and skills, and of its
    bio, up to 50 words in this order; `name` are beginnings of words of its names alone. Private
    profiles are not found; one that is for connections by its names and role only, and no more of
    it is shown, to connections neither: getUser shows them the rest.

    What has changed a moment ago may take a second to be found; what may not be seen any more is
    gone at once. A page may be shorter than its limit, even empty, and still have a `next`.
    """
    plan = rules.user_plan(request.query)

    def show(entries: list[UserEntry]) -> list[ProfileSummary]:
        present = users.get_many({entry.document_id for entry in entries}, Candidate)
        return [
            rules.profile_summary(user)
            for entry in entries
            if (user := present.get(entry.document_id))
            and rules.is_found(plan, entry, rules.user_listing, user)
        ]

    return repository.page(plan, show, limit=request.query.size, after=request.query.cursor)
