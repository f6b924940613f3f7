"""Devices: the calls to Cognito, and their effect on the embedded Cognito.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
"""

from typing import Any

import pyotp
import pytest
from pycognito.aws_srp import AWSSRP, generate_hash_device

from artisthub.shared import cursor
from embedded.client import ApiError, Client
from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import ONE_POOL, PASSWORD, Api, Pool, a_token, claims_of
from tests.api.test_cursors import FORGED

DEVICE_KEY = "ap-south-1_c9a0bf28-8b3e-4bb7-9a5e-2f0f2f4f1a11"
HASH_OF_SUB = AWSSRP.get_secret_hash("sub-1", "client", "s3cretOfATestOf26Characters")
PROOF = {
    "username": "sub-1",
    "secretBlock": "c2VjcmV0",
    "signature": "c2lnbmVk",
    "timestamp": "Sun Nov 22 16:54:00 UTC 2026",
}
COGNITO_PROOF = {
    "USERNAME": "sub-1",
    "PASSWORD_CLAIM_SECRET_BLOCK": "c2VjcmV0",
    "PASSWORD_CLAIM_SIGNATURE": "c2lnbmVk",
    "TIMESTAMP": "Sun Nov 22 16:54:00 UTC 2026",
}
TOKENS = {"AccessToken": "a", "IdToken": "i", "ExpiresIn": 3600, "TokenType": "Bearer"}
PATH = f"/v1/auth/devices/{DEVICE_KEY}"
_, MADE = generate_hash_device("-group", DEVICE_KEY)
CONFIRMATION = {
    "name": "Maya's phone",
    "passwordVerifier": MADE["PasswordVerifier"],
    "salt": MADE["Salt"],
}
CALLS = [("GET", "/v1/auth/devices", None), ("PUT", PATH, CONFIRMATION), ("DELETE", PATH, None)]
# From https://docs.aws.amazon.com/cli/latest/reference/cognito-idp/get-device.html
KNOWN_DEVICE: dict[str, Any] = {
    "DeviceKey": DEVICE_KEY,
    "DeviceAttributes": [
        {"Name": "device_status", "Value": "valid"},
        {"Name": "device_name", "Value": "Maya's phone"},
        {"Name": "dev:device_remembered_status", "Value": "remembered"},
        {"Name": "last_ip_used", "Value": "192.0.2.10"},
    ],
    "DeviceCreateDate": 1795366440.0,
    "DeviceLastModifiedDate": 1795366441.5,
    "DeviceLastAuthenticatedDate": 1795366442.25,
}


@pytest.fixture
def fake_api(fake_aws: FakeAws) -> Api:
    return Api("ap-south-1_pool")


@pytest.fixture
def caller(fake_api: Api) -> Api:
    fake_api.token = a_token(sub="sub-1", token_use="access")
    return fake_api


