"""Limits of a stage's routes."""

import time
from typing import Any

import httpx
import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, an_api, client, url_of

pytestmark = pytest.mark.deployed

FEW = {"ThrottlingRateLimit": 2.0, "ThrottlingBurstLimit": 3}
MANY = {"ThrottlingRateLimit": 1000.0, "ThrottlingBurstLimit": 1000}


def statuses(instance: Instance, api_id: str, calls: int = 6) -> list[int]:
    with httpx.Client(trust_env=False) as http:
        return [http.get(url_of(instance, api_id)).status_code for _ in range(calls)]


@pytest.fixture(scope="module")
def function(patched: Instance) -> str:
    return a_function(patched, 'return {"statusCode": 200}')


@pytest.fixture(autouse=True)
def _warm(patched: Instance, function: str) -> None:
    # A cold start would give the bucket time to fill up again.
    client(patched, "lambda").invoke(FunctionName=function)


def test_the_gap_is_still_there(unpatched: Instance) -> None:
    function = a_function(unpatched, 'return {"statusCode": 200}')
    api_id = an_api(unpatched, function, DefaultRouteSettings=FEW)

    assert statuses(unpatched, api_id) == [200] * 6


def test_a_burst_is_answered_and_the_rest_is_refused(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, DefaultRouteSettings=FEW)

    assert statuses(patched, api_id) == [200, 200, 200, 429, 429, 429]


def test_a_refusal_is_what_an_http_api_sends(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, DefaultRouteSettings=FEW)
    statuses(patched, api_id)

    refusal = httpx.get(url_of(patched, api_id), trust_env=False)

    assert (refusal.status_code, refusal.json()) == (429, {"message": "Too Many Requests"})
    assert refusal.headers["content-type"] == "application/json"
    assert refusal.headers["apigw-requestid"]
    assert "retry-after" not in refusal.headers


def test_tokens_come_back_with_time(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, DefaultRouteSettings=FEW)
    statuses(patched, api_id)

    time.sleep(0.6)

    assert statuses(patched, api_id, calls=2) == [200, 429]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ({"DefaultRouteSettings": FEW, "RouteSettings": {"ANY /probe": MANY}}, 200),
        ({"DefaultRouteSettings": MANY, "RouteSettings": {"ANY /probe": FEW}}, 429),
        ({}, 200),
    ],
)
def test_settings_of_a_route_come_before_those_of_the_stage(
    stage: dict[str, Any], expected: int, patched: Instance, function: str
) -> None:
    api_id = an_api(patched, function, **stage)

    assert statuses(patched, api_id)[-1] == expected


def test_a_stage_s_limits_can_be_raised_while_it_runs(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, DefaultRouteSettings=FEW)
    statuses(patched, api_id)

    client(patched, "apigatewayv2").update_stage(
        ApiId=api_id, StageName="$default", DefaultRouteSettings=MANY
    )

    assert statuses(patched, api_id) == [200] * 6


def test_a_preflight_takes_no_token(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, cors={"AllowOrigins": ["*"]}, DefaultRouteSettings=FEW)
    headers = {"origin": "https://a.example", "access-control-request-method": "GET"}

    for _ in range(6):
        httpx.options(url_of(patched, api_id), headers=headers, trust_env=False)

    assert statuses(patched, api_id, calls=3) == [200] * 3
