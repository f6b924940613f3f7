"""Quotas of an account: what it may do in a day (UTC)."""

from datetime import UTC, datetime, timedelta

import pytest

from artisthub.shared.quotas import QUOTAS
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import a_new_application
from tests.api.builders import a_casting, an_artist, quota_left, with_quota_left


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

    assert quota_left(artist, "applications") == QUOTAS["applications"].most - 1


def test_a_new_day_opens_the_quota_again() -> None:
    artist = an_artist()
    with_quota_left(artist, "applications", 0, days_ago=1)

    assert apply(artist).status == 201

    assert quota_left(artist, "applications") == QUOTAS["applications"].most - 1


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
