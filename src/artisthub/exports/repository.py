"""The items of an account in all tables, as stored, each with the position after it.

The module reads the tables of all features itself. Their repositories would import all models,
which took a third of the function's start.
"""

from __future__ import annotations

from collections.abc import Iterator

from artisthub.shared import dynamodb
from artisthub.shared.settings import settings

Held = Iterator[tuple[dynamodb.Item, list[str]]]


def profile_of(user_id: str) -> dynamodb.Item | None:
    """The profile as stored."""
    return dynamodb.get(settings.USERS_TABLE, {"userId": user_id})


def name_of(user_id: str) -> dynamodb.Item | None:
    """The item of the account's username as stored."""
    profile = profile_of(user_id)
    if profile is None:
        return None
    item = dynamodb.get(settings.USERNAMES_TABLE, {"username": profile["username"]})
    return item if item and item["userId"] == user_id else None


def castings_of(recruiter_id: str, after: list[str] | None) -> Held:
    """A recruiter's castings, oldest first."""
    owner, names = {"recruiterId": recruiter_id}, ("createdAt", "castingId")
    found = _found(settings.CASTING_TABLE, owner, names, after, index="recruiterIdIndex", page=10)
    return _whole(settings.CASTING_TABLE, ("castingId",), found)


def connections_of(user_id: str, after: list[str] | None) -> Held:
    """The account's sides of its connections."""
    return _found(settings.CONNECTIONS_TABLE, {"userId": user_id}, ("otherUserId",), after)


def blocks_of(user_id: str, after: list[str] | None) -> Held:
    """The account's own blocks, oldest first."""
    owner, names = {"userId": user_id}, ("blockedAt", "otherUserId")
    return _found(settings.BLOCKS_TABLE, owner, names, after, index="blockedAtIndex")


def saves_of(user_id: str, after: list[str] | None) -> Held:
    """The castings that the account saved."""
    return _found(settings.SAVED_CASTINGS_TABLE, {"userId": user_id}, ("castingId",), after)


def notifications_of(user_id: str, after: list[str] | None) -> Held:
    """The account's notifications and preferences."""
    return _found(settings.NOTIFICATIONS_TABLE, {"userId": user_id}, ("notificationId",), after)


def applications_of(artist_id: str, after: list[str] | None) -> Held:
    """An artist's applications.

    The recruiter's assessment is left out: it belongs to the recruiter.
    """
    table, owner = settings.APPLICATIONS_TABLE, {"artistId": artist_id}
    names = ("updatedAt", "castingId", "applicationKey")
    found = _found(table, owner, names, after, index="byArtist", page=25)
    for item, position in _whole(table, ("castingId", "applicationKey"), found):
        for name in ("recruiterNote", "rating", "tags", "recruiterNotes", "boardKey"):
            item.pop(name, None)
        yield item, position


def audit_of(user_id: str, after: list[str] | None) -> Held:
    """The audit's entries about a user, oldest first.

    The administrator's id is left out: it is their personal data.
    """
    subject = {"subject": f"user:{user_id}"}
    for item, position in _found(settings.AUDIT_TABLE, subject, ("entryKey",), after):
        del item["by"]
        yield item, position


def reports_of(reporter_id: str, after: list[str] | None) -> Held:
    """The reports that an account made."""
    owner, names = {"reporterId": reporter_id}, ("createdAt", "caseId", "entryKey")
    found = _found(settings.REPORTS_TABLE, owner, names, after, index="reporterIdIndex")
    return _whole(settings.REPORTS_TABLE, ("caseId", "entryKey"), found)


def _found(
    table: str,
    owner: dict[str, str],
    names: tuple[str, ...],
    after: list[str] | None,
    *,
    index: str | None = None,
    page: int = 100,
) -> Held:
    """The items of the owner, a partition key with its value.

    names: the attributes of a position, which are the rest of the key
    """
    [(key, value)] = owner.items()
    start = {**owner, **dict(zip(names, after, strict=True))} if after else None
    for item in dynamodb.query_all(
        table, index, f"{key} = :owner", {":owner": value}, after=start, page=page
    ):
        yield item, [item[name] for name in names]


def _whole(table: str, key: tuple[str, ...], found: Held) -> Held:
    """The items of an index with all their attributes."""
    for entry, position in found:
        if item := dynamodb.get(table, {name: entry[name] for name in key}):
            yield item, position
