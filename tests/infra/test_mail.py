"""The senders of codes and notifications before and after SES verifies the stage's domain.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
"""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.infra.packages import Package, package, sls, statements

BY_SES = ["accounts", "all"]

pytestmark = pytest.mark.aws_fact(4)


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    """The package of prod for each other value of the setting `mail`."""
    return {mail: package("prod", tmp_path_factory.mktemp(mail), mail=mail) for mail in BY_SES}


def sender_of_notifications(package: Package) -> Any:
    variables = package["NotifierLambdaFunction"]["Environment"]["Variables"]
    return variables["SENDER_ADDRESS"]


def test_the_first_deployment_needs_no_verified_ses_identity(each: Package) -> None:
    """Cognito refuses an unverified identity: `Email address is not verified`."""
    assert each["UserPool"]["EmailConfiguration"] == {"EmailSendingAccount": "COGNITO_DEFAULT"}
    assert sender_of_notifications(each) == ""


@pytest.mark.slow
@pytest.mark.parametrize("mail", BY_SES)
def test_codes_come_from_the_sender_domain_of_the_stage(
    mailing: dict[str, Package], mail: str
) -> None:
    configuration = mailing[mail]["UserPool"]["EmailConfiguration"]
    known: Any = boto3.client("cognito-idp", region_name="ap-south-1").meta.service_model

    assert configuration["EmailSendingAccount"] == "DEVELOPER"
    assert known.shape_for("EmailConfigurationType").members.keys() >= configuration.keys()
    assert "DEVELOPER" in known.shape_for("EmailSendingAccountType").enum
    # The reference makes CloudFormation create the identity before the pool.
    assert configuration["SourceArn"]["Fn::Sub"] == (
        "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${SenderIdentity}"
    )
    _, address = parseaddr(configuration["From"])
    assert address.partition("@")[2] == mailing[mail]["SenderIdentity"]["EmailIdentity"]


@pytest.mark.slow
def test_notifications_are_mailed_only_with_the_last_mail_setting(
    mailing: dict[str, Package],
) -> None:
    assert sender_of_notifications(mailing["accounts"]) == ""
    assert sender_of_notifications(mailing["all"]) == {
        "Fn::GetAtt": ["SenderAddressParameter", "Value"]
    }


@pytest.mark.aws_fact(20)
def test_the_notifier_can_send_from_the_identities_of_the_domain_and_address(
    each: Package,
) -> None:
    [sending] = [
        statement
        for role, statement in statements(each)
        if role == "NotifierIamRoleLambdaExecution" and "ses:SendEmail" in statement["Action"]
    ]

    identity = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/"
    assert [resource["Fn::Sub"].removeprefix(identity) for resource in sending["Resource"]] == [
        "${SenderIdentity}",
        "${SenderAddressParameter.Value}",
    ]
    _, _, domain = each["SenderAddressParameter"]["Value"].partition("@")
    assert domain == each["SenderIdentity"]["EmailIdentity"]


@pytest.mark.slow
def test_the_mail_setting_changes_only_the_user_pool_and_the_functions_that_mail(
    packages: dict[str, Package], mailing: dict[str, Package]
) -> None:
    resources = packages["prod"].template["Resources"]

    for package_of_mail in mailing.values():
        others = package_of_mail.template["Resources"]
        differing = {
            name
            for name in resources
            if but_for_code(resources[name]) != but_for_code(others[name])
        }
        assert others.keys() == resources.keys()
        assert differing <= {"UserPool", "NotifierLambdaFunction", "AccountSettingsLambdaFunction"}


def but_for_code(resource: dict[str, Any]) -> dict[str, Any]:
    """The resource without the S3 keys of its code, which contain the time."""
    properties = resource.get("Properties", {})
    kept = {name: value for name, value in properties.items() if name not in ("Code", "Content")}
    return resource | {"Properties": kept}


def test_an_unknown_mail_setting_is_refused(tmp_path: Path) -> None:
    refused = sls("package", "--stage", "dev", "--package", str(tmp_path), mail="pigeon")

    assert refused.returncode == 1
    assert 'Cannot resolve variable at "custom.mail"' in refused.stdout
    assert list(tmp_path.iterdir()) == []
