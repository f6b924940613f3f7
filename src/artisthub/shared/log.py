"""One JSON line a request on standard output, which CloudWatch Logs indexes by field.

A line holds no personal data: ids of requests and operations, never names, addresses or bodies,
and of a person not even the id (`caller`).
"""

import os
import sys
import time
from _blake2 import blake2b  # hashlib, which has it for everybody, costs 5 ms
from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode


class Units(msgspec.Struct, rename="camel", omit_defaults=True):
    """Request units of DynamoDB, as it reports them.

    unmetered_calls: those of which the core tells nothing, which are batches and transactions.
    """

    read_units: float = 0
    write_units: float = 0
    unmetered_calls: int = 0


# What the request in hand has taken, the only one of its process.
units = Units()


def take_units() -> Any:
    """The fields of a line that tell them, those that are not 0; they begin again at 0."""
    global units
    taken, units = units, Units()
    return msgspec.to_builtins(taken)


def line(**fields: Any) -> None:
    """Writes the fields that have a value."""
    present = {name: value for name, value in fields.items() if value is not None}
    sys.stdout.write(_encode(present).decode() + "\n")
    sys.stdout.flush()


def caller(user_id: str) -> str:
    """Stands for a person in the lines: `printf %s USER_ID | b2sum -l 48` gives the same.

    User ids are random, so nobody comes from one of these to an id by trying.
    """
    return blake2b(user_id.encode(), digest_size=6).hexdigest()


def count(metric: str) -> None:
    """Counts one: CloudWatch makes a metric of the line, in the name space ArtistHub.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    # artisthub-api-prod-createUser: the service and stage, and the function.
    service = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "").rpartition("-")[0]
    definition = {
        "Namespace": "ArtistHub",
        "Dimensions": [["service"]],
        "Metrics": [{"Name": metric, "Unit": "Count"}],
    }
    about = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [definition]}
    line(**{"_aws": about, "service": service or "artisthub-api", metric: 1})


def stack(fault: BaseException) -> list[str]:
    """Its frames, without its own text, which may quote what a person typed."""
    import traceback  # only a fault pays for it

    return [frame.rstrip() for frame in traceback.format_tb(fault.__traceback__)]


def aws_error(fault: BaseException | None) -> str | None:
    """AWS's own name for what went wrong (aws_json.AwsError); its message may quote a person."""
    for each in (fault, fault and fault.__cause__):
        code = getattr(each, "code", None)
        if isinstance(code, str):
            return code
    return None
