"""The Python client refreshes tokens, tries again, sends keys and versions, and uploads."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from artisthub_client import NoAnswer, UploadFailed, __version__, change, errors, models
from artisthub_client.wire import encode
from tests.unit.clients.python.service import (
    URL,
    by_gateway,
    client,
    health,
    problem,
    refreshed,
    signed_in,
)

A_RESOURCE = models.Preferences(
    applications=(CHANNELS := models.Channels(email=True, in_app=True)),
    progress=CHANNELS,
    decisions=CHANNELS,
    connections=CHANNELS,
    moderation=CHANNELS,
    updated_at=datetime(2026, 11, 27, 10, tzinfo=UTC),
    version=3,
)
NOTHING = httpx.Response(204)
CREATED = httpx.Response(
    201, json={"documentId": "1", "title": "Script", "url": "https://a.example", "kind": "script"}
)
DOCUMENT: dict[str, Any] = {"title": "Script", "url": "https://a.example", "kind": "script"}


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def test_requests_go_to_the_path_below_the_address() -> None:
    hub, service = client(health())

    assert hub.health().stage == "dev"
    assert str(service.requests[0].url) == f"{URL}/v1/health"


def test_a_public_operation_sends_no_token() -> None:
    hub, service = client(health(), session=signed_in())

    hub.health()

    assert service.tokens == [None]


def test_a_token_is_refreshed_before_it_expires() -> None:
    hub, service = client(refreshed(), NOTHING, session=signed_in(seconds=30))

    hub.block_user("kiran")

    assert service.requests[0].url.path == "/stage/v1/auth/refresh"
    assert service.body(0) == {"username": "maya", "refreshToken": "refresh", "deviceKey": "device"}
    assert service.tokens == [None, "new"]


def test_a_refreshed_session_keeps_its_refresh_token_and_its_device() -> None:
    hub, _ = client(refreshed(), NOTHING, session=signed_in(seconds=30))
    before = hub.session

    hub.block_user("kiran")

    assert before
    assert hub.session
    assert hub.session.refresh_token == before.refresh_token
    assert hub.session.device == before.device
    assert hub.session.expires_at > time.time() + 3500


@pytest.mark.parametrize(
    "refusal",
    [by_gateway(401, "Unauthorized"), problem(401, "Unauthorized")],
    ids=["gateway", "service"],
)
def test_a_refused_token_is_refreshed_and_the_request_sent_again(refusal: httpx.Response) -> None:
    hub, service = client(refusal, refreshed(), NOTHING, session=signed_in())

    hub.block_user("kiran")

    assert service.tokens == ["old", None, "new"]


def test_a_token_that_is_refused_again_is_an_error() -> None:
    refusal = by_gateway(401, "Unauthorized")
    hub, service = client(refusal, refreshed(), refusal, session=signed_in())

    with pytest.raises(errors.Unauthorized):
        hub.block_user("kiran")
    assert service.tokens == ["old", None, "new"]


def test_a_401_for_another_reason_refreshes_nothing() -> None:
    hub, service = client(problem(401, "RecentSignInRequired"), session=signed_in())

    with pytest.raises(errors.RecentSignInRequired):
        hub.set_up_totp()
    assert len(service.requests) == 1


def test_a_session_that_has_ended_is_an_error() -> None:
    hub, _ = client(problem(401, "SessionEnded"), session=signed_in(seconds=0))

    with pytest.raises(errors.SessionEnded):
        hub.block_user("kiran")


def test_a_session_without_a_refresh_token_is_not_refreshed() -> None:
    session = signed_in(refresh_token=None)
    hub, service = client(by_gateway(401, "Unauthorized"), session=session)

    with pytest.raises(errors.Unauthorized):
        hub.block_user("kiran")
    assert service.tokens == ["old"]


def test_threads_that_need_a_fresh_token_refresh_it_once() -> None:
    hub, service = client(
        *[lambda request: refreshed() if "refresh" in request.url.path else NOTHING],
        session=signed_in(seconds=0),
    )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hub.block_user, ["kiran"] * 8))

    assert sorted(service.tokens, key=str) == [None, *["new"] * 8]


def test_a_busy_service_is_asked_again_after_the_time_that_it_says(waits: list[float]) -> None:
    hub, service = client(problem(503, "Busy", **{"retry-after": "7"}), health())

    hub.health()

    assert len(service.requests) == 2
    [wait] = waits
    assert 7 <= wait <= 7.5


def test_pauses_grow_and_differ(waits: list[float]) -> None:
    hub, service = client(problem(503, "Busy"))

    with pytest.raises(errors.Busy):
        hub.health()
    assert len(service.requests) == 4
    for wait, most in zip(waits, (1, 2, 4), strict=True):
        assert most / 2 <= wait <= most


def test_a_lost_connection_is_tried_again() -> None:
    hub, service = client(httpx.ConnectError("refused"), health())

    hub.health()

    assert len(service.requests) == 2


def test_a_request_without_an_answer_is_an_error() -> None:
    hub, service = client(httpx.ReadTimeout("late"))

    with pytest.raises(NoAnswer, match="GET /v1/health: late"):
        hub.health()
    assert len(service.requests) == 4


def test_a_request_that_may_have_worked_is_not_sent_again() -> None:
    hub, service = client(httpx.ReadTimeout("late"), session=signed_in())

    with pytest.raises(NoAnswer):
        hub.record_user_view("kiran")
    assert len(service.requests) == 1


def test_a_create_is_sent_again_with_the_same_key() -> None:
    lost, busy = httpx.ReadTimeout("late"), problem(503, "Busy")
    hub, service = client(lost, busy, CREATED, session=signed_in())

    hub.add_document("casting", **DOCUMENT)

    first, *others = [request.headers["idempotency-key"] for request in service.requests]
    assert others == [first, first]


def test_each_create_has_its_own_key_or_the_one_that_the_caller_chose() -> None:
    hub, service = client(CREATED, session=signed_in())

    hub.add_document("casting", **DOCUMENT)
    hub.add_document("casting", **DOCUMENT)
    hub.add_document("casting", **DOCUMENT, idempotency_key="mine")

    one, other, mine = [request.headers["idempotency-key"] for request in service.requests]
    assert one != other
    assert mine == "mine"


def test_a_request_that_the_gateway_throttled_is_sent_again() -> None:
    hub, service = client(by_gateway(429, "Too Many Requests"), NOTHING, session=signed_in())

    hub.record_user_view("kiran")

    assert len(service.requests) == 2


def test_a_quota_that_opens_tomorrow_is_an_error_at_once(waits: list[float]) -> None:
    used_up = problem(429, "QuotaExceeded", **{"retry-after": "40000"})
    hub, service = client(used_up, session=signed_in())

    with pytest.raises(errors.QuotaExceeded) as caught:
        hub.add_document("casting", **DOCUMENT)
    assert caught.value.retry_after == 40_000
    assert len(service.requests) == 1
    assert waits == []


@pytest.mark.parametrize("version", [3, '"3"', A_RESOURCE], ids=["number", "etag", "resource"])
def test_an_update_names_its_version(version: Any) -> None:
    hub, service = client(problem(412, "Stale"), session=signed_in())

    with pytest.raises(errors.Stale):
        hub.update_user(if_match=version, headline="Actor", city=None)
    assert service.requests[0].headers["if-match"] == '"3"'
    assert service.body() == {"headline": "Actor", "city": None}


@pytest.mark.parametrize("tag", ['"3"', '"3-1c291ca3"'])
def test_an_unchanged_answer_is_the_object_that_was_read(tag: str) -> None:
    found = httpx.Response(200, json=encode(A_RESOURCE), headers={"etag": tag})
    hub, service = client(found, httpx.Response(304), session=signed_in())

    read = hub.get_notification_preferences()

    assert hub.get_notification_preferences(if_none_match=read) is read
    assert service.requests[0].headers.get("if-none-match") is None
    assert service.requests[1].headers["if-none-match"] == tag


def test_an_update_names_the_etag_of_what_was_read_or_its_version() -> None:
    found = httpx.Response(200, json=encode(A_RESOURCE), headers={"etag": '"3-1c291ca3"'})
    hub, service = client(found, session=signed_in())

    read = hub.get_notification_preferences()
    hub.set_notification_preferences(if_match=read)
    hub.set_notification_preferences(if_match=A_RESOURCE)

    sent = [request.headers["if-match"] for request in service.requests[1:]]
    assert sent == ['"3-1c291ca3"', '"3"']
    assert read == A_RESOURCE


def test_a_change_that_came_too_late_is_made_again_on_what_is_there_now() -> None:
    first, second = (
        httpx.Response(200, json=encode(replace(A_RESOURCE, version=version))) for version in (3, 4)
    )
    hub, service = client(first, problem(412, "Stale"), second, second, session=signed_in())

    change(
        hub.get_notification_preferences,
        lambda read: hub.set_notification_preferences(if_match=read),
    )

    assert [request.method for request in service.requests] == ["GET", "PUT", "GET", "PUT"]
    assert service.requests[3].headers["if-match"] == '"4"'


def test_a_change_that_always_comes_too_late_is_refused() -> None:
    tries: list[int] = []

    with pytest.raises(errors.Stale):
        change(lambda: tries.append(1), lambda _: refuse())

    assert len(tries) == 3


def refuse() -> None:
    raise errors.Stale(problem(412, "Stale"))


def test_requests_name_the_client_and_its_version() -> None:
    hub, service = client(health())

    hub.health()

    names = service.requests[0].headers["user-agent"].split()
    assert names == [f"artisthub-python/{__version__}", f"python-httpx/{httpx.__version__}"]


def test_a_file_goes_to_s3_with_its_form_and_without_a_token() -> None:
    form = {"key": "a/b", "policy": "p"}
    made = {"url": "https://bucket.example/", "fields": form, "maxBytes": 10, "mediaId": "b"}
    made |= {"mediaUrl": "/v1/media/a/b", "expiresAt": "2026-11-27T10:00:00.000Z"}
    hub, service = client(httpx.Response(201, json=made), NOTHING, session=signed_in())

    assert hub.upload(b"content", "image/png").media_url == "/v1/media/a/b"
    assert service.body(0) == {"kind": "image", "contentType": "image/png", "fileBytes": 7}
    assert str(service.requests[1].url) == "https://bucket.example/"
    assert service.tokens == ["old", None]
    parts = service.requests[1].content
    assert parts.index(b'name="key"') < parts.index(b'name="file"') < parts.index(b"content")


def test_a_file_that_s3_refuses_is_an_error() -> None:
    made = {"url": "https://bucket.example/", "fields": {}, "maxBytes": 10, "mediaId": "b"}
    made |= {"mediaUrl": "/v1/media/a/b", "expiresAt": "2026-11-27T10:00:00.000Z"}
    refusal = httpx.Response(403, text="<Error><Code>AccessDenied</Code></Error>")
    hub, _ = client(httpx.Response(201, json=made), refusal, session=signed_in())

    with pytest.raises(UploadFailed, match="AccessDenied"):
        hub.upload(b"content", "image/png")


def test_a_file_that_gets_no_answer_is_an_error() -> None:
    made = {"url": "https://bucket.example/", "fields": {}, "maxBytes": 10, "mediaId": "b"}
    made |= {"mediaUrl": "/v1/media/a/b", "expiresAt": "2026-11-27T10:00:00.000Z"}
    hub, _ = client(httpx.Response(201, json=made), httpx.WriteTimeout("late"), session=signed_in())

    with pytest.raises(NoAnswer, match=r"POST https://bucket\.example/: late"):
        hub.upload(b"content", "image/png")


def test_the_service_says_which_files_it_takes() -> None:
    hub, service = client(problem(422, "Invalid"), session=signed_in())

    with pytest.raises(errors.Invalid):
        hub.upload(b"content", "text/plain")
    assert service.body() == {"kind": "document", "contentType": "text/plain", "fileBytes": 7}


def test_a_redirect_is_the_address_that_it_leads_to() -> None:
    hub, _ = client(httpx.Response(302, headers={"location": "https://bucket.example/a"}))

    assert hub.get_media("a", "b") == "https://bucket.example/a"
