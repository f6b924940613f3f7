"""The deploy role allows what the stack needs, on resources of its stage, and no user data."""

import fnmatch
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from cfnlint.api import lint

from operations import deploy_role
from tests.infra.packages import Package

DATA = [
    "cognito-idp:Admin*",
    "cognito-idp:*ClientSecret",
    "dynamodb:*Item*",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:PartiQL*",
    "kms:Decrypt",
    "kms:GenerateMac",
    "lambda:Invoke*",
    "logs:*LogEvents",
    "secretsmanager:*SecretValue",
    "ses:Send*",
    "sqs:*Message*",
    "iam:*User*",
    "iam:*AccessKey*",
    "iam:AttachRolePolicy",
]


def allowed() -> Iterator[tuple[str, str]]:
    """Every pair of an allowed action and a resource."""
    for statement in deploy_role.statements():
        for resource in statement["Resource"]:
            for action in statement["Action"]:
                yield action, resource["Fn::Sub"] if isinstance(resource, dict) else resource


def test_the_committed_template_is_up_to_date() -> None:
    assert deploy_role.TEMPLATE.read_text() == deploy_role.template(), "run `make fix`"


def test_the_deploy_role_template_is_valid() -> None:
    assert lint(deploy_role.template()) == []


def test_the_deploy_role_covers_exactly_the_resource_types_of_the_stacks(
    packages: dict[str, Package],
) -> None:
    types = {
        resource["Type"]
        for package in packages.values()
        for resource in package.template["Resources"].values()
    }

    assert set(deploy_role.TYPES) == types


@pytest.mark.aws_fact(17)
@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("cloudwatch:TagResource", "dashboard/artisthub-api-${Stage}"),
        ("ses:TagResource", "identity/*artisthub.com"),
        ("s3:TagResource", "artisthub-api-${Stage}-*"),
    ],
)
def test_stack_tags_are_allowed_on_newly_taggable_resources(action: str, resource: str) -> None:
    """Schemas of 2025 list no tags for the first two and another action for `CreateBucket`."""
    assert [on for allowed_one, on in allowed() if allowed_one == action and on.endswith(resource)]


@pytest.mark.aws_fact(17)
@pytest.mark.parametrize("resource_type", deploy_role.TYPES)
def test_every_taggable_resource_type_can_be_tagged(resource_type: str) -> None:
    tagging = deploy_role.registered(resource_type).get("tagging", {})
    asked = set(tagging.get("permissions", [])) if tagging.get("taggable") else set()

    given = {action for action, _ in allowed()}
    missing = asked - given
    assert [each for each in missing if not deploy_role._is_one(each, deploy_role.UNUSED)] == []


def test_each_action_that_the_registry_lists_is_allowed_or_listed_as_unused() -> None:
    given = {action for action, _ in allowed()}
    for resource_type in deploy_role.TYPES:
        assert set(deploy_role.needed(resource_type)) <= given
    every = {action for each in deploy_role.TYPES for action in deploy_role.asked(each)}
    for pattern in (*deploy_role.UNUSED, *deploy_role.UNNAMED):
        assert fnmatch.filter(every, pattern), f"the registry no longer lists {pattern}"


@pytest.mark.parametrize("pattern", DATA)
def test_the_deployer_cannot_read_or_write_user_data(pattern: str) -> None:
    assert fnmatch.filter({action for action, _ in allowed()}, pattern) == []


def test_the_deployer_reads_and_writes_only_deployment_artifacts() -> None:
    objects = {resource for action, resource in allowed() if "Object" in action}

    assert objects == {
        "arn:${AWS::Partition}:s3:::artisthub-api-${Stage}-serverlessdeploymentbuck*/*"
    }


def test_the_deployer_deletes_uploads_only_in_dev() -> None:
    template = yaml.safe_load(deploy_role.template())

    emptying = template["Resources"]["EmptyBucketPolicy"]
    assert emptying["Properties"]["PolicyDocument"]["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["s3:DeleteObject"],
            "Resource": [
                {"Fn::Sub": "arn:${AWS::Partition}:s3:::artisthub-api-${Stage}-mediabucket*/*"}
            ],
        }
    ]
    only_dev = {"Fn::Equals": [{"Ref": "Stage"}, "dev"]}
    assert template["Conditions"][emptying["Condition"]] == only_dev


def test_actions_have_no_wildcards_and_resources_are_named_where_possible() -> None:
    for action, resource in allowed():
        assert "*" not in action
        if resource == "*":
            own = action in deploy_role.OWN["*"] or action.endswith(("Definition", "Definitions"))
            assert own or deploy_role._is_one(action, deploy_role.UNNAMED), action


