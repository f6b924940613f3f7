"""The indexer: updates the search index when castings and profiles change."""

import msgspec

from artisthub.castings import repository as castings
from artisthub.search import repository, rules
from artisthub.search.models import Candidate, CastingEntry, UserEntry
from artisthub.search.rules import Listing
from artisthub.shared import errors
from artisthub.shared.consumer import Change, by_table, consumer
from artisthub.users import repository as users


@consumer
def index_casting(change: Change) -> None:
    """Index the casting while it is open."""
    casting_id = _changed(change)["castingId"]
    repository.keep(f"casting:{casting_id}", lambda: _casting(casting_id))


@consumer
def index_user(change: Change) -> None:
    """Index the parts of the profile that its privacy allows."""
    user_id = _changed(change)["userId"]
    repository.keep(f"user:{user_id}", lambda: _user(user_id))


indexer = by_table(CASTING_TABLE=index_casting, USERS_TABLE=index_user)


def _changed(change: Change) -> dict[str, str]:
    return change.after or change.before or {}


def _casting(casting_id: str) -> Listing[CastingEntry] | None:
    try:
        return rules.casting_listing(castings.get(casting_id, consistent=True))
    except errors.NotFound:
        return None


def _user(user_id: str) -> Listing[UserEntry] | None:
    user = users.get(user_id, consistent=True)
    if user is None:
        return None
    return rules.user_listing(msgspec.convert(user, Candidate, from_attributes=True))
