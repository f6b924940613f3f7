"""Every alarm is on a metric that AWS has, with the dimensions that it has, and tells someone.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from artisthub.shared import log
from contract.cost import ALARMS
from tests.infra.packages import Package

API = ("ApiId", "Stage")
TABLE, INDEX = ("TableName",), ("TableName", "GlobalSecondaryIndexName")
# By metric: the dimensions it may be asked by, and the statistics that say something of it.
DOCUMENTED: dict[tuple[str, str], tuple[set[tuple[str, ...]], set[str]]] = {
    ("AWS/ApiGateway", "4xx"): ({API}, {"Sum"}),
    ("AWS/ApiGateway", "5xx"): ({API}, {"Sum"}),
    ("AWS/ApiGateway", "Count"): ({API}, {"SampleCount", "Sum"}),
    ("AWS/ApiGateway", "Latency"): ({API}, {"p99"}),
    ("AWS/DynamoDB", "ReadThrottleEvents"): ({TABLE, INDEX}, {"Sum"}),
    ("AWS/DynamoDB", "WriteThrottleEvents"): ({TABLE, INDEX}, {"Sum"}),
    ("ArtistHub", "DynamoDbUserErrors"): ({("service",)}, {"Sum"}),
    ("AWS/Lambda", "Errors"): ({()}, {"Sum"}),
    ("AWS/Lambda", "Duration"): ({()}, {"Maximum"}),
    ("AWS/Lambda", "Throttles"): ({()}, {"Sum"}),
    ("AWS/Lambda", "ConcurrentExecutions"): ({()}, {"Maximum"}),
    ("AWS/Lambda", "IteratorAge"): ({("FunctionName",)}, {"Maximum"}),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): ({("QueueName",)}, {"Maximum"}),
    ("AWS/SES", "Reputation.BounceRate"): ({()}, {"Average"}),
    ("AWS/SES", "Reputation.ComplaintRate"): ({()}, {"Average"}),
    # Of our own: shared/log.count.
    ("ArtistHub", "CodesNotSent"): ({("service",)}, {"Sum"}),
    ("ArtistHub", "MailsRefused"): ({("service",)}, {"Sum"}),
}
SYSTEM_ERRORS = 'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName)'


# AWS names the dimensions: the vault, and the type of resource.
# https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html
BACKUP_JOBS = (
    'SELECT SUM(NumberOfBackupJobs{}) FROM "AWS/Backup" '
    "WHERE BackupVaultName = '${{BackupVault}}'"
)


def alarms(package: Package) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = package.properties("AWS::CloudWatch::Alarm")
    return found


def metrics(alarm: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Name space, name, dimensions and statistic of each metric that an alarm reads."""
    read = [each["MetricStat"] for each in alarm.get("Metrics", []) if "MetricStat" in each]
    if "MetricName" in alarm:
        statistic = alarm.get("Statistic", alarm.get("ExtendedStatistic"))
        read.append({"Metric": alarm, "Stat": statistic})
    for each in read:
        metric = each["Metric"]
        dimensions = tuple(one["Name"] for one in metric.get("Dimensions", []))
        yield metric["Namespace"], metric["MetricName"], dimensions, each["Stat"]


def test_alarms_are_on_metrics_that_there_are(each: Package) -> None:
    for name, alarm in alarms(each).items():
        for namespace, metric, dimensions, statistic in metrics(alarm):
            known, statistics = DOCUMENTED[namespace, metric]
            assert dimensions in known, name
            assert statistic in statistics, name


def test_every_alarm_tells_when_it_rings_and_when_it_is_over(each: Package) -> None:
    for alarm in alarms(each).values():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]
        assert alarm["TreatMissingData"] == "notBreaching"
        assert len(alarm["AlarmDescription"]) > 30


def test_every_table_is_watched_for_throttling_with_all_its_indexes(each: Package) -> None:
    for table, properties in each.properties("AWS::DynamoDB::Table").items():
        alarm = alarms(each)[f"{table}ThrottledAlarm"]
        indexes = {index["IndexName"] for index in properties.get("GlobalSecondaryIndexes", [])}
        read = [part["MetricStat"]["Metric"] for part in alarm["Metrics"] if "MetricStat" in part]

        assert len(alarm["Metrics"]) <= 10  # of which CloudWatch makes one alarm
        assert {metric["Dimensions"][0]["Value"]["Ref"] for metric in read} == {table}
        for name in ("ReadThrottleEvents", "WriteThrottleEvents"):
            of_indexes = [m["Dimensions"][1:] for m in read if m["MetricName"] == name]
            assert sorted(one[0]["Value"] for one in of_indexes if one) == sorted(indexes)
            assert [] in of_indexes


