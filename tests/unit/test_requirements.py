"""Every row of docs/requirements.md names an existing test that proves it."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs/requirements.md").read_text()
HEAD = "| requirement | done in | proved | by |"
LINK = re.compile(r"\[`(.+)::(.+)`\]\(\.\./tests/(.+)\)")


def rows() -> list[list[str]]:
    """The rows of all tables that have HEAD."""
    tables = (part.partition("\n\n")[0] for part in PAGE.split(HEAD)[1:])
    lines = [line for table in tables for line in table.strip().splitlines()[1:]]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def functions_of(file: str) -> set[str]:
    body = ast.parse((TESTS / file).read_text()).body
    return {each.name for each in body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("row", rows(), ids=[row[0] for row in rows()])
def test_a_requirement_names_an_existing_test(row: list[str]) -> None:
    _, done_in, proved, by = row
    found = LINK.fullmatch(by)

    assert found, f"{by} is not a link to a test"
    file, name, linked = found.groups()
    assert done_in
    assert proved in {"embedded", "template", "code"}
    assert file == linked
    assert name in functions_of(file)
