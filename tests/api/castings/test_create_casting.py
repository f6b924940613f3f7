"""POST /v1/castings."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_new_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    suspended,
    with_id_token,
)


def castings_of(recruiter: Account) -> list[str]:
    page = api.get(f"/recruiters/{recruiter.user_id}/castings?limit=100", as_=recruiter)
    assert page.json["next"] is None
    return [each["castingId"] for each in page.json["items"]]


def test_an_anonymous_caller_is_refused() -> None:
    answer = api.post("/castings", a_new_casting())

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_an_id_token_is_refused() -> None:
    recruiter = a_recruiter()

    answer = api.post("/castings", a_new_casting(), as_=with_id_token(recruiter))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert castings_of(recruiter) == []


@pytest.mark.parametrize(
    ("account", "code"),
    [
        (an_account, "ProfileRequired"),
        (an_admin, "ProfileRequired"),
        (an_artist, "RoleRequired"),
        (lambda: suspended(a_recruiter()), "AccountSuspended"),
    ],
    ids=["without a profile", "an administrator", "an artist", "suspended"],
)
def test_only_an_active_recruiter_can_create_a_casting(
    account: Callable[[], Account], code: str
) -> None:
    caller = account()

    answer = api.post("/castings", a_new_casting(), as_=caller)

    assert (answer.status, answer.code) == (403, code)
    assert castings_of(caller) == []


def test_a_new_casting_is_a_draft_of_its_recruiter() -> None:
    recruiter = a_recruiter()

    answer = api.post("/castings", a_new_casting(title="Singers"), as_=recruiter)

    assert answer.status == 201
    assert answer.headers["location"] == f"castings/{answer.json['castingId']}"
    assert answer.etag == '"1"'
    assert answer.json["recruiterId"] == recruiter.user_id
    assert (answer.json["title"], answer.json["status"]) == ("Singers", "draft")
    assert answer.json["publishedAt"] is None
    assert castings_of(recruiter) == [answer.json["castingId"]]


def test_all_fields_of_a_casting_are_stored() -> None:
    recruiter = a_recruiter()
    body = a_new_casting(
        mode="hybrid",
        tags=["film", "தமிழ்"],
        deadlineAt="2030-07-01T05:30:00+05:30",
        startsOn="2030-08-01",
        endsOn="2030-08-31",
        roles=[
            {
                "title": "Lead",
                "description": "Two\nlines",
                "count": 2,
                "requirements": {"genders": ["female"], "minAge": 0, "maxAge": 34},
                "pay": {
                    "kind": "paid",
                    "money": {"amount": 0, "currency": "INR"},
                    "unit": "project",
                },
            },
            {"title": "Extra", "pay": {"kind": "expenses"}},
        ],
    )

    created = api.post("/castings", body, as_=recruiter).json
    read = api.get(f"/castings/{created['castingId']}", as_=recruiter).json

    assert read == created
    assert read["deadlineAt"] == "2030-07-01T00:00:00.000Z"
    for field in ("mode", "tags", "startsOn", "endsOn"):
        assert read[field] == body[field]
    lead, extra = read["roles"]
    assert lead.items() >= {**body["roles"][0], "requirements": lead["requirements"]}.items()
    assert lead["requirements"].items() >= body["roles"][0]["requirements"].items()
    assert extra["count"] == 1
    assert lead["roleId"] != extra["roleId"]
    assert (read["roleCount"], read["isPaid"]) == (2, True)


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    recruiter = a_recruiter()

    answer = api.post("/castings", content, as_=recruiter, content_type=content_type)

    assert (answer.status, answer.code) == (status, code)
    assert castings_of(recruiter) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "a" * 121),
        ("title", "a\u202eb"),
        ("description", None),
        ("category", "juggling"),
        ("roles", []),
        ("roles", {}),
        ("tags", ["a"] * 11),
        ("deadlineAt", "2020-01-01T00:00:00Z"),
        ("deadlineAt", "2030-01-01"),
        ("startsOn", "tomorrow"),
        ("recruiterId", "someone"),
        ("status", "open"),
        ("castingId", "mine"),
        ("publishedAt", "2026-01-01T00:00:00Z"),
    ],
)
def test_an_invalid_field_is_named_and_nothing_is_written(field: str, value: object) -> None:
    recruiter = a_recruiter()

    answer = api.post("/castings", a_new_casting() | {field: value}, as_=recruiter)

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {f"/{field}"}
    assert castings_of(recruiter) == []


@pytest.mark.parametrize("deadline_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_deadline_outside_the_supported_years_gets_422(deadline_at: str) -> None:
    answer = api.post("/castings", a_new_casting(deadlineAt=deadline_at), as_=a_recruiter())

    assert answer.status == 422


def test_all_invalid_fields_are_named_at_once() -> None:
    body = {"title": "", "colour": "red", "roles": [{"title": "A"}, {"count": 0}]}

    answer = api.post("/castings", body, as_=a_recruiter())

    assert answer.wrong == {
        *("/title", "/colour", "/description", "/category"),
        *("/roles/1/title", "/roles/1/count"),
    }


def test_a_retry_gets_the_casting_of_the_first_request() -> None:
    recruiter, body = a_recruiter(), a_new_casting()

    first = api.post("/castings", body, as_=recruiter, idempotency_key="key-1")
    retry = api.post("/castings", body, as_=recruiter, idempotency_key="key-1")

    assert (first.status, retry.status) == (201, 201)
    assert retry.json == first.json
    assert castings_of(recruiter) == [first.json["castingId"]]


def test_a_retry_after_a_change_gets_the_current_casting() -> None:
    recruiter, body = a_recruiter(), a_new_casting()
    first = api.post("/castings", body, as_=recruiter, idempotency_key="key-1").json
    path = f"/castings/{first['castingId']}"
    changed = api.patch(path, {"title": "Singers"}, as_=recruiter, if_match='"1"')

    retry = api.post("/castings", body, as_=recruiter, idempotency_key="key-1")

    assert (retry.status, retry.json) == (201, changed.json)


def test_a_retry_with_another_body_is_refused() -> None:
    recruiter = a_recruiter()
    first = api.post("/castings", a_new_casting(), as_=recruiter, idempotency_key="key-1").json

    other = a_new_casting(title="Another")
    answer = api.post("/castings", other, as_=recruiter, idempotency_key="key-1")

    assert (answer.status, answer.code) == (422, "IdempotencyKeyReused")
    assert castings_of(recruiter) == [first["castingId"]]


def test_another_key_or_another_recruiter_makes_another_casting() -> None:
    recruiter, body = a_recruiter(), a_new_casting()

    made = {
        api.post("/castings", body, as_=who, idempotency_key=key).json["castingId"]
        for who, key in [(recruiter, "key-1"), (recruiter, "key-2"), (a_recruiter(), "key-1")]
    }

    assert len(made) == 3


def test_every_request_without_a_key_makes_a_casting() -> None:
    recruiter, body = a_recruiter(), a_new_casting()

    made = {api.post("/castings", body, as_=recruiter).json["castingId"] for _ in range(3)}

    assert set(castings_of(recruiter)) == made
    assert len(made) == 3


@pytest.mark.parametrize("key", ["", " ", "a b", "k" * 201, "schlüssel", "a\nb"])
def test_an_invalid_idempotency_key_is_refused(key: str) -> None:
    recruiter = a_recruiter()

    answer = api.post("/castings", a_new_casting(), as_=recruiter, idempotency_key=key)

    assert (answer.status, answer.code) == (400, "BadIdempotencyKey")
    assert castings_of(recruiter) == []


def test_concurrent_retries_make_one_casting() -> None:
    recruiter, body, start = a_recruiter(), a_new_casting(), Barrier(4)

    def create(_: int) -> Response:
        start.wait()
        return api.post("/castings", body, as_=recruiter, idempotency_key="key-1")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(create, range(4)))

    assert [answer.status for answer in answers] == [201] * 4
    assert len({answer.text for answer in answers}) == 1
    assert castings_of(recruiter) == [answers[0].json["castingId"]]


def test_a_stored_casting_has_no_empty_values() -> None:
    created = api.post("/castings", a_new_casting(), as_=a_recruiter()).json

    item = stored("CASTING_TABLE", castingId=created["castingId"])

    assert item
    assert None not in item.values()
    assert not {"publishedAt", "deadlineAt", "createdBy"} & item.keys()
