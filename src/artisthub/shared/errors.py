"""Everything that can go wrong for a caller, and the status each answers with.

Problem (RFC 9457)
├── Malformed 400            the request cannot be read
├── Unauthorized 401         no token, or not a valid access token
├── Forbidden 403            the caller may not do this
├── NotFound 404             unknown, or not visible to the caller
├── MethodNotAllowed 405     the address has other methods, Allow says which
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

from typing import Any, ClassVar


class Problem(Exception):
    """An expected failure. `detail` is for people; `errors` names wrong fields, all at once.

    `title` is the status in the words of HTTP; Python's own table of them costs 1 ms of cold start.
    """

    status: ClassVar[int]
    title: ClassVar[str]
    detail: ClassVar[str]
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str = "", errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail or self.detail)
        self.errors = errors

    def headers(self) -> dict[str, str]:
        """Of the answer, besides those that every problem has."""
        return {} if self.retry_after is None else {"retry-after": str(self.retry_after)}

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem document (RFC 9457, section 3); `code` is stable, `instance` the request."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "code": type(self).__name__,
            "detail": str(self),
            "instance": request_id,
        }
        if self.errors:
            document["errors"] = self.errors
        return document


class Malformed(Problem):
    status, title = 400, "Bad Request"
    detail = "The request cannot be read."


class Unauthorized(Problem):
    status, title = 401, "Unauthorized"
    detail = "A valid access token is required."


class Forbidden(Problem):
    status, title = 403, "Forbidden"
    detail = "You may not do this."


class NotFound(Problem):
    status, title = 404, "Not Found"
    detail = "There is nothing here, or nothing that you may see."


class MethodNotAllowed(Problem):
    """https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6"""

    status, title = 405, "Method Not Allowed"
    detail = "This address does not have this method; the header Allow says which it has."

    def __init__(self, *allowed: str) -> None:
        super().__init__()
        self.allowed = allowed

    def headers(self) -> dict[str, str]:
        return {"allow": ", ".join(self.allowed)}


class Conflict(Problem):
    status, title = 409, "Conflict"
    detail = "This is not possible in the current state."


class Stale(Problem):
    status, title = 412, "Precondition Failed"
    detail = "It has changed since you read it: read it again and repeat your change."


class TooLarge(Problem):
    status, title = 413, "Content Too Large"
    detail = "The body is larger than 256 KB."


class UnsupportedMediaType(Problem):
    status, title = 415, "Unsupported Media Type"
    detail = "Send the body as application/json."


class Invalid(Problem):
    status, title = 422, "Unprocessable Content"
    detail = "Some fields are wrong; `errors` names each of them."


class IfMatchRequired(Problem):
    status, title = 428, "Precondition Required"
    detail = "Send If-Match with the ETag of the version that you are changing."


class TooManyRequests(Problem):
    status, title = 429, "Too Many Requests"
    detail = "Too many requests: wait before you try again."
    retry_after = 5


class Busy(Problem):
    status, title = 503, "Service Unavailable"
    detail = "The service is busy: try again in a moment."
    retry_after = 1


class InternalError(Problem):
    status, title = 500, "Internal Server Error"
    detail = "Something went wrong on our side. Quote the instance when you report it."
