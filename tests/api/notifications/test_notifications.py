"""GET /v1/users/me/notifications, PUT …/read, and GET and PUT …/notification-preferences."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from artisthub.shared import cursor, ids
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import Situation
from tests.api.builders import (
    BROKEN_BODIES,
    an_account,
    an_artist,
    deleted,
    stored,
    suspended,
    table,
    taken_down,
    with_id_token,
)
from tests.api.notifications.given import NOTIFICATIONS, PREFERENCES, listed, moved, told

READ = f"{NOTIFICATIONS}/read"
DEFAULT = {
    "applications": {"inApp": True, "email": False},
    "progress": {"inApp": True, "email": False},
    "decisions": {"inApp": True, "email": True},
    "connections": {"inApp": True, "email": False},
    "moderation": {"inApp": True, "email": True},
    "updatedAt": None,
    "version": 0,
}
QUIET = {"inApp": False, "email": False}


def read(account: Account | None, up_to: str) -> Response:
    return api.put(READ, {"upTo": up_to}, as_=account)


def put_notifications(account: Account, count: int) -> list[str]:
    """Store this number of notifications, and return their ids, newest first."""
    made = []
    with table("NOTIFICATIONS_TABLE").batch_writer() as batch:
        for number in range(count):
            at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z"
            item: dict[str, Any] = {
                "userId": account.user_id,
                "notificationId": ids.derived_at(at, account.user_id),
                "kind": "requested",
                "topic": "connections",
                "byUserId": str(uuid.uuid4()),
                "createdAt": at,
                "updatedAt": at,
                "version": 1,
                "expiresAt": 2_000_000_000,
            }
            batch.put_item(Item=item)
            made.append(item["notificationId"])
    return made[::-1]


def account() -> Account:
    user_id = str(uuid.uuid4())
    return Account(user_id, "", "", {"token_use": "access", "sub": user_id})


def pages(as_: Account, limit: int) -> list[list[str]]:
    found, after = [], ""
    while True:
        page = api.get(f"{NOTIFICATIONS}?limit={limit}{after}", as_=as_)
        assert page.status == 200, page.text
        found.append([each["notificationId"] for each in page.json["items"]])
        if page.json["next"] is None:
            return found
        after = f"&cursor={quote(page.json['next'])}"


@pytest.mark.parametrize("path", [NOTIFICATIONS, PREFERENCES])
def test_an_anonymous_caller_or_an_id_token_is_refused(path: str) -> None:
    assert api.get(path).code == "Unauthorized"
    assert api.get(path, as_=with_id_token(an_account())).code == "AccessTokenRequired"


@pytest.mark.parametrize(
    ("caller", "status", "refusal"),
    [
        (lambda: None, 401, "Unauthorized"),
        (lambda: with_id_token(an_artist()), 401, "AccessTokenRequired"),
        (an_account, 403, "ProfileRequired"),
        (lambda: suspended(an_artist()), 403, "AccountSuspended"),
        (lambda: deleted(an_artist()), 403, "AccountSuspended"),
    ],
)
def test_only_an_active_account_can_change_notification_settings(
    caller: Callable[[], Account | None], status: int, refusal: str
) -> None:
    someone = caller()

    for answer in (read(someone, ids.new()), api.put(PREFERENCES, {}, as_=someone)):
        assert (answer.status, answer.code) == (status, refusal)


@pytest.mark.parametrize("path", [READ, PREFERENCES])
@pytest.mark.parametrize("broken", BROKEN_BODIES)
def test_a_broken_body_is_refused(path: str, broken: str) -> None:
    raw, content_type, status, code = BROKEN_BODIES[broken]

    answer = api.put(path, raw, as_=an_artist(), content_type=content_type)

    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_all_pages_together_are_the_whole_list_newest_first(limit: int) -> None:
    me = account()
    made = put_notifications(me, 7)
    put_notifications(account(), 3)

    walked = pages(me, limit)

    assert [each for page in walked for each in page] == made
    assert all(len(page) == limit for page in walked[:-1])


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "colour=red"])
def test_an_invalid_parameter_is_named(query: str) -> None:
    answer = api.get(f"{NOTIFICATIONS}?{query}", as_=account())

    assert (answer.status, answer.wrong) == (422, {query.partition("=")[0]})


@pytest.mark.parametrize("position", [["#preferences"], ["0"], ["a", "b"], [""], []])
def test_a_forged_position_is_refused(position: list[str]) -> None:
    me = account()
    forged = cursor.encode(position, "listNotifications", me.user_id)

    answer = api.get(f"{NOTIFICATIONS}?cursor={forged}", as_=me)

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_a_cursor_of_another_account_is_refused() -> None:
    me = account()
    put_notifications(me, 2)
    after = api.get(f"{NOTIFICATIONS}?limit=1", as_=me).json["next"]

    answer = api.get(f"{NOTIFICATIONS}?cursor={after}", as_=account())

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_a_new_account_has_an_empty_list() -> None:
    assert listed(an_account()) == {"items": [], "next": None, "unreadCount": 0}


def test_marking_as_read_covers_only_older_notifications() -> None:
    me = an_artist()
    newest, middle, oldest = put_notifications(me, 3)
    assert listed(me)["unreadCount"] == 3

    for up_to in (middle, middle, oldest):
        assert read(me, up_to).status == 204
        assert [each["isRead"] for each in listed(me)["items"]] == [False, True, True]
        assert listed(me)["unreadCount"] == 1

    assert read(me, newest).status == 204
    assert listed(me)["unreadCount"] == 0


def test_the_unread_count_stops_at_100() -> None:
    me = account()
    put_notifications(me, 102)

    assert api.get(f"{NOTIFICATIONS}?limit=1", as_=me).json["unreadCount"] == 100


def test_a_notification_of_someone_else_cannot_be_marked_as_read() -> None:
    me = an_artist()
    [theirs] = put_notifications(account(), 1)

    answer = read(me, theirs)

    assert (answer.status, answer.wrong) == (422, {"/upTo"})
    assert read(me, "#preferences").wrong == {"/upTo"}


def test_a_notification_shows_only_current_and_visible_names() -> None:
    it = Situation()
    told(*moved(it, "viewed"))
    [shown] = listed(it.artist)["items"]
    assert shown["casting"]["title"] == it.casting["title"]

    api.patch(
        f"/castings/{it.casting['castingId']}", {"title": "Renamed"}, as_=it.recruiter, if_match="*"
    )
    api.patch("/users/me", {"displayName": "Another"}, as_=it.recruiter, if_match="*")
    [renamed] = listed(it.artist)["items"]
    assert renamed["casting"]["title"] == "Renamed"
    assert renamed["user"]["displayName"] == "Another"

    taken_down(it.casting)
    suspended(it.recruiter)
    [hidden] = listed(it.artist)["items"]
    assert (hidden["casting"], hidden["user"]) == (None, None)


def test_a_new_account_has_the_default_preferences() -> None:
    answer = api.get(PREFERENCES, as_=an_account())

    assert (answer.status, answer.json, answer.etag) == (200, DEFAULT, '"0"')


def test_preferences_are_replaced_and_a_retry_changes_nothing() -> None:
    me = an_artist()

    first = api.put(PREFERENCES, {"progress": QUIET}, as_=me)
    retry = api.put(PREFERENCES, {"progress": QUIET}, as_=me, if_match='"0"')
    assert (first.status, first.json["progress"], first.etag) == (200, QUIET, '"1"')
    assert (retry.status, retry.json) == (200, first.json)
    assert api.get(PREFERENCES, as_=me).json == first.json
    assert stored("NOTIFICATIONS_TABLE", userId=me.user_id, notificationId="#preferences")

    second = api.put(PREFERENCES, {"connections": QUIET}, as_=me, if_match='"1"')
    assert (second.json["progress"], second.json["connections"]) == (DEFAULT["progress"], QUIET)
    unchanged = api.get(PREFERENCES, as_=me, if_none_match='"2"')
    assert (unchanged.status, unchanged.text) == (304, "")


def test_preferences_with_an_old_etag_get_412() -> None:
    me = an_artist()
    api.put(PREFERENCES, {"progress": QUIET}, as_=me)

    answer = api.put(PREFERENCES, {}, as_=me, if_match='"0"')

    assert (answer.status, answer.code) == (412, "Stale")


def test_each_invalid_preference_is_named() -> None:
    body = {"progress": {"inApp": "no"}, "gossip": QUIET}

    answer = api.put(PREFERENCES, body, as_=an_artist())

    assert answer.wrong == {"/progress/inApp", "/progress/email", "/gossip"}


@pytest.mark.race
def test_concurrent_preference_changes_get_consecutive_versions() -> None:
    me = an_artist()
    bodies: list[dict[str, Any]] = [{"progress": QUIET}, {"connections": QUIET}]

    answers = api.all_at_once(
        *(lambda body=body: api.put(PREFERENCES, body, as_=me) for body in bodies)
    )

    assert sorted(answer.json["version"] for answer in answers) == [1, 2]
    [last] = [answer.json for answer in answers if answer.json["version"] == 2]
    assert api.get(PREFERENCES, as_=me).json == last


def test_the_export_has_notifications_and_preferences() -> None:
    it = Situation()
    told(*moved(it, "viewed"))
    api.put(PREFERENCES, {}, as_=it.artist)
    api.put(PREFERENCES, {"progress": QUIET}, as_=it.artist)

    kept = api.get("/users/me/export", as_=it.artist).json["sections"]["notifications"]

    assert [each["kind"] for each in kept if "kind" in each] == ["viewed"]
    assert [each["progress"] for each in kept if "progress" in each] == [QUIET]