def test_a_sign_in_sends_its_device_key_to_cognito(fake_api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("InitiateAuth", ChallengeName="PASSWORD_VERIFIER", ChallengeParameters={})

    fake_api.call(
        "POST",
        "/v1/auth/login",
        {"email": "Maya@example.com", "srpA": "a1", "deviceKey": DEVICE_KEY},
    )

    assert fake_aws.sent("InitiateAuth")[:1] == [
        {
            "ClientId": "client",
            "AuthFlow": "USER_SRP_AUTH",
            "AuthParameters": {
                "USERNAME": "maya@example.com",
                "SRP_A": "a1",
                "DEVICE_KEY": DEVICE_KEY,
                "SECRET_HASH": AWSSRP.get_secret_hash(
                    "maya@example.com", "client", "s3cretOfATestOf26Characters"
                ),
            },
        }
    ]


@pytest.mark.parametrize(
    ("challenge", "answer", "responses"),
    [
        (
            "PASSWORD_VERIFIER",
            PROOF | {"deviceKey": DEVICE_KEY},
            COGNITO_PROOF | {"DEVICE_KEY": DEVICE_KEY},
        ),
        (
            "SOFTWARE_TOKEN_MFA",
            {"username": "sub-1", "code": "123456", "deviceKey": DEVICE_KEY},
            {
                "USERNAME": "sub-1",
                "SOFTWARE_TOKEN_MFA_CODE": "123456",
                "DEVICE_KEY": DEVICE_KEY,
            },
        ),
        (
            "DEVICE_SRP_AUTH",
            {"username": "sub-1", "srpA": "b2", "deviceKey": DEVICE_KEY},
            {"USERNAME": "sub-1", "SRP_A": "b2", "DEVICE_KEY": DEVICE_KEY},
        ),
        (
            "DEVICE_PASSWORD_VERIFIER",
            PROOF | {"deviceKey": DEVICE_KEY},
            COGNITO_PROOF | {"DEVICE_KEY": DEVICE_KEY},
        ),
    ],
)
def test_each_challenge_answer_is_translated_for_cognito(
    fake_api: Api,
    fake_aws: FakeAws,
    challenge: str,
    answer: dict[str, str],
    responses: dict[str, str],
) -> None:
    fake_aws.answer("RespondToAuthChallenge", AuthenticationResult=TOKENS)

    fake_api.call(
        "POST",
        "/v1/auth/challenge",
        {"challenge": challenge, "session": "session-1-of-20-characters", **answer},
    )

    assert fake_aws.sent("RespondToAuthChallenge") == [
        {
            "ClientId": "client",
            "ChallengeName": challenge,
            "Session": "session-1-of-20-characters",
            "ChallengeResponses": responses | {"SECRET_HASH": HASH_OF_SUB},
        }
    ]


def test_a_known_device_gets_the_device_challenge(fake_api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer(
        "RespondToAuthChallenge",
        ChallengeName="DEVICE_SRP_AUTH",
        Session="session-2-of-20-characters",
        ChallengeParameters={"USERNAME": "sub-1"},
    )

    answer = fake_api.post(
        "/v1/auth/challenge", challenge="PASSWORD_VERIFIER", **PROOF, deviceKey=DEVICE_KEY
    )

    assert answer.json() == {
        "challenge": "DEVICE_SRP_AUTH",
        "session": "session-2-of-20-characters",
        "parameters": {"USERNAME": "sub-1"},
    }


def test_the_key_of_a_new_device_comes_with_the_tokens(fake_api: Api, fake_aws: FakeAws) -> None:
    device: dict[str, Any] = {"DeviceKey": DEVICE_KEY, "DeviceGroupKey": "-group"}
    fake_aws.answer(
        "RespondToAuthChallenge",
        AuthenticationResult=TOKENS | {"RefreshToken": "r", "NewDeviceMetadata": device},
    )

    answer = fake_api.post("/v1/auth/challenge", challenge="PASSWORD_VERIFIER", **PROOF)

    assert answer.json() == {
        "tokens": {
            "accessToken": "a",
            "idToken": "i",
            "refreshToken": "r",
            "expiresIn": 3600,
            "tokenType": "Bearer",
        },
        "newDevice": {"deviceKey": DEVICE_KEY, "deviceGroupKey": "-group"},
    }


def test_a_refresh_sends_its_device_key_to_cognito(fake_api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("InitiateAuth", AuthenticationResult=TOKENS)

    fake_api.call(
        "POST",
        "/v1/auth/refresh",
        {"refreshToken": "r", "username": "sub-1", "deviceKey": DEVICE_KEY},
    )

    assert fake_aws.sent("InitiateAuth") == [
        {
            "ClientId": "client",
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": {
                "REFRESH_TOKEN": "r",
                "DEVICE_KEY": DEVICE_KEY,
                "SECRET_HASH": HASH_OF_SUB,
            },
        }
    ]


def test_a_forgotten_device_cannot_sign_in(fake_api: Api, fake_aws: FakeAws) -> None:
    fake_aws.refuse("RespondToAuthChallenge", "ResourceNotFoundException")

    answer = fake_api.post(
        "/v1/auth/challenge", challenge="PASSWORD_VERIFIER", **PROOF, deviceKey=DEVICE_KEY
    )

    assert (answer.status_code, answer.json()["code"]) == (401, "SignInFailed")


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_device_operations_need_a_token(fake_api: Api, method: str, path: str, body: Any) -> None:
    answer = fake_api.request(method, path, body)

    assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")


def test_devices_are_listed(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ListDevices", Devices=[KNOWN_DEVICE])

    answer = caller.call("GET", "/v1/auth/devices")

    device = {
        "deviceKey": DEVICE_KEY,
        "name": "Maya's phone",
        "isRemembered": True,
        "lastIp": "192.0.2.10",
        "lastSignInAt": "2026-11-22T16:54:02.250Z",
        "createdAt": "2026-11-22T16:54:00.000Z",
        "updatedAt": "2026-11-22T16:54:01.500Z",
    }
    assert answer.json() == {"items": [device], "next": None}
    assert fake_aws.sent("ListDevices") == [{"AccessToken": caller.token, "Limit": 20}]


def test_a_device_without_attributes_is_listed_as_not_remembered(
    caller: Api, fake_aws: FakeAws
) -> None:
    bare = KNOWN_DEVICE | {"DeviceAttributes": [], "DeviceLastAuthenticatedDate": None}
    fake_aws.answer("ListDevices", Devices=[bare])

    (device,) = caller.call("GET", "/v1/auth/devices").json()["items"]

    assert (device["name"], device["isRemembered"]) == (None, False)
    assert (device["lastIp"], device["lastSignInAt"]) == (None, None)


def test_the_next_page_of_devices_continues_with_the_token_of_cognito(
    caller: Api, fake_aws: FakeAws
) -> None:
    rest = "CAIS" + "x" * 1_500
    fake_aws.answer("ListDevices", Devices=[KNOWN_DEVICE], PaginationToken=rest)
    first = caller.call("GET", "/v1/auth/devices?limit=1").json()

    caller.call("GET", f"/v1/auth/devices?limit=100&cursor={first['next']}")

    sent = fake_aws.sent("ListDevices")
    assert [(each["Limit"], each.get("PaginationToken")) for each in sent] == [
        (1, None),
        (60, rest),
    ]


def test_an_empty_cursor_starts_the_list_of_devices(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ListDevices", Devices=[KNOWN_DEVICE])

    page = caller.call("GET", "/v1/auth/devices?cursor=").json()

    assert [each["deviceKey"] for each in page["items"]] == [DEVICE_KEY]
    assert "PaginationToken" not in fake_aws.sent("ListDevices")[0]


def test_a_device_cursor_of_another_account_is_refused(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ListDevices", Devices=[], PaginationToken="rest")
    cursor = caller.call("GET", "/v1/auth/devices").json()["next"]
    caller.token = a_token(sub="sub-2", token_use="access")

    answer = caller.request("GET", f"/v1/auth/devices?cursor={cursor}")

    assert (answer.status_code, answer.json()["code"]) == (400, "BadCursor")
    assert len(fake_aws.sent("ListDevices")) == 1


@pytest.mark.weakness(13)
@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_device_cursor_that_cognito_refuses_gets_400(
    caller: Api, fake_aws: FakeAws, forged: str
) -> None:
    fake_aws.refuse("ListDevices", "InvalidParameterException")
    text = cursor.encode([forged], "listDevices", "sub-1")

    answer = caller.request("GET", f"/v1/auth/devices?cursor={text}")

    assert (answer.status_code, answer.json()["code"]) == (400, "BadCursor")
    assert [each["PaginationToken"] for each in fake_aws.sent("ListDevices")] == [forged]


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({}, "not_remembered"),
        ({"remember": False}, "not_remembered"),
        ({"remember": True}, "remembered"),
    ],
)
def test_a_confirmed_device_is_remembered_only_on_request(
    caller: Api, fake_aws: FakeAws, wish: dict[str, bool], status: str
) -> None:
    fake_aws.answer("ConfirmDevice", UserConfirmationNecessary=True)
    fake_aws.answer("UpdateDeviceStatus")

    answer = caller.request("PUT", PATH, CONFIRMATION | wish)

    assert answer.status_code == 204
    device = {"AccessToken": caller.token, "DeviceKey": DEVICE_KEY}
    assert fake_aws.calls == [
        (
            "ConfirmDevice",
            device | {"DeviceName": "Maya's phone", "DeviceSecretVerifierConfig": MADE},
        ),
        ("UpdateDeviceStatus", device | {"DeviceRememberedStatus": status}),
    ]


def test_a_device_confirmed_earlier_can_be_remembered(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.refuse("ConfirmDevice", "DeviceKeyExistsException")
    fake_aws.answer("UpdateDeviceStatus")

    answer = caller.request("PUT", PATH, CONFIRMATION | {"remember": True})

    assert answer.status_code == 204
    assert len(fake_aws.sent("UpdateDeviceStatus")) == 1


@pytest.mark.parametrize("operation", ["ConfirmDevice", "UpdateDeviceStatus"])
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ResourceNotFoundException", (404, "NotFound")),
        ("InvalidParameterException", (422, "DeviceRefused")),
        ("NotAuthorizedException", (401, "Unauthorized")),
        ("TooManyRequestsException", (429, "TooManyRequests")),
    ],
)
def test_each_cognito_error_of_a_confirmation_gets_its_own_answer(
    caller: Api, fake_aws: FakeAws, operation: str, code: str, expected: tuple[int, str]
) -> None:
    fake_aws.answer("ConfirmDevice")
    fake_aws.refuse(operation, code)

    answer = caller.request("PUT", PATH, CONFIRMATION)

    assert (answer.status_code, answer.json()["code"]) == expected


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/name", "/passwordVerifier", "/salt"]),
        (CONFIRMATION | {"name": ""}, ["/name"]),
        (CONFIRMATION | {"salt": "no base64!"}, ["/salt"]),
        (CONFIRMATION | {"passwordVerifier": "A" * 517}, ["/passwordVerifier"]),
        (CONFIRMATION | {"remember": "yes"}, ["/remember"]),
        (CONFIRMATION | {"devicePassword": "secret"}, ["/devicePassword"]),
    ],
)
def test_every_invalid_device_field_is_named(
    caller: Api, body: dict[str, str], pointers: list[str]
) -> None:
    answer = caller.request("PUT", PATH, body)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


