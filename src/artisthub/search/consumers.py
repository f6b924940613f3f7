"""The indexer: updates cards and the search index, and raises flags for changed texts."""

from collections.abc import Callable
from typing import TypeVar

from artisthub.castings import repository as castings
from artisthub.castings.models import Casting
from artisthub.closed import repository as closed
from artisthub.search import repository, rules
from artisthub.search.models import CastingCard, CastingEntry
from artisthub.search.rules import Listing
from artisthub.shared import cards, errors
from artisthub.shared.consumer import Change, by_table, consumer, run_all
from artisthub.users import repository as users
from artisthub.users.stored import User

Made = TypeVar("Made")


@consumer
def index_casting(change: Change) -> None:
    """Update the casting's card and its entries in the index.

    It has entries while it is open and its recruiter's account is active and not a minor's.
    """
    from artisthub.flags import repository as flags  # its patterns take long to compile

    run_all(
        lambda: flags.follow_casting(change),
        lambda: _keep_casting(_changed(change)["castingId"]),
        lambda: repository.count("castings"),
    )


@consumer
def index_user(change: Change) -> None:
    """Update the profile's card, and its entries in the index, as its privacy allows.

    When the account is closed or opened again, so are its castings in the index. When a recruiter's
    name or birth date changes, so do the cards and entries of open castings.
    """
    from artisthub.flags import repository as flags

    user_id = _changed(change)["userId"]
    run_all(
        lambda: flags.follow_user(change),
        lambda: cards.keep("user", user_id, lambda: _made(rules.profile_card, _user(user_id))),
        lambda: repository.keep(
            f"user:{user_id}", lambda: _made(rules.user_listing, _user(user_id))
        ),
        lambda: _keep_castings(change),
        lambda: repository.count("users"),
    )


indexer = by_table(CASTING_TABLE=index_casting, USERS_TABLE=index_user)


def _changed(change: Change) -> dict[str, str]:
    return change.after or change.before or {}


def _keep_castings(change: Change) -> None:
    """Update the open castings of a recruiter whose account or name changed."""
    if rules.may_change_castings(change.before, change.after):
        for casting_id in castings.open_of_recruiter(_changed(change)["userId"]):
            _keep_casting(casting_id)


def _keep_casting(casting_id: str) -> None:
    run_all(
        lambda: cards.keep("casting", casting_id, lambda: _casting_card(casting_id)),
        lambda: repository.keep(f"casting:{casting_id}", lambda: _casting_listing(casting_id)),
    )


def _casting_card(casting_id: str) -> CastingCard | None:
    casting = _casting(casting_id)
    if casting is None:
        return None
    listing = _listing(casting)
    return rules.casting_card(casting, listing, _user(casting.recruiter_id) if listing else None)


def _casting_listing(casting_id: str) -> Listing[CastingEntry] | None:
    casting = _casting(casting_id)
    return _listing(casting) if casting else None


def _listing(casting: Casting) -> Listing[CastingEntry] | None:
    recruiter_id = casting.recruiter_id
    if closed.is_closed(recruiter_id, consistent=True) or castings.is_minors(recruiter_id):
        return None
    return rules.casting_listing(casting)


def _casting(casting_id: str) -> Casting | None:
    try:
        return castings.get(casting_id, consistent=True)
    except errors.NotFound:
        return None


def _user(user_id: str) -> User | None:
    return users.get(user_id, consistent=True)


def _made(make: Callable[[User], Made], user: User | None) -> Made | None:
    return None if user is None else make(user)
