"""The commands of the pages are there: targets of make, modules of Python, files of tests."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/*.md")]
TARGETS = set(
    re.findall(r"^([a-z-]+(?: [a-z-]+)*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)
# `make` with its variables before the target, and options.
MAKE = re.compile(r"\bmake (?:-\S+ |[A-Z]+=\S+ )*([a-z][a-z-]*)")
MODULE = re.compile(r"python -m ([a-z_.]+)")
TEST = re.compile(r"\bpytest (tests/\S+?)(?:`|\s)")


def named(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """The matches in the code of each page, with the page."""
    return {
        (str(page.relative_to(ROOT)), match)
        for page in PAGES
        for code in CODE.findall(page.read_text())
        for match in pattern.findall(code)
    }


@pytest.mark.parametrize(("page", "target"), sorted(named(MAKE)))
def test_a_target_of_make_exists(page: str, target: str) -> None:
    assert target in {each for names in TARGETS for each in names.split()}


@pytest.mark.parametrize(("page", "module"), sorted(named(MODULE)))
def test_a_module_can_be_run(page: str, module: str) -> None:
    assert find_spec(module)


@pytest.mark.parametrize(("page", "path"), sorted(named(TEST)))
def test_a_folder_of_tests_exists(page: str, path: str) -> None:
    assert (ROOT / path).exists()
