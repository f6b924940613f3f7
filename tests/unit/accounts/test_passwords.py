"""The password rule and its pattern in the contract agree."""

import string

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from artisthub.accounts.models import NewAccount
from artisthub.accounts.rules import password_faults
from artisthub.shared import errors, validation

GOOD = "Correct-Horse-7"
# The symbols in Cognito's documentation, without the space.
SYMBOLS = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-"


def is_accepted(password: str) -> bool:
    body = msgspec.json.encode({"email": "maya@example.com", "password": password})
    try:
        return validation.read(body, NewAccount).password == password
    except errors.Invalid:
        return False


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_cognito_symbol_counts_as_a_symbol(symbol: str) -> None:
    assert is_accepted(f"CorrectHorse7{symbol}x")


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        (GOOD, ""),
        (GOOD + "x" * 241, ""),
        (GOOD + "x" * 242, "must be at most 256 characters long"),
        ("Corr-Horse7", "must be at least 12 characters long"),
        ("correct-horse-7", "must have an upper-case letter"),
        ("CORRECT-HORSE-7", "must have a lower-case letter"),
        ("Correct-Horse-x", "must have a digit"),
        ("Correct Horse 7", "must have a symbol such as ! ? # - _"),
        ("école-Étude-7", "must have an upper-case letter"),
        (GOOD + " ", "must not begin or end with spaces or contain line breaks"),
        ("\u3000" + GOOD, "must not begin or end with spaces or contain line breaks"),
        ("Correct-\nHorse-7", "must not begin or end with spaces or contain line breaks"),
    ],
)
def test_a_refused_password_gets_a_list_of_its_faults(password: str, faults: str) -> None:
    assert password_faults(password) == faults


@given(
    st.text(
        st.sampled_from(string.ascii_letters + string.digits + SYMBOLS + " \né\u3000"), max_size=20
    )
)
@example(GOOD)
@example(GOOD + "\n")
def test_the_pattern_accepts_exactly_the_passwords_without_faults(password: str) -> None:
    assert is_accepted(password) == (password_faults(password) == "")
