"""Stream records, as Lambda sends them to a consumer."""

from collections.abc import Mapping
from typing import Any

from boto3.dynamodb.types import TypeSerializer

# The keys of the tables with streams.
KEYS = (
    "applicationKey",
    "caseId",
    "castingId",
    "counterId",
    "entryKey",
    "otherUserId",
    "userId",
)


def record(
    number: int = 1, *, old: Any = None, new: Any = None, table: str = "Casting", **more: Any
) -> dict[str, Any]:
    """A change from `old` to `new`. Without `old` the item is new, without `new` it is removed."""
    images = {"OldImage": old, "NewImage": new}
    present: dict[str, Mapping[str, Any]] = {
        name: TypeSerializer().serialize(item)["M"] for name, item in images.items() if item
    }
    return {
        "eventID": f"event-{number}",
        "eventName": "MODIFY" if old and new else "REMOVE" if old else "INSERT",
        "eventSourceARN": f"arn:aws:dynamodb:ap-south-1:123456789012:table/{table}/stream/2026",
        "dynamodb": {
            "SequenceNumber": str(number),
            "Keys": keys_of(next(iter(present.values()), {})),
            **present,
        },
        **more,
    }


def keys_of(image: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in image.items() if name in KEYS}
