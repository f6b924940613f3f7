"""What the smoke check of a deployment finds wrong."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from operations import smoke

ORIGIN = "https://artisthub.com"
ANSWERS: dict[str, tuple[int, Any]] = {
    "/v1/health": (200, {"status": "ok", "stage": "prod"}),
    "/v1/openapi.json": (200, {"openapi": "3.1.0"}),
    "/v1/castings": (200, {"items": []}),
    "/v1/users/me": (401, {"message": "Unauthorized"}),
    "/v1/auth/login": (200, {"challenge": "PASSWORD_VERIFIER"}),
    "/v1/nowhere": (404, {"code": "NoSuchRoute"}),
}


def told(answers: dict[str, tuple[int, Any]], allowed: Callable[[str], str | None]) -> list[str]:
    """What is told of a service that answers so, and allows these origins."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "OPTIONS":
            origin = allowed(request.headers["origin"])
            return httpx.Response(
                204, headers={"access-control-allow-origin": origin} if origin else {}
            )
        status, body = answers[request.url.path]
        return httpx.Response(status, json=body, headers=smoke.SAFE)

    lines: list[str] = []
    with httpx.Client(transport=httpx.MockTransport(answer), base_url="https://api") as http:
        is_well = smoke.run("prod", http, lines.append)
    assert is_well == all(line.startswith("ok") for line in lines)
    return [line.removeprefix("FAILED  ") for line in lines if not line.startswith("ok")]


def only_ours(origin: str) -> str | None:
    return origin if origin == ORIGIN else None


def test_a_stage_that_is_well_passes() -> None:
    assert told(ANSWERS, only_ours) == []


@pytest.mark.parametrize(
    ("path", "answer", "line"),
    [
        (
            "/v1/health",
            (200, {"stage": "dev"}),
            "it answers, as prod: GET /v1/health has stage dev, not prod",
        ),
        (
            "/v1/auth/login",
            (401, {"code": "SignInFailed"}),
            'a sign-in begins: POST /v1/auth/login answers 401: {"code":"SignInFailed"}',
        ),
        (
            "/v1/openapi.json",
            (502, {"message": "Bad Gateway"}),
            "it has its contract: GET /v1/openapi.json answers 502, not 200: "
            '{"message":"Bad Gateway"}',
        ),
        (
            "/v1/castings",
            (200, {}),
            "castings are found without a token: GET /v1/castings?limit=1 has items None, "
            "not what it should",
        ),
        (
            "/v1/users/me",
            (200, {}),
            "nobody is told of anyone without one: GET /v1/users/me answers 200, not 401: {}",
        ),
        (
            "/v1/nowhere",
            (403, {}),
            "a mistyped address is refused: GET /v1/nowhere answers 403, not 404: {}",
        ),
    ],
)
def test_what_is_not_well_is_named(path: str, answer: tuple[int, Any], line: str) -> None:
    assert told(ANSWERS | {path: answer}, only_ours) == [line]


def test_an_api_that_lets_nobody_s_or_everybody_s_pages_call_it_is_not_well() -> None:
    assert told(ANSWERS, lambda origin: None) == [
        f"pages of {ORIGIN} may call it: a preflight from {ORIGIN} allows None, not {ORIGIN}"
    ]
    assert told(ANSWERS, lambda origin: origin) == [
        f"pages of others may not: a preflight from {smoke.FOREIGN} allows {smoke.FOREIGN}, "
        "not None"
    ]
