"""Accounts with real tokens in a local user pool.

They sign in with a password, which the deployed client refuses. This is several times faster than
SRP, and these tests are not about sign-in.
"""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3

from tests.api.api import Account

PASSWORD = "Monsoon-Stage-2026"


@cache
def cognito() -> Any:
    return boto3.client("cognito-idp")


@dataclass(frozen=True)
class Pool:
    pool_id: str
    client_id: str

    @classmethod
    def create(cls, name: str) -> "Pool":
        pool = cognito().create_user_pool(PoolName=name, UsernameAttributes=["email"])
        pool_id = pool["UserPool"]["Id"]
        cognito().create_group(UserPoolId=pool_id, GroupName="admins")
        client = cognito().create_user_pool_client(
            UserPoolId=pool_id,
            ClientName=name,
            ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )
        return cls(pool_id, client["UserPoolClient"]["ClientId"])

    def account(self, email: str, *groups: str) -> Account:
        """A new confirmed account in these groups, with its access token."""
        attributes = {"email": email, "email_verified": "true"}
        cognito().admin_create_user(
            UserPoolId=self.pool_id,
            Username=email,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": name, "Value": text} for name, text in attributes.items()],
        )
        cognito().admin_set_user_password(
            UserPoolId=self.pool_id, Username=email, Password=PASSWORD, Permanent=True
        )
        for group in groups:
            cognito().admin_add_user_to_group(
                UserPoolId=self.pool_id, GroupName=group, Username=email
            )
        return self.signed_in(email, "AccessToken")

    def signed_in(self, email: str, kind: str) -> Account:
        answer = cognito().admin_initiate_auth(
            UserPoolId=self.pool_id,
            ClientId=self.client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": email, "PASSWORD": PASSWORD},
        )
        token = answer["AuthenticationResult"][kind]
        payload = token.split(".")[1]
        claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return Account(claims["sub"], email, token, _handed_on(claims))


def _handed_on(claims: dict[str, Any]) -> dict[str, str]:
    """Claims as API Gateway passes them on: each is text, and a list is "[one two]"."""
    return {
        name: f"[{' '.join(value)}]" if isinstance(value, list) else str(value)
        for name, value in claims.items()
    }
