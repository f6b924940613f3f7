"""Small stacks and their results."""

import json
import time
from typing import Any

from embedded import Instance, deploy

PATIENCE_SECONDS = 30


def client(instance: Instance, name: str) -> Any:
    session: Any = deploy.aws(instance)
    return session.client(name, endpoint_url=instance.endpoint_url)


def create(instance: Instance, name: str, resources: dict[str, Any]) -> str:
    body = json.dumps({"Resources": resources})
    client(instance, "cloudformation").create_stack(StackName=name, TemplateBody=body)
    return _ended(instance, name)


def delete(instance: Instance, name: str) -> str:
    cloudformation = client(instance, "cloudformation")
    [stack] = cloudformation.describe_stacks(StackName=name)["Stacks"]
    cloudformation.delete_stack(StackName=name)
    return _ended(instance, stack["StackId"])


def _ended(instance: Instance, name: str) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = client(instance, "cloudformation").describe_stacks(StackName=name)
        status = str(found["Stacks"][0]["StackStatus"])
        if not status.endswith("_IN_PROGRESS"):
            return status
        assert time.monotonic() < deadline, status
        time.sleep(0.1)
