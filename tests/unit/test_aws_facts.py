"""A test marked with its number proves each fact of docs/aws.md."""

import re
from pathlib import Path

import pytest

from tests.conftest import aws_facts

TESTS = Path(__file__).parents[1]
UNPROVED = 16


def numbers_in_tests() -> set[int]:
    marks = re.compile(r"aws_fact\((\d+)\)")
    return {
        int(number) for file in TESTS.rglob("*.py") for number in marks.findall(file.read_text())
    }


@pytest.mark.parametrize("number", sorted(aws_facts().keys() - {UNPROVED}))
def test_a_fact_about_aws_has_a_test(number: int) -> None:
    assert number in numbers_in_tests(), aws_facts()[number][0]


def test_a_test_is_marked_only_with_known_facts() -> None:
    assert numbers_in_tests() <= aws_facts().keys()


def test_the_untested_fact_is_marked_as_unproved() -> None:
    assert aws_facts()[UNPROVED][-1] == "unproved"
