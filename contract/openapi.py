"""Writes the API's contract, OpenAPI 3.1, from the routes in infra/functions and the operations.

`make fix` writes it to src/artisthub/meta/openapi.json.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib import import_module
from inspect import getdoc, getsource
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from artisthub.applications.models import Csv
from artisthub.notifications.models import Html
from artisthub.pictures.models import Jpeg
from artisthub.shared import caller, cursor, errors, idempotency, quotas
from artisthub.shared.endpoint import Answer, Operation, camel
from contract import ROOT, Incomplete, examples, samples
from contract.schemas import Json, Schemas, ref
from operations import tagged_yaml

FILE = ROOT / "src/artisthub/meta/openapi.json"
EVERYTHING_ELSE = "*"  # API Gateway's event for the route $default
# Not in the contract: pages for people, and the answer for unknown routes.
UNDOCUMENTED = {"docs", "noSuchRoute"}
# Groups of operations, in the order in which a client meets them.
TAGS = (
    "accounts",
    "users",
    "media",
    "pictures",
    "castings",
    "search",
    "matching",
    "saved",
    "applications",
    "connections",
    "notifications",
    "reports",
    "exports",
    "admin",
    "meta",
)
# Answers that are not JSON. The schema has the whole content.
FILES: dict[Any, Any] = {
    Csv: ("text/csv", {"type": "string"}),
    Html: ("text/html", {"type": "string"}),
    Jpeg: ("image/jpeg", {"type": "string", "format": "binary"}),
}
# A flag on @endpoint, and the method of the request that the operation must then call.
DECLARED = {
    "if_match": "ensure_match",
    "idempotent": "idempotency",
    "optional_token": "optional_caller",
    "quotas": "spend",
}

DESCRIPTION = """\
Casting for artists and recruiters.

Sign in with `startLogin` and `answerChallenge`. They use SRP, so the password never leaves the \
client. Then send the access token as `Authorization: Bearer …`. ID tokens are refused.

- Errors are problem documents (RFC 9457). `code` is stable and for programs. `detail` is for \
people and may change. `instance` is the request id; quote it when you report a problem. A missing \
or invalid token, and throttling, may also get `{"message": …}`.
- The request line and the headers may have at most 10 KB together.
- Lists return `{items, next}`. For the next page, send `next` as `cursor` with the same filters. \
A page may have fewer items than its `limit`, or none, and still have a `next`: it ends early if \
its items are large.
- `HEAD` works like `GET` where `GET` needs no token, without a body.
- Single resources have an `ETag`. Send it as `If-None-Match` to read only a changed resource, and \
as `If-Match` to change only the version that you have read.
- `PATCH` takes a merge patch (RFC 7396), as application/json or application/merge-patch+json.
- Send an `Idempotency-Key` to retry a create safely: it runs only once.
- Times are RFC 3339 in UTC. Money is in minor units (paise, cents).
- Text is trimmed and converted to Unicode NFC. Lengths are in code points after that. Text must \
not contain control characters, or more than 30 combining marks in a row. Text that shows nothing, \
such as only zero-width spaces or marks without a letter, counts as empty.
"""

# Statuses that API Gateway itself may answer, besides 401.
GATEWAY_STATUSES = (429, 500, 503)

RESPONSE_HEADERS: Json = {
    "ETag": {"description": "The version of the resource", "schema": {"type": "string"}},
    "Link": {
        "description": 'The address of the next page, as `rel="next"`, unless it is the last',
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "The address of the new resource, or of the requested file",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Retry-After": {
        "description": "Seconds to wait before you try again",
        "schema": {"type": "integer"},
    },
    "X-Request-Id": {"description": "The id of this request", "schema": {"type": "string"}},
}
PARAMETERS: Json = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Any new value for a create; the same value for its retries",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of the version that you are changing",
        "schema": {"type": "string"},
        "example": examples.PARAMETERS["If-Match"],
    },
    "IfMatchOptional": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag of the version that you are changing, to refuse any other",
        "schema": {"type": "string"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of the version that you have. If it is current, the answer is 304",
        "schema": {"type": "string"},
    },
}


@dataclass
class Route:
    method: str
    path: str
    needs_token: bool
    module: ModuleType
    handler: Any

    @property
    def spec(self) -> Operation:
        spec: Operation = self.handler.operation
        return spec

    @property
    def key(self) -> str:
        """API Gateway's route key."""
        return f"{self.method} {self.path}".strip()

    @property
    def feature(self) -> str:
        return self.module.__name__.split(".")[1]

    @property
    def path_parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def answers(self) -> list[Any]:
        """The models of successful answers."""
        returned = get_type_hints(self.spec.run)["return"]
        unwrapped = [
            get_args(kind)[0] if get_origin(kind) is Answer else kind for kind in _members(returned)
        ]
        return [member for kind in unwrapped for member in _members(kind)]

    @property
    def has_version(self) -> bool:
        return any(kind is bytes or "version" in _fields(kind) for kind in self.answers)

    @property
    def problems(self) -> list[type[errors.Problem]]:
        spec = self.spec
        has_cursor = "cursor" in _fields(spec.query)
        takes_body = spec.body is not None
        possible = [
            (takes_body, errors.Malformed),
            (has_cursor, cursor.BadCursor),
            (spec.idempotent, idempotency.BadIdempotencyKey),
            (self.needs_token or spec.optional_token, errors.Unauthorized),
            (self.needs_token, caller.AccessTokenRequired),
            (self.path_parameters, errors.NotFound),
            (spec.if_match, errors.Stale),
            (takes_body, errors.TooLarge),
            (takes_body, errors.UnsupportedMediaType),
            (takes_body or spec.query, errors.Invalid),
            (spec.idempotent, idempotency.CreatedAndDeleted),
            (spec.idempotent, idempotency.IdempotencyKeyReused),
            (spec.if_match == "required", errors.IfMatchRequired),
            (True, errors.TooManyRequests),
            (spec.quotas, quotas.QuotaExceeded),
            (True, errors.InternalError),
            (True, errors.Busy),
        ]
        found = [problem for applies, problem in possible if applies]
        return list(dict.fromkeys([*found, *spec.raises]))


