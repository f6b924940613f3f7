"""Daily snapshots, where the stage has data worth keeping."""

from tests.infra.packages import Package, statements

DAYS = 35


def tables(package: Package) -> list[str]:
    return list(package.properties("AWS::DynamoDB::Table"))


def test_every_table_is_backed_up_each_day_and_for_as_long_as_a_point_in_time(
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


def test_who_backs_up_may_read_no_item_and_back_up_nothing_else(each: Package) -> None:
    allowed = [statement for role, statement in statements(each) if role == "BackupRole"]
    actions = {action for statement in allowed for action in statement["Action"]}

    assert actions <= {
        "dynamodb:DescribeTable",
        "dynamodb:ListTagsOfResource",
        "dynamodb:StartAwsBackupJob",
        "backup:CopyIntoBackupVault",
        "backup:DescribeBackupVault",
    }
    for statement in allowed:
        for resource in statement["Resource"]:
            assert resource["Fn::GetAtt"][0] in {*tables(each), "BackupVault"}


def test_a_stage_with_backups_has_one_vault(each: Package) -> None:
    assert len(each.resources("AWS::Backup::BackupVault")) == (each.stage != "dev")
