"""PUT /v1/users/me/picture, DELETE /v1/users/me/picture and the files of pictures."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import boto3
import httpx
import pytest

from artisthub.media import repository as media
from artisthub.shared import aws_json
from embedded.instance import ROOT
from tests.api import api, templates
from tests.api.admin.given import decide
from tests.api.api import Account, Response
from tests.api.applications.given import applied
from tests.api.builders import (
    BROKEN_BODIES,
    MAY_NOT_ACT,
    a_casting,
    a_recruiter,
    an_account,
    an_artist,
    deleted,
    quota_left,
    stored,
    suspended,
    the_admin,
    with_quota_left,
)
from tests.api.notifications.given import side_of, told
from tests.api.reports.given import of_upload, reported
from tests.images import REFUSED, an_image, opened
from tests.streams import record
from tests.uploads import send

Item = dict[str, Any]

NO_UPLOAD = "/v1/media/00000000-0000-7000-8000-000000000000/00000000-0000-7000-8000-000000000001"


def uploaded(account: Account, content: bytes | None = None) -> str:
    """The `mediaUrl` of an image that the account uploaded."""
    body = {"kind": "image", "contentType": "image/jpeg"}
    made = api.post("/media/uploads", body, as_=account)
    assert send(made.json, content or an_image()).status_code == 204
    return str(made.json["mediaUrl"])


def set_picture(account: Account | None, media_url: str, **headers: str) -> Response:
    return api.put("/users/me/picture", {"mediaUrl": media_url}, as_=account, **headers)


def pictured(account: Account) -> Item:
    """The picture that the account now has."""
    answer = set_picture(account, uploaded(account))
    assert answer.status == 200, answer.text
    picture: Item = answer.json["picture"]
    return picture


def read(url: str, as_: Account | None = None) -> Response:
    return api.get(url.removeprefix("/v1"), as_=as_)


def files(account: Account, url: str = "") -> list[str]:
    """The endings of the keys of the account's files, or of those of one upload or picture."""
    prefix = f"uploads/{account.user_id}/{url.rpartition('/')[2]}"
    found = boto3.client("s3").list_objects_v2(Bucket=os.environ["MEDIA_BUCKET"], Prefix=prefix)
    return [each["Key"].removeprefix(prefix) for each in found.get("Contents", [])]


def profile(account: Account) -> Item:
    item = stored("USERS_TABLE", userId=account.user_id)
    assert item
    return item


def follow(before: Item, after: Item) -> None:
    """Deliver a change of a profile to the janitor."""
    change = record(1, old=before, new=after, table=os.environ["USERS_TABLE"])
    assert api.consume("janitor", change) == []


@pytest.mark.parametrize(("caller", "status", "refusal"), MAY_NOT_ACT)
def test_only_an_active_account_can_set_or_remove_its_picture(
    caller: Callable[[], Account | None], status: int, refusal: str
) -> None:
    someone = caller()

    for answer in (
        set_picture(someone, NO_UPLOAD),
        api.call("DELETE", "/users/me/picture", as_=someone),
    ):
        assert (answer.status, answer.code) == (status, refusal)


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, refusal = BROKEN_BODIES[problem]

    answer = api.put("/users/me/picture", content, as_=an_artist(), content_type=content_type)

    assert (answer.status, answer.code) == (status, refusal)


@pytest.mark.parametrize("url", ["https://example.org/me.jpg", "/v1/media/a/b", "", None])
def test_only_an_upload_can_become_a_picture(url: Any) -> None:
    answer = set_picture(an_artist(), url)

    assert (answer.status, answer.wrong) == (422, {"/mediaUrl"})


def test_an_upload_of_someone_else_cannot_become_a_picture() -> None:
    artist = an_artist()

    answer = set_picture(artist, uploaded(an_artist()))

    assert (answer.status, answer.wrong) == (422, {"/mediaUrl"})
    assert "picture" not in profile(artist)


