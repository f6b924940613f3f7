"""Small prod stacks on an otherwise empty embedded AWS."""

import io
import json
import sys
from dataclasses import dataclass
from typing import Any, NamedTuple

import boto3
import pytest

from embedded import Instance, deploy
from operations import __main__ as operations
from operations import deploy_role

STACK = "artisthub-api-prod"
GITHUB = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"
TABLE: dict[str, Any] = {
    "Type": "AWS::DynamoDB::Table",
    "DeletionPolicy": "RetainExceptOnCreate",
    "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    },
}


class Outcome(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@dataclass
class Stage:
    instance: Instance
    output: pytest.CaptureFixture[str]

    def client(self, name: str) -> Any:
        session: Any = deploy.aws(self.instance)
        return session.client(name, endpoint_url=self.instance.endpoint_url)

    @property
    def aws(self) -> Any:
        return self.client("cloudformation")

    def make(self, **resources: Any) -> str:
        body = json.dumps({"Resources": resources})
        made = str(self.aws.create_stack(StackName=STACK, TemplateBody=body)["StackId"])
        self._wait("stack_create_complete", made)
        return made

    def remove(self) -> None:
        [stack] = self.aws.describe_stacks(StackName=STACK)["Stacks"]
        self.aws.delete_stack(StackName=STACK)
        self._wait("stack_delete_complete", stack["StackId"])

    def _wait(self, outcome: str, stack_id: str) -> None:
        self.aws.get_waiter(outcome).wait(StackName=stack_id, WaiterConfig={"Delay": 1})

    def physical_ids(self) -> dict[str, str]:
        found = self.aws.describe_stack_resources(StackName=STACK)["StackResources"]
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found}

    def deployer(self) -> dict[str, str]:
        """Return an access key with only the permissions in infra/deploy-role.yml."""
        role = {"StackName": "artisthub-deploy-prod"}
        parameters = {"Stage": "prod", "Repository": "artisthub/artisthub-api", "Provider": GITHUB}
        self.aws.create_stack(
            **role,
            TemplateBody=deploy_role.TEMPLATE.read_text(),
            Parameters=[
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in parameters.items()
            ],
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )
        self._wait("stack_create_complete", role["StackName"])
        iam = self.client("iam")
        iam.create_user(UserName="deployer")
        attached = iam.list_attached_role_policies(RoleName="artisthub-deploy-prod")
        for policy in attached["AttachedPolicies"]:
            iam.attach_user_policy(UserName="deployer", PolicyArn=policy["PolicyArn"])
        key = iam.create_access_key(UserName="deployer")["AccessKey"]
        return {
            "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
        }

    def adopt(self, *arguments: str, **environment: str) -> Outcome:
        own = deploy.environment(self.instance) | environment
        command = ["operations", "adopt", "--stage", "prod", *arguments]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", command)
            patch.setattr(sys, "stdin", io.StringIO())
            patch.setattr(boto3, "DEFAULT_SESSION", None)
            for name, value in own.items():
                patch.setenv(name, value)
            status = operations.main()
        told = self.output.readouterr()
        return Outcome(status, told.out, told.err)
