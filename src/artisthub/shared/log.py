"""One JSON line a request on standard output, which CloudWatch Logs indexes by field.

A line holds no personal data: ids of requests and operations, never names, addresses or bodies.
"""

import sys
from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode


def line(**fields: Any) -> None:
    """Writes the fields that have a value."""
    present = {name: value for name, value in fields.items() if value is not None}
    sys.stdout.write(_encode(present).decode() + "\n")
    sys.stdout.flush()


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