def routes() -> Iterator[Route]:
    """All documented routes. HEAD is not: it has the headers of GET."""
    return (
        route
        for route in every_route()
        if route.spec.name not in UNDOCUMENTED and route.method != "HEAD"
    )


def every_route() -> Iterator[Route]:
    """All routes in infra/functions."""
    for file in sorted((ROOT / "infra/functions").glob("*.yml")):
        for name, function in _functions(file.read_text()).items():
            yield from _routes_of(name, function)


@cache
def _functions(text: str) -> Json:
    functions: Json = tagged_yaml.load(text)
    return functions


def _routes_of(name: str, function: Json) -> list[Route]:
    """The routes of a function, each with its operation."""
    module, handler = _handler(name, function["handler"])
    events = [event["httpApi"] for event in function["events"] if "httpApi" in event]
    shared = getattr(handler, "operations", None)
    if shared is None:
        return [_route(name, module, handler, http) for http in events]
    attribute = function["handler"].rpartition(".")[2]
    if camel(attribute) != name:
        raise _differently_named(name, camel(attribute))
    keys = [_key(http, shared) for http in events]
    own = sorted(key for key, http in zip(keys, events, strict=True) if not _is_head(http))
    if sorted(shared) != own or not set(keys) <= set(own):
        raise Incomplete(
            f"{name} has the routes {', '.join(own)} in infra/functions, but {attribute} "
            f"has operations for {', '.join(sorted(shared))}: list the same in both"
        )
    return [
        _route(shared[key].operation.name, module, shared[key], http)
        for key, http in zip(keys, events, strict=True)
    ]


def _handler(name: str, address: str) -> tuple[ModuleType, Any]:
    """The module and the handler of a function in infra/functions."""
    module_path, _, attribute = address.rpartition(".")
    file = f"src/{module_path}.py"
    if not (ROOT / file).exists():
        raise Incomplete(f"{name} is handled by {address} in infra/functions: there is no {file}")
    try:
        module = import_module(module_path.replace("/", "."))
    except Exception as error:
        raise Incomplete(f"{file} cannot be imported: {error}") from None
    handler = getattr(module, attribute, None)
    if handler is None:
        raise Incomplete(
            f"{name} is handled by {address} in infra/functions: add {attribute} to {file}"
        )
    return module, handler


def _differently_named(function: str, operation: str) -> Incomplete:
    return Incomplete(
        f"the function {function} in infra/functions is handled by {operation}: "
        "give both the same name"
    )


def _key(http: Any, shared: Json) -> str:
    """The key of the route in `by_method` or `by_route`."""
    if http == EVERYTHING_ELSE:
        return "$default"
    method = "GET" if _is_head(http) else str(http["method"])
    route = f"{method} {http['path']}"
    return route if route in shared else method


def _is_head(http: Any) -> bool:
    return bool(http != EVERYTHING_ELSE and http["method"] == "HEAD")


def _route(name: str, module: ModuleType, handler: Any, http: Any) -> Route:
    if http == EVERYTHING_ELSE:
        http = {"method": "", "path": "$default"}
    route = Route(http["method"], http["path"], "authorizer" in http, module, handler)
    if not hasattr(handler, "operation"):
        raise Incomplete(f"the handler of {name} is not an operation: add @endpoint to it")
    if route.spec.name != name:
        raise _differently_named(name, route.spec.name)
    if route.spec.public == route.needs_token:
        raise Incomplete(
            f"{name} is public in its handler and has an authorizer in infra/functions: remove "
            "public=True or the authorizer"
            if route.needs_token
            else f"{name} has no authorizer in infra/functions: add "
            "`authorizer: { name: cognito }` to its route, or public=True to its handler"
        )
    _ensure_declared(route.spec)
    return route