def test_the_deployer_passes_roles_only_to_services_of_the_stack() -> None:
    [passing] = [one for one in deploy_role.statements() if "iam:PassRole" in one["Action"]]

    assert passing["Resource"] == [
        {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/artisthub-api-${Stage}-*"}
    ]
    assert passing["Condition"]["StringEquals"].keys() == {"iam:PassedToService"}


@pytest.mark.weakness(22)
def test_the_deployer_changes_only_roles_with_the_boundary() -> None:
    name = "policy/artisthub-boundary-${Stage}"
    arn = {"Fn::Sub": f"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:{name}"}
    unbounded = {
        action
        for one in deploy_role.statements()
        if one.get("Condition") != {"StringEquals": {"iam:PermissionsBoundary": arn}}
        for action in one["Action"]
    }

    assert not unbounded & {
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
    }
    assert not {
        action for action, _ in allowed() if re.match("iam:.*(Policy|Policies)", action)
    } - {
        "iam:DeleteRolePolicy",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
    }


@pytest.mark.weakness(22)
def test_every_role_has_the_boundary_of_its_stage(each: Package) -> None:
    roles = each.properties("AWS::IAM::Role")

    assert len(roles) > 20
    name = f"policy/artisthub-boundary-{each.stage}"
    arn = {"Fn::Sub": f"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:{name}"}
    assert {role: properties.get("PermissionsBoundary") for role, properties in roles.items()} == {
        role: arn for role in roles
    }


@pytest.mark.weakness(22)
def test_the_boundary_allows_exactly_what_the_roles_need(packages: dict[str, Package]) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for package in packages.values():
        for action, resource in permissions_of(package):
            used[action].add(resource)
    bounded = {action: on for on, actions in deploy_role.MOST.items() for action in actions}

    assert used.keys() == bounded.keys()
    for action, resources in used.items():
        patterns = [each.replace("${Stage}", "*") for each in bounded[action]]
        outside = [each for each in resources if not deploy_role._is_one(each, patterns)]
        assert outside == [], action


def permissions_of(package: Package) -> Iterator[tuple[str, str]]:
    """Every pair of an action that a role of the stack may call, and an example of a resource."""
    roles = package.properties("AWS::IAM::Role").values()
    inline = [policy for role in roles for policy in role["Policies"]]
    for policy in [*inline, *package.properties("AWS::IAM::Policy").values()]:
        for statement in policy["PolicyDocument"]["Statement"]:
            for action in listed(statement["Action"]):
                for resource in listed(statement["Resource"]):
                    yield action, an_arn(package, resource)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def an_arn(package: Package, resource: Any) -> str:
    """An ARN as AWS would make it, with the pseudo parameters left as they are."""
    if isinstance(resource, str):
        return resource
    if "Fn::GetAtt" in resource:
        logical_id, attribute = resource["Fn::GetAtt"]
        return arn_of(package, logical_id) + ("/stream/2026" if attribute == "StreamArn" else "")
    if "Ref" in resource:
        return arn_of(package, resource["Ref"])
    if "Fn::Join" in resource:
        separator, parts = resource["Fn::Join"]
        return str(separator).join(an_arn(package, part) for part in parts)
    text = resource["Fn::Sub"] if isinstance(resource["Fn::Sub"], str) else resource["Fn::Sub"][0]
    return re.sub(
        r"\$\{(\w+)(\.\w+)?\}",
        lambda match: arn_of(package, match[1]) if match[2] == ".Arn" else "name",
        text,
    )


def arn_of(package: Package, logical_id: str) -> str:
    resource = package.template["Resources"][logical_id]
    stack, kind = f"artisthub-api-{package.stage}", resource["Type"].rpartition("::")[2]
    region = "${AWS::Region}:${AWS::AccountId}"
    return (
        "arn:${AWS::Partition}:"
        + {
            "BackupVault": f"backup:{region}:backup-vault:{stack}-pool",
            "Bucket": f"s3:::{stack}-mediabucket-1",
            "EventBus": f"events:{region}:event-bus/artisthub-{package.stage}",
            "Function": f"lambda:{region}:function:{stack}-name",
            "Key": f"kms:{region}:key/1",
            "LogGroup": f"logs:{region}:log-group:/aws/lambda/{stack}-name:*",
            "Queue": f"sqs:{region}:{stack}-DeadLetters-1",
            "Secret": f"secretsmanager:{region}:secret:ClientSecret-1",
            "Table": f"dynamodb:{region}:table/{stack}-Table-1",
            "UserPool": f"cognito-idp:{region}:userpool/1",
        }[kind]
    )


@pytest.mark.aws_fact(4)
def test_the_deployer_creates_a_service_linked_role_only_for_cognito_email() -> None:
    """UpdateUserPool creates the role for the account's first pool that sends through SES."""
    [making] = [
        one for one in deploy_role.statements() if "iam:CreateServiceLinkedRole" in one["Action"]
    ]

    [resource] = making["Resource"]
    assert resource["Fn::Sub"].endswith("role/aws-service-role/email.cognito-idp.amazonaws.com/*")
    assert making["Condition"] == {
        "StringEquals": {"iam:AWSServiceName": "email.cognito-idp.amazonaws.com"}
    }


def test_every_policy_is_within_the_iam_size_limit() -> None:
    documents = [*deploy_role.policies(), deploy_role.boundary()]
    sizes = [len(json.dumps(each, separators=(",", ":"))) for each in documents]

    assert max(sizes) <= 6_144
    assert len(sizes) < 10


def test_only_jobs_of_one_repository_and_environment_are_trusted(role: dict[str, Any]) -> None:
    [statement] = role["AssumeRolePolicyDocument"]["Statement"]

    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Condition"] == {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": {
                "Fn::Sub": "repo:${Repository}:environment:${Stage}"
            },
        }
    }


@pytest.fixture
def role() -> dict[str, Any]:
    properties: dict[str, Any] = yaml.safe_load(deploy_role.template())["Resources"]["DeployRole"][
        "Properties"
    ]
    return properties
