"""The indexer: updates cards and the search index, and raises flags for changed texts."""

from collections.abc import Callable
from typing import Any

import msgspec

from artisthub.castings import repository as castings
from artisthub.castings.models import Casting
from artisthub.closed import repository as closed
from artisthub.search import repository, rules
from artisthub.search.models import CastingEntry
from artisthub.search.rules import Listing
from artisthub.shared import cards, errors
from artisthub.shared.consumer import Change, by_table, consumer, run_all
from artisthub.users import repository as users
from artisthub.users.stored import User

Step = Callable[[], object]
# The card and the listing of a document.
Seen = tuple[msgspec.Struct | None, Listing[Any] | None]


@consumer
def index_casting(change: Change) -> None:
    """Update the casting's card and its entries in the index.

    It has entries while it is open and its recruiter's account is active and not a minor's.
    """
    from artisthub.flags import repository as flags  # its patterns take long to compile

    run_all(
        lambda: flags.follow_casting(change),
        lambda: _unless_repeated(
            change,
            lambda: _keep_casting(_changed(change)["castingId"]),
            lambda: repository.count("castings"),
        ),
    )


@consumer
def index_user(change: Change) -> None:
    """Update the profile's card, and its entries in the index, as its privacy allows.

    When the account is closed or opened again, so are its castings in the index. When a recruiter's
    name or birth date changes, so do the cards and entries of open castings.
    """
    from artisthub.flags import repository as flags

    run_all(
        lambda: flags.follow_user(change),
        lambda: _unless_repeated(
            change,
            lambda: _keep_user(_changed(change)["userId"]),
            lambda: repository.count("users"),
        ),
        lambda: _keep_castings(change),  # after the recruiter's card, which says the age
    )


indexer = by_table(CASTING_TABLE=index_casting, USERS_TABLE=index_user)


def _changed(change: Change) -> dict[str, str]:
    return change.after or change.before or {}


def _unless_repeated(change: Change, *steps: Step) -> None:
    """Run steps that read the document again. The earlier change has run them for this one too."""
    if not change.is_repeated:
        run_all(*steps)


def _keep_castings(change: Change) -> None:
    """Update the open castings of a recruiter whose account or name changed."""
    if rules.may_change_castings(change.before, change.after):
        for casting_id in castings.open_of_recruiter(_changed(change)["userId"]):
            _keep_casting(casting_id)


def _keep_casting(casting_id: str) -> None:
    def seen() -> Seen:
        casting = _casting(casting_id)
        if casting is None:
            return None, None
        listing = _listing(casting)
        recruiter = _user(casting.recruiter_id) if listing else None
        return rules.casting_card(casting, listing, recruiter), listing

    _keep("casting", casting_id, seen)


def _keep_user(user_id: str) -> None:
    def seen() -> Seen:
        user = _user(user_id)
        return (rules.profile_card(user), rules.user_listing(user)) if user else (None, None)

    _keep("user", user_id, seen)


def _keep(kind: str, document_id: str, see: Callable[[], Seen]) -> None:
    """Update the document's card and entries to its current state.

    It is read once for both, after its card and the note of its entries, so no older state can
    replace a newer one.
    """

    def listing() -> Listing[Any] | None:
        seen: Listing[Any] | None = None

        def card() -> msgspec.Struct | None:
            nonlocal seen
            made, seen = see()
            return made

        cards.keep(kind, document_id, card)
        return seen

    repository.keep(f"{kind}:{document_id}", listing)


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
