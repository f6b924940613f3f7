"""How changes of tables reach who consumes them, and what becomes of those that cannot be.

The embedded AWS ignores most of it, so it is held here.
"""

import json

import pytest

from tests.infra.packages import Package


@pytest.fixture
def mappings(each: Package) -> list[dict[str, object]]:
    return list(each.properties("AWS::Lambda::EventSourceMapping").values())


def test_a_change_that_fails_is_parted_from_its_neighbours_and_given_up_in_the_end(
    mappings: list[dict[str, object]],
) -> None:
    for mapping in mappings:
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["BisectBatchOnFunctionError"] is True
        assert 0 < int(str(mapping["MaximumRetryAttempts"])) <= 10
        assert mapping["StartingPosition"] == "TRIM_HORIZON"


def test_what_is_given_up_is_kept_for_14_days_and_watched(
    each: Package, mappings: list[dict[str, object]]
) -> None:
    watched = json.dumps(each.properties("AWS::CloudWatch::Alarm"))

    for mapping in mappings:
        [queue] = _names(mapping["DestinationConfig"])
        assert each[queue]["MessageRetentionPeriod"] == 14 * 24 * 60 * 60
        assert each[queue]["KmsMasterKeyId"] == "alias/aws/sqs"
        assert f'"{queue}", "QueueName"' in watched


def test_a_consumer_that_falls_behind_is_noticed(
    each: Package, mappings: list[dict[str, object]]
) -> None:
    watched = {
        dimension["Value"]["Ref"]
        for alarm in each.properties("AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "IteratorAge"
        for dimension in alarm["Dimensions"]
    }

    assert {_names(mapping["FunctionName"])[0] for mapping in mappings} == watched


def test_no_change_invokes_a_consumer_that_does_not_want_it(
    mappings: list[dict[str, object]],
) -> None:
    assert all(mapping["FilterCriteria"] for mapping in mappings)


def _names(value: object) -> list[str]:
    """The logical ids that a part of the template refers to."""
    if not isinstance(value, dict):
        return []
    if "Fn::GetAtt" in value:
        return [value["Fn::GetAtt"][0]]
    return [name for part in value.values() for name in _names(part)]
