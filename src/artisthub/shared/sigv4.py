"""AWS Signature Version 4 of a POST, for the few calls that must be signed without an AWS SDK.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from hashlib import sha256

from artisthub.shared.settings import settings


def headers(
    service: str, url: str, headers: dict[str, str], body: bytes, now: datetime | None = None
) -> dict[str, str]:
    """What to add to the headers of a POST of `body` to the root of `url`."""
    instant = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{instant[:8]}/{settings.AWS_REGION}/{service}/aws4_request"
    added = {"x-amz-date": instant}
    if settings.has("AWS_SESSION_TOKEN"):  # keys of a role have one, keys of a user do not
        added["x-amz-security-token"] = settings.AWS_SESSION_TOKEN
    signed = {"host": url.split("/")[2], **headers, **added}
    names = ";".join(sorted(signed))
    canonical_headers = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    canonical = f"POST\n/\n\n{canonical_headers}\n{names}\n{sha256(body).hexdigest()}"
    to_sign = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{settings.AWS_SECRET_ACCESS_KEY}".encode()
    for part in (*scope.split("/"), to_sign):
        key = hmac.digest(key, part.encode(), "sha256")
    credential = f"Credential={settings.AWS_ACCESS_KEY_ID}/{scope}"
    added["authorization"] = (
        f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={key.hex()}"
    )
    return added
