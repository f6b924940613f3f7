"""Run every example of the API guide in its order, and compare the answers with the guide."""

import json
import os
import re
import shlex
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from embedded import Instance
from embedded.instance import ROOT
from tests.api.contract import CONTRACT
from tests.deployed.people import PASSWORD

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("follows the guide, which uses the codes of the embedded AWS"),
]

GUIDE = (ROOT / "docs/api.md").read_text()
MARK = "---- example"

# Ids and times differ in every run. Times of 2030 are the guide's own and do not.
_VARYING = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|202\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
)

# Stands for the reader's browser: signs in on the hosted UI and writes the address it leads to.
BROWSER = f"""import sys
sys.path.insert(0, "{ROOT}")
from tests import hosted_ui
with open("address", "a") as typed:
    print(hosted_ui.browse(sys.argv[1], "maya@example.com", "{PASSWORD}"), file=typed)
"""


class Block(NamedTuple):
    language: str
    text: str


BLOCKS = [Block(*found) for found in re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.M | re.S)]
COMMANDS = [block.text for block in BLOCKS if block.language == "sh"]
SCRIPTS = {
    block.text.split(":")[0].removeprefix("# "): block.text
    for block in BLOCKS
    if block.language == "python"
}
# The answer after each command, if the guide shows one.
SHOWN = [
    after if after.language in ("http", "json", "text") else None
    for before, after in zip(BLOCKS, [*BLOCKS[1:], Block("", "")], strict=True)
    if before.language == "sh"
]


@pytest.fixture(scope="module")
def outputs_of_commands(
    instance: Instance, stage: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """The output of each command. All run in one shell, in a folder with the guide's files."""
    if stage["publishing"] != "everyone":
        pytest.skip("the guide's recruiter publishes, which takes an administrator in this stage")
    folder = tmp_path_factory.mktemp("reader")
    (folder / ".artisthub").symlink_to(instance.state)
    for name, text in SCRIPTS.items():
        (folder / name).write_text(text)
    browser, address = folder / "browser.py", folder / "address"
    browser.write_text(BROWSER)
    address.touch()
    script = f"echo; echo '{MARK}'\n".join(["", *COMMANDS])
    script = script.replace("http://localhost:3000/auth/callback", stage["callbackUrls"][0])
    with address.open() as typed:
        finished = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=folder,
            env=os.environ
            | {
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "BROWSER": f"{shlex.quote(sys.executable)} {browser} %s",
                "NO_PROXY": "127.0.0.1",
            },
            stdin=typed,
            capture_output=True,
            text=True,
            check=False,
        )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout.split(f"\n{MARK}\n")[1:]


def test_every_code_block_of_the_guide_is_run_or_compared() -> None:
    assert GUIDE.count("```") == 2 * len(BLOCKS)
    assert "~~~" not in GUIDE
    answers = [block for block in BLOCKS if block.language not in ("sh", "python")]
    assert answers == [shown for shown in SHOWN if shown]
    for name in SCRIPTS:
        assert any(f"python3 {name} " in command for command in COMMANDS), name


def test_every_operation_in_the_guide_exists() -> None:
    named = re.findall(r"`([A-Z]+) (/v1/[^`?…]+)[`?]", GUIDE)

    assert named
    for method, path in named:
        assert any(
            method.lower() in methods and re.fullmatch(re.sub(r"{\w+}", "[^/]+", known), path)
            for known, methods in CONTRACT["paths"].items()
        ), f"{method} {path}"


def test_every_link_within_the_guide_has_a_target() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE, re.M)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}

    assert set(re.findall(r"\(#([\w-]+)\)", GUIDE)) == anchors


def test_every_example_gets_the_answer_in_the_guide(outputs_of_commands: list[str]) -> None:
    shown_names: dict[str, str] = {}
    actual_names: dict[str, str] = {}
    for command, shown, output in zip(COMMANDS, SHOWN, outputs_of_commands, strict=True):
        if shown is None:
            assert '"about:blank"' not in output, f"{command}\n{output}"
            continue
        expected = _parsed(shown)
        actual = _parsed(Block(shown.language, output))
        if shown.language == "http":  # the guide shows only some headers
            found = actual["headers"]
            actual["headers"] = {name: found.get(name) for name in expected["headers"]}
        actual = _shortened(actual, expected)
        assert _named(actual, actual_names) == _named(expected, shown_names), command


def _parsed(block: Block) -> Any:
    """The answer as values. A body that the guide leaves out stays `…`."""
    text = block.text.strip()
    if block.language == "text":
        return text
    if block.language == "json":
        return json.loads(text)
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    status, *headers = head.split("\n")
    return {
        "status": status.split()[1],
        "headers": dict(_header(line) for line in headers),
        "body": body if body in ("", "…") else json.loads(body),
    }


def _header(line: str) -> tuple[str, str]:
    name, value = line.split(": ", 1)
    return name.lower(), value


def _shortened(actual: Any, shown: Any) -> Any:
    """The answer with `…` where the guide has it, if the rest of the text is the same."""
    if isinstance(shown, dict) and isinstance(actual, dict):
        return {name: _shortened(value, shown.get(name)) for name, value in actual.items()}
    if isinstance(shown, list) and isinstance(actual, list):
        return [_shortened(*pair) for pair in zip_longest(actual, shown)]
    if shown == "…":
        return shown
    if isinstance(shown, str) and isinstance(actual, str) and "…" in shown:
        pattern = ".+".join(re.escape(part) for part in shown.split("…"))
        return shown if re.fullmatch(pattern, actual, re.S) else actual
    return actual


def _named(answer: Any, names: dict[str, str]) -> Any:
    """The answer with a number for each id and time, the same for equal values, and no ages."""
    text = json.dumps(answer, sort_keys=True, ensure_ascii=False)
    text = re.sub(r'"age": \d+', '"age": 0', text)
    named = _VARYING.sub(lambda found: names.setdefault(found[0], f"<{len(names)}>"), text)
    return json.loads(named)
