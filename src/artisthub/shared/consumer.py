"""The edge of every consumer of a table's stream: decode, run, log, report failures.

    @consumer
    def index_casting(change: Change) -> None: ...

    indexer = by_table(CASTING_TABLE=index_casting, USERS_TABLE=index_user)

turns functions into a Lambda handler for DynamoDB stream events:
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html

A change may arrive twice, and late after a failure, so consumers must be idempotent.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from artisthub.shared import errors, log
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    Consume = Callable[["Change"], None]
    Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

Item = dict[str, Any]


class Change(msgspec.Struct, frozen=True):
    """A change to one item. `before` is None if it is new, `after` is None if it was deleted.

    is_expired: whether DynamoDB deleted it because it expired (TTL)
    is_repeated: whether an earlier change of this item is in the batch. When that was consumed,
        this one was stored already. So who reads the item again needs not read it once more.
    """

    before: Item | None
    after: Item | None
    is_expired: bool = False
    is_repeated: bool = False


def consumer(consume: Consume) -> Handler:
    """Turn a function that consumes one change into a Lambda handler.

    The handler stops at the first change that fails and reports it. Lambda sends this change and
    those after it again (ReportBatchItemFailures).
    """

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        seen: set[str] = set()
        for record in event["Records"]:
            started = time.perf_counter()
            item = str(record["dynamodb"]["Keys"])
            fault = _fault(consume, record, is_repeated=item in seen)
            seen.add(item)
            _log(consume, record, fault, context, started)
            if fault:
                return {"batchItemFailures": [{"itemIdentifier": _sequence_number(record)}]}
        return {"batchItemFailures": []}

    handler.__doc__ = consume.__doc__
    handler.__name__ = consume.__name__
    return handler


def by_table(**consumers: Handler) -> Handler:
    """Combine consumers into one Lambda handler. Each name is the setting with its table.

    A batch has changes of one table only.
    """

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        table = event["Records"][0]["eventSourceARN"].split("/")[1]
        for setting, consume in consumers.items():
            if settings.has(setting) and getattr(settings, setting) == table:
                return consume(event, context)
        raise LookupError(f"no consumer for the table {table}")

    return handler


def run_all(*steps: Callable[[], object]) -> None:
    """Run all steps. Raises the first fault after them, so that a step never stops another one."""
    faults: list[Exception] = []
    for step in steps:
        try:
            step()
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise faults[0]


def change_of(record: dict[str, Any], *, is_repeated: bool = False) -> Change:
    """The change in a record of a stream with the view type NEW_AND_OLD_IMAGES."""
    images = record["dynamodb"]
    by = record.get("userIdentity") or {}
    return Change(
        before=_item(images.get("OldImage")),
        after=_item(images.get("NewImage")),
        is_expired=by.get("principalId") == "dynamodb.amazonaws.com",
        is_repeated=is_repeated,
    )


def _item(image: dict[str, Any] | None) -> Item | None:
    return {name: _value(value) for name, value in image.items()} if image else None


def _value(attribute: dict[str, Any]) -> Any:
    """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html"""
    [(kind, value)] = attribute.items()
    if kind == "M":
        return _item(value) or {}
    if kind == "L":
        return [_value(each) for each in value]
    if kind == "N":
        return float(value) if "." in value or "E" in value.upper() else int(value)
    return None if kind == "NULL" else value


def _fault(consume: Consume, record: dict[str, Any], *, is_repeated: bool) -> Exception | None:
    try:
        consume(change_of(record, is_repeated=is_repeated))
    except Exception as fault:  # one failed change must not fail those before it
        return fault
    return None


def _sequence_number(record: dict[str, Any]) -> str:
    number: str = record["dynamodb"]["SequenceNumber"]
    return number


def _log(
    consume: Consume,
    record: dict[str, Any],
    fault: Exception | None,
    context: Any,
    started: float,
) -> None:
    log.line(
        level="error" if fault else "info",
        operation=consume.__name__,
        eventId=record["eventID"],
        eventName=record["eventName"],
        lambdaRequestId=context.aws_request_id,
        code=type(fault).__name__ if fault else None,
        cause=type(fault.__cause__).__name__ if fault and fault.__cause__ else None,
        awsError=log.aws_error(fault),
        durationMs=round((time.perf_counter() - started) * 1000, 2),
        **log.take_units(),
        stack=log.stack(fault) if fault and not isinstance(fault, errors.Problem) else None,
    )
