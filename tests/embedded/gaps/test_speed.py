"""When a changed policy takes effect."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from embedded import Instance
from tests.embedded.gaps.given import a_name, client

pytestmark = pytest.mark.deployed


def test_a_changed_policy_takes_effect_at_once(patched: Instance) -> None:
    iam, name = client(patched, "iam"), a_name()
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    tables = boto3.client(
        "dynamodb",
        endpoint_url=patched.endpoint_url,
        region_name="ap-south-1",
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
    )

    def set_policy(effect: str) -> None:
        statement: dict[str, Any] = {"Action": "dynamodb:ListTables", "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement | {"Effect": effect}]}
        iam.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=json.dumps(policy))

    for _ in range(2):
        set_policy("Allow")
        assert "TableNames" in tables.list_tables()
        set_policy("Deny")
        with pytest.raises(ClientError, match="AccessDenied"):
            tables.list_tables()
