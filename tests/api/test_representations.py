"""An ETag names one representation, and nothing that expired is read."""

import time
from typing import Any

import pytest

from artisthub.closed import repository as closed
from artisthub.shared import dynamodb
from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import Situation
from tests.api.builders import (
    a_recruiter,
    an_admin,
    an_artist,
    deleted,
    expire,
    suspended,
    table,
    the_admin,
)
from tests.api.notifications.given import listed, moved, told
from tests.api.search import given as search


def unchanged(path: str, as_: Account, etag: str) -> bool:
    """Whether the answer to this ETag is 304. Its own ETag must always get 304."""
    fresh = api.get(path, as_=as_)
    assert api.get(path, as_=as_, if_none_match=fresh.etag).status == 304
    answer = api.get(path, as_=as_, if_none_match=etag)
    assert (answer.status == 304) == (fresh.etag == etag)
    return answer.status == 304


def connect(one: Account, other: Account) -> None:
    assert api.post("/connections", {"userId": other.user_id}, as_=one).status == 201
    answer = api.put(f"/connections/{one.user_id}", {"answer": "accepted"}, as_=other)
    assert answer.status == 200


def username_of(account: Account) -> str:
    return str(api.get("/users/me", as_=account).json["username"])


@pytest.mark.weakness(28)
@pytest.mark.parametrize("by", ["id", "username"])
def test_a_new_connection_gets_the_full_profile_despite_the_old_etag(by: str) -> None:
    owner, viewer = an_artist(privacy="connections"), an_artist()
    path = f"/users/{owner.user_id}" if by == "id" else f"/usernames/{username_of(owner)}"
    held = api.get(path, as_=viewer).etag
    assert unchanged(path, viewer, held)

    connect(viewer, owner)
    assert not unchanged(path, viewer, held)
    full = api.get(path, as_=viewer).etag

    assert api.call("DELETE", f"/connections/{owner.user_id}", as_=viewer).status == 204
    assert not unchanged(path, viewer, full)


@pytest.mark.weakness(28)
def test_each_kind_of_viewer_has_another_etag() -> None:
    owner = an_artist(privacy="private")
    path = f"/users/{owner.user_id}"

    tags = {api.get(path, as_=viewer).etag for viewer in (owner, an_admin(), a_recruiter())}

    assert len(tags) == 3


@pytest.mark.weakness(28)
def test_the_recruiters_etag_of_an_application_changes_with_profile_and_consent() -> None:
    it = Situation(shareContact=True)
    held = api.get(it.path, as_=it.recruiter).etag
    assert unchanged(it.path, it.recruiter, held)
    assert api.get(it.path, as_=it.artist).etag != held

    assert api.patch("/users/me", {"phone": "+911234567890"}, as_=it.artist, if_match="*")
    assert not unchanged(it.path, it.recruiter, held)

    held = api.get(it.path, as_=it.recruiter).etag
    suspended(it.artist)
    assert not unchanged(it.path, it.recruiter, held)


@pytest.mark.weakness(28)
def test_the_etag_of_a_read_is_accepted_as_if_match() -> None:
    artist = an_artist()
    held = api.get("/users/me", as_=artist).etag

    assert api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match=held).status == 200
    assert api.patch("/users/me", {"city": "Kochi"}, as_=artist, if_match=held).code == "Stale"


def past(setting: str, **key: str) -> None:
    """Let this item expire, before TTL deletes it."""
    table(setting).update_item(
        Key=key,
        UpdateExpression="SET expiresAt = :past",
        ExpressionAttributeValues={":past": int(time.time()) - 1},
    )


@pytest.mark.weakness(36)
def test_an_expired_notification_is_gone_from_list_count_mark_and_export() -> None:
    it = Situation()
    for status in ("viewed", "shortlisted"):
        assert told(*moved(it, status)) == []
    newest, oldest = listed(it.artist)["items"]

    past("NOTIFICATIONS_TABLE", userId=it.artist.user_id, notificationId=oldest["notificationId"])

    shown = listed(it.artist)
    assert [each["notificationId"] for each in shown["items"]] == [newest["notificationId"]]
    assert shown["unreadCount"] == 1
    mark = {"upTo": oldest["notificationId"]}
    assert api.put("/users/me/notifications/read", mark, as_=it.artist).status == 422
    sections = api.get("/users/me/export", as_=it.artist).json["sections"]
    ids = {each["notificationId"] for each in sections["notifications"]}
    assert (oldest["notificationId"] in ids, newest["notificationId"] in ids) == (False, True)


@pytest.mark.weakness(36)
def test_an_expired_account_is_gone_from_every_read() -> None:
    it = Situation(shareContact=True)
    username = username_of(it.artist)
    deleted(it.artist)
    expire(it.artist, username)

    assert api.get("/users/me", as_=it.artist).code == "ProfileRequired"
    for viewer in (it.recruiter, the_admin()):
        assert api.get(f"/users/{it.artist.user_id}", as_=viewer).status == 404
        assert api.get(f"/usernames/{username}", as_=viewer).status == 404
    sections = api.get("/users/me/export", as_=it.artist).json["sections"]
    assert (sections["profile"], sections["username"]) == ([], [])
    assert api.get(it.path, as_=it.recruiter).json["artist"] is None


@pytest.mark.weakness(36)
@pytest.mark.parametrize("sort", ["newest", "closing"])
def test_an_expired_entry_is_gone_from_the_search_and_can_be_written_again(sort: str) -> None:
    word = search.a_word()
    casting = search.an_indexed_casting(title=word, deadlineAt="2090-01-01T00:00:00Z")
    path = f"/castings?text={word}&sort={sort}"
    assert len(api.get(path).json["items"]) == 1

    for item in _entries(casting["castingId"]):
        past("SEARCH_TABLE", term=item["term"], sortKey=item["sortKey"])

    assert api.get(path).json["items"] == []
    search.index("casting", casting["castingId"])


def _entries(casting_id: str) -> list[dict[str, Any]]:
    return [
        item
        for item in search.all_items("SEARCH_TABLE")
        if casting_id in item["sortKey"] or item["term"].endswith(casting_id)
    ]


@pytest.mark.weakness(36)
def test_the_address_of_an_expired_mark_is_accepted() -> None:
    artist = deleted(suspended(an_artist()))
    assert closed.is_suspended_address(artist.email)

    past("CLOSED_ACCOUNTS_TABLE", accountId=closed.address_key(artist.email))

    assert not closed.is_suspended_address(artist.email)


@pytest.mark.weakness(36)
@pytest.mark.parametrize(
    ("expires_at", "is_read"), [(-1, False), (0, False), (60, True), (None, True)]
)
def test_every_way_to_read_leaves_out_what_expired(expires_at: int | None, is_read: bool) -> None:
    name = table("SAVED_CASTINGS_TABLE").name
    key = {"userId": f"reader-{expires_at}", "castingId": "one"}
    expiry = {} if expires_at is None else {"expiresAt": int(time.time()) + expires_at}
    table("SAVED_CASTINGS_TABLE").put_item(Item={**key, "createdAt": "2026", **expiry})
    condition, values = "userId = :user", {":user": key["userId"]}

    assert bool(dynamodb.get(name, key)) is is_read
    assert bool(dynamodb.get_many(name, [key], ["castingId"])) is is_read
    assert bool(dynamodb.query(name, None, condition, values, limit=1)[0]) is is_read
    assert bool(dynamodb.query(name, "savedAtIndex", condition, values, limit=1)[0]) is is_read
    assert bool(list(dynamodb.query_all(name, None, condition, values))) is is_read
    assert dynamodb.get(name, key, even_expired=True)
