"""What the embedded AWS does not do for the indexer, as the template says it to AWS."""

import json
from typing import Any

import pytest

from tests.infra.packages import Package, statements


@pytest.fixture
def mappings(each: Package) -> dict[str, Any]:
    """What sends the indexer changes, by the table whose they are."""
    return {
        mapping["EventSourceArn"]["Fn::GetAtt"][0]: mapping
        for mapping in each.properties("AWS::Lambda::EventSourceMapping").values()
        if "IndexerLambdaFunction" in json.dumps(mapping["FunctionName"])
    }


def test_it_is_sent_changes_of_castings_and_profiles(mappings: dict[str, Any]) -> None:
    assert set(mappings) == {"CastingTable", "UsersTable"}
    for mapping in mappings.values():
        assert mapping["StartingPosition"] == "TRIM_HORIZON"
        assert mapping["FilterCriteria"]["Filters"]


def test_a_change_that_fails_keeps_no_other_back_for_long(mappings: dict[str, Any]) -> None:
    for mapping in mappings.values():
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["BisectBatchOnFunctionError"] is True
        assert mapping["MaximumRetryAttempts"] == 10
        destination = mapping["DestinationConfig"]["OnFailure"]["Destination"]
        assert destination == {"Fn::GetAtt": ["IndexerDeadLetters", "Arn"]}


def test_someone_is_told_when_it_gives_up_or_falls_behind(each: Package) -> None:
    letters, age = each["IndexerDeadLettersAlarm"], each["IndexerIteratorAgeAlarm"]

    assert letters["MetricName"] == "ApproximateNumberOfMessagesVisible"
    assert letters["Dimensions"][0]["Value"] == {"Fn::GetAtt": ["IndexerDeadLetters", "QueueName"]}
    assert age["MetricName"] == "IteratorAge"
    assert age["Dimensions"][0]["Value"] == {"Ref": "IndexerLambdaFunction"}
    assert each["IndexerDeadLetters"]["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_it_reads_two_streams_and_nothing_else_of_them(each: Package) -> None:
    [streams] = [
        statement
        for role, statement in statements(each)
        if role == "IndexerIamRoleLambdaExecution" and "dynamodb:GetRecords" in statement["Action"]
    ]

    assert streams["Resource"] == [
        {"Fn::GetAtt": [table, "StreamArn"]} for table in ("CastingTable", "UsersTable")
    ]
