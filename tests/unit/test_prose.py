"""Pages, docstrings, test names, comments and commits are plain English.

Plain means standard words, subject first, and short sentences. A program can check only part of
that.
"""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_SENTENCE = 40  # words
WORDS_TO_AVOID = {
    r"anew": "again",
    r"mend(?:s|ed|ing)?": "fix",
    r"forthwith|hitherto|thereof|wherein|whereby": "a standard word",
    r"for want of": "without",
    r"leave of its own": "permission",
    r"tak(?:e|es|ing)(?: \w+)? along|(?:goes|go) along": "also delete",
    r"is well": "works",
    r"there is every": "each",
    r"every \w+ there is": "every, or each",
    r"all but all": "almost all",
    r"all else|or else": "everything else, otherwise",
    r"one's": "your",
    r"whosoever|whichsoever": "whoever",
    r"utili[sz]e[sd]?": "use",
    r"simply|obviously|of course": "nothing",
    r"blazing(?:ly)?|seamless(?:ly)?|powerful|robust|leverag\w+": "a fact",
    r"index of searches": "search index",
    r"all that": "everything, or the noun",
    r"such as (?:are|is)": "for example",
    r"there (?:is|are) no \w+ but|(?:none|nobody|nothing|everyone|all) but": "only, or except",
    r"that there (?:is|are)(?! \w)": "existing",
    r"of (?:its|their|our|your) own(?: (?:in|on|for|to|by|with|and)|(?! \w))": "its own, separate",
    r"in the place of": "instead of",
    r"(?:holds?|held|holding) (?:\w+ ){0,2}to (?:what|its|the)": "check against",
    r"(?:tells?|told) of": "report",
    r"good (?:once|for (?:\d+|an?|one) )": "valid",
    r"whose (?:it|they) (?:is|are)": "the owner",
    r"seldom": "rarely",
    r"half-way": "halfway",
}
# For example "Who writes over a newer version is refused."
BARE_CLAUSE = re.compile(r"(?:Who|Whom|Whose|What|Whoever|Whatever|Whichever)\b.*\.$")
TO_A_TOOL = re.compile(r"#(?:!|:|\s*(?:type|noqa|fmt|ruff|mypy|pragma)\b)")
FOLDERS = (
    "docs",
    ".github",
    "bench",
    "checks",
    "contract",
    "embedded",
    "operations",
    "src",
    "tests",
)
CHECKED_SINCE = "2026-11-26T18:00:00Z"
LONGEST_SUBJECT = 72  # characters


def texts() -> list[str]:
    found = [*ROOT.glob("*.md")]
    for folder in FOLDERS:
        found += [*ROOT.glob(f"{folder}/**/*.md"), *ROOT.glob(f"{folder}/**/*.py")]
    found += [*ROOT.glob("*.yml"), *ROOT.glob("infra/**/*.yml"), *ROOT.glob(".github/**/*.yml")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def prose(path: Path) -> Iterator[str]:
    """The page, or its counterpart in code.

    Of a module: docstrings, test names and comments. Of a template: comments and descriptions.
    """
    source = path.read_text()
    if path.suffix == ".md":
        yield source
        return
    if path.suffix == ".yml":
        for comment in re.findall(r"(?:^ *# .*\n)+", source, re.MULTILINE):
            yield re.sub(r"^ *# ", "", comment, flags=re.MULTILINE)
        yield "\n\n".join(re.findall(r"(?:Description: \"?|\S +# )(.*)", source))
        return
    for node in statements(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name.removeprefix("test_").replace("_", " ").capitalize() + "."
    yield from comments(source)


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """The node and the statements in it. Expressions, which are most nodes, have no prose."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield from statements(child)


def comments(source: str) -> Iterator[str]:
    """Each comment, with its lines as one text. Instructions to tools are not comments."""
    lines: list[str] = []
    last_line = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or TO_A_TOOL.match(token.string):
            continue
        line = token.start[0]
        if line != last_line + 1 or not token.line.lstrip().startswith("#"):
            yield "\n".join(lines)
            lines = []
        lines.append(token.string.lstrip("# "))
        last_line = line
    yield "\n".join(lines)


def sentences(markdown: str) -> list[str]:
    """The sentences of paragraphs, list items and cells; nothing of code, links or comments."""
    text = re.sub(r"```.*?```|<!--.*?-->", "", markdown, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"`[^`]*`", "X", text).replace("**", "")
    text = re.sub(r"^(#+ .*|\|[-| ]+\|)$", "\n", text, flags=re.MULTILINE)
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )|\s*\|\s*", text)
    joined = (" ".join(block.split()) for block in blocks)
    parts = (re.split(r"(?<=[.!?:]) (?=[A-Z])", block) for block in joined)
    return [re.sub(r"^(?:[-*]|\d+\.) ", "", each) for part in parts for each in part if each]


def faults(sentence: str) -> list[str]:
    """The changes that a sentence needs."""
    found = [
        f"{match[0]!r}: write {better}"
        for word, better in WORDS_TO_AVOID.items()
        if (match := re.search(rf"\b(?:{word})\b", sentence, re.IGNORECASE))
    ]
    if BARE_CLAUSE.match(sentence):
        found.append("opens with a clause: put the subject first")
    if len(sentence.split()) > LONGEST_SENTENCE:
        found.append(f"longer than {LONGEST_SENTENCE} words: split it")
    if sentence.count(";") > 1:
        found.append("two semicolons: split it")
    return found


@pytest.mark.parametrize("path", texts())
def test_a_page_or_a_module_is_plain_english(path: str) -> None:
    wrong = {
        sentence: found
        for text in prose(ROOT / path)
        for sentence in sentences(text)
        if (found := faults(sentence))
    }

    assert wrong == {}


def test_a_commit_has_a_short_subject() -> None:
    log = ["git", "log", "--no-merges", f"--since={CHECKED_SINCE}", "--format=%s"]
    subjects = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert [each for each in subjects.splitlines() if len(each) > LONGEST_SUBJECT] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "What was written since is lost.",
        "Who writes over a newer version is refused.",
        "Everything is made anew.",
        "It deletes all that is old.",
        "There is no way but this.",
        "Each stage has an account of its own.",
        "A test proves every rule that there is.",
        "One is here; two is there; three is gone.",
        " ".join(["word"] * 41),
    ],
)
def test_a_sentence_against_the_rules_is_reported(sentence: str) -> None:
    assert faults(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Writes since the last save are lost.",
        "What does it cost?",
        "An old ETag gets 412; read again.",
        "There is nothing to do.",
        "The key of its own device is needed.",
        "It says that there is a conflict.",
    ],
)
def test_a_plain_sentence_is_not_reported(sentence: str) -> None:
    assert faults(sentence) == []


def test_a_comment_is_read_without_instructions_to_tools() -> None:
    source = "# One\n# text.\nx = 1  # two\ny = 2  # three\nz = 3  # noqa: E501\n"

    assert [each for each in comments(source) if each] == ["One\ntext.", "two", "three"]