def test_a_picture_is_read_by_everyone_in_three_sizes() -> None:
    artist = an_artist()
    picture = pictured(artist)

    for reader in (None, an_account(), suspended(an_artist())):
        for size, side in (("small", 96), ("medium", 320)):
            answer = read(picture[size], as_=reader)
            assert opened(answer.content).size == (side, side)
            assert answer.headers["cache-control"] == "private, max-age=86400, immutable"
    large = httpx.get(read(picture["large"]).headers["location"], trust_env=False)
    assert (opened(large.content).size, large.headers["content-type"]) == ((600, 800), "image/jpeg")
    assert picture["large"] != uploaded(artist)


@pytest.mark.parametrize("name", REFUSED)
def test_an_unsuitable_file_changes_nothing(name: str) -> None:
    made, reason = REFUSED[name]
    artist = an_artist()
    url, before = uploaded(artist, made()), profile(artist)

    answer = set_picture(artist, url)

    assert (answer.status, answer.json["errors"]) == (
        422,
        [{"pointer": "/mediaUrl", "detail": reason}],
    )
    assert profile(artist) == before
    assert files(artist) == [url.rpartition("/")[2]]


def test_a_picture_of_an_upload_without_a_file_is_refused() -> None:
    artist = an_artist()
    body = {"kind": "image", "contentType": "image/jpeg"}
    url = api.post("/media/uploads", body, as_=artist).json["mediaUrl"]

    answer = set_picture(artist, url)

    assert answer.json["errors"][0]["detail"] == "has no file yet; upload it first"
    assert files(artist) == []


def test_a_video_is_refused_without_reading_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    artist = an_artist()
    got: list[bytes] = []
    body = {"kind": "video", "contentType": "video/mp4"}
    upload = api.post("/media/uploads", body, as_=artist).json
    assert send(upload, bytes(12 * 1024 * 1024)).status_code == 204
    get = aws_json.get

    def watched(*call: Any) -> bytes:
        got.append(get(*call))
        return got[-1]

    monkeypatch.setattr(aws_json, "get", watched)
    answer = set_picture(artist, upload["mediaUrl"])

    assert answer.json["errors"][0]["detail"] == "must be at most 10 MB"
    assert len(got[0]) == 10 * 1024 * 1024 + 1


def test_a_retry_changes_nothing_and_spends_nothing() -> None:
    artist = an_artist()
    url = uploaded(artist)
    first = set_picture(artist, url)
    left = quota_left(artist, "pictures")

    retry = set_picture(artist, url, if_match='"1"')

    assert (retry.status, retry.json) == (200, first.json)
    assert quota_left(artist, "pictures") == left == 29


def test_a_refused_image_spends_the_quota_because_it_costs_as_much() -> None:
    artist = an_artist()
    with_quota_left(artist, "pictures", 1)

    assert set_picture(artist, uploaded(artist, b"no image")).status == 422
    refused = set_picture(artist, uploaded(artist))

    assert (refused.status, refused.json["quota"]) == (429, "pictures")
    assert "picture" not in profile(artist)


def test_an_old_etag_is_refused_and_leaves_no_files() -> None:
    artist = an_artist()
    url = uploaded(artist)

    stale = set_picture(artist, url, if_match='"7"')
    removed = api.call("DELETE", "/users/me/picture", as_=artist, if_match='"7"')

    assert (stale.status, removed.status) == (412, 204)  # without a picture, nothing changes
    assert files(artist) == [url.rpartition("/")[2]]
    assert set_picture(artist, url, if_match='"1"').status == 200
    assert api.call("DELETE", "/users/me/picture", as_=artist, if_match='"1"').status == 412


