"""Remembered devices, which the embedded Cognito does not know: what is sent to Cognito for them.

No test signs in with a remembered device against a Cognito that has it; these hold the requests to
what AWS documents.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
"""

from typing import Any

import pytest
from pycognito.aws_srp import AWSSRP, generate_hash_device

from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import Api, a_token

DEVICE_KEY = "ap-south-1_c9a0bf28-8b3e-4bb7-9a5e-2f0f2f4f1a11"
HASH_OF_SUB = AWSSRP.get_secret_hash("sub-1", "client", "s3cret")
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
# As AWS shows it: https://docs.aws.amazon.com/cli/latest/reference/cognito-idp/get-device.html
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
def api(fake_aws: FakeAws) -> Api:
    return Api("ap-south-1_pool")


@pytest.fixture
def caller(api: Api) -> Api:
    api.token = a_token(sub="sub-1", token_use="access")
    return api


def test_a_sign_in_names_its_device(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("InitiateAuth", ChallengeName="PASSWORD_VERIFIER", ChallengeParameters={})

    api.call(
        "POST",
        "/v1/auth/login",
        {"email": "Maya@example.com", "srpA": "a1", "deviceKey": DEVICE_KEY},
    )

    assert fake_aws.sent("InitiateAuth") == [
        {
            "ClientId": "client",
            "AuthFlow": "USER_SRP_AUTH",
            "AuthParameters": {
                "USERNAME": "maya@example.com",
                "SRP_A": "a1",
                "DEVICE_KEY": DEVICE_KEY,
                "SECRET_HASH": AWSSRP.get_secret_hash("maya@example.com", "client", "s3cret"),
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
def test_each_answer_reaches_cognito_in_its_own_words(
    api: Api,
    fake_aws: FakeAws,
    challenge: str,
    answer: dict[str, str],
    responses: dict[str, str],
) -> None:
    fake_aws.answer("RespondToAuthChallenge", AuthenticationResult=TOKENS)

    api.call(
        "POST", "/v1/auth/challenge", {"challenge": challenge, "session": "session-1", **answer}
    )

    assert fake_aws.sent("RespondToAuthChallenge") == [
        {
            "ClientId": "client",
            "ChallengeName": challenge,
            "Session": "session-1",
            "ChallengeResponses": responses | {"SECRET_HASH": HASH_OF_SUB},
        }
    ]


def test_a_device_is_asked_to_prove_itself(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer(
        "RespondToAuthChallenge",
        ChallengeName="DEVICE_SRP_AUTH",
        Session="session-2",
        ChallengeParameters={"USERNAME": "sub-1"},
    )

    answer = api.post(
        "/v1/auth/challenge", challenge="PASSWORD_VERIFIER", **PROOF, deviceKey=DEVICE_KEY
    )

    assert answer.json() == {
        "challenge": "DEVICE_SRP_AUTH",
        "session": "session-2",
        "parameters": {"USERNAME": "sub-1"},
    }


def test_a_new_device_is_made_known_with_the_tokens(api: Api, fake_aws: FakeAws) -> None:
    device: dict[str, Any] = {"DeviceKey": DEVICE_KEY, "DeviceGroupKey": "-group"}
    fake_aws.answer(
        "RespondToAuthChallenge",
        AuthenticationResult=TOKENS | {"RefreshToken": "r", "NewDeviceMetadata": device},
    )

    answer = api.post("/v1/auth/challenge", challenge="PASSWORD_VERIFIER", **PROOF)

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


def test_a_refresh_names_its_device(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("InitiateAuth", AuthenticationResult=TOKENS)

    api.call(
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


def test_a_forgotten_device_does_not_sign_in(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.refuse("RespondToAuthChallenge", "ResourceNotFoundException")

    answer = api.post(
        "/v1/auth/challenge", challenge="PASSWORD_VERIFIER", **PROOF, deviceKey=DEVICE_KEY
    )

    assert (answer.status_code, answer.json()["code"]) == (401, "SignInFailed")


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_devices_need_a_token(api: Api, method: str, path: str, body: Any) -> None:
    answer = api.request(method, path, body)

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


def test_a_device_that_was_never_named_is_not_remembered(caller: Api, fake_aws: FakeAws) -> None:
    bare = KNOWN_DEVICE | {"DeviceAttributes": [], "DeviceLastAuthenticatedDate": None}
    fake_aws.answer("ListDevices", Devices=[bare])

    (device,) = caller.call("GET", "/v1/auth/devices").json()["items"]

    assert (device["name"], device["isRemembered"]) == (None, False)
    assert (device["lastIp"], device["lastSignInAt"]) == (None, None)


def test_the_next_page_of_devices_goes_on_where_cognito_stopped(
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


def test_a_cursor_of_another_account_lists_nothing(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ListDevices", Devices=[], PaginationToken="rest")
    cursor = caller.call("GET", "/v1/auth/devices").json()["next"]
    caller.token = a_token(sub="sub-2", token_use="access")

    answer = caller.request("GET", f"/v1/auth/devices?cursor={cursor}")

    assert (answer.status_code, answer.json()["code"]) == (400, "BadCursor")
    assert len(fake_aws.sent("ListDevices")) == 1


def test_a_cursor_that_cognito_does_not_take_is_bad(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.refuse("ListDevices", "InvalidParameterException")

    answer = caller.request("GET", "/v1/auth/devices")

    assert (answer.status_code, answer.json()["code"]) == (400, "BadCursor")


def test_a_device_is_confirmed_and_then_remembered(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ConfirmDevice", UserConfirmationNecessary=True)
    fake_aws.answer("UpdateDeviceStatus")

    answer = caller.request("PUT", PATH, CONFIRMATION)

    assert answer.status_code == 204
    device = {"AccessToken": caller.token, "DeviceKey": DEVICE_KEY}
    assert fake_aws.calls == [
        (
            "ConfirmDevice",
            device | {"DeviceName": "Maya's phone", "DeviceSecretVerifierConfig": MADE},
        ),
        ("UpdateDeviceStatus", device | {"DeviceRememberedStatus": "remembered"}),
    ]


def test_a_device_that_was_confirmed_before_is_remembered(caller: Api, fake_aws: FakeAws) -> None:
    fake_aws.refuse("ConfirmDevice", "DeviceKeyExistsException")
    fake_aws.answer("UpdateDeviceStatus")

    answer = caller.request("PUT", PATH, CONFIRMATION)

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
def test_each_refusal_to_remember_has_its_own_answer(
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
        (CONFIRMATION | {"devicePassword": "secret"}, ["/devicePassword"]),
    ],
)
def test_every_wrong_field_of_a_device_is_named(
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
def test_a_device_that_is_not_the_caller_s_is_unknown(
    caller: Api, fake_aws: FakeAws, code: str
) -> None:
    fake_aws.refuse("ForgetDevice", code)

    answer = caller.request("DELETE", PATH)

    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
