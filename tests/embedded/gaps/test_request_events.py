"""Events that an HTTP API sends to functions."""

import re
from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, an_api, get

pytestmark = pytest.mark.deployed

ECHO = 'return {"statusCode": 200, "body": json.dumps(event)}'


def event_of(instance: Instance, **headers: str) -> dict[str, Any]:
    api_id = an_api(instance, a_function(instance, ECHO))
    event: dict[str, Any] = get(instance, api_id, **headers).json()
    return event


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    event = event_of(unpatched, cookie="a=b")

    assert "cookies" not in event
    assert "x-forwarded-for" not in event["headers"]
    assert event["pathParameters"] is None


def test_an_event_is_like_one_from_aws(patched: Instance) -> None:
    event = event_of(patched, cookie="a=b; c=d", x_forwarded_for="192.0.2.1", user_agent="probe/1")

    context, headers = event["requestContext"], event["headers"]
    assert event["cookies"] == ["a=b", "c=d"]
    assert "pathParameters" not in event
    assert "queryStringParameters" not in event
    assert "body" not in event
    domain = f"{context['apiId']}.execute-api.ap-south-1.amazonaws.com"
    assert (context["domainName"], context["domainPrefix"]) == (domain, context["apiId"])
    assert context["http"]["sourceIp"] == "127.0.0.1"
    assert re.fullmatch(r"Root=1-[0-9a-f]{8}-[0-9a-f]{24}", headers.pop("x-amzn-trace-id"))
    assert headers == {
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
        "host": domain,
        "user-agent": "probe/1",
        "x-forwarded-for": "192.0.2.1, 127.0.0.1",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    }
