"""`make preflight`: every check runs, and each planted fault has a line with its remedy."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from embedded import deploy
from embedded.instance import ROOT
from operations import deploy_role
from operations.preflight.place import Forbidden, find
from tests.embedded.adopt.stage import STACK, TABLE
from tests.embedded.adopt.test_adopt import IN_THE_WAY
from tests.embedded.preflight.stage import Stage

UNANSWERED_HERE = {"API routes", "stacks", "backups", "permissions"}
READS = ("Get", "List", "Describe", "Simulate", "Check")
DOMAIN = "artisthub-prod-000000000000"
GITHUB = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"


def test_all_checks_run_before_a_first_deployment_and_change_nothing(stage: Stage) -> None:
    make_the_deploy_stack(stage)

    found = stage.preflight()

    assert found.status == 0, found.lines
    assert len(found.levels) > 25
    assert {n for n, each in found.levels.items() if each == "unknown"} == UNANSWERED_HERE
    assert set(found.levels.values()) == {"ok", "warning", "unknown"}
    for name, level in found.levels.items():
        assert found.lines[name], name
        assert ("; do: " in found.lines[name]) == (level == "warning"), name
    assert len(stage.asked) > 20
    assert [each for each in stage.asked if not each.startswith(READS)] == []


def test_the_preflight_session_refuses_changes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in deploy.environment(stage.instance).items():
        monkeypatch.setenv(name, value)
    here = find("ap-south-1")

    with pytest.raises(Forbidden, match="CreateQueue may change something"):
        here.client("sqs").create_queue(QueueName="new")
    with pytest.raises(Forbidden, match="PutObject"):
        here.client("s3").put_object(Bucket="some-bucket", Key="key")


def a_domain(stage: Stage) -> None:
    cognito = stage.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="another")["UserPool"]["Id"]
    cognito.create_user_pool_domain(UserPoolId=pool, Domain=DOMAIN)


def kept_tables(stage: Stage) -> None:
    stage.make(Table=TABLE)
    stage.remove()


def a_failed_stack(stage: Stage) -> None:
    with pytest.raises(Exception, match="ROLLBACK_COMPLETE"):
        stage.make(Queue=IN_THE_WAY)


def an_identity(stage: Stage) -> None:
    stage.client("sesv2").create_email_identity(EmailIdentity="artisthub.com")


def a_sandbox(stage: Stage) -> None:
    stage.use_ses()
    stage.client("sesv2").put_account_details(
        MailType="TRANSACTIONAL", WebsiteURL="https://artisthub.com", ProductionAccessEnabled=False
    )


def a_parameter(stage: Stage) -> None:
    stage.client("ssm").put_parameter(Name="/artisthub/prod/api-url", Value="x", Type="String")


def an_event_bus(stage: Stage) -> None:
    stage.client("events").create_event_bus(Name="artisthub-prod")


def a_log_group(stage: Stage) -> None:
    stage.client("logs").create_log_group(logGroupName=f"/aws/lambda/{STACK}-signIn")


def a_role(stage: Stage) -> None:
    stage.client("iam").create_role(
        RoleName=f"{STACK}-signIn-ap-south-1-lambdaRole", AssumeRolePolicyDocument="{}"
    )


@pytest.mark.parametrize(
    ("plant", "name", "text"),
    [
        (a_domain, "user-pool domain names", f"{DOMAIN}: this user-pool domain exists"),
        (a_domain, "user-pool domain names", "do: change Domain in infra/resources/user-pool.yml"),
        (kept_tables, "leftovers of earlier stacks", "operations adopt --stage prod"),
        (
            a_failed_stack,
            "stack",
            "ROLLBACK_COMPLETE, which allows no deployment; do: npx sls",
        ),
        (Stage.use_ses, "mail identity", "do: set mail: cognito in infra/stages/prod.yml"),
        (a_sandbox, "mail sandbox", "do: ask for production access"),
        (an_identity, "SES identity names", "do: aws sesv2 delete-email-identity"),
        (a_role, "role names", "do: delete the earlier stack's resource"),
        *(
            pytest.param(*row, marks=pytest.mark.slow)
            for row in [
                (a_parameter, "parameter names", "/artisthub/prod/api-url: this parameter exists"),
                (an_event_bus, "event bus names", "do: delete the earlier stack's resource"),
                (a_log_group, "log group names", "do: delete the earlier stack's resource"),
            ]
        ),
    ],
)
def test_each_fault_has_a_line_with_its_remedy(
    stage: Stage, plant: Callable[[Stage], None], name: str, text: str
) -> None:
    plant(stage)

    found = stage.preflight()

    assert found.status == 1
    assert [each for each, level in found.levels.items() if level == "fails"][:1]
    assert found.levels[name] == "fails", found.lines
    assert text in found.lines[name]


def test_a_vault_and_a_user_pool_without_a_stack_are_reported(stage: Stage) -> None:
    make_the_deploy_stack(stage)
    stage.client("backup").create_backup_vault(BackupVaultName=f"{STACK}-ap-south-1_x")
    stage.client("cognito-idp").create_user_pool(PoolName="artisthub-prod")

    found = stage.preflight()

    assert (found.status, found.levels["leftovers of earlier stacks"]) == (0, "warning")
    assert f"backup vault {STACK}-ap-south-1_x" in found.lines["leftovers of earlier stacks"]
    assert "user pool ap-south-1_" in found.lines["leftovers of earlier stacks"]


def a_user(stage: Stage, *statements: dict[str, Any]) -> dict[str, str]:
    iam = stage.client("iam")
    iam.create_user(UserName="ann")
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    iam.put_user_policy(UserName="ann", PolicyName="own", PolicyDocument=policy)
    key = iam.create_access_key(UserName="ann")["AccessKey"]
    return {
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }


def allow(*actions: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*"}


def make_the_deploy_stack(stage: Stage) -> None:
    parameters = {"Stage": "prod", "Repository": "artisthub/artisthub-api", "Provider": GITHUB}
    stage.aws.create_stack(
        StackName="artisthub-deploy-prod",
        TemplateBody=deploy_role.TEMPLATE.read_text(),
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    stage._wait("stack_create_complete", "artisthub-deploy-prod")


def attach_deploy_policies(stage: Stage) -> None:
    make_the_deploy_stack(stage)
    iam = stage.client("iam")
    attached = iam.list_attached_role_policies(RoleName="artisthub-deploy-prod")
    for policy in attached["AttachedPolicies"]:
        iam.attach_user_policy(UserName="ann", PolicyArn=policy["PolicyArn"])


def test_the_command_for_a_missing_boundary_makes_the_deployment_possible(stage: Stage) -> None:
    missing = stage.preflight()
    make_the_deploy_stack(stage)
    made = stage.preflight()

    assert (missing.status, missing.levels["permissions boundary"]) == (1, "fails")
    told = missing.lines["permissions boundary"]
    assert "there is no policy artisthub-boundary-prod" in told
    assert "--stack-name artisthub-deploy-prod --parameter-overrides Stage=prod" in told
    assert (made.status, made.levels["permissions boundary"]) == (0, "ok")


def test_a_boundary_that_lacks_a_permission_must_be_updated_first(stage: Stage) -> None:
    document = deploy_role.boundary()
    removed = document["Statement"].pop()["Action"]
    stage.client("iam").create_policy(
        PolicyName="artisthub-boundary-prod", PolicyDocument=json.dumps(document)
    )

    found = stage.preflight()

    assert (found.status, found.levels["permissions boundary"]) == (1, "fails")
    told = found.lines["permissions boundary"]
    assert f"artisthub-boundary-prod does not allow {removed[0]}; do: aws cloudformation" in told


def test_missing_deploy_permissions_are_named(stage: Stage) -> None:
    key = a_user(stage, allow("iam:SimulatePrincipalPolicy"))

    found = stage.preflight(**key)

    assert (found.status, found.levels["permissions"]) == (1, "fails")
    assert "may not call apigateway:DELETE" in found.lines["permissions"]
    assert "infra/deploy-role.yml" in found.lines["permissions"]
    assert "you may not call DescribeRegionSettings" in found.lines["backups"]


def test_the_deploy_roles_policies_are_enough(stage: Stage) -> None:
    key = a_user(stage, allow("iam:SimulatePrincipalPolicy"))
    attach_deploy_policies(stage)

    found = stage.preflight(**key)

    assert found.levels["permissions"] == "ok", found.lines["permissions"]


def test_a_missing_simulate_permission_is_reported(stage: Stage) -> None:
    found = stage.preflight(**a_user(stage, allow("sts:GetCallerIdentity")))

    assert found.levels["permissions"] == "unknown"
    assert "you may not call SimulatePrincipalPolicy" in found.lines["permissions"]


@pytest.mark.parametrize(
    ("arguments", "environment", "line"),
    [
        (["STAGE=nope"], {}, "error: no stage 'nope'; choose one of dev, prod, staging"),
        (
            ["STAGE=prod"],
            {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""},
            "error: Unable to",
        ),
        ([], {}, "error: which stage? make preflight STAGE=prod"),
    ],
)
def test_a_missing_stage_or_credentials_give_one_clear_line(
    stage: Stage, arguments: list[str], environment: dict[str, str], line: str
) -> None:
    environment = deploy.environment(stage.instance) | environment
    refused = subprocess.run(
        ["make", "-s", "preflight", *arguments],
        cwd=ROOT,
        # `make test` passes on its variables, and a nested make prints more.
        env={name: value for name, value in environment.items() if "MAKE" not in name},
        capture_output=True,
        text=True,
        check=False,
    )

    told = [each for each in refused.stderr.splitlines() if not each.startswith("make: ***")]
    assert refused.returncode != 0
    assert refused.stdout == ""
    assert len(told) == 1
    assert told[0].startswith(line)
