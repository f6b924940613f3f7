"""Castings and people are hidden while the account is suspended or deleted, and come back after."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import api
from tests.api.admin.given import unsuspend
from tests.api.api import Account
from tests.api.applications.given import Situation, a_new_application
from tests.api.builders import (
    a_casting,
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    stored,
    suspended,
    table,
    the_admin,
)
from tests.api.notifications.given import listed, moved, side_of, told
from tests.api.search import given as search
from tests.streams import record

Change = Callable[[Account], object]


def unsuspended(account: Account) -> None:
    assert unsuspend(account.user_id, the_admin()).status == 204


def restored(account: Account) -> None:
    assert api.call("POST", "/users/me/restore", as_=account).status == 200


CLOSINGS = [(suspended, unsuspended), (deleted, restored)]


def change_of(account: Account, change: Change) -> dict[str, Any]:
    """The stream record of this change to the profile."""
    before = stored("USERS_TABLE", userId=account.user_id)
    change(account)
    after = stored("USERS_TABLE", userId=account.user_id)
    return record(old=before, new=after, table=table("USERS_TABLE").name)


def path_of(casting: Any) -> str:
    return f"/castings/{casting['castingId']}"


def save(casting: Any, account: Account) -> int:
    path = f"/users/me/saved-castings/{casting['castingId']}"
    return api.call("PUT", path, as_=account).status


def apply(casting: Any, artist: Account) -> Any:
    return api.post(f"{path_of(casting)}/applications", a_new_application(casting), as_=artist)


@pytest.mark.weakness(2)
@pytest.mark.weakness(23)
@pytest.mark.parametrize(("close", "reopen"), CLOSINGS)
@pytest.mark.parametrize("status", ["open", "closed"])
def test_a_casting_is_hidden_while_its_recruiter_is_closed(
    close: Change, reopen: Change, status: str
) -> None:
    recruiter, artist = a_recruiter(), an_artist()
    casting = a_casting(recruiter, status)
    assert save(casting, artist) == 200
    path, listing = path_of(casting), f"/recruiters/{recruiter.user_id}/castings"

    close(recruiter)

    for caller in (None, artist):
        assert api.get(path, as_=caller).status == 404
    assert api.call("POST", f"{path}/views", as_=artist).status == 404
    assert save(casting, artist) == 404
    applied = apply(casting, artist)
    assert (applied.status, applied.code) == (404, "NotFound")
    assert api.get(listing, as_=artist).json == {"items": [], "next": None}
    assert api.get("/users/me/saved-castings", as_=artist).json["items"] == []
    for caller in (recruiter, the_admin()):
        assert api.get(path, as_=caller).json == casting
        assert len(api.get(listing, as_=caller).json["items"]) == 1

    reopen(recruiter)

    assert api.get(path).json == casting
    assert len(api.get(listing, as_=artist).json["items"]) == 1
    assert len(api.get("/users/me/saved-castings", as_=artist).json["items"]) == 1
    assert apply(casting, artist).status == (201 if status == "open" else 409)


@pytest.mark.weakness(2)
@pytest.mark.weakness(23)
@pytest.mark.parametrize(("close", "reopen"), CLOSINGS)
def test_castings_leave_the_search_with_their_recruiter_and_come_back(
    close: Change, reopen: Change
) -> None:
    recruiter, word = a_recruiter(privacy="private"), search.a_word()
    artist = an_artist(categories=["dance"])
    casting = search.an_indexed_casting(recruiter, title=word)
    assert search.castings(text=word) == [casting["castingId"]]

    assert api.consume("indexer", change_of(recruiter, close)) == []
    search.index("casting", casting["castingId"])  # a late change of the casting

    assert search.castings(text=word) == []
    matching = api.get("/users/me/matching-castings?limit=100", as_=artist).json["items"]
    assert casting["castingId"] not in {each["casting"]["castingId"] for each in matching}

    assert api.consume("indexer", change_of(recruiter, reopen)) == []

    assert search.castings(text=word) == [casting["castingId"]]


@pytest.mark.weakness(23)
@pytest.mark.parametrize(("close", "reopen"), CLOSINGS)
def test_notifications_do_not_name_a_closed_recruiter_or_their_casting(
    close: Change, reopen: Change
) -> None:
    it = Situation()
    assert told(*moved(it, "viewed")) == []

    close(it.recruiter)
    [hidden] = listed(it.artist)["items"]
    reopen(it.recruiter)
    [shown] = listed(it.artist)["items"]

    assert (hidden["user"], hidden["casting"]) == (None, None)
    assert shown["user"]["userId"] == it.recruiter.user_id
    assert shown["casting"]["title"] == it.casting["title"]


@pytest.mark.weakness(23)
@pytest.mark.parametrize(("close", "reopen"), CLOSINGS)
def test_the_recruiter_sees_nothing_of_a_closed_artist(close: Change, reopen: Change) -> None:
    it = Situation(shareContact=True, note="Call me", mediaUrls=["https://reel.example/1"])

    close(it.artist)

    seen = api.get(it.path, as_=it.recruiter)
    row = api.get(f"{path_of(it.casting)}/applications", as_=it.recruiter).json["items"][0]
    assert (seen.json["artist"], seen.json["contact"]) == (None, None)
    assert (seen.json["note"], seen.json["mediaUrls"]) == (None, [])
    assert (row["artist"], row["contact"]) == (None, None)

    reopen(it.artist)

    again = api.get(it.path, as_=it.recruiter).json
    assert (again["note"], again["contact"]["email"]) == ("Call me", it.artist.email)


@pytest.mark.weakness(23)
@pytest.mark.parametrize(("close", "reopen"), CLOSINGS)
def test_a_recruiter_can_only_decline_a_closed_artist(close: Change, reopen: Change) -> None:
    it, other = Situation("shortlisted"), Situation("offered")

    def step(it: Situation, **change: Any) -> tuple[int, str]:
        answer = api.put(f"{it.path}/status", change, as_=it.recruiter)
        return answer.status, answer.json.get("code", "")

    for each in (it, other):
        close(each.artist)
    before = it.item
    audition = {"startsAt": "2030-07-01T10:00:00Z"}

    assert step(it, status="audition", audition=audition) == (409, "ArtistUnavailable")
    assert step(it, status="shortlisted", recruiterNote="Later") == (409, "ArtistUnavailable")
    assert step(other, status="booked") == (409, "ArtistUnavailable")
    assert step(it, status="booked") == (409, "StepNotPossible")
    assert step(it, status="shortlisted") == (200, "")
    assert it.item == before
    assert step(other, status="declined") == (200, "")

    reopen(it.artist)

    assert step(it, status="audition", audition=audition) == (200, "")


@pytest.mark.weakness(23)
@pytest.mark.parametrize(("close", "reopen"), CLOSINGS)
@pytest.mark.parametrize("status", ["pending", "accepted"])
def test_connections_with_closed_accounts_are_left_out(
    close: Change, reopen: Change, status: str
) -> None:
    other, account = an_artist(), a_recruiter()
    body = {"userId": account.user_id, "message": "Hello"}
    assert api.post("/connections", body, as_=other).status == 201
    if status == "accepted":
        path = f"/connections/{other.user_id}"
        assert api.put(path, {"answer": "accepted"}, as_=account).status == 200
    listing = f"/connections?status={status}"

    close(other)
    assert api.get(listing, as_=account).json["items"] == []
    reopen(other)
    [shown] = api.get(listing, as_=account).json["items"]

    assert shown["userId"] == other.user_id
    assert side_of(account, other)


@pytest.mark.weakness(11)
@pytest.mark.parametrize(("close", "reopen"), CLOSINGS)
def test_a_closed_administrator_reads_like_anyone_else(close: Change, reopen: Change) -> None:
    admin, recruiter = an_admin(), a_recruiter(privacy="private")
    assert api.post("/users", a_new_user(), as_=admin).status == 201
    draft = a_casting(recruiter)
    hidden = suspended(an_artist())
    reads = [path_of(draft), f"/users/{hidden.user_id}"]
    listing, profile = f"/recruiters/{recruiter.user_id}/castings", f"/users/{recruiter.user_id}"

    close(admin)

    assert {api.get(path, as_=admin).status for path in reads} == {404}
    assert api.get(listing, as_=admin).json["items"] == []
    assert api.get(profile, as_=admin).json == api.get(profile, as_=an_account()).json
    assert api.call("POST", f"{path_of(draft)}/views", as_=admin).status == 403
    audit = api.get(f"/admin/audit?subject=user:{recruiter.user_id}", as_=admin)
    assert (audit.status, audit.code) == (403, "AccountSuspended")

    reopen(admin)

    assert {api.get(path, as_=admin).status for path in reads} == {200}
    assert len(api.get(listing, as_=admin).json["items"]) == 1
    assert "status" in api.get(profile, as_=admin).json


@pytest.mark.weakness(11)
def test_an_administrator_whose_deleted_profile_expired_has_no_power() -> None:
    admin = an_admin()
    assert api.post("/users", a_new_user(), as_=admin).status == 201
    deleted(admin)
    table("USERS_TABLE").update_item(
        Key={"userId": admin.user_id},
        UpdateExpression="SET expiresAt = :past",
        ExpressionAttributeValues={":past": 1},
    )

    assert api.get(path_of(a_casting()), as_=admin).status == 404
