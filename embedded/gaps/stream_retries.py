"""Retries of failed DynamoDB stream batches.

AWS: Lambda retries a failed batch as often as the mapping says, from the first record that the
function reports. Without a report, it retries the two halves if the mapping says so. After the last
try, or when the records are too old, it sends their position to the mapping's destination and
continues. MiniStack ignores reports and retries forever, so one bad record blocks all later ones,
and no dead letter is sent. AWS waits up to a minute between tries; here the limit is half a second.
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
"""

import json
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ministack.core.concurrency import esm_wake
from ministack.core.responses import new_uuid, request_scope
from ministack.services import dynamodb, dynamodb_streams, lambda_svc, sqs

Record = dict[str, Any]
Mapping = dict[str, Any]

LONGEST_PAUSE_SECONDS = 0.5


@dataclass
class Batch:
    """A failed batch: the shard's records from `start` up to but not including `end`."""

    start: int
    end: int
    calls: int = 0
    not_before: float = 0

    def pause(self) -> None:
        seconds = min(0.05 * 2**self.calls, LONGEST_PAUSE_SECONDS)
        self.not_before = time.monotonic() + seconds
        threading.Timer(seconds, esm_wake.set).start()


# Each mapping's failed batches, the next one last. They come before new records.
_failed: dict[str, list[Batch]] = {}


def poll() -> bool:
    """Send each mapping's function its next batch. Return whether any made progress."""
    progress = False
    for account, region, mapping in lambda_svc._iter_all_esms():
        if mapping.get("Enabled", True) and ":dynamodb:" in mapping.get("EventSourceArn", ""):
            with request_scope(account, region):
                progress = _advance(mapping) or progress
    return progress


def _advance(mapping: Mapping) -> bool:
    stream = mapping["EventSourceArn"]
    table = stream.partition("/stream/")[0].rpartition("/")[2]
    function, _ = lambda_svc._get_func_record_for_qualifier(
        mapping["FunctionName"], mapping.get("Qualifier")
    )
    if function is None or (dynamodb._tables.get(table) or {}).get("LatestStreamArn") != stream:
        return False
    batch = _next_batch(mapping, table)
    if batch is None:
        return False
    records = dynamodb.stream_records_since(table, batch.start, batch.end - batch.start)
    wanted = lambda_svc._apply_filter_criteria(records, mapping)
    if not wanted:
        _go_on(mapping, batch.end)
        return True
    if too_old := _too_old(mapping, wanted):
        _give_up(mapping, function, too_old, "RecordAgeExceeded", batch.calls)
        _go_on(mapping, batch.start + records.index(too_old[-1]) + 1, of=batch)
        return True
    result = lambda_svc._execute_function(function, {"Records": wanted})
    batch.calls += 1
    failed_from = _first_failure(mapping, wanted, result)
    if failed_from is None:
        mapping["LastProcessingResult"] = "OK"
        _go_on(mapping, batch.end)
        return True
    mapping["LastProcessingResult"] = "PROBLEM: Function call failed"
    place = batch.start + records.index(wanted[failed_from])
    retries = int(mapping.get("MaximumRetryAttempts", -1))
    if place == batch.start and 0 <= retries < batch.calls:
        lost, condition = wanted[failed_from:], "RetryAttemptsExhausted"
        _give_up(mapping, function, lost, condition, batch.calls, result)
        _go_on(mapping, batch.end)
        return True
    _try_again(mapping, batch, place, is_reported=not result.get("error"))
    return bool(place > batch.start)


def _next_batch(mapping: Mapping, table: str) -> Batch | None:
    uuid = mapping["UUID"]
    if failed := _failed.get(uuid):
        return failed[-1] if time.monotonic() >= failed[-1].not_before else None
    horizon = dynamodb.stream_start_position(table)
    end = dynamodb.stream_end_position(table)
    with lambda_svc._dynamodb_stream_positions_lock:
        positions = lambda_svc._dynamodb_stream_positions
        if uuid not in positions:
            is_from_start = mapping.get("StartingPosition") == "TRIM_HORIZON"
            positions[uuid] = horizon if is_from_start else end
        start = max(positions[uuid], horizon)
    size = int(mapping.get("BatchSize", 100))
    return Batch(start, min(start + size, end)) if start < end else None


