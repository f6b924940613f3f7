"""Daily backups of the stages that protect their data."""

from typing import Any

import pytest

from tests.infra.packages import Package, statements

DAYS = 35


def tables(package: Package) -> list[str]:
    return list(package.properties("AWS::DynamoDB::Table"))


def test_every_table_is_backed_up_daily_for_35_days(
    each: Package,
) -> None:
    if each.stage == "dev":
        assert each.properties("AWS::Backup::BackupPlan") == {}
        return
    plan = each["BackupPlan"]["BackupPlan"]
    [rule] = plan["BackupPlanRule"]
    assert rule["ScheduleExpression"] == "cron(30 20 * * ? *)"
    assert rule["Lifecycle"] == {"DeleteAfterDays": DAYS}
    selection = each["BackupSelection"]
    assert selection["BackupPlanId"] == {"Ref": "BackupPlan"}
    backed_up = [arn["Fn::GetAtt"] for arn in selection["BackupSelection"]["Resources"]]
    assert sorted(backed_up) == sorted([name, "Arn"] for name in tables(each))


# The DynamoDB and vault actions of AWSBackupServiceRolePolicyForBackup.
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
OF_TABLES = {
    "dynamodb:CreateBackup",
    "dynamodb:DescribeTable",
    "dynamodb:ListTagsOfResource",
    "dynamodb:StartAwsBackupJob",
}
OF_BACKUPS = {"dynamodb:DeleteBackup", "dynamodb:DescribeBackup"}
OF_VAULTS = {"backup:CopyIntoBackupVault", "backup:DescribeBackupVault"}
OF_RECOVERY_POINTS = {"backup:TagResource"}


def allowed_to_back_up(package: Package) -> dict[str, list[Any]]:
    """The resources of each action that the role of AWS Backup allows."""
    return {
        action: statement["Resource"]
        for role, statement in statements(package)
        if role == "BackupRole"
        for action in statement["Action"]
    }


@pytest.mark.aws_fact(9)
def test_tables_can_be_backed_up_with_and_without_advanced_features(protected: Package) -> None:
    """Advanced features need StartAwsBackupJob. Without them, AWS Backup calls CreateBackup."""
    allowed = allowed_to_back_up(protected)

    assert allowed.keys() == OF_TABLES | OF_BACKUPS | OF_VAULTS | OF_RECOVERY_POINTS
    every = sorted(tables(protected))
    for action in OF_TABLES:
        assert sorted(arn["Fn::GetAtt"][0] for arn in allowed[action]) == every
    for action in OF_BACKUPS:
        backups = [f"${{{table}.Arn}}/backup/*" for table in every]
        assert sorted(arn["Fn::Sub"] for arn in allowed[action]) == backups


def test_the_backup_role_cannot_read_items_or_use_other_resources(protected: Package) -> None:
    allowed = allowed_to_back_up(protected)

    for action in OF_VAULTS:
        assert allowed[action] == [{"Fn::GetAtt": ["BackupVault", "BackupVaultArn"]}]
    [points] = allowed["backup:TagResource"]
    assert points["Fn::Sub"].endswith(":${AWS::AccountId}:recovery-point:*")
    assert not [action for action in allowed if action.endswith(("Item", "Query", "Scan"))]


def test_a_stage_with_backups_has_one_vault(each: Package) -> None:
    assert len(each.resources("AWS::Backup::BackupVault")) == (each.stage != "dev")
