"""Acknowledged writes survive a sudden end of the embedded AWS."""

import contextlib
import hashlib
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embedded import EmbeddedError, Instance, deploy
from embedded.durability import journal
from embedded.instance import MINISTACK_PYTHON, ROOT
from embedded.up import free_port

pytestmark = [pytest.mark.slow, pytest.mark.deployed]

# Data that is a second old is kept. Busy machines get half a second more.
KEPT_SECONDS = 1.5

TABLE: dict[str, Any] = {
    "TableName": "Kept",
    "KeySchema": [{"AttributeName": "key", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "key", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
}
ROLE = {
    "RoleName": "kept",
    "AssumeRolePolicyDocument": json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "sts:AssumeRole",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                }
            ],
        }
    ),
}
TEMPLATE = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {}}}}
LOGS_KEYS = """
def run(event, context):
    for record in event["Records"]:
        print("key=" + record["dynamodb"]["Keys"]["key"]["S"])
"""


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path / "state")
    instance.start()
    yield instance
    instance.stop()


def client(instance: Instance, service: str) -> Any:
    return deploy.aws(instance).client(service, endpoint_url=instance.endpoint_url)  # type: ignore[call-overload]


def kill(instance: Instance) -> None:
    pid = int((instance.state / "embedded.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    while instance.is_running():
        time.sleep(0.01)


def kill_and_start(instance: Instance) -> None:
    kill(instance)
    instance.start()


def last_journal(instance: Instance) -> Path:
    return journal.files(instance.state / "aws" / "journal")[-1]


def put(instance: Instance, *keys: str) -> None:
    for key in keys:
        client(instance, "dynamodb").put_item(
            TableName="Kept", Item={"key": {"S": key}, "sizes": {"NS": ["1", "2.5"]}}
        )


def keys(instance: Instance) -> set[str]:
    items = client(instance, "dynamodb").scan(TableName="Kept")["Items"]
    return {item["key"]["S"] for item in items}


def test_second_old_data_survives_a_kill(instance: Instance) -> None:
    dynamodb, s3 = client(instance, "dynamodb"), client(instance, "s3")
    dynamodb.create_table(**TABLE)
    put(instance, "kept", "deleted")
    time.sleep(KEPT_SECONDS)
    dynamodb.delete_item(TableName="Kept", Key={"key": {"S": "deleted"}})
    dynamodb.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": "Kept", "Item": {"key": {"S": f"half-{half}"}}}} for half in "ab"
        ]
    )
    s3.create_bucket(Bucket="kept", CreateBucketConfiguration={"LocationConstraint": "ap-south-1"})
    s3.put_object(Bucket="kept", Key="a/b.txt", Body=b"bytes", ContentType="text/plain")
    user = client(instance, "iam").create_user(UserName="kept")["User"]
    key = client(instance, "iam").create_access_key(UserName="kept")["AccessKey"]
    queue = client(instance, "sqs").create_queue(QueueName="kept")["QueueUrl"]
    client(instance, "sqs").send_message(QueueUrl=queue, MessageBody="waits")
    client(instance, "ssm").put_parameter(Name="kept", Value="yes", Type="String")
    stacks = client(instance, "cloudformation")
    stacks.create_stack(StackName="kept", TemplateBody=json.dumps(TEMPLATE))
    stacks.get_waiter("stack_create_complete").wait(StackName="kept", WaiterConfig={"Delay": 1})
    time.sleep(KEPT_SECONDS)

    kill_and_start(instance)

    [stack] = stacks.describe_stacks(StackName="kept")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert keys(instance) == {"kept", "half-a", "half-b"}
    item = dynamodb.get_item(TableName="Kept", Key={"key": {"S": "kept"}})["Item"]
    assert set(item["sizes"]["NS"]) == {"1", "2.5"}
    stored = s3.get_object(Bucket="kept", Key="a/b.txt")
    assert (stored["Body"].read(), stored["ContentType"]) == (b"bytes", "text/plain")
    assert client(instance, "iam").get_user(UserName="kept")["User"]["Arn"] == user["Arn"]
    [listed] = client(instance, "iam").list_access_keys(UserName="kept")["AccessKeyMetadata"]
    assert listed["AccessKeyId"] == key["AccessKeyId"]
    [message] = client(instance, "sqs").receive_message(QueueUrl=queue)["Messages"]
    assert message["Body"] == "waits"
    assert client(instance, "ssm").get_parameter(Name="kept")["Parameter"]["Value"] == "yes"
    recovered = instance.recovered()
    assert recovered is not None
    assert recovered.startswith("Recovered after a kill or a power cut: 3 items in 1 tables")


def test_a_clean_stop_keeps_all_data_and_needs_no_recovery(instance: Instance) -> None:
    client(instance, "dynamodb").create_table(**TABLE)
    put(instance, "the last")

    instance.stop()
    instance.start()

    assert keys(instance) == {"the last"}
    assert instance.recovered() is None


def test_an_incomplete_save_is_skipped_and_reported(instance: Instance) -> None:
    client(instance, "dynamodb").create_table(**TABLE)
    put(instance, "earlier")
    time.sleep(KEPT_SECONDS)
    before = last_journal(instance).stat().st_size
    put(instance, "last")
    time.sleep(KEPT_SECONDS)
    kill(instance)
    os.truncate(last_journal(instance), before + 40)

    instance.start()

    assert keys(instance) == {"earlier"}
    assert "an incomplete save of 40 bytes was skipped" in str(instance.recovered())
    kill_and_start(instance)
    assert keys(instance) == {"earlier"}


