"""Code samples of operations in curl, Python and TypeScript, made of the contract's examples.

The documentation page shows them. Those in Python and TypeScript use the clients in `clients/`.
"""

import builtins
import json
import keyword
import re
from textwrap import indent
from typing import Any

Json = dict[str, Any]

PATH_PARAMETER = re.compile(r"\{(\w+)\}")
WIDTH = 84
BUILT_IN = {*dir(builtins), *keyword.kwlist} - {"id"}


def added(document: Json) -> Json:
    """The contract with the samples of each operation, as `x-codeSamples`."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            operation["x-codeSamples"] = of(document, method, path)
    return document


def of(document: Json, method: str, path: str) -> list[Json]:
    """The samples of an operation."""
    call = _Call(document, method, path)
    return [
        {"lang": "shell", "label": "curl", "source": call.curl()},
        {"lang": "python", "label": "Python", "source": call.python()},
        {"lang": "typescript", "label": "TypeScript", "source": call.typescript()},
    ]


class _Call:
    """A call with the examples of the operation's required parameters and of its body."""

    def __init__(self, document: Json, method: str, path: str) -> None:
        self._document, self._method, self._path = document, method, path
        self._operation: Json = document["paths"][path][method]
        parameters = [self._found(each) for each in self._operation["parameters"]]
        required = [each for each in parameters if each.get("required")]
        self._given: Json = {each["name"]: each["example"] for each in required}
        self._in = {each["name"]: each["in"] for each in parameters}
        self._body: Any = None
        self._schema: Json = {}
        if content := self._operation.get("requestBody", {}).get("content"):
            described = content.get("application/json") or next(iter(content.values()))
            name, example = next(iter(described["examples"].items()))
            self._body = self._found(example)["value"]
            self._schema = self._only(described["schema"])
            if "properties" not in self._schema:
                # One of several bodies: the example has the name of its schema.
                self._schema = {"$ref": f"#/components/schemas/{name}"}

    def curl(self) -> str:
        path = PATH_PARAMETER.sub(lambda found: str(self._given[found[1]]), self._path)
        query = "&".join(f"{name}={value}" for name, value in self._named("query"))
        verb = "" if self._method == "get" else f"-X {self._method.upper()} "
        lines = [f'curl {verb}"$API{path}{"?" if query else ""}{query}"']
        if self._needs_token():
            lines.append('-H "Authorization: Bearer $TOKEN"')
        lines += [f"-H '{name}: {value}'" for name, value in self._named("header")]
        if self._body is not None:
            text = json.dumps(self._body, indent=2, ensure_ascii=False).replace("'", "'\\''")
            lines += ["-H 'Content-Type: application/json'", f"-d '{text}'"]
        return " \\\n  ".join(lines)

    def python(self) -> str:
        arguments = [_text(self._given[name]) for name in PATH_PARAMETER.findall(self._path)]
        for place in ("query", "header"):
            arguments += [f"{_snake(name)}={_text(value)}" for name, value in self._named(place)]
        if self._body is not None:
            if "$ref" in self._schema:
                arguments.append(self._python(self._body, self._schema))
            else:
                arguments += self._fields(self._body, self._schema)
        return _called(f"hub.{_snake(self._operation['operationId'])}", arguments)

    def typescript(self) -> str:
        options = {_camel(name): value for name, value in self._given.items()}
        if self._body is not None:
            options["body"] = self._body
        given = _typescript(options) if options else ""
        return f"await api.{self._operation['operationId']}({given});"

    def _needs_token(self) -> bool:
        security = self._operation["security"]
        return bool(security) and {} not in security

    def _named(self, place: str) -> list[tuple[str, Any]]:
        return [(name, value) for name, value in self._given.items() if self._in[name] == place]

    def _found(self, part: Json) -> Json:
        if "$ref" not in part:
            return part
        _, section, name = part["$ref"].rsplit("/", 2)
        found: Json = self._document["components"][section][name]
        return found

    def _only(self, schema: Json) -> Json:
        """The schema that a reference leads to."""
        return self._only(self._found(schema)) if "$ref" in schema else schema

    def _fields(self, value: Json, schema: Json) -> list[str]:
        known = schema["properties"]
        return [f"{_snake(name)}={self._python(each, known[name])}" for name, each in value.items()]

    def _python(self, value: Any, schema: Json) -> str:
        for option in schema.get("anyOf", []):
            if option != {"type": "null"}:
                return "None" if value is None else self._python(value, option)
        if isinstance(value, dict) and "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return _called(f"models.{name}", self._fields(value, self._only(schema)))
        schema = self._only(schema)
        if isinstance(value, list):
            items = [self._python(each, schema["items"]) for each in value]
            return _listed("[", items, "]")
        if schema.get("format") == "date":
            return f"date.fromisoformat({_text(value)})"
        if schema.get("format") == "date-time":
            return f"datetime.fromisoformat({_text(value)})"
        return _text(value)


def _text(value: Any) -> str:
    return repr(value) if not isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _called(name: str, arguments: list[str]) -> str:
    return _listed(f"{name}(", arguments, ")")


def _listed(start: str, parts: list[str], end: str, margin: str = "    ") -> str:
    """The parts on one line if they fit, and otherwise each on its own."""
    line = f"{start}{', '.join(parts)}{end}"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    lines = "".join(f"{indent(part, margin)},\n" for part in parts)
    return f"{start}\n{lines}{end}"


def _typescript(value: Any) -> str:
    if isinstance(value, dict):
        fields = [f"{name}: {_typescript(each)}" for name, each in value.items()]
        return _listed("{ ", fields, " }", "  ").replace("{ \n", "{\n").replace("\n }", "\n}")
    if isinstance(value, list):
        return _listed("[", [_typescript(each) for each in value], "]", "  ")
    if isinstance(value, str) and "'" not in value:
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def _camel(name: str) -> str:
    return name[0].lower() + name[1:].replace("-", "")


def _snake(name: str) -> str:
    """The name in the Python client, which leaves Python's own names alone."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace("-", "_")).lower()
    return f"{snake}_" if snake in BUILT_IN else snake
