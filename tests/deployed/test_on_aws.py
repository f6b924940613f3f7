"""Tests that need AWS itself: TLS, rate limits, metrics, backup jobs and TTL.

They have never run on AWS. Each follows the AWS page that it links to.
"""

import socket
import ssl
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api import templates
from tests.deployed.people import Person
from tests.deployed.target import Target
from tests.deployed.test_races import all_at_once

pytestmark = pytest.mark.deployed

# API Gateway publishes its metrics each minute, and they appear some minutes later.
METRICS_SECONDS = 600
BACKUP_SECONDS = 1800
# AWS promises a few days, but needs only minutes if there is little to remove.
TTL_SECONDS = 900


def wait_for(found: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not found():
        if time.monotonic() > deadline:
            return False
        time.sleep(5)
    return True


@pytest.fixture(scope="module")
def expired(target: Target) -> Iterator[dict[str, str]]:
    """The key of an expired item, written before the other tests of this file."""
    table, key = target.table("CountersTable"), {"counterId": f"artisthub-tests-{uuid.uuid4()}"}
    table.put_item(Item={**key, "expiresAt": int(time.time()) - 60})
    yield key
    table.delete_item(Key=key)


@pytest.mark.needs_aws("the embedded AWS has no TLS")
def test_the_api_accepts_only_current_tls_versions(target: Target, expired: Any) -> None:
    """https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-ciphers.html"""
    host = str(urlsplit(target.outputs["apiUrl"]).hostname)
    newest = ssl.create_default_context()
    with (
        socket.create_connection((host, 443), 10) as plain,
        newest.wrap_socket(plain, server_hostname=host) as secure,
    ):
        assert secure.version() in {"TLSv1.2", "TLSv1.3"}

    old = ssl.create_default_context()
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    old.set_ciphers("DEFAULT@SECLEVEL=0")
    with (
        socket.create_connection((host, 443), 10) as plain,
        pytest.raises((ssl.SSLError, ConnectionError)),
        old.wrap_socket(plain, server_hostname=host),
    ):
        pass


@pytest.mark.needs_aws("the embedded AWS has no TLS")
def test_uploads_are_refused_without_tls(target: Target) -> None:
    """The bucket policy refuses them, whatever their signature."""
    bucket, region = target.resources["MediaBucket"], target.session.region_name

    answer = httpx.get(f"http://{bucket}.s3.{region}.amazonaws.com/uploads/none")

    assert answer.status_code == 403


def test_the_request_id_is_that_of_api_gateway(anonymous: Person) -> None:
    answer = anonymous.call("GET", "/health")

    assert answer.headers["apigw-requestid"] == answer.headers["x-request-id"]


@pytest.mark.needs_aws("the embedded AWS counts requests differently")
def test_sign_ins_over_the_rate_limit_are_throttled(target: Target, stage: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html

    AWS calls limits targets, not ceilings, so the test sends three times as many requests.
    """
    url = f"{target.outputs['apiUrl']}/v1/auth/login"
    with httpx.Client() as http:
        calls = [lambda: http.post(url, json={})] * 50
        count = 3 * (stage["throttling"]["authBurst"] + stage["throttling"]["authRate"])
        answers = [each for _ in range(-(-count // 50)) for each in all_at_once(calls)]

    assert {answer.status_code for answer in answers} == {422, 429}


def test_every_table_has_its_ttl_enabled(target: Target) -> None:
    dynamodb = target.client("dynamodb")

    for logical_id, table in templates.tables().items():
        name = target.resources[logical_id]
        about = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        wanted = table["TimeToLiveSpecification"]["AttributeName"]
        assert (about["TimeToLiveStatus"], about["AttributeName"]) == ("ENABLED", wanted)


@pytest.mark.needs_aws("the embedded AWS has no API Gateway or DynamoDB metrics")
def test_alarmed_api_gateway_metrics_have_data(target: Target, anonymous: Person) -> None:
    """An alarm on a wrong metric name or dimension would never notify."""
    anonymous.call("GET", "/health")
    alarms = target.client("cloudwatch").describe_alarms(
        AlarmNamePrefix=f"{target.stack}-", AlarmTypes=["MetricAlarm"]
    )["MetricAlarms"]
    watched = [
        each["MetricStat"]["Metric"]
        for alarm in alarms
        for each in alarm.get("Metrics", [])
        if "MetricStat" in each
    ]
    watched += [alarm for alarm in alarms if "MetricName" in alarm]
    of_calls = [each for each in watched if each["Namespace"] == "AWS/ApiGateway"]
    assert of_calls

    # There should be no server errors.
    wanted = [each for each in of_calls if each["MetricName"] != "5xx"]
    assert wait_for(lambda: all(is_measured(target, each) for each in wanted), METRICS_SECONDS)


def is_measured(target: Target, metric: Any) -> bool:
    data = target.client("cloudwatch").get_metric_statistics(
        Namespace=metric["Namespace"],
        MetricName=metric["MetricName"],
        Dimensions=metric["Dimensions"],
        StartTime=datetime.now(UTC) - timedelta(hours=1),
        EndTime=datetime.now(UTC),
        Period=60,
        Statistics=["SampleCount"],
    )
    return bool(data["Datapoints"])


@pytest.mark.needs_aws("the embedded AWS does not evaluate alarms by itself")
def test_no_alarm_is_active(target: Target) -> None:
    """The tests send many invalid requests, so the alarm on client errors does not count."""
    alarms = target.client("cloudwatch").describe_alarms(AlarmNamePrefix=f"{target.stack}-")
    states = {alarm["AlarmName"]: alarm["StateValue"] for alarm in alarms["MetricAlarms"]}
    names = set(target.of_type("AWS::CloudWatch::Alarm").values())

    assert names <= states.keys()
    ringing = {name for name, state in states.items() if state == "ALARM"}
    assert not {name for name in ringing if "ClientErrors" not in name}


@pytest.mark.needs_aws("the embedded AWS has no AWS Backup jobs")
def test_a_backup_job_succeeds(target: Target) -> None:
    if "BackupVault" not in target.resources:
        pytest.skip(f"the stage {target.stage} has no AWS Backup")
    backup, vault = target.client("backup"), target.resources["BackupVault"]
    role = target.client("iam").get_role(RoleName=target.resources["BackupRole"])["Role"]["Arn"]
    table = target.client("dynamodb").describe_table(TableName=target.tables["CountersTable"])
    job = backup.start_backup_job(
        BackupVaultName=vault,
        ResourceArn=table["Table"]["TableArn"],
        IamRoleArn=role,
        Lifecycle={"DeleteAfterDays": 1},
    )["BackupJobId"]

    def state() -> Any:
        return backup.describe_backup_job(BackupJobId=job)

    wait_for(lambda: state()["State"] in ("COMPLETED", "FAILED", "ABORTED"), BACKUP_SECONDS)
    ended = state()
    assert ended["State"] == "COMPLETED", ended.get("StatusMessage")
    backup.delete_recovery_point(BackupVaultName=vault, RecoveryPointArn=ended["RecoveryPointArn"])


@pytest.mark.needs_aws("the embedded AWS removes expired items on its own schedule")
def test_an_expired_item_is_removed(target: Target, expired: dict[str, str]) -> None:
    """https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html"""
    table = target.table("CountersTable")

    if not wait_for(lambda: "Item" not in table.get_item(Key=expired), TTL_SECONDS):
        pytest.skip(f"AWS did not remove it in {TTL_SECONDS // 60} minutes, and promises only days")
