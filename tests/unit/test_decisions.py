"""Every decision has the same parts, and a row in the index that says the same."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs/decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Consequences", "Alternatives"]
STATUS = r"(?:accepted|superseded by \d{4}), \d{4}-\d{2}-\d{2}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decision_has_a_number_a_status_and_all_parts(page: Path) -> None:
    text = page.read_text()

    assert re.match(rf"# {page.stem[:4]} .+\n\nStatus: {STATUS}\n\n## ", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS


def test_the_index_lists_every_decision_with_its_title_and_status() -> None:
    rows = re.findall(r"^\| (\d{4}) \| \[(.+)\]\((.+)\) \| (.+) \|$", _index(), re.MULTILINE)

    assert rows == [(page.stem[:4], *_title_and_file(page), _status(page)) for page in PAGES]


def _index() -> str:
    return (FOLDER / "README.md").read_text()


def _title_and_file(page: Path) -> tuple[str, str]:
    title = page.read_text().partition("\n")[0]
    return title.removeprefix(f"# {page.stem[:4]} "), page.name


def _status(page: Path) -> str:
    found = re.search(r"^Status: (.+)$", page.read_text(), re.MULTILINE)
    assert found
    return found[1]
