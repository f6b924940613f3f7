"""What each function may do."""

import json

from tests.infra.packages import Package, statements


def test_every_function_has_a_role_of_its_own(each: Package) -> None:
    functions = each.properties("AWS::Lambda::Function")

    roles = [function["Role"]["Fn::GetAtt"][0] for function in functions.values()]
    assert len(set(roles)) == len(functions)
    assert set(roles) == set(each.resources("AWS::IAM::Role"))


def test_nothing_is_allowed_by_a_wildcard(each: Package) -> None:
    for role, statement in statements(each):
        assert "*" not in json.dumps(statement), role
        assert {"NotAction", "NotResource"}.isdisjoint(statement), role


def test_no_role_takes_a_policy_that_others_write(each: Package) -> None:
    for role in each.properties("AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role


def test_a_function_writes_to_its_own_log_and_creates_none(each: Package) -> None:
    logging = {
        role: statement
        for role, statement in statements(each)
        if any(action.startswith("logs:") for action in statement["Action"])
    }

    assert set(logging) == set(each.resources("AWS::IAM::Role"))
    for role, statement in logging.items():
        group = role.replace("IamRoleLambdaExecution", "LogGroup")
        assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
        assert statement["Resource"] == [{"Fn::GetAtt": [group, "Arn"]}]


def test_a_function_may_touch_only_tables_it_is_told_of(each: Package) -> None:
    told = {
        name.replace("LambdaFunction", "IamRoleLambdaExecution"): json.dumps(
            function.get("Environment", {})
        )
        for name, function in each.properties("AWS::Lambda::Function").items()
    }

    for role, statement in statements(each):
        for table in each.resources("AWS::DynamoDB::Table"):
            if table in json.dumps(statement):
                assert f'"{table}"' in told[role], (role, table)


def test_no_function_may_scan_or_delete_a_table(each: Package) -> None:
    actions = {action for _, statement in statements(each) for action in statement["Action"]}

    assert actions.isdisjoint({"dynamodb:Scan", "dynamodb:DeleteTable", "dynamodb:UpdateTable"})


def test_no_function_keeps_a_credential_in_its_environment(each: Package) -> None:
    names = {
        name
        for function in each.properties("AWS::Lambda::Function").values()
        for name in function.get("Environment", {}).get("Variables", {})
    }

    assert not [name for name in names if "PASSWORD" in name or "TOKEN" in name or "KEY" in name]


def test_the_bucket_of_deployments_is_closed_to_the_public(each: Package) -> None:
    [bucket] = each.properties("AWS::S3::Bucket").values()

    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