def _first_failure(mapping: Mapping, sent: list[Record], result: dict[str, Any]) -> int | None:
    """Return the index of the first record to retry, or None if all succeeded."""
    if result.get("error") or result.get("throttle"):
        return 0
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []):
        return None
    answer = result.get("body")
    if isinstance(answer, str | bytes):
        answer = json.loads(answer or "null")
    failures = (answer or {}).get("batchItemFailures")
    if not failures:
        return None
    numbers = [record["dynamodb"]["SequenceNumber"] for record in sent]
    try:
        return min(numbers.index(failure["itemIdentifier"]) for failure in failures)
    except (ValueError, KeyError, TypeError):
        return 0  # a report without a record of the batch fails the whole batch


def _too_old(mapping: Mapping, sent: list[Record]) -> list[Record]:
    allowed = int(mapping.get("MaximumRecordAgeInSeconds") or -1)
    oldest = time.time() - allowed if allowed > 0 else 0
    return [record for record in sent if record["dynamodb"]["ApproximateCreationDateTime"] < oldest]


def _try_again(mapping: Mapping, batch: Batch, place: int, *, is_reported: bool) -> None:
    waiting = _failed.setdefault(mapping["UUID"], [])
    if waiting and waiting[-1] is batch:
        waiting.pop()
    again = Batch(place, batch.end, calls=batch.calls if place == batch.start else 1)
    parts = [again]
    middle = (again.start + again.end) // 2
    if mapping.get("BisectBatchOnFunctionError") and not is_reported and middle > again.start:
        # Splitting a batch does not count as a try.
        parts = [Batch(middle, again.end), Batch(again.start, middle)]
    parts[-1].pause()
    waiting.extend(parts)
    with lambda_svc._dynamodb_stream_positions_lock:
        lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = place


def _go_on(mapping: Mapping, position: int, of: Batch | None = None) -> None:
    """Continue at this position. `of` is the batch if it has records left."""
    waiting = _failed.get(mapping["UUID"])
    if waiting and of is waiting[-1] and position < of.end:
        of.start = position
    elif waiting:
        waiting.pop()
    with lambda_svc._dynamodb_stream_positions_lock:
        lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position


def _give_up(
    mapping: Mapping,
    function: dict[str, Any],
    records: list[Record],
    condition: str,
    calls: int,
    result: dict[str, Any] | None = None,
) -> None:
    """Send the position of the records to the mapping's destination, which is a queue here."""
    configured = (mapping.get("DestinationConfig") or {}).get("OnFailure") or {}
    queue = configured.get("Destination", "")
    if not sqs._queue_by_arn(queue):
        return
    first, last = (records[place]["dynamodb"] for place in (0, -1))
    response = {"statusCode": 200, "executedVersion": "$LATEST"}
    if result and result.get("error"):
        response["functionError"] = result.get("function_error") or "Unhandled"
    letter = {
        "requestContext": {
            "requestId": new_uuid(),
            "functionArn": (function.get("config") or function)["FunctionArn"],
            "condition": condition,
            "approximateInvokeCount": calls,
        },
        "responseContext": response,
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "DDBStreamBatchInfo": {
            "shardId": dynamodb_streams._DEFAULT_SHARD_ID,
            "startSequenceNumber": first["SequenceNumber"],
            "endSequenceNumber": last["SequenceNumber"],
            "approximateArrivalOfFirstRecord": _arrival(first),
            "approximateArrivalOfLastRecord": _arrival(last),
            "batchSize": len(records),
            "streamArn": mapping["EventSourceArn"],
        },
    }
    name = queue.rpartition(":")[2]
    sqs._act_send_message({"QueueUrl": name, "MessageBody": json.dumps(letter)}, name)
    esm_wake.set()


def _arrival(change: dict[str, Any]) -> str:
    at = datetime.fromtimestamp(change["ApproximateCreationDateTime"], UTC)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def close() -> None:
    lambda_svc._poll_dynamodb_streams = poll
