"""PUT and DELETE /v1/users/{userId}/block, GET /v1/users/me/blocks, and what a block cuts off."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from boto3.dynamodb.conditions import Key

from artisthub.blocks import repository
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import Situation
from tests.api.builders import (
    MAY_NOT_ACT,
    a_casting,
    a_name,
    a_recruiter,
    an_admin,
    an_artist,
    deleted,
    stored,
    suspended,
    table,
)
from tests.api.cleanup.test_janitor import user_removed
from tests.api.notifications.given import kinds, listed, side_of, told
from tests.api.search.given import a_word, an_indexed_casting, indexed, pages, users


def block(one: Account, other: Account | str) -> Response:
    other_id = other if isinstance(other, str) else other.user_id
    return api.call("PUT", f"/users/{other_id}/block", as_=one)


def unblock(one: Account, other: Account) -> Response:
    return api.call("DELETE", f"/users/{other.user_id}/block", as_=one)


def blocked(one: Account, other: Account) -> None:
    answer = block(one, other)
    assert answer.status == 204, answer.text


def listed_by(account: Account, **query: int) -> list[str]:
    return [each["userId"] for page in pages("/users/me/blocks", query, account) for each in page]


def ask(one: Account, other: Account | str) -> Response:
    other_id = other if isinstance(other, str) else other.user_id
    return api.post("/connections", {"userId": other_id}, as_=one)


def accept(one: Account, other: Account) -> Response:
    return api.put(f"/connections/{other.user_id}", {"answer": "accepted"}, as_=one)


def connections(account: Account) -> list[Any]:
    lists = ("accepted", "pending&direction=incoming", "pending&direction=outgoing")
    answers = [api.get(f"/connections?status={each}", as_=account) for each in lists]
    return [each for answer in answers for each in answer.json["items"]]


# The one who blocks, and the one who is blocked, in both orders.
BOTH_WAYS = pytest.mark.parametrize("turn", [False, True], ids=["blocking", "blocked"])


def a_pair(turn: bool, **second: Any) -> tuple[Account, Account]:
    """A viewer and another artist with a block between them."""
    viewer, other = an_artist(), an_artist(**second)
    blocked(*((other, viewer) if turn else (viewer, other)))
    return viewer, other


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(("caller", "status", "code"), MAY_NOT_ACT)
def test_only_an_active_account_blocks(
    method: str, caller: Callable[[], Account | None], status: int, code: str
) -> None:
    answer = api.call(method, f"/users/{an_artist().user_id}/block", as_=caller())

    assert (answer.status, answer.code) == (status, code)


def test_an_anonymous_caller_lists_no_blocks() -> None:
    assert api.get("/users/me/blocks").status == 401


def test_a_block_is_listed_by_the_one_who_blocks_only() -> None:
    one, first, second = an_artist(), an_artist(), a_recruiter()

    blocked(one, first)
    blocked(one, second)
    blocked(second, first)

    assert listed_by(one) == listed_by(one, limit=1) == [second.user_id, first.user_id]
    assert listed_by(first) == []
    [page] = pages("/users/me/blocks", {"limit": 1}, first)  # one page, so nothing was left out
    assert page == []
    assert listed_by(second) == [first.user_id]


def test_blocking_and_unblocking_again_change_nothing() -> None:
    one, other = an_artist(), an_artist()

    assert [block(one, other).status, block(one, other).status] == [204, 204]
    assert side(one, other)["version"] == 1
    assert [unblock(one, other).status, unblock(one, other).status] == [204, 204]
    assert side(one, other) is side(other, one) is None


def side(one: Account, other: Account) -> Any:
    return stored("BLOCKS_TABLE", userId=one.user_id, otherUserId=other.user_id)


def test_a_block_ends_when_both_have_taken_theirs_back() -> None:
    one, other = an_artist(), an_artist()
    blocked(one, other)
    blocked(other, one)

    unblock(one, other)
    assert (listed_by(one), listed_by(other)) == ([], [one.user_id])
    assert api.get(f"/users/{other.user_id}", as_=one).status == 404

    unblock(other, one)
    assert api.get(f"/users/{other.user_id}", as_=one).status == 200


def test_nobody_blocks_themselves_or_a_text_that_is_no_id() -> None:
    one = an_artist()

    for wrong in (one.user_id, "someone", "x" * 200, str(uuid.uuid4()).upper()):
        assert block(one, wrong).status == 404
    assert listed_by(one) == []


@pytest.mark.parametrize("other", [an_artist, lambda: suspended(an_artist())])
def test_the_answer_to_a_block_does_not_tell_whether_the_account_exists(
    other: Callable[[], Account],
) -> None:
    one = an_artist()

    assert block(one, str(uuid.uuid4())).status == block(one, other()).status == 204


# No answer tells a block


def plain(answer: Response) -> tuple[int, dict[str, str], Any]:
    """The answer without its request's id."""
    headers = {name: text for name, text in answer.headers.items() if name != "x-request-id"}
    body = answer.json if answer.text else None
    return answer.status, headers, {**body, "instance": None} if body else None


