"""Two simultaneous secrets of an app client."""

import base64
import hashlib
import hmac
from typing import Any

import pytest
from botocore.exceptions import ClientError

from embedded import Instance
from tests.embedded.gaps.given import a_name, client

pytestmark = pytest.mark.deployed

PASSWORD = "Monsoon-Stage-2026"


class App:
    """A client with a secret, and one account."""

    def __init__(self, instance: Instance) -> None:
        self.cognito = client(instance, "cognito-idp")
        self.pool = self.cognito.create_user_pool(PoolName=a_name())["UserPool"]["Id"]
        made = self.cognito.create_user_pool_client(
            UserPoolId=self.pool,
            ClientName="a",
            GenerateSecret=True,
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        )["UserPoolClient"]
        self.client_id, self.secret = made["ClientId"], made["ClientSecret"]
        self.ids = {"UserPoolId": self.pool, "ClientId": self.client_id}
        self.cognito.admin_create_user(UserPoolId=self.pool, Username="a")
        self.cognito.admin_set_user_password(
            UserPoolId=self.pool, Username="a", Password=PASSWORD, Permanent=True
        )

    def sign_in(self, secret: str) -> Any:
        digest = hmac.digest(secret.encode(), f"a{self.client_id}".encode(), hashlib.sha256)
        proof = base64.b64encode(digest).decode()
        return self.cognito.initiate_auth(
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "a", "PASSWORD": PASSWORD, "SECRET_HASH": proof},
        )["AuthenticationResult"]

    def add(self) -> dict[str, Any]:
        added: dict[str, Any] = self.cognito.add_user_pool_client_secret(**self.ids)[
            "ClientSecretDescriptor"
        ]
        return added

    def listed(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.cognito.list_user_pool_client_secrets(**self.ids)[
            "ClientSecrets"
        ]
        return found


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    with pytest.raises(ClientError, match="AddUserPoolClientSecret"):
        App(unpatched).add()


def test_both_secrets_are_accepted(patched: Instance) -> None:
    app = App(patched)
    added = app.add()

    assert app.sign_in(app.secret)["AccessToken"]
    assert app.sign_in(added["ClientSecretValue"])["AccessToken"]
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        app.sign_in("neither")


def test_the_list_of_secrets_has_no_values(patched: Instance) -> None:
    app = App(patched)
    added = app.add()

    listed = app.listed()

    assert added["ClientSecretId"] in {each["ClientSecretId"] for each in listed}
    assert len(listed) == 2
    assert all("ClientSecretValue" not in each for each in listed)


def test_a_third_secret_is_refused(patched: Instance) -> None:
    app = App(patched)
    app.add()

    with pytest.raises(ClientError, match="LimitExceededException"):
        app.add()


def test_a_deleted_secret_is_refused(patched: Instance) -> None:
    app = App(patched)
    added = app.add()
    [older] = [each for each in app.listed() if each["ClientSecretId"] != added["ClientSecretId"]]

    app.cognito.delete_user_pool_client_secret(**app.ids, ClientSecretId=older["ClientSecretId"])

    assert app.sign_in(added["ClientSecretValue"])["AccessToken"]
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        app.sign_in(app.secret)


def test_the_only_secret_cannot_be_deleted(patched: Instance) -> None:
    app = App(patched)
    [only] = app.listed()

    with pytest.raises(ClientError, match="InvalidParameterException"):
        app.cognito.delete_user_pool_client_secret(**app.ids, ClientSecretId=only["ClientSecretId"])
