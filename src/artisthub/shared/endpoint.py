"""The edge of every operation: read caller, decode, run, map error, answer, log.

    @endpoint(status=201, body=NewCasting)
    def create_casting(request: Request[NewCasting, None]) -> Casting: ...

turns a function into a Lambda handler for HTTP API events (payload 2.0):
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

import re
import time
from binascii import crc32
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import msgspec

from artisthub.shared import caller, deadline, errors, idempotency, log, validation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from artisthub.shared import limits

    Handler = Callable[["Event", Any], "Response"]
    Again = Callable[["Request[Any, Any]", str], Any]

Body = TypeVar("Body")
Query = TypeVar("Query")
Event = dict[str, Any]
Response = dict[str, Any]
IfMatch = Literal["required", "optional"]

MAX_BODY_BYTES = 256 * 1024
# API Gateway refuses more than 10,240 bytes, and then adds headers.
# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
MAX_HEAD = 16 * 1024
MAX_PATH_PARAMETER = 200  # longer than any id or name; DynamoDB refuses keys over 1 KB
JSON_TYPES = ("application/json", "application/merge-patch+json")

# Answers may be opened in browsers (OWASP REST Security Cheat Sheet).
SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
}

_encode = msgspec.json.Encoder().encode


class Request(Generic[Body, Query]):
    """A call: its caller, path and checked input."""

    def __init__(self, event: Event, spec: Operation) -> None:
        self.headers: Mapping[str, str] = event["headers"]
        self.path: dict[str, str] = event.get("pathParameters") or {}
        self.method: str = event["requestContext"]["http"]["method"]
        self.event = event
        self.spec = spec
        self._optional_callers: list[caller.Caller | None] = []
        _ensure_short(event)
        if not spec.public:
            self.caller = caller.of(event)
        if any(len(value) > MAX_PATH_PARAMETER for value in self.path.values()):
            raise errors.NotFound
        self.body: Body = _body(event, spec)
        self.query: Query = _query(event, spec)
        if spec.if_match == "required" and "if-match" not in self.headers:
            raise errors.IfMatchRequired

    def patched(self, current: Any) -> Any:
        """`current` with the body's merge patch applied (RFC 7396), as the operation's `patch`.

        current: an object with the attributes of `patch`. A value that the body does not name stays
        as it is, even if it breaks a newer rule.
        """
        patch: Any = self.body
        return validation.convert_patched(patch, current, self.spec.patch)

    def ensure_match(self, version: int) -> None:
        """Raise Stale if `If-Match` was sent and names another version (RFC 9110, 13.1.1).

        Only for operations with `if_match`.
        """
        self._ensure_declared("if_match")
        wanted = self.headers.get("if-match", "*").strip()
        held = (re.sub(r'-[0-9a-f]{8}"$', '"', tag) for tag in _tags(wanted))
        if wanted != "*" and etag(version) not in held:
            raise errors.Stale

    def idempotency(self) -> idempotency.Stamp | None:
        """The stamp for the transaction of a create, or None without an Idempotency-Key.

        Only for operations with `idempotent`.
        """
        self._ensure_declared("idempotent")
        key = self.headers.get("idempotency-key")
        if key is None:
            return None
        caller_id, operation = self.caller.user_id, self.spec.name
        return idempotency.stamp(key, caller_id, operation, self.path, _encode(self.body))

    def spend(self, **amounts: int) -> None:
        """Take 1, or this amount, from each of the operation's quotas. Raises QuotaExceeded.

        Only for operations with `quotas`. Call it after every check, just before the write.
        """
        from artisthub.shared import quotas  # it needs DynamoDB, which few operations do not use

        self._ensure_declared("quotas")
        for quota in self.spec.quotas:
            quotas.spend(self.caller.user_id, quota, amounts.get(quota, 1))

    def optional_caller(self) -> caller.Caller | None:
        """The caller of a public operation, or None without a token. A bad one is Unauthorized.

        Only for operations with `optional_token`. The first call is a request to Cognito: use it
        only if the answer depends on the caller.
        """
        self._ensure_declared("optional_token")
        if not self._optional_callers:
            self._optional_callers.append(caller.on_public_route(self.event))
        return self._optional_callers[0]

    def _ensure_declared(self, flag: str) -> None:
        # The contract is generated from the flags, so an undeclared use would be missing there.
        if not getattr(self.spec, flag):
            raise TypeError(f"{self.spec.name} uses {flag}: declare it on its @endpoint")


class Answer(Generic[Body]):
    """A body with headers, such as Location.

    varies: True if the body depends on more than its version: on the viewer, their relation, a
    consent or the date. The ETag then names version and body, so that it never stands for another
    representation (RFC 9110, section 8.8.3).
    """

    __slots__ = ("body", "headers", "varies")

    def __init__(self, body: Body, *, varies: bool = False, **headers: str) -> None:
        self.body = body
        self.varies = varies
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Operation:
    """The declaration of an operation. The OpenAPI document is generated from it."""

    def __init__(
        self,
        run: Callable[[Request[Any, Any]], Any],
        *,
        status: int,
        body: Any,
        query: Any,
        patch: Any,
        public: bool,
        optional_token: bool,
        if_match: IfMatch | None,
        idempotent: Again | None,
        limit: limits.Name | None,
        quotas: tuple[str, ...],
        raises: tuple[type[errors.Problem], ...],
    ) -> None:
        self.run = run
        self.name = camel(run.__name__)
        self.status = status
        self.body = dict[str, Any] if patch else body
        self.query = query
        self.patch = patch
        self.public = public
        self.optional_token = optional_token
        self.if_match = if_match
        self.idempotent = idempotent
        self.limit = limit
        self.quotas = quotas
        self.raises = raises


def endpoint(
    *,
    status: int = 200,
    body: Any = None,
    query: Any = None,
    patch: Any = None,
    public: bool = False,
    optional_token: bool = False,
    if_match: IfMatch | None = None,
    idempotent: Again | None = None,
    limit: limits.Name | None = None,
    quotas: tuple[str, ...] = (),
    raises: tuple[type[errors.Problem], ...] = (),
) -> Callable[[Callable[[Request[Any, Any]], Any]], Handler]:
    """Turn an operation into a Lambda handler.

    - status: the status of success
    - body, query: the models of the input, or None
    - patch: the model that a merge patch is applied to, for `request.patched`
    - public: callable without a token
    - optional_token: public, but some callers see more with their token
    - if_match: "required" refuses calls without If-Match (428), "optional" checks it if sent
    - idempotent: accepts an Idempotency-Key; finds the answer for a retry, by the id of what the
      first try made, or raises NotFound
    - limit: the limit on calls of a client address
    - quotas: the quotas that each call spends
    - raises: the operation's own problems, for the documentation

    """

    def decorate(run: Callable[[Request[Any, Any]], Any]) -> Handler:
        spec = Operation(
            run,
            status=status,
            body=body,
            query=query,
            patch=patch,
            public=public,
            optional_token=optional_token,
            if_match=if_match,
            idempotent=idempotent,
            limit=limit,
            quotas=quotas,
            raises=raises,
        )

        def handler(event: Event, context: Any) -> Response:
            started = time.perf_counter()
            request_id = event["requestContext"]["requestId"]
            deadline.start()
            response, problem = _respond(spec, event, request_id)
            deadline.end()
            response["headers"] = {
                "cache-control": "no-store",
                "x-request-id": request_id,
                **SECURITY_HEADERS,
                **response["headers"],
            }
            if event["requestContext"]["http"]["method"] == "HEAD":
                # RFC 9110, section 9.3.2
                response = {name: response[name] for name in ("statusCode", "headers")}
            _log(spec, event, response, problem, context, started)
            return response

        handler.__doc__ = run.__doc__
        handler.__name__ = run.__name__
        handler.operation = spec  # type: ignore[attr-defined]
        return handler

    return decorate


def by_method(**operations: Handler) -> Handler:
    """Combine operations on one resource, with the same permissions, into one Lambda handler.

        takedown = by_method(PUT=take_down_casting, DELETE=reinstate_casting)

    The function's routes decide which methods reach it. Each operation keeps its own name in the
    log and in the documentation.
    """

    def handler(event: Event, context: Any) -> Response:
        return operations[_method(event)](event, context)

    handler.operations = operations  # type: ignore[attr-defined]
    return handler


def by_route(operations: dict[str, Handler]) -> Handler:
    """Combine operations on several resources, with the same permissions, into one handler.

        casting_changes = by_route({"PATCH /v1/castings/{castingId}": update_casting, ...})

    The keys are API Gateway's route keys, as in the event's `routeKey`.
    """

    def handler(event: Event, context: Any) -> Response:
        return operations[event["routeKey"].replace("HEAD ", "GET ", 1)](event, context)

    handler.operations = operations  # type: ignore[attr-defined]
    return handler


def _method(event: Event) -> str:
    """The method, with HEAD as the GET that it is without a body."""
    method: str = event["requestContext"]["http"]["method"]
    return "GET" if method == "HEAD" else method


def _respond(
    spec: Operation, event: Event, request_id: str
) -> tuple[Response, BaseException | None]:
    try:
        if spec.limit:
            _limit(spec.limit, event)
        return _success(spec, event, _run(spec, Request(event, spec))), None
    except errors.Problem as problem:
        return _failure(problem, request_id), problem
    except Exception as fault:  # the client must not see the exception's text
        return _failure(errors.InternalError(), request_id), fault


def _run(spec: Operation, request: Request[Any, Any]) -> Any:
    """Run the operation. A retry of a create gets what the first try made, whatever changed since.

    A failed try looks again, because the first one may have finished meanwhile.
    """
    stamp = request.idempotency() if spec.idempotent else None
    if spec.idempotent is None or stamp is None:
        return spec.run(request)
    made = idempotency.made_by(stamp)
    if made is None:
        try:
            return spec.run(request)
        except errors.Problem:
            made = idempotency.made_by(stamp, consistent=True)
            if made is None:
                raise
    try:
        return spec.idempotent(request, made)
    except errors.NotFound:
        raise idempotency.CreatedAndDeleted from None


def _limit(name: limits.Name, event: Event) -> None:
    from artisthub.shared import limits  # few operations have one

    limits.spend_client(name, event)


def _success(spec: Operation, event: Event, result: Any) -> Response:
    headers: dict[str, str] = {}
    varies = False
    if isinstance(result, Answer):
        varies, headers, result = result.varies, result.headers, result.body
    if result is None:
        return {"statusCode": spec.status, "headers": headers}
    body = result if isinstance(result, bytes) else _encode(result)
    version = getattr(result, "version", None)
    if version is not None:
        headers["etag"] = etag(version, body if varies else b"")
    if _is_unchanged(event, headers.get("etag")):
        return {"statusCode": 304, "headers": headers}
    if isinstance(result, bytes):
        return {"statusCode": spec.status, "headers": headers, **_binary(body)}
    headers.setdefault("content-type", "application/json")
    return {"statusCode": spec.status, "headers": headers, "body": body.decode()}


def _is_unchanged(event: Event, tag: str | None) -> bool:
    """Whether the client already has this version (If-None-Match; RFC 9110, section 13.1.2).

    For reads only: a write never answers "not modified".
    """
    held = event["headers"].get("if-none-match")
    if tag is None or held is None or _method(event) != "GET":
        return False
    return held.strip() == "*" or tag in _tags(held)


def _binary(content: bytes) -> Response:
    from base64 import b64encode

    return {"body": b64encode(content).decode(), "isBase64Encoded": True}


def _failure(problem: errors.Problem, request_id: str) -> Response:
    headers = {"content-type": "application/problem+json", **problem.headers()}
    document = _encode(problem.document(request_id)).decode()
    return {"statusCode": problem.status, "headers": headers, "body": document}


def etag(version: int, body: bytes = b"") -> str:
    """The version, and a checksum of the body if there are several for one version."""
    return f'"{version}-{crc32(body):08x}"' if body else f'"{version}"'


def _tags(header: str) -> list[str]:
    # If-None-Match compares weakly, and gateways that compress make tags weak.
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


def _ensure_short(event: Event) -> None:
    """Raise Malformed if the address and headers are longer than API Gateway passes on."""
    sent = (event["headers"], event.get("queryStringParameters") or {})
    size = sum(len(name) + len(value) for each in sent for name, value in each.items())
    if size + len(event.get("rawPath", "")) > MAX_HEAD:
        raise errors.Malformed("The address and headers are too long. Send at most 10 KB.")


def _body(event: Event, spec: Operation) -> Any:
    if spec.body is None:
        return None
    raw = event.get("body") or ""
    if len(raw) > MAX_BODY_BYTES * 2:
        raise errors.TooLarge
    octets = _octets(raw, event.get("isBase64Encoded", False))
    if len(octets) > MAX_BODY_BYTES:
        raise errors.TooLarge
    media_type = event["headers"].get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in JSON_TYPES:
        raise errors.UnsupportedMediaType
    if spec.patch:
        return validation.read_patch(octets, spec.patch)
    return validation.read(octets, spec.body)


def _octets(raw: str, is_base64: bool) -> bytes:
    if not is_base64:
        return raw.encode("utf-8", "surrogatepass")
    from base64 import b64decode

    return b64decode(raw)


def _query(event: Event, spec: Operation) -> Any:
    if spec.query is None:
        return None
    return validation.convert_query(event.get("queryStringParameters") or {}, spec.query)


_is_cold = True


def _log(
    spec: Operation,
    event: Event,
    response: Response,
    problem: BaseException | None,
    context: Any,
    started: float,
) -> None:
    global _is_cold
    is_problem = isinstance(problem, errors.Problem)
    user_id = caller.id_in(event)
    log.line(
        level="error" if response["statusCode"] == 500 else "info",
        operation=spec.name,
        requestId=event["requestContext"]["requestId"],
        lambdaRequestId=context.aws_request_id,
        status=response["statusCode"],
        code=type(problem).__name__ if problem else None,
        cause=type(problem.__cause__).__name__ if problem and problem.__cause__ else None,
        awsError=log.aws_error(problem),
        durationMs=round((time.perf_counter() - started) * 1000, 2),
        coldStart=_is_cold,
        caller=log.caller(user_id) if user_id else None,
        **log.take_units(),
        stack=log.stack(problem) if problem and not is_problem else None,
    )
    _is_cold = False


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