def test_a_device_is_forgotten(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ForgetDevice")

    answer = caller.request("DELETE", PATH)

    assert answer.status_code == 204
    sent = {"AccessToken": caller.token, "DeviceKey": DEVICE_KEY}
    assert fake_aws.sent("ForgetDevice") == [sent]


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "InvalidParameterException"])
def test_forgetting_a_device_of_someone_else_gets_404(
    caller: Api, fake_aws: FakeAws, code: str
) -> None:
    fake_aws.refuse("ForgetDevice", code)

    answer = caller.request("DELETE", PATH)

    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


def code_of(client: Client, method: str, path: str, body: Any = None) -> tuple[int, str]:
    answer = client.request(method, path, body)
    return answer.status_code, answer.json()["code"]


@pytest.mark.aws_fact(3)
def test_a_session_with_a_confirmed_device_is_refreshed(api: Api, pool: Pool) -> None:
    session = api.sign_in(pool.an_account(), PASSWORD)

    fresh = api.refresh(session)

    assert pool.accepts(fresh.access_token)
    (listed,) = api.call("GET", "/v1/auth/devices").json()["items"]
    assert session.device
    assert (listed["deviceKey"], listed["isRemembered"]) == (session.device.key, False)
    assert claims_of(fresh.access_token)["device_key"] == session.device.key


