"""changePassword."""

import pytest

from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import ONE_POOL, PASSWORD, Api, Pool, a_token

PATH = "/v1/auth/change-password"
NEW = "Quite-Another-2027"
CHANGE = {"previousPassword": PASSWORD, "password": NEW}


@pytest.fixture
def caller(fake_aws: FakeAws) -> Api:
    api = Api("ap-south-1_pool")
    api.token = a_token(sub="sub-1", token_use="access")
    return api


@ONE_POOL
def test_a_password_change_needs_a_token(api: Api) -> None:
    answer = api.request("POST", PATH, CHANGE)

    assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")


def test_after_a_password_change_only_the_new_password_signs_in(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    before = api.sign_in(email, PASSWORD)

    answer = api.request("POST", PATH, CHANGE)

    assert answer.status_code == 204
    assert pool.accepts(before.access_token)
    assert api.sign_in(email, NEW).access_token
    with pytest.raises(Exception, match="SignInFailed"):
        api.sign_in(email, PASSWORD)


@ONE_POOL
def test_a_wrong_previous_password_changes_nothing(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    api.sign_in(email, PASSWORD)

    answer = api.request("POST", PATH, CHANGE | {"previousPassword": "Wrong-Password-7"})

    assert (answer.status_code, answer.json()["code"]) == (422, "PreviousPasswordWrong")
    assert answer.json()["errors"] == [{"pointer": "/previousPassword", "detail": "is wrong"}]
    assert api.sign_in(email, PASSWORD).access_token


@ONE_POOL
def test_an_ended_session_cannot_change_the_password(api: Api, pool: Pool) -> None:
    api.sign_in(pool.an_account(), PASSWORD)
    api.call("POST", "/v1/auth/logout", {"everywhere": True})

    answer = api.request("POST", PATH, CHANGE)

    assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")


def test_passwords_reach_cognito_unchanged_and_are_not_logged(
    caller: Api, fake_aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_aws.answer("ChangePassword")
    # Decomposed characters: NFC would change the password.
    passwords = {"previousPassword": "Old-Passwo\u0308rd-1", "password": "New-Passwo\u0308rd-2"}

    caller.call("POST", PATH, passwords)

    assert fake_aws.calls == [
        (
            "ChangePassword",
            {
                "AccessToken": caller.token,
                "PreviousPassword": passwords["previousPassword"],
                "ProposedPassword": passwords["password"],
            },
        )
    ]
    log = capsys.readouterr().out
    assert "changePassword" in log
    assert "Passwo\u0308" not in log


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("InvalidPasswordException", (422, "PasswordRefused")),
        ("PasswordHistoryPolicyViolationException", (422, "PasswordRefused")),
        ("LimitExceededException", (429, "TooManyRequests")),
        ("PasswordResetRequiredException", (401, "Unauthorized")),
        ("ResourceNotFoundException", (500, "InternalError")),
    ],
)
def test_each_cognito_error_of_a_password_change_gets_its_own_answer(
    caller: Api, fake_aws: FakeAws, code: str, expected: tuple[int, str]
) -> None:
    fake_aws.refuse("ChangePassword", code)

    answer = caller.request("POST", PATH, CHANGE)

    assert (answer.status_code, answer.json()["code"]) == expected


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/previousPassword", "/password"]),
        (CHANGE | {"password": "short"}, ["/password"]),
        (CHANGE | {"previousPassword": " "}, ["/previousPassword"]),
        (CHANGE | {"previousPassword": "x" * 257}, ["/previousPassword"]),
    ],
)
def test_every_invalid_field_is_named(
    caller: Api, body: dict[str, str], pointers: list[str]
) -> None:
    answer = caller.request("POST", PATH, body)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


def test_a_weak_previous_password_can_be_changed(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ChangePassword")

    answer = caller.request("POST", PATH, CHANGE | {"previousPassword": "hunter2"})

    assert answer.status_code == 204
