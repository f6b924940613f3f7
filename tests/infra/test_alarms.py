"""Every alarm uses a metric and dimensions that AWS documents, and notifies someone.

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
# The valid dimensions and the useful statistics of each metric.
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
    # Written by shared/log.count.
    ("ArtistHub", "CodesNotSent"): ({("service",)}, {"Sum"}),
    ("ArtistHub", "MailsRefused"): ({("service",)}, {"Sum"}),
}
SYSTEM_ERRORS = 'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName)'


# AWS has two dimensions: the vault and the resource type.
# https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html
BACKUP_JOBS = (
    'SELECT SUM(NumberOfBackupJobs{}) FROM "AWS/Backup" '
    "WHERE BackupVaultName = '${{BackupVault}}'"
)


def alarms(package: Package) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = package.properties("AWS::CloudWatch::Alarm")
    return found


def metrics(alarm: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Namespace, name, dimensions and statistic of each metric that an alarm reads."""
    read = [each["MetricStat"] for each in alarm.get("Metrics", []) if "MetricStat" in each]
    if "MetricName" in alarm:
        statistic = alarm.get("Statistic", alarm.get("ExtendedStatistic"))
        read.append({"Metric": alarm, "Stat": statistic})
    for each in read:
        metric = each["Metric"]
        dimensions = tuple(one["Name"] for one in metric.get("Dimensions", []))
        yield metric["Namespace"], metric["MetricName"], dimensions, each["Stat"]


def test_alarms_use_metrics_that_aws_documents(each: Package) -> None:
    for name, alarm in alarms(each).items():
        for namespace, metric, dimensions, statistic in metrics(alarm):
            known, statistics = DOCUMENTED[namespace, metric]
            assert dimensions in known, name
            assert statistic in statistics, name


def test_every_alarm_notifies_when_it_starts_and_when_it_ends(each: Package) -> None:
    for alarm in alarms(each).values():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]
        assert alarm["TreatMissingData"] == "notBreaching"
        assert len(alarm["AlarmDescription"]) > 30


def test_every_table_has_a_throttling_alarm_that_includes_its_indexes(each: Package) -> None:
    for table, properties in each.properties("AWS::DynamoDB::Table").items():
        alarm = alarms(each)[f"{table}ThrottledAlarm"]
        indexes = {index["IndexName"] for index in properties.get("GlobalSecondaryIndexes", [])}
        read = [part["MetricStat"]["Metric"] for part in alarm["Metrics"] if "MetricStat" in part]

        assert len(alarm["Metrics"]) <= 10  # CloudWatch's limit for an alarm
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
def test_each_alarm_of_the_guide_exists(each: Package, alarm: str, metric: str) -> None:
    assert metric in [name for _, name, _, _ in metrics(alarms(each)[alarm])]


@pytest.mark.aws_fact(7)
def test_the_user_errors_alarm_reads_the_count_of_the_functions(each: Package) -> None:
    alarm = alarms(each)["DynamoDbUserErrorsAlarm"]

    assert (alarm["Namespace"], alarm["MetricName"]) == ("ArtistHub", "DynamoDbUserErrors")
    assert alarm["Dimensions"] == [{"Name": "service", "Value": f"artisthub-api-{each.stage}"}]


@pytest.mark.aws_fact(7)
def test_no_alarm_reads_the_user_errors_metric_of_dynamodb(
    each: Package,
) -> None:
    read = [one[:2] for alarm in alarms(each).values() for one in metrics(alarm)]

    assert ("AWS/DynamoDB", "UserErrors") not in read


def test_dynamodb_system_errors_of_all_tables_and_operations_have_an_alarm(each: Package) -> None:
    [query] = alarms(each)["DynamoDbSystemErrorsAlarm"]["Metrics"]

    assert query["Expression"] == SYSTEM_ERRORS


@pytest.mark.aws_fact(9)
@pytest.mark.parametrize("end", ["Failed", "Expired"])
def test_backup_jobs_that_end_without_a_backup_have_an_alarm(protected: Package, end: str) -> None:
    [query] = alarms(protected)[f"BackupJobs{end}Alarm"]["Metrics"]

    assert query["Expression"] == {"Fn::Sub": BACKUP_JOBS.format(end)}
    # CloudWatch queries reach back three hours.
    assert query["Period"] <= 10_800


PRODUCTION = {
    "ApiServerErrorsAlarm": 1,  # % of calls
    "ApiClientErrorsAlarm": 50,  # % of calls
    "ApiLatencyAlarm": 1_000,  # ms, 99th percentile
    "DynamoDbUserErrorsAlarm": 5,
    "DynamoDbSystemErrorsAlarm": 0,
    "LambdaErrorsAlarm": 0,
    "LambdaDurationAlarm": 45_000,  # ms; the function timeout is 60,000
    "LambdaThrottlesAlarm": 0,
    "LambdaConcurrencyAlarm": 800,  # the account limit is 1,000
    "DeadLettersAlarm": 0,
    "IteratorAgeAlarm": 300_000,  # ms
    "TableThrottledAlarm": 5,
    "CodesNotSentAlarm": 3,  # an hour
    "MailsRefusedAlarm": 3,  # an hour
    "MailBouncesAlarm": 0.05,  # of e-mails; SES pauses accounts at 0.1
    "MailComplaintsAlarm": 0.001,
    "BackupJobsFailedAlarm": 0,
    "BackupJobsExpiredAlarm": 0,
}


def test_production_alarms_have_these_thresholds(packages: dict[str, Package]) -> None:
    for name, alarm in alarms(packages["prod"]).items():
        [threshold] = [PRODUCTION[end] for end in PRODUCTION if name.endswith(end)]
        assert alarm["Threshold"] == threshold, name
        assert alarm["ComparisonOperator"] == "GreaterThanThreshold"


def test_the_cost_page_counts_every_alarm(packages: dict[str, Package]) -> None:
    assert len(alarms(packages["prod"])) == ALARMS


def test_the_latency_alarm_starts_at_one_second_in_every_stage(each: Package) -> None:
    assert alarms(each)["ApiLatencyAlarm"]["Threshold"] == 1_000  # ms


@pytest.mark.aws_fact(4)
@pytest.mark.parametrize("metric", ["CodesNotSent", "MailsRefused"])
def test_alarms_read_the_metrics_that_functions_write(
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
