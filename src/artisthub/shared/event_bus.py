"""The event bus of the service in EventBridge, where others subscribe to what happens here.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
"""

import msgspec

from artisthub.shared import aws_json
from artisthub.shared.settings import settings


def publish(source: str, event: msgspec.Struct) -> None:
    """Puts the event on the bus, named after its type; raises aws_json.AwsError or Busy."""
    entry = {
        "EventBusName": settings.EVENT_BUS,
        "Source": source,
        "DetailType": type(event).__name__,
        "Detail": msgspec.json.encode(event).decode(),
    }
    answer = aws_json.call("events", "AWSEvents.PutEvents", {"Entries": [entry]}, sign=True)
    if answer["FailedEntryCount"]:
        [failed] = answer["Entries"]
        raise aws_json.AwsError(failed["ErrorCode"], failed["ErrorMessage"])
