"""What a password must have, and how Cognito's refusals read to a caller.

Refusals are told apart by Cognito's error codes alone. Where codes differ between an account that
exists and one that does not, they become the same answer here.
"""

import re

from artisthub.shared import cursor, errors

Refusals = dict[str, type[Exception]]

SIGN_IN_IS_RECENT = 15 * 60  # seconds

# Characters of regular expression classes. Cognito takes a space inside a password for a symbol
# too; it is no symbol here, so that this policy is never looser than any pool's.
# https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
NEEDED = {
    "a lower-case letter": "a-z",
    "an upper-case letter": "A-Z",
    "a digit": "0-9",
    "a symbol such as ! ? # - _": r"""$^*.\[\]{}()?\-"!@#%&/\\,><':;|_~`+=""",
}
MIN_PASSWORD, MAX_PASSWORD = 12, 256
# No blanks at either end (Cognito refuses them), no line breaks, one of each kind.
PASSWORD = r"^(?!\s)(?!.*\s$)" + "".join(f"(?=.*[{kind}])" for kind in NEEDED.values()) + ".+$"


def password_faults(password: str) -> str:
    """Everything that is wrong with a password, in words; empty if nothing is."""
    faults = []
    if len(password) < MIN_PASSWORD:
        faults.append(f"must be at least {MIN_PASSWORD} characters long")
    if len(password) > MAX_PASSWORD:
        faults.append(f"must be at most {MAX_PASSWORD} characters long")
    missing = [words for words, kind in NEEDED.items() if not re.search(f"[{kind}]", password)]
    if missing:
        faults.append("must have " + ", ".join(missing))
    if password != password.strip() or "\n" in password:
        faults.append("must not begin or end with blanks, nor have line breaks")
    return "; ".join(faults)


def ensure_recent_sign_in(signed_in_at: float, now: float) -> None:
    """Whoever took over a session must not take over its account, nor lock its owner out.

    A sign-in proves password and second factor; Cognito itself asks for nothing more than a token
    before it changes the second factor (compare RFC 9470).
    """
    if now - signed_in_at > SIGN_IN_IS_RECENT:
        raise RecentSignInRequired


def ensure_callback(redirect_uri: str, callback_urls: list[str]) -> None:
    if redirect_uri not in callback_urls:
        raise RedirectUriUnknown


class PasswordRefused(errors.Invalid):
    detail = "Choose another password."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/password", "detail": "is not accepted"}])


class EmailRefused(errors.Invalid):
    detail = "This is not an address that mail can be sent to."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/email", "detail": "is not accepted"}])


class CodeInvalid(errors.Invalid):
    detail = "The code is wrong or no longer valid: ask for a new one."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/code", "detail": "is wrong or no longer valid"}])


class SrpInvalid(errors.Invalid):
    detail = "This value of A is not one of the SRP protocol."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/srpA", "detail": "is not a valid A"}])


class RefreshTokenInvalid(errors.Invalid):
    detail = "This is not a refresh token of this service."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/refreshToken", "detail": "is not accepted"}])


class PreviousPasswordWrong(errors.Invalid):
    detail = "The previous password is wrong."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/previousPassword", "detail": "is wrong"}])


class RedirectUriUnknown(errors.Invalid):
    detail = "This is no callback URL of this service."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/redirectUri", "detail": "is no callback URL"}])


class TotpNotConfirmed(errors.Invalid):
    detail = "The code is not one of the secret that setUpTotp gave, or was used before."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/code", "detail": "is wrong or was used before"}])


class DeviceRefused(errors.Invalid):
    detail = "Cognito does not take this device key, verifier or salt."


class SignInFailed(errors.Unauthorized):
    detail = "The e-mail address or password is wrong, or the account cannot sign in."


class TotpCodeInvalid(errors.Unauthorized):
    detail = "The code of the authenticator app is wrong or was used before."


class AuthorizationCodeInvalid(errors.Unauthorized):
    detail = "The code is wrong, too old or used, or not for this verifier and URL: sign in again."


class RecentSignInRequired(errors.Unauthorized):
    detail = "This needs a sign-in of the last 15 minutes: sign in again, a refresh is not enough."


class SessionEnded(errors.Unauthorized):
    detail = (
        "The session has ended, or its device was not confirmed or was forgotten: sign in again."
    )


def session_ended(device_key: str | None) -> SessionEnded:
    """Says more where a client forgot `deviceKey`: Cognito's own answer is always the same."""
    if device_key:
        return SessionEnded()
    return SessionEnded(
        "The session has ended, or is one of a device: send its deviceKey, or sign in again.",
        [{"pointer": "/deviceKey", "detail": "is required for the session of a device"}],
    )


