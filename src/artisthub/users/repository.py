"""The Users and Usernames tables in DynamoDB, and a check in Connections.

DynamoDB can keep only keys unique. So each username is an item in its own table, written in the
same transaction as the profile.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from artisthub.closed import repository as closed
from artisthub.shared import cards, changes, clock, dynamodb, errors, idempotency, paging
from artisthub.shared.settings import settings
from artisthub.users import access
from artisthub.users.stored import Account, Role, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from artisthub.shared.caller import Caller

Shape = TypeVar("Shape", bound=msgspec.Struct)

# After a suspended account was deleted for good. Otherwise 30 days would end a suspension.
ADDRESS_REFUSED_FOR = 365 * 24 * 60 * 60


class ProfileExists(errors.Conflict):
    detail = "You already have a profile. Change it with PATCH /v1/users/me."


class UsernameTaken(errors.Conflict):
    detail = "This username is taken. Choose another one."


def get(user_id: str, *, consistent: bool = False) -> User | None:
    """The profile in any status, or None if it has expired."""
    item = dynamodb.get(settings.USERS_TABLE, {"userId": user_id}, consistent=consistent)
    return msgspec.convert(item, User) if item else None


def ensure_active(caller: Caller, role: Role | None = None, *, consistent: bool = False) -> User:
    """The caller's profile. Every write calls this, since tokens outlive accounts by an hour.

    Raises ProfileRequired, AccountSuspended or, for another role, RoleRequired. Raises Unauthorized
    for a token from before the sessions of the account ended.
    """
    user = access.ensure_active(get(caller.user_id, consistent=consistent), role)
    return access.ensure_session(user, caller.signed_in_at)


def ensure_adult(caller: Caller, role: Role | None = None) -> User:
    """The caller's profile, for operations that bring people together.

    Raises as ensure_active does, or AdultsOnly.
    """
    return access.ensure_adult(ensure_active(caller, role), clock.today())


def ensure_active_in_list(caller: Caller) -> Account:
    """As ensure_active, without the whole profile, which may cost as much as a page of a list."""
    account = access.ensure_active(cards_of([caller.user_id], Account).get(caller.user_id))
    if closed.is_closed(caller.user_id):  # up to date, unlike the card
        raise access.AccountSuspended
    return account


def ensure_adult_in_list(caller: Caller) -> None:
    """As ensure_adult, without the whole profile."""
    access.ensure_adult(ensure_active_in_list(caller), clock.today())


def is_admin(caller: Caller) -> bool:
    """Whether the caller has an administrator's powers now.

    Administrators need no profile. If they have one, it must be active. A token from before their
    sessions ended has no powers.
    """
    return caller.is_in_admins and not closed.is_closed(caller.user_id) and _is_current(caller)


def ensure_session(caller: Caller) -> None:
    """Raise Unauthorized for a token from before the sessions of the account ended.

    For writes of accounts in every state, also without a profile. ensure_active reads it elsewhere.
    """
    if not _is_current(caller):
        raise errors.Unauthorized


def _is_current(caller: Caller) -> bool:
    return caller.signed_in_at >= closed.sessions_ended_at(caller.user_id)


def active_as(caller: Caller, role: Role) -> dict[str, Any]:
    """The check of a transaction that ensure_active would accept the caller in this role."""
    key, wanted = {"userId": caller.user_id}, {"status": "active", "role": role}
    is_current = "attribute_not_exists(sessionsEndedAt) OR sessionsEndedAt <= :signed_in"
    signed_in = {":signed_in": int(caller.signed_in_at)}
    return dynamodb.check_of(settings.USERS_TABLE, key, wanted, is_current, signed_in)


def cards_of(
    user_ids: Iterable[str],
    shape: type[Shape],
    made_of: Callable[[User], Shape] | None = None,
    units: dict[str, float] | None = None,
    most_units: float = paging.MOST_UNITS,
) -> dict[str, Shape]:
    """The existing profiles in any status by user id, from their cards (see cards.get_many)."""
    return cards.get_many("user", user_ids, shape, User, _items, made_of, units, most_units)


def in_cards(user_ids: Iterable[str], shape: type[Shape]) -> dict[str, Shape]:
    """The profiles by user id, from their cards only, for half a read unit each.

    A profile has no card for seconds after a change. It is then missing.
    """
    return cards.get_many("user", user_ids, shape, User, lambda _: {})


def _items(user_ids: list[str]) -> dict[str, dynamodb.Item]:
    keys: list[dynamodb.Item] = [{"userId": user_id} for user_id in user_ids]
    found = dynamodb.get_many(settings.USERS_TABLE, keys, User.__struct_encode_fields__)
    return {item["userId"]: item for item in found}


def get_by_username(username: str) -> User | None:
    """The current profile with this name. The index has keys only."""
    found, _ = dynamodb.query(
        settings.USERS_TABLE, "usernameIndex", "username = :name", {":name": username}, limit=5
    )
    # The index may still contain the name's former owner, or an expired profile.
    users = (get(key["userId"]) for key in found)
    return next((user for user in users if user and user.username == username), None)


def standing(user_id: str, other_user_id: str) -> str | None:
    """The standing of a connection or request on the side of `user_id`."""
    key = {"userId": user_id, "otherUserId": other_user_id}
    item = dynamodb.get(settings.CONNECTIONS_TABLE, key)
    return item["standing"] if item else None


def add(user: User, stamp: idempotency.Stamp | None) -> None:
    """Store the profile and take its name.

    Raises ProfileExists, UsernameTaken or, if the account was suspended or deleted,
    AccountSuspended. An account that was deleted for good never comes back, even before TTL
    removes its profile: its suspension, quotas and others' blocks belong to its id.
    """
    item = dynamodb.item_of(user)
    has_no_profile = "attribute_not_exists(userId)"
    try:
        idempotency.transact(
            stamp,
            user.user_id,
            dynamodb.put_of(settings.USERS_TABLE, item, has_no_profile),
            _taking(user, since=user.created_at),
            closed.absence_of(user.user_id),
        )
    except dynamodb.TransactionFailed as refused:
        profile_exists, _, is_closed = refused.failed
        if is_closed:
            raise access.AccountSuspended from None
        raise (ProfileExists if profile_exists else UsernameTaken) from None


def add_part(user: User, before: User, stamp: idempotency.Stamp | None, item_id: str) -> None:
    """Store the profile with a new item if its version is still `before`'s. Raises Stale."""
    if stamp is None:
        return replace(user, based_on=before.version)
    try:
        idempotency.transact(stamp, item_id, update_of(user, before))
    except dynamodb.TransactionFailed:
        raise errors.Stale from None


