"""Generate the operations, models and errors of the Python client from the contract.

python clients/python/generator           writes them to the package
python clients/python/generator --check   fails if the package has others

openapi-python-client reads the contract, and the templates beside this file say what it writes: a
method for each operation, and a dataclass for each schema. Its warnings are errors here.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from filecmp import cmpfiles
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src/artisthub_client"
CONTRACT = HERE.parents[2] / "src/artisthub/meta/openapi.json"
FILES = ("errors.py", "models.py", "operations.py")

HEAD = '"""{} Generated from the contract by `make clients`."""\n\n'
MODELS = (
    HEAD.format("Requests and responses of the API.")
    + """\
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from artisthub_client.wire import Tagged

"""
)
OPERATIONS = (
    HEAD.format("A method for each operation of the API.")
    + """\
from __future__ import annotations

import datetime
from typing import Literal

from artisthub_client.transport import Transport, new_key, path
from artisthub_client.models import *  # noqa: F403
from artisthub_client.wire import UNSET, Unset, Version


class Operations(Transport):
"""
)
ERRORS = (
    HEAD.format("An exception for each code of an error.")
    + """\
from artisthub_client.problem import ApiError

"""
)
JSON: dict[str, Any] = {"application/json": {}}
FILE = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
# The exceptions whose names are HTTP's own, by status. The others derive from them.
FAMILIES = {
    400: "Malformed",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    412: "Stale",
    413: "TooLarge",
    415: "UnsupportedMediaType",
    422: "Invalid",
    428: "IfMatchRequired",
    429: "TooManyRequests",
    500: "InternalError",
    503: "Busy",
}


def successes(contract: dict[str, Any]) -> dict[str, Any]:
    """The contract without errors, which have a file of their own, and the schemas they need."""
    for methods in contract["paths"].values():
        for operation in methods.values():
            operation["responses"] = {
                status: answer
                for status, answer in operation["responses"].items()
                if status < "300"
            }
            for answer in operation["responses"].values():
                if "application/json" not in answer.get("content", JSON):
                    answer["content"] = FILE
            content = operation.get("requestBody", {}).get("content", {})
            content.pop("application/merge-patch+json", None)
    schemas = contract["components"]["schemas"]
    needed, new = set[str](), _schemas_in(contract["paths"])
    while new:
        needed |= new
        new = set().union(*(_schemas_in(schemas[name]) for name in new)) - needed
    contract["components"]["schemas"] = {name: schemas[name] for name in sorted(needed)}
    return contract


def _schemas_in(part: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))


def errors(contract: dict[str, Any]) -> str:
    """The exceptions, from the examples of all error responses."""
    known = {}
    for response in contract["components"]["responses"].values():
        for example in response["content"]["application/problem+json"]["examples"].values():
            known[example["value"]["code"]] = example["value"]
    text = ERRORS
    for status, family in FAMILIES.items():
        text += _exception(family, "ApiError", known.pop(family, {}).get("detail"))
        for code in sorted(code for code in known if known[code]["status"] == status):
            text += _exception(code, family, known.pop(code)["detail"])
    if known:
        sys.exit(f"error: FAMILIES has no status of {', '.join(known)}: add it")
    by_status = "".join(f"{status}: {family}," for status, family in FAMILIES.items())
    return text + f"FAMILIES: dict[int, type[ApiError]] = {{{by_status}}}\n"


def _exception(name: str, base: str, detail: str | None) -> str:
    return f'class {name}({base}):\n    """{detail or "Another error of this status."}"""\n\n'


def generate(folder: Path) -> None:
    """Write the files into this folder."""
    contract = json.loads(CONTRACT.read_text())
    (folder / "errors.py").write_text(errors(contract))
    with TemporaryDirectory() as temporary:
        document, made = Path(temporary, "openapi.json"), Path(temporary, "made")
        document.write_text(json.dumps(successes(contract)))
        settings = Path(temporary, "settings.json")
        settings.write_text('{"literal_enums": true, "post_hooks": []}')
        subprocess.run(
            [
                *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
                *("--path", document, "--output-path", made, "--meta", "none"),
                *("--config", settings, "--custom-template-path", HERE / "templates"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        models, operations = made.glob("models/[!_]*.py"), made.glob("api/*/[!_]*.py")
        (folder / "models.py").write_text(MODELS + _joined(models))
        (folder / "operations.py").write_text(OPERATIONS + _joined(operations))
    ruff = [sys.executable, "-m", "ruff"]
    files = [folder / name for name in FILES]
    style = ["--quiet", "--isolated", "--line-length", "100"]
    subprocess.run([*ruff, "format", *style, *files], check=True)


def _joined(files: Iterable[Path]) -> str:
    """The files by name. Maps come last, the inner ones first, because they need what they name."""
    texts = {file.name: file.read_text() for file in sorted(files)}
    maps = [name for name, text in texts.items() if ": TypeAlias = " in text]
    last = sorted(maps, key=len, reverse=True)
    return "\n".join(texts[name] for name in [*(name for name in texts if name not in maps), *last])


def main(arguments: list[str]) -> int:
    """Write the files, or compare them, and return the exit status."""
    if arguments != ["--check"]:
        generate(PACKAGE)
        return 0
    with TemporaryDirectory() as temporary:
        generate(Path(temporary))
        _, different, missing = cmpfiles(temporary, PACKAGE, FILES, shallow=False)
    if different or missing:
        print("clients/python is out of date: run `make clients`")
    return 1 if different or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
