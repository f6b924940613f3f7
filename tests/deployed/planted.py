"""Bodies with a marker in every field that takes a free text, made from the contract."""

import copy
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from tests.api.contract import CONTRACT

Schema = dict[str, Any]

# They look like free texts, but are ids.
_IDS = {"userId", "castingId"}


def body(model: str, text: str, **fixed: Any) -> dict[str, Any]:
    """The contract's example of a model, with the text in every field that takes it."""
    example = copy.deepcopy(CONTRACT["components"]["examples"][model]["value"])
    planted: dict[str, Any] = _planted(CONTRACT["components"]["schemas"][model], example, text)
    return planted | fixed


def models_with_texts() -> dict[str, set[str]]:
    """The operations that take a free text, by the model of their body."""
    found: dict[str, set[str]] = {}
    for operations in CONTRACT["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            for model in _models(content.get("application/json", {}).get("schema", {})):
                if _has_text(CONTRACT["components"]["schemas"][model]):
                    found.setdefault(model, set()).add(operation["operationId"])
    return found


def _models(schema: Schema) -> Iterator[str]:
    """The model that the reference names, or those of the choice that it names."""
    name = schema.get("$ref", "").rpartition("/")[2]
    members = CONTRACT["components"]["schemas"].get(name, {}).get("oneOf")
    if name and not members:
        yield name
    for member in members or []:
        yield from _models(member)


def _has_text(schema: Schema) -> bool:
    marker = "w0123456789abcdef"
    return marker in repr(_planted(schema, None, marker))


def _planted(schema: Schema, example: Any, text: str) -> Any:
    """The example with the text in it. None if there is neither."""
    schema = _resolved(schema)
    if "properties" in schema:
        found = dict(example or {})
        for name, field in schema["properties"].items():
            value = None if name in _IDS else _planted(field, found.get(name), text)
            if value is not None:
                found[name] = value
        return found or None
    if schema.get("type") == "array":
        item = _planted(schema["items"], example[0] if example else None, text)
        return example if item is None else [item]
    for candidate in (text, f"https://example.org/{text}"):
        if _takes(schema, candidate):
            return candidate
    return example


def _resolved(schema: Schema) -> Schema:
    """The schema itself; of a choice, the part that is not null."""
    if "$ref" in schema:
        return _resolved(CONTRACT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    parts = [part for part in schema.get("anyOf", []) if part.get("type") != "null"]
    return _resolved(parts[0]) if len(parts) == 1 else schema


def _takes(schema: Schema, text: str) -> bool:
    may_be_text = schema.get("type") == "string" and "format" not in schema
    return may_be_text and jsonschema_rs.is_valid(schema, text)
