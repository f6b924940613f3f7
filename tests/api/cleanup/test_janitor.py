"""The janitor deletes the data of removed accounts and castings."""

import os
import time
from typing import Any

import boto3
import pytest

from artisthub.cleanup import consumers
from artisthub.media import repository as media
from artisthub.shared import clock
from artisthub.shared.settings import settings
from artisthub.users import repository as users
from tests.api import api, templates
from tests.api.admin.given import actions, decide
from tests.api.api import Account
from tests.api.applications.given import a_new_application, applied
from tests.api.builders import (
    a_casting,
    a_name,
    a_new_user,
    a_recruiter,
    an_admin,
    an_artist,
    deleted,
    stored,
    suspended,
    table,
    the_admin,
)
from tests.api.notifications.given import prefer, side_of, told
from tests.api.pool import cognito
from tests.api.reports.given import of_casting, of_upload, of_user, own, reported
from tests.streams import record
from tests.uploads import PNG, send

Item = dict[str, Any]


def take(setting: str, **key: str) -> Item:
    """Remove an item and return it, because TTL of the embedded AWS reaches no stream."""
    item = stored(setting, **key)
    assert item
    table(setting).delete_item(Key=key)
    return item


def removal(setting: str, item: Item, number: int = 1) -> Item:
    return record(number, old=item, table=os.environ[setting])


def user_removed(account: Account, number: int = 1) -> Item:
    """The stream record of an account that TTL removed 30 days after its deletion."""
    item = take("USERS_TABLE", userId=account.user_id)
    return removal("USERS_TABLE", item | {"status": "deleted"}, number)


def casting_removed(casting: Item, number: int = 1) -> Item:
    item = take("CASTING_TABLE", castingId=casting["castingId"])
    return removal("CASTING_TABLE", item, number)


def connect(account: Account, other: Account, message: str = "Hello") -> None:
    body = {"userId": other.user_id, "message": message}
    assert api.post("/connections", body, as_=account).status == 201


def save(account: Account, casting: Item) -> None:
    path = f"/users/me/saved-castings/{casting['castingId']}"
    assert api.call("PUT", path, as_=account).status == 200


def upload(account: Account, content: bytes = PNG) -> str:
    body = {"kind": "image", "contentType": "image/png"}
    made = api.post("/media/uploads", body, as_=account).json
    assert send(made, content).status_code == 204
    return f"uploads/{account.user_id}/{made['mediaId']}"


def uploads(account: Account) -> list[str]:
    found = boto3.client("s3").list_objects_v2(
        Bucket=os.environ["MEDIA_BUCKET"], Prefix=f"uploads/{account.user_id}/"
    )
    return [each["Key"] for each in found.get("Contents", [])]


def can_sign_in(account: Account) -> bool:
    found = cognito().list_users(
        UserPoolId=os.environ["USER_POOL_ID"], Filter=f'email = "{account.email}"'
    )
    return bool(found["Users"])


def places_of(text: str) -> set[str]:
    """The tables that contain this text in any item."""
    return {
        name
        for name in templates.tables()
        for page in boto3.client("dynamodb").get_paginator("scan").paginate(TableName=name)
        for item in page["Items"]
        if text in repr(item)
    }


def an_artist_with_everything(text: str) -> Account:
    """An artist with this text in every place where an artist leaves data."""
    artist = an_artist(username=text, displayName=text, bio=text)
    item = {"kind": "image", "title": text, "url": f"https://example.org/{text}"}
    assert api.post("/users/me/portfolio", item, as_=artist).status == 201
    casting = a_casting(status="open")
    applied(casting, artist, note=text)
    save(artist, casting)
    connect(artist, a_recruiter(), text)
    other = an_artist()
    connect(other, artist, text)
    assert told(None, side_of(artist, other), "ConnectionsTable") == []
    prefer(artist, connections={"inApp": False, "email": False})
    upload(artist)
    reported(of_casting(casting, text=text), artist)
    return artist


