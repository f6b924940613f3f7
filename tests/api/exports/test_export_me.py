"""GET /v1/users/me/export."""

import os
from typing import Any

import boto3
import pytest

from artisthub.exports import handlers
from artisthub.shared import cursor
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import applied
from tests.api.builders import (
    a_casting,
    a_name,
    a_recruiter,
    an_account,
    an_artist,
    deleted,
    sign_out,
    stored,
    suspended,
    the_admin,
    verified,
    with_id_token,
)
from tests.uploads import PNG, send


def export(as_: Account | None, cursor: str | None = None) -> Response:
    return api.get(f"/users/me/export{f'?cursor={cursor}' if cursor else ''}", as_=as_)


def whole(account: Account) -> tuple[dict[str, list[Any]], int]:
    """All sections put together, and the number of pages."""
    sections: dict[str, list[Any]] = {}
    cursor, pages = None, 0
    while pages == 0 or cursor:
        page = export(account, cursor)
        assert page.status == 200, page.text
        for name, items in page.json["sections"].items():
            sections.setdefault(name, []).extend(items)
        cursor, pages = page.json["next"], pages + 1
    return sections, pages


def test_an_anonymous_caller_is_refused() -> None:
    answer = export(None)

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_an_id_token_is_refused() -> None:
    assert export(with_id_token(an_artist())).code == "AccessTokenRequired"


def test_a_token_is_refused_after_sign_out() -> None:
    artist = an_artist()
    sign_out(artist)

    answer = export(artist)

    assert (answer.status, answer.code) == (401, "Unauthorized")


@pytest.mark.weakness(47)
@pytest.mark.parametrize("section", handlers.SECTIONS)
def test_no_page_accepts_a_token_after_sign_out(section: str) -> None:
    artist, length = an_artist(), handlers.SECTIONS[section].position_length
    forged = cursor.encode(["x"] * length, "exportMe", section)
    sign_out(artist)

    assert export(artist, forged).code == "Unauthorized"


@pytest.mark.parametrize("cursor", ["x", "W10", "a" * 500])
def test_an_invalid_cursor_is_refused(cursor: str) -> None:
    answer = export(an_artist(), cursor)

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_an_empty_cursor_starts_the_export() -> None:
    artist = an_artist()

    answer = api.get("/users/me/export?cursor=", as_=artist)

    assert answer.json["sections"]["profile"] == whole(artist)[0]["profile"]


def test_an_unknown_parameter_is_named() -> None:
    answer = api.get("/users/me/export?limit=5", as_=an_artist())

    assert (answer.status, answer.wrong) == (422, {"limit"})


def test_the_export_has_all_stored_data_including_the_birth_date() -> None:
    username = a_name()
    artist = an_artist(username=username, bornOn="1990-01-02", phone="+911234567890")
    work = {"kind": "link", "title": "Reel", "url": "https://reel.example"}
    api.post("/users/me/portfolio", work, as_=artist)

    answer = export(artist)

    assert (answer.status, answer.json["next"]) == (200, None)
    sections = answer.json["sections"]
    assert sections.keys() == handlers.SECTIONS.keys()
    assert sections["account"][0]["email"] == artist.email
    [profile] = sections["profile"]
    assert (profile["bornOn"], profile["phone"]) == ("1990-01-02", "+911234567890")
    assert profile["portfolio"][0]["title"] == "Reel"
    assert profile == stored("USERS_TABLE", userId=artist.user_id)
    assert sections["username"] == [stored("USERNAMES_TABLE", username=username)]
    assert sections["castings"] == []


def test_a_recruiter_gets_all_their_castings_including_drafts() -> None:
    recruiter = a_recruiter()
    mine = [a_casting(recruiter, status) for status in ("draft", "open", "cancelled")]
    a_casting(status="open")

    [*castings] = export(recruiter).json["sections"]["castings"]

    assert [each["castingId"] for each in castings] == [each["castingId"] for each in mine]
    assert castings[0] == stored("CASTING_TABLE", castingId=mine[0]["castingId"])


def test_an_artist_gets_their_applications_without_recruiter_notes() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    casting = a_casting(recruiter, "open")
    mine = applied(casting, artist, note="Me")
    applied(casting, an_artist(), note="Someone")
    path = f"/castings/{casting['castingId']}/applications/{mine['applicationId']}"
    change = {"status": "viewed", "recruiterNote": "Promising"}
    assert api.put(f"{path}/status", change, as_=recruiter).status == 200

    answer = export(artist)

    [application] = answer.json["sections"]["applications"]
    assert (application["applicationId"], application["note"]) == (mine["applicationId"], "Me")
    assert "Promising" not in answer.text


