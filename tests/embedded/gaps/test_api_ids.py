"""An HTTP API's id is derived from the names of its stack and resource."""

import json
from typing import Any

import pytest

from embedded import Instance, deploy

pytestmark = pytest.mark.deployed

TEMPLATE = {
    "Resources": {
        "HttpApi": {
            "Type": "AWS::ApiGatewayV2::Api",
            "Properties": {"Name": "any", "ProtocolType": "HTTP"},
        }
    },
    "Outputs": {"Id": {"Value": {"Ref": "HttpApi"}}},
}


def ids_of_two_stacks_one_after_the_other(instance: Instance) -> list[str]:
    client: Any = deploy.aws(instance).client("cloudformation", endpoint_url=instance.endpoint_url)
    found = []
    for _ in range(2):
        client.create_stack(StackName="addressed", TemplateBody=json.dumps(TEMPLATE))
        client.get_waiter("stack_create_complete").wait(
            StackName="addressed", WaiterConfig={"Delay": 1}
        )
        [stack] = client.describe_stacks(StackName="addressed")["Stacks"]
        found.append(stack["Outputs"][0]["OutputValue"])
        client.delete_stack(StackName="addressed")
        client.get_waiter("stack_delete_complete").wait(
            StackName="addressed", WaiterConfig={"Delay": 1}
        )
    return found


def test_ministack_gives_a_new_stack_a_new_api_id(unpatched: Instance) -> None:
    first, second = ids_of_two_stacks_one_after_the_other(unpatched)

    assert first != second


def test_a_new_stack_with_the_same_name_has_the_same_api_id(patched: Instance) -> None:
    first, second = ids_of_two_stacks_one_after_the_other(patched)

    assert first == second
    assert len(first) == 8
