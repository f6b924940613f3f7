"""AWS Signature Version 4, for calls, forms and links without an AWS SDK.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec

from artisthub.shared import clock
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from datetime import timedelta

ALGORITHM = "AWS4-HMAC-SHA256"


def headers(
    service: str, url: str, headers: dict[str, str], body: bytes, now: datetime | None = None
) -> dict[str, str]:
    """The headers that sign a POST of `body` to `url`. The path must need no encoding."""
    instant, scope = _signing(service, now or datetime.now(UTC))
    host, _, path = url.partition("://")[2].partition("/")
    added = {"x-amz-date": instant, **_session("x-amz-security-token")}
    signed = {"host": host, **headers, **added}
    names = ";".join(sorted(signed))
    canonical_headers = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    canonical = f"POST\n/{path}\n\n{canonical_headers}\n{names}\n{sha256(body).hexdigest()}"
    signature = _signature_of_request(instant, scope, canonical)
    added["authorization"] = (
        f"{ALGORITHM} Credential={_credential(scope)}, SignedHeaders={names}, Signature={signature}"
    )
    return added


def form(
    fields: dict[str, str], conditions: list[Any], lifetime: timedelta, now: datetime
) -> dict[str, str]:
    """The fields of a form that uploads a file to S3: the given ones and their signature.

    `conditions` are the conditions without a field: bucket and size.
    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
    """
    instant, scope = _signing("s3", now)
    exact = {
        **fields,
        "x-amz-algorithm": ALGORITHM,
        "x-amz-credential": _credential(scope),
        "x-amz-date": instant,
        **_session("x-amz-security-token"),
    }
    policy = {
        "expiration": clock.text(now + lifetime),
        "conditions": [*conditions, *({name: value} for name, value in exact.items())],
    }
    encoded = b64encode(msgspec.json.encode(policy)).decode()
    return {**exact, "policy": encoded, "x-amz-signature": _signature(scope, encoded)}


def link(
    url: str, query: dict[str, str], lifetime: timedelta, now: datetime, method: str = "GET"
) -> str:
    """A link with which anyone can use this method on an S3 object during its lifetime.

    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    """
    instant, scope = _signing("s3", now)
    parameters = {
        **query,
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": _credential(scope),
        "X-Amz-Date": instant,
        "X-Amz-Expires": str(int(lifetime.total_seconds())),
        "X-Amz-SignedHeaders": "host",
        **_session("X-Amz-Security-Token"),
    }
    signed = urlencode(sorted(parameters.items()), quote_via=quote)
    host, _, path = url.partition("://")[2].partition("/")
    canonical = f"{method}\n/{path}\n{signed}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    return f"{url}?{signed}&X-Amz-Signature={_signature_of_request(instant, scope, canonical)}"


def _signing(service: str, now: datetime) -> tuple[str, str]:
    """The instant and the scope of a signature."""
    instant = now.strftime("%Y%m%dT%H%M%SZ")
    return instant, f"{instant[:8]}/{settings.AWS_REGION}/{service}/aws4_request"


def _credential(scope: str) -> str:
    return f"{settings.AWS_ACCESS_KEY_ID}/{scope}"


def _session(name: str) -> dict[str, str]:
    # A role's keys have a token, a user's keys do not.
    return {name: settings.AWS_SESSION_TOKEN} if settings.has("AWS_SESSION_TOKEN") else {}


def _signature_of_request(instant: str, scope: str, canonical: str) -> str:
    digest = sha256(canonical.encode()).hexdigest()
    return _signature(scope, f"{ALGORITHM}\n{instant}\n{scope}\n{digest}")


def _signature(scope: str, to_sign: str) -> str:
    key = f"AWS4{settings.AWS_SECRET_ACCESS_KEY}".encode()
    for part in (*scope.split("/"), to_sign):
        key = hmac.digest(key, part.encode(), "sha256")
    return key.hex()
