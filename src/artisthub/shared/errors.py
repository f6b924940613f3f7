"""Everything that can go wrong for a caller, and the status each answers with.

Problem (RFC 9457)
├── Malformed 400            the request cannot be read
├── Unauthorized 401         no token, or not a valid access token
├── Forbidden 403            the caller may not do this
├── NotFound 404             unknown, or not visible to the caller
├── Conflict 409             a rule of the marketplace says no
├── Stale 412                If-Match names another version
├── TooLarge 413             body over 256 KB
├── UnsupportedMediaType 415 body is not JSON
├── Invalid 422              readable, but fields are wrong: all of them are named
├── IfMatchRequired 428      an update must say which version it is based on
├── TooManyRequests 429      slow down, Retry-After says how long
├── InternalError 500        a fault of ours: only the edge raises it
└── Busy 503                 a dependency is throttling, Retry-After says when to try again

A feature subclasses one of these beside the rule it protects; the class name is the stable `code`
of the problem document.
"""

from http import HTTPStatus
from typing import Any, ClassVar

# Python older than 3.13 knows these statuses by the names they had before RFC 9110.
_RENAMED = {413: "Content Too Large", 422: "Unprocessable Content"}


class Problem(Exception):
    """An expected failure. `detail` is for people; `errors` names wrong fields, all at once."""

    status: ClassVar[int]
    detail: ClassVar[str]
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str = "", errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail or self.detail)
        self.errors = errors

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem document (RFC 9457, section 3); `code` is stable, `instance` the request."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": _RENAMED.get(self.status) or HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": type(self).__name__,
            "detail": str(self),
            "instance": request_id,
        }
        if self.errors:
            document["errors"] = self.errors
        return document


class Malformed(Problem):
    status = 400
    detail = "The request cannot be read."


class Unauthorized(Problem):
    status = 401
    detail = "A valid access token is required."


class Forbidden(Problem):
    status = 403
    detail = "You may not do this."


class NotFound(Problem):
    status = 404
    detail = "There is nothing here, or nothing that you may see."


class Conflict(Problem):
    status = 409
    detail = "This is not possible in the current state."


class Stale(Problem):
    status = 412
    detail = "It has changed since you read it: read it again and repeat your change."


class TooLarge(Problem):
    status = 413
    detail = "The body is larger than 256 KB."


class UnsupportedMediaType(Problem):
    status = 415
    detail = "Send the body as application/json."


class Invalid(Problem):
    status = 422
    detail = "Some fields are wrong; `errors` names each of them."


class IfMatchRequired(Problem):
    status = 428
    detail = "Send If-Match with the ETag of the version that you are changing."


class TooManyRequests(Problem):
    status = 429
    detail = "Too many requests: wait before you try again."
    retry_after = 5


class Busy(Problem):
    status = 503
    detail = "The service is busy: try again in a moment."
    retry_after = 1


class InternalError(Problem):
    status = 500
    detail = "Something went wrong on our side. Quote the instance when you report it."
