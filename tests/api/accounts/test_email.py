"""changeEmail, confirmEmail: another e-mail address."""

import time
from typing import Any

import pytest

from artisthub.closed import repository as closed
from artisthub.identities.consumers import check_sign_up
from artisthub.shared import dynamodb
from artisthub.shared.settings import settings
from tests.api import api as api_client
from tests.api import builders
from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import ONE_POOL, PASSWORD, Api, Pool, a_token, an_address

PATH = "/v1/auth/email"
CODE = "246810"  # the embedded Cognito mails the same code to every account
SEND = "/v2/email/outbound-emails"

pytestmark = pytest.mark.weakness(61)


def code_of(api: Api, method: str, body: Any) -> tuple[int, str]:
    answer = api.request(method, PATH, body)
    return answer.status_code, answer.json()["code"]


def a_caller(signed_in: float, sub: str = "sub-1") -> Api:
    api = Api("ap-south-1_pool")
    api.token = a_token(sub=sub, token_use="access", auth_time=str(int(signed_in)))
    return api


@pytest.mark.parametrize(
    ("method", "body"), [("POST", {"email": "new@example.com"}), ("PUT", {"code": CODE})]
)
@ONE_POOL
def test_a_change_of_address_needs_a_token(api: Api, method: str, body: Any) -> None:
    assert code_of(api, method, body) == (401, "Unauthorized")


def test_the_address_changes_with_the_code_and_the_former_one_is_free(api: Api, pool: Pool) -> None:
    email, new = pool.an_account(), an_address()
    tokens = api.sign_in(email, PASSWORD, confirm=True)

    asked = api.request("POST", PATH, {"email": new.upper()})
    assert (asked.status_code, asked.json()) == (202, {"next": "confirm"})
    assert code_of(api, "PUT", {"code": "000000"}) == (422, "CodeInvalid")
    assert api.request("PUT", PATH, {"code": CODE}).status_code == 204

    assert code_of(api, "PUT", {"code": CODE}) == (401, "Unauthorized")
    refreshed = api.request("POST", "/v1/auth/refresh", tokens.session)
    assert (refreshed.status_code, refreshed.json()["code"]) == (401, "SessionEnded")
    with pytest.raises(Exception, match="SignInFailed"):
        api.sign_in(email, PASSWORD)
    assert api.sign_in(new, PASSWORD).access_token
    api.call("POST", "/v1/auth/signup", {"email": email, "password": PASSWORD})


@ONE_POOL
def test_an_address_with_an_account_gets_the_usual_answer_and_no_code(api: Api, pool: Pool) -> None:
    taken = pool.an_account()
    api.sign_in(pool.an_account(), PASSWORD)

    asked = api.request("POST", PATH, {"email": taken})

    assert (asked.status_code, asked.json()) == (202, {"next": "confirm"})
    assert code_of(api, "PUT", {"code": CODE}) == (422, "CodeInvalid")


def test_a_change_of_address_needs_a_recent_sign_in(fake_aws: FakeAws) -> None:
    caller = a_caller(signed_in=time.time() - 16 * 60)

    assert code_of(caller, "POST", {"email": an_address()}) == (401, "RecentSignInRequired")
    assert fake_aws.calls == []


@pytest.mark.parametrize("email", ["a@b", "ma ya@example.com", "x@decoy.invalid"])
def test_a_change_of_address_has_the_rules_of_sign_up(fake_aws: FakeAws, email: str) -> None:
    assert code_of(a_caller(time.time()), "POST", {"email": email}) == (422, "Invalid")


