"""`operations adopt` on small stacks."""

import json
from typing import Any

import pytest

from operations import adopt
from tests.embedded.adopt.stage import STACK, TABLE, Stage

pytestmark = [pytest.mark.slow, pytest.mark.aws_fact(2)]

POOL = {"Type": "AWS::Cognito::UserPool", "DeletionPolicy": "RetainExceptOnCreate"}
CLIENT = {
    "Type": "AWS::Cognito::UserPoolClient",
    "DeletionPolicy": "RetainExceptOnCreate",
    "Properties": {"UserPoolId": {"Ref": "Pool"}},
}
TOPIC = {"Type": "AWS::SNS::Topic"}
# A change set accepts this, and the creation of the stack fails.
IN_THE_WAY = {
    "Type": "AWS::SQS::Queue",
    "Properties": {"QueueName": "in-the-way", "DelaySeconds": -1},
}


def assert_refused(stage: Stage, *arguments: str, why: str) -> None:
    refused = stage.adopt("--yes", *arguments)
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert why in line


def test_the_new_stack_has_exactly_the_kept_resources(stage: Stage) -> None:
    stage.make(Table=TABLE, Pool=POOL, Client=CLIENT, Topic=TOPIC)
    before = stage.physical_ids()
    stage.remove()

    adopted = stage.adopt("--yes")

    assert adopted.returncode == 0, adopted.stderr
    del before["Topic"]
    assert stage.physical_ids() == before
    for physical_id in before.values():
        assert physical_id in adopted.stdout
    assert "npx sls deploy --stage prod" in adopted.stdout


def test_adoption_needs_confirmation(stage: Stage) -> None:
    stage.make(Table=TABLE)
    stage.remove()

    asked = stage.adopt()

    assert asked.returncode == 1
    assert "--yes" in asked.stderr
    listed = stage.aws.list_stacks(StackStatusFilter=["IMPORT_COMPLETE", "REVIEW_IN_PROGRESS"])
    assert listed["StackSummaries"] == []


def test_a_stack_that_kept_nothing_cannot_be_adopted(stage: Stage) -> None:
    assert_refused(
        stage, why=f"no stack {STACK} that kept anything was removed in the last 90 days"
    )
    stage.make(Topic=TOPIC)
    stage.remove()
    assert_refused(
        stage, why=f"no stack {STACK} that kept anything was removed in the last 90 days"
    )


def test_an_existing_stack_cannot_adopt(stage: Stage) -> None:
    stage.make(Topic=TOPIC)

    assert_refused(stage, why=f"{STACK} already exists, in CREATE_COMPLETE")


def test_a_failed_stack_must_be_deleted_first(stage: Stage) -> None:
    with pytest.raises(Exception, match="ROLLBACK_COMPLETE"):
        stage.make(Queue=IN_THE_WAY)

    assert_refused(stage, why="is in ROLLBACK_COMPLETE; remove it first: npx sls remove")


def test_a_stack_in_review_must_be_deleted_first(stage: Stage) -> None:
    stage.aws.create_change_set(
        StackName=STACK,
        ChangeSetName="not-yet",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps({"Resources": {"Topic": TOPIC}}),
    )

    assert_refused(stage, why=f"aws cloudformation delete-stack --stack-name {STACK}")


def test_one_of_two_removed_stacks_must_be_chosen(stage: Stage) -> None:
    first = stage.make(Table=TABLE)
    tables = stage.physical_ids()
    stage.remove()
    second = stage.make(Other=TABLE)
    stage.remove()

    assert_refused(stage, why="2 removed stacks kept something; choose one with --from")
    assert_refused(stage, "--from", "arn:of:none", why="no stack arn:of:none that kept anything")
    assert {first, second} <= set(stage.adopt().stderr.replace(",", " ").split())
    assert stage.adopt("--yes", "--from", first).returncode == 0
    assert stage.physical_ids() == tables


def test_adopted_resources_can_be_adopted_again(stage: Stage) -> None:
    stage.make(Table=TABLE)
    tables = stage.physical_ids()
    for _ in range(2):
        stage.remove()
        assert stage.adopt("--yes").returncode == 0
        assert stage.physical_ids() == tables


def test_a_deleted_resource_is_named_and_can_be_excluded(stage: Stage) -> None:
    stage.make(Table=TABLE, Other=TABLE)
    ids = stage.physical_ids()
    stage.remove()
    stage.client("dynamodb").delete_table(TableName=ids["Other"])

    assert_refused(stage, why=ids["Other"])
    assert_refused(stage, "--without", "Another", why="Another was not kept")
    assert stage.adopt("--yes", "--without", "Other").returncode == 0
    assert stage.physical_ids() == {"Table": ids["Table"]}


def test_missing_credentials_give_one_line(stage: Stage) -> None:
    refused = stage.adopt("--yes", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")

    assert (refused.returncode, refused.stderr) == (1, "error: Unable to locate credentials\n")


def test_the_deploy_role_may_adopt(stage: Stage) -> None:
    """This covers the command's own calls. MiniStack imports with its own permissions."""
    stage.make(Table=TABLE, Topic=TOPIC)
    tables = stage.physical_ids()
    stage.remove()

    adopted = stage.adopt("--yes", **stage.deployer())

    assert adopted.returncode == 0, adopted.stderr
    assert stage.physical_ids() == {"Table": tables["Table"]}


def a_pool_that_mails_from(identity: dict[str, str]) -> dict[str, Any]:
    properties = {"EmailConfiguration": {"SourceArn": identity}}
    return {"Resources": {"Pool": {"Type": POOL["Type"], "Properties": properties}}}


def test_references_to_deleted_resources_become_their_ids() -> None:
    kept = {"Pool": adopt.Resource("Pool", POOL["Type"], "pool-1")}
    removed = a_pool_that_mails_from({"Fn::Sub": "arn:${AWS::Partition}:identity/${Sender}"})

    template = adopt.template_of(removed, kept, {"Sender": "artisthub.com"})

    assert template["Resources"]["Pool"]["Properties"]["EmailConfiguration"] == {
        "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:identity/artisthub.com"}
    }


def test_an_attribute_of_a_deleted_resource_is_refused() -> None:
    kept = {"Pool": adopt.Resource("Pool", POOL["Type"], "pool-1")}
    removed = a_pool_that_mails_from({"Fn::GetAtt": "Sender.Arn"})

    with pytest.raises(adopt.Refused, match="need Sender, which was not kept"):
        adopt.template_of(removed, kept, {"Sender": "artisthub.com"})
