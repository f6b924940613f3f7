"""The currencies that money may have are those of ISO 4217."""

from typing import Any, get_args

import iso4217
import pytest

from artisthub.castings.models import MoneyFields
from artisthub.search.models import CastingQuery
from artisthub.shared import currencies, errors, shapes, validation
from tests.unit.shared.test_inputs import inputs

SHAPES: list[tuple[Any, dict[str, Any]]] = [(MoneyFields, {"amount": 1}), (CastingQuery, {})]


def test_the_currencies_are_those_of_iso_4217_with_minor_units() -> None:
    listed = {each.code for each in iso4217.Currency if each.exponent is not None}

    assert set(get_args(currencies.Currency)) == listed


@pytest.mark.weakness(43)
@pytest.mark.parametrize(
    "code", ["ZZZ", "HRK", "BGN", "XXX", "XTS", "XAU", "inr", "INRX", "RS", "\u20b9"]
)
@pytest.mark.parametrize(
    ("shape", "others"), SHAPES, ids=lambda each: getattr(each, "__name__", "")
)
def test_a_currency_that_iso_4217_does_not_list_is_refused(
    code: str, shape: Any, others: dict[str, Any]
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        validation.convert(others | {"currency": code}, shape)

    assert refused.value.errors == [
        {"pointer": "/currency", "detail": "must be a currency code of ISO 4217, such as INR"}
    ]


@pytest.mark.weakness(43)
@pytest.mark.parametrize("code", ["INR", "USD", "EUR", "JPY", "KWD", "XOF", "ZWG"])
def test_a_currency_that_iso_4217_lists_is_accepted(code: str) -> None:
    assert validation.convert({"amount": 1, "currency": code}, MoneyFields).currency == code


@pytest.mark.weakness(43)
def test_every_field_for_a_currency_has_the_same_rule() -> None:
    fields = [
        part
        for shape in inputs()
        for name, part in shapes.of(shape).parts.items()  # type: ignore[attr-defined]
        if "currency" in name.lower()
    ]

    assert len(fields) >= len(SHAPES)
    for part in fields:
        words = [each for each in [part, *getattr(part, "members", ())] if hasattr(each, "words")]
        assert [set(each.words) for each in words] == [set(get_args(currencies.Currency))]
