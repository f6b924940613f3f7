"""A function reads the client secret once, and again after a rotation."""

import json
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from artisthub.shared import cognito
from embedded.instance import ROOT
from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import PASSWORD, SECRET_POOL, Api, Pool, a_token

LOGIN = {"email": "maya@example.com", "srpA": "a1"}
MAY_READ_SECRETS = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"},
    ],
}


def test_the_client_secret_is_read_once(fake_aws: FakeAws) -> None:
    fake_aws.answer("InitiateAuth", ChallengeName="PASSWORD_VERIFIER")

    for _ in range(3):
        Api("").call("POST", "/v1/auth/login", LOGIN)

    assert fake_aws.sent("GetSecretValue") == [{"SecretId": "secret-id"}]


def test_wrong_passwords_do_not_reread_the_client_secret(fake_aws: FakeAws) -> None:
    fake_aws.refuse("InitiateAuth", "NotAuthorizedException")

    for _ in range(3):
        Api("").request("POST", "/v1/auth/login", LOGIN)

    assert len(fake_aws.sent("GetSecretValue")) == 1


@SECRET_POOL
def test_a_rotated_secret_needs_no_deployment(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = pool.an_account()
    monkeypatch.setattr(cognito, "_secret", "the secret before the rotation")
    monkeypatch.setattr(cognito, "REREAD_SECONDS", 0)

    assert api.sign_in(email, PASSWORD).access_token


def test_logout_sends_the_client_secret_itself(fake_aws: FakeAws) -> None:
    fake_aws.answer("RevokeToken")
    api = Api("")
    api.token = a_token(sub="sub-1", token_use="access")

    api.call("POST", "/v1/auth/logout", {"refreshToken": "r"})

    sent = {"ClientId": "client", "ClientSecret": "s3cretOfATestOf26Characters", "Token": "r"}
    assert fake_aws.sent("RevokeToken") == [sent]


def test_a_function_reads_the_client_secret_while_it_starts(
    fake_aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_aws.answer("InitiateAuth", ChallengeName="PASSWORD_VERIFIER")
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "startLogin")
    cognito.connect()
    fake_aws.refuse("GetSecretValue", "AccessDeniedException")

    answer = Api("").request("POST", "/v1/auth/login", LOGIN)

    assert answer.status_code == 200


def test_a_function_starts_even_if_it_cannot_read_the_client_secret(
    fake_aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_aws.refuse("GetSecretValue", "AccessDeniedException")
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "startLogin")

    cognito.connect()

    assert Api("").request("POST", "/v1/auth/login", LOGIN).status_code == 500


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "InvalidParameterException"])
def test_an_unreadable_client_secret_gets_500(fake_aws: FakeAws, code: str) -> None:
    fake_aws.refuse("GetSecretValue", code)

    answer = Api("").request("POST", "/v1/auth/login", LOGIN)

    assert answer.status_code == 500


@SECRET_POOL
def test_reading_the_client_secret_is_signed_with_the_keys_of_the_function(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = pool.an_account()
    iam = boto3.client("iam")
    iam.create_user(UserName="function")
    iam.put_user_policy(
        UserName="function", PolicyName="read", PolicyDocument=json.dumps(MAY_READ_SECRETS)
    )
    key = iam.create_access_key(UserName="function")["AccessKey"]
    monkeypatch.setattr(cognito, "_secret", "")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of another user")
    refused = api.post("/v1/auth/login", email=email, srpA="a1")

    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])
    accepted = api.post("/v1/auth/login", email=email, srpA="a1")

    assert (refused.status_code, accepted.status_code) == (500, 200)


def test_hashing_modules_are_not_imported_without_a_client_secret() -> None:
    dependencies = Path(pytest.__file__).parent.parent
    program = (
        "import sys; from artisthub.accounts import handlers; "
        "print(*{'hashlib', 'hmac', '_hashlib', 'urllib', 'boto3'} & set(sys.modules))"
    )
    path = [str(ROOT / "src"), str(dependencies)]

    imported = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {path}; {program}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert imported.stdout.split() == []