@pytest.mark.aws_fact(3)
def test_a_session_without_a_confirmed_device_is_not_refreshed(api: Api, pool: Pool) -> None:
    session = api.sign_in(pool.an_account(), PASSWORD, confirm=False)
    key = claims_of(session.access_token)["device_key"]

    answer = api.request("POST", "/v1/auth/refresh", session.session | {"deviceKey": key})

    assert (answer.status_code, answer.json()["code"]) == (401, "SessionEnded")
    assert "errors" not in answer.json()


@pytest.mark.aws_fact(3)
def test_a_refresh_without_a_device_key_names_the_missing_field(api: Api, pool: Pool) -> None:
    session = api.sign_in(pool.an_account(), PASSWORD)
    without = {"username": session.username, "refreshToken": session.refresh_token}

    answer = api.request("POST", "/v1/auth/refresh", without)

    assert (answer.status_code, answer.json()["code"]) == (401, "SessionEnded")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/deviceKey"]
    for unknown in ({"username": "nobody"}, {"refreshToken": "eyJ.no.token"}):
        other = api.request("POST", "/v1/auth/refresh", without | unknown).json()
        assert other | {"instance": ""} == answer.json() | {"instance": ""}


@ONE_POOL
def test_a_session_is_not_refreshed_with_another_device(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    session, other = api.sign_in(email, PASSWORD), api.sign_in(email, PASSWORD)
    assert other.device

    body = session.session | {"deviceKey": other.device.key}

    assert code_of(api, "POST", "/v1/auth/refresh", body) == (401, "SessionEnded")


@ONE_POOL
def test_a_device_that_signs_in_again_is_not_listed_twice(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    device = api.sign_in(email, PASSWORD).device

    again = api.sign_in(email, PASSWORD, device=device)

    assert again.device == device
    assert pool.accepts(api.refresh(again).access_token)
    assert len(api.call("GET", "/v1/auth/devices").json()["items"]) == 1


def totp_of(api: Api) -> str:
    secret = str(api.call("POST", "/v1/auth/mfa/totp").json()["secret"])
    api.call("PUT", "/v1/auth/mfa/totp", {"code": pyotp.TOTP(secret).now()})
    return secret


def test_only_a_remembered_device_skips_the_second_factor(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    remembered = api.sign_in(email, PASSWORD, remember=True).device
    confirmed = api.sign_in(email, PASSWORD).device
    secret = totp_of(api)

    assert pool.accepts(api.refresh(api.sign_in(email, PASSWORD, device=remembered)).access_token)
    with pytest.raises(ApiError, match="TotpCodeInvalid"):
        api.sign_in(email, PASSWORD, pyotp.random_base32(), confirmed)
    assert pool.accepts(api.refresh(api.sign_in(email, PASSWORD, secret, confirmed)).access_token)


@ONE_POOL
def test_a_device_can_be_remembered_and_unremembered_later(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    device = api.sign_in(email, PASSWORD).device
    assert device
    totp_of(api)

    for remember in (True, False):
        sent = CONFIRMATION | {"remember": remember}
        assert api.request("PUT", f"/v1/auth/devices/{device.key}", sent).status_code == 204
        if remember:
            assert api.sign_in(email, PASSWORD, device=device).access_token
        else:
            with pytest.raises(ApiError, match="TotpCodeInvalid"):
                api.sign_in(email, PASSWORD, pyotp.random_base32(), device)


def test_forgetting_a_device_ends_its_session_and_its_sign_ins(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    session = api.sign_in(email, PASSWORD, remember=True)
    assert session.device

    assert api.request("DELETE", f"/v1/auth/devices/{session.device.key}").status_code == 204

    assert code_of(api, "POST", "/v1/auth/refresh", session.session) == (401, "SessionEnded")
    with pytest.raises(ApiError, match="SignInFailed"):
        api.sign_in(email, PASSWORD, device=session.device)
    assert api.sign_in(email, PASSWORD).device


@ONE_POOL
def test_logout_ends_the_session_and_keeps_the_device(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    session = api.sign_in(email, PASSWORD)

    api.call("POST", "/v1/auth/logout", {"refreshToken": session.refresh_token})

    assert code_of(api, "POST", "/v1/auth/refresh", session.session) == (401, "SessionEnded")
    assert api.sign_in(email, PASSWORD, device=session.device).device == session.device


@ONE_POOL
def test_a_device_of_another_account_can_be_neither_confirmed_nor_forgotten(
    api: Api, pool: Pool
) -> None:
    theirs = api.sign_in(pool.an_account(), PASSWORD).device
    assert theirs
    api.sign_in(pool.an_account(), PASSWORD)
    path = f"/v1/auth/devices/{theirs.key}"

    assert code_of(api, "PUT", path, CONFIRMATION) == (422, "DeviceRefused")
    assert code_of(api, "DELETE", path) == (404, "NotFound")
    assert [each["deviceKey"] for each in api.call("GET", "/v1/auth/devices").json()["items"]] != [
        theirs.key
    ]


@ONE_POOL
def test_all_pages_of_devices_together_are_the_whole_list(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    keys = []
    for _ in range(3):
        device = api.sign_in(email, PASSWORD).device
        keys += [device.key] if device else []

    first = api.call("GET", "/v1/auth/devices?limit=2").json()
    rest = api.call("GET", f"/v1/auth/devices?limit=2&cursor={first['next']}").json()

    assert [each["deviceKey"] for each in first["items"] + rest["items"]] == keys
    assert rest["next"] is None
