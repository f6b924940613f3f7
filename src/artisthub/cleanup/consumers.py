"""The janitor: deletes what belonged to a removed account or casting."""

import time
from collections.abc import Iterator
from itertools import chain

from artisthub.applications import repository as applications
from artisthub.castings import repository as castings
from artisthub.cleanup import rules
from artisthub.connections import repository as connections
from artisthub.notifications import repository as notifications
from artisthub.saved import repository as saved
from artisthub.shared import cognito, errors
from artisthub.shared.consumer import Change, by_table, consumer
from artisthub.users import repository as users
from artisthub.views import repository as views

# Of one change. A batch has five, and its function 60 s.
SECONDS = 10


class Unfinished(Exception):
    """More is left to do than one call takes: the next try goes on where this one has stopped."""


@consumer
def forget_user(change: Change) -> None:
    """Removes what an account leaves behind that is gone for good: its sign-in, its name, and what
    it made.

    Its castings take their applications along by changes of their own. What administrators did
    stays in the audit, which knows people by their ids. Whoever comes back under the same id, after
    their thirty days, keeps their sign-in and what they have made since.
    """
    gone = rules.removed(change)
    if gone is None or gone["status"] != "deleted":
        return  # lost in another way: there may be a backup of it, but not of a sign-in
    user_id = gone["userId"]
    present = users.get(user_id, consistent=True)
    if present is None:
        cognito.delete_account(user_id)
        users.remove(user_id)  # made a moment ago, when there was a sign-in still
    made_before = present.created_at if present else rules.NEVER
    users.release_name(gone["username"], user_id, taken_before=made_before)
    views.forget("user", user_id, made_before=made_before)
    _finish(
        applications.remove_of_artist(user_id, made_before=made_before),
        connections.remove_of(user_id, made_before=made_before),
        saved.remove_of(user_id, made_before=made_before),
        notifications.remove_of(user_id, made_before=made_before),
        _media(user_id, made_before),
        castings.remove_of_recruiter(user_id, made_before=made_before),
    )


@consumer
def forget_casting(change: Change) -> None:
    """Removes the applications for a casting that is gone, and the total of its views.

    A create that is tried again after the casting was deleted makes another one under its id, which
    keeps those that it has got itself. Whoever has saved the casting holds its id alone.
    """
    gone = rules.removed(change)
    if gone is None:
        return
    casting_id = gone["castingId"]
    made_before = _made_again(casting_id)
    views.forget("casting", casting_id, made_before=made_before)
    _finish(applications.remove_of_casting(casting_id, made_before=made_before))


janitor = by_table(USERS_TABLE=forget_user, CASTING_TABLE=forget_casting)


def _made_again(casting_id: str) -> str:
    """When there came to be a casting of this id again, else never."""
    try:
        return castings.get(casting_id, consistent=True).created_at
    except errors.NotFound:
        return rules.NEVER


def _media(user_id: str, made_before: str) -> Iterator[None]:
    from artisthub.media import repository as media  # signing loads OpenSSL

    return media.remove_of(user_id, made_before=made_before)


def _finish(*work: Iterator[None]) -> None:
    """Takes every step of the work; raises Unfinished when its time is over.

    Nothing is noted down: what is done is not found again.
    """
    started = time.monotonic()
    for _ in chain(*work):
        if time.monotonic() - started > SECONDS:
            raise Unfinished
