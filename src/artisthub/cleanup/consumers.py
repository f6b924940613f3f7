"""The janitor: deletes the remaining data of deleted accounts and castings, and reported files."""

import time
from collections.abc import Iterator
from itertools import chain

from artisthub.applications import repository as applications
from artisthub.cases import repository as cases
from artisthub.cases import rules as case_rules
from artisthub.castings import repository as castings
from artisthub.cleanup import rules
from artisthub.closed import repository as closed
from artisthub.shared import errors, quotas
from artisthub.shared.consumer import Change, by_table, consumer
from artisthub.users import repository as users
from artisthub.views import repository as views

SECONDS = 10  # per change: a batch has five, and the function stops after 60 s


class Unfinished(Exception):
    """The work takes longer than one call. The next try continues it."""


@consumer
def follow_user(change: Change) -> None:
    """Delete what the account no longer has, or all data of an expired one.

    That is a former picture, and the uploads that arrived while a reopened account was closed: an
    upload form stays valid when its account is closed.
    """
    if picture := rules.former_picture(change):
        from artisthub.media import repository as media  # signing loads OpenSSL

        media.remove(*picture)
    if closure := rules.ended_closure(change):
        _finish(_media(**closure))
    _forget_user(change)


def _forget_user(change: Change) -> None:
    """Delete the remaining data of an expired account: its sign-in, its name and its content.

    Deleting its castings leads to changes that delete their applications. The audit stays, which
    has only ids of people.
    """
    gone = rules.removed(change)
    if gone is None or gone["status"] != "deleted":
        return  # not deleted by its owner: a backup can restore the profile, but not the sign-in
    # Few changes end an account.
    from artisthub.blocks import repository as blocks
    from artisthub.connections import repository as connections
    from artisthub.notifications import repository as notifications
    from artisthub.saved import repository as saved
    from artisthub.shared import cognito

    user_id, made_before = gone["userId"], rules.NEVER
    cognito.delete_account(user_id)
    users.release_name(gone["username"], user_id)
    views.forget("user", user_id, made_before=made_before)
    _finish(
        applications.remove_of_artist(user_id, made_before=made_before),
        connections.remove_of(user_id, made_before=made_before),
        blocks.remove_of(user_id, made_before=made_before),
        saved.remove_of(user_id, made_before=made_before),
        notifications.remove_of(user_id, made_before=made_before),
        cases.remove_reports_by(user_id, made_before=made_before),
        _media(user_id, made_before=made_before),
        castings.remove_of_recruiter(user_id, made_before=made_before),
    )
    quotas.forget(user_id)  # after them, because its open castings count until they are deleted
    # Last, so that nothing of the account is seen before it is deleted.
    closed.forget(user_id)


@consumer
def end_casting(change: Change) -> None:
    """Decline what is left for the roles of a casting that ended, or forget a deleted casting."""
    if roles := rules.ended_roles(change):
        casting_id = change.after["castingId"] if change.after else ""
        _finish(applications.decline_rest(casting_id, roles))
    _forget_casting(change)


def _forget_casting(change: Change) -> None:
    """Delete the applications and the view total of a deleted casting.

    If an operator has restored the casting since, its newer data stays. Saved castings stay too,
    because they contain only the id.
    """
    gone = rules.removed(change)
    if gone is None:
        return
    casting_id = gone["castingId"]
    made_before = _made_again(casting_id)
    views.forget("casting", casting_id, made_before=made_before)
    # Artists hear of it: nothing tells them of an application that is deleted.
    ended = rules.roles_of(gone) if made_before == rules.NEVER else set()
    _finish(
        applications.decline_rest(casting_id, ended),
        applications.remove_of_casting(casting_id, made_before=made_before),
    )


@consumer
def delete_upload(change: Change) -> None:
    """Delete the file of an upload that an administrator decided to delete."""
    decision = change.after or {}
    if change.before is None and decision.get("outcome") == "deleted":
        from artisthub.media import repository as media  # signing loads OpenSSL

        user_id, media_id = case_rules.id_of(decision["caseId"]).split(".")
        users.remove_picture(user_id, media_id)
        media.remove(user_id, media_id)


janitor = by_table(USERS_TABLE=follow_user, CASTING_TABLE=end_casting, REPORTS_TABLE=delete_upload)


def _made_again(casting_id: str) -> str:
    """When a casting that is there again was created, or NEVER."""
    try:
        return castings.get(casting_id, consistent=True).created_at
    except errors.NotFound:
        return rules.NEVER


def _media(user_id: str, **bounds: str) -> Iterator[None]:
    from artisthub.media import repository as media  # signing loads OpenSSL

    return media.remove_of(user_id, **bounds)


def _finish(*work: Iterator[None]) -> None:
    """Do the work step by step. Raises Unfinished when the time is up.

    Progress needs no record, because deleted items are not found again.
    """
    started = time.monotonic()
    for _ in chain(*work):
        if time.monotonic() - started > SECONDS:
            raise Unfinished
