"""Sends requests: with a fresh token, again if that is safe, and with errors as exceptions."""

from __future__ import annotations

import random
import threading
import time
import uuid
from itertools import count
from typing import Any, Self
from urllib.parse import quote

import httpx

from artisthub_client import errors
from artisthub_client.models import SignedIn
from artisthub_client.problem import ApiError, NoAnswer, document_of
from artisthub_client.session import Session
from artisthub_client.version import __version__
from artisthub_client.wire import Tagged, Version, decode, encode, etag, tagged

# The service answers within 30 s.
TIMEOUT = 35
# Access tokens are refreshed this many seconds before they expire.
AHEAD = 60
# The second try comes after about a second. A longer Retry-After is left to the caller.
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE"})


def new_key() -> str:
    """A new idempotency key."""
    return str(uuid.uuid4())


def path(template: str, **parameters: str) -> str:
    return template.format(**{name: quote(each, safe="") for name, each in parameters.items()})


class Transport:
    """The part of the client that sends requests. It may be shared by threads.

    `session` continues an earlier sign-in. `http` replaces the HTTP client, for example to use a
    proxy. A request is sent up to `tries` times.
    """

    def __init__(
        self,
        url: str,
        *,
        session: Session | None = None,
        http: httpx.Client | None = None,
        tries: int = 4,
    ) -> None:
        self.url = url.rstrip("/")
        self.session = session
        self.tries = tries
        self._http = http or httpx.Client(timeout=TIMEOUT)
        self._user_agent = f"artisthub-python/{__version__} {self._http.headers['User-Agent']}"
        self._refreshing = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        headers: dict[str, str] | None = None,
        public: bool = False,
        is_repeatable: bool = False,
    ) -> httpx.Response:
        """Send a request and return its successful response, for what no other method does.

        Raises ApiError for an error response, and NoAnswer if none arrives. Connection errors, 429
        and 503 are tried again if the request may be repeated: GET, PUT, DELETE, and with an
        Idempotency-Key. Without a session, or with `public`, no token is sent.
        """
        headers = {"User-Agent": self._user_agent} | (headers or {})
        is_repeatable |= method in REPEATABLE or "Idempotency-Key" in headers
        token = refused = None
        for attempt in count(1):
            if not public and (token := self._token(refused)):
                headers["Authorization"] = f"Bearer {token}"
            try:
                response = self._http.request(
                    method, self.url + path, params=query, json=encode(body), headers=headers
                )
            except httpx.TransportError as failure:
                if attempt >= self.tries or not is_repeatable:
                    raise NoAnswer(f"{method} {path}: {failure}") from failure
                time.sleep(_wait(attempt, None))
                continue
            if not response.is_error:
                return response
            error = error_of(response)
            if type(error) is errors.Unauthorized and token and not refused and self._can_refresh:
                refused = token
                continue
            wait = _wait(attempt, error.retry_after)
            if (
                attempt >= self.tries
                or wait > LONGEST_WAIT
                or not _is_passing(error, is_repeatable)
            ):
                raise error
            time.sleep(wait)
        raise AssertionError  # the loop has no end

    @property
    def _can_refresh(self) -> bool:
        return self.session is not None and self.session.refresh_token is not None

    def _token(self, refused: str | None) -> str | None:
        """The access token, refreshed if it is about to expire or was refused."""
        with self._refreshing:
            session = self.session
            if session is None:
                return None
            if not self._can_refresh:
                return session.access_token
            if session.access_token == refused or session.expires_at < time.time() + AHEAD:
                self.session = session = self._refreshed(session)
            return session.access_token

    def _refreshed(self, session: Session) -> Session:
        body = {"username": session.username, "refreshToken": session.refresh_token}
        if session.device:
            body["deviceKey"] = session.device.key
        answer = self.request(
            "POST", "/v1/auth/refresh", body=body, public=True, is_repeatable=True
        )
        signed_in: SignedIn = decode(SignedIn, answer.json())
        return session.with_tokens(signed_in.tokens)

    def _call(
        self,
        returns: Any,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        if_match: Version | None = None,
        if_none_match: Tagged | None = None,
        idempotency_key: str | None = None,
        public: bool = False,
    ) -> Any:
        """Call an operation. Returns a model, the bytes of a file, or the address of a redirect."""
        headers = {}
        if if_match is not None:
            headers["If-Match"] = etag(if_match)
        if if_none_match is not None:
            headers["If-None-Match"] = etag(if_none_match)
        if idempotency_key is not None:
            headers["Idempotency-Key"] = idempotency_key
        given = {name: _text(each) for name, each in (query or {}).items() if each is not None}
        response = self.request(
            method, path, query=given, body=body, headers=headers, public=public
        )
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return if_none_match
        if returns is str:
            return response.headers["location"]
        if returns is bytes:
            return response.content
        if returns is None:
            return None
        return tagged(decode(returns, response.json()), response.headers.get("etag"))


def error_of(response: httpx.Response) -> ApiError:
    """The exception for the code of an error response, or for its status."""
    known = getattr(errors, str(document_of(response).get("code")), None)
    if not (isinstance(known, type) and issubclass(known, ApiError)):
        known = errors.FAMILIES.get(response.status_code, ApiError)
    return known(response)


def _is_passing(error: ApiError, is_repeatable: bool) -> bool:
    """Whether a request may succeed later. API Gateway passes on none that it throttles."""
    is_throttled = error.status == 429 and "code" not in document_of(error.response)
    return is_throttled or (is_repeatable and error.status in (429, 503))


def _wait(attempt: int, retry_after: int | None) -> float:
    """Seconds until the next try: about twice as long each time, and at least Retry-After."""
    backoff = min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) * random.uniform(0.5, 1)
    return backoff if retry_after is None else retry_after + random.uniform(0, 0.5)


def _text(value: Any) -> str:
    """A query parameter. Lists have commas between their values."""
    if isinstance(value, list | tuple):
        return ",".join(map(_text, value))
    return str(value).lower() if isinstance(value, bool) else str(encode(value))
