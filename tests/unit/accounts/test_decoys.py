"""Names that sign-ins ask for, which belong to nobody."""

import pytest

from artisthub.accounts.rules import decoy_of
from artisthub.identities import rules

pytestmark = pytest.mark.weakness(44)


@pytest.mark.parametrize(
    "email", ["maya@example.com.invalid", "maya@x.InValid", decoy_of("maya@example.com")]
)
def test_nobody_can_sign_up_with_the_name_of_a_decoy(email: str) -> None:
    with pytest.raises(rules.SignUpRefused):
        rules.ensure_address(email)


def test_an_address_that_only_contains_the_reserved_name_can_sign_up() -> None:
    rules.ensure_address("invalid@invalid.example.com")
    rules.ensure_address("maya@notinvalid.com")
