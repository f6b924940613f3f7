"""A drill of random changes in MiniStack's state.

The journal records each look. After each step, the state that it would restore must equal the
current state. New files begin all the time.

It runs in MiniStack's own environment: `python -P journal_drill.py EMBEDDED SEED`, with STATE_DIR.
"""

import asyncio
import json
import random
import sys
from typing import Any

sys.path.append(sys.argv[1])

from durability import capture, service
from durability.journal import Journal, files
from durability.records import contents
from ministack.services import cloudwatch_logs, cognito, dynamodb

STEPS = 400
TABLES = ["First", "Second", "Third"]
GROUPS = ["one", "two"]


def call(module: Any, target: str, **parameters: Any) -> dict[str, Any]:
    headers = {"x-amz-target": target}
    answer = module.handle_request("POST", "/", headers, json.dumps(parameters).encode(), {})
    status, _, body = asyncio.run(answer)
    assert status == 200, body
    answered: dict[str, Any] = json.loads(body) if body else {}
    return answered


def change(chance: random.Random, keeper: service.Keeper) -> None:
    table, group = chance.choice(TABLES), chance.choice(GROUPS)
    key = {"hash": {"S": chance.choice("abcdef")}, "range": {"N": str(chance.randrange(8))}}
    dice = chance.random()
    if table not in dynamodb._tables:
        attributes = [("hash", "S", "HASH"), ("range", "N", "RANGE")]
        call(
            dynamodb,
            "DynamoDB_20120810.CreateTable",
            TableName=table,
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, _, kind in attributes],
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": kind} for name, kind, _ in attributes
            ],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        )
    elif dice < 0.02:
        call(dynamodb, "DynamoDB_20120810.DeleteTable", TableName=table)
    elif dice < 0.5:
        item = key | {"text": {"S": "x" * chance.randrange(200)}}
        call(dynamodb, "DynamoDB_20120810.PutItem", TableName=table, Item=item)
    elif dice < 0.7:
        call(dynamodb, "DynamoDB_20120810.DeleteItem", TableName=table, Key=key)
    elif dice < 0.75:
        keeper._capture._called.add("cloudwatch_logs")
        cloudwatch_logs._log_groups.pop(group, None)
    elif dice < 0.95:
        log(group, str(chance.randrange(5)), chance)
    else:
        keeper._capture._called.add("cognito")
        users = cognito._user_pools.setdefault("pool", {"Id": "pool", "_users": {}})["_users"]
        users[chance.choice("abc")] = {"number": chance.random()}
        users.pop(chance.choice("abc"), None)


def log(group: str, stream: str, chance: random.Random) -> None:
    """Log like a function, without a service call."""
    own = cloudwatch_logs._log_groups.setdefault(group, {"streams": {}})
    times = dict.fromkeys(["firstEventTimestamp", "lastEventTimestamp", "lastIngestionTime"])
    written = own["streams"].setdefault(stream, {"events": [], **times})
    at = chance.randrange(1000)
    event = {"timestamp": at, "ingestionTime": at, "message": "x" * chance.randrange(100)}
    cloudwatch_logs._append_log_events(written, [event])


def present() -> dict[str, Any]:
    tables = {
        key: {hash_key: dict(rows) for hash_key, rows in table["items"].items() if rows}
        for key, table in dynamodb._tables._data.items()
    }
    return {
        "tables": tables,
        "logs": dict(cloudwatch_logs._log_groups._data),
        "pools": dict(cognito._user_pools._data),
    }


def restorable() -> dict[str, Any]:
    tree, _, _ = service._read()
    state = {name: node.build() for name, node in tree.children.items()}
    tables = {
        key: {hash_key: rows for hash_key, rows in table["items"].items() if rows}
        for key, table in contents(state["dynamodb"]["tables"]).items()
    }
    return {
        "tables": tables,
        "logs": contents(state["cloudwatch_logs"]["log_groups"]),
        "pools": contents(state["cognito"]["user_pools"]),
    }


def main(seed: int) -> None:
    chance = random.Random(seed)
    # A new file takes many looks, and the next one begins immediately.
    service.LEAST_FILE_BYTES = 1000
    service.STEP_SECONDS = 0
    capture.ENTRIES_OF_A_PART = 2
    service.FOLDER.mkdir(parents=True)
    keeper = service.Keeper()
    keeper._journal = Journal(service.FOLDER)
    keeper._capture.watch()
    keeper._write_everything()
    newest = set()
    for step in range(STEPS):
        for _ in range(chance.randrange(4)):
            change(chance, keeper)
        keeper._look()
        keeper._flush()
        newest.add(files(service.FOLDER)[-1])
        if step % 4 == 0:
            assert restorable() == present(), f"seed {seed}, step {step}"
    assert len(newest) > 2, newest


main(int(sys.argv[2]))