class DeviceKnown(Exception):
    """The device has a verifier already; never told, since it is what a retry wants."""


class CodeNotSent(Exception):
    """No mail went out; never told to a caller, whom it would tell who has an account."""


_ACCOUNT_STATES = (
    "NotAuthorizedException",
    "UserNotFoundException",
    "UserNotConfirmedException",
    "PasswordResetRequiredException",
)
# Limits that Cognito keeps for each account, and for none that does not exist.
_ACCOUNT_LIMITS = ("LimitExceededException", "TooManyFailedAttemptsException")

# Cognito wanted to mail a code and could not: its sender, or SES, does not take it. Of the limits,
# the one of Cognito's own sender has the code of an account's own.
MAIL_FAILURES = (
    "CodeDeliveryFailureException",
    "InvalidEmailRoleAccessPolicyException",
    "LimitExceededException",
)

SIGN_UP: Refusals = {
    "UsernameExistsException": CodeNotSent,
    **dict.fromkeys(MAIL_FAILURES, CodeNotSent),
    "InvalidPasswordException": PasswordRefused,
    "InvalidParameterException": EmailRefused,
}
SEND_CODE: Refusals = dict.fromkeys(
    (
        *_ACCOUNT_STATES,
        *_ACCOUNT_LIMITS,
        *MAIL_FAILURES,
        # Confirmed already, or without a verified address.
        "InvalidParameterException",
    ),
    CodeNotSent,
)
USE_CODE: Refusals = {
    **dict.fromkeys(
        (
            *_ACCOUNT_STATES,
            *_ACCOUNT_LIMITS,
            "CodeMismatchException",
            "ExpiredCodeException",
            "AliasExistsException",
            "InvalidParameterException",
        ),
        CodeInvalid,
    ),
    "InvalidPasswordException": PasswordRefused,
}
START_LOGIN: Refusals = {
    **dict.fromkeys(_ACCOUNT_STATES, SignInFailed),
    "InvalidParameterException": SrpInvalid,
}
ANSWER: Refusals = {
    **dict.fromkeys(_ACCOUNT_STATES, SignInFailed),
    "InvalidParameterException": SignInFailed,
    "SoftwareTokenMFANotFoundException": SignInFailed,
    "CodeMismatchException": TotpCodeInvalid,
    "ExpiredCodeException": TotpCodeInvalid,
}
# Cognito's word for a device that was forgotten; without a device, for a missing client.
DEVICE: Refusals = {"ResourceNotFoundException": SignInFailed}
REFRESH: Refusals = dict.fromkeys((*_ACCOUNT_STATES, "InvalidParameterException"), SessionEnded)
REVOKE: Refusals = dict.fromkeys(
    (
        "InvalidParameterException",
        "UnauthorizedException",
        "UnsupportedTokenTypeException",
    ),
    RefreshTokenInvalid,
)
# What a caller does for itself: Cognito no longer takes its token, or tells it to slow down, which
# tells nobody else anything.
OWN: Refusals = {
    **dict.fromkeys(_ACCOUNT_STATES, errors.Unauthorized),
    **dict.fromkeys(_ACCOUNT_LIMITS, errors.TooManyRequests),
}
CHANGE_PASSWORD: Refusals = {
    **OWN,
    "NotAuthorizedException": PreviousPasswordWrong,
    "InvalidPasswordException": PasswordRefused,
    "PasswordHistoryPolicyViolationException": PasswordRefused,
    "InvalidParameterException": PasswordRefused,
}
EXCHANGE_CODE: Refusals = dict.fromkeys(
    # Of a URL that the code is not for Cognito says that the client is not authorised.
    ("invalid_grant", "invalid_request", "unauthorized_client"),
    AuthorizationCodeInvalid,
)
SET_UP_TOTP: Refusals = {**OWN, "ConcurrentModificationException": errors.Busy}
CONFIRM_TOTP: Refusals = {
    **OWN,
    "CodeMismatchException": TotpNotConfirmed,
    "EnableSoftwareTokenMFAException": TotpNotConfirmed,
    "InvalidParameterException": TotpNotConfirmed,
}
LIST_DEVICES: Refusals = {**OWN, "InvalidParameterException": cursor.BadCursor}
CONFIRM_DEVICE: Refusals = {
    **OWN,
    "ResourceNotFoundException": errors.NotFound,
    "DeviceKeyExistsException": DeviceKnown,
    "InvalidParameterException": DeviceRefused,
    "InvalidPasswordException": DeviceRefused,
}
FORGET_DEVICE: Refusals = {
    **OWN,
    "ResourceNotFoundException": errors.NotFound,
    "InvalidParameterException": errors.NotFound,
}
