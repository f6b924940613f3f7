"""E-mail permissions for one sender."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from embedded import Instance
from tests.embedded.gaps.given import a_name, client

pytestmark = pytest.mark.deployed

OURS, THEIRS = "ours.example", "theirs.example"


@pytest.fixture
def mailer(request: pytest.FixtureRequest) -> Any:
    """A client that may send only as OURS."""
    instance: Instance = request.getfixturevalue(request.param)
    iam, name = client(instance, "iam"), a_name()
    iam.create_user(UserName=name)
    allow = {
        "Effect": "Allow",
        "Action": "ses:SendEmail",
        "Resource": f"arn:aws:ses:ap-south-1:000000000000:identity/{OURS}",
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    iam.put_user_policy(UserName=name, PolicyName="mail", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    for domain in (OURS, THEIRS):
        client(instance, "sesv2").create_email_identity(EmailIdentity=f"{domain}")
    session = boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name="ap-south-1")
    yield session.client("sesv2", endpoint_url=instance.endpoint_url)
    for domain in (OURS, THEIRS):
        client(instance, "sesv2").delete_email_identity(EmailIdentity=domain)


def send(mailer: Any, sender: str) -> None:
    text = {"Data": "Hello"}
    mailer.send_email(
        FromEmailAddress=sender,
        Destination={"ToAddresses": ["someone@example.org"]},
        Content={"Simple": {"Subject": text, "Body": {"Text": text}}},
    )


@pytest.mark.parametrize("mailer", ["unpatched"], indirect=True)
def test_ministack_still_has_the_gap(mailer: Any) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        send(mailer, f"notifications@{OURS}")


@pytest.mark.parametrize("mailer", ["patched"], indirect=True)
@pytest.mark.parametrize("sender", [f"notifications@{OURS}", f"ArtistHub <a@{OURS}>"])
def test_the_named_sender_may_send(mailer: Any, sender: str) -> None:
    send(mailer, sender)


@pytest.mark.parametrize("mailer", ["patched"], indirect=True)
def test_another_sender_is_refused(mailer: Any) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        send(mailer, f"notifications@{THEIRS}")
