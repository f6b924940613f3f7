"""AWS never deletes a protected table or user pool; MiniStack does."""

import json
from typing import Any

import pytest

from embedded import Instance, deploy

TEMPLATE = {
    "Resources": {
        "Table": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "DeletionProtectionEnabled": True,
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            },
        },
        "Pool": {"Type": "AWS::Cognito::UserPool", "Properties": {"DeletionProtection": "ACTIVE"}},
    }
}


def _status_after_deletion(instance: Instance) -> str:
    """Delete a stack with a protected table and user pool. Return its status."""
    aws = _client(instance, "cloudformation")
    made = aws.create_stack(StackName="protected", TemplateBody=json.dumps(TEMPLATE))
    aws.get_waiter("stack_create_complete").wait(StackName="protected", WaiterConfig={"Delay": 1})
    aws.delete_stack(StackName="protected")
    while True:
        [stack] = aws.describe_stacks(StackName=made["StackId"])["Stacks"]
        if stack["StackStatus"] in {"DELETE_FAILED", "DELETE_COMPLETE"}:
            return str(stack["StackStatus"])


def _client(instance: Instance, service: str) -> Any:
    session: Any = deploy.aws(instance)
    return session.client(service, endpoint_url=instance.endpoint_url)


def test_a_stack_keeps_protected_resources(patched: Instance) -> None:
    assert _status_after_deletion(patched) == "DELETE_FAILED"


def test_ministack_deletes_protected_resources(unpatched: Instance) -> None:
    assert _status_after_deletion(unpatched) == "DELETE_COMPLETE"


def test_cognito_keeps_a_protected_pool(patched: Instance) -> None:
    cognito = _client(patched, "cognito-idp")
    made = cognito.create_user_pool(PoolName="kept", DeletionProtection="ACTIVE")["UserPool"]

    with pytest.raises(cognito.exceptions.InvalidParameterException, match="is activated"):
        cognito.delete_user_pool(UserPoolId=made["Id"])


def test_ministacks_cognito_deletes_a_protected_pool(unpatched: Instance) -> None:
    cognito = _client(unpatched, "cognito-idp")
    made = cognito.create_user_pool(PoolName="kept", DeletionProtection="ACTIVE")["UserPool"]

    cognito.delete_user_pool(UserPoolId=made["Id"])
