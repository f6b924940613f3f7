"""The indexer: updates the search index when castings and profiles change."""

import msgspec

from artisthub.castings import repository as castings
from artisthub.closed import repository as closed
from artisthub.search import repository, rules
from artisthub.search.models import Candidate, CastingEntry, UserEntry
from artisthub.search.rules import Listing
from artisthub.shared import errors
from artisthub.shared.consumer import Change, by_table, consumer
from artisthub.users import repository as users


@consumer
def index_casting(change: Change) -> None:
    """Index the casting while it is open and its recruiter's account is active."""
    _keep_casting(_changed(change)["castingId"])


@consumer
def index_user(change: Change) -> None:
    """Index the parts of the profile that its privacy allows.

    When the account is closed or opened again, so are its castings in the index.
    """
    user_id = _changed(change)["userId"]
    repository.keep(f"user:{user_id}", lambda: _user(user_id))
    if rules.may_change_castings(change.before, change.after):
        for casting_id in castings.open_of_recruiter(user_id):
            _keep_casting(casting_id)


indexer = by_table(CASTING_TABLE=index_casting, USERS_TABLE=index_user)


def _changed(change: Change) -> dict[str, str]:
    return change.after or change.before or {}


def _keep_casting(casting_id: str) -> None:
    repository.keep(f"casting:{casting_id}", lambda: _casting(casting_id))


def _casting(casting_id: str) -> Listing[CastingEntry] | None:
    try:
        casting = castings.get(casting_id, consistent=True)
    except errors.NotFound:
        return None
    if closed.is_closed(casting.recruiter_id, consistent=True):
        return None
    return rules.casting_listing(casting)


def _user(user_id: str) -> Listing[UserEntry] | None:
    user = users.get(user_id, consistent=True)
    if user is None:
        return None
    return rules.user_listing(msgspec.convert(user, Candidate, from_attributes=True))
