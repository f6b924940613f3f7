"""Context of simulated calls."""

import json
from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import client

pytestmark = pytest.mark.deployed

BOUNDARY = "arn:aws:iam::000000000000:policy/boundary"
POLICY = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Action": "iam:CreateRole",
        "Resource": "*",
        "Condition": {"StringEquals": {"iam:PermissionsBoundary": BOUNDARY}},
    },
}


def simulated(instance: Instance, boundary: str) -> str:
    entry: Any = {
        "ContextKeyName": "iam:PermissionsBoundary",
        "ContextKeyType": "string",
        "ContextKeyValues": [boundary],
    }
    [found] = client(instance, "iam").simulate_custom_policy(
        PolicyInputList=[json.dumps(POLICY)], ActionNames=["iam:CreateRole"], ContextEntries=[entry]
    )["EvaluationResults"]
    return str(found["EvalDecision"])


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    assert simulated(unpatched, BOUNDARY) == "implicitDeny"


@pytest.mark.parametrize(
    ("boundary", "decision"), [(BOUNDARY, "allowed"), (f"{BOUNDARY}-other", "implicitDeny")]
)
def test_a_condition_is_evaluated_with_the_context(
    boundary: str, decision: str, patched: Instance
) -> None:
    assert simulated(patched, boundary) == decision
