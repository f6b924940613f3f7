"""Throttled requests of the API client."""

from collections.abc import Iterator

import httpx
import pytest

from embedded import client
from embedded.client import PatientTransport

THROTTLED = httpx.Response(429, json={"message": "Too Many Requests"})
PROBLEM = {"content-type": "application/problem+json"}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "WAIT_SECONDS", (0, 0))


def answer_of(answers: Iterator[httpx.Response]) -> httpx.Response:
    sends = httpx.MockTransport(lambda request: next(answers))
    with httpx.Client(transport=PatientTransport(sends), base_url="https://api.example") as http:
        return http.post("/v1/auth/signup", json={"email": "a@example.org"})


def test_a_throttled_request_is_resent() -> None:
    answers = iter([THROTTLED, httpx.Response(201)])

    assert answer_of(answers).status_code == 201


def test_a_request_that_stays_throttled_fails() -> None:
    answers = iter([THROTTLED, THROTTLED, THROTTLED, httpx.Response(201)])

    assert answer_of(answers).status_code == 429
    assert next(answers).status_code == 201


def test_the_services_own_429_goes_to_the_caller() -> None:
    answers = iter([httpx.Response(429, headers=PROBLEM), httpx.Response(201)])

    assert answer_of(answers).status_code == 429
