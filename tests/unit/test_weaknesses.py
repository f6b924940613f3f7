"""Tests are marked with the weakness of docs/security.md that they prove fixed."""

import re
from pathlib import Path

from tests.conftest import weaknesses

TESTS = Path(__file__).parents[1]
RISKS = re.compile(r"API(10|[1-9])(, API(10|[1-9]))*|-")


def numbers_in_tests() -> set[int]:
    marks = re.compile(r"weakness\((\d+)\)")
    return {
        int(number) for file in TESTS.rglob("*.py") for number in marks.findall(file.read_text())
    }


def test_every_weakness_has_a_test() -> None:
    assert weaknesses().keys() <= numbers_in_tests()


def test_a_test_is_marked_only_with_known_weaknesses() -> None:
    assert numbers_in_tests() <= weaknesses().keys()


def test_a_weakness_names_risks_of_the_owasp_list() -> None:
    assert all(RISKS.fullmatch(risk) for risk, _, _ in weaknesses().values())
