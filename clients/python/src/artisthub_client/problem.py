"""The base of all errors. `errors.py` has one for each code."""

from __future__ import annotations

from typing import Any

import httpx


class ArtistHubError(Exception):
    """Any failure of a call."""


class NoAnswer(ArtistHubError):
    """No response arrived. The service may have done what was asked, or not."""


class TotpRequired(ArtistHubError):
    """The account has a second factor. Sign in with `totp`, the code of the authenticator app."""


class UnknownChallenge(ArtistHubError):
    """The sign-in asks for something that this client does not know. Install a newer one."""


class UploadFailed(ArtistHubError):
    """S3 refused a file. The text is its answer."""


class ApiError(ArtistHubError):
    """An error response: a problem document (RFC 9457), or a message of API Gateway.

    `code` is stable and for programs. `detail` is for people. `request_id` identifies the call in a
    bug report.
    """

    def __init__(self, response: httpx.Response) -> None:
        document = document_of(response)
        self.response = response
        self.status: int = response.status_code
        self.code: str = document.get("code", type(self).__name__)
        self.title: str = document.get("title", response.reason_phrase)
        self.detail: str = document.get("detail") or document.get("message") or response.text
        self.errors: list[dict[str, str]] = document.get("errors", [])
        self.quota: str | None = document.get("quota")
        gateway_id = response.headers.get("apigw-requestid", "")
        self.request_id: str = response.headers.get("x-request-id", gateway_id)
        waits = response.headers.get("retry-after", "")
        self.retry_after: int | None = int(waits) if waits.isdecimal() else None
        """Seconds to wait."""
        faults = "".join(
            f"\n{each.get('pointer') or each.get('parameter', '')} {each['detail']}"
            for each in self.errors
        )
        super().__init__(f"{self.status} {self.code}: {self.detail}{faults} ({self.request_id})")


def document_of(response: httpx.Response) -> dict[str, Any]:
    """The JSON object of an error response, or an empty one."""
    try:
        document = response.json()
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
