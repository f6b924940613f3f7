"""An upload as a browser makes it, which has no token to send."""

from base64 import b64decode
from typing import Any

import httpx

# One transparent pixel.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def send(upload: dict[str, Any], content: bytes, **changes: str) -> httpx.Response:
    """Posts the form of an upload with the file, and with fields changed or added."""
    fields = upload["fields"] | changes
    return httpx.post(
        upload["url"], data=fields, files={"file": ("photo", content)}, trust_env=False
    )
