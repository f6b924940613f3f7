"""The functions of a deployed stage and the policies of their roles."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from embedded import Instance, deploy
from tests.permissions.policies import Document, Permission


@dataclass(frozen=True)
class Function:
    """A function with one of the policies of its role."""

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
        self.state = instance.state

    def functions(self) -> Iterator[Function]:
        """Each function, once for each policy of its role."""
        resources = self.cloudformation.describe_stack_resources(StackName=self.stack)
        for resource in resources["StackResources"]:
            if resource["ResourceType"] == "AWS::Lambda::Function":
                yield from self._policies_of(resource["PhysicalResourceId"])

    def _policies_of(self, name: str) -> Iterator[Function]:
        arn = self.lambdas.get_function_configuration(FunctionName=name)["Role"]
        role = arn.rpartition("/")[2]
        for policy in self.iam.list_role_policies(RoleName=role)["PolicyNames"]:
            found: Any = self.iam.get_role_policy(RoleName=role, PolicyName=policy)
            yield Function(name, role, policy, found["PolicyDocument"])

    @cached_property
    def _allowed(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """When each role used each action, and on which resource."""
        found: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for line in (self.state / "allowed.jsonl").read_text().splitlines():
            at, principal, action, resource = json.loads(line)
            role = principal.split("/")[1] if "/" in principal else principal
            found.setdefault((role, action), []).append((at, resource))
        return found

    def uses(self, function: Function, permission: Permission) -> list[int]:
        """The times at which the function used the permission, in milliseconds since 1970."""
        calls = self._allowed.get((function.role, permission.action), [])
        return [at for at, resource in calls if fnmatchcase(resource, permission.resource)]

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
        policy = {"RoleName": function.role, "PolicyName": function.policy}
        if document["Statement"]:
            self.iam.put_role_policy(**policy, PolicyDocument=json.dumps(document))
        else:  # IAM refuses a policy that is empty
            self.iam.delete_role_policy(**policy)
