"""The password policy, and the answers that stand for Cognito's errors.

Only Cognito's error codes decide. Codes that would reveal whether an account exists become the same
answer.
"""

import re
from _blake2 import blake2b  # importing it from hashlib costs 5 ms

from artisthub.shared import cursor, errors

Refusals = dict[str, type[Exception]]

SIGN_IN_IS_RECENT = 15 * 60  # seconds

# Characters for regular expression classes. Cognito also accepts a space as a symbol. It does not
# count here, so that this policy is never weaker than the user pool's.
# https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
NEEDED = {
    "a lower-case letter": "a-z",
    "an upper-case letter": "A-Z",
    "a digit": "0-9",
    "a symbol such as ! ? # - _": r"""$^*.\[\]{}()?\-"!@#%&/\\,><':;|_~`+=""",
}
MIN_PASSWORD, MAX_PASSWORD = 12, 256
# No spaces at either end (Cognito refuses them), no line breaks, one character of each kind.
PASSWORD = r"^(?!\s)(?!.*\s$)" + "".join(f"(?=.*[{kind}])" for kind in NEEDED.values()) + ".+$"


def password_faults(password: str) -> str:
    """All faults of a password in words, or an empty text."""
    faults = []
    if len(password) < MIN_PASSWORD:
        faults.append(f"must be at least {MIN_PASSWORD} characters long")
    if len(password) > MAX_PASSWORD:
        faults.append(f"must be at most {MAX_PASSWORD} characters long")
    missing = [words for words, kind in NEEDED.items() if not re.search(f"[{kind}]", password)]
    if missing:
        faults.append("must have " + ", ".join(missing))
    if password != password.strip() or "\n" in password:
        faults.append("must not begin or end with spaces or contain line breaks")
    return "; ".join(faults)


def ensure_recent_sign_in(signed_in_at: float, now: float) -> None:
    """Raise RecentSignInRequired, so that a stolen token cannot take over the account.

    Cognito itself asks only for a token before it changes the second factor. A sign-in proves the
    password and the second factor (compare RFC 9470).
    """
    if now - signed_in_at > SIGN_IN_IS_RECENT:
        raise RecentSignInRequired


def decoy_of(email: str) -> str:
    """A name without an account, always the same one for this address.

    No operation and no sign-up accepts an address in .invalid, so nobody can create its account or
    compare its challenge with another one. Its length does not depend on the address, because
    Cognito's names have at most 128 characters.
    """
    return f"{blake2b(email.encode(), digest_size=16).hexdigest()}@decoy.invalid"


def mail_to_former(email: str) -> tuple[str, str]:
    """Subject and text for the former address, with only the domain and first letter of the new."""
    name, _, domain = email.rpartition("@")
    text = (
        f"Your ArtistHub account now has the e-mail address {name[0]}***@{domain}. All its "
        "sessions have ended.\n\nIf you did not change the address, somebody else had access to "
        "your account. Contact ArtistHub at once."
    )
    return "Your e-mail address was changed", text


def ensure_callback(redirect_uri: str, callback_urls: list[str]) -> None:
    if redirect_uri not in callback_urls:
        raise RedirectUriUnknown


class PasswordRefused(errors.Invalid):
    detail = "The password does not meet the rules or was used before. Choose another one."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/password", "detail": "is not accepted"}])


class EmailRefused(errors.Invalid):
    detail = "Mail cannot be sent to this address. Use another e-mail address."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/email", "detail": "is not accepted"}])


class CodeInvalid(errors.Invalid):
    detail = "The code is wrong or no longer valid. Request a new one."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/code", "detail": "is wrong or no longer valid"}])


class SrpInvalid(errors.Invalid):
    detail = "`srpA` is not a valid A of SRP. Compute a new one with an SRP library."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/srpA", "detail": "is not a valid A of SRP"}])


class RefreshTokenInvalid(errors.Invalid):
    detail = "This is not a refresh token of this service. Send the one from the sign-in."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/refreshToken", "detail": "is not accepted"}])


class PreviousPasswordWrong(errors.Invalid):
    detail = "The previous password is wrong. If you forgot it, call forgotPassword."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/previousPassword", "detail": "is wrong"}])


