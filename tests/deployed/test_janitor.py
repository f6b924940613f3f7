"""What goes along with an account or a casting, by the streams themselves and with IAM enforced.

TTL of the embedded AWS tells no stream of what it removes, so items are deleted here as it would.
"""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from embedded import Instance, deploy
from embedded.instance import REGION, ROOT
from tests.deployed.people import Person, Service, eventually
from tests.uploads import PNG, send

pytestmark = pytest.mark.deployed

# For 90 days, by ids that are shown to nobody any more.
WHAT_OTHERS_WERE_TOLD = {"NotificationsTable"}


class Kept:
    """All that the stage holds, seen as root."""

    def __init__(self, instance: Instance) -> None:
        self.session, self.url = deploy.aws(instance), instance.endpoint_url
        self.stack = f"artisthub-api-{instance.stage}"
        self.dynamodb: Any = self.session.resource("dynamodb", endpoint_url=self.url)
        found = self.client("cloudformation").describe_stack_resources(StackName=self.stack)
        self.resources = {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in found["StackResources"]
            if "PhysicalResourceId" in each
        }
        self.tables = [
            each["LogicalResourceId"]
            for each in found["StackResources"]
            if each["ResourceType"] == "AWS::DynamoDB::Table"
        ]

    def client(self, service: Any) -> Any:
        return self.session.client(service, endpoint_url=self.url)

    def table(self, logical_id: str) -> Any:
        return self.dynamodb.Table(self.resources[logical_id])

    def places_of(self, text: str) -> set[str]:
        """The tables, and the bucket, in which there is this text anywhere."""
        places = {
            name
            for name in self.tables
            for page in self.client("dynamodb")
            .get_paginator("scan")
            .paginate(TableName=self.resources[name])
            for item in page["Items"]
            if text in repr(item)
        }
        s3, bucket = self.client("s3"), self.resources["MediaBucket"]
        for found in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
            content = s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()
            if text in found["Key"] or text.encode() in content:
                places.add("MediaBucket")
        return places

    def accounts(self, email: str) -> list[Any]:
        accounts: list[Any] = self.client("cognito-idp").list_users(
            UserPoolId=self.resources["UserPool"], Filter=f'email = "{email}"'
        )["Users"]
        return accounts


@pytest.fixture(scope="module")
def kept(instance: Instance) -> Kept:
    return Kept(instance)


def a_word() -> str:
    """One word also to searches, that may be anyone's name."""
    return f"w{uuid.uuid4().hex[:16]}"


def forget(kept: Kept, person: Person) -> None:
    """What TTL does, 30 days after someone has deleted their account."""
    person.succeed("DELETE", "/users/me")
    kept.table("UsersTable").delete_item(Key={"userId": person.me["userId"]})


def traces(kept: Kept, text: str, id_: str) -> set[str]:
    """Where there is anything of what is gone, but for its id in what others were told."""
    return kept.places_of(text) | kept.places_of(id_) - WHAT_OTHERS_WERE_TOLD


def upload(person: Person, text: str) -> None:
    body = {"kind": "image", "contentType": "image/png"}
    made = person.succeed("POST", "/media/uploads", body).json()
    assert send(made, PNG + text.encode()).status_code == 204


def add_document(recruiter: Person, casting: dict[str, Any], text: str) -> None:
    document = {"title": text, "kind": "script", "url": f"https://example.org/{text}"}
    recruiter.succeed("POST", f"/castings/{casting['castingId']}/documents", document)


def apply(artist: Person, casting: dict[str, Any], note: str) -> None:
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True, "note": note}
    artist.succeed("POST", f"/castings/{casting['castingId']}/applications", body)


def an_artist_with_everything(service: Service, recruiter: Person, text: str) -> Person:
    artist = service.person("artist", username=text, displayName=text, bio=text, headline=text)
    work = {"kind": "image", "title": text, "url": f"https://example.org/{text}"}
    artist.succeed("POST", "/users/me/portfolio", work)
    casting = recruiter.casting("open")
    apply(artist, casting, text)
    artist.succeed("PUT", f"/users/me/saved-castings/{casting['castingId']}")
    artist.succeed("POST", "/connections", {"userId": recruiter.me["userId"], "message": text})
    upload(artist, text)
    return artist


def test_of_an_artist_who_is_gone_nothing_is_left_anywhere(
    service: Service, recruiter: Person, kept: Kept
) -> None:
    text = a_word()
    artist = an_artist_with_everything(service, recruiter, text)
    user_id = artist.me["userId"]
    places = {
        "UsersTable",
        "UsernamesTable",
        "ApplicationsTable",
        "ConnectionsTable",
        "SearchTable",
        "MediaBucket",
    }
    eventually(lambda: kept.places_of(text), places)

    forget(kept, artist)

    eventually(lambda: traces(kept, text, user_id), set())
    eventually(lambda: kept.accounts(artist.email), [])


