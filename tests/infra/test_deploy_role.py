"""The deploy role allows what the stack needs, on resources of its stage, and no user data."""

import fnmatch
import json
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
    sizes = [len(json.dumps(each, separators=(",", ":"))) for each in deploy_role.policies()]

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
