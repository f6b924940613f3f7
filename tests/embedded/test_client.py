"""How the client of the API bears the limits of the stage."""

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


def test_a_throttled_request_is_sent_again() -> None:
    answers = iter([THROTTLED, httpx.Response(201)])

    assert answer_of(answers).status_code == 201


def test_a_request_that_stays_throttled_is_given_up() -> None:
    answers = iter([THROTTLED, THROTTLED, THROTTLED, httpx.Response(201)])

    assert answer_of(answers).status_code == 429
    assert next(answers).status_code == 201


def test_a_limit_of_the_service_itself_is_the_caller_s() -> None:
    answers = iter([httpx.Response(429, headers=PROBLEM), httpx.Response(201)])

    assert answer_of(answers).status_code == 429
