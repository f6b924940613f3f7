"""setUpTotp, confirmTotp, disableTotp: the second factor."""

import time
from typing import Any

import pyotp
import pytest

from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import ONE_POOL, PASSWORD, Api, Pool, a_token

PATH = "/v1/auth/mfa/totp"
CALLS = [("POST", None), ("PUT", {"code": "123456"}), ("DELETE", None)]


@pytest.fixture
def caller(fake_aws: FakeAws) -> Api:
    return a_caller(signed_in=time.time())


def a_caller(signed_in: float) -> Api:
    api = Api("ap-south-1_pool")
    api.token = a_token(sub="sub-1", token_use="access", auth_time=str(int(signed_in)))
    return api


def code_of(api: Api, method: str, body: Any = None) -> tuple[int, str]:
    answer = api.request(method, PATH, body)
    return answer.status_code, answer.json()["code"]


def a_wrong_code(totp: pyotp.TOTP) -> str:
    return f"{(int(totp.now()) + 500_000) % 1_000_000:06}"


@pytest.mark.parametrize(("method", "body"), CALLS)
@ONE_POOL
def test_second_factor_operations_need_a_token(api: Api, method: str, body: Any) -> None:
    assert code_of(api, method, body) == (401, "Unauthorized")


@pytest.mark.parametrize(("method", "body"), CALLS)
@ONE_POOL
def test_an_ended_session_cannot_change_the_second_factor(
    api: Api, pool: Pool, method: str, body: Any
) -> None:
    api.sign_in(pool.an_account(), PASSWORD)
    api.call("POST", "/v1/auth/logout", {"everywhere": True})

    assert code_of(api, method, body) == (401, "Unauthorized")


