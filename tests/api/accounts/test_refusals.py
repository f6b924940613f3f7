"""Cognito's error codes, including those that the embedded Cognito never returns."""

import pytest

from artisthub.accounts import rules
from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import PASSWORD, Api, a_token, said

EMAIL = {"email": "maya@example.com"}
CODE = EMAIL | {"code": "123456"}
TOTP = {
    "challenge": "SOFTWARE_TOKEN_MFA",
    "session": "session-of-20-characters",
    "username": "sub-1",
    "code": "123456",
}
STATES = [
    "NotAuthorizedException",
    "UserNotFoundException",
    "UserNotConfirmedException",
    "PasswordResetRequiredException",
]
LIMITS = ["LimitExceededException", "TooManyFailedAttemptsException"]
# Cognito failed to mail a code.
UNDELIVERED = [
    "CodeDeliveryFailureException",
    "InvalidEmailRoleAccessPolicyException",
    "LimitExceededException",
]
COUNTED = '"CodesNotSent":1'


@pytest.fixture
def api(fake_aws: FakeAws) -> Api:
    return Api("ap-south-1_pool")


NO_CODE = ["UsernameExistsException", "UserLambdaValidationException", *UNDELIVERED]


@pytest.mark.parametrize("code", NO_CODE)
def test_a_sign_up_that_sends_no_code_gets_the_usual_answer(
    api: Api, fake_aws: FakeAws, code: str
) -> None:
    fake_aws.refuse("SignUp", code)

    answer = api.post("/v1/auth/signup", **EMAIL, password=PASSWORD)

    assert (answer.status_code, answer.json()) == (202, {"next": "confirm"})


CODE_ROUTES = [
    ("signup", "SignUp", EMAIL | {"password": PASSWORD}, NO_CODE),
    ("resend-code", "ResendConfirmationCode", EMAIL, [*STATES, *LIMITS, *UNDELIVERED]),
    ("forgot-password", "ForgotPassword", EMAIL, [*STATES, *LIMITS, *UNDELIVERED]),
]


@pytest.mark.weakness(16)
@pytest.mark.parametrize(("path", "operation", "body", "codes"), CODE_ROUTES)
def test_every_address_causes_the_same_calls_when_a_code_is_asked_for(
    api: Api,
    fake_aws: FakeAws,
    path: str,
    operation: str,
    body: dict[str, str],
    codes: list[str],
) -> None:
    new = {"UserConfirmed": False, "UserSub": "sub-1"} if operation == "SignUp" else {}
    fake_aws.answer(operation, **new)
    api.post(f"/v1/auth/{path}", **body)
    fake_aws.calls.remove(("GetSecretValue", {"SecretId": "secret-id"}))
    usual = list(fake_aws.calls)

    for code in codes:
        fake_aws.calls.clear()
        fake_aws.refuse(operation, code)
        api.post(f"/v1/auth/{path}", **body)
        assert fake_aws.calls == usual, code


