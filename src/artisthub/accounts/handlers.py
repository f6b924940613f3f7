"""Accounts: sign-up, sign-in, passwords, second factor and devices.

Clients call these operations instead of Cognito, because the app client's secret stays in the
service and the responses must not reveal who has an account.
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
    EmailConfirmation,
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
from artisthub.shared import aws_json, cognito, cursor, errors, limits, log
from artisthub.shared.address import Address, mailbox
from artisthub.shared.endpoint import Request, by_route, endpoint
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEVICES = 60  # limit of Cognito's ListDevices


@endpoint(
    status=202,
    body=NewAccount,
    public=True,
    limit="mails",
    raises=(rules.PasswordRefused, rules.EmailRefused, errors.TooManyRequests),
)
def sign_up(request: Request[NewAccount, None]) -> NextStep:
    """Create an account and mail a code for confirmSignUp.

    Public. `email` has at most 254 characters and is not case-sensitive. `password` has 12 to 256
    characters, with a lower-case letter, an upper-case letter, a digit and a symbol, and no spaces
    at either end. It is used exactly as sent. The response is the same for every address. If it has
    a confirmed account, that does not change. If it has an account that nobody has confirmed, this
    sign-up replaces it, and earlier codes stop working.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
    """
    account = request.body
    _send_code(
        request,
        "SignUp",
        rules.SIGN_UP,
        Password=account.password,
        UserAttributes=[{"Name": "email", "Value": account.email}],
    )
    return NextStep("confirm")


@endpoint(
    status=204,
    body=Confirmation,
    public=True,
    limit="signIn",
    raises=(rules.CodeInvalid, rules.PasswordRefused, errors.TooManyRequests),
)
def confirm_sign_up(request: Request[Confirmation, None]) -> None:
    """Confirm an account with the mailed code, so that it can sign in.

    Public. Always send `password`, the one that this person chose. It becomes the password of the
    account, even if someone else has signed up with the address since. Without it, the account has
    the password of the latest sign-up. CodeInvalid means a wrong code, a code older than 24 hours
    or of an earlier sign-up, an address without an account, an account that is already confirmed,
    or too many wrong tries.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
    """
    sent = request.body
    told = {"ClientMetadata": cognito.PASSWORD_FOLLOWS} if sent.password else {}
    with _refused_as(rules.USE_CODE):
        cognito.call_as_client(
            "ConfirmSignUp", sent.email, Username=sent.email, ConfirmationCode=sent.code, **told
        )
    if sent.password:
        with _refused_as(rules.USE_CODE):
            cognito.set_password(sent.email, sent.password)
    log.count("SignUps")


@endpoint(status=202, body=Address, public=True, limit="mails", raises=(errors.TooManyRequests,))
def resend_code(request: Request[Address, None]) -> NextStep:
    """Mail a new code for confirmSignUp.

    Public. A code is mailed only if the address has an unconfirmed account. The response is
    always the same.
    """
    _send_code(request, "ResendConfirmationCode", rules.SEND_CODE)
    return NextStep("confirm")


@endpoint(
    body=Login,
    public=True,
    limit="signIn",
    raises=(rules.SignInFailed, rules.SrpInvalid, errors.TooManyRequests),
)
def start_login(request: Request[Login, None]) -> Challenge:
    """Start a sign-in with SRP.

    Public. The password never leaves the client. `srpA` is the client's A in hexadecimal. Send
    `deviceKey` if confirmDevice confirmed this device before. The response is the challenge
    PASSWORD_VERIFIER; send its answer with answerChallenge within 3 minutes. SRP libraries for
    Cognito read its `parameters`. An address that cannot sign in gets a challenge that no password
    solves.
    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
    """
    login = request.body
    _count_sign_in(request, login.email)
    # Cognito answers unknown addresses with a challenge, but refuses unconfirmed and disabled
    # accounts. So these get the challenge of a decoy. Every sign-in asks for it, so that all take
    # equally long.
    real, decoy = (_challenge(login, name) for name in (login.email, rules.decoy_of(login.email)))
    if challenge := real or decoy:
        return challenge
    raise rules.SignInFailed


@endpoint(
    body=ChallengeAnswer,
    public=True,
    limit="signIn",
    raises=(rules.SignInFailed, rules.TotpCodeInvalid, errors.TooManyRequests),
)
def answer_challenge(request: Request[ChallengeAnswer, None]) -> Step:
    """Answer a sign-in challenge, and get tokens or the next challenge.

    Public. The challenge comes from startLogin or from this operation. `username` is USERNAME in
    the challenge's `parameters`; send it in every later step. SOFTWARE_TOKEN_MFA asks for the code
    of the authenticator app. DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER ask for the proof of a
    remembered device. `expiresIn` is in seconds. A sign-in without `deviceKey` returns `newDevice`.
    Confirm it with confirmDevice; otherwise this session cannot be refreshed. SignInFailed means a
    wrong password, an unknown, unconfirmed or disabled account, an expired challenge, or a
    forgotten device. If you sent `deviceKey`, try again without it.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
    """
    answer = request.body
    _count_sign_in(request, answer.username)
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
    limit="signIn",
    raises=(rules.AuthorizationCodeInvalid, rules.RedirectUriUnknown, errors.TooManyRequests),
)
def exchange_code(request: Request[AuthorizationCode, None]) -> SignedIn:
    """Exchange an authorization code of the hosted UI for tokens.

    Public. `redirectUri` is the callback URL that received the code. `codeVerifier` is the secret
    whose S256 challenge the client sent to the hosted UI, with the scopes openid and
    aws.cognito.signin.user.admin. A code is valid once, for 5 minutes. To refresh the tokens, call
    refreshSession with the access token's `sub` as `username`. Send no `deviceKey` unless the
    access token has the claim `device_key`, because the hosted UI registers no device.
    Source: https://datatracker.ietf.org/doc/html/rfc7636
    """
    grant = request.body
    rules.ensure_callback(grant.redirect_uri, settings.CALLBACK_URLS.split(","))
    with _refused_as(rules.EXCHANGE_CODE):
        reply = cognito.exchange_code(
            code=grant.code, code_verifier=grant.code_verifier, redirect_uri=grant.redirect_uri
        )
    return SignedIn(models.oauth_tokens_of(reply))


@endpoint(
    body=Refresh, public=True, limit="signIn", raises=(rules.SessionEnded, errors.TooManyRequests)
)
def refresh_session(request: Request[Refresh, None]) -> SignedIn:
    """Exchange a refresh token for new access and ID tokens.

    Public. A refresh token is valid for 30 days after the sign-in. `username` is the access token's
    `sub`. `deviceKey` is the key that the sign-in sent, or the key of its `newDevice` after
    confirmDevice. A session of exchangeCode has none. SessionEnded means an expired or revoked
    token, a missing or wrong `deviceKey`, or a device that was never confirmed or was forgotten.
    Cognito does not tell them apart.
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
    """End one session or all sessions of the caller.

    `refreshToken` ends its session; `everywhere` ends all sessions. Refresh tokens stop working at
    once. Cognito then refuses the access tokens, but this API accepts them until they expire, after
    at most an hour.
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


@endpoint(status=202, body=Address, public=True, limit="mails", raises=(errors.TooManyRequests,))
def forgot_password(request: Request[Address, None]) -> NextStep:
    """Mail a code for resetPassword.

    Public. A code is mailed only if the address has a confirmed account. The response is always
    the same.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html
    """
    _send_code(request, "ForgotPassword", rules.SEND_CODE)
    return NextStep("reset")


@endpoint(
    status=204,
    body=NewPassword,
    public=True,
    limit="signIn",
    raises=(rules.CodeInvalid, rules.PasswordRefused, errors.TooManyRequests),
)
def reset_password(request: Request[NewPassword, None]) -> None:
    """Set a new password with the code from forgotPassword.

    Public. The rules for the password are those of signUp. All sessions of the account end, its
    second factor is turned off and its devices are forgotten. CodeInvalid means a wrong code, a
    code older than an hour, an address without an account, or too many wrong tries.
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
    """Change the caller's password.

    The rules for the new password are those of signUp. Both passwords are sent as they are, over
    TLS, because Cognito has no SRP for this call. They are never stored. Sessions stay signed in.
    To end them, call logout with `everywhere`.
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
        # Cognito has the same code for an ended session. This call tells them apart.
        cognito.email_of(request.caller.token)
        raise


@endpoint(
    status=202,
    body=Address,
    limit="mails",
    raises=(rules.RecentSignInRequired, rules.EmailRefused, errors.TooManyRequests),
)
def change_email(request: Request[Address, None]) -> NextStep:
    """Mail a code to another e-mail address, which becomes the caller's with confirmEmail.

    The caller must have signed in within the last 15 minutes. Until the code is confirmed, the
    account keeps its address. The rules for the address are those of signUp. The response is the
    same for every address, but no code is mailed to one that has an account.
    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
    """
    from artisthub.closed import repository as closed

    caller, email = request.caller, request.body.email
    rules.ensure_recent_sign_in(caller.signed_in_at, time.time())
    limits.spend_account("mails", caller.user_id)
    limits.spend_account("mails", mailbox(email))
    if not closed.is_suspended_address(email):
        closed.expect_address(caller.user_id)
        attributes = [{"Name": "email", "Value": email}]
        with _mailing(request, rules.CHANGE_EMAIL):
            cognito.call(
                "UpdateUserAttributes", AccessToken=caller.token, UserAttributes=attributes
            )
    return NextStep("confirm")


@endpoint(
    status=204,
    body=EmailConfirmation,
    limit="signIn",
    raises=(rules.CodeInvalid, errors.TooManyRequests),
)
def confirm_email(request: Request[EmailConfirmation, None]) -> None:
    """Confirm the new e-mail address with the code from changeEmail.

    The caller then signs in with the new address. All sessions end, also this one, and the former
    address gets an e-mail about the change. CodeInvalid means a wrong code, a code older than 24
    hours or of an earlier changeEmail, or an address that got an account in the meantime.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html
    """
    from artisthub.users import repository as users

    user_id, token = request.caller.user_id, request.caller.token
    former = cognito.email_of(token)
    with _refused_as(rules.CONFIRM_EMAIL):
        cognito.call(
            "VerifyUserAttribute", AccessToken=token, AttributeName="email", Code=request.body.code
        )
    email = cognito.email_of(token)
    with _refused_as(rules.OWN):
        cognito.call("GlobalSignOut", AccessToken=token)
    users.refuse_older_tokens(user_id, int(time.time()))
    users.follow_address(user_id, email)
    _tell_former(former, email)


@endpoint(raises=(rules.RecentSignInRequired, errors.TooManyRequests))
def set_up_totp(request: Request[None, None]) -> TotpSecret:
    """Create a secret for the caller's authenticator app.

    It becomes the second factor with confirmTotp. The caller must have signed in within the last 15
    minutes. If the caller already has a second factor, confirm the new one at once: Cognito may no
    longer accept the old one.
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
    """Turn on the second factor with the secret from setUpTotp.

    Each sign-in then asks for a code. `code` is the one that the authenticator app shows now.
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
    """Turn off the second factor.

    The caller then signs in with the password alone. The caller must have signed in, with the
    second factor, within the last 15 minutes.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html
    """
    rules.ensure_recent_sign_in(request.caller.signed_in_at, time.time())
    _set_totp(request, Enabled=False, PreferredMfa=False)


@endpoint(query=DeviceQuery, raises=(errors.TooManyRequests,))
def list_devices(request: Request[None, DeviceQuery]) -> Page[Device]:
    """List the caller's confirmed devices.

    A page has at most 60 devices.
    Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html
    """
    query = request.query
    binding = ("listDevices", request.caller.user_id)
    start = {}
    if query.cursor:
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
    """Confirm the device of a new sign-in, so that its session can be refreshed.

    The device comes from `newDevice` of answerChallenge. It creates a secret and keeps it. An SRP
    library for Cognito computes `salt` and `passwordVerifier` from the secret, `deviceKey` and
    `deviceGroupKey`. They are set once. With `remember`, the device signs in without the second
    factor, so ask its owner first. A repeated call is safe; on a confirmed device it changes only
    `remember`.
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
    """Forget a device of the caller.

    Its session can no longer be refreshed, and its next sign-in is that of a new device.
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
        "POST /v1/auth/email": change_email,
        "PUT /v1/auth/email": confirm_email,
        "POST /v1/auth/mfa/totp": set_up_totp,
        "PUT /v1/auth/mfa/totp": confirm_totp,
        "DELETE /v1/auth/mfa/totp": disable_totp,
        "GET /v1/auth/devices": list_devices,
        "PUT /v1/auth/devices/{deviceKey}": confirm_device,
        "DELETE /v1/auth/devices/{deviceKey}": forget_device,
    }
)


def _count_sign_in(request: Request[Any, None], account: str) -> None:
    """Count a try for the account. Raises TooManyRequests.

    Each client address has its own count, so that a stranger's tries do not lock the owner out.
    """
    client = limits.network_of(limits.client_of(request.event))
    limits.spend_account("signIn", f"{account} {client}")


def _set_totp(request: Request[Any, None], **preference: bool) -> None:
    with _refused_as(rules.OWN):
        cognito.call(
            "SetUserMFAPreference",
            AccessToken=request.caller.token,
            SoftwareTokenMfaSettings=preference,
        )


def _challenge(login: Login, username: str) -> Challenge | None:
    """Cognito's challenge, or None if it refuses a sign-in with this name."""
    refusals = rules.START_LOGIN | (rules.DEVICE if login.device_key else {})
    with suppress(rules.SignInFailed), _refused_as(refusals):
        reply = cognito.call_as_client(
            "InitiateAuth",
            username,
            AuthFlow="USER_SRP_AUTH",
            AuthParameters=models.to_cognito(login) | {"USERNAME": username},
        )
        return models.challenge_of(reply)
    return None


