"""A stage's access log."""

import json
from typing import Any

import pytest
import yaml

from embedded import Instance
from embedded.instance import ROOT
from tests.embedded.gaps.given import a_function, a_name, an_api, client, get

pytestmark = pytest.mark.deployed

FORMAT = ROOT / "infra" / "resources" / "access-log-format.yml"
ECHO = 'return {"statusCode": 200, "body": event["requestContext"]["requestId"]}'


def logging_stage(instance: Instance) -> tuple[str, dict[str, Any]]:
    """Return a log group and stage settings that log to it in our format."""
    group = a_name()
    client(instance, "logs").create_log_group(logGroupName=group)
    settings = {
        "DestinationArn": f"arn:aws:logs:ap-south-1:000000000000:log-group:{group}",
        "Format": yaml.safe_load(FORMAT.read_text())["format"],
    }
    return group, {"AccessLogSettings": settings}


def lines(instance: Instance, group: str) -> list[dict[str, Any]]:
    events = client(instance, "logs").filter_log_events(logGroupName=group)["events"]
    return [json.loads(event["message"]) for event in events]


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    group, stage = logging_stage(unpatched)
    answer = get(unpatched, an_api(unpatched, a_function(unpatched, ECHO), **stage))

    assert lines(unpatched, group) == []
    assert answer.text != answer.headers["apigw-requestid"]


def test_each_request_writes_a_line(patched: Instance) -> None:
    group, stage = logging_stage(patched)
    api_id = an_api(patched, a_function(patched, ECHO), **stage)

    answer = get(patched, api_id, user_agent="probe/1")

    [line] = lines(patched, group)
    assert line.pop("requestId") == answer.headers["apigw-requestid"] == answer.text
    assert int(line.pop("time")) > 1_700_000_000_000
    assert 0 <= int(line.pop("integrationLatencyMs")) <= int(line.pop("latencyMs"))
    assert line == {
        "sourceIp": "127.0.0.1",
        "method": "GET",
        "routeKey": "ANY /probe",
        "status": "200",
        "authorizerError": "-",
        "integrationError": "-",
        "responseBytes": str(len(answer.content)),
    }


def test_a_function_failure_is_in_the_line(patched: Instance) -> None:
    group, stage = logging_stage(patched)
    api_id = an_api(patched, a_function(patched, 'raise RuntimeError("broken")'), **stage)

    get(patched, api_id)

    [line] = lines(patched, group)
    assert line["status"] == "500"
    assert line["integrationError"] == (
        "The Lambda function returned the following error: broken."
        " Check your Lambda function code and try again."
    )


def test_a_gateway_refusal_writes_a_line(patched: Instance) -> None:
    group, stage = logging_stage(patched)
    limits = {"ThrottlingRateLimit": 0.001, "ThrottlingBurstLimit": 0}
    function = a_function(patched, ECHO)

    get(patched, an_api(patched, function, DefaultRouteSettings=limits, **stage))

    [line] = lines(patched, group)
    assert (line["status"], line["routeKey"]) == ("429", "ANY /probe")
    assert line["integrationLatencyMs"] == "-"