@pytest.mark.weakness(16)
def test_every_sign_in_asks_for_the_challenge_of_a_decoy_too(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("InitiateAuth", ChallengeName="PASSWORD_VERIFIER")

    api.post("/v1/auth/login", **EMAIL, srpA="a1")

    asked = [sent["AuthParameters"]["USERNAME"] for sent in fake_aws.sent("InitiateAuth")]
    assert asked == ["maya@example.com", rules.decoy_of("maya@example.com")]


PROVED = EMAIL | {"code": "123456", "password": PASSWORD}


@pytest.mark.weakness(3)
def test_the_password_is_set_after_the_code_was_accepted(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.answer("ConfirmSignUp")
    fake_aws.answer("AdminSetUserPassword")

    assert api.post("/v1/auth/confirm", **PROVED).status_code == 204

    operations = [operation for operation, _ in fake_aws.calls if operation != "GetSecretValue"]
    assert operations == ["ConfirmSignUp", "AdminSetUserPassword"]
    [confirmed], [changed] = (fake_aws.sent(operation) for operation in operations)
    assert confirmed["ClientMetadata"] == {"password": "follows"}
    assert PASSWORD not in str(confirmed)
    assert (changed["Password"], changed["Permanent"]) == (PASSWORD, True)


@pytest.mark.weakness(3)
@pytest.mark.parametrize("code", [*STATES, *LIMITS, "CodeMismatchException"])
def test_a_refused_code_sets_no_password(api: Api, fake_aws: FakeAws, code: str) -> None:
    fake_aws.refuse("ConfirmSignUp", code)

    assert api.post("/v1/auth/confirm", **PROVED).status_code == 422

    assert fake_aws.sent("AdminSetUserPassword") == []


@pytest.mark.parametrize("code", ["UserLambdaValidationException", "UnexpectedLambdaException"])
@pytest.mark.parametrize(
    ("path", "operation"),
    [("confirm", "ConfirmSignUp"), ("reset-password", "ConfirmForgotPassword")],
)
def test_a_proof_whose_sessions_could_not_be_ended_is_not_reported_as_done(
    api: Api, fake_aws: FakeAws, path: str, operation: str, code: str
) -> None:
    fake_aws.refuse(operation, code)

    answer = api.post(f"/v1/auth/{path}", **PROVED)

    assert (answer.status_code, answer.json()["code"]) == (503, "Busy")


@pytest.mark.parametrize(
    ("code", "pointer"),
    [("InvalidPasswordException", "/password"), ("InvalidParameterException", "/email")],
)
def test_a_sign_up_names_the_field_that_cognito_refuses(
    api: Api, fake_aws: FakeAws, code: str, pointer: str
) -> None:
    fake_aws.refuse("SignUp", code)

    answer = api.post("/v1/auth/signup", **EMAIL, password=PASSWORD)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("path", "operation"),
    [("resend-code", "ResendConfirmationCode"), ("forgot-password", "ForgotPassword")],
)
@pytest.mark.parametrize(
    "code", [*STATES, *dict.fromkeys([*LIMITS, *UNDELIVERED]), "InvalidParameterException"]
)
def test_an_unsent_code_is_logged_without_the_address(
    api: Api,
    fake_aws: FakeAws,
    capsys: pytest.CaptureFixture[str],
    path: str,
    operation: str,
    code: str,
) -> None:
    fake_aws.refuse(operation, code)

    answer = api.post(f"/v1/auth/{path}", **EMAIL)

    assert answer.status_code == 202
    log = capsys.readouterr().out
    assert f'"codeNotSent":"{code}"' in log
    assert "maya" not in log
    assert (COUNTED in log) is (code in UNDELIVERED)


@pytest.mark.aws_fact(4)
@pytest.mark.parametrize("code", UNDELIVERED)
def test_an_undeliverable_address_gets_the_same_answer_as_any_other(
    api: Api, fake_aws: FakeAws, code: str
) -> None:
    posts = {
        "signup": ("SignUp", EMAIL | {"password": PASSWORD}),
        "resend-code": ("ResendConfirmationCode", EMAIL),
        "forgot-password": ("ForgotPassword", EMAIL),
    }
    fake_aws.answer("SignUp", UserConfirmed=False, UserSub="sub-1")
    for operation in ("ResendConfirmationCode", "ForgotPassword"):
        fake_aws.answer(operation)
    mailed = [said(api.post(f"/v1/auth/{path}", **body)) for path, (_, body) in posts.items()]

    for operation, _ in posts.values():
        fake_aws.refuse(operation, code)
    not_mailed = [said(api.post(f"/v1/auth/{path}", **body)) for path, (_, body) in posts.items()]

    assert not_mailed == mailed


@pytest.mark.aws_fact(4)
@pytest.mark.weakness(5)
@pytest.mark.parametrize(
    ("code", "counted"),
    [
        *((code, 1) for code in UNDELIVERED),
        ("UsernameExistsException", 0),
        ("UserLambdaValidationException", 0),
    ],
)
def test_an_unmailed_sign_up_code_is_counted(
    api: Api, fake_aws: FakeAws, capsys: pytest.CaptureFixture[str], code: str, counted: int
) -> None:
    fake_aws.refuse("SignUp", code)

    assert api.post("/v1/auth/signup", **EMAIL, password=PASSWORD).status_code == 202

    assert capsys.readouterr().out.count(COUNTED) == counted


@pytest.mark.parametrize(
    ("path", "operation", "body"),
    [
        ("confirm", "ConfirmSignUp", CODE),
        ("reset-password", "ConfirmForgotPassword", CODE | {"password": PASSWORD}),
    ],
)
@pytest.mark.parametrize(
    "code",
    [
        *STATES,
        *LIMITS,
        "CodeMismatchException",
        "ExpiredCodeException",
        "AliasExistsException",
        "InvalidParameterException",
    ],
)
def test_every_refused_code_gets_the_same_answer(
    api: Api, fake_aws: FakeAws, path: str, operation: str, body: dict[str, str], code: str
) -> None:
    fake_aws.refuse(operation, code)

    answer = api.post(f"/v1/auth/{path}", **body)

    assert (answer.status_code, answer.json()["code"]) == (422, "CodeInvalid")


@pytest.mark.parametrize("code", [*STATES, "SoftwareTokenMFANotFoundException"])
def test_every_account_that_cannot_sign_in_gets_the_same_answer(
    api: Api, fake_aws: FakeAws, code: str
) -> None:
    fake_aws.refuse("RespondToAuthChallenge", code)

    answer = api.post("/v1/auth/challenge", **TOTP)

    assert (answer.status_code, answer.json()["code"]) == (401, "SignInFailed")


@pytest.mark.parametrize("code", ["CodeMismatchException", "ExpiredCodeException"])
def test_a_wrong_or_used_second_factor_is_refused(api: Api, fake_aws: FakeAws, code: str) -> None:
    fake_aws.refuse("RespondToAuthChallenge", code)

    answer = api.post("/v1/auth/challenge", **TOTP)

    assert (answer.status_code, answer.json()["code"]) == (401, "TotpCodeInvalid")


def test_an_srp_a_that_cognito_refuses_is_named(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.refuse("InitiateAuth", "InvalidParameterException")

    answer = api.post("/v1/auth/login", **EMAIL, srpA="0")

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/srpA"]


@pytest.mark.parametrize("code", STATES)
def test_a_sign_in_start_that_is_refused_for_the_decoy_too_fails(
    api: Api, fake_aws: FakeAws, code: str
) -> None:
    fake_aws.refuse("InitiateAuth", code)

    answer = api.post("/v1/auth/login", **EMAIL, srpA="a1")

    assert (answer.status_code, answer.json()["code"]) == (401, "SignInFailed")
    names = [sent["AuthParameters"]["USERNAME"] for sent in fake_aws.sent("InitiateAuth")]
    assert names == ["maya@example.com", rules.decoy_of("maya@example.com")]


@pytest.mark.parametrize("code", STATES)
def test_an_ended_session_cannot_be_refreshed(api: Api, fake_aws: FakeAws, code: str) -> None:
    fake_aws.refuse("InitiateAuth", code)

    answer = api.post("/v1/auth/refresh", refreshToken="r", username="sub-1")

    assert (answer.status_code, answer.json()["code"]) == (401, "SessionEnded")


@pytest.mark.parametrize(
    "code", ["InvalidParameterException", "UnauthorizedException", "UnsupportedTokenTypeException"]
)
def test_logout_refuses_a_token_that_is_not_a_refresh_token(
    api: Api, fake_aws: FakeAws, code: str
) -> None:
    fake_aws.refuse("RevokeToken", code)
    api.token = a_token(sub="sub-1", token_use="access")

    answer = api.post("/v1/auth/logout", refreshToken="r")

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/refreshToken"]


def test_too_many_requests_get_429_with_retry_after(api: Api, fake_aws: FakeAws) -> None:
    fake_aws.refuse("InitiateAuth", "TooManyRequestsException")

    answer = api.post("/v1/auth/login", **EMAIL, srpA="a1")

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("path", "operation", "body"),
    [
        ("signup", "SignUp", EMAIL | {"password": PASSWORD}),
        ("resend-code", "ResendConfirmationCode", EMAIL),
        ("confirm", "ConfirmSignUp", CODE),
        ("login", "InitiateAuth", EMAIL | {"srpA": "a1"}),
        ("challenge", "RespondToAuthChallenge", TOTP),
        ("refresh", "InitiateAuth", {"refreshToken": "r", "username": "sub-1"}),
        ("forgot-password", "ForgotPassword", EMAIL),
        ("reset-password", "ConfirmForgotPassword", CODE | {"password": PASSWORD}),
    ],
)
def test_a_missing_app_client_gets_500(
    api: Api, fake_aws: FakeAws, path: str, operation: str, body: dict[str, str]
) -> None:
    fake_aws.refuse(operation, "ResourceNotFoundException")

    answer = api.post(f"/v1/auth/{path}", **body)

    assert answer.status_code == 500
    assert "Not this time" not in answer.text
