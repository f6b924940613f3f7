"""Rotation of the user pool's client secret, without interrupting sign-ins.

Cognito accepts two secrets for a client at a time, so the old one is deleted only when no function
needs it any more. A function whose secret Cognito refuses reads it again, at most once in
artisthub.shared.cognito.REREAD_SECONDS.
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
"""

import json
import time
from collections.abc import Callable
from typing import Any

import boto3

from operations import stack as stacks

# Long enough for each function to read again and for Secrets Manager to be consistent.
WAIT_SECONDS = 30


class Unsettled(Exception):
    """Secrets Manager no longer has the secret that this run stored."""


class Client:
    """A stage's app client and its secret in Secrets Manager."""

    def __init__(self, stack: str) -> None:
        self.cognito: Any = boto3.client("cognito-idp")
        self.store: Any = boto3.client("secretsmanager")
        self.secret_id = stacks.physical_id(stack, "ClientSecret")
        self.names = {
            "UserPoolId": stacks.physical_id(stack, "UserPool"),
            "ClientId": stacks.physical_id(stack, "UserPoolClient"),
        }

    def valid(self) -> list[str]:
        """Return the ids of the secrets that Cognito accepts, the older one first."""
        listed = self.cognito.list_user_pool_client_secrets(**self.names)["ClientSecrets"]
        by_age = sorted(listed, key=lambda each: each["ClientSecretCreateDate"])
        return [each["ClientSecretId"] for each in by_age]

    def used(self) -> str | None:
        """Return the id of the secret that functions read, or None for the stack's original one."""
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
    """Replace the old secret with a new one. Continue where an earlier run was stopped."""
    client = Client(stack)
    older, *newer = client.valid()
    if newer and client.used() != newer[0]:
        tell(f"an earlier run left an unused secret; waiting {wait_seconds:g} s before deleting it")
        time.sleep(wait_seconds)
        client.delete(newer.pop())
    new = newer[0] if newer else client.add()
    tell("Cognito accepts the old and the new secret; functions now read the new one")
    tell(f"waiting {wait_seconds:g} s until no function needs the old secret")
    time.sleep(wait_seconds)
    if client.used() != new:
        raise Unsettled("a deployment put the old secret back; run this command again")
    client.delete(older)
    tell("deleted the old secret")
    return True
