"""Redrive of dead letters: a stream's consumer retries the records that it gave up on.

A dead letter does not hold the records. It says where they are in the stream for 24 hours:
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import boto3

from operations.stack import physical_id

Record = dict[str, Any]
Letter = dict[str, Any]

# Hidden letters reach nobody else, and this run does not retry its own failures.
HIDDEN_SECONDS = 900


class Expired(Exception):
    """The stream no longer has the records."""


def run(stack: str, tell: Callable[[str], None]) -> bool:
    """Process all dead letters. Failed ones stay in the queue. Return whether all succeeded."""
    queue = physical_id(stack, "DeadLetters")
    sqs = boto3.client("sqs")
    done, left = 0, []
    for message in _messages(queue):
        if _is_through(json.loads(message["Body"]), tell):
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            done += 1
        else:
            left.append(message["ReceiptHandle"])
    for receipt in left:  # make it visible to the next run
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=receipt, VisibilityTimeout=0)
    tell(f"{done} dead letters succeeded, {len(left)} remain in {queue}")
    return not left


def _messages(queue: str) -> Iterator[Any]:
    sqs = boto3.client("sqs")
    while True:
        received = sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=1,  # long polling asks every server of the queue
            VisibilityTimeout=HIDDEN_SECONDS,
        )
        if not received.get("Messages"):
            return
        yield from received["Messages"]


def _is_through(letter: Letter, tell: Callable[[str], None]) -> bool:
    where, function = letter["DDBStreamBatchInfo"], letter["requestContext"]["functionArn"]
    records_from = f"{where['batchSize']} records from {where['startSequenceNumber']}"
    about = f"{records_from} of {where['shardId']} for {function.rpartition('-')[2]}"
    try:
        records = list(_records(where))
    except Expired:
        tell(
            f"expired: {about}, {where['streamArn']}, of {where['approximateArrivalOfFirstRecord']}"
        )
        return False
    # Send records one by one, so that a failing one does not block the others.
    failed = [record["eventID"] for record in records if not _is_consumed(record, function)]
    tell(f"failed again: {', '.join(failed)} in {about}" if failed else f"succeeded: {about}")
    return not failed


def _records(where: dict[str, Any]) -> Iterator[Record]:
    """Yield the dead letter's records in Lambda's format, and others in between."""
    streams = boto3.client("dynamodbstreams")
    expired = streams.exceptions.TrimmedDataAccessException
    last = int(where["endSequenceNumber"])
    try:
        iterator = streams.get_shard_iterator(
            StreamArn=where["streamArn"],
            ShardId=where["shardId"],
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=where["startSequenceNumber"],
        ).get("ShardIterator")
        while iterator:
            page = streams.get_records(ShardIterator=iterator)
            for record in page["Records"]:
                if int(record["dynamodb"]["SequenceNumber"]) > last:
                    return
                yield _as_sent(record, where["streamArn"])
                if int(record["dynamodb"]["SequenceNumber"]) == last:
                    return
            iterator = page.get("NextShardIterator")
    except (expired, streams.exceptions.ResourceNotFoundException):
        raise Expired from None


def _as_sent(record: Any, stream_arn: str) -> Record:
    """Return a record in Lambda's format, which spells some fields differently from the stream."""
    sent = {**record, "eventSourceARN": stream_arn}
    if by := record.get("userIdentity"):
        sent["userIdentity"] = {"type": by["Type"], "principalId": by["PrincipalId"]}
    return sent


def _is_consumed(record: Record, function: str) -> bool:
    answer = boto3.client("lambda").invoke(
        FunctionName=function, Payload=json.dumps({"Records": [record]}, default=_seconds)
    )
    consumed = json.loads(answer["Payload"].read())
    return "FunctionError" not in answer and not consumed["batchItemFailures"]


def _seconds(at: datetime) -> float:
    return at.timestamp()
