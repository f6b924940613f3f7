"""Restores the tables of a stage: first beside the live ones, then what is missing into them.

Nothing that is live is lost on the way: an item that is there stays as it is, unless it is to be
overwritten. Decision 0011 says why the items go back, and not the tables.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

import boto3

from operations import stack as stacks

POLL_SECONDS = 2
SAMPLE = 25
AT_ONCE = 8
STEP = 1_000  # items; after each of them it is told how far it got

# What tells that people have heard of something comes back before what they would hear of again.
FIRST = ("NotificationsTable", "CountersTable")
# Made of other tables by what follows these, and right again once they are.
DERIVED = "SearchTable"

Tell = Callable[[str], None]
Item = dict[str, Any]


class NotFound(Exception):
    """There is no such backup."""


def beside(stack: str, to: str, tell: Tell) -> bool:
    """Restores each table under another name, as it was backed up as `to` or was at that time.

    Tells how many items each has, then and now; whether a sample of them is right.
    """
    dynamodb: Any = boto3.client("dynamodb")
    live = stacks.tables(stack)
    present = set(
        dynamodb.get_paginator("list_tables").paginate().build_full_result()["TableNames"]
    )
    for name in live.values():
        if _beside(name, to) not in present:  # else it was begun before
            _begin(dynamodb, name, to)
    is_right = True
    for number, (table, name) in enumerate(live.items(), 1):
        restored = _beside(name, to)
        while _described(dynamodb, restored)["TableStatus"] == "CREATING":
            time.sleep(POLL_SECONDS)
        wrong = _wrong(dynamodb, restored, name)
        is_right &= not wrong
        counts = f"{_count(dynamodb, restored):,} items, {_count(dynamodb, name):,} live"
        tell(f"[{number}/{len(live)}] {table}: {counts}; {wrong or 'the sample is right'}")
    return is_right


def into_live(stack: str, to: str, tell: Tell, *, overwrite: bool) -> bool:
    """Puts what was restored beside into the live tables: all of it, or what is missing there.

    It may be stopped and run again at any time.
    """
    dynamodb: Any = boto3.client("dynamodb")
    live = stacks.tables(stack)
    for table in sorted(live.keys() - {DERIVED}, key=lambda each: (each not in FIRST, each)):
        name = live[table]
        [key, *_] = _key_names(dynamodb, name)
        condition = {} if overwrite else {"ConditionExpression": f"attribute_not_exists({key})"}
        put_back = partial(_put, dynamodb, name, condition)
        items, done, put = _items(dynamodb, _beside(name, to)), 0, 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while step := list(islice(items, STEP)):
                put += sum(pool.map(put_back, step))
                done += len(step)
                tell(f"{table}: {put:,} of {done:,} items put back")
    return True


def clean_up(stack: str, to: str, tell: Tell) -> bool:
    """Deletes the tables that were restored beside the live ones."""
    dynamodb: Any = boto3.client("dynamodb")
    for table, name in stacks.tables(stack).items():
        try:
            dynamodb.delete_table(TableName=_beside(name, to))
        except dynamodb.exceptions.ResourceNotFoundException:
            continue
        tell(f"{table}: what was beside it is deleted")
    return True


def _begin(dynamodb: Any, name: str, to: str) -> None:
    if to.endswith("Z"):
        dynamodb.restore_table_to_point_in_time(
            SourceTableName=name,
            TargetTableName=_beside(name, to),
            RestoreDateTime=datetime.fromisoformat(to),
        )
    else:
        dynamodb.restore_table_from_backup(
            TargetTableName=_beside(name, to), BackupArn=_backup(dynamodb, name, to)
        )


def _backup(dynamodb: Any, name: str, label: str) -> str:
    pages = dynamodb.get_paginator("list_backups").paginate(TableName=name)
    for page in pages:
        for each in page["BackupSummaries"]:
            if each["BackupName"] == label:
                return str(each["BackupArn"])
    raise NotFound(f"{name} has no backup {label}")


def _beside(name: str, to: str) -> str:
    return f"{name}.{to.replace(':', '-')}"


def _described(dynamodb: Any, name: str) -> Any:
    return dynamodb.describe_table(TableName=name)["Table"]


def _key_names(dynamodb: Any, name: str) -> list[str]:
    return [each["AttributeName"] for each in _described(dynamodb, name)["KeySchema"]]


def _wrong(dynamodb: Any, restored: str, live: str) -> str:
    """What is wrong with what was restored: its key, or an item that is another one although
    nothing has changed it since."""
    keys = _key_names(dynamodb, live)
    if _key_names(dynamodb, restored) != keys:
        return "its key is another one"
    for item in islice(_items(dynamodb, restored), SAMPLE):
        key = {name: item[name] for name in keys}
        now = dynamodb.get_item(TableName=live, Key=key).get("Item", item)
        if now != item and now.get("updatedAt") == item.get("updatedAt", "never"):
            return f"{key} is another item"
    return ""


def _put(dynamodb: Any, name: str, condition: dict[str, str], item: Item) -> bool:
    try:
        dynamodb.put_item(TableName=name, Item=item, **condition)
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return False
    return True


def _count(dynamodb: Any, name: str) -> int:
    pages = dynamodb.get_paginator("scan").paginate(TableName=name, Select="COUNT")
    return sum(page["Count"] for page in pages)


def _items(dynamodb: Any, name: str) -> Iterator[Item]:
    for page in dynamodb.get_paginator("scan").paginate(TableName=name):
        yield from page["Items"]
