"""A first deployment that fails halfway, then one that succeeds."""

import pytest

from embedded.instance import ROOT
from tests.long.stacks.project import Project

pytestmark = pytest.mark.aws_fact(2)

VAULT = "AWS::Backup::BackupVault"
# This waits for a signal that never comes, after most resources exist.
FAULT = """Resources:
  NeverSignalled: { Type: AWS::CloudFormation::WaitConditionHandle }
  Fault:
    Type: AWS::CloudFormation::WaitCondition
    DependsOn: [BackupVault, UserPoolClient, MediaBucket, UnsubscribeSigner, DeadLetters]
    Properties: { Handle: !Ref NeverSignalled, Timeout: "1" }
"""


def test_a_failed_first_deployment_leaves_nothing_and_the_next_one_succeeds(
    project: Project,
) -> None:
    project.add_resources("fault.yml", FAULT)

    failed = project.sls("deploy")

    assert failed.returncode == 1, failed.stdout
    assert "Fault" in failed.stdout, failed.stdout
    assert project.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert made(project) >= {"AWS::DynamoDB::Table", "AWS::Cognito::UserPool", VAULT}
    deployment_bucket = project.physical_ids()["ServerlessDeploymentBucket"]
    assert project.existing() == {
        "tables": [],
        "pools": [],
        "buckets": [deployment_bucket],
        "queues": [],
        "vaults": [],
        "keys": [],
    }

    project.remove_resources("fault.yml")
    succeeded = project.sls("deploy")

    assert succeeded.returncode == 0, succeeded.stdout
    assert_protected(project, project.kept_ids())


def made(project: Project) -> set[str]:
    """Return the types of resources that were created before the fault and rolled back."""
    events = project.client("cloudformation").get_paginator("describe_stack_events")
    return {
        event["ResourceType"]
        for page in events.paginate(StackName=project.stack)
        for event in page["StackEvents"]
        if event["ResourceStatus"] in {"DELETE_COMPLETE", "DELETE_SKIPPED", "DELETE_FAILED"}
    }


def assert_protected(project: Project, ids: dict[str, str]) -> None:
    """Check that the resources are protected, as only after a successful deployment."""
    dynamodb, cognito = project.client("dynamodb"), project.client("cognito-idp")
    tables = [name for logical_id, name in ids.items() if logical_id.endswith("Table")]
    assert len(tables) == len(list((ROOT / "infra/resources").glob("*-table.yml")))
    for name in tables:
        assert dynamodb.describe_table(TableName=name)["Table"]["DeletionProtectionEnabled"] is True
    pool = cognito.describe_user_pool(UserPoolId=ids["UserPool"])["UserPool"]
    assert pool["DeletionProtection"] == "ACTIVE"
