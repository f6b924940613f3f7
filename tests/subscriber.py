"""A subscriber of the event bus."""

import json
import uuid
from typing import Any


class Subscriber:
    """A queue that receives every new event of the bus."""

    def __init__(self, bus: str, events: Any, queues: Any) -> None:
        self.queues, self.events = queues, events
        name = f"artisthub-tests-{uuid.uuid4().hex[:8]}"
        self.rule = {"Rule": name, "EventBusName": bus}
        pattern = json.dumps({"source": ["artisthub"]})
        rule = events.put_rule(Name=name, EventBusName=bus, EventPattern=pattern)["RuleArn"]
        self.url = queues.create_queue(QueueName=name)["QueueUrl"]
        attributes = queues.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        queue = attributes["Attributes"]["QueueArn"]
        policy = json.dumps({"Version": "2012-10-17", "Statement": [_may_send(rule, queue)]})
        queues.set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": policy})
        events.put_targets(**self.rule, Targets=[{"Id": "queue", "Arn": queue}])

    def leave(self) -> None:
        """Delete the queue and its rule."""
        self.events.remove_targets(**self.rule, Ids=["queue"])
        self.events.delete_rule(Name=self.rule["Rule"], EventBusName=self.rule["EventBusName"])
        self.queues.delete_queue(QueueUrl=self.url)

    def received(self, wait_seconds: int = 0) -> list[dict[str, Any]]:
        """The events since the last call."""
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


def _may_send(rule: str, queue: str) -> dict[str, Any]:
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    return {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
