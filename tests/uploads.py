"""An upload like a browser's, without a token."""

from base64 import b64decode
from typing import Any

import httpx

# One transparent pixel.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def send(upload: dict[str, Any], content: bytes, **changes: str) -> httpx.Response:
    """Post the form of an upload with the file and changed or added fields."""
    fields = upload["fields"] | changes
    return httpx.post(
        upload["url"], data=fields, files={"file": ("photo", content)}, trust_env=False
    )
