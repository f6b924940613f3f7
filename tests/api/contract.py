"""A check that the published contract names every answer that a test gets."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

ROOT = Path(__file__).parents[2]

CONTRACT: dict[str, Any] = json.loads((ROOT / "src/artisthub/meta/openapi.json").read_text())


def ensure(method: str, path: str, status: int, headers: dict[str, str], text: str) -> None:
    """Fail for a status, a header or a body that the contract does not name for this route."""
    called = f"{method} {path} {status}"
    described = _described(method.replace("HEAD", "GET"), path, status)
    content = {} if method == "HEAD" else described.get("content", {})
    # The last page has no link to the next one.
    assert {name.lower() for name in described["headers"]} - {"link"} <= headers.keys(), called
    if content:
        media_type = headers["content-type"].partition(";")[0]
        assert media_type in content, called
        if media_type.endswith("json"):
            _ensure_fits(called, content[media_type]["schema"], text)
        if media_type == "application/problem+json":  # never the gateway's own message
            _ensure_fits(called, {"$ref": "#/components/schemas/Problem"}, text)
    else:
        assert text == "", called


def _ensure_fits(called: str, schema: dict[str, Any], text: str) -> None:
    errors = _validator(json.dumps(schema)).iter_errors(json.loads(text))
    wrong = [error.message for error in errors]
    assert wrong == [], f"{called}: {wrong} in {text}"


def _described(method: str, path: str, status: int) -> dict[str, Any]:
    responses = CONTRACT["paths"][path][method.lower()]["responses"]
    assert str(status) in responses, f"{method} {path}: {status} is not in the contract"
    response: dict[str, Any] = responses[str(status)]
    name = response.get("$ref", "").rpartition("/")[2]
    return CONTRACT["components"]["responses"][name] if name else response


@cache
def _validator(schema: str) -> Draft202012Validator:
    whole = {**json.loads(schema), "components": CONTRACT["components"]}
    return Draft202012Validator(whole, validate_formats=True)
