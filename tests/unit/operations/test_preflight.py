"""Preflight findings from AWS's responses. Each fault has a line with its remedy."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from operations.preflight import capacity, finding, mail, names, permissions, place
from operations.preflight.finding import FAILS, OK, UNKNOWN, WARNING, Finding
from operations.preflight.package import Package, tree_finding
from operations.preflight.place import Place

STACK = "artisthub-api-prod"
ROOT = "arn:aws:iam::111122223333:root"
# One for all tests: a session reads botocore's models once.
SESSION = boto3.Session("key", "secret", region_name="ap-south-1")


@pytest.fixture
def aws() -> Callable[..., Place]:
    """A fake AWS that returns a test's responses, checked by botocore's models."""

    def make(service: str, *answers: tuple[str, Any]) -> Place:
        client: Any = SESSION.client(service)  # type: ignore[call-overload]
        stubber = Stubber(client)
        for operation, answer in answers:
            if isinstance(answer, str):
                stubber.add_client_error(operation, answer)
            else:
                stubber.add_response(operation, answer)
        stubber.activate()
        return Place(SESSION, "ap-south-1", "111122223333", ROOT, {service: client})

    return make


def a_package(**resources: tuple[str, dict[str, Any]]) -> Package:
    template = {name: {"Type": kind, "Properties": of} for name, (kind, of) in resources.items()}
    return Package({"Resources": template}, size=1000)


SERVING = a_package(
    HttpApiStage=(
        "AWS::ApiGatewayV2::Stage",
        {"DefaultRouteSettings": {"ThrottlingRateLimit": 2000, "ThrottlingBurstLimit": 4000}},
    ),
    Route=("AWS::ApiGatewayV2::Route", {}),
    LambdaConcurrencyAlarm=("AWS::CloudWatch::Alarm", {"Threshold": 800}),
    Plan=("AWS::Backup::BackupPlan", {}),
)


def mailing(by: str = "COGNITO_DEFAULT", notifications: str = "") -> Package:
    return a_package(
        Sender=("AWS::SES::EmailIdentity", {"EmailIdentity": "artisthub.com"}),
        UserPool=("AWS::Cognito::UserPool", {"EmailConfiguration": {"EmailSendingAccount": by}}),
        Notifier=(
            "AWS::Lambda::Function",
            {"Environment": {"Variables": {"SENDER_ADDRESS": notifications}}},
        ),
        AlarmAddressParameter=("AWS::SSM::Parameter", {"Value": "alarms@artisthub.com"}),
    )


def assert_says(found: Finding, level: str, text: str, todo: str = "") -> None:
    assert found.level == level, found
    assert text in found.text
    assert todo in found.todo
    assert bool(found.todo) == (level in {FAILS, WARNING})


def test_a_line_has_level_name_finding_and_remedy() -> None:
    line = finding.fails("in ROLLBACK_FAILED", "npx sls remove").line("stack")

    assert line == "fails:            stack: in ROLLBACK_FAILED; do: npx sls remove"


@pytest.mark.aws_fact(11)
@pytest.mark.parametrize(
    ("limit", "level", "text", "todo"),
    [
        (10, FAILS, "serve some 100 of the 2,000 requests", "--quota-code L-B99A9384"),
        (800, WARNING, "LambdaConcurrencyAlarm can never ring above 800", "to 640"),
        (1000, OK, "1,000 concurrent functions", ""),
    ],
)
def test_lambda_concurrency_must_suffice_for_the_stages_rate_and_alarm(
    aws: Callable[..., Place], limit: int, level: str, text: str, todo: str
) -> None:
    limits = {"AccountLimit": {"UnreservedConcurrentExecutions": limit}}

    found = capacity.concurrency(aws("lambda", ("get_account_settings", limits)), SERVING)

    assert_says(found, level, text, todo)


@pytest.mark.parametrize(
    ("rate", "burst", "level"), [(10_000, 5_000, OK), (2_500, 1_250, WARNING), (10, 5, WARNING)]
)
def test_account_throttling_must_not_be_lower_than_the_stages(
    aws: Callable[..., Place], rate: float, burst: int, level: str
) -> None:
    limits = {"throttleSettings": {"rateLimit": rate, "burstLimit": burst}}

    found = capacity.throttle(aws("apigateway", ("get_account", limits)), SERVING)

    assert_says(found, level, "requests per second", "Throttle rate" if level == WARNING else "")


def test_an_account_without_its_own_quota_has_the_default(
    aws: Callable[..., Place],
) -> None:
    quota = {"Quota": {"Value": 300.0}}
    own = aws("service-quotas", ("get_service_quota", quota))
    default = aws(
        "service-quotas",
        ("get_service_quota", "NoSuchResourceException"),
        ("get_aws_default_service_quota", quota),
    )

    assert_says(capacity.routes(own, SERVING), OK, "1 of 300")
    assert_says(capacity.routes(default, SERVING), OK, "1 of 300")
    assert_says(capacity.routes_finding(300, 301), FAILS, "301 routes", "Routes per HTTP API")


@pytest.mark.parametrize(
    ("resources", "size", "level"),
    [(402, 445_384, OK), (470, 445_384, WARNING), (501, 445_384, FAILS), (402, 1_000_001, FAILS)],
)
def test_the_template_must_fit_cloudformations_limits(
    resources: int, size: int, level: str
) -> None:
    assert capacity.template_finding(resources, size).level == level


def test_counts_of_roles_and_stacks_include_new_ones(aws: Callable[..., Place]) -> None:
    package = a_package(A=("AWS::IAM::Role", {}), B=("AWS::IAM::Role", {}))
    summary = {"SummaryMap": {"Roles": 999, "RolesQuota": 1000}}
    stub = ("get_account_summary", summary)

    assert capacity.roles(aws("iam", stub), package, {}).level == FAILS
    assert capacity.roles(aws("iam", stub), package, {"A": "a"}).level == OK
    limits = {"AccountLimits": [{"Name": "StackLimit", "Value": 1}]}
    stack = {"StackName": "other", "CreationTime": 0, "StackStatus": "CREATE_COMPLETE"}
    answers = ("describe_account_limits", limits), ("describe_stacks", {"Stacks": [stack]})
    assert capacity.stacks(aws("cloudformation", *answers), is_new=True).level == FAILS
    assert capacity.stacks(aws("cloudformation", *answers), is_new=False).level == OK


@pytest.mark.parametrize(
    ("preferences", "level", "todo"),
    [
        ({"DynamoDB": True}, OK, ""),
        ({"DynamoDB": False}, WARNING, "aws backup update-region-settings"),
        ({}, UNKNOWN, ""),
    ],
)
def test_backups_need_the_dynamodb_opt_in(
    aws: Callable[..., Place], preferences: dict[str, bool], level: str, todo: str
) -> None:
    settings = {"ResourceTypeOptInPreference": preferences}

    found = capacity.backups(aws("backup", ("describe_region_settings", settings)), SERVING)

    assert_says(found, level, "DynamoDB", todo)


def test_a_stage_without_backups_needs_no_opt_in(aws: Callable[..., Place]) -> None:
    assert capacity.backups(aws("backup"), a_package()).level == OK


BY_SES = mailing("DEVELOPER", "notifications@artisthub.com")


@pytest.mark.aws_fact(10)
@pytest.mark.parametrize(
    "package", [mailing("DEVELOPER"), mailing(notifications="notify@x"), BY_SES]
)
@pytest.mark.parametrize("answer", ["NotFoundException", {"VerifiedForSendingStatus": False}])
def test_ses_mail_fails_while_the_identity_is_unverified(
    aws: Callable[..., Place], package: Package, answer: Any
) -> None:
    found = mail.identity(aws("sesv2", ("get_email_identity", answer)), package, "prod")

    assert_says(found, FAILS, "Cognito refuses it", "set mail: cognito in infra/stages/prod.yml")


def test_a_verified_identity_may_send(aws: Callable[..., Place]) -> None:
    answer = ("get_email_identity", {"VerifiedForSendingStatus": True})

    assert mail.identity(aws("sesv2", answer), BY_SES, "prod").level == OK
    assert_says(
        mail.identity(aws("sesv2", answer), mailing(), "prod"), WARNING, "50 codes", "set mail: all"
    )


def an_account(*, production: bool = True, status: str = "HEALTHY") -> tuple[str, Any]:
    return "get_account", {
        "ProductionAccessEnabled": production,
        "SendingEnabled": status != "SHUTDOWN",
        "EnforcementStatus": status,
        "SendQuota": {"Max24HourSend": 50_000.0},
    }


@pytest.mark.aws_fact(10)
@pytest.mark.parametrize(
    ("account", "text", "todo"),
    [
        (an_account(production=False), "SES is in its sandbox", "ask for production access"),
        (an_account(status="SHUTDOWN"), "SES has paused this account", "see Reputation"),
    ],
)
def test_a_sandboxed_or_paused_ses_account_is_reported(
    aws: Callable[..., Place], account: tuple[str, Any], text: str, todo: str
) -> None:
    assert_says(mail.sandbox(aws("sesv2", account), BY_SES, "prod"), FAILS, text, todo)
    assert_says(mail.sandbox(aws("sesv2", account), mailing(), "prod"), WARNING, text, todo)


@pytest.mark.aws_fact(10)
def test_the_daily_quota_of_a_production_ses_account_is_shown(
    aws: Callable[..., Place],
) -> None:
    found = mail.sandbox(aws("sesv2", an_account()), BY_SES, "prod")

    assert_says(found, OK, "50,000 e-mails a day")


@pytest.mark.aws_fact(12)
@pytest.mark.parametrize("domain", ["artisthub.com", "staging.artisthub.com"])
def test_the_sample_domain_gives_a_warning_about_alarms(domain: str) -> None:
    alarms = f"alarms@{domain}"

    found = mail.domain_finding("prod", domain, alarms, verified=False)

    assert_says(found, WARNING, f"owner of {alarms}", "senderDomain in infra/stages/prod.yml")
    assert mail.domain_finding("prod", domain, alarms, verified=True).level == OK


@pytest.mark.aws_fact(12)
def test_the_alarm_address_comes_from_the_template(aws: Callable[..., Place]) -> None:
    stub = aws("sesv2", ("get_email_identity", "NotFoundException"))

    assert_says(mail.domain(stub, mailing(), "prod"), WARNING, "alarms@artisthub.com", "make fix")
    own = mail.domain_finding("prod", "casting.example.net", "alarms@casting.example.net",
                              verified=None)  # fmt: skip
    assert_says(own, OK, "somebody there must confirm")


@pytest.mark.parametrize(
    ("pages", "level", "text"),
    [
        (["*", "http://localhost:3000/auth"], OK, "localhost"),
        (
            ["https://staging.artisthub.local"],
            WARNING,
            "staging.artisthub.local is not in public DNS",
        ),
        (["https://artisthub.com/auth"], WARNING, "this project's sample"),
        (["http://casting.net"], FAILS, "Cognito refuses http://casting.net"),
        (["https://casting.net", "https://notartisthub.com"], OK, "casting.net"),
    ],
)
def test_unreachable_page_addresses_are_reported(pages: list[str], level: str, text: str) -> None:
    todo = "infra/stages/prod.yml" if level != OK else ""

    assert_says(mail.pages_finding("prod", pages, verified=False), level, text, todo)


@pytest.mark.parametrize(
    ("status", "todo"),
    [
        ("ROLLBACK_COMPLETE", "npx sls remove --stage prod, then deploy"),
        ("ROLLBACK_FAILED", "npx sls remove --stage prod, then deploy"),
        ("CREATE_FAILED", "npx sls remove --stage prod, then deploy"),
        ("REVIEW_IN_PROGRESS", "npx sls remove --stage prod, then deploy"),
        ("DELETE_FAILED", "fix what the stack's events name, then npx sls remove --stage prod"),
        ("IMPORT_ROLLBACK_FAILED", "then npx sls remove --stage prod"),
        ("UPDATE_ROLLBACK_FAILED", f"continue-update-rollback --stack-name {STACK}"),
        ("UPDATE_IN_PROGRESS", "wait until it has finished"),
    ],
)
def test_a_stack_that_allows_no_deployment_fails(status: str, todo: str) -> None:
    assert_says(names.stack_finding(STACK, status), FAILS, status, todo)


@pytest.mark.parametrize(
    "status", [None, "DELETE_COMPLETE", "CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"]
)
def test_a_stack_that_allows_a_deployment_is_ok(status: str | None) -> None:
    assert names.stack_finding(STACK, status).level == OK


def test_an_existing_vault_with_a_fixed_name_fails(aws: Callable[..., Place]) -> None:
    package = a_package(Vault=("AWS::Backup::BackupVault", {"BackupVaultName": STACK}))
    vaults = {"BackupVaultList": [{"BackupVaultName": STACK}]}
    stub = aws("backup", ("list_backup_vaults", vaults))

    wanted = names.wanted_names(package, {}, stub)
    found = names.taken(stub, "AWS::Backup::BackupVault", wanted["AWS::Backup::BackupVault"])

    assert_says(found, FAILS, STACK, "delete its recovery points")
    assert names.wanted_names(package, {"Vault": STACK}, stub)["AWS::Backup::BackupVault"] == set()


def test_names_are_resolved_as_cloudformation_does(aws: Callable[..., Place]) -> None:
    stub = aws("backup")
    region = {"Ref": "AWS::Region"}

    assert names.literal({"Fn::Sub": "hub-${AWS::AccountId}"}, stub) == "hub-111122223333"
    assert names.literal({"Fn::Join": ["-", ["a", region]]}, stub) == "a-ap-south-1"
    later: list[Any] = [{"Fn::Sub": "hub-${UserPool}"}, {"Ref": "UserPool"}, {"Fn::GetAtt": []}]
    assert [names.literal(each, stub) for each in [*later, None]] == [None] * 4


def test_a_restored_copy_of_a_live_table_is_not_a_leftover(
    aws: Callable[..., Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = {f"{STACK}-UsersTable-1": "table", f"{STACK}-UsersTable-1.then": "table"}
    monkeypatch.setattr(names, "_of_the_stage", lambda *_: beside)
    own = {"UsersTable": f"{STACK}-UsersTable-1"}

    assert names.left_behind(aws("backup"), STACK, own, is_new=False).level == OK


@pytest.mark.parametrize(
    ("arn", "source"),
    [
        ("arn:aws:iam::1:user/ops/ann", "arn:aws:iam::1:user/ops/ann"),
        ("arn:aws:sts::1:assumed-role/Admin/ann", "arn:aws:iam::1:role/Admin"),
        ("arn:aws:iam::1:root", None),
        ("arn:aws:sts::1:federated-user/ann", None),
    ],
)
def test_the_policies_of_users_and_roles_can_be_simulated(arn: str, source: str | None) -> None:
    assert permissions.policy_source(arn) == source


def test_uncommitted_changes_are_reported() -> None:
    assert_says(
        tree_finding(" M a\n?? b\n"), WARNING, "2 files with uncommitted changes", "git status"
    )
    assert tree_finding("").level == OK
    assert tree_finding(None).level == UNKNOWN


def test_a_region_that_is_not_enabled_fails() -> None:
    assert_says(
        place.region_finding("me-south-1", "DISABLED", ""), FAILS, "DISABLED", "enable-region"
    )
    assert_says(
        place.region_finding("eu-west-1", "ENABLED", "ap-south-1"), WARNING, "ap-south-1", "REGION"
    )
    assert place.region_finding("ap-south-1", "ENABLED_BY_DEFAULT", "").level == OK


@pytest.mark.parametrize(
    ("region", "line"),
    [("cn-north-1", "cn-north-1 has no Cognito"), ("mars", "boto3 knows no AWS region mars")],
)
def test_a_region_without_a_needed_service_is_refused(region: str, line: str) -> None:
    with pytest.raises(place.Refused, match=line):
        place.find(region)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("AccessDeniedException", "you may not call GetAccountSettings"),
        ("InvalidAction", "GetAccountSettings failed: InvalidAction"),
    ],
)
def test_a_check_without_an_aws_response_is_unknown(
    aws: Callable[..., Place], error: str, reason: str
) -> None:
    stub = aws("lambda", ("get_account_settings", error))

    with pytest.raises(finding.NO_ANSWER) as raised:
        capacity.concurrency(stub, SERVING)
    assert finding.reason(raised.value) == reason
