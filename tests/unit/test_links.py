"""Every relative link of a page leads to a file that is there, and to a heading in it."""

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
        # Code in the text of a link goes too; its address stays.
        for match in LINK.finditer(CODE.sub("", page.read_text()))
    ]


def anchors(page: Path) -> set[str]:
    """What GitHub makes of headings: https://github.com/gjtorikian/html-pipeline"""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("page", "file", "anchor"),
    links(),
    ids=[f"{page.relative_to(ROOT)}: {file}#{anchor}" for page, file, anchor in links()],
)
def test_a_link_leads_somewhere(page: Path, file: str, anchor: str) -> None:
    target = (page.parent / file).resolve() if file else page

    assert target.is_relative_to(ROOT)
    assert target.exists()
    assert not anchor or anchor in anchors(target)
