"""Calls to a handler as API Gateway makes them, without a route."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

CONTEXT = SimpleNamespace(aws_request_id="lambda-1")
ACCESS_CLAIMS = {"sub": "user-1", "token_use": "access"}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def call(handler: Handler, event: dict[str, Any]) -> Reply:
    response = handler(event, CONTEXT)
    return Reply(response["statusCode"], response["headers"], response.get("body", ""))


def event(
    method: str = "GET",
    *,
    body: Any = None,
    raw: str | None = None,
    claims: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    path: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
) -> dict[str, Any]:
    """An event in payload format 2.0. `raw` is sent unchanged, `body` as JSON."""
    sent = dict(headers or {})
    request_context: dict[str, Any] = {"requestId": "request-1", "http": {"method": method}}
    if claims is not None:
        request_context["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    built: dict[str, Any] = {"headers": sent, "requestContext": request_context}
    if body is not None or raw is not None:
        sent.setdefault("content-type", "application/json")
        built |= {"body": json.dumps(body) if raw is None else raw, "isBase64Encoded": False}
    if path:
        built["pathParameters"] = path
    if query:
        built["queryStringParameters"] = query
    return built
