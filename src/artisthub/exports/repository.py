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
    names = ("createdAt", "castingId")
    found = dynamodb.query_all(
        settings.CASTING_TABLE,
        "recruiterIdIndex",
        "recruiterId = :recruiter",
        {":recruiter": recruiter_id},
        after={"recruiterId": recruiter_id, **_position(names, after)} if after else None,
        page=10,
    )
    for each in found:
        item = dynamodb.get(settings.CASTING_TABLE, {"castingId": each["castingId"]})
        if item:
            yield item, [each[name] for name in names]


def connections_of(user_id: str, after: list[str] | None) -> Held:
    """The account's sides of its connections."""
    start = {"userId": user_id, "otherUserId": after[0]} if after else None
    for item in dynamodb.query_all(
        settings.CONNECTIONS_TABLE, None, "userId = :user", {":user": user_id}, after=start
    ):
        yield item, [item["otherUserId"]]


def blocks_of(user_id: str, after: list[str] | None) -> Held:
    """The account's own blocks, oldest first."""
    names = ("blockedAt", "otherUserId")
    start = {"userId": user_id, **_position(names, after)} if after else None
    for item in dynamodb.query_all(
        settings.BLOCKS_TABLE, "blockedAtIndex", "userId = :user", {":user": user_id}, after=start
    ):
        yield item, [item[name] for name in names]


def saves_of(user_id: str, after: list[str] | None) -> Held:
    """The castings that the account saved."""
    start = {"userId": user_id, "castingId": after[0]} if after else None
    for item in dynamodb.query_all(
        settings.SAVED_CASTINGS_TABLE, None, "userId = :user", {":user": user_id}, after=start
    ):
        yield item, [item["castingId"]]


def notifications_of(user_id: str, after: list[str] | None) -> Held:
    """The account's notifications and preferences."""
    start = {"userId": user_id, "notificationId": after[0]} if after else None
    for item in dynamodb.query_all(
        settings.NOTIFICATIONS_TABLE, None, "userId = :user", {":user": user_id}, after=start
    ):
        yield item, [item["notificationId"]]


def applications_of(artist_id: str, after: list[str] | None) -> Held:
    """An artist's applications.

    The recruiter's assessment is left out: it belongs to the recruiter.
    """
    names = ("updatedAt", "castingId", "applicationKey")
    found = dynamodb.query_all(
        settings.APPLICATIONS_TABLE,
        "byArtist",
        "artistId = :artist",
        {":artist": artist_id},
        after={"artistId": artist_id, **_position(names, after)} if after else None,
        page=25,
    )
    for each in found:
        key = {name: each[name] for name in ("castingId", "applicationKey")}
        if item := dynamodb.get(settings.APPLICATIONS_TABLE, key):
            for name in ("recruiterNote", "rating", "tags", "recruiterNotes", "boardKey"):
                item.pop(name, None)
            yield item, [each[name] for name in names]


def audit_of(user_id: str, after: list[str] | None) -> Held:
    """The audit's entries about a user, oldest first.

    The administrator's id is left out: it is their personal data.
    """
    subject = f"user:{user_id}"
    start = {"subject": subject, "entryKey": after[0]} if after else None
    for item in dynamodb.query_all(
        settings.AUDIT_TABLE, None, "subject = :subject", {":subject": subject}, after=start
    ):
        del item["by"]
        yield item, [item["entryKey"]]


def reports_of(reporter_id: str, after: list[str] | None) -> Held:
    """The reports that an account made."""
    names = ("createdAt", "caseId", "entryKey")
    start = {"reporterId": reporter_id, **_position(names, after)} if after else None
    found = dynamodb.query_all(
        settings.REPORTS_TABLE,
        "reporterIdIndex",
        "reporterId = :reporter",
        {":reporter": reporter_id},
        after=start,
    )
    for each in found:
        key = {name: each[name] for name in ("caseId", "entryKey")}
        item = dynamodb.get(settings.REPORTS_TABLE, key)
        if item:
            yield item, [each[name] for name in names]


def _position(names: tuple[str, ...], after: list[str]) -> dynamodb.Item:
    return dict(zip(names, after, strict=True))
