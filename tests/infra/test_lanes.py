"""A deployment creates resources within the rate limits of AWS accounts."""

import json
import re

import pytest

from tests.infra.packages import Package

LANES = [
    (5, ["AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route"]),
    (10, ["AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping"]),
    (10, ["AWS::Logs::LogGroup"]),
    (3, ["AWS::CloudWatch::Alarm"]),
]

pytestmark = pytest.mark.aws_fact(18)


def awaited(package: Package, logical_id: str) -> set[str]:
    """The resources that this resource depends on or refers to."""
    resources = package.template["Resources"]
    text = json.dumps(resources[logical_id]["Properties"])
    referred = re.findall(r'"Ref": "(\w+)"|"Fn::GetAtt": \["(\w+)"', text)
    stated = resources[logical_id].get("DependsOn", [])
    names: set[str] = {one or other for one, other in referred}
    names.update([stated] if isinstance(stated, str) else stated)
    return {name for name in names if name in resources}


@pytest.mark.parametrize(("width", "types"), LANES)
def test_a_deployment_creates_few_resources_of_a_kind_at_once(
    each: Package, width: int, types: list[str]
) -> None:
    """Each resource waits for the one `width` places before it."""
    queued = [name for resource_type in types for name in each.resources(resource_type)]

    assert len(queued) > width
    for before, logical_id in zip(queued, queued[width:], strict=False):
        assert before in awaited(each, logical_id), logical_id


def test_the_api_stage_is_created_after_every_route(each: Package) -> None:
    """An existing stage deploys itself at each new route, which conflicts with the next route."""
    made: set[str] = set()
    ahead = ["HttpApiStage"]
    while ahead:
        found = awaited(each, ahead.pop()) - made
        ahead += found
        made |= found

    assert set(each.resources("AWS::ApiGatewayV2::Route")) <= made
