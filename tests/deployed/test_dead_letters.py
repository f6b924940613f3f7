"""Changes that consumers gave up, and the command that puts them through again."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from embedded import Instance, deploy
from embedded.instance import REGION, ROOT
from tests.deployed.kept import Kept
from tests.deployed.people import Person, Service, eventually
from tests.deployed.target import Target
from tests.deployed.test_janitor import a_word, accounts_of, forget

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("empties the stage's queue of dead letters"),
]


@pytest.fixture(scope="module")
def kept(target: Target) -> Kept:
    return Kept(target)


def redrive(instance: Instance) -> subprocess.CompletedProcess[str]:
    """As an operator whose AWS CLI knows no region."""
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


def dead_letter(kept: Kept, number: str) -> None:
    """As Lambda sends it, which the embedded AWS does not do for changes that are reported."""
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


def removal_of(kept: Kept, user_id: str) -> str:
    """The sequence number under which the stream tells of it."""
    streams, arn = (
        kept.target.client("dynamodbstreams"),
        kept.target.table("UsersTable").latest_stream_arn,
    )
    [shard] = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    while True:
        page = streams.get_records(ShardIterator=iterator)
        assert page["Records"], "the stream ends before it"
        for record in page["Records"]:
            change = record["dynamodb"]
            if record["eventName"] == "REMOVE" and change["Keys"]["userId"]["S"] == user_id:
                return str(change["SequenceNumber"])
        iterator = page["NextShardIterator"]


@pytest.fixture
def no_letters(kept: Kept) -> Iterator[None]:
    queue = kept.target.resources["DeadLetters"]
    kept.target.client("sqs").purge_queue(QueueUrl=queue)
    yield
    kept.target.client("sqs").purge_queue(QueueUrl=queue)


@pytest.mark.usefixtures("no_letters")
def test_what_was_given_up_is_put_through_by_an_operator(
    instance: Instance, service: Service, artist: Person, kept: Kept
) -> None:
    leaving = service.person("artist")
    user_id = leaving.me["userId"]
    forget(kept, leaving)
    eventually(lambda: (accounts_of(kept, leaving), kept.places_of(user_id)), ([], set()))
    left_behind = {"userId": user_id, "castingId": "c1", "createdAt": "2026-01-01T00:00:00.000Z"}
    kept.target.table("SavedCastingsTable").put_item(Item=left_behind)
    number = removal_of(kept, user_id)
    dead_letter(kept, number)

    redriven = redrive(instance)

    assert redriven.returncode == 0, redriven.stderr
    assert "1 dead letters went through, 0 stay" in redriven.stdout
    assert kept.places_of(user_id) == set()
    assert dead_letters(kept) == 0


@pytest.mark.usefixtures("no_letters")
def test_what_fails_again_is_said_and_stays(instance: Instance, kept: Kept) -> None:
    user_id = a_word()
    key, poison = {"userId": user_id}, {"createdAt": "2026-01-01T00:00:00.000Z"}
    kept.target.table("UsersTable").put_item(Item=key | poison)
    kept.target.table("UsersTable").delete_item(Key=key)
    dead_letter(kept, removal_of(kept, user_id))

    redriven = redrive(instance)

    assert redriven.returncode == 1
    assert "failed again: " in redriven.stdout
    assert dead_letters(kept) == 1


@pytest.mark.usefixtures("no_letters")
def test_what_the_stream_no_longer_has_is_said_and_stays(instance: Instance, kept: Kept) -> None:
    long_ago = "1".zfill(21)
    dead_letter(kept, long_ago)

    for _ in range(2):
        redriven = redrive(instance)
        assert redriven.returncode == 1
        assert f"expired: 1 records from {long_ago} of shardId" in redriven.stdout
        assert "0 dead letters went through, 1 stay" in redriven.stdout
