"""Decisions about accounts of the user pool; no I/O."""

from typing import Any

from artisthub.shared import cognito, errors, validation
from artisthub.shared.address import Address

Event = dict[str, Any]


class Refused(Exception):
    """The user pool must not do this. Its text is shown to the caller of Cognito."""


class SignUpRefused(Refused):
    """The sign-up breaks a rule. The hosted page shows the text; the API reveals nothing."""


def ensure_address(email: str) -> None:
    """Raise SignUpRefused unless signUp would accept the address too."""
    try:
        validation.convert({"email": email}, Address)
    except errors.Invalid:
        raise SignUpRefused("This is not an e-mail address that ArtistHub accepts.") from None


def is_change_of_address(event: Event) -> bool:
    """Whether Cognito is about to mail a code to a new address of an account."""
    sources = ("CustomMessage_UpdateUserAttribute", "CustomMessage_VerifyUserAttribute")
    return event["triggerSource"] in sources


def is_self_service(event: Event) -> bool:
    """Whether a person signs up. Operators create accounts by their own rules."""
    return bool(event["triggerSource"] == "PreSignUp_SignUp")


def password_follows(event: Event) -> bool:
    """Whether the password of the sign-up must not work: its owner sets another one.

    That is with the code in confirmSignUp, or by a reset after confirmUser.
    """
    metadata = event["request"].get("clientMetadata") or {}
    return metadata.items() >= cognito.PASSWORD_FOLLOWS.items()