def test_no_data_of_a_removed_artist_remains() -> None:
    text = a_name()
    artist = an_artist_with_everything(text)
    assert places_of(text) == {
        "UsersTable",
        "UsernamesTable",
        "ApplicationsTable",
        "ConnectionsTable",
        "ReportsTable",
    }

    assert api.consume("janitor", user_removed(artist)) == []

    assert places_of(text) == places_of(artist.user_id) == set()
    assert uploads(artist) == []
    assert not can_sign_in(artist)


def test_removing_a_recruiter_also_deletes_castings_and_applications() -> None:
    text = a_name()
    recruiter, artist = a_recruiter(companyName=text), an_artist()
    castings = [
        a_casting(recruiter, status, title=text, description=text) for status in ("draft", "open")
    ]
    applied(castings[1], artist)
    items = [stored("CASTING_TABLE", castingId=each["castingId"]) for each in castings]

    assert api.consume("janitor", user_removed(recruiter)) == []
    assert places_of(text) == {"ApplicationsTable"}
    # The stream of castings reports their removal.
    removals = [removal("CASTING_TABLE", item, n) for n, item in enumerate(items, 1) if item]
    assert api.consume("janitor", *removals) == []

    assert places_of(text) == places_of(recruiter.user_id) == set()
    assert api.get("/users/me/applications", as_=artist).json["items"] == []


def test_reports_about_a_removed_account_are_kept() -> None:
    leaving, reporter = an_artist(), an_artist()
    reported(of_user(leaving.user_id), reporter)

    assert api.consume("janitor", user_removed(leaving)) == []

    assert places_of(leaving.user_id) == {"ReportsTable"}
    assert [each["userId"] for each in own(reporter)] == [leaving.user_id]


def test_a_decision_deletes_the_reported_upload_only() -> None:
    artist, reporter = an_artist(), an_artist()
    one, other = upload(artist), upload(artist)
    media_id = one.rpartition("/")[2]
    reported(of_upload(artist, media_id), reporter)
    case_id = f"upload:{artist.user_id}.{media_id}"
    assert decide(case_id, "deleted", the_admin()).status == 200
    decision = stored("REPORTS_TABLE", caseId=case_id, entryKey="decision#000001")

    for _ in range(2):
        change = record(new=decision, table=os.environ["REPORTS_TABLE"])
        assert api.consume("janitor", change) == []

    assert uploads(artist) == [other]
    assert own(reporter)[0]["outcome"] == "deleted"
    assert actions(case_id) == ["upheld"]


def test_a_decision_with_another_outcome_deletes_no_upload() -> None:
    artist = an_artist()
    media_id = upload(artist).rpartition("/")[2]
    reported(of_upload(artist, media_id), an_artist())
    case_id = f"upload:{artist.user_id}.{media_id}"
    assert decide(case_id, "dismissed", the_admin()).status == 200
    decision = stored("REPORTS_TABLE", caseId=case_id, entryKey="decision#000001")

    change = record(new=decision, table=os.environ["REPORTS_TABLE"])
    assert api.consume("janitor", change) == []

    assert len(uploads(artist)) == 1


def test_the_data_of_other_accounts_is_kept() -> None:
    casting = a_casting(status="open")
    leaving, staying = an_artist(), an_artist()
    for artist in (leaving, staying):
        applied(casting, artist)
        save(artist, casting)
        upload(artist)
    connect(staying, a_recruiter())

    api.consume("janitor", user_removed(leaving))

    assert can_sign_in(staying)
    assert len(uploads(staying)) == 1
    lists = (
        "/users/me/applications",
        "/users/me/saved-castings",
        "/connections?status=pending&direction=outgoing",
    )
    for path in lists:
        assert len(api.get(path, as_=staying).json["items"]) == 1, path


