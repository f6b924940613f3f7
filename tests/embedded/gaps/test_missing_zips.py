"""A stack with a zip file missing from S3 is rolled back, as on AWS."""

from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps import stacks

ZIP = {"S3Bucket": "zips", "S3Key": "gone.zip"}
RESOURCES: dict[str, dict[str, Any]] = {
    "layer": {
        "Type": "AWS::Lambda::LayerVersion",
        "Properties": {"LayerName": "packages", "Content": ZIP},
    },
    "function": {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Runtime": "python3.13",
            "Handler": "module.handler",
            "Role": "arn:aws:iam::000000000000:role/any",
            "Code": ZIP,
        },
    },
}


@pytest.mark.aws_fact(8)
@pytest.mark.parametrize("kind", RESOURCES)
def test_a_stack_with_a_missing_zip_is_rolled_back(patched: Instance, kind: str) -> None:
    assert stacks.create(patched, f"no-zip-{kind}", {"It": RESOURCES[kind]}) == "ROLLBACK_COMPLETE"


@pytest.mark.parametrize("kind", RESOURCES)
def test_ministack_deploys_without_the_zip(unpatched: Instance, kind: str) -> None:
    assert stacks.create(unpatched, f"no-zip-{kind}", {"It": RESOURCES[kind]}) == "CREATE_COMPLETE"
