"""A service for the Python client that answers as a test says, and keeps the requests."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from artisthub_client import ArtistHub, Device, Session

URL = "https://api.example/stage"
DEVICE = Device(key="device", group_key="group", secret="secret")
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


@dataclass
class Service:
    """Gives the answers in turn, and the last one again and again."""

    answers: list[Answer]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self.answers[min(len(self.requests), len(self.answers) - 1)]
        self.requests.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    @property
    def tokens(self) -> list[str | None]:
        """The access token of each request."""
        bearers = [request.headers.get("authorization") for request in self.requests]
        return [bearer and bearer.removeprefix("Bearer ") for bearer in bearers]

    def body(self, number: int = -1) -> Any:
        return json.loads(self.requests[number].content)


def client(*answers: Answer, session: Session | None = None) -> tuple[ArtistHub, Service]:
    service = Service(list(answers))
    http = httpx.Client(transport=httpx.MockTransport(service))
    return ArtistHub(URL, session=session, http=http), service


def signed_in(seconds: float = 3600, **fields: Any) -> Session:
    """A session whose access token is valid for this many seconds."""
    known: dict[str, Any] = {
        "access_token": "old",
        "refresh_token": "refresh",
        "username": "maya",
        "expires_at": time.time() + seconds,
        "device": DEVICE,
    }
    return Session(**known | fields)


def refreshed(token: str = "new") -> httpx.Response:
    tokens = {"accessToken": token, "expiresIn": 3600, "tokenType": "Bearer"}
    return httpx.Response(200, json={"tokens": tokens})


def problem(status: int, code: str, **headers: str) -> httpx.Response:
    document = {"type": "about:blank", "title": "Title", "status": status, "code": code}
    document |= {"detail": "The reason.", "instance": "request-1"}
    sent = {"content-type": "application/problem+json", "x-request-id": "request-1"}
    return httpx.Response(status, content=json.dumps(document), headers=sent | headers)


def by_gateway(status: int, message: str) -> httpx.Response:
    return httpx.Response(
        status, json={"message": message}, headers={"apigw-requestid": "gateway-1"}
    )


def health() -> httpx.Response:
    return httpx.Response(200, json={"status": "ok", "service": "artisthub-api", "stage": "dev"})