def _ensure_declared(spec: Operation) -> None:
    """Raise Incomplete if the operation and its @endpoint differ."""
    text = _source(spec.run)
    for flag, method in DECLARED.items():
        is_used, is_declared = f"request.{method}" in text, bool(getattr(spec, flag))
        if is_used and not is_declared:
            raise Incomplete(f"{spec.name} calls request.{method}: add {flag} to its @endpoint")
        if is_declared and not is_used:
            raise Incomplete(f"{spec.name} declares {flag}: call request.{method}, or remove it")


@cache
def _source(function: Callable[..., Any]) -> str:
    return getsource(function)


def document() -> Json:
    """The OpenAPI document."""
    schemas = Schemas()
    responses = Responses(schemas)
    shown = Examples()
    paths: Json = {}
    tags: Json = {}
    for route in sorted(routes(), key=_place):
        tags[route.feature] = (getdoc(route.module) or "").partition("\n")[0]
        operation = _operation(route, schemas, responses, shown)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ArtistHub API",
            "version": project["version"],
            "summary": "Casting for artists and recruiters",
            "description": DESCRIPTION,
            "contact": {"name": "The maintainers of ArtistHub API"},
            "license": {"name": "Apache License 2.0", "identifier": project["license"]},
        },
        "externalDocs": {
            "url": "https://www.rfc-editor.org/rfc/rfc9457",
            "description": "RFC 9457, the format of every error",
        },
        # Relative to /v1/openapi.json, so that it works below any base path.
        "servers": [{"url": "..", "description": "The stage that this document comes from"}],
        "tags": [{"name": name, "description": text} for name, text in tags.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "responses": responses.components,
            "parameters": PARAMETERS,
            "examples": shown.components,
            "headers": RESPONSE_HEADERS,
            "securitySchemes": {
                "accessToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "The access token from the sign-in",
                }
            },
        },
    }


def _place(route: Route) -> int:
    """The place of the route's group. Within a group, routes have the order of infra/functions."""
    if route.feature not in TAGS:
        raise Incomplete(f"{route.feature} has no place: add it to TAGS in contract/openapi.py")
    return TAGS.index(route.feature)


class Responses:
    """Problem responses, with one component for each set of codes."""

    def __init__(self, schemas: Schemas) -> None:
        self.components: Json = {}
        self.schemas = schemas

    def of(self, problems: list[type[errors.Problem]]) -> Json:
        """By status."""
        by_status: dict[int, list[type[errors.Problem]]] = {}
        for problem in problems:
            by_status.setdefault(problem.status, []).append(problem)
        return {str(status): self._ref(status, kinds) for status, kinds in by_status.items()}

    def _ref(self, status: int, kinds: list[type[errors.Problem]]) -> Json:
        name = "-".join(kind.__name__ for kind in kinds)
        self.components[name] = _problem_response(status, kinds, self.schemas)
        return ref("responses", name)


class Examples:
    """Examples of bodies and answers, collected as they are used."""

    def __init__(self) -> None:
        self.components: Json = {}

    def of(self, named: Json) -> Json:
        """References to the examples, by name."""
        self.components |= {name: {"value": value} for name, value in named.items()}
        return {name: ref("examples", name) for name in named}


def _operation(route: Route, schemas: Schemas, responses: Responses, shown: Examples) -> Json:
    doc = getdoc(route.handler)
    if not doc:
        raise Incomplete(f"{route.spec.name} has no docstring: add one for the API reference")
    doc, _, source = doc.partition("\nSource: ")
    operation = {
        "operationId": route.spec.name,
        "tags": [route.feature],
        # A summary is plain text, a description is Markdown (OpenAPI 3.1, Operation Object).
        "summary": re.split(r"\.(?:\s|$)", doc, maxsplit=1)[0].replace("\n", " ").replace("`", ""),
        "description": doc.strip(),
        **({"externalDocs": {"url": source.strip()}} if source else {}),
        "parameters": _parameters(route, schemas),
        "responses": {
            **_success(route, schemas, shown),
            **responses.of(route.problems),
        },
        "security": _security(route),
    }
    if body := _body(route, schemas, shown):
        operation["requestBody"] = body
    return operation


def _parameters(route: Route, schemas: Schemas) -> list[Json]:
    in_path = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "example": examples.of_parameter(name),
        }
        for name in route.path_parameters
    ]
    in_query = _query(route, schemas) if route.spec.query else []
    in_header = [
        (route.spec.idempotent, "IdempotencyKey"),
        (route.spec.if_match == "required", "IfMatch"),
        (route.spec.if_match == "optional", "IfMatchOptional"),
        (route.method == "GET" and route.has_version, "IfNoneMatch"),
    ]
    references = [ref("parameters", name) for applies, name in in_header if applies]
    return [*in_path, *in_query, *references]