def test_removing_a_casting_deletes_only_its_own_applications() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    gone, staying = (a_casting(recruiter, "open") for _ in range(2))
    for casting in (gone, staying):
        applied(casting, artist, note="Me")
        save(artist, casting)

    assert api.consume("janitor", casting_removed(gone)) == []

    [left] = api.get("/users/me/applications", as_=artist).json["items"]
    assert left["castingId"] == staying["castingId"]
    # A saved entry has only the id, so the list omits entries whose casting is gone.
    [seen] = api.get("/users/me/saved-castings", as_=artist).json["items"]
    assert seen["casting"]["castingId"] == staying["castingId"]


def test_losing_an_active_account_item_deletes_nothing_else() -> None:
    text = a_name()
    artist = an_artist_with_everything(text)
    lost = take("USERS_TABLE", userId=artist.user_id)

    assert api.consume("janitor", removal("USERS_TABLE", lost)) == []

    assert can_sign_in(artist)
    kept = {"UsernamesTable", "ApplicationsTable", "ConnectionsTable", "ReportsTable"}
    assert places_of(text) == kept


def test_a_removal_can_be_delivered_again() -> None:
    artist = an_artist_with_everything(a_name())
    gone = user_removed(artist)

    assert [api.consume("janitor", gone) for _ in range(2)] == [[], []]


