"""POST /v1/admin/accounts/confirm."""

import os
import threading
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from artisthub.identities import rules as identity_rules
from tests.api import api
from tests.api.accounts.fake_aws import FakeAws
from tests.api.admin.given import actions, confirm, entries
from tests.api.builders import BROKEN_BODIES, a_name, an_admin, table, the_admin
from tests.api.pool import cognito


def an_unconfirmed_address() -> str:
    email = f"{a_name()}@example.org"
    cognito().sign_up(
        ClientId=os.environ["USER_POOL_CLIENT_ID"],
        Username=email,
        Password="Monsoon-Stage-2026",
        UserAttributes=[{"Name": "email", "Value": email}],
    )
    return email


def account_of(email: str) -> tuple[str, dict[str, str]]:
    """The account's status and attributes."""
    user = cognito().admin_get_user(UserPoolId=os.environ["USER_POOL_ID"], Username=email)
    return user["UserStatus"], {each["Name"]: each["Value"] for each in user["UserAttributes"]}


def subject_of(email: str) -> str:
    return f"account:{sha256(email.encode()).hexdigest()}"


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]

    answer = api.post(
        "/admin/accounts/confirm", content, as_=the_admin(), content_type=content_type
    )

    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize("email", ["", "nobody", "a@b", None, "x" * 250 + "@example.org"])
def test_an_invalid_email_address_is_refused(email: Any) -> None:
    answer = confirm(email, the_admin())

    assert (answer.status, answer.wrong) == (422, {"/email"})


def test_an_unknown_account_gets_404() -> None:
    answer = confirm(f"{a_name()}@example.org", the_admin())

    assert (answer.status, answer.code) == (404, "NotFound")


def test_confirming_an_account_verifies_its_address() -> None:
    email = an_unconfirmed_address()

    answer = confirm(email.upper(), the_admin())

    assert (answer.status, answer.text) == (204, "")
    status, attributes = account_of(email)
    assert (status, attributes["email_verified"]) == ("CONFIRMED", "true")
    assert attributes["email"] == email


def test_confirming_again_changes_nothing() -> None:
    email = an_unconfirmed_address()
    confirm(email, the_admin())
    before = account_of(email)

    assert confirm(email, the_admin()).status == 204
    assert account_of(email) == before


def test_the_audit_has_every_attempt_without_the_address() -> None:
    admin, email = an_admin(), an_unconfirmed_address()

    confirm(email, admin)
    confirm(email.upper(), admin)

    assert actions(subject_of(email)) == ["confirmed", "confirmed"]
    assert {entry["by"] for entry in entries(subject_of(email))} == {admin.user_id}
    unknown = f"{a_name()}@example.org"
    confirm(unknown, admin)
    assert actions(subject_of(unknown)) == ["confirmed"]
    assert "@" not in str(table("AUDIT_TABLE").scan()["Items"])


@pytest.fixture
def fake_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAws]:
    """A fake Cognito, started after the connection to the embedded DynamoDB is open."""
    the_admin()
    entries("user:nobody")
    with FakeAws() as fake:
        monkeypatch.setenv("AWS_ENDPOINT_URL", fake.endpoint_url)
        threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield fake
        fake.shutdown()


def test_confirming_a_confirmed_account_succeeds(fake_aws: FakeAws) -> None:
    fake_aws.answer("AdminUpdateUserAttributes")
    fake_aws.refuse("AdminConfirmSignUp", "NotAuthorizedException")

    assert confirm("maya@example.org", the_admin()).status == 204
    [verified] = fake_aws.sent("AdminUpdateUserAttributes")
    assert verified == {
        "UserPoolId": os.environ["USER_POOL_ID"],
        "Username": "maya@example.org",
        "UserAttributes": [{"Name": "email_verified", "Value": "true"}],
    }


def test_the_password_of_the_sign_up_does_not_outlive_the_confirmation(fake_aws: FakeAws) -> None:
    fake_aws.answer("AdminUpdateUserAttributes")
    fake_aws.answer("AdminConfirmSignUp")

    assert confirm("maya@example.org", the_admin()).status == 204
    [confirmed] = fake_aws.sent("AdminConfirmSignUp")
    after = {"request": {"clientMetadata": confirmed["ClientMetadata"]}}
    assert identity_rules.password_follows(after)


@pytest.mark.parametrize(
    ("refusal", "status", "code"),
    [
        ("UserNotFoundException", 404, "NotFound"),
        ("TooManyRequestsException", 429, "TooManyRequests"),
        ("AccessDeniedException", 500, "InternalError"),
    ],
)
def test_each_other_cognito_error_gets_its_own_answer(
    refusal: str, status: int, code: str, fake_aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_aws.refuse("AdminUpdateUserAttributes", refusal)

    answer = confirm("maya@example.org", the_admin())

    assert (answer.status, answer.code) == (status, code)
    assert "maya" not in answer.text + capsys.readouterr().out
