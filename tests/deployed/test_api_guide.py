"""Run every example of the API guide in its order, and compare the answers with the guide.

Each language has its own accounts.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from embedded import Instance
from embedded.instance import ROOT
from tests import clients
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
    print(hosted_ui.browse(sys.argv[1], sys.argv[2], "{PASSWORD}"), file=typed)
"""
# Runs the samples in one module. Keeps what each one printed, and its last response.
RUNNER = """import contextlib, io, json, sys
import httpx

responses = []
send = httpx.Client.send

def kept(self, request, **options):
    responses.append(send(self, request, **options))
    return responses[-1]

httpx.Client.send = kept
names, outputs = {}, []
for sample in json.load(open("samples.json")):
    responses.clear()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(sample, sample, "exec"), names)
    last = [[each.status_code, dict(each.headers), each.text] for each in responses[-1:]]
    outputs.append([printed.getvalue(), *last])
json.dump(outputs, open("outputs.json", "w"))
"""
# The artist leaves at the end, so that she is not among the matches of the Python samples.
LEAVE = 'curl -s -X DELETE $API/v1/users/me -H "$ARTIST"'
# The people of the Python samples, who must not meet those of curl, and their city.
IN_PYTHON = {
    "maya@": "tara@",
    "maya.nair": "tara.iyer",
    "Maya Nair": "Tara Iyer",
    "may na": "tar iy",
    '"may"': '"tar"',
    "kiran@": "dipak@",
    "kiran.casts": "dipak.casts",
    "Kiran Rao": "Dipak Das",
    "kochi": "indore",
    "Kochi": "Indore",
}
# The accounts of the TypeScript samples.
IN_TYPESCRIPT = {
    "@example.com": "@ts.example.com",
    "'maya.nair'": "'maya.ts'",
    "'kiran.casts'": "'kiran.ts'",
}
STAND_INS = Path(__file__).parent / "stand_ins.ts"


class Block(NamedTuple):
    language: str
    text: str


class Example(NamedTuple):
    """A command, the same in other languages, and the answer, if the guide shows them."""

    command: str
    python: str
    typescript: str
    shown: Block | None

    @property
    def shows_the_last_response(self) -> bool:
        """Whether the answer in the guide is that of the last request, as it is."""
        last = self.command.rpartition("\n\n")[2]
        return self.shown is not None and (
            self.shown.language == "http" or (last.startswith("curl") and "|" not in last)
        )


BLOCKS = [Block(*found) for found in re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.M | re.S)]
SCRIPTS = {
    block.text.split(":")[0].removeprefix("# "): block.text
    for block in BLOCKS
    if re.match(r"# \w+\.py:", block.text)
}


def examples() -> Iterator[Example]:
    """Each command with the blocks that follow it."""
    shown = [block for block in BLOCKS if block.text not in SCRIPTS.values()]
    starts = [number for number, block in enumerate(shown) if block.language == "sh"]
    for start, end in pairwise([*starts, len(shown)]):
        of = {block.language: block for block in shown[start:end]}
        assert len(of) == end - start, f"two blocks of one language after {shown[start].text}"
        python, typescript = (of.pop(name, Block(name, "")).text for name in ("python", "ts"))
        answers = [block for language, block in of.items() if language != "sh"]
        assert len(answers) <= 1, answers
        assert not answers or answers[0].language in ("http", "json", "text")
        answer = answers[0] if answers else None
        yield Example(shown[start].text, python, typescript, answer)


EXAMPLES = list(examples())


