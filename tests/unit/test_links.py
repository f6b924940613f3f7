"""Every relative link on a page leads to an existing file, and to a heading in it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/**/*.md")]
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def links() -> list[tuple[Path, str, str]]:
    return [
        (page, match[1], match[2] or "")
        for page in sorted(PAGES)
        # This also removes code from the text of a link, but keeps its address.
        for match in LINK.finditer(CODE.sub("", page.read_text()))
    ]


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of headings: https://github.com/gjtorikian/html-pipeline"""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("page", "file", "anchor"),
    links(),
    ids=[f"{page.relative_to(ROOT)}: {file}#{anchor}" for page, file, anchor in links()],
)
def test_a_link_leads_to_an_existing_file_and_heading(page: Path, file: str, anchor: str) -> None:
    target = (page.parent / file).resolve() if file else page

    assert target.is_relative_to(ROOT)
    assert target.exists()
    assert not anchor or anchor in anchors(target)