def test_the_export_has_the_callers_side_of_each_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    artist, others = an_artist(), [an_artist() for _ in range(3)]
    for other in others:
        asked = api.post("/connections", {"userId": other.user_id}, as_=artist)
        assert asked.status == 201, asked.text
    monkeypatch.setattr(handlers, "PAGE_ITEMS", 2)

    sections, _ = whole(artist)

    assert {each["otherUserId"] for each in sections["connections"]} == {
        other.user_id for other in others
    }


def test_the_export_has_every_saved_casting(monkeypatch: pytest.MonkeyPatch) -> None:
    artist, castings = an_artist(), [a_casting(status="open")["castingId"] for _ in range(3)]
    for casting_id in castings:
        saved = api.call("PUT", f"/users/me/saved-castings/{casting_id}", as_=artist)
        assert saved.status == 200, saved.text
    monkeypatch.setattr(handlers, "PAGE_ITEMS", 2)

    sections, _ = whole(artist)

    assert {each["castingId"] for each in sections["savedCastings"]} == set(castings)


def test_the_export_lists_every_upload_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    artist, image = an_artist(), {"kind": "image", "contentType": "image/png"}
    mine, other = (
        [api.post("/media/uploads", image, as_=someone).json for _ in range(3)]
        for someone in (artist, an_artist())
    )
    for upload in (*mine[:2], *other):
        assert send(upload, PNG).status_code == 204
    monkeypatch.setattr(handlers, "PAGE_ITEMS", 1)

    sections, _ = whole(artist)

    kept = [(each["mediaId"], each["bytes"]) for each in sections["media"]]
    assert kept == [(upload["mediaId"], len(PNG)) for upload in mine[:2]]


def test_the_export_lists_more_uploads_than_one_s3_answer_has() -> None:
    artist = an_artist()
    keys = [f"uploads/{artist.user_id}/{number:03}" for number in range(230)]
    for key in keys:
        boto3.client("s3").put_object(Bucket=os.environ["MEDIA_BUCKET"], Key=key, Body=b"x")

    sections, _ = whole(artist)

    assert [each["mediaId"] for each in sections["media"]] == [key[-3:] for key in keys]


def test_all_pages_together_have_every_application(monkeypatch: pytest.MonkeyPatch) -> None:
    artist, casting = an_artist(), a_casting(status="open", roles=[{"title": "A"}, {"title": "B"}])
    roles = [role["roleId"] for role in casting["roles"]]
    for role_id in roles:
        applied(casting, artist, roleId=role_id)
    monkeypatch.setattr(handlers, "PAGE_ITEMS", 1)

    sections, _ = whole(artist)

    assert sorted(each["roleId"] for each in sections["applications"]) == sorted(roles)


@pytest.mark.parametrize("page_items", [1, 2, 3, 7])
def test_all_pages_together_are_the_whole_export(
    page_items: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    recruiter = a_recruiter()
    for _ in range(4):
        a_casting(recruiter)
    expected, _ = whole(recruiter)
    monkeypatch.setattr(handlers, "PAGE_ITEMS", page_items)

    sections, pages = whole(recruiter)

    assert sections == expected
    assert len(sections["castings"]) == 4
    assert pages == 7 // page_items + 1


def test_a_page_stays_below_the_answer_size_of_lambda() -> None:
    recruiter = a_recruiter()
    roles = [{"title": "Part", "description": '"' * 1_500} for _ in range(20)]
    for _ in range(14):
        a_casting(recruiter, roles=roles, description="\U0001f3ad" * 5_000)

    first = export(recruiter)

    assert first.json["next"]
    assert len(first.text.encode()) < 2_000_000
    sections, _ = whole(recruiter)
    assert len(sections["castings"]) == 14


def test_the_export_has_audit_entries_without_the_administrator() -> None:
    recruiter, other = suspended(verified(a_recruiter())), suspended(a_recruiter())

    answer = export(recruiter)

    noted = answer.json["sections"]["audit"]
    assert [(each["action"], each.get("reason")) for each in noted] == [
        ("verified", None),
        ("suspended", "Spam."),
    ]
    assert the_admin().user_id not in answer.text
    assert other.user_id not in answer.text


def test_all_pages_together_have_every_audit_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recruiter = suspended(verified(a_recruiter()))
    monkeypatch.setattr(handlers, "PAGE_ITEMS", 1)

    sections, _ = whole(recruiter)

    assert [each["action"] for each in sections["audit"]] == ["verified", "suspended"]


@pytest.mark.parametrize("change", [suspended, deleted])
def test_a_suspended_or_deleted_account_can_still_export_its_data(change: Any) -> None:
    artist = change(an_artist())

    [profile] = export(artist).json["sections"]["profile"]

    assert profile["userId"] == artist.user_id


def test_an_account_without_a_profile_gets_its_account_data() -> None:
    account = an_account()

    sections = export(account).json["sections"]

    assert sections["account"][0]["email"] == account.email
    assert (sections["profile"], sections["username"]) == ([], [])
