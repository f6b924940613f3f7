"""Gives the user pool's client a new secret while people go on signing in.

Cognito takes two secrets of a client at a time, so the old one is deleted only once every function
can be without it: a function whose secret Cognito refuses reads it again, unless it has done so in
the last seconds (artisthub.shared.cognito.REREAD_SECONDS).
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
"""

import json
import time
from collections.abc import Callable
from typing import Any

import boto3

from operations import stack as stacks

# For functions to be allowed to read again, and for Secrets Manager to tell everyone the same.
WAIT_SECONDS = 30


class Unsettled(Exception):
    """What is in Secrets Manager is not what this run has put there."""


class Client:
    """The app client of a stage, and its secret in Secrets Manager."""

    def __init__(self, stack: str) -> None:
        self.cognito: Any = boto3.client("cognito-idp")
        self.store: Any = boto3.client("secretsmanager")
        self.secret_id = stacks.physical_id(stack, "ClientSecret")
        self.names = {
            "UserPoolId": stacks.physical_id(stack, "UserPool"),
            "ClientId": stacks.physical_id(stack, "UserPoolClient"),
        }

    def valid(self) -> list[str]:
        """The ids of the secrets that Cognito takes, the older one first."""
        listed = self.cognito.list_user_pool_client_secrets(**self.names)["ClientSecrets"]
        by_age = sorted(listed, key=lambda each: each["ClientSecretCreateDate"])
        return [each["ClientSecretId"] for each in by_age]

    def used(self) -> str | None:
        """The id of the secret that functions read; None of the one that the stack has made."""
        value = json.loads(self.store.get_secret_value(SecretId=self.secret_id)["SecretString"])
        found: str | None = value.get("clientSecretId")
        return found

    def add(self) -> str:
        made = self.cognito.add_user_pool_client_secret(**self.names)["ClientSecretDescriptor"]
        value = {
            "clientSecret": made["ClientSecretValue"],
            "clientSecretId": made["ClientSecretId"],
        }
        self.store.put_secret_value(SecretId=self.secret_id, SecretString=json.dumps(value))
        return str(made["ClientSecretId"])

    def delete(self, secret: str) -> None:
        self.cognito.delete_user_pool_client_secret(**self.names, ClientSecretId=secret)


def run(stack: str, tell: Callable[[str], None], *, wait_seconds: float = WAIT_SECONDS) -> bool:
    """Puts a new secret in the place of the old one; goes on where a run before was stopped."""
    client = Client(stack)
    older, *newer = client.valid()
    if newer and client.used() != newer[0]:
        tell(f"a secret is left over that nobody should use; waiting {wait_seconds:g} s")
        time.sleep(wait_seconds)
        client.delete(newer.pop())
    new = newer[0] if newer else client.add()
    tell("Cognito takes the old secret and a new one, which functions read from now on")
    tell(f"waiting {wait_seconds:g} s until every function can be without the old one")
    time.sleep(wait_seconds)
    if client.used() != new:
        raise Unsettled("a deployment has put the old secret back: run it again")
    client.delete(older)
    tell("the old secret is deleted")
    return True
