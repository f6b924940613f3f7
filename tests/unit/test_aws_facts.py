"""Every fact of docs/aws.md is held by a test that carries its number."""

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


def test_a_test_of_a_fact_names_one_that_is_there() -> None:
    assert numbers_in_tests() <= aws_facts().keys()


def test_what_was_never_tried_is_said_to_be_unproved() -> None:
    assert aws_facts()[UNPROVED][-1] == "unproved"
