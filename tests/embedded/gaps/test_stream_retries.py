"""Retries of failed stream batches."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import (
    a_function,
    a_queue,
    a_table,
    arn_of_queue,
    client,
    messages_of,
    put,
    records_of,
)

pytestmark = pytest.mark.deployed

# Logs the keys that it receives and fails for the key `bad`.
RAISES = """
keys = [record["dynamodb"]["Keys"]["key"]["S"] for record in event["Records"]]
print("SENT", *keys)
if "bad" in keys:
    raise RuntimeError("bad")
"""
REPORTS = """
changes = [record["dynamodb"] for record in event["Records"]]
numbers = {change["Keys"]["key"]["S"]: change["SequenceNumber"] for change in changes}
print("SENT", *numbers)
failed = [{"itemIdentifier": number} for key, number in numbers.items() if key == "bad"]
return {"batchItemFailures": failed}
"""
NAMES_NONE = REPORTS.replace('{"itemIdentifier": number}', '{"itemIdentifier": "elsewhere"}')


class Consumer:
    """A function that reads a table's stream, with a dead-letter queue."""

    def __init__(self, instance: Instance, body: str, **mapping: Any) -> None:
        self.instance = instance
        self.table, self.stream = a_table(instance)
        self.function = a_function(instance, body)
        self.queue = a_queue(instance)
        self.mapping = mapping

    def follow(self) -> None:
        destination = {"OnFailure": {"Destination": arn_of_queue(self.instance, self.queue)}}
        client(self.instance, "lambda").create_event_source_mapping(
            FunctionName=self.function,
            EventSourceArn=self.stream,
            StartingPosition="TRIM_HORIZON",
            DestinationConfig=destination,
            **self.mapping,
        )

    def put(self, *keys: str) -> None:
        for key in keys:
            put(self.instance, self.table, key)

    def sent(self) -> list[str]:
        """Return the batches that the function received, in order."""
        group = f"/aws/lambda/{self.function.rpartition(':')[2]}"
        logs = client(self.instance, "logs")
        groups = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
        if not groups:
            return []
        events = logs.filter_log_events(logGroupName=group, filterPattern="SENT")["events"]
        return [
            event["message"].partition("SENT ")[2].strip()
            for event in sorted(events, key=lambda event: event["timestamp"])
        ]

    def letters(self) -> list[dict[str, Any]]:
        return messages_of(self.instance, self.queue)

    def number_of(self, key: str) -> str:
        [number] = [
            record["dynamodb"]["SequenceNumber"]
            for record in records_of(self.instance, self.stream)
            if record["dynamodb"]["Keys"]["key"]["S"] == key
        ]
        return str(number)


def eventually(found: Callable[[], Any], wanted: Any) -> None:
    deadline = time.monotonic() + 20
    while (last := found()) != wanted:
        assert time.monotonic() < deadline, last
        time.sleep(0.1)


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    consumer = Consumer(
        unpatched,
        REPORTS,
        BatchSize=2,
        MaximumRetryAttempts=1,
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )
    consumer.put("bad", "good")
    consumer.follow()

    eventually(consumer.sent, ["bad good"])
    time.sleep(2)

    # The batch counts as done: no retry and no dead letter.
    assert consumer.sent() == ["bad good"]
    assert consumer.letters() == []


def test_a_reported_batch_is_retried_from_the_first_failure(patched: Instance) -> None:
    consumer = Consumer(
        patched,
        REPORTS,
        BatchSize=4,
        MaximumRetryAttempts=2,
        BisectBatchOnFunctionError=True,
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )
    consumer.put("one", "two", "bad", "three", "four")
    consumer.follow()

    eventually(consumer.sent, ["one two bad three", *["bad three"] * 2, "four"])
    assert [letter["DDBStreamBatchInfo"]["batchSize"] for letter in consumer.letters()] == [2]


def test_a_mapping_without_reports_treats_the_batch_as_done(patched: Instance) -> None:
    consumer = Consumer(patched, REPORTS, BatchSize=2, MaximumRetryAttempts=1)
    consumer.put("bad", "good", "later")
    consumer.follow()

    eventually(consumer.sent, ["bad good", "later"])
    assert consumer.letters() == []


def test_a_report_without_a_record_fails_the_whole_batch(patched: Instance) -> None:
    consumer = Consumer(
        patched,
        NAMES_NONE,
        BatchSize=3,
        MaximumRetryAttempts=1,
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )
    consumer.put("one", "bad")
    consumer.follow()

    eventually(consumer.sent, ["one bad", "one bad"])


def test_a_failed_batch_is_halved_until_the_bad_record_is_alone(patched: Instance) -> None:
    consumer = Consumer(
        patched, RAISES, BatchSize=4, MaximumRetryAttempts=2, BisectBatchOnFunctionError=True
    )
    consumer.put("one", "two", "three", "bad", "five")
    consumer.follow()

    eventually(lambda: consumer.sent()[-1:], ["five"])
    assert consumer.sent()[:3] == ["one two three bad", "one two", "three bad"]
    [letter] = consumer.letters()
    assert letter["DDBStreamBatchInfo"]["batchSize"] == 1
    assert letter["DDBStreamBatchInfo"]["startSequenceNumber"] == consumer.number_of("bad")


def test_an_unsplit_batch_is_retried_as_often_as_the_mapping_says(patched: Instance) -> None:
    consumer = Consumer(patched, RAISES, BatchSize=2, MaximumRetryAttempts=3)
    consumer.put("bad", "two", "three")
    consumer.follow()

    eventually(consumer.sent, [*["bad two"] * 4, "three"])


def test_a_dead_letter_is_like_one_from_lambda(patched: Instance) -> None:
    consumer = Consumer(patched, RAISES, BatchSize=2, MaximumRetryAttempts=1)
    consumer.put("bad", "two")
    consumer.follow()
    eventually(lambda: len(consumer.letters()), 1)

    [letter] = consumer.letters()

    request_id = letter["requestContext"].pop("requestId")
    assert re.fullmatch(r"[0-9a-f-]{36}", request_id)
    assert letter["requestContext"] == {
        "functionArn": consumer.function,
        "condition": "RetryAttemptsExhausted",
        "approximateInvokeCount": 2,
    }
    assert letter["responseContext"] == {
        "statusCode": 200,
        "executedVersion": "$LATEST",
        "functionError": "Unhandled",
    }
    assert letter["version"] == "1.0"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", letter["timestamp"])
    batch = letter["DDBStreamBatchInfo"]
    assert re.fullmatch(r"shardId-\d{20}-\w{8}", batch["shardId"])
    assert batch["startSequenceNumber"] == consumer.number_of("bad")
    assert batch["endSequenceNumber"] == consumer.number_of("two")
    assert batch["batchSize"] == 2
    assert batch["streamArn"] == consumer.stream
    for name in ("approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", batch[name])


def test_a_bad_record_does_not_block_other_tables(patched: Instance) -> None:
    stuck = Consumer(patched, RAISES, BatchSize=1)
    stuck.put("bad", "behind")
    stuck.follow()
    eventually(lambda: stuck.sent()[:2], ["bad", "bad"])
    other = Consumer(patched, RAISES, BatchSize=1)
    other.put("good")

    other.follow()

    eventually(other.sent, ["good"])
    assert "behind" not in stuck.sent()
    mapping = client(patched, "lambda").list_event_source_mappings(FunctionName=stuck.function)
    client(patched, "lambda").delete_event_source_mapping(
        UUID=mapping["EventSourceMappings"][0]["UUID"]
    )