def replace(user: User, based_on: int) -> None:
    """Store the profile if its version is still `based_on`. Raises Stale."""
    dynamodb.update(settings.USERS_TABLE, {"userId": user.user_id}, user, based_on)
    cards.drop("user", user.user_id, up_to=based_on)


def remove_picture(user_id: str, media_id: str) -> None:
    """Remove the picture with this id from the profile, in every status, if it still has it."""
    from artisthub.users import rules

    def change(user: User) -> User:
        has_it = user.picture and user.picture.large.endswith(f"/{media_id}")
        return rules.without_picture(user, clock.now()) if has_it else user

    _change_if_it_exists(user_id, change, lambda user, before: replace(user, before.version))


def rename(user: User, before: User) -> None:
    """Store the profile, take its new name and release the old one in one transaction.

    Raises UsernameTaken, or Stale if the profile has changed since.
    """
    try:
        dynamodb.transact(
            update_of(user, before),
            _taking(user, since=user.updated_at),
            dynamodb.delete_of(
                settings.USERNAMES_TABLE,
                {"username": before.username},
                "userId = :userId",
                {":userId": user.user_id},
            ),
        )
    except dynamodb.TransactionFailed as refused:
        is_stale, is_taken, _ = refused.failed
        if is_taken and not is_stale:
            raise UsernameTaken from None
        raise errors.Stale from None
    cards.drop("user", user.user_id, up_to=before.version)


