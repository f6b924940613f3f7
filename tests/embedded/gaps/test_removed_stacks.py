"""AWS remembers a removed stack after its name is reused; MiniStack does not."""

import json
from typing import Any

from embedded import Instance, deploy

TEMPLATE = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}})


def _removed(instance: Instance) -> list[str]:
    """Return removed stacks' ids after a removed stack's name was used again."""
    session: Any = deploy.aws(instance)
    aws = session.client("cloudformation", endpoint_url=instance.endpoint_url)
    first = aws.create_stack(StackName="again", TemplateBody=TEMPLATE)["StackId"]
    aws.get_waiter("stack_create_complete").wait(StackName=first, WaiterConfig={"Delay": 1})
    aws.delete_stack(StackName="again")
    aws.get_waiter("stack_delete_complete").wait(StackName=first, WaiterConfig={"Delay": 1})
    aws.create_stack(StackName="again", TemplateBody=TEMPLATE)
    listed = aws.list_stacks(StackStatusFilter=["DELETE_COMPLETE"])["StackSummaries"]
    removed = [each["StackId"] for each in listed if each["StackName"] == "again"]
    assert set(removed) <= {first}
    return removed


def test_a_removed_stack_is_remembered(patched: Instance) -> None:
    assert len(_removed(patched)) == 1


def test_ministack_forgets_a_removed_stack(unpatched: Instance) -> None:
    assert _removed(unpatched) == []
