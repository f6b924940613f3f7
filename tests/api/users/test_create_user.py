"""POST /v1/users."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_name,
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    expire,
    sign_out,
    stored,
    suspended,
    table,
    with_id_token,
)


def take_away(account: Account, username: str) -> None:
    """Delete the items of an account whose thirty days have passed, as TTL does."""
    table("USERS_TABLE").delete_item(Key={"userId": account.user_id})
    table("USERNAMES_TABLE").delete_item(Key={"username": username})


def nothing_is_written(account: Account, username: str) -> bool:
    return not stored("USERS_TABLE", userId=account.user_id) and not stored(
        "USERNAMES_TABLE", username=username
    )


def test_an_anonymous_caller_is_refused() -> None:
    body = a_new_user()

    answer = api.post("/users", body)

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert not stored("USERNAMES_TABLE", username=body["username"])


def test_an_id_token_is_refused() -> None:
    account, body = an_account(), a_new_user()

    answer = api.post("/users", body, as_=with_id_token(account))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert nothing_is_written(account, body["username"])


def test_a_token_is_refused_after_sign_out() -> None:
    account, body = an_account(), a_new_user()
    sign_out(account)

    answer = api.post("/users", body, as_=account)

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert nothing_is_written(account, body["username"])


def test_a_profile_is_created() -> None:
    account = an_account()
    body = a_new_user(role="artist", city="Kochi", bornOn="2004-02-29", skills=["chhau"])

    answer = api.post("/users", body, as_=account)

    assert answer.status == 201
    assert answer.headers["location"] == f"users/{account.user_id}"
    assert answer.etag == '"1"'
    assert answer.json["userId"] == account.user_id
    assert answer.json["email"] == account.email
    assert answer.json["status"] == "active"
    assert answer.json["skills"] == ["chhau"]
    assert "bornOn" not in answer.json


def test_a_stored_profile_has_the_birth_date_and_no_empty_values() -> None:
    account, body = an_account(), a_new_user(bornOn="2004-02-29", skills=[])

    api.post("/users", body, as_=account)

    item = stored("USERS_TABLE", userId=account.user_id)
    assert item
    assert item["bornOn"] == "2004-02-29"
    assert item["skills"] == []
    assert None not in item.values()
    name = stored("USERNAMES_TABLE", username=body["username"])
    assert name
    assert name["userId"] == account.user_id


def test_a_username_is_stored_in_lower_case() -> None:
    username = a_name()

    answer = api.post("/users", a_new_user(username=username.upper()), as_=an_account())

    assert answer.json["username"] == username


def test_an_account_can_have_only_one_profile() -> None:
    artist, second = an_artist(city="Kochi"), a_new_user(city="Pune")

    answer = api.post("/users", second, as_=artist)

    assert (answer.status, answer.code) == (409, "ProfileExists")
    assert api.get("/users/me", as_=artist).json["city"] == "Kochi"
    assert not stored("USERNAMES_TABLE", username=second["username"])


@pytest.mark.weakness(45)
def test_a_suspended_account_cannot_create_a_new_profile() -> None:
    account = suspended(an_artist())

    answer = api.post("/users", a_new_user(), as_=account)

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert api.get("/users/me", as_=account).json["status"] == "suspended"


@pytest.mark.weakness(45)
@pytest.mark.parametrize("end", [expire, take_away])
def test_a_suspension_survives_the_end_of_its_profile(end: Callable[[Account, str], None]) -> None:
    admin, username = an_admin(), a_name()
    assert api.post("/users", a_new_user(username=username), as_=admin).status == 201
    deleted(suspended(admin))
    end(admin, username)

    for name in (username, a_name()):
        answer = api.post("/users", a_new_user(username=name), as_=admin)
        assert (answer.status, answer.code) == (403, "AccountSuspended")
    listed = api.get("/admin/cases", as_=admin)
    assert (listed.status, listed.code) == (403, "AccountSuspended")


@pytest.mark.weakness(45)
def test_an_account_that_was_deleted_for_good_gets_no_new_profile() -> None:
    artist, other, username = an_account(), an_artist(), a_name()
    assert api.post("/users", a_new_user(username=username), as_=artist).status == 201
    assert api.call("PUT", f"/users/{artist.user_id}/block", as_=other).status == 204
    expire(deleted(artist), username)

    answer = api.post("/users", a_new_user(), as_=artist)

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert api.get("/users/me/blocks", as_=other).json["items"]


@pytest.mark.weakness(45)
def test_another_account_of_a_suspended_mailbox_gets_no_profile() -> None:
    email = f"{a_name()}@example.com"
    first, second = (an_account(each) for each in (email, email.replace("@", "+two@")))
    assert api.post("/users", a_new_user(), as_=first).status == 201
    suspended(first)

    answer = api.post("/users", a_new_user(), as_=second)

    assert (answer.status, answer.code) == (403, "AccountSuspended")


@pytest.mark.parametrize("change", [str.lower, str.upper, str.title])
def test_a_taken_username_is_refused_in_any_case(change: Callable[[str], str]) -> None:
    username, account = a_name(), an_account()
    first = an_artist(username=username)

    answer = api.post("/users", a_new_user(username=change(username)), as_=account)

    assert (answer.status, answer.code) == (409, "UsernameTaken")
    assert stored("USERS_TABLE", userId=account.user_id) is None
    name = stored("USERNAMES_TABLE", username=username)
    assert name
    assert name["userId"] == first.user_id


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    account = an_account()

    answer = api.post("/users", content, as_=account, content_type=content_type)

    assert (answer.status, answer.code) == (status, code)
    assert stored("USERS_TABLE", userId=account.user_id) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "admin"),
        ("username", "a b"),
        ("role", "admin"),
        ("displayName", "a" * 81),
        ("displayName", "a\x00b"),
        ("bio", 1),
        ("bornOn", "2999-01-01"),
        ("bornOn", "1899-12-31"),
        ("bornOn", None),
        ("heightCm", "173"),
        ("skills", "chhau"),
        ("email", "someone@example.org"),
        ("userId", "someone"),
        ("status", "active"),
        ("version", 7),
    ],
)
def test_an_invalid_field_is_named_and_nothing_is_written(field: str, value: object) -> None:
    account, username = an_account(), a_name()

    body = a_new_user(username=username) | {field: value}
    answer = api.post("/users", body, as_=account)

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {f"/{field}"}
    assert nothing_is_written(account, username)


def test_all_invalid_fields_are_named_at_once() -> None:
    answer = api.post("/users", {"username": "a", "colour": "red"}, as_=an_account())

    assert answer.wrong == {"/username", "/colour", "/role", "/displayName", "/bornOn"}


def test_a_retry_gets_the_profile_of_the_first_request() -> None:
    account, body = an_account(), a_new_user()

    first = api.post("/users", body, as_=account, idempotency_key="key-1")
    retry = api.post("/users", body, as_=account, idempotency_key="key-1")

    assert (first.status, retry.status) == (201, 201)
    assert retry.json == first.json
    assert retry.headers["location"] == first.headers["location"]


def test_a_retry_with_another_body_is_refused() -> None:
    account, other = an_account(), a_new_user()
    first = api.post("/users", a_new_user(), as_=account, idempotency_key="key-1")

    answer = api.post("/users", other, as_=account, idempotency_key="key-1")

    assert (answer.status, answer.code) == (422, "IdempotencyKeyReused")
    assert api.get("/users/me", as_=account).json == first.json
    assert not stored("USERNAMES_TABLE", username=other["username"])


def test_a_request_with_another_key_is_not_a_retry() -> None:
    account, body = an_account(), a_new_user()
    api.post("/users", body, as_=account, idempotency_key="key-1")

    answer = api.post("/users", body, as_=account, idempotency_key="key-2")

    assert (answer.status, answer.code) == (409, "ProfileExists")


def test_the_same_key_of_another_account_is_not_a_retry() -> None:
    body = a_new_user()
    api.post("/users", body, as_=an_account(), idempotency_key="key-1")

    answer = api.post("/users", body, as_=an_account(), idempotency_key="key-1")

    assert (answer.status, answer.code) == (409, "UsernameTaken")


@pytest.mark.parametrize("key", ["", " ", "a b", "k" * 201, "schlüssel", "a\nb"])
def test_an_invalid_idempotency_key_is_refused(key: str) -> None:
    account, body = an_account(), a_new_user()

    answer = api.post("/users", body, as_=account, idempotency_key=key)

    assert (answer.status, answer.code) == (400, "BadIdempotencyKey")
    assert nothing_is_written(account, body["username"])


def all_at_once(calls: list[tuple[Account, dict[str, object]]], **headers: str) -> list[Response]:
    start = Barrier(len(calls))

    def call(account: Account, body: dict[str, object]) -> Response:
        start.wait()
        return api.post("/users", body, as_=account, **headers)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, *zip(*calls, strict=True)))


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_several_concurrent_profiles_gets_the_username(attempt: int) -> None:
    username, accounts = a_name(), [an_account() for _ in range(6)]

    answers = all_at_once([(account, a_new_user(username=username)) for account in accounts])

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"UsernameTaken"}
    with_profile = [each for each in accounts if stored("USERS_TABLE", userId=each.user_id)]
    winner = next(answer.json["userId"] for answer in answers if answer.status == 201)
    assert [each.user_id for each in with_profile] == [winner]
    name = stored("USERNAMES_TABLE", username=username)
    assert name
    assert name["userId"] == winner


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_several_concurrent_profiles_of_one_account_is_created(attempt: int) -> None:
    account, bodies = an_account(), [a_new_user() for _ in range(4)]

    answers = all_at_once([(account, body) for body in bodies])

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"ProfileExists"}
    winner = next(answer.json["username"] for answer in answers if answer.status == 201)
    names = [body["username"] for body in bodies]
    assert [name for name in names if stored("USERNAMES_TABLE", username=name)] == [winner]
    profile = stored("USERS_TABLE", userId=account.user_id)
    assert profile
    assert profile["username"] == winner


def test_concurrent_retries_make_one_profile() -> None:
    account, body = an_account(), a_new_user()

    answers = all_at_once([(account, body)] * 4, idempotency_key="key-1")

    assert [answer.status for answer in answers] == [201] * 4
    assert len({answer.text for answer in answers}) == 1


def test_a_profile_has_the_role_that_was_sent() -> None:
    assert api.get("/users/me", as_=a_recruiter()).json["role"] == "recruiter"
    assert api.get("/users/me", as_=an_artist()).json["role"] == "artist"
