"""Quotas of an account: what it may do in a day (UTC)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from artisthub.shared import quotas
from artisthub.shared.quotas import QUOTAS
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import a_new_application
from tests.api.builders import (
    a_casting,
    a_name,
    a_new_casting,
    a_recruiter,
    an_account,
    an_artist,
    quota_left,
    stored,
    suspended,
    table,
    taken_down,
    the_admin,
    with_quota_left,
)

SHOWN_ELSEWHERE = {
    "applications",
    "applicationSteps",
    "mails",
    "pictures",
    "reports",
    "restores",
    "uploadBytes",
}


def apply(artist: Account, **headers: str) -> Response:
    casting = a_casting(status="open")
    path = f"/castings/{casting['castingId']}/applications"
    return api.post(path, a_new_application(casting), as_=artist, **headers)


@pytest.mark.weakness(14)
def test_a_call_over_the_quota_is_refused_until_midnight() -> None:
    artist = an_artist()
    with_quota_left(artist, "applications", 1)

    first, second = apply(artist), apply(artist)

    assert first.status == 201
    assert (second.status, second.code) == (429, "QuotaExceeded")
    assert second.json["quota"] == "applications"
    opens = datetime.now(UTC) + timedelta(seconds=int(second.headers["retry-after"]))
    assert opens.date() == datetime.now(UTC).date() + timedelta(days=1)
    assert opens.hour == opens.minute == 0


def test_the_first_call_of_an_account_starts_its_quota() -> None:
    artist = an_artist()

    assert apply(artist).status == 201

    assert quota_left(artist, "applications") == QUOTAS["applications"] - 1


def test_a_new_day_opens_the_quota_again() -> None:
    artist = an_artist()
    with_quota_left(artist, "applications", 0, days_ago=1)

    assert apply(artist).status == 201

    assert quota_left(artist, "applications") == QUOTAS["applications"] - 1


def test_a_new_day_starts_with_the_raised_quota() -> None:
    artist = an_artist()
    with_quota_left(artist, "applications", 0, days_ago=1, most=80)

    apply(artist)

    assert quota_left(artist, "applications") == 79


def test_a_quota_of_zero_allows_nothing() -> None:
    artist = an_artist()
    with_quota_left(artist, "applications", 0, days_ago=1, most=0)

    assert apply(artist).code == "QuotaExceeded"


def test_the_quota_of_one_account_does_not_touch_another() -> None:
    with_quota_left(an_artist(), "applications", 0)

    assert apply(an_artist()).status == 201


def test_refused_calls_and_retries_spend_nothing() -> None:
    artist, casting = an_artist(), a_casting(status="open")
    path = f"/castings/{casting['castingId']}/applications"
    body = a_new_application(casting)
    with_quota_left(artist, "applications", 1)

    wrong = api.post(path, {**body, "roleId": "r9-9"}, as_=artist)
    first, retry = (api.post(path, body, as_=artist, idempotency_key="one") for _ in range(2))

    assert [wrong.status, first.status, retry.status] == [422, 201, 201]
    assert quota_left(artist, "applications") == 0


@pytest.mark.race
def test_calls_at_once_never_exceed_the_quota() -> None:
    artist = an_artist()
    castings = [a_casting(status="open") for _ in range(6)]
    with_quota_left(artist, "applications", 3)

    def one(casting: dict[str, str]) -> Response:
        path = f"/castings/{casting['castingId']}/applications"
        return api.post(path, a_new_application(casting), as_=artist)

    answers = api.all_at_once(*(lambda each=each: one(each) for each in castings))

    assert sorted(answer.status for answer in answers) == [201] * 3 + [429] * 3
    assert quota_left(artist, "applications") == 0


# A call for each quota. `n` is its number, for bodies that must differ.
def the_calls_of(account: Account) -> dict[str, Callable[[int], Response]]:
    casting = a_casting(status="open")
    other = a_casting(account)
    item = {"kind": "image", "title": "Me", "url": "https://example.org/1"}
    document = {"kind": "script", "title": "Script", "url": "https://example.org/1"}
    me, at = "/users/me", f"/castings/{other['castingId']}"
    return {
        "blocks": lambda n: api.call("PUT", f"/users/{an_artist().user_id}/block", as_=account),
        "castings": lambda n: api.post("/castings", a_new_casting(), as_=account),
        "castingChanges": lambda n: api.patch(
            at, {"title": f"Title {n}"}, as_=account, if_match="*"
        ),
        "connectionRequests": lambda n: api.post(
            "/connections", {"userId": an_artist().user_id}, as_=account
        ),
        "documents": lambda n: api.post(f"{at}/documents", document, as_=account),
        "exportPages": lambda n: api.get(f"{me}/export", as_=account),
        "portfolioChanges": lambda n: api.post(f"{me}/portfolio", item, as_=account),
        "preferenceChanges": lambda n: api.put(
            f"{me}/notification-preferences",
            {"progress": {"inApp": True, "email": n == 1}},
            as_=account,
        ),
        "profileChanges": lambda n: api.patch(
            me, {"headline": f"Headline {n}"}, as_=account, if_match="*"
        ),
        "savedCastings": lambda n: api.call(
            "PUT", f"{me}/saved-castings/{casting['castingId']}", as_=account
        ),
        "uploads": lambda n: api.post("/media/uploads", AN_IMAGE, as_=account),
        "usernames": lambda n: api.put(f"{me}/username", {"username": a_name()}, as_=account),
        "views": lambda n: api.call("POST", f"/castings/{casting['castingId']}/views", as_=account),
    }


AN_IMAGE = {"kind": "image", "contentType": "image/png"}


@pytest.mark.weakness(14)
@pytest.mark.parametrize("quota", sorted(QUOTAS.keys() - SHOWN_ELSEWHERE))
def test_each_quota_ends(quota: str) -> None:
    account = a_recruiter()
    call = the_calls_of(account)[quota]
    with_quota_left(account, quota, 1)

    first, second = call(1), call(2)

    assert first.status < 300, first.text
    assert (second.status, second.code, second.json["quota"]) == (429, "QuotaExceeded", quota)


@pytest.mark.weakness(19)
def test_privacy_cannot_be_switched_without_end() -> None:
    artist = an_artist()
    with_quota_left(artist, "profileChanges", 2)

    answers = [
        api.patch("/users/me", {"privacy": privacy}, as_=artist, if_match="*")
        for privacy in ("private", "public", "private")
    ]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert api.get("/users/me", as_=artist).json["privacy"] == "public"


def test_a_change_that_changes_nothing_spends_nothing() -> None:
    account = an_artist()
    preferences = {"progress": {"inApp": True, "email": True}}
    path = "/users/me/notification-preferences"
    with_quota_left(account, "preferenceChanges", 1)

    answers = [api.put(path, preferences, as_=account) for _ in range(3)]

    assert [answer.status for answer in answers] == [200] * 3


def test_a_deleted_account_is_restored_only_a_few_times_a_day() -> None:
    account = an_artist()
    with_quota_left(account, "restores", 1)

    for status in (200, 429):
        assert api.call("DELETE", "/users/me", as_=account).status == 204
        assert api.post("/users/me/restore", {}, as_=account).status == status


@pytest.mark.weakness(14)
def test_uploads_spend_the_bytes_that_their_forms_allow() -> None:
    account = an_artist()
    megabyte = 1024 * 1024

    small = api.post("/media/uploads", AN_IMAGE | {"fileBytes": megabyte}, as_=account)
    large = api.post("/media/uploads", AN_IMAGE, as_=account)
    video = {"kind": "video", "contentType": "video/mp4"}
    too_much = api.post("/media/uploads", video, as_=account)

    assert (small.json["maxBytes"], large.json["maxBytes"]) == (megabyte, 10 * megabyte)
    assert (too_much.status, too_much.json["quota"]) == (429, "uploadBytes")
    assert quota_left(account, "uploadBytes") == (500 - 11) * megabyte


def open_count(recruiter: Account) -> int | None:
    item = stored("QUOTAS_TABLE", quotaId=f"account#{recruiter.user_id}#openCastings")
    return int(item["taken"]) if item else None


def with_open_castings(recruiter: Account, taken: int) -> None:
    """Count this many castings as open."""
    key = {"quotaId": f"account#{recruiter.user_id}#openCastings"}
    table("QUOTAS_TABLE").put_item(Item=key | {"taken": taken})


def move(casting: dict[str, Any], recruiter: Account, status: str) -> Response:
    return api.put(f"/castings/{casting['castingId']}/status", {"status": status}, as_=recruiter)


@pytest.mark.weakness(4)
def test_no_more_than_ninety_castings_are_open_at_once() -> None:
    recruiter = a_recruiter()
    first, second, third = (a_casting(recruiter) for _ in range(3))
    with_open_castings(recruiter, 88)

    opened = [move(each, recruiter, "open") for each in (first, second, third)]

    assert [answer.status for answer in opened] == [200, 200, 429]
    assert (opened[2].code, opened[2].json["quota"]) == ("QuotaExceeded", "openCastings")
    assert int(opened[2].headers["retry-after"]) > 0
    assert api.get(f"/castings/{third['castingId']}", as_=recruiter).json["status"] == "draft"
    assert open_count(recruiter) == 90

    assert move(first, recruiter, "closed").status == 200
    assert move(third, recruiter, "open").status == 200
    assert move(first, recruiter, "open").code == "QuotaExceeded"


@pytest.mark.parametrize(
    ("steps", "is_open"),
    [
        (["open"], 1),
        (["open", "closed"], 0),
        (["open", "closed", "open"], 1),
        (["open", "closed", "filled"], 0),
        (["open", "cancelled"], 0),
        (["cancelled"], 0),
        (["open", "open"], 1),
    ],
)
def test_every_step_keeps_the_count_of_open_castings(steps: list[str], is_open: int) -> None:
    recruiter = a_recruiter()
    a_casting(recruiter, "open")
    casting = a_casting(recruiter)

    for step in steps:
        assert move(casting, recruiter, step).status == 200

    assert open_count(recruiter) == 1 + is_open


def test_a_takedown_and_its_end_keep_the_count_of_open_castings() -> None:
    recruiter = a_recruiter()
    casting, closed = a_casting(recruiter, "open"), a_casting(recruiter, "closed")

    for each in (casting, closed):
        taken_down(each)
    assert open_count(recruiter) == 0

    with_open_castings(recruiter, 90)
    for each in (casting, closed):
        path = f"/admin/castings/{each['castingId']}/takedown"
        assert api.call("DELETE", path, as_=the_admin()).status == 200
    assert open_count(recruiter) == 91


def test_changes_of_an_open_casting_do_not_count() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "open")

    path = f"/castings/{casting['castingId']}"
    assert api.patch(path, {"title": "New"}, as_=recruiter, if_match="*").status == 200
    suspended(recruiter)

    assert open_count(recruiter) == 1


@pytest.mark.parametrize("step", ["closed", "open"])
def test_castings_that_were_open_before_the_count_existed_are_counted(step: str) -> None:
    recruiter = a_recruiter()
    one, another = a_casting(recruiter, "open"), a_casting(recruiter)
    table("QUOTAS_TABLE").delete_item(Key={"quotaId": f"account#{recruiter.user_id}#openCastings"})

    assert move(one if step == "closed" else another, recruiter, step).status == 200

    assert open_count(recruiter) == (0 if step == "closed" else 2)


@pytest.mark.race
def test_castings_opened_at_once_never_exceed_the_quota() -> None:
    recruiter = a_recruiter()
    castings = [a_casting(recruiter) for _ in range(4)]
    with_open_castings(recruiter, 88)

    answers = api.all_at_once(
        *(lambda each=each: move(each, recruiter, "open") for each in castings)
    )

    opened = [answer.status for answer in answers].count(200)
    assert {answer.status for answer in answers} <= {200, 429, 503}
    assert open_count(recruiter) == 88 + opened <= 90


def set_quota(
    account: Account, quota: str, most: int | None, *, by: Account | None = None
) -> Response:
    path = f"/admin/users/{account.user_id}/quotas/{quota}"
    return api.put(path, {"most": most, "reason": "Film."}, as_=by or the_admin())


def test_an_administrator_raises_a_quota_at_once_and_the_audit_says_so() -> None:
    artist = an_artist()
    with_quota_left(artist, "applications", 0)

    assert set_quota(artist, "applications", 80).status == 204

    assert apply(artist).status == 201
    assert quota_left(artist, "applications") == 79
    audit = api.get(f"/admin/audit?subject=user:{artist.user_id}", as_=the_admin())
    [entry] = audit.json["items"]
    assert (entry["action"], entry["quota"], entry["most"]) == ("quotaChanged", "applications", 80)
    assert (entry["reason"], entry["by"]) == ("Film.", the_admin().user_id)


def test_a_raised_quota_becomes_the_usual_one_again() -> None:
    artist = an_artist()
    assert set_quota(artist, "applications", 80).status == 204

    assert set_quota(artist, "applications", None).status == 204

    apply(artist)
    assert quota_left(artist, "applications") == QUOTAS["applications"] - 1


def test_more_castings_are_open_after_the_quota_is_raised() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    with_open_castings(recruiter, 90)

    assert set_quota(recruiter, "openCastings", 91).status == 204

    assert move(casting, recruiter, "open").status == 200
    assert move(a_casting(recruiter), recruiter, "open").code == "QuotaExceeded"


def test_only_administrators_change_a_quota() -> None:
    artist = an_artist()

    assert set_quota(artist, "applications", 80, by=artist).code == "AdminsOnly"
    assert set_quota(artist, "nothing", 80).code == "NotFound"
    assert set_quota(an_account(), "applications", 80).code == "NotFound"
    assert set_quota(artist, "applications", -1).wrong == {"/most"}


def test_an_event_that_is_delivered_again_counts_once_among_those_that_say_the_same() -> None:
    what, until = a_name(), int(datetime.now(UTC).timestamp()) + 60

    told = [quotas.said(what, event, until) for event in ("one", "one", "two", "two", "three")]

    befores = [None, None, "one", "two", "two"]
    assert told == list(map(quotas.Said, befores, [1, 1, 2, 2, 3]))


def test_the_count_starts_again_after_the_cool_down() -> None:
    what, now = a_name(), int(datetime.now(UTC).timestamp())
    quotas.said(what, "one", now - 1)

    assert quotas.said(what, "two", now + 60) == quotas.Said(None, 1)


@pytest.mark.weakness(29)
def test_a_quota_of_zero_is_not_the_usual_one() -> None:
    artist, recruiter = an_artist(), a_recruiter()
    draft = a_casting(recruiter)

    for account, quota in ((artist, "applications"), (recruiter, "openCastings")):
        assert set_quota(account, quota, 0).status == 204

    assert apply(artist).json["quota"] == "applications"
    opening = {"status": "open"}
    refused = api.put(f"/castings/{draft['castingId']}/status", opening, as_=recruiter)
    assert refused.json["quota"] == "openCastings"
    subject = f"user:{artist.user_id}"
    [entry] = api.get(f"/admin/audit?subject={subject}", as_=the_admin()).json["items"]
    assert entry["most"] == 0