@ONE_POOL
def test_no_code_goes_to_the_mailbox_of_a_suspended_account(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    suspended, asked_for = "sus.pended+tag@gmail.com", "suspended@googlemail.com"
    key = closed.address_key(suspended)
    dynamodb.put(settings.CLOSED_ACCOUNTS_TABLE, {"accountId": key})
    api.sign_in(pool.an_account(), PASSWORD)

    assert api.request("POST", PATH, {"email": asked_for}).status_code == 202
    assert code_of(api, "PUT", {"code": CODE}) == (422, "CodeInvalid")
    dynamodb.discard_if(
        settings.CLOSED_ACCOUNTS_TABLE, {"accountId": key}, "accountId = :key", {":key": key}
    )


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        ("NotAuthorizedException", (401, "Unauthorized")),
        ("LimitExceededException", (429, "TooManyRequests")),
        ("InvalidParameterException", (422, "EmailRefused")),
    ],
)
def test_refusals_of_the_callers_own_account_are_told(
    fake_aws: FakeAws, refusal: str, expected: tuple[int, str]
) -> None:
    fake_aws.answer("GenerateMac", Mac="bWFj")
    fake_aws.refuse("UpdateUserAttributes", refusal)

    assert code_of(a_caller(time.time()), "POST", {"email": an_address()}) == expected


@pytest.mark.parametrize("refusal", ["AliasExistsException", "CodeDeliveryFailureException"])
def test_refusals_of_the_new_address_are_not_told(fake_aws: FakeAws, refusal: str) -> None:
    fake_aws.answer("GenerateMac", Mac="bWFj")
    fake_aws.refuse("UpdateUserAttributes", refusal)

    answer = a_caller(time.time()).request("POST", PATH, {"email": an_address()})

    assert (answer.status_code, answer.json()) == (202, {"next": "confirm"})


@pytest.fixture
def owner() -> api_client.Account:
    return builders.an_artist()


@pytest.fixture
def confirmed(
    owner: api_client.Account, fake_aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> FakeAws:
    """Cognito accepts the code, and then the account has another address."""
    addresses = iter(["former@example.com", "new@example.org"])
    monkeypatch.setattr("artisthub.shared.cognito.email_of", lambda _: next(addresses))
    monkeypatch.setenv("SENDER_ADDRESS", "notifications@example.com")
    for operation in ("VerifyUserAttribute", "GlobalSignOut", SEND):
        fake_aws.answer(operation)
    return fake_aws


def test_profile_and_sessions_follow_and_the_former_address_is_told(
    owner: api_client.Account, confirmed: FakeAws
) -> None:
    caller = a_caller(time.time(), owner.user_id)

    assert caller.request("PUT", PATH, {"code": CODE}).status_code == 204

    [mail] = confirmed.sent(SEND)
    assert mail["Destination"] == {"ToAddresses": ["former@example.com"]}
    content = mail["Content"]["Simple"]
    assert "n***@example.org" in content["Body"]["Text"]["Data"]
    assert "Headers" not in content
    profile = dynamodb.get(settings.USERS_TABLE, {"userId": owner.user_id})
    assert profile
    assert profile["email"] == "new@example.org"
    assert profile["sessionsEndedAt"] >= time.time() - 5


@pytest.mark.parametrize("code", ["MessageRejected", "TooManyRequestsException"])
def test_the_change_stands_if_the_former_address_cannot_be_told(
    confirmed: FakeAws, code: str
) -> None:
    confirmed.refuse(SEND, code)

    assert a_caller(time.time()).request("PUT", PATH, {"code": CODE}).status_code == 204


def an_event(source: str, user_id: str) -> dict[str, Any]:
    attributes = {"sub": user_id, "email": "maya@example.com"}
    request = {"userAttributes": attributes, "codeParameter": "{####}"}
    return {"triggerSource": source, "userPoolId": "pool", "request": request, "response": {}}


class Context:
    aws_request_id = "request-1"


@pytest.mark.parametrize("source", ["UpdateUserAttribute", "VerifyUserAttribute"])
def test_cognito_mails_a_code_to_a_new_address_only_if_this_api_asked(source: str) -> None:
    event = an_event(f"CustomMessage_{source}", an_address())
    with pytest.raises(Exception, match="POST /v1/auth/email"):
        check_sign_up(event, Context)

    closed.expect_address(event["request"]["userAttributes"]["sub"])

    assert check_sign_up(event, Context) == event


@pytest.mark.parametrize("source", ["SignUp", "ResendCode", "ForgotPassword", "AdminCreateUser"])
def test_cognito_mails_every_other_code(source: str) -> None:
    event = an_event(f"CustomMessage_{source}", an_address())

    assert check_sign_up(event, Context) == event