def _send_code(
    request: Request[Any, None], operation: str, refusals: rules.Refusals, **parameters: Any
) -> None:
    """Ask Cognito to mail a code, by one call, so that each address takes as long."""
    email = request.body.email
    limits.spend_account("mails", mailbox(email))
    with _mailing(request, refusals):
        cognito.call_as_client(operation, email, Username=email, **parameters)


@contextmanager
def _mailing(request: Request[Any, None], refusals: rules.Refusals) -> Iterator[None]:
    """Mail a code. Only the log and the metric say whether Cognito did."""
    try:
        with _refused_as(refusals):
            yield
    except rules.CodeNotSent as not_sent:
        log.line(
            level="info",
            operation=request.spec.name,
            requestId=request.event["requestContext"]["requestId"],
            codeNotSent=str(not_sent),
        )
        if str(not_sent) in rules.MAIL_FAILURES:
            log.count("CodesNotSent")


def _tell_former(former: str, email: str) -> None:
    """Tell the former address of the change. The change stands if no e-mail can be sent."""
    from artisthub.shared import mail

    if former == email or not settings.SENDER_ADDRESS:
        return
    subject, text = rules.mail_to_former(email)
    try:
        mail.send(to=former, subject=subject, text=text)
    except (mail.Refused, aws_json.AwsError, errors.Problem) as fault:
        log.line(
            level="error",
            operation="confirmEmail",
            code="MailRefused",
            awsError=log.aws_error(fault),
        )
        log.count("MailsRefused")


@contextmanager
def _refused_as(refusals: rules.Refusals) -> Iterator[None]:
    """Replace Cognito's error by the exception for its code, if there is one."""
    try:
        yield
    except aws_json.AwsError as refused:
        exception = refusals.get(refused.code)
        if exception is None:
            raise
        is_told = issubclass(exception, errors.Problem)
        raise (exception() if is_told else exception(refused.code)) from None


cognito.connect()
