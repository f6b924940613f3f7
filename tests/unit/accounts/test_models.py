from base64 import b64decode, b64encode
from typing import Any

import msgspec
import pytest

from artisthub.accounts.models import (
    ChallengeAnswer,
    DeviceConfirmation,
    DeviceSrp,
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

DEVICE_SRP = {"challenge": "DEVICE_SRP_AUTH", "username": "sub-1", "deviceKey": "key"}


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


@pytest.mark.weakness(25)
@pytest.mark.parametrize("shape", [Login, DeviceSrp])
@pytest.mark.parametrize("zeros", ["0", "00", "0" * 200_000])
def test_srp_a_may_have_leading_zeros(zeros: str, shape: Any) -> None:
    others = {"email": "maya@example.com"} if shape is Login else DEVICE_SRP

    assert read(others | {"srpA": f" {zeros}{'f' * 768}"}, shape).srp_a == "f" * 768
    assert read(others | {"srpA": zeros}, shape).srp_a == "0"
    assert pointers(others | {"srpA": f"{zeros}{'f' * 769}"}, shape) == ["/srpA"]


@pytest.mark.weakness(25)
@pytest.mark.parametrize("zeros", [0, 1, 2, 3, 4, 5, 6, 100, 150_000])
def test_a_device_verifier_may_have_leading_zeros(zeros: int) -> None:
    number = bytes([128]) * 384
    verifier = b64encode(bytes(zeros) + number).decode()
    sent = {"name": "phone", "passwordVerifier": verifier, "salt": "c2FsdA=="}

    kept = b64decode(read(sent, DeviceConfirmation).password_verifier)
    assert kept.lstrip(b"\0") == number
    assert kept[0] < 128 or not zeros
    assert pointers(sent | {"passwordVerifier": "A" * 517}, DeviceConfirmation)
    longer = b64encode(bytes(zeros) + number + b"abcd").decode()
    assert pointers(sent | {"passwordVerifier": longer}, DeviceConfirmation) == [
        "/passwordVerifier"
    ]


FORM = (
    "must be a time of SRP such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has "
    "one digit"
)


@pytest.mark.weakness(40)
@pytest.mark.parametrize("challenge", ["PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER"])
@pytest.mark.parametrize(
    "text",
    [
        "Wed Nov 05 16:54:00 UTC 2026",
        "Wed Nov  5 16:54:00 UTC 2026",
        "Wed Nov 5 6:54:00 UTC 2026",
        "Wed Nov 5 16:54:00 GMT 2026",
        "Wed, Nov 5 16:54:00 UTC 2026",
        "Wed Nov 5 16:54:00 UTC 26",
        "Wed Nov 0 16:54:00 UTC 2026",
        "Wed Nov 31 16:54:00 UTC 2026",
        "Sun Feb 30 16:54:00 UTC 2026",
        "Wed Nov 5 24:00:00 UTC 2026",
        "Wed Nov 5 16:60:00 UTC 2026",
        "wed nov 5 16:54:00 UTC 2026",
        "Mi. Nov 5 16:54:00 UTC 2026",
        "Mit Nov 5 16:54:00 UTC 2026",
        "Wed Okt 5 16:54:00 UTC 2026",
        "\u092c\u0941\u0927 Nov 5 16:54:00 UTC 2026",
        "Wed Nov \u096b 16:54:00 UTC 2026",
        "2026-11-05T16:54:00Z",
    ],
)
def test_a_timestamp_in_another_form_names_the_field_and_the_form(
    text: str, challenge: str
) -> None:
    proof = PROOF | {"challenge": challenge, "deviceKey": "key", "timestamp": text}

    with pytest.raises(errors.Invalid) as refused:
        read(proof, ChallengeAnswer)

    assert refused.value.errors == [{"pointer": "/timestamp", "detail": FORM}]


@pytest.mark.parametrize("text", ["Thu Nov 5 06:54:00 UTC 2026", "Thu Dec 31 23:59:59 UTC 2026"])
def test_a_timestamp_of_srp_is_accepted(text: str) -> None:
    assert read(PROOF | {"timestamp": text}, ChallengeAnswer).timestamp == text


@pytest.mark.parametrize("srp_a", ["", "0x1f", "g1", "a" * 769])
def test_srp_a_must_be_hexadecimal_and_of_bounded_length(srp_a: str) -> None:
    assert pointers({"email": "maya@example.com", "srpA": srp_a}, Login) == ["/srpA"]


@pytest.mark.parametrize(
    "body", [{}, {"everywhere": False}, {"everywhere": True, "refreshToken": "r"}]
)
def test_a_logout_ends_either_one_session_or_all(body: dict[str, object]) -> None:
    assert pointers(body, Logout) == [""]
