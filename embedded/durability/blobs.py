"""Function code and layer content: megabytes, in files named by their hash."""

import hashlib
from pathlib import Path
from typing import Any

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import lambda_svc

from .files import write_whole

REFERENCE: str = lambda_svc._BLOB_REF_KEY
FOLDER = Path(lambda_svc.CODE_BLOB_DIR)
CONTENT = "_zip_data"

# Keyed by identity, with the bytes kept alive: hashing 12 MB at each look is too slow.
_written: dict[int, tuple[bytes, str]] = {}


def write(content: bytes) -> str:
    """Write the file unless it exists. Return its name."""
    known = _written.get(id(content))
    if known is None:
        known = _written[id(content)] = (content, hashlib.sha256(content).hexdigest())
        write_whole(FOLDER / f"{known[1]}.zip", content)
    return known[1]


def without_code(functions: Any) -> Any:
    """Return functions with references in place of their code, as MiniStack restores them."""
    found = AccountRegionScopedDict()
    for key, function in list(functions._data.items()):
        versions = {
            number: _without(version, "code_zip")
            for number, version in list(function.get("versions", {}).items())
        }
        own = _without(function, "code_zip")
        found._data[key] = own | {"versions": versions} if "versions" in own else own
    return found


def without_content(layers: Any) -> Any:
    found = AccountRegionScopedDict()
    for key, layer in list(layers._data.items()):
        found._data[key] = layer | {
            "versions": [_without(version, CONTENT) for version in layer["versions"]]
        }
    return found


def with_content(layers: Any) -> Any:
    """Return layers with their content, the inverse of `without_content`."""
    for layer in layers._data.values():
        for version in layer["versions"]:
            if isinstance(version.get(CONTENT), dict):
                version[CONTENT] = lambda_svc._read_code_blob(version[CONTENT][REFERENCE])
    return layers


def release_unused() -> None:
    """Release the bytes that no function or layer refers to any more."""
    used = {id(content) for content in _contents()}
    for known in _written.keys() - used:
        del _written[known]


def delete_unused() -> None:
    """Delete the files that no function or layer refers to.

    Call it when a new journal file is complete, so that the journal does not refer to them either.
    """
    used = {write(content) for content in _contents()}
    for file in FOLDER.glob("*.zip"):
        if file.stem not in used:
            file.unlink()


def _contents() -> list[bytes]:
    functions = list(lambda_svc._functions._data.values())
    holders = functions + [each for own in functions for each in own.get("versions", {}).values()]
    found = [holder.get("code_zip") for holder in holders]
    found += [
        version.get(CONTENT)
        for layer in list(lambda_svc._layers._data.values())
        for version in layer["versions"]
    ]
    return [content for content in found if isinstance(content, bytes)]


def _without(record: dict[str, Any], attribute: str) -> dict[str, Any]:
    content = record.get(attribute)
    return (
        record | {attribute: {REFERENCE: write(content)}} if isinstance(content, bytes) else record
    )
