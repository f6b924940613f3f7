"""What whoever deploys may do: enough for the stack, on what is the stage's, nothing of data."""

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
    """Every action with every resource that it is allowed on."""
    for statement in deploy_role.statements():
        for resource in statement["Resource"]:
            for action in statement["Action"]:
                yield action, resource["Fn::Sub"] if isinstance(resource, dict) else resource


def test_the_template_in_the_project_is_the_generated_one() -> None:
    assert deploy_role.TEMPLATE.read_text() == deploy_role.template(), "run `make fix`"


def test_it_is_a_valid_template() -> None:
    assert lint(deploy_role.template()) == []


def test_it_is_for_the_types_of_resource_that_stacks_have(packages: dict[str, Package]) -> None:
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
def test_the_tags_of_the_stack_may_be_put_on_what_has_tags_by_now(
    action: str, resource: str
) -> None:
    """Schemas of 2025 had no tags for the first two; `CreateBucket` asked for another action."""
    assert [on for allowed_one, on in allowed() if allowed_one == action and on.endswith(resource)]


@pytest.mark.aws_fact(17)
@pytest.mark.parametrize("resource_type", deploy_role.TYPES)
def test_every_type_that_has_tags_may_be_tagged(resource_type: str) -> None:
    tagging = deploy_role.registered(resource_type).get("tagging", {})
    asked = set(tagging.get("permissions", [])) if tagging.get("taggable") else set()

    given = {action for action, _ in allowed()}
    missing = asked - given
    assert [each for each in missing if not deploy_role._is_one(each, deploy_role.UNUSED)] == []


def test_what_the_registry_asks_for_is_allowed_or_told_to_be_unused() -> None:
    given = {action for action, _ in allowed()}
    for resource_type in deploy_role.TYPES:
        assert set(deploy_role.needed(resource_type)) <= given
    every = {action for each in deploy_role.TYPES for action in deploy_role.asked(each)}
    for pattern in (*deploy_role.UNUSED, *deploy_role.UNNAMED):
        assert fnmatch.filter(every, pattern), f"{pattern} is no more"


@pytest.mark.parametrize("pattern", DATA)
def test_nothing_of_what_people_store_is_read_or_written(pattern: str) -> None:
    assert fnmatch.filter({action for action, _ in allowed()}, pattern) == []


def test_only_artifacts_of_deployments_are_read_and_written() -> None:
    objects = {resource for action, resource in allowed() if "Object" in action}

    assert objects == {
        "arn:${AWS::Partition}:s3:::artisthub-api-${Stage}-serverlessdeploymentbuck*/*"
    }


def test_uploads_are_deleted_only_where_data_goes_with_its_stack() -> None:
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


def test_no_action_is_a_wildcard_and_resources_are_named_where_they_can_be() -> None:
    for action, resource in allowed():
        assert "*" not in action
        if resource == "*":
            own = action in deploy_role.OWN["*"] or action.endswith(("Definition", "Definitions"))
            assert own or deploy_role._is_one(action, deploy_role.UNNAMED), action


def test_roles_are_passed_to_the_services_of_the_stack_alone() -> None:
    [passing] = [one for one in deploy_role.statements() if "iam:PassRole" in one["Action"]]

    assert passing["Resource"] == [
        {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/artisthub-api-${Stage}-*"}
    ]
    assert passing["Condition"]["StringEquals"].keys() == {"iam:PassedToService"}


@pytest.mark.aws_fact(4)
def test_cognito_may_be_given_the_role_it_mails_with_and_no_other_service() -> None:
    """UpdateUserPool makes it for the first pool of an account that mails through SES."""
    [making] = [
        one for one in deploy_role.statements() if "iam:CreateServiceLinkedRole" in one["Action"]
    ]

    [resource] = making["Resource"]
    assert resource["Fn::Sub"].endswith("role/aws-service-role/email.cognito-idp.amazonaws.com/*")
    assert making["Condition"] == {
        "StringEquals": {"iam:AWSServiceName": "email.cognito-idp.amazonaws.com"}
    }


def test_every_policy_is_as_small_as_iam_wants_it() -> None:
    sizes = [len(json.dumps(each, separators=(",", ":"))) for each in deploy_role.policies()]

    assert max(sizes) <= 6_144
    assert len(sizes) < 10


def test_jobs_of_one_environment_of_one_repository_are_trusted(role: dict[str, Any]) -> None:
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
