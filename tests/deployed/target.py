"""The stage under test, and the AWS clients of the person who runs the tests."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import boto3
from botocore.config import Config

# CloudWatch Logs allows an account a few requests a second.
PATIENT = Config(retries={"mode": "adaptive", "max_attempts": 10})


class Mailbox(Protocol):
    """The e-mails of a stage, if the tests can read them."""

    sign_up_code: str
    reset_code: str
    address_code: str

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """The service's e-mails to an address, oldest first, without those of Cognito."""

    def ending(self, mail: dict[str, Any]) -> str:
        """The path and query of an e-mail's unsubscribe link."""


# Returns the URLs of the API and the hosted UI, from the stack's outputs and the region.
Addresses = Callable[[dict[str, str], str], dict[str, str]]


def on_aws(outputs: dict[str, str], region: str) -> dict[str, str]:
    domain = outputs["UserPoolDomain"]
    return {
        "apiUrl": outputs["ApiUrl"],
        "hostedUiUrl": f"https://{domain}.auth.{region}.amazoncognito.com",
    }


@dataclass(frozen=True)
class Target:
    """A deployed stage.

    `endpoint_url` is set only for an embedded AWS. `mailbox` is None if tests cannot read e-mail.
    Log lines older than `since_ms` are from before the tests. The address of each account that a
    test creates contains `run`.
    """

    stage: str
    session: boto3.Session
    endpoint_url: str | None = None
    addresses: Addresses = on_aws
    mailbox: Mailbox | None = None
    since_ms: int = 0
    run: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    _clients: dict[str, Any] = field(default_factory=dict)

    @property
    def stack(self) -> str:
        return f"artisthub-api-{self.stage}"

    @property
    def is_aws(self) -> bool:
        return self.endpoint_url is None

    def client(self, service: Any) -> Any:
        if service not in self._clients:
            self._clients[service] = self.session.client(
                service, endpoint_url=self.endpoint_url, config=PATIENT
            )
        return self._clients[service]

    def table(self, logical_id: str) -> Any:
        dynamodb: Any = self.session.resource("dynamodb", endpoint_url=self.endpoint_url)
        return dynamodb.Table(self.resources[logical_id])

    @cached_property
    def _listed(self) -> list[dict[str, str]]:
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        return [
            each
            for page in pages.paginate(StackName=self.stack)
            for each in page["StackResourceSummaries"]
            if "PhysicalResourceId" in each
        ]

    @cached_property
    def resources(self) -> dict[str, str]:
        """The physical id of each resource, by its logical id."""
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in self._listed}

    def of_type(self, resource_type: str) -> dict[str, str]:
        return {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in self._listed
            if each["ResourceType"] == resource_type
        }

    @property
    def tables(self) -> dict[str, str]:
        return self.of_type("AWS::DynamoDB::Table")

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The URLs of the stage and the ids of its user pool."""
        [described] = self.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"]
        said = {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]}
        found = self.addresses(said, self.session.region_name)
        return found | {
            "docsUrl": f"{found['apiUrl']}/v1/docs",
            "stage": self.stage,
            "apiId": said["HttpApiId"],
            "userPoolId": said["UserPoolId"],
            "userPoolClientId": said["UserPoolClientId"],
        }
