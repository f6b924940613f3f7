"""Operations on accounts, which live in Cognito alone.

Cognito would take these calls from anyone; they pass through here for the client's secret, which
never leaves the service, and for answers that do not tell who has an account.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from artisthub.accounts import models, rules
from artisthub.accounts.models import (
    Address,
    Challenge,
    ChallengeAnswer,
    Confirmation,
    Login,
    Logout,
    NewAccount,
    NewPassword,
    NextStep,
    Refresh,
    SignedIn,
    Step,
)
from artisthub.shared import aws_json, cognito, errors, log
from artisthub.shared.endpoint import Request, endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator


@endpoint(
    status=202,
    body=NewAccount,
    public=True,
    raises=(rules.PasswordRefused, rules.EmailRefused, errors.TooManyRequests),
)
def sign_up(request: Request[NewAccount, None]) -> NextStep:
    """Makes an account and mails a code for confirmSignUp. Public.

    `email` is at most 254 characters; upper and lower case are the same. `password` is 12 to 256
    characters with a lower-case and an upper-case letter, a digit and a symbol, without blanks at
    either end; it is taken exactly as sent. The answer is the same whether or not the address has
    an account already; its password then stays as it is.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
    """
    account = request.body
    try:
        with _refused_as(rules.SIGN_UP):
            cognito.call_as_client(
                "SignUp",
                account.email,
                Username=account.email,
                Password=account.password,
                UserAttributes=[{"Name": "email", "Value": account.email}],
            )
    except rules.CodeNotSent:
        _send_code(request, "ResendConfirmationCode")
    return NextStep("confirm")


@endpoint(
    status=204,
    body=Confirmation,
    public=True,
    raises=(rules.CodeInvalid, errors.TooManyRequests),
)
def confirm_sign_up(request: Request[Confirmation, None]) -> None:
    """Confirms an account with the code that was mailed to it, so that it can sign in. Public.

    A code that is wrong or older than 24 hours, an address without an account, one that is
    confirmed already and one with too many wrong tries all answer CodeInvalid.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
    """
    sent = request.body
    with _refused_as(rules.USE_CODE):
        cognito.call_as_client(
            "ConfirmSignUp", sent.email, Username=sent.email, ConfirmationCode=sent.code
        )


@endpoint(status=202, body=Address, public=True, raises=(errors.TooManyRequests,))
def resend_code(request: Request[Address, None]) -> NextStep:
    """Mails a new code for confirmSignUp, if the address waits for one. Public.

    The answer is always the same.
    """
    _send_code(request, "ResendConfirmationCode")
    return NextStep("confirm")


@endpoint(
    body=Login,
    public=True,
    raises=(rules.SignInFailed, rules.SrpInvalid, errors.TooManyRequests),
)
def start_login(request: Request[Login, None]) -> Challenge:
    """Starts a sign-in by SRP, so that the password never leaves the client. Public.

    `srpA` is the client's A in hexadecimal; `deviceKey` names a remembered device. The answer is
    the challenge PASSWORD_VERIFIER, for answerChallenge within 3 minutes; its `parameters` are
    what SRP libraries for Cognito take. An address that cannot sign in gets a challenge that no
    password meets.
    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
    """
    login = request.body
    try:
        return _challenge(login, login.email)
    except rules.SignInFailed:
        # Cognito plays along for unknown addresses and refuses unconfirmed and disabled accounts.
        # So these get what an unknown one gets, one that cannot exist (RFC 2606) and is always
        # the same for the same address.
        return _challenge(login, f"{login.email}.invalid")


@endpoint(
    body=ChallengeAnswer,
    public=True,
    raises=(rules.SignInFailed, rules.TotpCodeInvalid, errors.TooManyRequests),
)
def answer_challenge(request: Request[ChallengeAnswer, None]) -> Step:
    """Answers a challenge of startLogin, or of this operation, and gives tokens or the next one.

    Public. `username` is USERNAME of the challenge's parameters, from then on the account's name
    for every step. SOFTWARE_TOKEN_MFA asks for the code of the authenticator app; DEVICE_SRP_AUTH
    and DEVICE_PASSWORD_VERIFIER for the proof of a remembered device. `expiresIn` is in seconds.
    A wrong password, an unknown, unconfirmed or disabled account, a challenge too old and a device
    that is no longer remembered all answer SignInFailed; with `deviceKey`, try again without it.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
    """
    answer = request.body
    session = {"Session": answer.session} if answer.session else {}
    with _refused_as(rules.ANSWER | (rules.DEVICE if answer.device_key else {})):
        reply = cognito.call_as_client(
            "RespondToAuthChallenge",
            answer.username,
            ChallengeName=answer.__struct_config__.tag,
            ChallengeResponses=models.to_cognito(answer),
            **session,
        )
    return models.step_of(reply)


@endpoint(body=Refresh, public=True, raises=(rules.SessionEnded, errors.TooManyRequests))
def refresh_session(request: Request[Refresh, None]) -> SignedIn:
    """New access and ID tokens for a refresh token, which stays good for its 30 days. Public.

    `username` is the one of the sign-in (`sub` of the access token): Cognito wants this client's
    proof for the account's own name, which a refresh token does not show. `deviceKey` is needed if
    the sign-in had one. A token that has expired or was revoked answers SessionEnded.
    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
    """
    session = request.body
    parameters = models.to_cognito(session)
    del parameters["USERNAME"]
    with _refused_as(rules.REFRESH):
        reply = cognito.call_as_client(
            "InitiateAuth",
            session.username,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters=parameters,
        )
    return SignedIn(models.tokens_of(reply))


@endpoint(status=204, body=Logout, raises=(rules.RefreshTokenInvalid, errors.TooManyRequests))
def logout(request: Request[Logout, None]) -> None:
    """Ends the session of `refreshToken`, or with `everywhere` all sessions of the caller.

    Refresh tokens end at once. Access tokens of an ended session are refused by Cognito, while
    this API takes them until they expire, after an hour at most.
    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
    """
    if request.body.everywhere:
        with _refused_as(rules.SIGN_OUT):
            cognito.call("GlobalSignOut", AccessToken=request.caller.token)
    else:
        with _refused_as(rules.REVOKE):
            cognito.call_as_client(
                "RevokeToken", request.caller.user_id, Token=request.body.refresh_token
            )


@endpoint(status=202, body=Address, public=True, raises=(errors.TooManyRequests,))
def forgot_password(request: Request[Address, None]) -> NextStep:
    """Mails a code for resetPassword, if the address has a confirmed account. Public.

    The answer is always the same.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html
    """
    _send_code(request, "ForgotPassword")
    return NextStep("reset")


@endpoint(
    status=204,
    body=NewPassword,
    public=True,
    raises=(rules.CodeInvalid, rules.PasswordRefused, errors.TooManyRequests),
)
def reset_password(request: Request[NewPassword, None]) -> None:
    """Sets a new password with the code that forgotPassword mailed. Public.

    The password's rules are those of signUp. A code that is wrong or older than an hour, an
    address without an account and one with too many wrong tries all answer CodeInvalid.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html
    """
    sent = request.body
    with _refused_as(rules.USE_CODE):
        cognito.call_as_client(
            "ConfirmForgotPassword",
            sent.email,
            Username=sent.email,
            ConfirmationCode=sent.code,
            Password=sent.password,
        )


def _challenge(login: Login, username: str) -> Challenge:
    with _refused_as(rules.START_LOGIN | (rules.DEVICE if login.device_key else {})):
        reply = cognito.call_as_client(
            "InitiateAuth",
            username,
            AuthFlow="USER_SRP_AUTH",
            AuthParameters=models.to_cognito(login) | {"USERNAME": username},
        )
    return models.challenge_of(reply)


def _send_code(request: Request[Any, None], operation: str) -> None:
    email = request.body.email
    try:
        with _refused_as(rules.SEND_CODE):
            cognito.call_as_client(operation, email, Username=email)
    except rules.CodeNotSent as not_sent:
        log.line(
            level="info",
            operation=request.spec.name,
            requestId=request.event["requestContext"]["requestId"],
            codeNotSent=str(not_sent),
        )


@contextmanager
def _refused_as(refusals: rules.Refusals) -> Iterator[None]:
    """Raises the exception that stands for Cognito's error code, or the error if none does."""
    try:
        yield
    except aws_json.AwsError as refused:
        exception = refusals.get(refused.code)
        if exception is None:
            raise
        is_told = issubclass(exception, errors.Problem)
        raise (exception() if is_told else exception(refused.code)) from None


cognito.connect()
