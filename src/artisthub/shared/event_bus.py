"""The service's event bus in EventBridge, for other systems to subscribe to.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
"""

import msgspec

from artisthub.shared import aws_json
from artisthub.shared.settings import settings


def publish(source: str, event: msgspec.Struct) -> None:
    """Publish the event under the name of its type. Raises aws_json.AwsError or Busy."""
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
