"""Limits of the fields and parameters that administrators send."""

import pytest

from artisthub.admin.models import AuditQuery, Grounds
from artisthub.shared import errors, validation
from artisthub.shared.address import Address
from tests.unit.bounds import unbounded


def test_every_field_that_an_administrator_sends_is_bounded() -> None:
    assert unbounded(Grounds) == set()
    assert unbounded(Address) == set()
    assert unbounded(AuditQuery) == {"/limit"}


@pytest.mark.parametrize("reason", ["a", "a" * 500, "Two\nlines."])
def test_a_reason_is_a_text_of_up_to_500_characters(reason: str) -> None:
    assert validation.convert({"reason": reason}, Grounds).reason == reason


@pytest.mark.parametrize("sent", [{}, {"reason": ""}, {"reason": "a" * 501}, {"reason": None}])
def test_a_missing_or_invalid_reason_is_refused(sent: dict[str, object]) -> None:
    with pytest.raises(errors.Invalid) as refused:
        validation.convert(sent, Grounds)

    assert [each["pointer"] for each in refused.value.errors or []] == ["/reason"]


@pytest.mark.parametrize("subject", ["user:1", "casting:0199-a", "account:" + "0" * 64])
def test_an_audit_subject_is_a_user_a_casting_or_an_account(subject: str) -> None:
    assert validation.convert_query({"subject": subject}, AuditQuery).subject == subject


@pytest.mark.parametrize(
    "subject", ["", "1", "user:", "User:1", "role:1", "user:a b", "user:é", "user:" + "a" * 201]
)
def test_an_invalid_audit_subject_is_refused(subject: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        validation.convert_query({"subject": subject}, AuditQuery)

    assert [each["parameter"] for each in refused.value.errors or []] == ["subject"]