@pytest.mark.race
def test_of_several_pictures_at_once_the_last_one_stays_whole() -> None:
    artist = an_artist()
    same, other = uploaded(artist), uploaded(artist, an_image("PNG"))

    answers = api.all_at_once(
        *(lambda url=url: set_picture(artist, url) for url in (same, same, other))
    )

    assert {answer.status for answer in answers} == {200}
    picture = profile(artist)["picture"]
    assert files(artist, picture["large"]) == ["", "/medium", "/small"]
    assert read(picture["small"]).status == 200


def test_files_that_were_written_before_a_profile_changed_are_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    artist = an_artist()
    url = uploaded(artist)
    store = media.store
    changed: list[Response] = []

    def meanwhile(*arguments: Any) -> None:
        store(*arguments)
        if not changed:
            changed.append(api.patch("/users/me", {"city": "Kochi"}, as_=artist, if_match="*"))

    monkeypatch.setattr(media, "store", meanwhile)
    answer = set_picture(artist, url)

    assert (answer.status, answer.json["city"], answer.json["version"]) == (200, "Kochi", 3)
    assert len(files(artist)) == 4  # the upload and the three files of one picture


def test_a_try_that_failed_halfway_is_finished_by_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    artist = an_artist()
    url = uploaded(artist)
    put = aws_json.put
    calls: list[Any] = []

    def failing(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError
        put(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(aws_json, "put", failing)
        assert set_picture(artist, url).status == 500
    assert "picture" not in profile(artist)

    assert set_picture(artist, url).status == 200
    assert len(files(artist)) == 4


def test_the_previous_picture_is_deleted_after_the_new_one_is_there() -> None:
    artist = an_artist()
    first, before = pictured(artist), profile(artist)
    second, after = pictured(artist), profile(artist)
    assert read(first["small"]).status == 200

    follow(before, after)

    assert set(first.values()).isdisjoint(second.values())
    assert (files(artist, first["large"]), read(first["small"]).status) == ([], 404)
    assert len(files(artist, second["large"])) == 3
    follow(after, {**after, "city": "Kochi"})
    assert len(files(artist, second["large"])) == 3


def test_a_removed_picture_and_its_files_are_gone() -> None:
    artist = an_artist()
    picture, before = pictured(artist), profile(artist)

    for _ in range(2):
        assert api.call("DELETE", "/users/me/picture", as_=artist).status == 204
    follow(before, profile(artist))

    assert api.get("/users/me", as_=artist).json["picture"] is None
    assert files(artist, picture["large"]) == []


def test_the_same_upload_can_become_the_picture_again() -> None:
    artist = an_artist()
    url = uploaded(artist)
    first = set_picture(artist, url).json["picture"]
    api.call("DELETE", "/users/me/picture", as_=artist)

    second = set_picture(artist, url).json["picture"]

    assert set(first.values()).isdisjoint(second.values())


def test_a_picture_is_hidden_while_its_account_is_closed() -> None:
    artist = an_artist()
    picture = pictured(artist)

    deleted(artist)

    assert [read(url).status for url in picture.values()] == [404, 404, 404]
    assert api.call("POST", "/users/me/restore", as_=artist).status == 200
    assert read(picture["small"]).status == 200


@pytest.mark.parametrize("who", ["an administrator", "its suspended owner"])
def test_deleting_the_large_file_removes_the_picture(who: str) -> None:
    artist = an_artist()
    picture = pictured(artist)
    by = the_admin() if who == "an administrator" else suspended(artist)

    for _ in range(2):
        assert api.call("DELETE", picture["large"].removeprefix("/v1"), as_=by).status == 204

    assert "picture" not in profile(artist)
    assert files(artist, picture["large"]) == []


def test_deleting_another_upload_leaves_the_picture() -> None:
    artist = an_artist()
    url = uploaded(artist)
    picture = set_picture(artist, url).json["picture"]

    assert api.call("DELETE", url.removeprefix("/v1"), as_=artist).status == 204

    assert profile(artist)["picture"] == picture
    assert read(picture["medium"]).status == 200


def test_a_reported_picture_is_deleted_by_a_decision() -> None:
    artist = an_artist()
    picture = pictured(artist)
    picture_id = picture["large"].rpartition("/")[2]
    reported(of_upload(artist, picture_id), an_artist())
    case_id = f"upload:{artist.user_id}.{picture_id}"

    assert decide(case_id, "deleted", the_admin()).status == 200
    decision = stored("REPORTS_TABLE", caseId=case_id, entryKey="decision#000001")
    assert api.consume("janitor", record(new=decision, table=os.environ["REPORTS_TABLE"])) == []

    assert "picture" not in profile(artist)
    assert files(artist, picture["large"]) == []


@pytest.mark.parametrize("address", ["small", "huge", "large", "small%2F..", "SMALL", "x" * 300])
def test_an_address_without_a_picture_gets_404(address: str) -> None:
    artist = an_artist()
    path = f"/media/{artist.user_id}/00000000-0000-7000-8000-000000000000/{address}"

    assert api.get(path).status == 404


@pytest.mark.parametrize(
    ("privacy", "seen_by"),
    [
        ("public", {"stranger", "connection", "recruiter"}),
        ("connections", {"connection", "recruiter"}),
        ("private", {"recruiter"}),
    ],
)
def test_a_picture_is_seen_by_those_who_see_the_profile(privacy: str, seen_by: set[str]) -> None:
    artist, friend, recruiter = an_artist(privacy=privacy), an_artist(), a_recruiter()
    picture = pictured(artist)
    assert api.post("/connections", {"userId": artist.user_id}, as_=friend).status == 201
    path = f"/connections/{friend.user_id}"
    assert api.put(path, {"answer": "accepted"}, as_=artist).status == 200
    casting = a_casting(recruiter, status="open")
    applied(casting, artist)

    shown = {
        "stranger": api.get(f"/users/{artist.user_id}", as_=an_artist()).json,
        "connection": api.get(f"/users/{artist.user_id}", as_=friend).json,
        "recruiter": api.get(f"/castings/{casting['castingId']}/applications", as_=recruiter).json[
            "items"
        ][0]["artist"],
    }

    assert {who for who, seen in shown.items() if seen.get("picture") == picture} == seen_by
    assert api.get("/users/me", as_=artist).json["picture"] == picture


@pytest.mark.parametrize(("privacy", "is_shown"), [("public", True), ("connections", False)])
def test_a_notification_shows_the_picture_of_a_public_profile(privacy: str, is_shown: bool) -> None:
    artist, other = an_artist(privacy=privacy), an_artist()
    picture = pictured(artist)
    assert api.post("/connections", {"userId": other.user_id}, as_=artist).status == 201
    assert told(None, side_of(other, artist), "ConnectionsTable") == []

    [shown] = api.get("/users/me/notifications", as_=other).json["items"]

    assert shown["user"]["picture"] == (picture if is_shown else None)


LARGEST = """
import io, resource, sys
from PIL import Image
from artisthub.pictures import rules

file = io.BytesIO()
Image.new("RGBA", (9_999, 5_000), (9, 9, 9, 99)).save(file, sys.argv[1], **eval(sys.argv[2]))
rules.sizes_of(file.getvalue())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize(
    ("kind", "saved"),
    [
        ("PNG", {"compress_level": 1}),
        pytest.param("WEBP", {"method": 0}, marks=pytest.mark.slow),  # it takes 10 s to save
    ],
)
def test_the_largest_images_fit_into_the_memory_of_the_function(
    kind: str, saved: dict[str, int]
) -> None:
    function = templates.functions()

    command = [sys.executable, "-c", LARGEST, kind, repr(saved)]
    peak = subprocess.run(
        command, env={"PYTHONPATH": "src"}, cwd=ROOT, capture_output=True, check=True
    )

    kilobytes = int(peak.stdout) // (1 if sys.platform == "linux" else 1024)
    assert kilobytes < 0.7 * 1024 * function["setPicture"]["memorySize"]
