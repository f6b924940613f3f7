"""CORS headers of an HTTP API, for pages of other origins."""

import httpx
import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, an_api, get, url_of

pytestmark = pytest.mark.deployed

CORS = {
    "AllowOrigins": ["https://page.example"],
    "AllowMethods": ["GET"],
    "ExposeHeaders": ["etag"],
}
ANY_ORIGIN = {"AllowOrigins": ["*"], "AllowMethods": ["GET"]}
BODY = 'return {"statusCode": 200, "headers": {"Access-Control-Allow-Methods": "TRACE"}}'


@pytest.fixture(scope="module")
def function(patched: Instance) -> str:
    return a_function(patched, BODY)


def cors_headers(answer: httpx.Response) -> dict[str, str]:
    return {
        name: value for name, value in answer.headers.items() if name.startswith("access-control")
    }


def preflight(instance: Instance, api_id: str, origin: str) -> httpx.Response:
    headers = {"origin": origin, "access-control-request-method": "GET"}
    return httpx.options(url_of(instance, api_id), headers=headers, trust_env=False)


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    api_id = an_api(unpatched, a_function(unpatched, BODY), cors=ANY_ORIGIN)

    assert cors_headers(get(unpatched, api_id)) == {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "TRACE",
    }


def test_cors_headers_come_from_the_api_and_not_from_the_function(
    patched: Instance, function: str
) -> None:
    api_id = an_api(patched, function, cors=CORS)

    assert cors_headers(get(patched, api_id, origin="https://page.example")) == {
        "access-control-allow-origin": "https://page.example",
        "access-control-expose-headers": "etag",
    }


@pytest.mark.parametrize("cors", [CORS, ANY_ORIGIN])
def test_a_request_without_an_origin_gets_no_cors_headers(
    cors: dict[str, list[str]], patched: Instance, function: str
) -> None:
    assert cors_headers(get(patched, an_api(patched, function, cors=cors))) == {}


def test_a_functions_cors_headers_stay_if_the_api_has_none(
    patched: Instance, function: str
) -> None:
    api_id = an_api(patched, function)

    answer = get(patched, api_id, origin="https://page.example")

    assert cors_headers(answer) == {"access-control-allow-methods": "TRACE"}


def test_a_preflight_gets_204_and_the_configured_headers(patched: Instance, function: str) -> None:
    api_id = an_api(patched, function, cors=CORS)

    allowed = preflight(patched, api_id, "https://page.example")
    refused = preflight(patched, api_id, "https://another.example")

    assert (allowed.status_code, refused.status_code) == (204, 204)
    assert allowed.headers["access-control-allow-methods"] == "GET"
    assert cors_headers(refused) == {}
