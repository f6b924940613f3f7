"""Writes the generated part of the TypeScript client: the models, methods and routes.

`make fix` writes it to clients/typescript/src/generated.ts.
"""

import json
from collections.abc import Iterable, Sequence
from textwrap import indent

from contract import ROOT, openapi
from contract.openapi import Route
from contract.schemas import Json

FILE = ROOT / "clients/typescript/src/generated.ts"
HEAD = """\
// Generated from the contract by `make fix`. Do not edit.

import type { CallOptions, Pages, Versioned } from './types.js';
"""
# Parameters that the contract shares become options of a call.
OPTIONS = {
    "IdempotencyKey": ("idempotencyKey?: string", "By default, the client makes a new one."),
    "IfMatch": (
        "ifMatch: Versioned | string",
        "The version to change: what you read, or its ETag.",
    ),
    "IfMatchOptional": ("ifMatch?: Versioned | string", "Refuse to change any other version."),
    "IfNoneMatch": ("ifNoneMatch?: Versioned", "What you read. You get it again if it is current."),
}
PRIMITIVES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}
FILES = {"text/csv": "string", "text/html": "string", "image/jpeg": "Blob"}


def text() -> str:
    """The content of the file."""
    document = openapi.document()
    routes = list(openapi.routes())
    codes = sorted({problem.__name__ for route in routes for problem in route.problems})
    schemas = document["components"]["schemas"]
    operations = [(route, _operation(route, document)) for route in routes]
    return "\n".join(
        [
            HEAD,
            f"/** The version of the contract and of this client. */\n"
            f"export const VERSION = {json.dumps(document['info']['version'])};\n",
            f"/** The stable codes of errors. */\nexport type ProblemCode = {_union(codes)};\n",
            *(_model(name, schema) for name, schema in schemas.items()),
            *(_options(route, operation) for route, operation in operations),
            "/** Every operation of the API. */",
            "export interface Operations {",
            *(_method(route, operation, schemas) for route, operation in operations),
            "}\n",
            "/** Method, path, whether it takes a token, and what else the client does for it. */",
            "export const ROUTES = {",
            *(f"  {_route(route, operation, schemas)}," for route, operation in operations),
            "} as const satisfies Record<keyof Operations, string>;\n",
        ]
    )


def _operation(route: Route, document: Json) -> Json:
    operation: Json = document["paths"][route.path][route.method.lower()]
    return operation


def _model(name: str, schema: Json) -> str:
    known = _doc(schema.get("description", ""))
    if "properties" in schema and not schema.keys() & {"anyOf", "oneOf", "allOf"}:
        return f"{known}export interface {name} {_object(schema)}\n"
    return f"{known}export type {name} = {_type(schema)};\n"


def _type(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(_type(option) for option in options))
    if "allOf" in schema:
        return " & ".join(_type(part) for part in schema["allOf"])
    if "const" in schema or "enum" in schema:
        return _union(schema.get("enum") or [schema["const"]])
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": each}) for each in kind)
    if kind == "array":
        return f"Array<{_type(schema['items'])}>"
    if kind == "object":
        return _object(schema)
    return PRIMITIVES.get(str(kind), "null" if kind == "null" else "unknown")


def _union(values: Sequence[object]) -> str:
    return " | ".join(json.dumps(value) for value in values)


def _object(schema: Json) -> str:
    if "properties" not in schema:
        others = schema.get("additionalProperties")
        return f"Record<string, {_type(others) if isinstance(others, dict) else 'unknown'}>"
    required = schema.get("required", [])
    return _block(
        _field(name, field, required=name in required)
        for name, field in schema["properties"].items()
    )


def _block(fields: Iterable[str]) -> str:
    return f"{{\n{indent(''.join(fields), '  ')}}}"


def _field(name: str, schema: Json, *, required: bool) -> str:
    known = _doc(schema.get("description", ""))
    return f"{known}{name}{'' if required else '?'}: {_type(schema)};\n"


def _doc(text: str) -> str:
    """A comment for readers of the types. The text may be Markdown."""
    lines = text.replace("*/", "*\\/").splitlines()
    if len(lines) < 2:
        return f"/** {lines[0]} */\n" if lines else ""
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def _options(route: Route, operation: Json) -> str:
    """The type of the options of a call."""
    return (
        f"export interface {_options_name(route)} extends CallOptions {_block(_given(operation))}\n"
    )


def _options_name(route: Route) -> str:
    name = route.spec.name
    return f"{name[0].upper()}{name[1:]}Options"


def _given(operation: Json) -> list[str]:
    """The parameters and the body of a call, the required ones first."""
    fields = []
    for parameter in operation["parameters"]:
        if "$ref" in parameter:
            declared, known = OPTIONS[parameter["$ref"].rpartition("/")[2]]
            fields.append(f"{_doc(known)}{declared};\n")
        else:
            schema = {**parameter["schema"], "description": parameter.get("description", "")}
            fields.append(_field(parameter["name"], schema, required=parameter["required"]))
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        fields.append(_field("body", body, required=True))
    return sorted(fields, key=lambda field: "?: " in field)


def _method(route: Route, operation: Json, schemas: Json) -> str:
    given = _given(operation)
    optional = "" if any("?: " not in field for field in given) else "?"
    raised = ", ".join(sorted(problem.__name__ for problem in route.problems))
    known = _doc(f"{operation['description']}\n\n@throws {{ArtistHubError}} {raised}")
    answer = _answer(operation)
    wrapped = f"Pages<{answer}>" if _is_list(operation, schemas) else f"Promise<{answer}>"
    declared = f"{route.spec.name}(options{optional}: {_options_name(route)}): {wrapped};\n"
    return indent(f"{known}{declared}", "  ")


def _answer(operation: Json) -> str:
    """The type of a successful answer."""
    if "302" in operation["responses"]:
        return "Blob"  # clients follow the redirect to the file
    [content] = [
        response.get("content", {})
        for status, response in operation["responses"].items()
        if status.startswith("2")
    ]
    kinds = [FILES.get(media, "") or _type(body["schema"]) for media, body in content.items()]
    return " | ".join(kinds) or "void"


def _is_list(operation: Json, schemas: Json) -> bool:
    """Whether the answer is a page of a list, and has a cursor of the next one."""
    takes_cursor = any(each.get("name") == "cursor" for each in operation["parameters"])
    content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return takes_cursor and {"items", "next"} <= schemas.get(name, {}).get("properties", {}).keys()


def _route(route: Route, operation: Json, schemas: Json) -> str:
    token = "token" if route.needs_token else "optional" if route.spec.optional_token else "public"
    key = " keyed" if route.spec.idempotent else ""
    paged = " paged" if _is_list(operation, schemas) else ""
    return f"{route.spec.name}: '{route.method} {route.path} {token}{key}{paged}'"
