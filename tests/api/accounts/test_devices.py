"""Remembered devices, which the embedded Cognito does not know: what is sent to Cognito for them.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
"""

from typing import Any

import pytest
from pycognito.aws_srp import AWSSRP

from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import Api

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


@pytest.fixture
def api(fake_aws: FakeAws) -> Api:
    return Api("ap-south-1_pool")


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
