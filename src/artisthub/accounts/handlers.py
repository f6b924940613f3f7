"""Operations on accounts, which live in Cognito alone.

Cognito would take these calls from anyone; they pass through here for the client's secret, which
never leaves the service, and for answers that do not tell who has an account.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from artisthub.accounts import models, rules
from artisthub.accounts.models import (
    AuthorizationCode,
    Challenge,
    ChallengeAnswer,
    Confirmation,
    Device,
    DeviceConfirmation,
    DeviceQuery,
    Login,
    Logout,
    NewAccount,
    NewPassword,
    NextStep,
    PasswordChange,
    Refresh,
    SignedIn,
    Step,
    TotpConfirmation,
    TotpSecret,
)
from artisthub.shared import aws_json, cognito, cursor, errors, log
from artisthub.shared.address import Address
from artisthub.shared.endpoint import Request, by_route, endpoint
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEVICES = 60  # of Cognito's ListDevices


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
    except rules.CodeNotSent as not_sent:
        _send_code(request, "ResendConfirmationCode", failed_before=str(not_sent))
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
    log.count("SignUps")


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

    `srpA` is the client's A in hexadecimal; `deviceKey` names its device, once confirmDevice has
    confirmed one. The answer is the challenge PASSWORD_VERIFIER, for answerChallenge within 3
    minutes; its `parameters` are what SRP libraries for Cognito take. An address that cannot sign
    in gets a challenge that no password meets.
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
    A sign-in without `deviceKey` comes with `newDevice`: confirm it by confirmDevice, or this
    session cannot be refreshed.
    A wrong password, an unknown, unconfirmed or disabled account, a challenge too old and a device
    that was forgotten all answer SignInFailed; with `deviceKey`, try again without it.
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


@endpoint(
    body=AuthorizationCode,
    public=True,
    raises=(rules.AuthorizationCodeInvalid, rules.RedirectUriUnknown, errors.TooManyRequests),
)
def exchange_code(request: Request[AuthorizationCode, None]) -> SignedIn:
    """Gives tokens for the code that the hosted UI sent to a callback URL. Public.

    `redirectUri` is that URL; `codeVerifier` is the secret whose challenge (S256) the client sent
    along to the hosted UI, with the scopes openid and aws.cognito.signin.user.admin. A code is good
    once, for 5 minutes. refreshSession goes on with these tokens; its `username` is `sub` of the
    access token. The page signs in no device, so there is none to confirm and no `deviceKey` to
    send, unless the access token has a claim `device_key`.
    Source: https://datatracker.ietf.org/doc/html/rfc7636
    """
    grant = request.body
    rules.ensure_callback(grant.redirect_uri, settings.CALLBACK_URLS.split(","))
    with _refused_as(rules.EXCHANGE_CODE):
        reply = cognito.exchange_code(
            code=grant.code, code_verifier=grant.code_verifier, redirect_uri=grant.redirect_uri
        )
    return SignedIn(models.oauth_tokens_of(reply))


@endpoint(body=Refresh, public=True, raises=(rules.SessionEnded, errors.TooManyRequests))
def refresh_session(request: Request[Refresh, None]) -> SignedIn:
    """New access and ID tokens for a refresh token, which stays good for its 30 days. Public.

    `username` is the one of the sign-in (`sub` of the access token): Cognito wants this client's
    proof for the account's own name, which a refresh token does not show. `deviceKey` is the one of
    the sign-in: of its `newDevice`, confirmed by confirmDevice, or the one that it sent. A session
    of exchangeCode has none. A token that has expired or was revoked, a `deviceKey` that is missing
    or another one, and a device that was never confirmed or was forgotten all answer SessionEnded,
    since Cognito does not tell them apart.
    Source: https://repost.aws/knowledge-center/cognito-invalid-refresh-token-error
    """
    session = request.body
    parameters = models.to_cognito(session)
    del parameters["USERNAME"]
    try:
        with _refused_as(rules.REFRESH):
            reply = cognito.call_as_client(
                "InitiateAuth",
                session.username,
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters=parameters,
            )
    except rules.SessionEnded:
        raise rules.session_ended(session.device_key) from None
    return SignedIn(models.tokens_of(reply))


@endpoint(status=204, body=Logout, raises=(rules.RefreshTokenInvalid, errors.TooManyRequests))
def logout(request: Request[Logout, None]) -> None:
    """Ends the session of `refreshToken`, or with `everywhere` all sessions of the caller.

    Refresh tokens end at once. Access tokens of an ended session are refused by Cognito, while
    this API takes them until they expire, after an hour at most.
    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
    """
    if request.body.everywhere:
        with _refused_as(rules.OWN):
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


@endpoint(
    status=204,
    body=PasswordChange,
    raises=(rules.PreviousPasswordWrong, rules.PasswordRefused, errors.TooManyRequests),
)
def change_password(request: Request[PasswordChange, None]) -> None:
    """Replaces the caller's password; the rules of the new one are those of signUp.

    Cognito knows no SRP here, so both passwords are sent as they are; they are handed on and not
    kept. All sessions live on: to end those of others, call logout with `everywhere`.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
    """
    sent = request.body
    try:
        with _refused_as(rules.CHANGE_PASSWORD):
            cognito.call(
                "ChangePassword",
                AccessToken=request.caller.token,
                PreviousPassword=sent.previous_password,
                ProposedPassword=sent.password,
            )
    except rules.PreviousPasswordWrong:
        # Cognito has the same code for a session that has ended: this says which of the two it is.
        cognito.email_of(request.caller.token)
        raise


@endpoint(raises=(rules.RecentSignInRequired, errors.TooManyRequests))
def set_up_totp(request: Request[None, None]) -> TotpSecret:
    """Gives the caller a new secret for an authenticator app, which confirmTotp makes count.

    The caller must have signed in within the last 15 minutes. Whoever has a second factor already
    should confirm the new one at once: Cognito may take the old one no longer.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html
    """
    rules.ensure_recent_sign_in(request.caller.signed_in_at, time.time())
    token = request.caller.token
    email = cognito.email_of(token)
    with _refused_as(rules.SET_UP_TOTP):
        reply = cognito.call("AssociateSoftwareToken", AccessToken=token)
    return models.totp_secret(reply["SecretCode"], email)


@endpoint(
    status=204, body=TotpConfirmation, raises=(rules.TotpNotConfirmed, errors.TooManyRequests)
)
def confirm_totp(request: Request[TotpConfirmation, None]) -> None:
    """Makes the secret of setUpTotp the caller's second factor, asked for at every sign-in.

    `code` is what the authenticator app shows for it now.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html
    """
    sent = request.body
    named = {"FriendlyDeviceName": sent.device_name} if sent.device_name else {}
    token = request.caller.token
    with _refused_as(rules.CONFIRM_TOTP):
        reply = cognito.call("VerifySoftwareToken", AccessToken=token, UserCode=sent.code, **named)
    if reply["Status"] != "SUCCESS":
        raise rules.TotpNotConfirmed
    _set_totp(request, Enabled=True, PreferredMfa=True)


@endpoint(status=204, raises=(rules.RecentSignInRequired, errors.TooManyRequests))
def disable_totp(request: Request[None, None]) -> None:
    """Takes the second factor away: from now on the caller's password alone signs in.

    The caller must have signed in, and so proven the second factor, within the last 15 minutes.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html
    """
    rules.ensure_recent_sign_in(request.caller.signed_in_at, time.time())
    _set_totp(request, Enabled=False, PreferredMfa=False)


@endpoint(query=DeviceQuery, raises=(errors.TooManyRequests,))
def list_devices(request: Request[None, DeviceQuery]) -> Page[Device]:
    """The caller's confirmed devices; a page has at most 60.

    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html
    """
    query = request.query
    binding = ("listDevices", request.caller.user_id)
    start = {}
    if query.cursor is not None:
        start["PaginationToken"] = cursor.decode(query.cursor, 1, *binding)[0]
    with _refused_as(rules.LIST_DEVICES):
        reply = cognito.call(
            "ListDevices",
            AccessToken=request.caller.token,
            Limit=min(query.limit, MAX_DEVICES),
            **start,
        )
    rest = reply.get("PaginationToken")
    devices = [models.device_of(device) for device in reply["Devices"]]
    return Page(devices, cursor.encode([rest], *binding) if rest else None)


@endpoint(status=204, body=DeviceConfirmation, raises=(rules.DeviceRefused, errors.TooManyRequests))
def confirm_device(request: Request[DeviceConfirmation, None]) -> None:
    """Confirms the device of `newDevice`, so that its session can be refreshed with `deviceKey`.

    The device makes a secret and keeps it; what is sent are its `salt` and `passwordVerifier` (SRP,
    as libraries for Cognito make them from `deviceKey` and `deviceGroupKey`). They are set once.
    With `remember` the device then signs in without the second factor: ask its owner first. Send it
    again to try again, or to change `remember`; of a confirmed device nothing else is changed.
    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
    """
    sent = request.body
    device = {"AccessToken": request.caller.token, "DeviceKey": request.path["deviceKey"]}
    proof = {"PasswordVerifier": sent.password_verifier, "Salt": sent.salt}
    with suppress(rules.DeviceKnown), _refused_as(rules.CONFIRM_DEVICE):
        cognito.call(
            "ConfirmDevice", **device, DeviceName=sent.name, DeviceSecretVerifierConfig=proof
        )
    status = "remembered" if sent.remember else "not_remembered"
    with _refused_as(rules.CONFIRM_DEVICE):
        cognito.call("UpdateDeviceStatus", **device, DeviceRememberedStatus=status)


@endpoint(status=204, raises=(errors.TooManyRequests,))
def forget_device(request: Request[None, None]) -> None:
    """Forgets a device of the caller: its session is refreshed no more, and its next sign-in is
    that of a new device.

    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgetDevice.html
    """
    with _refused_as(rules.FORGET_DEVICE):
        cognito.call(
            "ForgetDevice",
            AccessToken=request.caller.token,
            DeviceKey=request.path["deviceKey"],
        )


sign_in = by_route(
    {
        "POST /v1/auth/signup": sign_up,
        "POST /v1/auth/confirm": confirm_sign_up,
        "POST /v1/auth/resend-code": resend_code,
        "POST /v1/auth/login": start_login,
        "POST /v1/auth/challenge": answer_challenge,
        "POST /v1/auth/token": exchange_code,
        "POST /v1/auth/refresh": refresh_session,
        "POST /v1/auth/forgot-password": forgot_password,
        "POST /v1/auth/reset-password": reset_password,
        "POST /v1/auth/logout": logout,
    }
)

account_settings = by_route(
    {
        "POST /v1/auth/change-password": change_password,
        "POST /v1/auth/mfa/totp": set_up_totp,
        "PUT /v1/auth/mfa/totp": confirm_totp,
        "DELETE /v1/auth/mfa/totp": disable_totp,
        "GET /v1/auth/devices": list_devices,
        "PUT /v1/auth/devices/{deviceKey}": confirm_device,
        "DELETE /v1/auth/devices/{deviceKey}": forget_device,
    }
)


def _set_totp(request: Request[Any, None], **preference: bool) -> None:
    with _refused_as(rules.OWN):
        cognito.call(
            "SetUserMFAPreference",
            AccessToken=request.caller.token,
            SoftwareTokenMfaSettings=preference,
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


def _send_code(request: Request[Any, None], operation: str, failed_before: str = "") -> None:
    """Asks Cognito to mail a code; whether it does is for the log and the metric alone."""
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
        if {failed_before, str(not_sent)} & {*rules.MAIL_FAILURES}:
            log.count("CodesNotSent")


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
