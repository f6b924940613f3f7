"""A user pool as in the template, and a client of the account handlers."""

import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import boto3
import httpx
import pytest

from embedded.client import Client
from tests.api import api, templates

# For tests that do not depend on a client secret.
ONE_POOL = pytest.mark.parametrize("pool", ["no secret"], indirect=True)
SECRET_POOL = pytest.mark.parametrize("pool", ["secret"], indirect=True)

PASSWORD = "Correct-Horse-7"
CALLBACK_URL = "http://localhost:3000/auth/callback"
# The embedded Cognito mails the same codes to every account.
SIGN_UP_CODE = "123456"
RESET_CODE = "654321"


class Api(Client):
    """The API client, which calls the handlers directly."""

    def __init__(self, user_pool_id: str) -> None:
        self.user_pool_id = user_pool_id
        self.token = ""

    def request(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        claims = claims_of(self.token) if self.token else {}
        caller = api.Account("", "", self.token, claims) if self.token else None
        answer = api.call(method, path.removeprefix("/v1"), body, as_=caller, **(headers or {}))
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            text=answer.text,
            request=httpx.Request(method, f"http://api{path}"),
        )

    def post(self, path: str, **fields: Any) -> httpx.Response:
        return self.request("POST", path, fields)


class Pool:
    """A user pool with one app client, with or without a secret."""

    def __init__(self, *, has_secret: bool) -> None:
        self.cognito = boto3.client("cognito-idp")
        pool = dict(templates.resources()["UserPool"]["Properties"])
        pool["PoolName"] = pool.pop("UserPoolName")
        # CloudFormation sets these by other calls, or by the stage.
        del pool["EnabledMfas"], pool["DeletionProtection"], pool["EmailConfiguration"]
        del pool["LambdaConfig"]  # no function is deployed here
        self.pool_id = self.cognito.create_user_pool(**pool)["UserPool"]["Id"]
        self.api = Api(self.pool_id)
        client = dict(templates.resources()["UserPoolClient"]["Properties"])
        client |= {"UserPoolId": self.pool_id, "GenerateSecret": has_secret}
        client |= {"CallbackURLs": [CALLBACK_URL], "LogoutURLs": ["http://localhost"]}
        made = self.cognito.create_user_pool_client(**client)["UserPoolClient"]
        self.client_id = made["ClientId"]
        self.secret_id = ""
        if has_secret:
            self.secret = made["ClientSecret"]
            self.secret_id = f"client-secret-{self.client_id}"
            boto3.client("secretsmanager").create_secret(
                Name=self.secret_id, SecretString=self.secret_string()
            )

    def secret_string(self) -> str:
        """The secret as in `infra/resources/client-secret.yml`."""
        template = templates.resources()["ClientSecret"]["Properties"]["SecretString"]
        return str(template).replace("${UserPoolClient.ClientSecret}", self.secret)

    def an_unconfirmed_account(self) -> str:
        email = an_address()
        self.api.call("POST", "/v1/auth/signup", credentials(email))
        return email

    def an_account(self) -> str:
        email = self.an_unconfirmed_account()
        confirmation = {"email": email, "code": SIGN_UP_CODE}
        self.api.call("POST", "/v1/auth/confirm", confirmation)
        return email

    def a_disabled_account(self) -> str:
        email = self.an_account()
        self.cognito.admin_disable_user(UserPoolId=self.pool_id, Username=email)
        return email

    def status_of(self, email: str) -> str:
        user = self.cognito.admin_get_user(UserPoolId=self.pool_id, Username=email)
        return user["UserStatus"]

    def accepts(self, access_token: str) -> bool:
        """Whether Cognito's GetUser still accepts the token."""
        try:
            self.cognito.get_user(AccessToken=access_token)
        except self.cognito.exceptions.NotAuthorizedException:
            return False
        return True


def an_address() -> str:
    return f"{uuid.uuid4().hex}@example.com"


def credentials(email: str, password: str = PASSWORD) -> dict[str, str]:
    return {"email": email, "password": password}


def claims_of(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def a_token(**claims: str) -> str:
    """An unsigned token, as if API Gateway had verified it."""
    payload = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"header.{payload}.signature"


def said(response: httpx.Response) -> dict[str, Any]:
    """The whole answer except the id of its request."""
    headers = {name: value for name, value in response.headers.items() if name != "x-request-id"}
    document = response.json()
    document.pop("instance", None)
    return {"status": response.status_code, "headers": headers, "body": document}
