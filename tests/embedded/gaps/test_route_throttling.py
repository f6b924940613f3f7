"""Route throttling."""

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
    # A cold start would give the bucket time to refill.
    client(patched, "lambda").invoke(FunctionName=function)


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    function = a_function(unpatched, 'return {"statusCode": 200}')
    api_id = an_api(unpatched, function, DefaultRouteSettings=FEW)

    assert statuses(unpatched, api_id) == [200] * 6


def test_a_burst_is_answered_and_later_requests_are_refused(
    patched: Instance, function: str
) -> None:
    api_id = an_api(patched, function, DefaultRouteSettings=FEW)

    assert statuses(patched, api_id) == [200, 200, 200, 429, 429, 429]


def test_a_throttled_request_gets_an_http_apis_429(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, DefaultRouteSettings=FEW)
    statuses(patched, api_id)

    refusal = httpx.get(url_of(patched, api_id), trust_env=False)

    assert (refusal.status_code, refusal.json()) == (429, {"message": "Too Many Requests"})
    assert refusal.headers["content-type"] == "application/json"
    assert refusal.headers["apigw-requestid"]
    assert "retry-after" not in refusal.headers


def test_the_bucket_refills_over_time(patched: Instance, function: str) -> None:
    # Slowly, because a busy machine needs a second for two calls.
    slowly = FEW | {"ThrottlingRateLimit": 0.5}
    api_id = an_api(patched, function, DefaultRouteSettings=slowly)
    statuses(patched, api_id)

    time.sleep(2.2)

    assert statuses(patched, api_id, calls=2) == [200, 429]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ({"DefaultRouteSettings": FEW, "RouteSettings": {"ANY /probe": MANY}}, 200),
        ({"DefaultRouteSettings": MANY, "RouteSettings": {"ANY /probe": FEW}}, 429),
        ({}, 200),
    ],
)
def test_route_settings_override_stage_settings(
    stage: dict[str, Any], expected: int, patched: Instance, function: str
) -> None:
    api_id = an_api(patched, function, **stage)

    assert statuses(patched, api_id)[-1] == expected


def test_a_running_stages_limits_can_be_raised(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, DefaultRouteSettings=FEW)
    statuses(patched, api_id)

    client(patched, "apigatewayv2").update_stage(
        ApiId=api_id, StageName="$default", DefaultRouteSettings=MANY
    )

    assert statuses(patched, api_id) == [200] * 6


def test_a_preflight_does_not_use_a_token(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, cors={"AllowOrigins": ["*"]}, DefaultRouteSettings=FEW)
    headers = {"origin": "https://a.example", "access-control-request-method": "GET"}

    for _ in range(6):
        httpx.options(url_of(patched, api_id), headers=headers, trust_env=False)

    assert statuses(patched, api_id, calls=3) == [200] * 3
