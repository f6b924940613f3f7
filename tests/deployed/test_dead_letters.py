"""Dead letters of stream consumers, and the command `redrive`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from embedded import Instance, deploy
from embedded.instance import REGION, ROOT
from tests.deployed.kept import Kept
from tests.deployed.people import Service, eventually
from tests.deployed.target import Target
from tests.deployed.test_janitor import a_word, accounts_of, forget

pytestmark = [
    pytest.mark.slow,
    pytest.mark.deployed,
    pytest.mark.embedded_only("empties the stage's dead-letter queue"),
]


@pytest.fixture(scope="module")
def kept(target: Target) -> Kept:
    return Kept(target)


def redrive(instance: Instance) -> subprocess.CompletedProcess[str]:
    """Run `redrive` as an operator without a default region."""
    environment = deploy.environment(instance)
    regions = ("AWS_REGION", "AWS_DEFAULT_REGION")
    return subprocess.run(
        [sys.executable, "-m", "operations", "redrive", "--stage", instance.stage],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if name not in regions},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def broken_janitor(kept: Kept) -> Iterator[None]:
    """The janitor fails, because its role cannot delete usernames."""
    iam, role = kept.target.client("iam"), kept.target.resources["JanitorIamRoleLambdaExecution"]
    table = kept.target.table("UsernamesTable").table_arn
    deny = {"Effect": "Deny", "Action": "dynamodb:DeleteItem", "Resource": table}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    iam.put_role_policy(RoleName=role, PolicyName="broken", PolicyDocument=document)
    yield
    iam.delete_role_policy(RoleName=role, PolicyName="broken")


def letter_of_long_ago(kept: Kept, number: str) -> None:
    """Send a dead letter for a record that the stream no longer has."""
    stream = kept.target.table("UsersTable").latest_stream_arn
    described = kept.target.client("dynamodbstreams").describe_stream(StreamArn=stream)
    function = f"{kept.target.stack}-janitor"
    letter = {
        "requestContext": {
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 11,
            "functionArn": f"arn:aws:lambda:{REGION}:000000000000:function:{function}",
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST"},
        "version": "1.0",
        "DDBStreamBatchInfo": {
            "shardId": described["StreamDescription"]["Shards"][0]["ShardId"],
            "startSequenceNumber": number,
            "endSequenceNumber": number,
            "approximateArrivalOfFirstRecord": "2026-11-25T00:00:00Z",
            "approximateArrivalOfLastRecord": "2026-11-25T00:00:00Z",
            "batchSize": 1,
            "streamArn": stream,
        },
    }
    queue = kept.target.resources["DeadLetters"]
    kept.target.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps(letter))


def dead_letters(kept: Kept) -> int:
    attributes = kept.target.client("sqs").get_queue_attributes(
        QueueUrl=kept.target.resources["DeadLetters"],
        AttributeNames=["ApproximateNumberOfMessages"],
    )
    return int(attributes["Attributes"]["ApproximateNumberOfMessages"])


@pytest.fixture
def no_letters(kept: Kept) -> Iterator[None]:
    queue = kept.target.resources["DeadLetters"]
    kept.target.client("sqs").purge_queue(QueueUrl=queue)
    yield
    kept.target.client("sqs").purge_queue(QueueUrl=queue)


@pytest.mark.usefixtures("no_letters")
def test_redrive_processes_a_dead_letter(instance: Instance, service: Service, kept: Kept) -> None:
    leaving = service.person("artist")
    user_id = leaving.me["userId"]
    with broken_janitor(kept):
        forget(kept, leaving)
        eventually(lambda: dead_letters(kept), 1, seconds=60)
    assert "UsernamesTable" in kept.places_of(user_id)

    redriven = redrive(instance)

    assert redriven.returncode == 0, redriven.stderr
    assert "1 dead letters succeeded, 0 remain" in redriven.stdout
    assert kept.places_of(user_id) == {"ClosedAccountsTable"}  # until its tokens have expired
    assert dead_letters(kept) == 0


def delete_what_nobody_can_follow(kept: Kept) -> None:
    """Delete an account without a username, which makes consumers fail."""
    key = {"userId": a_word()}
    item = {"status": "deleted", "createdAt": "2026-01-01T00:00:00.000Z"}
    kept.target.table("UsersTable").put_item(Item=key | item)
    kept.target.table("UsersTable").delete_item(Key=key)


@pytest.mark.usefixtures("no_letters")
def test_a_dead_letter_that_fails_again_is_reported_and_kept(
    instance: Instance, kept: Kept
) -> None:
    delete_what_nobody_can_follow(kept)
    eventually(lambda: dead_letters(kept), 1, seconds=60)

    redriven = redrive(instance)

    assert redriven.returncode == 1
    assert "failed again: " in redriven.stdout
    assert dead_letters(kept) == 1


@pytest.mark.usefixtures("no_letters")
def test_a_failing_change_does_not_block_later_changes(service: Service, kept: Kept) -> None:
    leaving = service.person("artist")
    delete_what_nobody_can_follow(kept)

    forget(kept, leaving)

    eventually(lambda: accounts_of(kept, leaving), [], seconds=60)


@pytest.mark.usefixtures("no_letters")
def test_an_expired_dead_letter_is_reported_and_kept(instance: Instance, kept: Kept) -> None:
    long_ago = "1".zfill(21)
    letter_of_long_ago(kept, long_ago)

    for _ in range(2):
        redriven = redrive(instance)
        assert redriven.returncode == 1
        assert f"expired: 1 records from {long_ago} of shardId" in redriven.stdout
        assert "0 dead letters succeeded, 1 remain" in redriven.stdout
