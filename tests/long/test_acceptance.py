"""`make acceptance` as an operator runs it, with only the permissions that the page lists."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embedded import Instance, deploy
from embedded.instance import REGION, ROOT
from tests.deployed import on_embedded
from tests.deployed.kept import Kept
from tests.deployed.target import Target

PAGE = (ROOT / "docs/operations.md").read_text()
STAGE = "dev"
ACCOUNT = "000000000000"
# For a rule's targets, MiniStack checks the bus, but AWS checks the rule, as on the page.
OF_MINISTACK = {
    "Effect": "Allow",
    "Action": ["events:PutTargets", "events:RemoveTargets"],
    "Resource": f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/artisthub-{STAGE}",
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with on_embedded.deployed(STAGE, tmp_path_factory.mktemp("accepted")) as instance:
        yield instance


def policy_of_the_page() -> str:
    section = PAGE.partition("## Acceptance on AWS")[2]
    [policy] = re.findall(r"^```json\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    for name, value in {"STAGE": STAGE, "REGION": REGION, "ACCOUNT": ACCOUNT}.items():
        policy = policy.replace(name, value)
    return str(policy)


def operator(instance: Instance) -> dict[str, str]:
    """Return the access key of a user with the page's permissions."""
    iam: Any = deploy.aws(instance).client("iam", endpoint_url=instance.endpoint_url)
    iam.create_user(UserName="operator")
    policy = json.loads(policy_of_the_page())
    policy["Statement"].append(OF_MINISTACK)
    iam.put_user_policy(
        UserName="operator", PolicyName="acceptance", PolicyDocument=json.dumps(policy)
    )
    key = iam.create_access_key(UserName="operator")["AccessKey"]
    return {
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }


def lasting(target: Target) -> list[Any]:
    """The accounts, the uploads, and the items that do not expire, by themselves or with a profile.

    Not the counts of all documents, which the service keeps.
    """
    kept = Kept(target)
    items = list(kept.items())
    closed = [
        item["userId"]["S"]
        for table, item in items
        if table == "UsersTable" and "expiresAt" in item
    ]
    lasting = [
        (table, item)
        for table, item in items
        if "expiresAt" not in item
        and item.get("sortKey") != {"S": "counts"}
        and not any(user_id in str(item) for user_id in closed)
    ]
    return [*kept.accounts(""), *kept.objects(), *lasting]


def test_acceptance_needs_only_these_permissions_and_leaves_no_data(
    instance: Instance, tmp_path: Path
) -> None:
    target = on_embedded.target_of(instance)
    before = lasting(target)
    environment = deploy.environment(instance) | operator(instance) | {"TMPDIR": str(tmp_path)}

    finished = subprocess.run(
        ["make", "-s", "acceptance", f"STAGE={STAGE}"],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    said = finished.stdout + finished.stderr
    assert finished.returncode == 0, said
    assert re.search(r"^  total +[\d,]+ +0 +[\d,]+$", said, re.MULTILINE), said
    assert "needs AWS: the embedded AWS has no TLS" in said
    assert lasting(target) == before
    queues = target.client("sqs").list_queues(QueueNamePrefix="artisthub-tests")
    assert not queues.get("QueueUrls")
    bus = target.resources["EventBus"]
    rules = target.client("events").list_rules(EventBusName=bus, NamePrefix="artisthub-tests")
    assert rules["Rules"] == []
    clients = target.client("cognito-idp").list_user_pool_clients(
        UserPoolId=target.outputs["userPoolId"]
    )
    assert len(clients["UserPoolClients"]) == 1
