"""Someone who subscribes to the event bus."""

import json
from typing import Any


class Subscriber:
    """A queue that gets every event of the bus from now on."""

    def __init__(self, bus: str, events: Any, queues: Any) -> None:
        self.queues = queues
        self.url = queues.create_queue(QueueName=f"subscriber-{id(self)}")["QueueUrl"]
        attributes = queues.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        rule = f"everything-{id(self)}"
        pattern = json.dumps({"source": ["artisthub"]})
        events.put_rule(Name=rule, EventBusName=bus, EventPattern=pattern)
        target = {"Id": "queue", "Arn": attributes["Attributes"]["QueueArn"]}
        events.put_targets(Rule=rule, EventBusName=bus, Targets=[target])

    def received(self, wait_seconds: int = 0) -> list[dict[str, Any]]:
        """What has come since the last time."""
        found: list[dict[str, Any]] = []
        while True:
            answer = self.queues.receive_message(
                QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=wait_seconds
            )
            messages = answer.get("Messages", [])
            if not messages:
                return found
            for message in messages:
                found.append(json.loads(message["Body"]))
                handle = message["ReceiptHandle"]
                self.queues.delete_message(QueueUrl=self.url, ReceiptHandle=handle)
