"""The functions of a deployed stage and the policies of their roles."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from embedded import Instance, deploy
from tests.permissions.policies import Document


@dataclass(frozen=True)
class Function:
    name: str
    role: str
    policy: str
    document: Document


class Stage:
    def __init__(self, instance: Instance) -> None:
        session, url = deploy.aws(instance), instance.endpoint_url
        self.stack = f"artisthub-api-{instance.stage}"
        self.cloudformation = session.client("cloudformation", endpoint_url=url)
        self.iam = session.client("iam", endpoint_url=url)
        self.lambdas = session.client("lambda", endpoint_url=url)
        self.logs = session.client("logs", endpoint_url=url)

    def functions(self) -> list[Function]:
        resources = self.cloudformation.describe_stack_resources(StackName=self.stack)
        return [
            self._function(resource["PhysicalResourceId"])
            for resource in resources["StackResources"]
            if resource["ResourceType"] == "AWS::Lambda::Function"
        ]

    def _function(self, name: str) -> Function:
        arn = self.lambdas.get_function_configuration(FunctionName=name)["Role"]
        role = arn.rpartition("/")[2]
        [policy] = self.iam.list_role_policies(RoleName=role)["PolicyNames"]
        document: Any = self.iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
        return Function(name, role, policy, document)

    def moments_of(self, function: Function) -> set[int]:
        """The times at which the function ran, from its log, in milliseconds since 1970."""
        pages = self.logs.get_paginator("filter_log_events").paginate(
            logGroupName=f"/aws/lambda/{function.name}"
        )
        return {event["timestamp"] for page in pages for event in page["events"]}

    @contextlib.contextmanager
    def allowing(self, document: Document, function: Function) -> Iterator[None]:
        """Apply the policy for a block, in new processes, because old ones may have cached data."""
        self._allow(document, function)
        memory = self.lambdas.get_function_configuration(FunctionName=function.name)["MemorySize"]
        self.lambdas.update_function_configuration(FunctionName=function.name, MemorySize=memory)
        try:
            yield
        finally:
            self._allow(function.document, function)

    def _allow(self, document: Document, function: Function) -> None:
        self.iam.put_role_policy(
            RoleName=function.role, PolicyName=function.policy, PolicyDocument=json.dumps(document)
        )