READS: dict[str, Callable[[Account, str, str], Response]] = {
    "profile": lambda me, id_, name: api.get(f"/users/{id_}", as_=me),
    "profile with an ETag": lambda me, id_, name: api.get(
        f"/users/{id_}", as_=me, if_none_match='"1"'
    ),
    "profile by name": lambda me, id_, name: api.get(f"/usernames/{name}", as_=me),
    "view": lambda me, id_, name: api.call("POST", f"/users/{id_}/views", as_=me),
    "connection request": lambda me, id_, name: ask(me, id_),
    "answer to a request": lambda me, id_, name: api.put(
        f"/connections/{id_}", {"answer": "accepted"}, as_=me
    ),
    "declined request": lambda me, id_, name: api.put(
        f"/connections/{id_}", {"answer": "declined"}, as_=me
    ),
    "removed connection": lambda me, id_, name: api.call("DELETE", f"/connections/{id_}", as_=me),
    "castings": lambda me, id_, name: api.get(f"/recruiters/{id_}/castings", as_=me),
    "castings with a wrong cursor": lambda me, id_, name: api.get(
        f"/recruiters/{id_}/castings?cursor=x", as_=me
    ),
    "block": lambda me, id_, name: block(me, id_),
    "search": lambda me, id_, name: api.get(f"/users?name={name}&limit=1", as_=me),
}


@BOTH_WAYS
@pytest.mark.parametrize("call", READS)
def test_a_block_looks_like_an_unknown_account(turn: bool, call: str) -> None:
    name = a_name()
    viewer, other = an_artist(), indexed(a_recruiter(username=name))
    a_casting(other, status="open")
    ask(viewer, other)
    accept(other, viewer)
    blocked(*((other, viewer) if turn else (viewer, other)))

    seen = READS[call](viewer, other.user_id, name)
    unknown = READS[call](viewer, str(uuid.uuid4()), a_name())

    assert plain(seen) == plain(unknown)


@BOTH_WAYS
def test_the_castings_of_a_blocked_recruiter_look_like_no_casting(turn: bool) -> None:
    artist, recruiter = an_artist(), a_recruiter()
    casting = a_casting(recruiter, status="open")
    blocked(*((recruiter, artist) if turn else (artist, recruiter)))
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True}

    seen = api.post(f"/castings/{casting['castingId']}/applications", body, as_=artist)
    unknown = api.post(f"/castings/{uuid.uuid4()}/applications", body, as_=artist)

    assert plain(seen) == plain(unknown)
    assert seen.status == 404


def test_administrators_see_everyone_in_spite_of_a_block() -> None:
    admin, other = an_admin(), an_artist()
    api.post("/users", {**BODY, "username": a_name()}, as_=admin)
    blocked(other, admin)

    assert api.get(f"/users/{other.user_id}", as_=admin).status == 200


BODY = {"role": "artist", "displayName": "Asha", "bornOn": "1990-05-17"}


# Searches and matches


@BOTH_WAYS
def test_searches_leave_out_both_sides(turn: bool) -> None:
    word = a_word()
    viewer, other = a_pair(turn, displayName=word, skills=[word])
    third = an_artist(displayName=word, skills=[word])
    indexed(other)
    indexed(third)

    assert users(viewer, name=word) == users(viewer, skill=word) == [third.user_id]
    assert set(users(third, name=word)) == {other.user_id, third.user_id}


@BOTH_WAYS
def test_matches_leave_out_both_sides(turn: bool) -> None:
    city, recruiter = a_name().replace(".", " "), a_recruiter()
    artist = indexed(an_artist(city=city, categories=["dance"]))
    casting = an_indexed_casting(recruiter, city=city, category="dance")
    of_casting = f"/castings/{casting['castingId']}/matching-artists"

    def matched() -> tuple[bool, bool]:
        artists = api.get(of_casting, as_=recruiter).json["items"]
        castings = api.get("/users/me/matching-castings", as_=artist).json["items"]
        return (
            artist.user_id in [each["artist"]["userId"] for each in artists],
            casting["castingId"] in [each["casting"]["castingId"] for each in castings],
        )

    assert matched() == (True, True)
    blocked(*((recruiter, artist) if turn else (artist, recruiter)))
    assert matched() == (False, False)


