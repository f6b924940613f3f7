"""exchangeCode: the hosted UI's authorization code with PKCE."""

import os
from base64 import b64encode
from typing import Any

import pytest

from artisthub.shared import cognito
from tests import hosted_ui
from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import CALLBACK_URL, ONE_POOL, PASSWORD, SECRET_POOL, Api, Pool

GRANT = {"code": "code-1", "codeVerifier": "v" * 43, "redirectUri": CALLBACK_URL}
TOKEN = "/oauth2/token"
BASIC = "Basic " + b64encode(b"client:s3cretOfATestOf26Characters").decode()


def a_grant(pool: Pool, email: str, **options: str) -> dict[str, str]:
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    return hosted_ui.sign_in(endpoint, pool.client_id, CALLBACK_URL, email, PASSWORD, **options)


def problem(api: Api, body: dict[str, Any]) -> tuple[int, str]:
    answer = api.request("POST", "/v1/auth/token", body)
    return answer.status_code, answer.json()["code"]


def test_a_hosted_ui_code_is_exchanged_for_tokens(api: Api, pool: Pool) -> None:
    answer = api.call("POST", "/v1/auth/token", a_grant(pool, pool.an_account()))

    tokens = answer.json()["tokens"]
    assert sorted(tokens) == ["accessToken", "expiresIn", "idToken", "refreshToken", "tokenType"]
    assert (tokens["expiresIn"], tokens["tokenType"]) == (3600, "Bearer")
    assert pool.accepts(tokens["accessToken"])


@ONE_POOL
def test_a_sign_in_without_the_openid_scope_gets_no_id_token(api: Api, pool: Pool) -> None:
    grant = a_grant(pool, pool.an_account(), scopes="aws.cognito.signin.user.admin")

    tokens = api.call("POST", "/v1/auth/token", grant).json()["tokens"]

    assert "idToken" not in tokens
    assert pool.accepts(tokens["accessToken"])


def test_an_authorization_code_works_only_once(api: Api, pool: Pool) -> None:
    grant = a_grant(pool, pool.an_account())
    api.call("POST", "/v1/auth/token", grant)

    assert problem(api, grant) == (401, "AuthorizationCodeInvalid")


def test_an_authorization_code_is_refused_without_its_verifier(api: Api, pool: Pool) -> None:
    grant = a_grant(pool, pool.an_account())

    assert problem(api, grant | {"codeVerifier": "x" * 43}) == (401, "AuthorizationCodeInvalid")


@SECRET_POOL
def test_a_rotated_secret_needs_no_deployment(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = a_grant(pool, pool.an_account())
    monkeypatch.setattr(cognito, "_secret", "the secret before the rotation")
    monkeypatch.setattr(cognito, "REREAD_SECONDS", 0)

    assert api.call("POST", "/v1/auth/token", grant).json()["tokens"]["accessToken"]


def test_the_code_exchange_authenticates_with_the_client_secret(fake_aws: FakeAws) -> None:
    answer = {"access_token": "a", "expires_in": 3600, "token_type": "Bearer"}
    fake_aws.answer(TOKEN, **answer)

    Api("").call("POST", "/v1/auth/token", GRANT)

    assert fake_aws.sent(TOKEN) == [
        {
            "grant_type": "authorization_code",
            "client_id": "client",
            "code": "code-1",
            "code_verifier": "v" * 43,
            "redirect_uri": CALLBACK_URL,
            "Authorization": BASIC,
        }
    ]


def test_a_client_without_a_secret_sends_no_authorization(
    fake_aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENT_SECRET_ID", "")
    fake_aws.answer(TOKEN, access_token="a", expires_in=3600, token_type="Bearer")

    Api("").call("POST", "/v1/auth/token", GRANT)

    assert "Authorization" not in fake_aws.sent(TOKEN)[0]


def test_an_unknown_redirect_uri_is_refused(fake_aws: FakeAws) -> None:
    refused = problem(Api(""), GRANT | {"redirectUri": "https://example.org/steal"})

    assert refused == (422, "RedirectUriUnknown")
    assert fake_aws.calls == []


@pytest.mark.parametrize("code", ["invalid_grant", "invalid_request", "unauthorized_client"])
def test_a_code_that_cognito_refuses_gets_401(fake_aws: FakeAws, code: str) -> None:
    fake_aws.answers[TOKEN] = (400, {"error": code, "error_description": "Not this time."})

    assert problem(Api(""), GRANT) == (401, "AuthorizationCodeInvalid")


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (400, {"error": "invalid_client"}, (500, "InternalError")),
        (429, {"message": "slow down"}, (429, "TooManyRequests")),
        (500, {}, (503, "Busy")),
    ],
)
def test_a_failed_exchange_does_not_blame_a_valid_code(
    fake_aws: FakeAws, status: int, error: dict[str, str], expected: tuple[int, str]
) -> None:
    fake_aws.answers[TOKEN] = (status, error)

    assert problem(Api(""), GRANT) == expected


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/code", "/codeVerifier", "/redirectUri"]),
        (GRANT | {"codeVerifier": "v" * 42}, ["/codeVerifier"]),
        (GRANT | {"codeVerifier": "v" * 129}, ["/codeVerifier"]),
        (GRANT | {"codeVerifier": "v" * 43 + "+"}, ["/codeVerifier"]),
        (GRANT | {"code": "", "state": "s"}, ["/code", "/state"]),
    ],
)
def test_every_invalid_field_is_named(
    fake_aws: FakeAws, body: dict[str, str], pointers: list[str]
) -> None:
    answer = Api("").request("POST", "/v1/auth/token", body)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


def test_the_function_connects_to_the_hosted_ui_while_it_starts(
    fake_aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "exchangeCode")
    monkeypatch.setenv("CLIENT_SECRET_ID", "")
    monkeypatch.setenv("HOSTED_UI_URL", fake_aws.endpoint_url)

    cognito.connect()

    assert fake_aws.connected == 1