@pytest.mark.parametrize(
    ("alarm", "metric"),
    [
        ("ApiServerErrorsAlarm", "5xx"),
        ("ApiClientErrorsAlarm", "4xx"),
        ("ApiLatencyAlarm", "Latency"),
        ("DynamoDbUserErrorsAlarm", "DynamoDbUserErrors"),
        ("LambdaErrorsAlarm", "Errors"),
        ("LambdaDurationAlarm", "Duration"),
        ("LambdaThrottlesAlarm", "Throttles"),
        ("LambdaConcurrencyAlarm", "ConcurrentExecutions"),
    ],
)
def test_what_the_guide_names_is_watched(each: Package, alarm: str, metric: str) -> None:
    assert metric in [name for _, name, _, _ in metrics(alarms(each)[alarm])]


@pytest.mark.aws_fact(7)
def test_user_errors_are_those_that_the_stage_counts_itself(each: Package) -> None:
    alarm = alarms(each)["DynamoDbUserErrorsAlarm"]

    assert (alarm["Namespace"], alarm["MetricName"]) == ("ArtistHub", "DynamoDbUserErrors")
    assert alarm["Dimensions"] == [{"Name": "service", "Value": f"artisthub-api-{each.stage}"}]


@pytest.mark.aws_fact(7)
def test_no_alarm_reads_the_user_errors_of_dynamodb_which_count_cancelled_transactions(
    each: Package,
) -> None:
    read = [one[:2] for alarm in alarms(each).values() for one in metrics(alarm)]

    assert ("AWS/DynamoDB", "UserErrors") not in read


def test_errors_of_dynamodb_itself_are_watched_for_each_table_and_operation(each: Package) -> None:
    [query] = alarms(each)["DynamoDbSystemErrorsAlarm"]["Metrics"]

    assert query["Expression"] == SYSTEM_ERRORS


@pytest.mark.aws_fact(9)
@pytest.mark.parametrize("end", ["Failed", "Expired"])
def test_backup_jobs_that_end_without_a_backup_are_watched(protected: Package, end: str) -> None:
    [query] = alarms(protected)[f"BackupJobs{end}Alarm"]["Metrics"]

    assert query["Expression"] == {"Fn::Sub": BACKUP_JOBS.format(end)}
    # Of longer ago than three hours CloudWatch answers no query.
    assert query["Period"] <= 10_800


PRODUCTION = {
    "ApiServerErrorsAlarm": 1,  # % of calls
    "ApiClientErrorsAlarm": 50,  # % of calls
    "ApiLatencyAlarm": 1_000,  # ms, of the slowest in a hundred
    "DynamoDbUserErrorsAlarm": 5,
    "DynamoDbSystemErrorsAlarm": 0,
    "LambdaErrorsAlarm": 0,
    "LambdaDurationAlarm": 45_000,  # ms of the 60,000 that a function may take
    "LambdaThrottlesAlarm": 0,
    "LambdaConcurrencyAlarm": 800,  # of the 1,000 that an account may have
    "DeadLettersAlarm": 0,
    "IteratorAgeAlarm": 300_000,  # ms
    "TableThrottledAlarm": 5,
    "CodesNotSentAlarm": 3,  # an hour
    "MailsRefusedAlarm": 3,  # an hour
    "MailBouncesAlarm": 0.05,  # of the e-mails, half of what SES pauses accounts for
    "MailComplaintsAlarm": 0.001,
    "BackupJobsFailedAlarm": 0,
    "BackupJobsExpiredAlarm": 0,
}


def test_production_rings_above_these(packages: dict[str, Package]) -> None:
    for name, alarm in alarms(packages["prod"]).items():
        [threshold] = [PRODUCTION[end] for end in PRODUCTION if name.endswith(end)]
        assert alarm["Threshold"] == threshold, name
        assert alarm["ComparisonOperator"] == "GreaterThanThreshold"


def test_the_page_of_costs_counts_every_alarm(packages: dict[str, Package]) -> None:
    assert len(alarms(packages["prod"])) == ALARMS


def test_a_call_in_a_hundred_above_a_second_rings_in_every_stage(each: Package) -> None:
    assert alarms(each)["ApiLatencyAlarm"]["Threshold"] == 1_000  # ms


@pytest.mark.aws_fact(4)
@pytest.mark.parametrize("metric", ["CodesNotSent", "MailsRefused"])
def test_what_the_functions_count_is_what_the_alarm_reads(
    each: Package, metric: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    function = each["SignInLambdaFunction"]["FunctionName"]
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function)
    log.count(metric)
    counted = json.loads(capsys.readouterr().out)
    [definition] = counted["_aws"]["CloudWatchMetrics"]

    alarm = alarms(each)[f"{metric}Alarm"]
    assert definition["Namespace"] == alarm["Namespace"]
    assert definition["Metrics"][0]["Name"] == alarm["MetricName"]
    [[dimension]] = definition["Dimensions"]
    assert alarm["Dimensions"] == [{"Name": dimension, "Value": counted[dimension]}]
