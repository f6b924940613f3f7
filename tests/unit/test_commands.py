"""The commands on the pages exist: make targets, Python modules and test paths."""

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
# `make`, then options and variables, then the target.
MAKE = re.compile(r"\bmake (?:-\S+ |[A-Z]+=\S+ )*([a-z][a-z-]*)")
MODULE = re.compile(r"python -m ([a-z_.]+)")
TEST = re.compile(r"\bpytest (tests/\S+?)(?:`|\s)")


def named(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Each match in the code on a page, with its page."""
    return {
        (str(page.relative_to(ROOT)), match)
        for page in PAGES
        for code in CODE.findall(page.read_text())
        for match in pattern.findall(code)
    }


@pytest.mark.parametrize(("page", "target"), sorted(named(MAKE)))
def test_a_make_target_on_a_page_exists(page: str, target: str) -> None:
    assert target in {each for names in TARGETS for each in names.split()}


@pytest.mark.parametrize(("page", "module"), sorted(named(MODULE)))
def test_a_python_module_on_a_page_exists(page: str, module: str) -> None:
    assert find_spec(module)


@pytest.mark.parametrize(("page", "path"), sorted(named(TEST)))
def test_a_test_path_on_a_page_exists(page: str, path: str) -> None:
    assert (ROOT / path).exists()
