"""The permissions of each function."""

import json
import re
from typing import Any

from tests.infra.packages import Package, statements

API_INVOKER = "ApiInvokerRole"
NOT_FUNCTIONS = {API_INVOKER, "BackupRole"}


def test_every_function_has_its_own_role(each: Package) -> None:
    functions = each.properties("AWS::Lambda::Function")

    roles = [function["Role"]["Fn::GetAtt"][0] for function in functions.values()]
    assert len(set(roles)) == len(functions)
    assert set(roles) == set(each.resources("AWS::IAM::Role")) - NOT_FUNCTIONS


def test_the_api_calls_its_functions_with_a_separate_role(
    each: Package,
) -> None:
    integrations = each.properties("AWS::ApiGatewayV2::Integration").values()

    assert {integration["CredentialsArn"]["Fn::GetAtt"][0] for integration in integrations} == {
        API_INVOKER
    }
    called, replaced = [of_role for role, of_role in statements(each) if role == API_INVOKER]
    assert called["Action"] == replaced["Action"] == ["lambda:InvokeFunction"]
    assert called["Resource"] == [one["IntegrationUri"] for one in integrations]
    [assumed] = each[API_INVOKER]["AssumeRolePolicyDocument"]["Statement"]
    assert assumed["Principal"] == {"Service": ["apigateway.amazonaws.com"]}


def test_only_user_pools_of_the_account_may_call_the_triggers(each: Package) -> None:
    permissions = {
        name: one
        for name, one in each.properties("AWS::Lambda::Permission").items()
        if one["Principal"] != "events.amazonaws.com"
    }
    triggers = {one["Fn::GetAtt"][0] for one in each["UserPool"]["LambdaConfig"].values()}
    called = [one["FunctionName"]["Fn::GetAtt"][0] for one in permissions.values()]

    assert sorted(called) == sorted(triggers)
    for one in permissions.values():
        assert one["Principal"] == "cognito-idp.amazonaws.com"
        assert one["SourceAccount"] == {"Ref": "AWS::AccountId"}
        assert one["SourceArn"]["Fn::Sub"].endswith(":${AWS::AccountId}:userpool/*")
    assert set(each.template["Resources"]["UserPool"]["DependsOn"]) == set(permissions)


def test_the_user_pool_waits_for_its_triggers_and_not_they_for_the_pool(each: Package) -> None:
    """Otherwise CloudFormation finds a circle. The embedded AWS does not look."""
    waiting = ["UserPool"]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        for needed in _needs(each.template["Resources"][name]) - seen:
            assert needed != "UserPool", name
            seen.add(needed)
            waiting.append(needed)

    assert {"CheckSignUpLambdaFunction", "EndSessionsLambdaFunction"} <= seen


def _needs(resource: Any) -> set[str]:
    """The logical ids that the resource waits for."""
    text = json.dumps(resource)
    referred = re.findall(r'"(?:Ref|Fn::GetAtt)": \[?"(\w+)"', text)
    named = re.findall(r"\$\{(\w+)(?:\.\w+)?\}", text)
    after = resource.get("DependsOn", [])
    return {*referred, *named, *([after] if isinstance(after, str) else after)}


def test_the_api_can_call_replaced_functions_during_a_deployment(
    each: Package,
) -> None:
    names = {one["FunctionName"] for one in each.properties("AWS::Lambda::Function").values()}
    arn = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:"

    _, statement = [of_role for role, of_role in statements(each) if role == API_INVOKER]
    replaced = [resource["Fn::Sub"].removeprefix(arn) for resource in statement["Resource"]]
    assert f"artisthub-api-{each.stage}-startLogin" in replaced
    assert not names & set(replaced)


# Objects get their names later, so a permission can only name their folder.
UPLOADS = {"Fn::Sub": "${MediaBucket.Arn}/uploads/*"}
# The same is true for backups and recovery points.
OF_BACKUPS = (["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"], ["backup:TagResource"])


