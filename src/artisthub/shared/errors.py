"""The errors that callers can get, with their statuses.

```
Problem (RFC 9457)
├── Malformed 400            the request cannot be read
├── Unauthorized 401         no valid access token
├── Forbidden 403            the caller may not do this
├── NotFound 404             unknown, or not visible to the caller
├── MethodNotAllowed 405     the address has other methods; Allow lists them
├── Conflict 409             a rule does not allow it
├── Stale 412                If-Match names another version
├── TooLarge 413             body over 256 KB
├── UnsupportedMediaType 415 body is not JSON
├── Invalid 422              fields are wrong; all of them are named
├── IfMatchRequired 428      an update must name the version it is based on
├── TooManyRequests 429      too many calls; Retry-After says how long to wait
├── InternalError 500        a fault in the service; only the edge raises it
└── Busy 503                 a dependency is throttling; Retry-After says how long to wait
```

Features subclass these next to the rules that raise them. The class name is the stable `code` of
the problem document.
"""

from typing import Any, ClassVar


class Problem(Exception):
    """An expected failure. `detail` is for people; `errors` names all wrong fields.

    `title` is HTTP's phrase for the status. Python's own table of them costs 1 ms of cold start.
    """

    status: ClassVar[int]
    title: ClassVar[str]
    detail: ClassVar[str]
    retry_after: int | None = None

    def __init__(self, detail: str = "", errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail or self.detail)
        self.errors = errors

    def headers(self) -> dict[str, str]:
        """Headers of the answer, besides those of every problem."""
        return {} if self.retry_after is None else {"retry-after": str(self.retry_after)}

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem document (RFC 9457, section 3). `instance` is the request id."""
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
    detail = "The request is malformed."


class Unauthorized(Problem):
    status, title = 401, "Unauthorized"
    detail = "A valid access token is required. Sign in or refresh the session."


class Forbidden(Problem):
    status, title = 403, "Forbidden"
    detail = "You do not have permission to do this."


class NotFound(Problem):
    status, title = 404, "Not Found"
    detail = "This does not exist, or you do not have permission to see it."


class MethodNotAllowed(Problem):
    """https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6"""

    status, title = 405, "Method Not Allowed"
    detail = "This address does not have this method. The header `Allow` lists its methods."

    def __init__(self, *allowed: str) -> None:
        super().__init__()
        self.allowed = allowed

    def headers(self) -> dict[str, str]:
        return {"allow": ", ".join(self.allowed)}


class Conflict(Problem):
    status, title = 409, "Conflict"
    detail = "The current state does not allow this. Read it again."


class Stale(Problem):
    status, title = 412, "Precondition Failed"
    detail = "This has changed since you read it. Read it again and repeat your change."


class TooLarge(Problem):
    status, title = 413, "Content Too Large"
    detail = "The body is larger than 256 KB. Send a smaller one."


class UnsupportedMediaType(Problem):
    status, title = 415, "Unsupported Media Type"
    detail = "The body's content type is not supported. Send it as application/json."


class Invalid(Problem):
    status, title = 422, "Unprocessable Content"
    detail = "Some fields are wrong. `errors` lists all of them."


class IfMatchRequired(Problem):
    status, title = 428, "Precondition Required"
    detail = "`If-Match` is missing. Send it with the ETag of the version that you are changing."


class TooManyRequests(Problem):
    status, title = 429, "Too Many Requests"
    detail = "You sent too many requests. Wait for `Retry-After` seconds before you try again."
    retry_after = 5


class Busy(Problem):
    status, title = 503, "Service Unavailable"
    detail = "The service is busy. Try again after `Retry-After` seconds."
    retry_after = 1


class InternalError(Problem):
    status, title = 500, "Internal Server Error"
    detail = "The service failed. Quote `instance` when you report it."
