"""POST /v1/users/{userId}/views."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from artisthub.views import repository as views
from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    MAY_NOT_ACT,
    a_recruiter,
    an_artist,
    stored,
    suspended,
    table,
    viewed,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def look(target_id: str, as_: Account | None) -> Response:
    return api.call("POST", f"/users/{target_id}/views", as_=as_)


def test_an_anonymous_caller_is_refused() -> None:
    artist = an_artist()

    answer = look(artist.user_id, as_=None)

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert viewed(artist.user_id) == []


@pytest.mark.parametrize(
    ("viewer", "status", "code"),
    MAY_NOT_ACT,
)
def test_only_an_active_account_records_a_view(viewer: Any, status: int, code: str) -> None:
    artist = an_artist()

    answer = look(artist.user_id, as_=viewer())

    assert (answer.status, answer.code) == (status, code)
    assert viewed(artist.user_id) == []


def test_viewing_an_unknown_user_gets_404() -> None:
    answer = look("someone", as_=an_artist())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert viewed("someone") == []


def test_viewing_a_suspended_user_gets_404() -> None:
    artist = suspended(an_artist())

    answer = look(artist.user_id, as_=an_artist())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert viewed(artist.user_id) == []


def test_a_view_is_stored_without_changing_the_profile() -> None:
    artist, recruiter = an_artist(), a_recruiter()
    before = stored("USERS_TABLE", userId=artist.user_id)

    answer = look(artist.user_id, as_=recruiter)

    assert (answer.status, answer.text) == (204, "")
    [view] = viewed(artist.user_id)
    assert (view["kind"], view["version"]) == ("user", 1)
    expires_in = int(view["expiresAt"]) - datetime.now(UTC).timestamp()
    assert timedelta(days=1).total_seconds() < expires_in <= timedelta(days=2).total_seconds()
    assert stored("USERS_TABLE", userId=artist.user_id) == before


def test_a_stored_view_does_not_name_the_viewer() -> None:
    artist, recruiter = an_artist(), a_recruiter()

    look(artist.user_id, as_=recruiter)

    assert recruiter.user_id not in str(viewed(artist.user_id))


def test_a_view_by_the_profile_owner_does_not_count() -> None:
    artist = an_artist()

    assert look(artist.user_id, as_=artist).status == 204
    assert viewed(artist.user_id) == []


def test_concurrent_views_by_one_viewer_count_once() -> None:
    artist, recruiter = an_artist(), a_recruiter()

    with ThreadPoolExecutor(6) as pool:
        looks = [pool.submit(look, artist.user_id, recruiter) for _ in range(6)]

    assert [each.result().status for each in looks] == [204] * 6
    assert len(viewed(artist.user_id)) == 1


def test_views_are_counted_by_viewer_day_target_and_kind() -> None:
    target = an_artist().user_id

    views.record("user", target, "one", NOON)
    views.record("user", target, "one", NOON + timedelta(hours=11, minutes=59))
    views.record("user", target, "other", NOON)
    views.record("user", target, "one", NOON + timedelta(hours=12))
    views.record("casting", target, "one", NOON)

    assert sorted(each["viewedOn"] for each in viewed(target)) == ["2026-11-22"] * 3 + [
        "2026-11-23"
    ]


def test_a_view_costs_one_write_unit() -> None:
    artist = an_artist()
    look(artist.user_id, as_=a_recruiter())
    [view] = viewed(artist.user_id)

    consumed = boto3.resource("dynamodb").meta.client.put_item(
        TableName=table("COUNTERS_TABLE").name, Item=view, ReturnConsumedCapacity="TOTAL"
    )["ConsumedCapacity"]

    assert consumed["CapacityUnits"] == 1
