"""AWS's device tracking, on a user pool of the embedded AWS."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any

import httpx
import pyotp
import pytest

from embedded import Instance
from tests.embedded.gaps.user_pool import EMAIL, PASSWORD, TRACKED, Refused, UserPool

pytestmark = pytest.mark.aws_fact(3)
NOT_REFRESHED = r"NotAuthorizedException: Invalid Refresh Token\."
UNKNOWN = "ResourceNotFoundException: Device does not exist"
NOBODYS = "ap-south-1_1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"


@pytest.fixture
def pool(patched: Instance) -> Iterator[UserPool]:
    with UserPool(patched, DeviceConfiguration=TRACKED) as pool:
        yield pool


def claims_of(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def with_totp(pool: UserPool) -> pyotp.TOTP:
    token = pool.sign_in()["AuthenticationResult"]["AccessToken"]
    secret = pool.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    pool.call("VerifySoftwareToken", AccessToken=token, UserCode=pyotp.TOTP(secret).now())
    wanted = {"Enabled": True, "PreferredMfa": True}
    pool.call("SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=wanted)
    return pyotp.TOTP(secret)


def test_ministack_offers_no_device_and_refreshes_without_one(unpatched: Instance) -> None:
    with UserPool(unpatched, DeviceConfiguration=TRACKED) as pool:
        tokens = pool.sign_in()["AuthenticationResult"]

        assert "NewDeviceMetadata" not in tokens
        assert pool.refresh(tokens["RefreshToken"])["AccessToken"]


def test_a_pool_without_device_tracking_has_no_devices(patched: Instance) -> None:
    with UserPool(patched) as pool:
        tokens = pool.sign_in()["AuthenticationResult"]

        assert "NewDeviceMetadata" not in tokens
        assert "device_key" not in claims_of(tokens["AccessToken"])
        assert pool.refresh(tokens["RefreshToken"])["AccessToken"]
        with pytest.raises(Refused, match="InvalidUserPoolConfigurationException"):
            pool.call("ListDevices", AccessToken=tokens["AccessToken"])


def test_a_sign_in_without_a_device_is_offered_a_new_one(pool: UserPool) -> None:
    offers = [pool.sign_in()["AuthenticationResult"] for _ in range(2)]

    keys = [offer["NewDeviceMetadata"]["DeviceKey"] for offer in offers]
    assert keys[0] != keys[1]
    assert keys[0].startswith("ap-south-1_")
    assert [claims_of(offer["AccessToken"])["device_key"] for offer in offers] == keys


def test_a_session_without_a_confirmed_device_is_not_refreshed(pool: UserPool) -> None:
    tokens = pool.sign_in()["AuthenticationResult"]
    key = tokens["NewDeviceMetadata"]["DeviceKey"]

    for named in ("", key, NOBODYS):
        with pytest.raises(Refused, match=NOT_REFRESHED):
            pool.refresh(tokens["RefreshToken"], named)
        with pytest.raises(Refused, match=NOT_REFRESHED):
            pool.call(
                "GetTokensFromRefreshToken",
                RefreshToken=tokens["RefreshToken"],
                ClientId=pool.client_id,
                **({"DeviceKey": named} if named else {}),
            )


def test_a_session_is_refreshed_with_its_confirmed_devices_key(pool: UserPool) -> None:
    tokens, device = pool.new_device()
    key, token = device["device_key"], tokens["RefreshToken"]

    refreshed = pool.refresh(token, key)
    assert claims_of(refreshed["AccessToken"])["device_key"] == key
    assert "NewDeviceMetadata" not in refreshed
    again = pool.call(
        "GetTokensFromRefreshToken", RefreshToken=token, ClientId=pool.client_id, DeviceKey=key
    )
    assert again["AuthenticationResult"]["AccessToken"]
    with pytest.raises(Refused, match=NOT_REFRESHED):
        pool.refresh(token)


def test_a_session_is_not_refreshed_with_another_device(pool: UserPool) -> None:
    tokens, _ = pool.new_device()
    _, another = pool.new_device()

    with pytest.raises(Refused, match=NOT_REFRESHED):
        pool.refresh(tokens["RefreshToken"], another["device_key"])


def test_a_forgotten_device_ends_its_session(pool: UserPool) -> None:
    tokens, device = pool.new_device()
    mine = {"AccessToken": tokens["AccessToken"], "DeviceKey": device["device_key"]}

    pool.call("ForgetDevice", **mine)

    with pytest.raises(Refused, match=NOT_REFRESHED):
        pool.refresh(tokens["RefreshToken"], device["device_key"])
    with pytest.raises(Refused, match=UNKNOWN):
        pool.sign_in(**device)
    for operation in ("GetDevice", "ForgetDevice", "UpdateDeviceStatus"):
        with pytest.raises(Refused, match=UNKNOWN):
            pool.call(operation, **mine)


def test_the_token_endpoint_does_not_refresh_a_device_session(
    pool: UserPool, patched: Instance
) -> None:
    """https://github.com/aws-amplify/amplify-js/issues/8981"""
    tokens, device = pool.new_device()

    answer = httpx.post(
        f"{patched.endpoint_url}/oauth2/token",
        data={
            "grant_type": "refresh_token",
            "client_id": pool.client_id,
            "refresh_token": tokens["RefreshToken"],
            "device_key": device["device_key"],
        },
        trust_env=False,
    )

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_session_from_a_plain_password_is_not_refreshed(pool: UserPool) -> None:
    signed_in = pool.call(
        "InitiateAuth",
        ClientId=pool.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": EMAIL, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]

    assert "NewDeviceMetadata" not in signed_in
    with pytest.raises(Refused, match=NOT_REFRESHED):
        pool.refresh(signed_in["RefreshToken"])


def test_a_confirmed_device_is_remembered_only_if_its_owner_agrees(pool: UserPool) -> None:
    tokens = pool.sign_in()["AuthenticationResult"]
    key = tokens["NewDeviceMetadata"]["DeviceKey"]
    mine = {"AccessToken": tokens["AccessToken"], "DeviceKey": key}
    verifier = {"PasswordVerifier": "AQ==", "Salt": "AQ=="}

    confirmed = pool.call("ConfirmDevice", **mine, DeviceSecretVerifierConfig=verifier)

    assert confirmed == {"UserConfirmationNecessary": True}
    assert status_of(pool, mine) == "not_remembered"
    pool.call("UpdateDeviceStatus", **mine, DeviceRememberedStatus="remembered")
    assert status_of(pool, mine) == "remembered"
    with pytest.raises(Refused, match="DeviceKeyExistsException"):
        pool.call("ConfirmDevice", **mine, DeviceSecretVerifierConfig=verifier)


def status_of(pool: UserPool, mine: dict[str, str]) -> str:
    listed = pool.call("GetDevice", **mine)["Device"]["DeviceAttributes"]
    attributes = {each["Name"]: each["Value"] for each in listed}
    return str(attributes["dev:device_remembered_status"])


def test_a_pool_that_does_not_ask_remembers_each_confirmed_device(patched: Instance) -> None:
    unasked = TRACKED | {"DeviceOnlyRememberedOnUserPrompt": False}
    with UserPool(patched, DeviceConfiguration=unasked) as pool:
        tokens, device = pool.new_device()
        mine = {"AccessToken": tokens["AccessToken"], "DeviceKey": device["device_key"]}

        assert status_of(pool, mine) == "remembered"


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"PasswordVerifier": "AQ=="},
        {"PasswordVerifier": "AA==", "Salt": "AQ=="},
        {"PasswordVerifier": "AQ==", "Salt": "AA=="},
    ],
)
def test_a_device_without_a_valid_verifier_is_not_confirmed(
    pool: UserPool, config: dict[str, str]
) -> None:
    tokens = pool.sign_in()["AuthenticationResult"]
    key = tokens["NewDeviceMetadata"]["DeviceKey"]

    with pytest.raises(Refused, match="InvalidParameterException"):
        pool.call(
            "ConfirmDevice",
            AccessToken=tokens["AccessToken"],
            DeviceKey=key,
            DeviceSecretVerifierConfig=config,
        )