class RedirectUriUnknown(errors.Invalid):
    detail = "`redirectUri` is not a callback URL of this service. Send a registered one."

    def __init__(self) -> None:
        super().__init__(
            errors=[{"pointer": "/redirectUri", "detail": "is not a registered callback URL"}]
        )


class TotpNotConfirmed(errors.Invalid):
    detail = "The code does not match the secret of setUpTotp, or was used. Send the next one."

    def __init__(self) -> None:
        super().__init__(errors=[{"pointer": "/code", "detail": "is wrong or was already used"}])


class DeviceRefused(errors.Invalid):
    detail = "Cognito refused the device key, `passwordVerifier` or `salt`. Compute them again."


class SignInFailed(errors.Unauthorized):
    detail = "The e-mail address or password is wrong, or the account cannot sign in."


class TotpCodeInvalid(errors.Unauthorized):
    detail = "The code of the authenticator app is wrong or was already used. Use the next one."


class AuthorizationCodeInvalid(errors.Unauthorized):
    detail = (
        "The code is wrong, expired or already used, or it does not match `codeVerifier` and "
        "`redirectUri`. Sign in again."
    )


class RecentSignInRequired(errors.Unauthorized):
    detail = (
        "This needs a sign-in within the last 15 minutes. Sign in again; refreshing the session is "
        "not enough."
    )


class SessionEnded(errors.Unauthorized):
    detail = (
        "The session has ended, or its device was never confirmed or was forgotten. Sign in again."
    )


def session_ended(device_key: str | None) -> SessionEnded:
    """SessionEnded with a hint if the client sent no `deviceKey`. Cognito does not say why."""
    if device_key:
        return SessionEnded()
    return SessionEnded(
        "The session has ended, or its `deviceKey` is missing. Send it or sign in again.",
        [{"pointer": "/deviceKey", "detail": "is required if the session belongs to a device"}],
    )


class DeviceKnown(Exception):
    """The device already has a verifier. Callers get no error, because a retry may cause it."""


class CodeNotSent(Exception):
    """No code was mailed. Callers are not told, because it would reveal who has an account."""


_ACCOUNT_STATES = (
    "NotAuthorizedException",
    "UserNotFoundException",
    "UserNotConfirmedException",
    "PasswordResetRequiredException",
)
# Limits that Cognito counts for existing accounts only.
_ACCOUNT_LIMITS = ("LimitExceededException", "TooManyFailedAttemptsException")

# Cognito could not mail a code: its sender or SES refused. The limit of Cognito's own sender has
# the same code as an account's limit.
MAIL_FAILURES = (
    "CodeDeliveryFailureException",
    "InvalidEmailRoleAccessPolicyException",
    "LimitExceededException",
)

SIGN_UP: Refusals = {
    "UsernameExistsException": CodeNotSent,
    # The trigger refused a rule of sign-up that this API did not: a suspended address.
    "UserLambdaValidationException": CodeNotSent,
    **dict.fromkeys(MAIL_FAILURES, CodeNotSent),
    "InvalidPasswordException": PasswordRefused,
    "InvalidParameterException": EmailRefused,
}
SEND_CODE: Refusals = dict.fromkeys(
    (
        *_ACCOUNT_STATES,
        *_ACCOUNT_LIMITS,
        *MAIL_FAILURES,
        # The account is already confirmed or has no verified address.
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
    # The trigger failed after the code was used. The person asks for another one.
    **dict.fromkeys(("UserLambdaValidationException", "UnexpectedLambdaException"), errors.Busy),
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
# Means a forgotten device if a device key was sent, and a missing app client otherwise.
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
# For calls with the caller's own token: an invalid token and an account's limit may be told, since
# only the owner sees them.
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
    # Cognito answers unauthorized_client if the code belongs to another URL.
    ("invalid_grant", "invalid_request", "unauthorized_client"),
    AuthorizationCodeInvalid,
)
CHANGE_EMAIL: Refusals = {
    **dict.fromkeys((*MAIL_FAILURES, "AliasExistsException"), CodeNotSent),
    **OWN,
    "InvalidParameterException": EmailRefused,
}
CONFIRM_EMAIL: Refusals = {**USE_CODE, **OWN}
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