@pytest.mark.parametrize(
    "setting",
    [
        "USERNAMES_TABLE",
        "APPLICATIONS_TABLE",
        "CONNECTIONS_TABLE",
        "SAVED_CASTINGS_TABLE",
        "NOTIFICATIONS_TABLE",
    ],
)
def test_an_interrupted_removal_is_finished_by_the_next_try(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = a_name()
    artist = an_artist_with_everything(text)
    gone = user_removed(artist)

    with monkeypatch.context() as broken:
        broken.setenv(setting, "no-such-table")
        assert api.consume("janitor", gone) == ["1"]
    assert api.consume("janitor", gone) == []

    assert places_of(text) == places_of(artist.user_id) == set()
    assert uploads(artist) == []


def test_a_long_removal_is_continued_over_several_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    text = a_name()
    artist = an_artist_with_everything(text)
    gone = user_removed(artist)
    monkeypatch.setattr(consumers, "SECONDS", 0)

    # One step each: an application, a page of two connections, a saved casting, notifications, a
    # report, a file, and the end.
    failed = [bool(api.consume("janitor", gone)) for _ in range(7)]

    assert failed == [True] * 6 + [False]
    assert places_of(text) == set()


def test_a_connection_with_only_one_side_left_is_removed() -> None:
    artist, other = an_artist(), an_artist()
    connect(artist, other)
    gone = user_removed(artist)
    take("CONNECTIONS_TABLE", userId=other.user_id, otherUserId=artist.user_id)

    api.consume("janitor", gone)

    assert places_of(artist.user_id) == set()


def test_a_poison_record_is_reported_and_its_neighbours_are_applied() -> None:
    first, second = an_artist(), an_artist()
    records = [
        user_removed(first, 1),
        removal("USERS_TABLE", {"createdAt": "2026-01-01T00:00:00.000Z"}, 2),
        user_removed(second, 3),
    ]

    # Lambda starts again at the reported record, and finally gives up this record alone.
    assert api.consume("janitor", *records) == ["2"]
    assert not can_sign_in(first)
    assert api.consume("janitor", *records[1:]) == ["2"]
    assert api.consume("janitor", records[1]) == ["2"]
    assert api.consume("janitor", records[2]) == []
    assert not can_sign_in(second)


def test_a_username_that_someone_else_has_taken_is_kept() -> None:
    username = a_name()
    artist = an_artist(username=username)
    gone = user_removed(artist)
    take("USERNAMES_TABLE", username=username)
    other = an_artist(username=username)

    api.consume("janitor", gone)

    found = api.get(f"/usernames/{username}", as_=other)
    assert found.json["userId"] == other.user_id


@pytest.mark.weakness(45)
def test_the_mark_of_an_erased_account_outlives_its_access_tokens() -> None:
    admin = an_admin()
    assert api.post("/users", a_new_user(), as_=admin).status == 201
    deleted(admin)

    assert api.consume("janitor", user_removed(admin)) == []

    assert api.get("/admin/cases", as_=admin).code == "AccountSuspended"
    mark = stored("CLOSED_ACCOUNTS_TABLE", accountId=admin.user_id) or {}
    assert 3600 < int(mark["expiresAt"]) - time.time() <= 2 * 3600


def test_a_restored_casting_keeps_its_newer_applications() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    first = a_casting(recruiter, "open")
    applied(first, artist, note="Old")
    item = stored("CASTING_TABLE", castingId=first["castingId"])
    gone = casting_removed(first)
    assert item
    again = item | {"createdAt": clock.now()}
    table("CASTING_TABLE").put_item(Item=again)
    since = applied(again, an_artist(), note="New")

    assert api.consume("janitor", gone) == []

    path = f"/castings/{again['castingId']}/applications"
    [left] = api.get(path, as_=recruiter).json["items"]
    assert left["applicationId"] == since["applicationId"]
    answer = api.post(path, a_new_application(again), as_=artist)
    assert answer.status == 201


def test_a_changed_or_new_account_loses_nothing() -> None:
    text = a_name()
    artist = an_artist_with_everything(text)
    item = stored("USERS_TABLE", userId=artist.user_id)
    assert item
    places = places_of(text)

    for old, new in ((item, item | {"version": 9}), (None, item)):
        changed = record(old=old, new=new, table=settings.USERS_TABLE)
        assert api.consume("janitor", changed) == []

    assert places_of(text) == places
    assert can_sign_in(artist)
    assert len(uploads(artist)) == 1


def forms(account: Account) -> Any:
    """An upload form, to be sent later."""
    body = {"kind": "image", "contentType": "image/png"}
    return api.post("/media/uploads", body, as_=account).json


def lifted(account: Account) -> Account:
    path = f"/admin/users/{account.user_id}/suspension"
    assert api.call("DELETE", path, as_=the_admin()).status == 204
    return account


def restored(account: Account) -> Account:
    assert api.call("POST", "/users/me/restore", as_=account).status == 200
    return account


@pytest.mark.weakness(68)
@pytest.mark.parametrize(("close", "reopen"), [(suspended, lifted), (deleted, restored)])
def test_a_file_that_arrives_at_a_closed_account_is_never_served(close: Any, reopen: Any) -> None:
    artist = an_artist()
    before, form = upload(artist), forms(artist)
    time.sleep(1)  # S3 tells whole seconds
    close(artist)
    closed_item = stored("USERS_TABLE", userId=artist.user_id)
    assert send(form, PNG).status_code == 204
    late = form["mediaUrl"].removeprefix("/v1")
    assert api.get(late).status == 404
    time.sleep(1)
    reopen(artist)
    after = upload(artist)

    item = stored("USERS_TABLE", userId=artist.user_id)
    change = record(old=closed_item, new=item, table=os.environ["USERS_TABLE"])
    assert api.consume("janitor", change) == []

    assert sorted(uploads(artist)) == sorted([before, after])


@pytest.mark.weakness(68)
def test_an_account_that_is_gone_at_cognito_is_erased_after_its_last_upload_form() -> None:
    artist = an_artist()

    users.close(artist.user_id)

    item = stored("USERS_TABLE", userId=artist.user_id)
    assert item
    assert int(item["expiresAt"]) - time.time() > media.LIFETIME.total_seconds() - 5
    refused = api.call("POST", "/users/me/restore", as_=artist)
    assert (refused.status, refused.code) == (403, "AccountSuspended")
    assert api.get(f"/users/{artist.user_id}", as_=an_artist()).status == 404