def test_only_an_offered_device_is_confirmed(pool: UserPool) -> None:
    token = pool.sign_in()["AuthenticationResult"]["AccessToken"]
    verifier = {"PasswordVerifier": "AQ==", "Salt": "AQ=="}

    with pytest.raises(Refused, match="InvalidParameterException: Invalid device key given"):
        pool.call(
            "ConfirmDevice",
            AccessToken=token,
            DeviceKey=NOBODYS,
            DeviceSecretVerifierConfig=verifier,
        )


def test_a_confirmed_but_not_remembered_device_needs_the_second_factor(
    pool: UserPool,
) -> None:
    _, device = pool.new_device()
    totp = with_totp(pool)

    _, proof = pool.proof(**device)
    asked = pool.call("RespondToAuthChallenge", ClientId=pool.client_id, **proof)

    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    signed_in = pool.respond(
        "SOFTWARE_TOKEN_MFA",
        Session=asked["Session"],
        ChallengeResponses={
            "USERNAME": proof["ChallengeResponses"]["USERNAME"],
            "SOFTWARE_TOKEN_MFA_CODE": totp.now(),
            "DEVICE_KEY": device["device_key"],
        },
    )["AuthenticationResult"]
    assert "NewDeviceMetadata" not in signed_in
    assert pool.refresh(signed_in["RefreshToken"], device["device_key"])["AccessToken"]


def test_a_remembered_device_replaces_the_second_factor(pool: UserPool) -> None:
    _, device = pool.new_device(is_remembered=True)
    with_totp(pool)

    signed_in = sign_in_by_device(pool, device)

    assert "NewDeviceMetadata" not in signed_in
    assert claims_of(signed_in["AccessToken"])["device_key"] == device["device_key"]
    assert pool.refresh(signed_in["RefreshToken"], device["device_key"])["AccessToken"]


def sign_in_by_device(pool: UserPool, device: dict[str, str]) -> dict[str, Any]:
    srp, proof = pool.proof(**device)
    asked = pool.call("RespondToAuthChallenge", ClientId=pool.client_id, **proof)
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    named = {
        "USERNAME": proof["ChallengeResponses"]["USERNAME"],
        "DEVICE_KEY": device["device_key"],
        "SRP_A": srp.get_auth_params()["SRP_A"],
    }
    challenge = pool.respond("DEVICE_SRP_AUTH", ChallengeResponses=named)
    assert challenge["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER"
    answer = srp.process_device_challenge(challenge["ChallengeParameters"])
    signed_in = pool.respond("DEVICE_PASSWORD_VERIFIER", ChallengeResponses=answer)
    with pytest.raises(Refused, match="NotAuthorizedException"):
        pool.respond("DEVICE_PASSWORD_VERIFIER", ChallengeResponses=answer)
    return dict(signed_in["AuthenticationResult"])


def test_a_wrong_device_secret_is_refused(pool: UserPool) -> None:
    _, device = pool.new_device(is_remembered=True)

    with pytest.raises(Refused, match="NotAuthorizedException: Incorrect username or password"):
        sign_in_by_device(pool, device | {"device_password": "guessed"})


def test_a_device_cannot_prove_itself_before_the_password(pool: UserPool) -> None:
    _, device = pool.new_device(is_remembered=True)
    named = {"USERNAME": EMAIL, "DEVICE_KEY": device["device_key"], "SRP_A": "a1"}

    with pytest.raises(Refused, match="NotAuthorizedException: Cannot initiate DEVICE_SRP_AUTH"):
        pool.respond("DEVICE_SRP_AUTH", ChallengeResponses=named)


def test_devices_are_listed_page_by_page(pool: UserPool) -> None:
    keys = [pool.new_device()[1]["device_key"] for _ in range(3)]
    token = pool.sign_in()["AuthenticationResult"]["AccessToken"]

    first = pool.call("ListDevices", AccessToken=token, Limit=2)
    rest = pool.call(
        "ListDevices", AccessToken=token, Limit=2, PaginationToken=first["PaginationToken"]
    )

    listed = [device["DeviceKey"] for device in first["Devices"] + rest["Devices"]]
    assert listed == keys
    assert "PaginationToken" not in rest
    for wrong in ({"Limit": 61}, {"PaginationToken": "no token"}):
        with pytest.raises(Refused, match="InvalidParameterException"):
            pool.call("ListDevices", AccessToken=token, **wrong)


def test_an_operator_can_list_change_and_forget_devices(pool: UserPool) -> None:
    _, device = pool.new_device()
    key = {"DeviceKey": device["device_key"]}

    pool.call("AdminUpdateDeviceStatus", **pool.account, **key, DeviceRememberedStatus="remembered")
    (listed,) = pool.call("AdminListDevices", **pool.account)["Devices"]
    assert listed == pool.call("AdminGetDevice", **pool.account, **key)["Device"]
    assert {"Name": "dev:device_remembered_status", "Value": "remembered"} in listed[
        "DeviceAttributes"
    ]
    pool.call("AdminForgetDevice", **pool.account, **key)
    assert pool.call("AdminListDevices", **pool.account)["Devices"] == []


def test_devices_need_a_valid_access_token(pool: UserPool) -> None:
    with pytest.raises(Refused, match="NotAuthorizedException"):
        pool.call("ListDevices", AccessToken="eyJ.no.token")


def test_devices_outlive_a_restart(patched: Instance, pool: UserPool) -> None:
    tokens, device = pool.new_device()

    patched.stop()
    patched.start()

    assert pool.refresh(tokens["RefreshToken"], device["device_key"])["AccessToken"]