def test_a_kill_during_a_new_journal_file_loses_nothing(instance: Instance) -> None:
    client(instance, "dynamodb").create_table(**TABLE)
    put(instance, "kept")
    time.sleep(KEPT_SECONDS)
    kill(instance)
    last = last_journal(instance)
    begun = last.with_name(f"{int(last.stem) + 1:08}.journal")
    begun.write_bytes(last.read_bytes()[:5000])

    instance.start()

    assert keys(instance) == {"kept"}
    assert [file.stem for file in journal.files(last.parent)] == [f"{int(begun.stem) + 1:08}"]


def test_a_damaged_journal_is_named_and_kept(instance: Instance) -> None:
    client(instance, "dynamodb").create_table(**TABLE)
    time.sleep(KEPT_SECONDS)
    kill(instance)
    file = last_journal(instance)
    content = bytearray(file.read_bytes())
    content[200] ^= 1
    file.write_bytes(content)

    with pytest.raises(EmbeddedError, match=f"{file} is damaged; nothing was changed"):
        instance.start()

    assert file.read_bytes() == content
    assert not instance.is_running()


def test_an_unreadable_journal_is_kept_and_the_start_fails(
    instance: Instance,
) -> None:
    kill(instance)
    file = last_journal(instance)
    unknown = pickle.dumps({"at": 0, "clean": False, "changes": [("unknown", (), None)]})
    with file.open("ab") as end:
        end.write(journal.HEADER.pack(journal.MAGIC, zlib.crc32(unknown), len(unknown)) + unknown)
    before = file.read_bytes()

    with pytest.raises(EmbeddedError, match="did not start"):
        instance.start()

    assert file.read_bytes() == before


def test_state_from_before_the_journal_is_kept(tmp_path: Path) -> None:
    port, state = free_port(), tmp_path / "state"
    before, after = Instance(port, state, with_journal=False), Instance(port, state)
    before.start()
    client(before, "ssm").put_parameter(Name="kept", Value="yes", Type="String")
    before.stop()
    assert (state / "aws" / "ssm.json").exists()

    after.start()
    kill_and_start(after)

    assert client(after, "ssm").get_parameter(Name="kept")["Parameter"]["Value"] == "yes"
    assert not (state / "aws" / "ssm.json").exists()
    after.stop()


def a_function(instance: Instance, code: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("code.py", code)
    role = client(instance, "iam").create_role(**ROLE)["Role"]["Arn"]
    client(instance, "lambda").create_function(
        FunctionName="kept",
        Runtime="python3.13",
        Handler="code.run",
        Role=role,
        Code={"ZipFile": archive.getvalue()},
    )


def logged_keys(instance: Instance, wanted: int) -> list[str]:
    deadline = time.monotonic() + 30
    logs = client(instance, "logs")
    while True:
        # Each client has its own exceptions.
        with contextlib.suppress(logs.exceptions.ResourceNotFoundException):
            events = logs.filter_log_events(logGroupName="/aws/lambda/kept")
            lines = [event["message"].strip() for event in events["events"]]
            found = [line.removeprefix("key=") for line in lines if line.startswith("key=")]
            if len(found) >= wanted:
                return found
        assert time.monotonic() < deadline, "not delivered"
        time.sleep(0.1)


def test_pending_stream_records_are_delivered_after_a_kill(
    instance: Instance,
) -> None:
    table = client(instance, "dynamodb").create_table(**TABLE)["TableDescription"]
    a_function(instance, LOGS_KEYS)
    functions = client(instance, "lambda")
    mapping = functions.create_event_source_mapping(
        FunctionName="kept",
        EventSourceArn=table["LatestStreamArn"],
        StartingPosition="TRIM_HORIZON",
    )["UUID"]
    put(instance, "processed")
    assert logged_keys(instance, 1) == ["processed"]
    functions.update_event_source_mapping(UUID=mapping, Enabled=False)
    time.sleep(0.5)  # long enough for a look at the new stream
    put(instance, "waits", "waits too")
    time.sleep(KEPT_SECONDS)

    kill_and_start(instance)
    functions.update_event_source_mapping(UUID=mapping, Enabled=True)
    put(instance, "new")

    assert logged_keys(instance, 4) == ["processed", "waits", "waits too", "new"]


def test_the_next_start_ends_functions_left_running(instance: Instance, tmp_path: Path) -> None:
    left = instance.state / "tmp" / "ministack-lambda-left.py"
    left.write_text("import time; time.sleep(600)")
    kill(instance)
    orphan = subprocess.Popen([sys.executable, left])

    instance.start()

    assert orphan.wait(timeout=10) == -signal.SIGKILL


@pytest.mark.parametrize("seed", range(3))
def test_the_journal_restores_the_state_of_the_last_look(tmp_path: Path, seed: int) -> None:
    drill = Path(__file__).with_name("journal_drill.py")
    state = {"STATE_DIR": str(tmp_path), "PERSIST_STATE": "1", "LOG_LEVEL": "ERROR"}

    finished = subprocess.run(
        [MINISTACK_PYTHON, "-P", drill, ROOT / "embedded", str(seed)],
        env=state,
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 0, finished.stderr


def test_an_outdated_object_description_is_updated_after_a_crash(
    instance: Instance,
) -> None:
    s3 = client(instance, "s3")
    s3.create_bucket(Bucket="kept", CreateBucketConfiguration={"LocationConstraint": "ap-south-1"})
    s3.put_object(Bucket="kept", Key="a.txt", Body=b"old")
    kill(instance)
    [file] = (instance.state / "s3").rglob("a.txt")
    file.write_bytes(b"newer")

    instance.start()

    stored = s3.get_object(Bucket="kept", Key="a.txt")
    assert stored["Body"].read() == b"newer"
    assert stored["ETag"] == f'"{hashlib.md5(b"newer", usedforsecurity=False).hexdigest()}"'