def test_a_second_factor_can_be_set_up_used_and_disabled(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    api.sign_in(email, PASSWORD)

    made = api.call("POST", PATH).json()
    totp = pyotp.parse_uri(made["otpauthUri"])
    assert isinstance(totp, pyotp.TOTP)
    assert (totp.secret, totp.name, totp.issuer) == (made["secret"], email, "ArtistHub")
    assert api.sign_in(email, PASSWORD).access_token

    confirmed = api.request("PUT", PATH, {"code": totp.now(), "deviceName": "Phone"})
    assert confirmed.status_code == 204
    with pytest.raises(Exception, match="TotpCodeInvalid"):
        api.sign_in(email, PASSWORD, pyotp.random_base32())
    assert api.sign_in(email, PASSWORD, made["secret"]).access_token

    assert api.request("DELETE", PATH).status_code == 204
    assert api.sign_in(email, PASSWORD).access_token


@ONE_POOL
def test_a_wrong_code_does_not_enable_the_second_factor(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    api.sign_in(email, PASSWORD)
    totp = pyotp.TOTP(api.call("POST", PATH).json()["secret"])

    assert code_of(api, "PUT", {"code": a_wrong_code(totp)}) == (422, "TotpNotConfirmed")
    assert api.sign_in(email, PASSWORD).access_token


@ONE_POOL
def test_confirming_without_a_setup_is_refused(api: Api, pool: Pool) -> None:
    api.sign_in(pool.an_account(), PASSWORD)

    assert code_of(api, "PUT", {"code": "123456"}) == (422, "TotpNotConfirmed")


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_changing_the_second_factor_requires_a_recent_sign_in(
    fake_aws: FakeAws, method: str
) -> None:
    api = a_caller(signed_in=time.time() - 16 * 60)

    assert code_of(api, method) == (401, "RecentSignInRequired")
    assert fake_aws.calls == []


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_token_without_a_sign_in_time_counts_as_old(fake_aws: FakeAws, method: str) -> None:
    api = Api("ap-south-1_pool")
    api.token = a_token(sub="sub-1", token_use="access")

    assert code_of(api, method) == (401, "RecentSignInRequired")


def test_a_setup_can_be_confirmed_without_a_recent_sign_in(fake_aws: FakeAws) -> None:
    fake_aws.answer("VerifySoftwareToken", Status="SUCCESS")
    fake_aws.answer("SetUserMFAPreference")
    api = a_caller(signed_in=time.time() - 16 * 60)

    assert api.request("PUT", PATH, {"code": "123456"}).status_code == 204


def test_a_confirmed_authenticator_app_is_enabled_and_preferred(
    caller: Api, fake_aws: FakeAws
) -> None:
    fake_aws.answer("VerifySoftwareToken", Status="SUCCESS")
    fake_aws.answer("SetUserMFAPreference")

    caller.call("PUT", PATH, {"code": "123456", "deviceName": "Phone"})

    token = caller.token
    preference = {"Enabled": True, "PreferredMfa": True}
    assert fake_aws.calls == [
        (
            "VerifySoftwareToken",
            {"AccessToken": token, "UserCode": "123456", "FriendlyDeviceName": "Phone"},
        ),
        ("SetUserMFAPreference", {"AccessToken": token, "SoftwareTokenMfaSettings": preference}),
    ]


def test_a_disabled_second_factor_is_neither_enabled_nor_preferred(
    caller: Api, fake_aws: FakeAws
) -> None:
    fake_aws.answer("SetUserMFAPreference")

    caller.call("DELETE", PATH)

    preference = {"Enabled": False, "PreferredMfa": False}
    sent = {"AccessToken": caller.token, "SoftwareTokenMfaSettings": preference}
    assert fake_aws.sent("SetUserMFAPreference") == [sent]


def test_an_authenticator_app_that_cognito_does_not_verify_is_not_enabled(
    caller: Api, fake_aws: FakeAws
) -> None:
    fake_aws.answer("VerifySoftwareToken", Status="ERROR")

    assert code_of(caller, "PUT", {"code": "123456"}) == (422, "TotpNotConfirmed")
    assert fake_aws.sent("SetUserMFAPreference") == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("CodeMismatchException", (422, "TotpNotConfirmed")),
        ("EnableSoftwareTokenMFAException", (422, "TotpNotConfirmed")),
        ("InvalidParameterException", (422, "TotpNotConfirmed")),
        ("NotAuthorizedException", (401, "Unauthorized")),
        ("TooManyRequestsException", (429, "TooManyRequests")),
        ("SoftwareTokenMFANotFoundException", (500, "InternalError")),
    ],
)
def test_each_cognito_error_of_a_code_gets_its_own_answer(
    caller: Api, fake_aws: FakeAws, code: str, expected: tuple[int, str]
) -> None:
    fake_aws.refuse("VerifySoftwareToken", code)

    assert code_of(caller, "PUT", {"code": "123456"}) == expected


def test_a_concurrent_setup_gets_503(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer(
        "GetUser", Username="sub-1", UserAttributes=[{"Name": "email", "Value": "maya@example.com"}]
    )
    fake_aws.refuse("AssociateSoftwareToken", "ConcurrentModificationException")

    assert code_of(caller, "POST") == (503, "Busy")


def test_the_otpauth_uri_escapes_special_characters_in_the_address(
    caller: Api, fake_aws: FakeAws
) -> None:
    email = "o'neil+a%b&c?d#e/f@example.com"
    fake_aws.answer("GetUser", Username="sub-1", UserAttributes=[{"Name": "email", "Value": email}])
    fake_aws.answer("AssociateSoftwareToken", SecretCode=pyotp.random_base32())

    made = caller.call("POST", PATH).json()

    assert pyotp.parse_uri(made["otpauthUri"]).name == email


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/code"]),
        ({"code": "12345"}, ["/code"]),
        ({"code": 123456}, ["/code"]),
        ({"code": "12345a", "deviceName": ""}, ["/code", "/deviceName"]),
    ],
)
def test_every_invalid_field_is_named(
    caller: Api, body: dict[str, Any], pointers: list[str]
) -> None:
    answer = caller.request("PUT", PATH, body)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers
