"""startLogin, answerChallenge, refreshSession, logout."""

import uuid
from typing import Any

import httpx
import pyotp
import pytest
from pycognito.aws_srp import AWSSRP, N_HEX

from artisthub.accounts import rules
from embedded.client import ApiError
from tests.api.accounts.pool import (
    ONE_POOL,
    PASSWORD,
    SECRET_POOL,
    SIGN_UP_CODE,
    Api,
    Pool,
    a_token,
    an_address,
    claims_of,
    credentials,
    said,
)


def the_proof(api: Api, email: str, password: str = PASSWORD, *, zeros: str = "") -> dict[str, str]:
    """A client's answer to the challenge of startLogin."""
    srp = AWSSRP(email, password, api.user_pool_id, client_id="", client=object())
    start = {"email": email, "srpA": zeros + srp.get_auth_params()["SRP_A"]}
    challenge = api.call("POST", "/v1/auth/login", start).json()
    made = srp.process_challenge(challenge["parameters"], {"USERNAME": email})
    return {
        "challenge": "PASSWORD_VERIFIER",
        "username": made["USERNAME"],
        "secretBlock": made["PASSWORD_CLAIM_SECRET_BLOCK"],
        "signature": made["PASSWORD_CLAIM_SIGNATURE"],
        "timestamp": made["TIMESTAMP"],
    }


def start_of(answer: httpx.Response) -> dict[str, Any]:
    """The answer to the start of a sign-in, without its random values."""
    told = said(answer)
    told["body"]["parameters"] = list(told["body"]["parameters"])
    del told["headers"]["content-length"]
    return told


