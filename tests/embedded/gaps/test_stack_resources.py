"""Resource types that stacks may use."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from embedded import Instance
from tests.embedded.gaps.given import a_stack, client

pytestmark = pytest.mark.deployed

VAULT = {"Type": "AWS::Backup::BackupVault", "Properties": {"BackupVaultName": "a-vault"}}
PLAN = {
    "Type": "AWS::Backup::BackupPlan",
    "Properties": {
        "BackupPlan": {
            "BackupPlanName": "a-plan",
            "BackupPlanRule": [{"RuleName": "daily", "TargetBackupVault": {"Ref": "Vault"}}],
        }
    },
}
SELECTION = {
    "Type": "AWS::Backup::BackupSelection",
    "Properties": {
        "BackupPlanId": {"Ref": "Plan"},
        "BackupSelection": {
            "SelectionName": "all",
            "IamRoleArn": "arn:aws:iam::000000000000:role/backup",
            "Resources": ["*"],
        },
    },
}
QUERY = {
    "Type": "AWS::Logs::QueryDefinition",
    "Properties": {"Name": "a", "QueryString": "fields @message"},
}
ALARM: dict[str, Any] = {
    "Type": "AWS::CloudWatch::Alarm",
    "Properties": {
        "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationPeriods": 1,
        "Threshold": 1,
        "Metrics": [
            {"Id": "percent", "Expression": "100 * errors / calls"},
            *(
                {
                    "Id": name,
                    "ReturnData": False,
                    "MetricStat": {
                        "Metric": {"Namespace": "AWS/Lambda", "MetricName": name},
                        "Period": 60,
                        "Stat": "Sum",
                    },
                }
                for name in ("errors", "calls")
            ),
        ],
    },
}
STACKS = {
    "a backup selection": {"Vault": VAULT, "Plan": PLAN, "Selection": SELECTION},
    "a saved query": {"Query": QUERY},
    "an alarm with metric math": {"Alarm": ALARM},
}


@pytest.mark.parametrize("what", ["a backup selection", "a saved query"])
def test_ministack_still_has_the_gap(what: str, unpatched: Instance) -> None:
    with pytest.raises(ClientError, match="Unrecognized resource types"):
        a_stack(unpatched, STACKS[what])


def test_ministack_still_has_the_alarm_gap(unpatched: Instance) -> None:
    status, _ = a_stack(unpatched, STACKS["an alarm with metric math"])

    assert status == "ROLLBACK_COMPLETE"


@pytest.mark.parametrize("what", STACKS)
def test_a_stack_may_have_the_resource(what: str, patched: Instance) -> None:
    status, reason = a_stack(patched, STACKS[what])

    assert status == "CREATE_COMPLETE", reason


def test_an_alarm_without_metric_math_works(patched: Instance) -> None:
    properties: dict[str, Any] = {
        **{name: ALARM["Properties"][name] for name in ("ComparisonOperator", "Threshold")},
        "EvaluationPeriods": 1,
        "AlarmName": "plain",
        "Namespace": "AWS/Lambda",
        "MetricName": "Errors",
        "Period": 60,
        "Statistic": "Sum",
    }
    a_stack(patched, {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}})

    found = client(patched, "cloudwatch").describe_alarms(AlarmNames=["plain"])["MetricAlarms"]

    assert [alarm["MetricName"] for alarm in found] == ["Errors"]
