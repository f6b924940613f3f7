"""One JSON line per request on standard output. CloudWatch Logs indexes its fields.

A line contains no personal data: no names, addresses or bodies, and only a hash of a user id.
"""

import os
import sys
import time
from _blake2 import blake2b  # importing it from hashlib costs 5 ms
from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode


class Units(msgspec.Struct, rename="camel", omit_defaults=True):
    """Request units of DynamoDB: as it reports them, or by the sizes of the items in a batch."""

    read_units: float = 0
    write_units: float = 0


# The units of the current request. A process handles one at a time.
units = Units()


def take_units() -> Any:
    """The units as fields of a line, without zeros. Resets them to 0."""
    global units
    taken, units = units, Units()
    return msgspec.to_builtins(taken)


def line(**fields: Any) -> None:
    """Write a line with the fields that have a value."""
    present = {name: value for name, value in fields.items() if value is not None}
    sys.stdout.write(_encode(present).decode() + "\n")
    sys.stdout.flush()


def caller(user_id: str) -> str:
    """The hash that stands for a user in the log: `printf %s USER_ID | b2sum -l 48`.

    User ids are random, so nobody can find one from its hash by trying.
    """
    return blake2b(user_id.encode(), digest_size=6).hexdigest()


def count(metric: str) -> None:
    """Add 1 to a metric in the namespace ArtistHub. CloudWatch reads it from the line.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    # For example artisthub-api-prod-createUser: service and stage, then the function.
    service = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "").rpartition("-")[0]
    definition = {
        "Namespace": "ArtistHub",
        "Dimensions": [["service"]],
        "Metrics": [{"Name": metric, "Unit": "Count"}],
    }
    about = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [definition]}
    line(**{"_aws": about, "service": service or "artisthub-api", metric: 1})


def stack(fault: BaseException) -> list[str]:
    """The stack frames, without the exception's text, which may contain personal data."""
    import traceback  # only faults need it

    return [frame.rstrip() for frame in traceback.format_tb(fault.__traceback__)]


def aws_error(fault: BaseException | None) -> str | None:
    """The code of an aws_json.AwsError. Its message may contain personal data."""
    for each in (fault, fault and fault.__cause__):
        code = getattr(each, "code", None)
        if isinstance(code, str):
            return code
    return None
