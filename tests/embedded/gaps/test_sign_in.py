"""Cognito's checks of sign-in proofs, on a user pool of the embedded AWS."""

import uuid
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
from pycognito.aws_srp import N_HEX

from embedded import Instance
from tests.embedded.gaps.user_pool import EMAIL, Refused, UserPool

NOBODY = "nobody@example.com"
FACTOR = "SOFTWARE_TOKEN_MFA"


@pytest.fixture
def pool(patched: Instance) -> Iterator[UserPool]:
    with UserPool(patched) as pool:
        yield pool


def start(pool: UserPool, email: str, srp_a: str = "a1") -> dict[str, Any]:
    answer = pool.call(
        "InitiateAuth",
        ClientId=pool.client_id,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": email, "SRP_A": srp_a},
    )
    return dict(answer["ChallengeParameters"])


def with_totp(pool: UserPool) -> pyotp.TOTP:
    token = pool.sign_in()["AuthenticationResult"]["AccessToken"]
    secret = pool.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    pool.call("VerifySoftwareToken", AccessToken=token, UserCode=pyotp.TOTP(secret).now())
    wanted = {"Enabled": True, "PreferredMfa": True}
    pool.call("SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=wanted)
    return pyotp.TOTP(secret)


def test_ministack_accepts_proofs_that_aws_refuses(unpatched: Instance) -> None:
    with UserPool(unpatched) as pool:
        assert start(pool, NOBODY)["USERNAME"] == NOBODY
        assert start(pool, EMAIL, srp_a="0")["SRP_B"]
        _, proof = pool.proof()
        for _ in range(2):
            assert pool.call("RespondToAuthChallenge", ClientId=pool.client_id, **proof)
        code = {"USERNAME": EMAIL, "SOFTWARE_TOKEN_MFA_CODE": with_totp(pool).now()}
        assert pool.respond(FACTOR, Session="x" * 20, ChallengeResponses=code)


def test_the_start_of_a_sign_in_does_not_reveal_accounts(pool: UserPool) -> None:
    known, unknown, again = (start(pool, email) for email in (EMAIL, NOBODY, NOBODY))

    for parameters in (known, unknown):
        assert str(uuid.UUID(parameters["USERNAME"])) == parameters["USERNAME"]
        assert parameters["USER_ID_FOR_SRP"] == parameters["USERNAME"]
    assert unknown["USERNAME"] == again["USERNAME"]
    assert unknown["SALT"] == again["SALT"]
    assert known.keys() == unknown.keys()


@pytest.mark.parametrize("srp_a", ["0", "000", N_HEX, f"{2 * int(N_HEX, 16):x}"])
def test_an_a_that_is_zero_modulo_n_is_refused(pool: UserPool, srp_a: str) -> None:
    with pytest.raises(Refused, match="InvalidParameterException"):
        start(pool, EMAIL, srp_a)


def test_a_proof_works_once(pool: UserPool) -> None:
    _, proof = pool.proof()

    assert pool.call("RespondToAuthChallenge", ClientId=pool.client_id, **proof)
    with pytest.raises(Refused, match="NotAuthorizedException"):
        pool.call("RespondToAuthChallenge", ClientId=pool.client_id, **proof)


def test_a_second_factor_counts_only_after_the_password(pool: UserPool) -> None:
    code = with_totp(pool).now()
    answer = {"USERNAME": EMAIL, "SOFTWARE_TOKEN_MFA_CODE": code}

    with pytest.raises(Refused, match="NotAuthorizedException: Invalid session"):
        pool.respond(FACTOR, Session="x" * 20, ChallengeResponses=answer)
    session = pool.sign_in()["Session"]
    assert pool.respond(FACTOR, Session=session, ChallengeResponses=answer)
    with pytest.raises(Refused, match="NotAuthorizedException: Invalid session"):
        pool.respond(FACTOR, Session=session, ChallengeResponses=answer)


def test_replacing_a_temporary_password_requires_it(pool: UserPool) -> None:
    pool.call("AdminSetUserPassword", **pool.account, Password="Temporary-7!", Permanent=False)
    answer = {"USERNAME": EMAIL, "NEW_PASSWORD": "Taken-Over-7!"}

    with pytest.raises(Refused, match="NotAuthorizedException: Invalid session"):
        pool.respond("NEW_PASSWORD_REQUIRED", Session="x" * 20, ChallengeResponses=answer)
