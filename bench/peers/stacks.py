"""The stacks, packaged like functions: compiled, and with only their own packages on the path."""

from __future__ import annotations

import compileall
import json
import os
import py_compile
import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from packaging.requirements import Requirement

from artisthub.shared import currencies
from bench import samples
from bench.package import Function

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
NODE_FOLDER = Path(".venv-bench/node").absolute()
EVENTS = {"create": samples.CREATE, "read": samples.GET}
TABLES = {
    f"{re.sub('(?<!^)(?=[A-Z])', '_', name).upper()}_TABLE": f"{name}Table"
    for name in ("Casting", "Users", "Quotas", "ClosedAccounts", "Cards")
}

OURS = "ArtistHub"
FASTAPI = "FastAPI + Mangum + boto3"
POWERTOOLS = "Powertools + boto3"
CHALICE = "Chalice + boto3"
NODE = "Node.js 24 + AWS SDK + zod"
CORE = "compiled core alone"
CONNECTED = "the same, connected at init"


@dataclass(frozen=True)
class Stack:
    """`functions` has the function for each of EVENTS. Chalice knows REST APIs only."""

    name: str
    functions: dict[str, Function]
    is_rest: bool = False

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        return _as_rest(event) if self.is_rest else event

    @property
    def bytes_zipped(self) -> int:
        """The size of code and dependencies as uploaded to Lambda."""
        folders = {folder for each in self.functions.values() for folder in each.folders}
        return sum(len(zlib.compress(file.read_bytes())) for file in _files(folders))


def everything(folder: Path, ours: Iterable[Function]) -> list[Stack]:
    """All stacks, packaged in the folder. ours: the functions of the packaged service."""
    by_name = {function.name: function for function in ours}
    own = {"create": by_name["createCasting"], "read": by_name["getCasting"]}
    alone = core(folder / "core", own["create"].folders[-1])
    connected = replace(alone, environment={**alone.environment, "CONNECT": "1"})
    return [
        Stack(OURS, own),
        _alone(FASTAPI, fastapi(folder / "fastapi")),
        _alone(POWERTOOLS, _boto3(folder / "powertools", "powertools", "aws-lambda-powertools")),
        replace(_alone(CHALICE, _chalice(folder / "chalice")), is_rest=True),
        _alone(NODE, _node(folder / "node")),
        _alone(CORE, alone),
        _alone(CONNECTED, connected),
    ]


def fastapi(folder: Path) -> Function:
    """FastAPI, which is also the reference of `make bench`."""
    return replace(_boto3(folder, "fastapi", "fastapi", "mangum"), name=FASTAPI)


def _alone(name: str, function: Function) -> Stack:
    return Stack(name, dict.fromkeys(EVENTS, replace(function, name=name)))


def _boto3(folder: Path, app: str, *packages: str) -> Function:
    code = _code(folder / "code", f"{app}_app", "shapes", "store")
    dependencies = _linked(folder / "dependencies", "boto3", "pydantic", *packages)
    return Function(app, f"castings.{app}_app.handler", TABLES, [code, dependencies])


def _chalice(folder: Path) -> Function:
    function = _boto3(folder, "chalice", "chalice")
    shutil.rmtree(function.folders[-1])
    _linked(function.folders[-1], "boto3", "pydantic")
    # `chalice package` deploys only these two files of itself.
    runtime = folder / "code" / "chalice"
    runtime.mkdir()
    for name in ("__init__.py", "app.py"):
        shutil.copy(packages_folder() / "chalice" / name, runtime)
    _compile(runtime)
    return function


def core(folder: Path, layer: Path) -> Function:
    """The compiled core alone. layer: the unpacked layer that has it."""
    code = _code(folder / "code", "core_app")
    dependencies = folder / "dependencies"
    dependencies.mkdir()
    for name in ("msgspec", "pydynox"):
        (dependencies / name).symlink_to(layer / name)
    environment = {**TABLES, "TOKIO_WORKER_THREADS": "1"}  # as serverless.yml sets it
    return Function("core", "castings.core_app.handler", environment, [code, dependencies])


def _node(folder: Path) -> Function:
    folder.mkdir(parents=True)
    known = json.dumps(get_args(currencies.Currency))
    command: list[str | Path] = [
        NODE_FOLDER / "node_modules/.bin/esbuild",
        HERE / "node/index.js",
        *("--bundle", "--minify", "--platform=node", "--target=node24", "--log-level=error"),
        f"--define:CURRENCIES={known}",
        f"--outfile={folder / 'index.js'}",
    ]
    subprocess.run(
        command, env={**os.environ, "NODE_PATH": str(NODE_FOLDER / "node_modules")}, check=True
    )
    return Function("node", "index.js", TABLES, [folder], is_node=True)


def _code(folder: Path, *modules: str) -> Path:
    """The modules, and our list of currencies."""
    castings, shared = folder / "castings", folder / "artisthub" / "shared"
    castings.mkdir(parents=True)
    shared.mkdir(parents=True)
    for name in ("__init__", *modules):
        shutil.copy(HERE / "castings" / f"{name}.py", castings)
    shutil.copy(str(currencies.__file__), shared)
    _compile(folder)
    return folder


def _compile(folder: Path) -> None:
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(folder, quiet=1, invalidation_mode=unchecked)


def packages_folder() -> Path:
    """The folder with the packages in requirements/bench.txt."""
    return next(Path(".venv-bench").absolute().glob("lib/python3*/site-packages"))


def _linked(folder: Path, *names: str) -> Path:
    """A folder with these packages and their dependencies."""
    folder.mkdir(parents=True)
    site = packages_folder()
    known = {_canonical(each.name): each for each in metadata.distributions(path=[str(site)])}
    for name in needed(names, {name: each.requires or [] for name, each in known.items()}):
        roots = {file.parts[0] for file in known[name].files or [] if file.parts[0] != ".."}
        for root in roots - {"__pycache__"}:
            if not (folder / root).exists():
                (folder / root).symlink_to(site / root)
    return folder


def needed(names: Iterable[str], requires: dict[str, list[str]]) -> set[str]:
    """These packages and their dependencies on this machine.

    requires: the requirements of each known package, as its metadata names them.
    """
    found: set[str] = set()
    open_names = list(names)
    while open_names:
        name = open_names.pop()
        if name in found:
            continue
        found.add(name)
        for requirement in map(Requirement, requires[name]):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                open_names.append(_canonical(requirement.name))
    return found


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, _, names in os.walk(folder, followlinks=True):
            if not parent.endswith("__pycache__"):
                yield from (Path(parent, name) for name in names)


def _as_rest(event: dict[str, Any]) -> dict[str, Any]:
    """The event of a REST API (payload 1.0) for an event of an HTTP API.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    http, path = event["requestContext"]["http"], event.get("pathParameters")
    resource = "/v1/castings/{casting_id}" if path else "/v1/castings"
    return {
        "resource": resource,
        "path": event["rawPath"],
        "httpMethod": http["method"],
        "headers": event["headers"],
        "multiValueHeaders": {name: [value] for name, value in event["headers"].items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": {"casting_id": path["castingId"]} if path else None,
        "stageVariables": None,
        "requestContext": {
            "requestId": event["requestContext"]["requestId"],
            "resourcePath": resource,
            "httpMethod": http["method"],
            "path": event["rawPath"],
            "stage": "v1",
            "identity": {"sourceIp": http["sourceIp"]},
            "authorizer": {"claims": event["requestContext"]["authorizer"]["jwt"]["claims"]},
        },
        "body": event.get("body"),
        "isBase64Encoded": False,
    }
