"""A test proves each line of the production guide."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
GUIDE = TESTS / "infra/guide.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| the guide's line")
]


def functions_of(file: str) -> set[str]:
    body = ast.parse((TESTS / file).read_text()).body
    return {each.name for each in body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_line_of_the_guide_names_an_existing_test(row: list[str]) -> None:
    _, how, test, where = row
    file, _, name = test.partition("::")

    assert how
    assert name in functions_of(file)
    assert where in {"embedded", "template", "code"}
