from typing import Any

import msgspec
import pytest

from artisthub.accounts.models import (
    ChallengeAnswer,
    Login,
    Logout,
    PasswordVerifier,
    SoftwareToken,
)
from artisthub.shared import errors, validation
from artisthub.shared.address import Address

PROOF = {
    "challenge": "PASSWORD_VERIFIER",
    "username": "sub-1",
    "secretBlock": "c2VjcmV0",
    "signature": "c2lnbmVk",
    "timestamp": "Sun Nov 22 16:54:00 UTC 2026",
}


def read(document: Any, shape: Any) -> Any:
    return validation.read(msgspec.json.encode(document), shape)


def pointers(document: Any, shape: Any) -> list[str]:
    with pytest.raises(errors.Invalid) as invalid:
        read(document, shape)
    return [error["pointer"] for error in invalid.value.errors or []]


@pytest.mark.parametrize(
    "email", ["maya@example.com", "m.a+y_a@mail.example.co.in", "o'neil@example.com"]
)
def test_an_email_address_is_stored_in_lower_case(email: str) -> None:
    assert read({"email": f"  {email.upper()} "}, Address) == Address(email)


@pytest.mark.parametrize(
    "email",
    [
        "maya",
        "maya@example",
        "maya@@example.com",
        "maya@example..com",
        "maya@-example.com",
        "maya@example.com\nbcc: all@example.com",
        "<maya@example.com>",
        "m" * 250 + "@example.com",
    ],
)
def test_an_invalid_email_address_is_refused(email: str) -> None:
    assert pointers({"email": email}, Address) == ["/email"]


def test_the_challenge_selects_the_shape_of_the_answer() -> None:
    totp = {
        "challenge": "SOFTWARE_TOKEN_MFA",
        "username": "u",
        "session": "session-of-20-characters",
        "code": "123456",
    }

    assert isinstance(read(PROOF, ChallengeAnswer), PasswordVerifier)
    assert isinstance(read(totp, ChallengeAnswer), SoftwareToken)


def test_a_null_session_is_read_as_none() -> None:
    assert read(PROOF | {"session": None}, ChallengeAnswer).session is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timestamp", "2026-11-22T16:54:00Z"),
        ("timestamp", "Sun Nov 22 16:54:00 IST 2026"),
        ("signature", "not base 64"),
        ("secretBlock", "A" * 8_193),
        ("username", "two words"),
        ("deviceKey", "no key"),
        ("password", "never sent here"),
    ],
)
def test_a_malformed_field_of_a_password_proof_is_named(field: str, value: str) -> None:
    assert pointers(PROOF | {field: value}, ChallengeAnswer) == [f"/{field}"]


@pytest.mark.parametrize("srp_a", ["", "0x1f", "g1", "a" * 769])
def test_srp_a_must_be_hexadecimal_and_of_bounded_length(srp_a: str) -> None:
    assert pointers({"email": "maya@example.com", "srpA": srp_a}, Login) == ["/srpA"]


@pytest.mark.parametrize(
    "body", [{}, {"everywhere": False}, {"everywhere": True, "refreshToken": "r"}]
)
def test_a_logout_ends_either_one_session_or_all(body: dict[str, object]) -> None:
    assert pointers(body, Logout) == [""]