def replace_with_name(user: User, before: User) -> None:
    """Store the deleted or restored profile, and make its name expire with it. Raises Stale."""
    name = dynamodb.update_of(
        settings.USERNAMES_TABLE,
        {"username": user.username},
        {"userId": user.user_id, "expiresAt": user.expires_at},
        "#userId = :userId",
    )
    try:
        dynamodb.transact(*closing_of(user, before), name)
    except dynamodb.TransactionFailed:
        raise errors.Stale from None


def refuse_older_tokens(user_id: str, at: int) -> None:
    """Refuse tokens of sign-ins before this instant, in seconds since 1970."""
    closed.end_sessions(user_id, at)
    key, change = {"userId": user_id}, "SET sessionsEndedAt = :at, #version = #version + :one"
    names, values = {"#version": "version"}, {":at": at, ":one": 1}
    has_profile = "attribute_exists(userId)"
    dynamodb.update_if(settings.USERS_TABLE, key, change, has_profile, names, values)


def follow_address(user_id: str, email: str) -> None:
    """Give the profile this verified address if it has another one."""
    from artisthub.users import rules

    def change(user: User) -> User:
        return user if user.email == email else rules.changed(user, clock.now(), email=email)

    _change_if_it_exists(user_id, change, lambda user, before: replace(user, before.version))


def close(user_id: str) -> None:
    """Delete the profile of an account that no longer exists. It cannot be restored.

    It expires when the upload forms of the account do, so that its erasure finds all files.
    """
    from artisthub.users import rules

    def change(user: User) -> User:
        deleted = rules.deleted(user, datetime.now(UTC))
        if deleted is user:
            return user
        expires_at = int(time.time()) + closed.FORMS_LIVE_FOR
        return msgspec.structs.replace(deleted, deleted_at=None, expires_at=expires_at)

    _change_if_it_exists(user_id, change, replace_with_name)


def listed_ids() -> Iterator[str]:
    """The ids of all profiles that searches find."""
    everyone = {":term": "users|all"}
    for entry in dynamodb.query_all(settings.SEARCH_TABLE, None, "term = :term", everyone):
        yield entry["sortKey"].rpartition("|")[2]


def _change_if_it_exists(
    user_id: str, change: Callable[[User], User], store: Callable[[User, User], None]
) -> None:
    def read() -> User:
        user = get(user_id, consistent=True)
        if user is None:
            raise errors.NotFound
        return user

    with suppress(errors.NotFound):
        changes.make(read, change, store)


def release_name(username: str, user_id: str) -> None:
    """Release the name if the account still has it."""
    dynamodb.discard_if(
        settings.USERNAMES_TABLE,
        {"username": username},
        "userId = :userId",
        {":userId": user_id},
    )


def update_of(user: User, before: User) -> dict[str, Any]:
    """The write of a transaction that stores the profile if its version is still `before`'s."""
    return dynamodb.update_of(
        settings.USERS_TABLE,
        {"userId": user.user_id},
        msgspec.to_builtins(user),
        "#version = :before",
        {":before": before.version},
    )


def closing_of(user: User, before: User) -> list[dict[str, Any]]:
    """The writes of a transaction that stores the profile and marks whether it is closed.

    They delete the card, so a card of an active account means that the account is not closed.
    """
    writes = [
        update_of(user, before),
        closed.mark_of(user.user_id, is_closed=user.status != "active", now=user.updated_at),
        cards.dropping_of("user", user.user_id),
    ]
    if address_key := user.address_key or before.address_key:
        writes.append(
            closed.address_mark_of(
                address_key,
                user.user_id,
                is_suspended=user.address_key is not None,
                now=user.updated_at,
                expires_at=user.expires_at and user.expires_at + ADDRESS_REFUSED_FOR,
            )
        )
    return writes


def _taking(user: User, since: str) -> dict[str, Any]:
    name = {"username": user.username, "userId": user.user_id, "createdAt": since}
    is_free = "attribute_not_exists(username) OR expiresAt <= :now"
    return dynamodb.put_of(settings.USERNAMES_TABLE, name, is_free, _now())


def _now() -> dynamodb.Item:
    return {":now": int(time.time())}