def test_public_castings_stay_readable_without_a_token() -> None:
    artist, recruiter = an_artist(), a_recruiter()
    casting = a_casting(recruiter, status="open")
    blocked(recruiter, artist)

    assert api.get(f"/castings/{casting['castingId']}").status == 200


def test_a_page_costs_at_most_ten_read_units_of_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, others = an_artist(), sorted(str(uuid.uuid4()) for _ in range(8))
    with table("BLOCKS_TABLE").batch_writer() as batch:
        for other_id in others[::2]:
            item = {"userId": one.user_id, "otherUserId": other_id, "version": 1}
            batch.put_item(item | {"createdAt": "2026", "updatedAt": "2026"})

    for most in (2, 3, repository.MOST_READ):  # an account with more blocks than one query reads
        monkeypatch.setattr(repository, "MOST_READ", most)
        assert repository.among(one.user_id, others) == set(others[::2])
    assert repository.among(one.user_id, []) == set()


# Connections


@BOTH_WAYS
@pytest.mark.parametrize("standing", ["outgoing", "incoming", "accepted"])
def test_a_block_ends_the_connection_for_both(turn: bool, standing: str) -> None:
    one, other = an_artist(), an_artist()
    asking, asked = (other, one) if standing == "incoming" else (one, other)
    ask(asking, asked)
    if standing == "accepted":
        accept(asked, asking)

    blocked(*((other, one) if turn else (one, other)))

    assert connections(one) == connections(other) == []
    unblock(*((other, one) if turn else (one, other)))
    assert connections(one) == connections(other) == []
    assert ask(one, other).status == 201


def test_a_declined_request_stays_declined_after_a_block() -> None:
    one, other = an_artist(), an_artist()
    ask(one, other)
    api.put(f"/connections/{one.user_id}", {"answer": "declined"}, as_=other)

    blocked(one, other)
    unblock(one, other)

    assert (ask(one, other).status, ask(one, other).code) == (409, "ConnectionNotPossible")


@pytest.mark.race
@pytest.mark.parametrize("attempt", range(4))
def test_no_connection_survives_a_block_at_the_same_moment(attempt: int) -> None:
    one, other = an_artist(), an_artist()
    if attempt % 2:
        ask(other, one)

    answers = api.all_at_once(
        lambda: ask(one, other), lambda: block(other, one), lambda: accept(one, other)
    )

    assert answers[1].status == 204
    assert {answers[0].status, answers[2].status} <= {200, 201, 404, 409, 503}
    assert connections(one) == connections(other) == []
    assert side_of(one, other) is side_of(other, one) is None


@pytest.mark.race
@pytest.mark.parametrize("attempt", range(4))
def test_blocks_of_both_at_the_same_moment_are_both_kept(attempt: int) -> None:
    one, other = an_artist(), an_artist()

    answers = api.all_at_once(
        lambda: block(one, other), lambda: block(other, one), lambda: block(one, other)
    )

    assert [each.status for each in answers] == [204] * 3
    assert (listed_by(one), listed_by(other)) == ([other.user_id], [one.user_id])
    mine, theirs = side(one, other), side(other, one)
    assert (mine["blockedAt"], mine["blockedByAt"]) == (theirs["blockedByAt"], theirs["blockedAt"])


@pytest.mark.race
@pytest.mark.parametrize("attempt", range(4))
def test_a_block_and_its_end_at_the_same_moment_leave_both_sides_alike(attempt: int) -> None:
    one, other = an_artist(), an_artist()
    blocked(one, other)

    api.all_at_once(lambda: unblock(one, other), lambda: block(other, one))

    assert (listed_by(one), listed_by(other)) == ([], [one.user_id])
    assert "blockedAt" not in side(one, other)
    assert "blockedByAt" not in side(other, one)


# Applications


