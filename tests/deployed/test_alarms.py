"""Alarms of the deployed stage notify the subscribers of their topic.

The embedded AWS evaluates an alarm on one metric when a value arrives, whatever its dimensions. It
does not evaluate alarms on several metrics. It measures little, so the tests write the values that
AWS would measure.
"""

import json
from typing import Any

import pytest

from embedded import Instance, deploy
from tests.deployed.people import eventually

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("writes values of AWS's own metrics, which AWS does not allow"),
]


@pytest.fixture(scope="module")
def aws(instance: Instance) -> Any:
    session = deploy.aws(instance)
    return lambda service: session.client(service, endpoint_url=instance.endpoint_url)


def test_every_alarm_on_one_metric_notifies_above_its_threshold(aws: Any) -> None:
    cloudwatch, queues = aws("cloudwatch"), aws("sqs")
    alarms = cloudwatch.describe_alarms()["MetricAlarms"]
    [topic] = {action for alarm in alarms for action in alarm["AlarmActions"]}
    queue = subscribed(aws, topic)

    for alarm in alarms:
        datum = {"MetricName": alarm["MetricName"], "Dimensions": alarm["Dimensions"]}
        above = datum | {"Value": alarm["Threshold"] + 1}
        cloudwatch.put_metric_data(Namespace=alarm["Namespace"], MetricData=[above])

    wanted = {alarm["AlarmName"] for alarm in alarms}
    assert {"DeadLetters", "LambdaErrors", "ApiLatency"} <= {kind(name) for name in wanted}
    heard: set[str] = set()

    def all_heard() -> set[str]:
        heard.update(rung(queues, queue))
        return heard

    eventually(all_heard, wanted)


def subscribed(aws: Any, topic: str) -> str:
    """A queue that receives the messages of the topic."""
    anyone = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [anyone]})
    queues = aws("sqs")
    queue: str = queues.create_queue(QueueName="on-call", Attributes={"Policy": policy})["QueueUrl"]
    about = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    aws("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=about["Attributes"]["QueueArn"])
    return queue


def kind(alarm: str) -> str:
    return alarm.split("-")[-2].removesuffix("Alarm")


def rung(queues: Any, queue: str) -> set[str]:
    messages = queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    notices = [json.loads(json.loads(message["Body"])["Message"]) for message in messages]
    for message in messages:
        queues.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return {notice["AlarmName"] for notice in notices if notice["NewStateValue"] == "ALARM"}
