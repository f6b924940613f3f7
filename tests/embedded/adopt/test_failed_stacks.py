"""Operator commands for stuck CloudFormation stacks, sent through its API."""

import json
from typing import Any

from tests.deployed.people import eventually
from tests.embedded.adopt.stage import STACK, TABLE, Stage

PROTECTED = TABLE | {
    "DeletionPolicy": "Delete",
    "Properties": TABLE["Properties"] | {"DeletionProtectionEnabled": True},
}
HANDLE = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
# This fails after three seconds.
FAULT = {
    "Type": "AWS::CloudFormation::WaitCondition",
    "DependsOn": ["Pool"],
    "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "3"},
}


def status(stage: Stage, stack: str = STACK) -> str:
    [found] = stage.aws.describe_stacks(StackName=stack)["Stacks"]
    return str(found["StackStatus"])


def test_a_stack_is_removed_without_an_undeletable_resource(stage: Stage) -> None:
    stack_id = stage.make(Table=PROTECTED)
    stage.aws.delete_stack(StackName=STACK)
    eventually(lambda: status(stage, stack_id), "DELETE_FAILED")

    stage.aws.delete_stack(StackName=STACK, RetainResources=["Table"])

    eventually(lambda: status(stage, stack_id), "DELETE_COMPLETE")
    assert stage.client("dynamodb").list_tables()["TableNames"]


def test_a_failed_rollback_continues_without_the_failed_resource(stage: Stage) -> None:
    stack_id = stage.make(Pool=a_pool("ACTIVE"))
    pool_id, cognito = stage.physical_ids()["Pool"], stage.client("cognito-idp")
    resources = {"Pool": a_pool("INACTIVE"), "Handle": HANDLE, "Fault": FAULT}
    stage.aws.update_stack(StackName=STACK, TemplateBody=json.dumps({"Resources": resources}))
    eventually(lambda: protection(stage, pool_id), "INACTIVE")
    cognito.delete_user_pool(UserPoolId=pool_id)
    eventually(lambda: status(stage, stack_id), "UPDATE_ROLLBACK_FAILED")

    stage.aws.continue_update_rollback(StackName=STACK, ResourcesToSkip=["Pool"])

    eventually(lambda: status(stage, stack_id), "UPDATE_ROLLBACK_COMPLETE")


def a_pool(protection: str) -> Any:
    return {"Type": "AWS::Cognito::UserPool", "Properties": {"DeletionProtection": protection}}


def protection(stage: Stage, pool_id: str) -> str:
    found = stage.client("cognito-idp").describe_user_pool(UserPoolId=pool_id)["UserPool"]
    return str(found["DeletionProtection"])


def test_a_stacks_resources_are_listed_with_their_names(stage: Stage) -> None:
    stage.make(Table=TABLE)

    found = stage.aws.list_stack_resources(StackName=STACK)["StackResourceSummaries"]

    assert {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found} == (
        stage.physical_ids()
    )
