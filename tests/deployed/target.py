"""The stage that the tests of this folder call, and AWS as the person who tests it may use it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import boto3
from botocore.config import Config

# CloudWatch Logs answers a few requests a second for the whole account.
PATIENT = Config(retries={"mode": "adaptive", "max_attempts": 10})


class Mailbox(Protocol):
    """What a stage mails, where the tests may read it."""

    sign_up_code: str
    reset_code: str

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """What the service has sent to an address, the oldest first; not what Cognito has."""

    def ending(self, mail: dict[str, Any]) -> str:
        """The path, below the API's, of the link in an e-mail that ends such e-mails."""


# The API's address and the hosted UI's, from the stack's outputs and the region.
Addresses = Callable[[dict[str, str], str], dict[str, str]]


def on_aws(outputs: dict[str, str], region: str) -> dict[str, str]:
    domain = outputs["UserPoolDomain"]
    return {
        "apiUrl": outputs["ApiUrl"],
        "hostedUiUrl": f"https://{domain}.auth.{region}.amazoncognito.com",
    }


@dataclass(frozen=True)
class Target:
    """endpoint_url: of an AWS that is not Amazon's. mailbox: None where nobody reads the e-mail.
    since_ms: log lines older than this are not the tests' own. run: part of each account's
    address."""

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
        """What AWS calls each resource, by its logical id."""
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
        """Where the stage is and what its user pool is called."""
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
