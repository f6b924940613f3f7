"""The code samples of the contract: each is a complete call of its operation."""

import json
import re
import shlex
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from artisthub_client import models
from contract import ROOT, openapi
from tests.unit.clients.python import service

DOCUMENT = json.loads(openapi.FILE.read_text())
OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
IDS = [operation["operationId"] for *_, operation in OPERATIONS]


class Sent(Exception):
    pass


def stop(_: Any) -> Any:
    raise Sent


def source(operation: dict[str, Any], lang: str) -> str:
    [found] = [each["source"] for each in operation["x-codeSamples"] if each["lang"] == lang]
    return str(found)


def body_of(operation: dict[str, Any]) -> Any:
    """The first example of the body, or None."""
    content = operation.get("requestBody", {}).get("content", {})
    for described in content.values():
        name = next(iter(described["examples"].values()))["$ref"].rpartition("/")[2]
        return DOCUMENT["components"]["examples"][name]["value"]
    return None


def is_path(address: str, path: str) -> bool:
    template = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
    return bool(re.search(f"{template}$", unquote(urlsplit(address).path)))


def test_every_operation_has_a_sample_in_three_languages() -> None:
    for *_, operation in OPERATIONS:
        labels = [each["label"] for each in operation["x-codeSamples"]]
        assert labels == ["curl", "Python", "TypeScript"]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_the_curl_sample_sends_the_example(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    words = shlex.split(source(operation, "shell"))

    verb = words[words.index("-X") + 1] if "-X" in words else "GET"
    assert verb.lower() == method
    [address] = [word for word in words if word.startswith("$API")]
    assert is_path(address.replace("$API", "https://api.example"), path)
    sent = json.loads(words[words.index("-d") + 1]) if "-d" in words else None
    assert sent == body_of(operation)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_the_python_sample_sends_the_example(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    hub, requests = service.client(stop, session=service.signed_in())
    names = {"hub": hub, "models": models, "date": date, "datetime": datetime}

    with pytest.raises(Sent):
        exec(source(operation, "python"), names)

    [request] = requests.requests
    assert request.method.lower() == method
    assert is_path(str(request.url), path)
    content = request.content.replace(b".000Z", b"Z")  # the same time
    sent = json.loads(content) if content else None
    assert sent == body_of(operation)


def test_the_typescript_samples_have_the_types_of_the_client(tmp_path: Path) -> None:
    calls = [source(operation, "typescript") for *_, operation in OPERATIONS]
    client = ROOT / "clients/typescript/src/index.js"
    program = tmp_path / "samples.mts"
    program.write_text(
        f"import {{ createClient }} from {json.dumps(str(client))};\n"
        "const api = createClient({ url: '' });\n" + "\n".join(calls)
    )

    options = [
        *("--target", "es2022", "--module", "nodenext"),
        "--strict",
        "--noEmit",
        "--ignoreConfig",
    ]
    finished = subprocess.run(
        [ROOT / "node_modules/.bin/tsc", *options, program],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert finished.stdout == ""
    assert finished.returncode == 0


def test_a_sample_without_a_body_has_its_required_parameters() -> None:
    suggest = DOCUMENT["paths"]["/v1/suggestions"]["get"]

    address = shlex.split(source(suggest, "shell"))[1]

    assert parse_qs(urlsplit(address).query) == {"text": ["lee"]}
    assert source(suggest, "typescript") == "await api.suggest({ text: 'lee' });"