def test_of_a_recruiter_who_is_gone_nothing_is_left_either(
    service: Service, artist: Person, kept: Kept
) -> None:
    text = a_word()
    recruiter = service.person("recruiter", displayName=text, companyName=text)
    user_id = recruiter.me["userId"]
    casting = recruiter.casting("open", title=text, description=text)
    add_document(recruiter, casting, text)
    apply(artist, casting, "Hello")
    recruiter.succeed("POST", "/connections", {"userId": artist.me["userId"], "message": text})
    places = {"UsersTable", "CastingTable", "ApplicationsTable", "ConnectionsTable", "SearchTable"}
    eventually(lambda: kept.places_of(text), places)

    forget(kept, recruiter)

    eventually(lambda: traces(kept, text, user_id), set())


def test_a_casting_that_is_deleted_takes_its_applications_along(
    artist: Person, recruiter: Person, kept: Kept
) -> None:
    text = a_word()
    casting = recruiter.casting("open", title=text, description=text)
    add_document(recruiter, casting, text)
    apply(artist, casting, text)
    path = f"/castings/{casting['castingId']}"
    recruiter.succeed("PUT", f"{path}/status", {"status": "closed"})

    recruiter.succeed("DELETE", path)

    casting_id = casting["castingId"]
    eventually(lambda: traces(kept, text, casting_id), set())
    listed = artist.succeed("GET", "/users/me/applications?limit=100").json()["items"]
    assert casting_id not in {each["castingId"] for each in listed}


def test_who_begins_anew_after_thirty_days_is_not_taken_for_who_they_were(
    service: Service, recruiter: Person, kept: Kept
) -> None:
    old, new, other = a_word(), a_word(), service.person("recruiter")
    artist = an_artist_with_everything(service, recruiter, old)
    artist.succeed("DELETE", "/users/me")
    for table, key in (("UsersTable", "userId"), ("UsernamesTable", "username")):
        kept.table(table).update_item(
            Key={key: artist.me[key]},
            UpdateExpression="SET expiresAt = :past",
            ExpressionAttributeValues={":past": int(time.time()) - 1},
        )

    body = {"username": new, "role": "artist", "displayName": new}
    artist.succeed("POST", "/users", body)
    artist.succeed("POST", "/connections", {"userId": other.me["userId"]})

    eventually(lambda: kept.places_of(old), set())
    assert artist.succeed("GET", "/users/me").json()["displayName"] == new
    found = artist.succeed("GET", "/connections?status=pending&direction=outgoing").json()["items"]
    assert len(found) == 1
    assert kept.accounts(artist.email)


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
    stream = kept.table("UsersTable").latest_stream_arn
    described = kept.client("dynamodbstreams").describe_stream(StreamArn=stream)
    letter = {
        "requestContext": {
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 11,
            "functionArn": f"arn:aws:lambda:{REGION}:000000000000:function:{kept.stack}-janitor",
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
    queue = kept.resources["DeadLetters"]
    kept.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps(letter))


def dead_letters(kept: Kept) -> int:
    attributes = kept.client("sqs").get_queue_attributes(
        QueueUrl=kept.resources["DeadLetters"],
        AttributeNames=["ApproximateNumberOfMessages"],
    )
    return int(attributes["Attributes"]["ApproximateNumberOfMessages"])


def removal_of(kept: Kept, user_id: str) -> str:
    """The sequence number under which the stream tells of it."""
    streams, arn = kept.client("dynamodbstreams"), kept.table("UsersTable").latest_stream_arn
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
    queue = kept.resources["DeadLetters"]
    kept.client("sqs").purge_queue(QueueUrl=queue)
    yield
    kept.client("sqs").purge_queue(QueueUrl=queue)


@pytest.mark.usefixtures("no_letters")
def test_what_was_given_up_is_put_through_by_an_operator(
    instance: Instance, service: Service, artist: Person, kept: Kept
) -> None:
    leaving = service.person("artist")
    user_id = leaving.me["userId"]
    forget(kept, leaving)
    eventually(lambda: (kept.accounts(leaving.email), kept.places_of(user_id)), ([], set()))
    left_behind = {"userId": user_id, "castingId": "c1", "createdAt": "2026-01-01T00:00:00.000Z"}
    kept.table("SavedCastingsTable").put_item(Item=left_behind)
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
    kept.table("UsersTable").put_item(Item=key | poison)
    kept.table("UsersTable").delete_item(Key=key)
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
