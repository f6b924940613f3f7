"""Calls to AWS services other than DynamoDB, over their JSON protocols.

An AWS SDK would add 150 ms or more to each cold start. pyreqwest (Rust, rustls) adds 10 ms, a fifth
of `http.client` with `ssl`.
https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from pyreqwest.client import SyncClient, SyncClientBuilder
from pyreqwest.exceptions import RequestError, RequestTimeoutError

from artisthub.shared import deadline, errors
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyreqwest.request import SyncRequestBuilder
    from pyreqwest.response import SyncResponse

    NewRequest = Callable[[], SyncRequestBuilder]

# Operations that may run twice, because the second run changes nothing and gives the same answer.
# docs/decisions/0012-repeated-calls.md has the reason for every operation, in this list or not.
REPEATABLE = frozenset(
    {
        "AdminConfirmSignUp",
        "AdminDeleteUser",
        "AdminForgetDevice",
        "AdminGetUser",
        "AdminListDevices",
        "AdminSetUserMFAPreference",
        "AdminSetUserPassword",
        "AdminUserGlobalSignOut",
        "AdminUpdateUserAttributes",
        "AssociateSoftwareToken",
        "ConfirmDevice",
        "DeleteObject",
        "GenerateMac",
        "GetObject",
        "GetSecretValue",
        "GetUser",
        "HeadObject",
        "InitiateAuth",
        "ListDevices",
        "ListObjectsV2",
        "ListUsers",
        "PutObject",
        "RevokeToken",
        "SetUserMFAPreference",
        "UpdateDeviceStatus",
        "VerifyMac",
    }
)

# Tries of a repeatable call if the service throttles or fails, and the longest pause before the
# second one.
MOST_TRIES, PAUSE_SECONDS = 3, 0.5

# AWS load balancers close connections that are idle for a minute. We close ours earlier.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
IDLE = timedelta(seconds=50)

_client: SyncClient | None = None


class AwsError(Exception):
    """A service's error. `code` is its name, such as NotAuthorizedException."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def client() -> SyncClient:
    """The process's only client. Its timeouts keep a call well under API Gateway's 30 s."""
    global _client
    if _client is None:
        builder = SyncClientBuilder().connect_timeout(timedelta(seconds=2)).pool_idle_timeout(IDLE)
        _client = builder.timeout(timedelta(seconds=10)).follow_redirects(False).build()
    return _client


def connect(url: str) -> None:
    """Open the connection while the function starts. `dynamodb.connect` says why."""
    try:
        client().get(url).build().send()
    except RequestError:
        return


def call(service: str, target: str, payload: dict[str, Any], *, sign: bool = False) -> Any:
    """The answer of an operation. Raises AwsError, or Busy if the service is unreachable."""
    url = settings.url_of(service)
    body = msgspec.json.encode(payload)
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
    if sign:
        headers |= _signature(service, url, headers, body)
    operation = target.partition(".")[2]
    return _decoded(operation, lambda: client().post(url).headers(headers).body_bytes(body))


def post(service: str, operation: str, url: str, payload: dict[str, Any]) -> Any:
    """The answer of a service with one address per operation. Raises AwsError or Busy."""
    body = msgspec.json.encode(payload)
    headers = {"content-type": "application/json"}
    headers |= _signature(service, url, headers, body)
    return _decoded(operation, lambda: client().post(url).headers(headers).body_bytes(body))


def _signature(service: str, url: str, headers: dict[str, str], body: bytes) -> dict[str, str]:
    from artisthub.shared import sigv4  # only signed calls need hashing

    return sigv4.headers(service, url, headers, body)


def exchange(url: str, fields: dict[str, str], user: str = "", password: str = "") -> Any:
    """The tokens from an OAuth endpoint. Raises AwsError with OAuth's error code, or Busy."""

    def request() -> SyncRequestBuilder:
        posted = client().post(url)
        return (posted.basic_auth(user, password) if password else posted).form(fields)

    return _decoded("Token", request)


def get(operation: str, url: str, headers: dict[str, str] | None = None) -> bytes:
    """The answer of a signed AWS address. Raises AwsError or Busy."""
    return _answer_of(operation, lambda: client().get(url).headers(headers or {}))


def head(operation: str, url: str) -> Mapping[str, str]:
    """The headers of a signed AWS address. Raises AwsError or Busy."""
    return _response_of(operation, lambda: client().head(url))[0].headers


def put(operation: str, url: str, content: bytes, content_type: str) -> None:
    """Store the content at a signed AWS address. Raises AwsError or Busy."""
    headers = {"content-type": content_type}
    _answer_of(operation, lambda: client().put(url).headers(headers).body_bytes(content))


def delete(operation: str, url: str) -> None:
    """Delete the object at a signed AWS address. Raises AwsError or Busy."""
    _answer_of(operation, lambda: client().delete(url))


def _decoded(operation: str, request: NewRequest) -> Any:
    answer = _answer_of(operation, request)
    return msgspec.json.decode(answer) if answer else {}


def _answer_of(operation: str, request: NewRequest) -> bytes:
    return _response_of(operation, request)[1]


def _response_of(operation: str, request: NewRequest) -> tuple[SyncResponse, bytes]:
    tries = 1
    while True:
        deadline.ensure_time()
        try:
            response, answer = _received(operation, request)
        except RequestError as error:
            raise errors.Busy from error
        if response.status in (200, 204, 206):
            return response, answer
        failure = _failure(response.status, answer, response.headers.get("x-amzn-errortype", ""))
        may_pass = isinstance(failure, errors.TooManyRequests | errors.Busy)
        if not may_pass or operation not in REPEATABLE or tries == MOST_TRIES or deadline.is_over():
            raise failure
        from random import random  # failures are rare

        time.sleep(random() * PAUSE_SECONDS * tries)
        tries += 1


def _received(operation: str, request: NewRequest) -> tuple[SyncResponse, bytes]:
    """The answer. If the connection is lost, repeatable requests are sent again on a new one.

    Lambda drops idle connections between two calls of a function, and the next request on one
    fails. The request may have arrived anyway, so only repeatable ones are sent again.
    https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-code
    """
    global _client
    try:
        return _sent(request)
    except RequestError as error:
        if operation not in REPEATABLE or isinstance(error, RequestTimeoutError):
            raise
    _client = None
    return _sent(request)


def _sent(request: NewRequest) -> tuple[SyncResponse, bytes]:
    response = request().build().send()
    return response, bytes(response.bytes())


def _failure(status: int, answer: bytes, name: str) -> Exception:
    try:
        refused = msgspec.json.decode(answer)
    except msgspec.DecodeError:
        refused = {}
    # The name may have a namespace before it and an address after it, as in
    # com.amazonaws…#NotAuthorizedException:http://… OAuth has it in `error` (RFC 6749, section
    # 5.2), services like SES have it in a header, and S3 has it in XML.
    # https://docs.rs/crate/aws-smithy-schema/0.3.0/source/src/schema/error_envelope.rs
    of_s3 = re.search(rb"<Code>(\w+)</Code>", answer)
    named = str(
        refused.get("__type")
        or refused.get("error")
        or name
        or (of_s3[1].decode() if of_s3 else "")
    )
    code = named.partition(":")[0].rpartition("#")[2]
    # Not LimitExceededException: Cognito counts it per account, so it would reveal who has one.
    if status == 429 or code in ("TooManyRequestsException", "ThrottlingException"):
        return errors.TooManyRequests()
    if status >= 500:
        return errors.Busy()
    return AwsError(code, str(refused.get("message") or refused.get("Message") or ""))
