"""Users and Usernames in DynamoDB, and of Connections whether there is one.

A name is held by an item of its own, written in the same transaction as the profile, because a
unique value other than the key cannot be enforced in one table.
"""

from typing import TypeVar

import msgspec

from artisthub.shared import dynamodb, errors, idempotency
from artisthub.shared.settings import settings
from artisthub.users.models import User

Shape = TypeVar("Shape", bound=msgspec.Struct)

dynamodb.connect("USERS_TABLE", {"userId": "connect"})


class ProfileExists(errors.Conflict):
    detail = "You have a profile already: change it with PATCH /v1/users/me."


class UsernameTaken(errors.Conflict):
    detail = "This username is taken."


def get(user_id: str, *, consistent: bool = False) -> User | None:
    """One profile, whatever its status."""
    item = dynamodb.get(settings.USERS_TABLE, {"userId": user_id}, consistent=consistent)
    return msgspec.convert(item, User) if item else None


def get_many(user_ids: set[str], shape: type[Shape]) -> dict[str, Shape]:
    """Of each profile that is there, whatever its status, what the shape declares; by user id."""
    keys: list[dynamodb.Item] = [{"userId": user_id} for user_id in user_ids]
    attributes = {*shape.__struct_encode_fields__, "userId"}
    items = dynamodb.get_many(settings.USERS_TABLE, keys, attributes) if keys else []
    return {item["userId"]: msgspec.convert(item, shape) for item in items}


def get_by_username(username: str) -> User | None:
    """The profile that has this name; the index holds keys only, the profile is always fresh."""
    found, _ = dynamodb.query(
        settings.USERS_TABLE, "usernameIndex", "username = :name", {":name": username}, limit=1
    )
    user = get(found[0]["userId"]) if found else None
    return user if user and user.username == username else None


def are_connected(user_id: str, viewer_id: str) -> bool:
    """Whether the two have an accepted connection; one read of the user's item of it."""
    key = {"userId": user_id, "otherUserId": viewer_id}
    item = dynamodb.get(settings.CONNECTIONS_TABLE, key)
    return item is not None and item["standing"] == "accepted"


def add(user: User, stamp: idempotency.Stamp | None) -> User:
    """Stores the profile and takes its name; the earlier profile where this is a retry.

    Raises ProfileExists or UsernameTaken.
    """
    item = dynamodb.item_of(user, createdBy=stamp)
    name = {"username": user.username, "userId": user.user_id, "createdAt": user.created_at}
    try:
        dynamodb.transact(
            dynamodb.put_of(settings.USERS_TABLE, item, "attribute_not_exists(userId)"),
            dynamodb.put_of(settings.USERNAMES_TABLE, name, "attribute_not_exists(username)"),
        )
    except dynamodb.TransactionFailed as refused:
        profile_exists, _ = refused.failed
        if not profile_exists:
            raise UsernameTaken from None
        return _made_before(user.user_id, stamp)
    return user


def _made_before(user_id: str, stamp: idempotency.Stamp | None) -> User:
    item = dynamodb.get(settings.USERS_TABLE, {"userId": user_id}, consistent=True)
    if not item or not stamp or not stamp.is_replay_of(item.get("createdBy")):
        raise ProfileExists
    return msgspec.convert(item, User)


def replace(user: User, based_on: int) -> None:
    """Stores the profile if its version still is `based_on`; raises Stale."""
    dynamodb.update(settings.USERS_TABLE, {"userId": user.user_id}, user, based_on)
