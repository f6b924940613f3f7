"""Puts what a consumer of a stream has given up through again.

A dead letter does not hold the records, but says where in the stream they are, for 24 hours:
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

# Nobody else gets a letter meanwhile, nor does this run a second time what has failed again.
HIDDEN_SECONDS = 900


class Expired(Exception):
    """The stream no longer has the records."""


def run(stack: str, tell: Callable[[str], None]) -> bool:
    """Whether all dead letters went through; the others stay in the queue."""
    queue = physical_id(stack, "DeadLetters")
    sqs = boto3.client("sqs")
    done, left = 0, []
    for message in _messages(queue):
        if _is_through(json.loads(message["Body"]), tell):
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            done += 1
        else:
            left.append(message["ReceiptHandle"])
    for receipt in left:  # for the next run to find
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=receipt, VisibilityTimeout=0)
    tell(f"{done} dead letters went through, {len(left)} stay in {queue}")
    return not left


def _messages(queue: str) -> Iterator[Any]:
    sqs = boto3.client("sqs")
    while True:
        received = sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=1,  # asks every server of the queue
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
    # One by one, so that one that fails again does not keep its neighbours back.
    failed = [record["eventID"] for record in records if not _is_consumed(record, function)]
    tell(f"failed again: {', '.join(failed)} of {about}" if failed else f"went through: {about}")
    return not failed


def _records(where: dict[str, Any]) -> Iterator[Record]:
    """The records of a dead letter as Lambda sends them, and others that came between them."""
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
    """A record as Lambda sends it, which spells some of it in another way than the stream."""
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
