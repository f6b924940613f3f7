"""Alarms of the deployed stage ring, and whoever subscribes to their topic hears of it.

The embedded AWS looks at an alarm on one metric when a datum of it is put, in any dimensions;
those on several metrics are computed on AWS alone. It measures little, so the data here stand for
what AWS would measure.
"""

import json
from typing import Any

import pytest

from embedded import Instance, deploy
from tests.deployed.people import eventually

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("puts data of AWS's own metrics, which AWS takes from nobody"),
]


@pytest.fixture(scope="module")
def aws(instance: Instance) -> Any:
    session = deploy.aws(instance)
    return lambda service: session.client(service, endpoint_url=instance.endpoint_url)


def test_every_alarm_on_one_metric_rings_when_it_crosses_its_threshold(aws: Any) -> None:
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
    """A queue that gets what is sent to the topic."""
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