def test_wildcards_are_allowed_only_for_uploads_and_backups(each: Package) -> None:
    for role, statement in statements(each):
        without = dict(statement)
        if without["Action"] in (["s3:GetObject"], ["s3:PutObject"], ["s3:DeleteObject"]):
            assert without.pop("Resource") == [UPLOADS]
        if role == "BackupRole" and without["Action"] in OF_BACKUPS:
            for resource in without.pop("Resource"):
                assert resource["Fn::Sub"].endswith((".Arn}/backup/*", ":recovery-point:*"))
        assert "*" not in json.dumps(without), role
        assert {"NotAction", "NotResource"}.isdisjoint(statement), role


def test_few_functions_write_read_and_delete_uploads(each: Package) -> None:
    allowed = {
        (role.removesuffix("IamRoleLambdaExecution"), action)
        for role, statement in statements(each)
        if UPLOADS in statement["Resource"]
        for action in statement["Action"]
    }

    assert allowed == {
        ("CreateReport", "s3:GetObject"),
        ("DeleteUpload", "s3:DeleteObject"),
        ("GetMedia", "s3:GetObject"),
        ("GetPicture", "s3:GetObject"),
        ("Janitor", "s3:DeleteObject"),
        ("SetPicture", "s3:GetObject"),
        ("SetPicture", "s3:PutObject"),
        ("SetPicture", "s3:DeleteObject"),
        ("Uploads", "s3:GetObject"),
        ("Uploads", "s3:PutObject"),
    }


def test_no_role_has_a_managed_policy(each: Package) -> None:
    for role in each.properties("AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role


def test_a_function_writes_only_to_its_own_log_group(each: Package) -> None:
    logging = {
        role: statement
        for role, statement in statements(each)
        if any(action.startswith("logs:") for action in statement["Action"])
    }

    assert set(logging) == set(each.resources("AWS::IAM::Role")) - NOT_FUNCTIONS
    for role, statement in logging.items():
        group = role.replace("IamRoleLambdaExecution", "LogGroup")
        assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
        assert statement["Resource"] == [{"Fn::GetAtt": [group, "Arn"]}]


def test_a_function_uses_only_tables_and_buckets_of_its_environment(each: Package) -> None:
    told = {
        name.replace("LambdaFunction", "IamRoleLambdaExecution"): json.dumps(
            function.get("Environment", {})
        )
        for name, function in each.properties("AWS::Lambda::Function").items()
    }

    of_functions = (found for found in statements(each) if found[0] not in NOT_FUNCTIONS)
    for role, statement in of_functions:
        for name in _that_hold_data(each):
            if name in json.dumps(statement):
                assert f'"{name}"' in told[role], (role, name)


def test_no_function_can_scan_or_delete_a_table(each: Package) -> None:
    actions = {action for _, statement in statements(each) for action in statement["Action"]}

    assert actions.isdisjoint({"dynamodb:Scan", "dynamodb:DeleteTable", "dynamodb:UpdateTable"})


def test_no_function_has_a_credential_in_its_environment(each: Package) -> None:
    names = {
        name
        for function in each.properties("AWS::Lambda::Function").values()
        for name in function.get("Environment", {}).get("Variables", {})
    }

    assert not [name for name in names if "PASSWORD" in name or "TOKEN" in name or "KEY" in name]


def test_a_consumer_uses_only_its_own_streams_and_dead_letter_queue(
    each: Package,
) -> None:
    mappings = each.properties("AWS::Lambda::EventSourceMapping").values()
    for function in {mapping["FunctionName"]["Fn::GetAtt"][0] for mapping in mappings}:
        own = [one for one in mappings if one["FunctionName"]["Fn::GetAtt"][0] == function]
        role = each[function]["Role"]["Fn::GetAtt"][0]
        allowed = {
            action: statement["Resource"]
            for name, statement in statements(each)
            for action in statement["Action"]
            if name == role
        }
        assert allowed["dynamodb:GetRecords"] == [one["EventSourceArn"] for one in own]
        assert allowed["sqs:SendMessage"] == [
            own[0]["DestinationConfig"]["OnFailure"]["Destination"]
        ]


def _that_hold_data(package: Package) -> dict[str, Any]:
    return package.resources("AWS::DynamoDB::Table") | package.resources("AWS::S3::Bucket")