def with_totp(pool: Pool, access_token: str, email: str) -> pyotp.TOTP:
    secret = pool.cognito.associate_software_token(AccessToken=access_token)["SecretCode"]
    totp = pyotp.TOTP(secret)
    pool.cognito.verify_software_token(AccessToken=access_token, UserCode=totp.now())
    pool.cognito.admin_set_user_mfa_preference(
        UserPoolId=pool.pool_id,
        Username=email,
        SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    return totp


def test_a_correct_password_proof_gets_tokens(api: Api, pool: Pool) -> None:
    answer = api.call("POST", "/v1/auth/challenge", the_proof(api, pool.an_account()))

    tokens = answer.json()["tokens"]
    assert sorted(tokens) == ["accessToken", "expiresIn", "idToken", "refreshToken", "tokenType"]
    assert (tokens["expiresIn"], tokens["tokenType"]) == (3600, "Bearer")
    assert claims_of(tokens["accessToken"])["client_id"] == pool.client_id
    assert pool.accepts(tokens["accessToken"])


def test_a_sign_in_starts_with_a_password_challenge(api: Api, pool: Pool) -> None:
    answer = api.post("/v1/auth/login", email=pool.an_account(), srpA="a1")

    assert answer.status_code == 200
    assert answer.json()["challenge"] == "PASSWORD_VERIFIER"
    assert answer.json()["session"] is None
    assert {"SALT", "SRP_B", "SECRET_BLOCK", "USER_ID_FOR_SRP"} <= set(answer.json()["parameters"])


@SECRET_POOL
def test_the_start_of_a_sign_in_gets_the_same_answer_for_every_address(
    api: Api, pool: Pool
) -> None:
    known = start_of(api.post("/v1/auth/login", email=pool.an_account(), srpA="a1"))

    for email in (an_address(), pool.an_unconfirmed_account(), pool.a_disabled_account()):
        assert start_of(api.post("/v1/auth/login", email=email, srpA="a1")) == known


@ONE_POOL
def test_the_start_of_a_sign_in_does_not_repeat_the_address(api: Api, pool: Pool) -> None:
    for email in (pool.an_account(), an_address(), pool.an_unconfirmed_account()):
        started = api.post("/v1/auth/login", email=email, srpA="a1")
        parameters = started.json()["parameters"]
        assert str(uuid.UUID(parameters["USERNAME"])) == parameters["USER_ID_FOR_SRP"]
        assert email not in started.text


@ONE_POOL
@pytest.mark.parametrize("srp_a", ["0", N_HEX])
def test_an_srp_a_of_zero_modulo_n_is_refused(api: Api, pool: Pool, srp_a: str) -> None:
    answer = api.post("/v1/auth/login", email=pool.an_account(), srpA=srp_a)

    assert (answer.status_code, answer.json()["code"]) == (422, "SrpInvalid")


@ONE_POOL
@pytest.mark.weakness(25)
@pytest.mark.parametrize("zeros", ["0", "00", "0" * 1_000])
def test_srp_a_may_have_leading_zeros(api: Api, pool: Pool, zeros: str) -> None:
    proof = the_proof(api, pool.an_account(), zeros=zeros)

    assert api.request("POST", "/v1/auth/challenge", proof).status_code == 200


@ONE_POOL
@pytest.mark.weakness(40)
def test_a_proof_with_a_padded_day_is_told_the_form_of_its_timestamp(api: Api, pool: Pool) -> None:
    proof = the_proof(api, pool.an_account())

    answer = api.request(
        "POST", "/v1/auth/challenge", proof | {"timestamp": "Wed Nov 05 16:54:00 UTC 2026"}
    )

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/timestamp"]


@SECRET_POOL
def test_the_salt_of_an_unconfirmed_address_stays_the_same(api: Api, pool: Pool) -> None:
    email = pool.an_unconfirmed_account()

    starts = [api.post("/v1/auth/login", email=email, srpA="a1").json() for _ in range(2)]

    assert starts[0]["parameters"]["SALT"] == starts[1]["parameters"]["SALT"]


@SECRET_POOL
@pytest.mark.weakness(44)
def test_no_other_account_prevents_a_sign_in(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    pool.cognito.admin_create_user(UserPoolId=pool.pool_id, Username=rules.decoy_of(email))
    pool.cognito.admin_disable_user(UserPoolId=pool.pool_id, Username=rules.decoy_of(email))

    assert api.sign_in(email, PASSWORD).access_token


@ONE_POOL
@pytest.mark.weakness(44)
@pytest.mark.parametrize("path", ["signup", "login", "forgot-password", "resend-code", "confirm"])
def test_no_operation_accepts_the_name_of_a_decoy(api: Api, path: str) -> None:
    for email in (rules.decoy_of("maya@example.com"), "maya@example.com.INVALID"):
        answer = api.post(f"/v1/auth/{path}", email=email)

        assert answer.status_code == 422
        assert "/email" in [error["pointer"] for error in answer.json()["errors"]]


@SECRET_POOL
@pytest.mark.weakness(44)
def test_an_address_as_long_as_cognitos_names_can_sign_in(api: Api, pool: Pool) -> None:
    email = f"{'m' * 116}{uuid.uuid4().hex}@example.com"[-128:]
    api.call("POST", "/v1/auth/signup", credentials(email))
    api.call("POST", "/v1/auth/confirm", {"email": email, "code": SIGN_UP_CODE})

    assert api.sign_in(email, PASSWORD).access_token
    assert len(rules.decoy_of(email)) <= 128


@SECRET_POOL
def test_all_failed_sign_ins_get_the_same_answer(api: Api, pool: Pool) -> None:
    wrong = the_proof(api, pool.an_account(), "Wrong-Password-7")
    refused = said(api.request("POST", "/v1/auth/challenge", wrong))

    assert (refused["status"], refused["body"]["code"]) == (401, "SignInFailed")
    for email in (an_address(), pool.an_unconfirmed_account(), pool.a_disabled_account()):
        proof = the_proof(api, email)
        assert said(api.request("POST", "/v1/auth/challenge", proof)) == refused


@SECRET_POOL
def test_a_sign_in_asks_for_the_second_factor_and_accepts_it(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    totp = with_totp(pool, api.sign_in(email, PASSWORD).access_token, email)

    challenge = api.call("POST", "/v1/auth/challenge", the_proof(api, email)).json()

    assert challenge["challenge"] == "SOFTWARE_TOKEN_MFA"
    assert "tokens" not in challenge
    assert api.sign_in(email, PASSWORD, totp.secret).access_token


@ONE_POOL
def test_a_wrong_second_factor_gets_its_own_error_code(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    totp = with_totp(pool, api.sign_in(email, PASSWORD).access_token, email)
    proof = the_proof(api, email)
    challenge = api.call("POST", "/v1/auth/challenge", proof).json()

    answer = api.post(
        "/v1/auth/challenge",
        challenge="SOFTWARE_TOKEN_MFA",
        session=challenge["session"],
        username=proof["username"],
        code=f"{(int(totp.now()) + 500_000) % 1_000_000:06}",
    )

    assert (answer.status_code, answer.json()["code"]) == (401, "TotpCodeInvalid")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/challenge"]),
        ({"challenge": "NEW_PASSWORD_REQUIRED"}, ["/challenge"]),
        ({"challenge": "SOFTWARE_TOKEN_MFA", "code": "12"}, ["/username", "/session", "/code"]),
        (
            {"challenge": "PASSWORD_VERIFIER", "username": "u", "timestamp": "now"},
            ["/secretBlock", "/signature", "/timestamp"],
        ),
        (
            {"challenge": "DEVICE_SRP_AUTH", "username": "u", "srpA": "xyz", "deviceKey": "a b"},
            ["/srpA", "/deviceKey"],
        ),
    ],
)
@ONE_POOL
def test_an_invalid_challenge_answer_names_its_fields(
    api: Api, body: dict[str, str], pointers: list[str]
) -> None:
    answer = api.request("POST", "/v1/auth/challenge", body)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


@pytest.mark.parametrize("srp_a", ["", "xyz", "a" * 769, 5])
@ONE_POOL
def test_srp_a_must_be_hexadecimal(api: Api, srp_a: object) -> None:
    answer = api.post("/v1/auth/login", email=an_address(), srpA=srp_a)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/srpA"]


def test_a_refresh_token_gets_new_tokens(api: Api, pool: Pool) -> None:
    answer = api.post("/v1/auth/refresh", **api.sign_in(pool.an_account(), PASSWORD).session)

    tokens = answer.json()["tokens"]
    assert sorted(tokens) == ["accessToken", "expiresIn", "idToken", "tokenType"]
    assert pool.accepts(tokens["accessToken"])


def test_an_invalid_refresh_token_is_refused(api: Api) -> None:
    answer = api.post("/v1/auth/refresh", refreshToken="eyJ.no.token", username="somebody")

    assert (answer.status_code, answer.json()["code"]) == (401, "SessionEnded")


@SECRET_POOL
def test_a_refresh_token_is_refused_for_another_account(api: Api, pool: Pool) -> None:
    session = api.sign_in(pool.an_account(), PASSWORD).session

    answer = api.post("/v1/auth/refresh", **session | {"username": "other"})

    assert (answer.status_code, answer.json()["code"]) == (401, "SessionEnded")


@ONE_POOL
def test_a_refresh_requires_the_username(api: Api) -> None:
    answer = api.post("/v1/auth/refresh", refreshToken="eyJ.a.b")

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": "/username", "detail": "is required"}]


def test_logout_ends_only_the_current_session(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    other = api.sign_in(email, PASSWORD)
    this = api.sign_in(email, PASSWORD)

    answer = api.post("/v1/auth/logout", refreshToken=this.refresh_token)

    assert answer.status_code == 204
    assert not pool.accepts(this.access_token)
    assert pool.accepts(other.access_token)
    with pytest.raises(ApiError, match="SessionEnded"):
        api.refresh(this)


@ONE_POOL
def test_logout_everywhere_ends_every_session(api: Api, pool: Pool) -> None:
    email = pool.an_account()
    other = api.sign_in(email, PASSWORD)
    this = api.sign_in(email, PASSWORD)

    answer = api.post("/v1/auth/logout", everywhere=True)

    assert answer.status_code == 204
    assert not pool.accepts(this.access_token)
    assert not pool.accepts(other.access_token)


@ONE_POOL
def test_an_ended_session_cannot_end_other_sessions(api: Api, pool: Pool) -> None:
    api.sign_in(pool.an_account(), PASSWORD)
    api.call("POST", "/v1/auth/logout", {"everywhere": True})

    answer = api.post("/v1/auth/logout", everywhere=True)

    assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")


@ONE_POOL
def test_logout_needs_a_token(api: Api) -> None:
    answer = api.post("/v1/auth/logout", everywhere=True)

    assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")


@ONE_POOL
def test_logout_needs_an_access_token(api: Api) -> None:
    api.token = a_token(sub="somebody", token_use="id")

    answer = api.post("/v1/auth/logout", everywhere=True)

    assert (answer.status_code, answer.json()["code"]) == (401, "AccessTokenRequired")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"everywhere": False},
        {"everywhere": True, "refreshToken": "eyJ.a.b"},
        {"everywhere": "yes"},
    ],
)
@ONE_POOL
def test_logout_ends_either_one_session_or_all(api: Api, body: dict[str, object]) -> None:
    api.token = a_token(sub="somebody", token_use="access")

    answer = api.request("POST", "/v1/auth/logout", body)

    assert answer.status_code == 422
