"""Common generators and linters read the contract without a warning, and their clients compile."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from checks import ROOT
from tests.first_calls import CONTRACT, Call, first_calls

TOOLS = ROOT / "clients/tools"
PYTHON = ROOT / ".venv-clients/bin/python"
TSC = ROOT / "node_modules/.bin/tsc"
# Each tool's own requests to the internet, for news of itself.
QUIET = {"REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "REDOCLY_TELEMETRY": "off", "NO_COLOR": "1"}


class Told(NamedTuple):
    warnings: list[str]
    errors: list[str]


def run(folder: Path, *command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=os.environ | QUIET,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def tool(name: str) -> Path:
    return TOOLS / "node_modules/.bin" / name


def told(*finished: subprocess.CompletedProcess[str]) -> Told:
    """The lines that report a warning or an error. A failure without such a line is an error."""
    lines = [line for each in finished for line in each.stdout.splitlines()]
    failed = [f"{each.args[0]} failed:\n{each.stdout}" for each in finished if each.returncode]
    return Told(
        [line for line in lines if re.search(r"\bwarn|⚠|deprecated", line, re.IGNORECASE)],
        [line for line in lines if re.search(r"\berror\b|🛑|❌", line, re.IGNORECASE)] or failed,
    )


def compiled(folder: Path) -> subprocess.CompletedProcess[str]:
    """All TypeScript of the folder, checked strictly."""
    settings = {"extends": str(TOOLS / "tsconfig.json"), "include": ["**/*.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    return run(folder, TSC, "-p", folder)


def openapi_typescript(folder: Path) -> Told:
    made = run(folder, tool("openapi-typescript"), CONTRACT, "-o", folder / "schema.ts")
    return told(made, compiled(folder))


def hey_api(folder: Path) -> Told:
    made = run(folder, tool("openapi-ts"), "-i", CONTRACT, "-o", folder / "client", "--no-log-file")
    return told(made, compiled(folder))


def orval(folder: Path) -> Told:
    made = run(
        folder,
        *(tool("orval"), "--input", CONTRACT, "--output", folder / "api.ts"),
        *("--client", "fetch", "--mode", "split"),
    )
    return told(made, compiled(folder))


def openapi_python_client(folder: Path) -> Told:
    package = folder / "package"
    made = run(
        folder,
        *(PYTHON, "-m", "openapi_python_client", "generate", "--path", CONTRACT, "--meta", "none"),
        *("--output-path", package, "--config", TOOLS / "openapi-python-client.yaml"),
    )
    # Importing the modules also evaluates their types.
    modules = sorted(path.relative_to(folder) for path in package.glob("**/*.py"))
    names = [".".join(path.with_suffix("").parts) for path in modules]
    imports = f"import sys; sys.path.insert(0, {str(folder)!r})\nimport " + ", ".join(names)
    return told(made, run(folder, PYTHON, "-W", "error", "-c", imports))


def spectral(folder: Path) -> Told:
    run(
        folder,
        *(tool("spectral"), "lint", CONTRACT, "--ruleset", TOOLS / ".spectral.yaml"),
        *("--format", "json", "--output", folder / "found.json"),
    )
    found = json.loads((folder / "found.json").read_text())
    lines = [(each["severity"], f"{each['code']}: {each['message']}") for each in found]
    return Told(
        [line for severity, line in lines if severity > 0],
        [line for severity, line in lines if severity == 0],
    )


def redocly(folder: Path) -> Told:
    written = subprocess.run(
        # The ignored place has this address.
        [tool("redocly"), "lint", os.path.relpath(CONTRACT, TOOLS), "--format", "json"],
        cwd=TOOLS,
        env=os.environ | QUIET,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    found = json.loads(written.stdout)["problems"]
    lines = [(each["severity"], f"{each['ruleId']}: {each['message']}") for each in found]
    return Told(
        [line for severity, line in lines if severity != "error"],
        [line for severity, line in lines if severity == "error"],
    )


@pytest.mark.parametrize(
    "read",
    [openapi_typescript, hey_api, orval, openapi_python_client, spectral, redocly],
    ids=lambda read: read.__name__,
)
def test_a_tool_reads_the_contract_without_a_warning(
    read: Callable[[Path], Told],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    warnings, errors = read(tmp_path)

    name = read.__name__.replace("_", "-")
    record_property("tool", f"| {name} | {len(warnings)} | {len(errors)} |")
    assert (warnings, errors) == ([], [])


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"type": "strng"}, "redocly"),
        ({"$ref": "#/components/schemas/Nowhere"}, "openapi_typescript"),
    ],
)
def test_a_wrong_contract_is_told(
    wrong: dict[str, Any], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = json.loads(CONTRACT.read_text())
    document["components"]["schemas"]["CastingFields"]["properties"]["title"] = wrong
    broken = tmp_path / "openapi.json"
    broken.write_text(json.dumps(document))
    monkeypatch.setitem(globals(), "CONTRACT", broken)

    warnings, errors = globals()[name](tmp_path)

    assert warnings or errors


def typed(call: Call) -> str:
    """A body and query parameters as TypeScript that has the types of the operation."""
    operation = f"paths['{call.template}']['{call.method.lower()}']"
    made = []
    if call.query:
        query = f"{operation}['parameters']['query']"
        made.append(f"({json.dumps(call.typed_query)}) satisfies {query};")
    if call.body:
        content = f"{operation}['requestBody']['content']['application/json']"
        made.append(f"({json.dumps(call.body)}) satisfies {content};")
    return "\n".join(made) or f"null as unknown as {operation};"


def test_the_first_calls_of_the_readme_have_the_types_of_the_contract(tmp_path: Path) -> None:
    calls = first_calls()
    lines = ["import type { paths } from './schema';", *map(typed, calls)]
    (tmp_path / "readme.ts").write_text("\n".join(lines))

    assert openapi_typescript(tmp_path) == ([], [])
    assert [call.method for call in calls] == ["POST", "PUT", "GET", "GET", "PATCH"]


def test_a_body_of_another_type_does_not_compile(tmp_path: Path) -> None:
    call = first_calls()[0]._replace(body={"title": "Guitarist"})
    lines = ["import type { paths } from './schema';", typed(call)]
    (tmp_path / "wrong.ts").write_text("\n".join(lines))

    _, errors = openapi_typescript(tmp_path)

    assert any("description, category, roles" in line for line in errors)
