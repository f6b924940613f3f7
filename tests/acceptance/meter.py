"""A counter of the tests' API calls, by operation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import requests.adapters

from tests.api.contract import CONTRACT

ROUTES = [
    (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), operation["operationId"])
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
]
OPERATIONS = [operation for _, _, operation in ROUTES]
OTHER = "other"


class Meter:
    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self.calls: Counter[str] = Counter()

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count calls from both HTTP libraries that the tests use."""
        by_httpx = httpx.HTTPTransport.handle_request
        by_requests = requests.adapters.HTTPAdapter.send

        def handle_request(transport: httpx.HTTPTransport, request: httpx.Request) -> Any:
            self._count(request.method, str(request.url))
            return by_httpx(transport, request)

        def send(adapter: Any, request: Any, *arguments: Any, **options: Any) -> Any:
            self._count(request.method, request.url)
            return by_requests(adapter, request, *arguments, **options)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(httpx.HTTPTransport, "handle_request", handle_request)
            patch.setattr(requests.adapters.HTTPAdapter, "send", send)
            yield

    def _count(self, method: str, url: str) -> None:
        if url.startswith(self.api_url):
            self.calls[operation_of(method, urlsplit(url.removeprefix(self.api_url)).path)] += 1


def operation_of(method: str, path: str) -> str:
    for of_route, pattern, operation in ROUTES:
        if method == of_route and pattern.fullmatch(path):
            return str(operation)
    return OTHER
