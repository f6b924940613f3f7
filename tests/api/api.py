"""Calls to an operation as API Gateway makes them, by the routes in `infra/functions`."""

import json
import re
import uuid
from base64 import b64decode, b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from threading import Barrier
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from artisthub.shared import log
from artisthub.shared.settings import MissingSetting, Settings
from tests.api import contract, templates

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


@dataclass(frozen=True)
class Account:
    """A caller: the token, and its claims as the authorizer passes them on."""

    user_id: str
    email: str
    token: str
    claims: dict[str, Any]


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def content(self) -> bytes:
        """A body that is not text."""
        return b64decode(self.text)

    @property
    def code(self) -> str:
        """The stable code of a problem document."""
        assert self.headers["content-type"] == "application/problem+json"
        return str(self.json["code"])

    @property
    def wrong(self) -> set[str]:
        """The fields or parameters that a 422 names."""
        return {each.get("pointer", each.get("parameter")) for each in self.json["errors"]}

    @property
    def etag(self) -> str:
        return self.headers["etag"]


def get(path: str, *, as_: Account | None = None, **headers: str) -> Response:
    return call("GET", path, as_=as_, **headers)


def post(path: str, body: Any, *, as_: Account | None = None, **headers: str) -> Response:
    return call("POST", path, body, as_=as_, **headers)


def put(path: str, body: Any, *, as_: Account | None = None, **headers: str) -> Response:
    return call("PUT", path, body, as_=as_, **headers)


def patch(path: str, body: Any, *, as_: Account | None = None, **headers: str) -> Response:
    return call("PATCH", path, body, as_=as_, **headers)


def call(
    method: str, url: str, body: Any = None, *, as_: Account | None = None, **headers: str
) -> Response:
    """Call an operation. `if_match="…"` sends If-Match. A body is JSON unless it is bytes."""
    route, function, event = event_of(method, url, body, as_=as_, **headers)
    answer = _invoke(function, event)
    response = Response(answer["statusCode"], answer["headers"], answer.get("body", ""))
    contract.ensure(method, route["path"], response.status, response.headers, response.text)
    return response


def event_of(
    method: str, url: str, body: Any = None, *, as_: Account | None = None, **headers: str
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The route that API Gateway selects, its function, and the event that the function gets."""
    path, query = urlsplit(url).path, urlsplit(url).query
    route, function, parameters = _find(method, f"/v1{path}")
    raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if raw is not None:
        sent = {"content-type": "application/json"} | sent
    if as_:
        sent.setdefault("authorization", f"Bearer {as_.token}")
    # A public route has no authorizer, so its event has no claims even if a token is sent.
    is_authorised = as_ is not None and "authorizer" in route
    event = _event(method, route["path"], f"/v1{path}", query, parameters, sent, raw)
    if is_authorised and as_:
        event["requestContext"]["authorizer"] = {"jwt": {"claims": as_.claims, "scopes": None}}
    return route, function, event


def consume(function: str, *records: dict[str, Any]) -> list[str]:
    """Send stream records to a function, and return the ids of the records that it reports."""
    answer = _invoke(templates.functions()[function], {"Records": list(records)})
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def all_at_once(*calls: Callable[[], Response]) -> list[Response]:
    start = Barrier(len(calls))

    def run(call: Callable[[], Response]) -> Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _invoke(function: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    context = SimpleNamespace(aws_request_id=str(uuid.uuid4()))
    log.take_units()  # those of a test's own reads
    previous = _given.set(frozenset(function.get("environment", {})))
    try:
        return _handler(function["handler"])(event, context)
    finally:
        _given.reset(previous)


_given: ContextVar[frozenset[str]] = ContextVar("given")


def only_what_is_given(read: Callable[[Settings, str], Any]) -> Callable[[Settings, str], Any]:
    """Read only the settings that `infra/functions` gives to the called function."""

    def read_if_given(settings: Settings, name: str) -> Any:
        if not name.startswith("AWS_") and name not in _given.get(frozenset({name})):
            raise MissingSetting(f"infra/functions does not give {name} to this function")
        return read(settings, name)

    return read_if_given


def _event(
    method: str,
    route: str,
    path: str,
    query: str,
    parameters: dict[str, str],
    headers: dict[str, str],
    raw: bytes | None,
) -> dict[str, Any]:
    """An event in payload format 2.0. A body that is not text arrives in Base64.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": f"{method} {route}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.10"},
        },
        "isBase64Encoded": False,
    }
    if query:
        given = parse_qs(query, keep_blank_values=True)
        event["queryStringParameters"] = {name: ",".join(each) for name, each in given.items()}
    if parameters:
        event["pathParameters"] = parameters
    if raw is not None:
        try:
            event["body"] = raw.decode()
        except UnicodeDecodeError:
            event |= {"body": b64encode(raw).decode(), "isBase64Encoded": True}
    return event


def _find(method: str, path: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """The route with the most literal match, as API Gateway selects it."""
    for route, pattern, function in _routes():
        match = pattern.fullmatch(path)
        if route["method"] == method and match:
            parameters = {name: unquote(value) for name, value in match.groupdict().items()}
            return route, function, parameters
    raise LookupError(f"no route in infra/functions for {method} {path}")


@cache
def _routes() -> list[tuple[dict[str, Any], re.Pattern[str], dict[str, Any]]]:
    routes = [
        (event["httpApi"], function)
        for function in templates.functions().values()
        for event in function["events"]
        if isinstance(event.get("httpApi"), dict)
    ]
    routes.sort(key=lambda each: each[0]["path"].count("{"))
    return [(route, _pattern(route["path"]), function) for route, function in routes]


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))


def _handler(reference: str) -> Handler:
    module, name = reference.replace("/", ".").rsplit(".", 1)
    handler: Handler = getattr(import_module(module), name)
    return handler