@BOTH_WAYS
def test_the_recruiter_sees_nothing_of_a_blocked_artist_in_earlier_applications(turn: bool) -> None:
    it = Situation(shareContact=True, note="Call me", mediaUrls=["https://reel.example/1"])
    path = f"/castings/{it.casting['castingId']}/applications"
    one = f"{path}/{it.application['applicationId']}"
    blocked(*((it.artist, it.recruiter) if turn else (it.recruiter, it.artist)))

    [summary] = api.get(path, as_=it.recruiter).json["items"]
    read = api.get(one, as_=it.recruiter).json
    changed = api.put(f"{one}/status", {"status": "declined"}, as_=it.recruiter).json

    assert (summary["artist"], summary["contact"]) == (None, None)
    for shown in (read, changed):
        assert (shown["artist"], shown["contact"]) == (None, None)
        assert (shown["note"], shown["mediaUrls"]) == (None, [])
    assert api.get(one, as_=it.artist).json["note"] == "Call me"


@BOTH_WAYS
def test_an_artist_can_withdraw_from_a_blocked_recruiter(turn: bool) -> None:
    it = Situation()
    blocked(*((it.artist, it.recruiter) if turn else (it.recruiter, it.artist)))

    assert api.call("DELETE", it.path, as_=it.artist).status == 200


@BOTH_WAYS
@pytest.mark.weakness(55)
def test_a_recruiter_writes_nothing_to_an_artist_after_a_block(turn: bool) -> None:
    it = Situation("audition")
    audition = {"startsAt": "2090-01-02T00:00:00Z", "place": "I know where you live"}
    body = {"status": "audition", "audition": audition}
    blocked(*((it.artist, it.recruiter) if turn else (it.recruiter, it.artist)))

    one = api.put(f"{it.path}/status", body, as_=it.recruiter)
    path = f"/castings/{it.casting['castingId']}/applications/status"
    many = body | {"applicationIds": [it.application["applicationId"]]}
    [result] = api.put(path, many, as_=it.recruiter).json["items"]

    assert (one.status, one.code) == (409, "ArtistUnavailable")
    assert result["problem"]["code"] == "ArtistUnavailable"
    [listed] = api.get("/users/me/applications", as_=it.artist).json["items"]
    assert listed["audition"] is None
    many["status"] = "declined"
    del many["audition"]
    [declined] = api.put(path, many, as_=it.recruiter).json["items"]
    assert declined["status"] == "declined"


@pytest.mark.race
@pytest.mark.parametrize("attempt", range(4))
def test_an_application_at_the_moment_of_a_block_shows_nothing(attempt: int) -> None:
    artist, recruiter = an_artist(), a_recruiter()
    casting = a_casting(recruiter, status="open")
    path = f"/castings/{casting['castingId']}/applications"
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True}
    one, other = (artist, recruiter) if attempt % 2 else (recruiter, artist)

    answers = api.all_at_once(lambda: block(one, other), lambda: api.post(path, body, as_=artist))

    assert (answers[0].status, answers[1].status in (201, 404)) == (204, True)
    items = api.get(path, as_=recruiter).json["items"]
    assert [each["artist"] for each in items] == [None] * (answers[1].status == 201)
    assert api.post(path, body, as_=artist).status in (404, 409)


# Notifications


@BOTH_WAYS
@pytest.mark.weakness(8)
def test_a_block_stops_notifications_and_hides_the_names_in_earlier_ones(turn: bool) -> None:
    it = Situation()
    assert told(None, it.item) == []
    before = it.item
    blocked(*((it.artist, it.recruiter) if turn else (it.recruiter, it.artist)))

    it.move("declined")
    assert told(before, it.item) == []

    assert kinds(it.artist) == []
    [earlier] = listed(it.recruiter)["items"]
    assert earlier["user"] is None


# The end of an account


@BOTH_WAYS
def test_the_janitor_removes_both_sides_of_blocks(turn: bool) -> None:
    gone, other = a_pair(turn)

    assert api.consume("janitor", user_removed(deleted(gone))) == []

    assert side(gone, other) is side(other, gone) is None


def test_an_export_has_own_blocks_and_not_those_of_others() -> None:
    one, other, third = an_artist(), an_artist(), an_artist()
    blocked(one, other)
    blocked(third, one)

    blocks = api.get("/users/me/export", as_=one).json["sections"]["blocks"]

    assert [each["otherUserId"] for each in blocks] == [other.user_id]
    assert third.user_id not in api.get("/users/me/export", as_=one).text
    assert (
        len(
            table("BLOCKS_TABLE").query(KeyConditionExpression=Key("userId").eq(one.user_id))[
                "Items"
            ]
        )
        == 2
    )
