"""POST /v1/media/uploads and GET /v1/media/{userId}/{mediaId}."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from artisthub.media import repository
from artisthub.shared import ids
from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    MAY_NOT_ACT,
    a_casting,
    a_recruiter,
    an_account,
    an_artist,
    suspended,
)
from tests.uploads import PNG, send

IMAGE = {"kind": "image", "contentType": "image/png"}

# A constant, because test ids contain it and must be the same in every process.
AN_ID = "019ac3d0-8f4e-7a31-b5c2-6d1f0e9a8b71"


def create(as_: Account | None, **fields: str) -> Response:
    return api.post("/media/uploads", IMAGE | fields, as_=as_)


def link_of(media_url: str) -> str:
    answer = api.get(media_url.removeprefix("/v1"))
    assert answer.status == 302
    return answer.headers["location"]


def minutes_until(instant: str) -> float:
    return (datetime.fromisoformat(instant) - datetime.now(UTC)) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("caller", "status", "refusal"),
    MAY_NOT_ACT,
)
def test_only_an_active_account_can_upload(
    caller: Callable[[], Account | None], status: int, refusal: str
) -> None:
    answer = create(caller())

    assert (answer.status, answer.code) == (status, refusal)


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, refusal = BROKEN_BODIES[problem]

    answer = api.post("/media/uploads", content, as_=an_artist(), content_type=content_type)

    assert (answer.status, answer.code) == (status, refusal)


@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_an_upload_form_is_for_one_file_of_the_caller(someone: Callable[[], Account]) -> None:
    me = someone()

    answer = create(me)

    assert answer.status == 201
    upload = answer.json
    path = f"{me.user_id}/{upload['mediaId']}"
    assert (answer.headers["location"], upload["mediaUrl"]) == (path, f"/v1/media/{path}")
    assert (upload["fields"]["key"], upload["maxBytes"]) == (f"uploads/{path}", 10 * 1024 * 1024)
    assert upload["fields"]["Content-Type"] == "image/png"
    assert 14 < minutes_until(upload["expiresAt"]) <= 15


def test_every_upload_has_its_own_id() -> None:
    artist = an_artist()

    assert create(artist).json["mediaId"] != create(artist).json["mediaId"]


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("audio", "audio/mpeg"), ("video", "video/mp4"), ("document", "application/pdf")],
)
def test_every_kind_is_stored_with_its_content_type(kind: str, content_type: str) -> None:
    upload = create(an_artist(), kind=kind, contentType=content_type).json

    assert send(upload, b"content").status_code == 204
    media = httpx.get(link_of(upload["mediaUrl"]), trust_env=False)
    assert (media.content, media.headers["content-type"]) == (b"content", content_type)


def test_a_link_is_valid_for_longer_than_it_is_cached() -> None:
    upload = create(an_artist()).json

    answer = api.get(upload["mediaUrl"].removeprefix("/v1"))

    [expires] = parse_qs(urlsplit(answer.headers["location"]).query)["X-Amz-Expires"]
    assert answer.headers["cache-control"] == "private, max-age=60"
    assert int(expires) == 900


def test_anyone_can_read_media() -> None:
    upload = create(an_artist()).json
    send(upload, PNG)

    for reader in (None, an_account(), suspended(an_artist())):
        answer = api.get(upload["mediaUrl"].removeprefix("/v1"), as_=reader)
        assert httpx.get(answer.headers["location"], trust_env=False).content == PNG


@pytest.mark.parametrize(
    "path",
    [
        "someone/something",
        f"{AN_ID}/something",
        f"someone/{AN_ID}",
        f"{AN_ID}/{AN_ID.upper()}",
        f"{AN_ID}/{AN_ID}%0A",
        f"{AN_ID}/..%2F{AN_ID}",
        f"{AN_ID}/{'x' * 3000}",
    ],
)
def test_an_invalid_media_id_gets_404(path: str) -> None:
    answer = api.get(f"/media/{path}")

    assert (answer.status, answer.code) == (404, "NotFound")


def test_a_link_to_a_missing_upload_is_refused_by_s3() -> None:
    link = link_of(f"/v1/media/{ids.new()}/{ids.new()}")

    # AWS returns 403, because the caller may not list the bucket.
    assert httpx.get(link, trust_env=False).status_code in {403, 404}


def test_an_expired_upload_form_is_refused() -> None:
    user_id, media_id = ids.new(), ids.new()
    before = datetime.now(UTC) - repository.LIFETIME
    fields = repository.form(user_id, media_id, "image/png", 1_000, before)

    refused = send({"url": repository.bucket_url(), "fields": fields}, PNG)

    assert (refused.status_code, "expired" in refused.text) == (403, True)


def test_an_expired_link_is_refused() -> None:
    upload = create(an_artist()).json
    send(upload, PNG)
    _, _, user_id, media_id = upload["mediaUrl"][1:].split("/")
    before = datetime.now(UTC) - repository.LIFETIME - timedelta(seconds=1)

    refused = httpx.get(repository.link(user_id, media_id, before, "GET"), trust_env=False)

    assert (refused.status_code, "expired" in refused.text) == (403, True)


def test_on_aws_the_bucket_is_part_of_the_host_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv("MEDIA_BUCKET", "media")
    host = "https://media.s3.ap-south-1.amazonaws.com"

    path = f"{ids.new()}/{ids.new()}"
    link = link_of(f"/v1/media/{path}")

    assert repository.bucket_url() == host
    assert link.startswith(f"{host}/uploads/{path}?")


def test_an_upload_can_be_used_where_urls_are_accepted() -> None:
    artist, casting = an_artist(), a_casting(status="open")
    media_url = create(artist).json["mediaUrl"]
    work = {"kind": "image", "title": "Portrait", "url": media_url}
    application = {
        "roleId": casting["roles"][0]["roleId"],
        "shareContact": False,
        "mediaUrls": [media_url],
    }

    shown = api.post("/users/me/portfolio", work, as_=artist)
    applied = api.post(f"/castings/{casting['castingId']}/applications", application, as_=artist)

    assert (shown.status, shown.json["url"]) == (201, media_url)
    assert (applied.status, applied.json["mediaUrls"]) == (201, [media_url])
