"""`operations adopt` on small stacks: what it finds, and what it refuses in one line."""

import json
from typing import Any

import pytest

from operations import adopt
from tests.embedded.adopt.stage import STACK, TABLE, Stage

pytestmark = pytest.mark.aws_fact(2)

POOL = {"Type": "AWS::Cognito::UserPool", "DeletionPolicy": "RetainExceptOnCreate"}
CLIENT = {
    "Type": "AWS::Cognito::UserPoolClient",
    "DeletionPolicy": "RetainExceptOnCreate",
    "Properties": {"UserPoolId": {"Ref": "Pool"}},
}
TOPIC = {"Type": "AWS::SNS::Topic"}
# Accepted by a change set and refused when the stack is made.
IN_THE_WAY = {
    "Type": "AWS::SQS::Queue",
    "Properties": {"QueueName": "in-the-way", "DelaySeconds": -1},
}


def assert_refused(stage: Stage, *arguments: str, why: str) -> None:
    refused = stage.adopt("--yes", *arguments)
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert why in line


def test_what_was_kept_is_in_the_new_stack_and_nothing_else(stage: Stage) -> None:
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


def test_nothing_is_adopted_without_a_yes(stage: Stage) -> None:
    stage.make(Table=TABLE)
    stage.remove()

    asked = stage.adopt()

    assert asked.returncode == 1
    assert "--yes" in asked.stderr
    listed = stage.aws.list_stacks(StackStatusFilter=["IMPORT_COMPLETE", "REVIEW_IN_PROGRESS"])
    assert listed["StackSummaries"] == []


def test_nothing_kept_is_nothing_to_adopt(stage: Stage) -> None:
    assert_refused(stage, why=f"no stack {STACK} was removed in the last 90 days and kept anything")
    stage.make(Topic=TOPIC)
    stage.remove()
    assert_refused(stage, why=f"no stack {STACK} was removed in the last 90 days and kept anything")


def test_a_stack_that_exists_adopts_nothing(stage: Stage) -> None:
    stage.make(Topic=TOPIC)

    assert_refused(stage, why=f"{STACK} exists already, in CREATE_COMPLETE")


def test_a_stack_whose_creation_failed_must_go_first(stage: Stage) -> None:
    with pytest.raises(Exception, match="ROLLBACK_COMPLETE"):
        stage.make(Queue=IN_THE_WAY)

    assert_refused(stage, why="is in ROLLBACK_COMPLETE; remove it first: npx sls remove")


def test_a_stack_that_waits_for_a_change_set_must_go_first(stage: Stage) -> None:
    stage.aws.create_change_set(
        StackName=STACK,
        ChangeSetName="not-yet",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps({"Resources": {"Topic": TOPIC}}),
    )

    assert_refused(stage, why=f"aws cloudformation delete-stack --stack-name {STACK}")


def test_of_two_removed_stacks_one_must_be_chosen(stage: Stage) -> None:
    first = stage.make(Table=TABLE)
    tables = stage.physical_ids()
    stage.remove()
    second = stage.make(Other=TABLE)
    stage.remove()

    assert_refused(stage, why="2 removed stacks have kept something; say which by --from")
    assert_refused(stage, "--from", "arn:of:none", why="no stack arn:of:none was removed")
    assert {first, second} <= set(stage.adopt().stderr.replace(",", " ").split())
    assert stage.adopt("--yes", "--from", first).returncode == 0
    assert stage.physical_ids() == tables


def test_what_was_adopted_once_can_be_adopted_again(stage: Stage) -> None:
    stage.make(Table=TABLE)
    tables = stage.physical_ids()
    for _ in range(2):
        stage.remove()
        assert stage.adopt("--yes").returncode == 0
        assert stage.physical_ids() == tables


def test_what_is_gone_since_is_named_and_can_be_left(stage: Stage) -> None:
    stage.make(Table=TABLE, Other=TABLE)
    ids = stage.physical_ids()
    stage.remove()
    stage.client("dynamodb").delete_table(TableName=ids["Other"])

    assert_refused(stage, why=ids["Other"])
    assert_refused(stage, "--without", "Another", why="Another is not among what was kept")
    assert stage.adopt("--yes", "--without", "Other").returncode == 0
    assert stage.physical_ids() == {"Table": ids["Table"]}


def test_without_credentials_it_says_so_in_one_line(stage: Stage) -> None:
    refused = stage.adopt("--yes", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")

    assert (refused.returncode, refused.stderr) == (1, "error: Unable to locate credentials\n")


def test_whoever_deploys_may_adopt(stage: Stage) -> None:
    """By the calls of the command; CloudFormation here reads what it imports as itself."""
    stage.make(Table=TABLE, Topic=TOPIC)
    tables = stage.physical_ids()
    stage.remove()

    adopted = stage.adopt("--yes", **stage.deployer())

    assert adopted.returncode == 0, adopted.stderr
    assert stage.physical_ids() == {"Table": tables["Table"]}


def a_pool_that_mails_from(identity: dict[str, str]) -> dict[str, Any]:
    properties = {"EmailConfiguration": {"SourceArn": identity}}
    return {"Resources": {"Pool": {"Type": POOL["Type"], "Properties": properties}}}


def test_what_is_gone_is_written_into_the_template_of_what_was_kept() -> None:
    kept = {"Pool": adopt.Resource("Pool", POOL["Type"], "pool-1")}
    removed = a_pool_that_mails_from({"Fn::Sub": "arn:${AWS::Partition}:identity/${Sender}"})

    template = adopt.template_of(removed, kept, {"Sender": "artisthub.com"})

    assert template["Resources"]["Pool"]["Properties"]["EmailConfiguration"] == {
        "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:identity/artisthub.com"}
    }


def test_an_attribute_of_what_is_gone_cannot_be_written_there() -> None:
    kept = {"Pool": adopt.Resource("Pool", POOL["Type"], "pool-1")}
    removed = a_pool_that_mails_from({"Fn::GetAtt": "Sender.Arn"})

    with pytest.raises(adopt.Refused, match="needs Sender, which was not"):
        adopt.template_of(removed, kept, {"Sender": "artisthub.com"})