def _query(route: Route, schemas: Schemas) -> list[Json]:
    return [
        {
            "name": name,
            "in": "query",
            "required": is_required,
            **({"description": schema["description"]} if "description" in schema else {}),
            **({"example": examples.of_parameter(name)} if is_required else {}),
            **_style_of(schema),
            "schema": {key: value for key, value in schema.items() if key != "description"},
        }
        for name, (schema, is_required) in schemas.query_of(route.spec.query).items()
    ]


def _security(route: Route) -> list[Json]:
    if route.needs_token:
        return [{"accessToken": []}]
    # A token is optional, but shows more to some callers.
    return [{}, {"accessToken": []}] if route.spec.optional_token else []


def _body(route: Route, schemas: Schemas, shown: Examples) -> Json | None:
    spec = route.spec
    if spec.body is None:
        return None
    if spec.patch:
        schema = schemas.patch_of(spec.patch)
        named = examples.of_patch(spec.patch)
    else:
        schema = schemas.of(spec.body)
        named = examples.of_body(_members(spec.body))
    described = {"schema": schema, "examples": shown.of(named)}
    # One media type: openapi-python-client makes modules that fail to import of two.
    return {"required": True, "content": {"application/json": described}}


def _success(route: Route, schemas: Schemas, shown: Examples) -> Json:
    kinds = [kind for kind in route.answers if kind is not type(None)]
    names = ["X-Request-Id"]
    if route.has_version:
        names.append("ETag")
    is_new = route.spec.status == HTTPStatus.CREATED and not route.spec.public
    if is_new or route.spec.status == HTTPStatus.FOUND:
        names.append("Location")
    responses: Json = {}
    if kinds == [Csv]:
        names.append("Link")
    if kinds and kinds[0] in FILES:
        media_type, schema = FILES[kinds[0]]
        responses[str(route.spec.status)] = {
            "description": HTTPStatus(route.spec.status).phrase,
            "headers": _headers(*names),
            "content": {media_type: {"schema": schema}},
        }
    elif kinds:
        named = examples.of_answer(route.spec.name, kinds)
        described = {"schema": schemas.of(*kinds), "examples": shown.of(named)}
        responses[str(route.spec.status)] = {
            "description": HTTPStatus(route.spec.status).phrase,
            "headers": _headers(*names),
            "content": {"application/json": described},
        }
    if type(None) in route.answers:
        responses[str(route.spec.status)] = {
            "description": HTTPStatus(route.spec.status).phrase,
            "headers": _headers(*names),
        }
    if route.method == "GET" and route.has_version:
        responses["304"] = {
            "description": "Not Modified: `If-None-Match` names the current version",
            "headers": _headers("X-Request-Id", "ETag"),
        }
    return responses


def _problem_response(status: int, kinds: list[type[errors.Problem]], schemas: Schemas) -> Json:
    by_gateway = status in GATEWAY_STATUSES or errors.Unauthorized in kinds
    content: Json = {
        # First and with both, because many generators read only the first media type.
        "application/problem+json": {
            "schema": schemas.problems(kinds, or_gateway=by_gateway),
            "examples": {kind.__name__: {"value": _example(kind)} for kind in kinds},
        }
    }
    if by_gateway:
        content["application/json"] = {"schema": schemas.gateway_message()}
    waits = any(kind.retry_after is not None for kind in kinds)
    return {
        "description": "\n".join(f"- `{kind.__name__}`: {kind.detail}" for kind in kinds),
        "headers": _headers("X-Request-Id", *(["Retry-After"] if waits else [])),
        "content": content,
    }


def _example(kind: type[errors.Problem]) -> Json:
    wrong = [{"pointer": "/title", "detail": "is required"}]
    problem = kind(errors=wrong) if kind is errors.Invalid else kind()
    return problem.document("JKJaXmPLvHcESHA=")


def _headers(*names: str) -> Json:
    return {name: ref("headers", name) for name in names}


def _style_of(schema: Json) -> Json:
    """Lists have commas between their values, as in `status=open,closed`."""
    return {"style": "form", "explode": False} if schema.get("type") == "array" else {}


def _members(kind: Any) -> tuple[Any, ...]:
    """The members of a union, or the model itself."""
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _fields(kind: Any) -> set[str]:
    struct = get_origin(kind) or kind
    return set(getattr(struct, "__struct_encode_fields__", ()))


def text() -> str:
    """The content of the file."""
    return json.dumps(samples.added(document()), indent=2, ensure_ascii=False) + "\n"