@pytest.fixture(scope="module")
def folder(
    instance: Instance, stage: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The reader's folder, with the guide's files."""
    if stage["publishing"] != "everyone":
        pytest.skip("the guide's recruiter publishes, which takes an administrator in this stage")
    folder = tmp_path_factory.mktemp("reader")
    (folder / ".artisthub").symlink_to(instance.state)
    for name, text in SCRIPTS.items():
        (folder / name).write_text(text)
    (folder / "browser.py").write_text(BROWSER)
    return folder


def run(folder: Path, email: str, *command: str) -> str:
    """Run a command as the reader, who signs in on the hosted page with this address."""
    address = folder / "address"
    address.write_text("")
    browser = shlex.join([sys.executable, str(folder / "browser.py"), "%s", email])
    with address.open() as typed:
        finished = subprocess.run(
            command,
            cwd=folder,
            env=os.environ
            | {
                "PASSWORD": PASSWORD,
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT / "clients/python/src"),
                "BROWSER": browser.replace("'%s'", "%s"),
                "NO_PROXY": "127.0.0.1",
            },
            stdin=typed,
            capture_output=True,
            text=True,
            check=False,
        )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def outputs_of_commands(folder: Path, stage: dict[str, Any]) -> list[str]:
    """The output of each command. All run in one shell."""
    commands = [example.command for example in EXAMPLES]
    script = with_callback_of(stage, f"echo; echo '{MARK}'\n".join(["", *commands]))
    command = ["bash", "-euo", "pipefail", "-c", f"{script}\n{LEAVE}"]
    return run(folder, "maya@example.com", *command).split(f"\n{MARK}\n")[1:]


@pytest.fixture(scope="module")
def outputs_in_python(
    folder: Path, stage: dict[str, Any], outputs_of_commands: list[str]
) -> list[list[Any]]:
    """The output and the last response of each Python sample. They use files of the commands."""
    samples = json.dumps([example.python for example in EXAMPLES])
    for name, other in IN_PYTHON.items():
        samples = samples.replace(json.dumps(name)[1:-1], json.dumps(other)[1:-1])
    (folder / "samples.json").write_text(with_callback_of(stage, samples))
    run(folder, "tara@example.com", "python3", "-W", "error", "-c", RUNNER)
    text = (folder / "outputs.json").read_text()
    for name, other in IN_PYTHON.items():
        text = text.replace(other, name)
    outputs: list[list[Any]] = json.loads(text)
    return outputs


@pytest.fixture(scope="module")
def outputs_in_typescript(
    folder: Path, stage: dict[str, Any], outputs_of_commands: list[str]
) -> list[str]:
    """The output of each TypeScript sample. They are one program, compiled by strict rules."""
    clients.typescript(folder / "node_modules/@artisthub/api")
    samples = [example.typescript for example in EXAMPLES]
    program = f"\nconsole.log('\\n{MARK}');\n".join(["", *samples])
    program = f"import {{ askForCode, signInAt }} from './stand_ins.js';\n{program}"
    for name, text in (
        ("guide.ts", with_callback_of(stage, program)),
        ("stand_ins.ts", STAND_INS.read_text()),
    ):
        for guides, ours in IN_TYPESCRIPT.items():
            text = text.replace(guides, ours)
        (folder / name).write_text(text)
    (folder / "package.json").write_text('{"type": "module"}')
    for package in ("@types", "undici-types"):
        (folder / "node_modules" / package).symlink_to(ROOT / "node_modules" / package)
    options = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"]
    run(folder, "", str(ROOT / "node_modules/.bin/tsc"), *options, "guide.ts")
    return run(folder, "", "node", "guide.js").split(f"\n{MARK}\n")[1:]


def with_callback_of(stage: dict[str, Any], text: str) -> str:
    return text.replace("http://localhost:3000/auth/callback", stage["callbackUrls"][0])


def test_every_code_block_of_the_guide_is_run_or_compared() -> None:
    assert GUIDE.count("```") == 2 * len(BLOCKS)
    assert "~~~" not in GUIDE
    assert {block.language for block in BLOCKS} == {"sh", "python", "ts", "http", "json", "text"}
    for name in SCRIPTS:
        assert any(f"python3 {name} " in example.command for example in EXAMPLES), name


def test_every_call_in_the_guide_is_shown_in_python_too() -> None:
    without = [example.command for example in EXAMPLES if not example.python]

    assert [command.partition(" ")[0] for command in without] == ["python3", "UPLOAD=$(curl"]


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
    for example, output in zip(EXAMPLES, outputs_of_commands, strict=True):
        command, shown = example.command, example.shown
        if shown is None:
            assert '"about:blank"' not in output, f"{command}\n{output}"
            continue
        actual, expected = _comparable(_parsed(Block(shown.language, output)), shown)
        assert _named(actual, actual_names) == _named(expected, shown_names), command


def test_every_python_sample_gets_the_answer_in_the_guide(
    outputs_in_python: list[list[Any]],
) -> None:
    shown_names: dict[str, str] = {}
    actual_names: dict[str, str] = {}
    compared = 0
    for example, (printed, *responses) in zip(EXAMPLES, outputs_in_python, strict=True):
        shown = example.shown
        if shown and shown.language == "text" and printed:
            actual: Any = printed.strip()
        elif shown and example.shows_the_last_response and responses:
            [[status, headers, body]] = responses
            parsed = json.loads(body) if body else ""
            whole = {"status": str(status), "headers": headers, "body": parsed}
            actual = whole if shown.language == "http" else parsed
        else:
            continue
        compared += 1
        actual, expected = _comparable(actual, shown)
        assert _named(actual, actual_names) == _named(expected, shown_names), example.python
    assert compared > len(EXAMPLES) / 2


def test_every_call_in_the_guide_is_shown_in_typescript_too() -> None:
    without = [example.command for example in EXAMPLES if not example.typescript]

    assert [command.partition(" ")[0] for command in without] == ["UPLOAD=$(curl"]


def test_every_typescript_sample_compiles_and_prints_what_the_guide_shows(
    outputs_in_typescript: list[str],
) -> None:
    compared = 0
    for example, output in zip(EXAMPLES, outputs_in_typescript, strict=True):
        if example.shown and example.shown.language == "text" and example.typescript:
            compared += 1
            expected, actual = (
                _VARYING.sub("<>", each).replace('"', "").strip()
                for each in (example.shown.text, output)
            )
            assert actual == expected, example.typescript
    assert compared


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


def _comparable(actual: Any, shown: Block) -> tuple[Any, Any]:
    """The answer and the guide's, with what the guide leaves out of both."""
    expected = _parsed(shown)
    if shown.language == "http":  # the guide shows only some headers
        found = actual["headers"]
        actual["headers"] = {name: found.get(name) for name in expected["headers"]}
    return _shortened(actual, expected), expected


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
