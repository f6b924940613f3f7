"""Stream consumers: their filters, their dead-letter queue and their alarms."""

import json
from typing import Any

import pytest

from tests.infra.packages import Package

DAY_SECONDS = 86_400


def consumers(package: Package) -> dict[str, list[dict[str, Any]]]:
    """The event source mappings of each consumer, by its name in the template."""
    found: dict[str, list[dict[str, Any]]] = {}
    for mapping in package.properties("AWS::Lambda::EventSourceMapping").values():
        function = mapping["FunctionName"]["Fn::GetAtt"][0].removesuffix("LambdaFunction")
        found.setdefault(function, []).append(mapping)
    return found


def alarms(package: Package, name: str, value: Any) -> list[dict[str, Any]]:
    dimension = {"Name": name, "Value": value}
    found = package.properties("AWS::CloudWatch::Alarm").values()
    return [alarm for alarm in found if alarm.get("Dimensions") == [dimension]]


def test_consumers_have_filters_limited_retries_and_a_dead_letter_queue(each: Package) -> None:
    for consumer, mappings in consumers(each).items():
        for mapping in mappings:
            # The indexer needs every change: of castings, profiles and their visibility.
            assert consumer == "Indexer" or mapping["FilterCriteria"]["Filters"]
            assert mapping["StartingPosition"] == "TRIM_HORIZON"
            assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
            assert mapping["BisectBatchOnFunctionError"] is True
            assert 0 < mapping["MaximumRetryAttempts"] <= 100
            assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {
                "Fn::GetAtt": ["DeadLetters", "Arn"]
            }


def test_the_janitor_gets_only_what_leaves_data_behind(each: Package) -> None:
    sent = {
        mapping["EventSourceArn"]["Fn::GetAtt"][0]: [
            json.loads(each["Pattern"]) for each in mapping["FilterCriteria"]["Filters"]
        ]
        for mapping in consumers(each)["Janitor"]
    }

    removed = {"OldImage": {"status": {"S": ["deleted"]}}}
    closed = {"OldImage": {"status": {"S": ["suspended", "deleted"]}}}
    pictured = {"OldImage": {"picture": {"M": {"large": {"S": [{"exists": True}]}}}}}
    published = {"NewImage": {"publishedAt": {"S": [{"exists": True}]}}}
    decided = {"NewImage": {"outcome": {"S": ["deleted"]}}}
    assert sent == {
        "UsersTable": [
            {"eventName": ["REMOVE"], "dynamodb": removed},
            {"eventName": ["MODIFY"], "dynamodb": closed},
            {"eventName": ["MODIFY"], "dynamodb": pictured},
        ],
        "CastingTable": [
            {"eventName": ["REMOVE"]},
            {"eventName": ["MODIFY"], "dynamodb": published},
        ],
        "ReportsTable": [{"eventName": ["INSERT"], "dynamodb": decided}],
    }


@pytest.mark.weakness(62)
def test_the_flagger_gets_each_text_when_it_is_new_and_when_it_may_be_lost(each: Package) -> None:
    sent = {
        mapping["EventSourceArn"]["Fn::GetAtt"][0]: [
            json.loads(each["Pattern"]) for each in mapping["FilterCriteria"]["Filters"]
        ]
        for mapping in consumers(each)["Flagger"]
    }

    is_there = {"S": [{"exists": True}]}
    audition = {"NewImage": {"audition": {"M": {"startsAt": is_there}}}}
    request = {"standing": {"S": ["outgoing"]}, "message": is_there}
    assert sent == {
        "ApplicationsTable": [
            {"eventName": ["INSERT", "REMOVE"]},
            {"eventName": ["MODIFY"], "dynamodb": {"NewImage": {"note": is_there}}},
            {"eventName": ["MODIFY"], "dynamodb": audition},
        ],
        "ConnectionsTable": [
            {"eventName": ["INSERT", "MODIFY"], "dynamodb": {"NewImage": request}},
            {"eventName": ["MODIFY", "REMOVE"], "dynamodb": {"OldImage": request}},
        ],
    }


def test_dead_letters_are_encrypted_and_kept_for_14_days(each: Package) -> None:
    queue = each["DeadLetters"]

    assert queue["KmsMasterKeyId"] == "alias/aws/sqs"
    assert queue["MessageRetentionPeriod"] == 14 * DAY_SECONDS


def test_dead_letters_and_late_consumers_raise_alarms(each: Package) -> None:
    [letters] = alarms(each, "QueueName", {"Fn::GetAtt": ["DeadLetters", "QueueName"]})
    assert letters["MetricName"] == "ApproximateNumberOfMessagesVisible"
    assert (letters["ComparisonOperator"], letters["Threshold"]) == ("GreaterThanThreshold", 0)
    for name in consumers(each):
        [behind] = alarms(each, "FunctionName", {"Ref": f"{name}LambdaFunction"})
        assert behind["MetricName"] == "IteratorAge"
        assert 0 < behind["Threshold"] < DAY_SECONDS * 1000
        for alarm in (letters, behind):
            assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]


def test_the_alarm_topic_uses_a_key_that_cloudwatch_can_use(each: Package) -> None:
    assert each["AlarmTopic"]["KmsMasterKeyId"] == {"Ref": "AlarmTopicKey"}
    statements = each["AlarmTopicKey"]["KeyPolicy"]["Statement"]

    [cloudwatch] = [one for one in statements if "Service" in one["Principal"]]
    assert cloudwatch["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert cloudwatch["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]


def test_alarms_go_to_the_address_of_the_stage_and_to_subscribers(each: Package) -> None:
    address = each["AlarmAddressParameter"]
    assert address["Name"] == f"/artisthub/{each.stage}/alarm-address"
    assert address["Value"].startswith("alarms@")
    assert each["AlarmSubscription"] == {
        "TopicArn": {"Ref": "AlarmTopic"},
        "Protocol": "email",
        "Endpoint": {"Fn::GetAtt": ["AlarmAddressParameter", "Value"]},
    }
    assert each.template["Outputs"]["AlarmTopicArn"]["Value"] == {"Ref": "AlarmTopic"}
