"""Sizes of items follow DynamoDB's rules."""

from typing import Any

import pytest

from artisthub.shared import sizes


# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("", 0),
        ("abc", 3),
        ("\u0915\u0932\u093e", 9),
        (b"\x00\xff", 2),
        (True, 1),
        (None, 1),
        (7, 2),
        (-12345, 4),
        ([], 3),
        (["abc", True], 3 + 2 + 4),
        ({}, 3),
        ({"key": ["a"]}, 3 + 1 + 3 + 3 + 1 + 1),
    ],
)
def test_an_attribute_takes_the_bytes_of_its_name_and_value(value: Any, size: int) -> None:
    assert sizes.item_bytes({"name": value}) == 4 + size


@pytest.mark.parametrize(("length", "units"), [(0, 1), (1020, 1), (1021, 2), (2044, 2), (2045, 3)])
def test_an_item_takes_whole_units(length: int, units: int) -> None:
    assert sizes.units_of({"text": "a" * length}, sizes.WRITE_BYTES) == units
