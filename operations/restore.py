"""Restore of a stage's tables: first as copies beside the live ones, then into them.

No live data is lost: existing items stay unchanged unless you ask to overwrite them. Decision 0011
says why items are copied back instead of replacing tables.
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
STEP = 1_000  # items; progress is printed after each step

# Records of sent notifications come first, so that nobody is notified again.
FIRST = ("NotificationsTable", "CountersTable")
# The streams of the other tables rebuild these.
DERIVED = {"CardsTable", "SearchTable"}

Tell = Callable[[str], None]
Item = dict[str, Any]


class NotFound(Exception):
    """No such backup exists."""


def beside(stack: str, to: str, tell: Tell) -> bool:
    """Restore each table under another name, from the backup or the time `to`.

    Print the item counts of copy and live table. Return whether samples of all copies are correct.
    """
    dynamodb: Any = boto3.client("dynamodb")
    live = stacks.tables(stack)
    present = set(
        dynamodb.get_paginator("list_tables").paginate().build_full_result()["TableNames"]
    )
    for name in live.values():
        if _beside(name, to) not in present:  # otherwise an earlier run started it
            _begin(dynamodb, name, to)
    is_right = True
    for number, (table, name) in enumerate(live.items(), 1):
        restored = _beside(name, to)
        while _described(dynamodb, restored)["TableStatus"] == "CREATING":
            time.sleep(POLL_SECONDS)
        wrong = _wrong(dynamodb, restored, name)
        is_right &= not wrong
        counts = f"{_count(dynamodb, restored):,} items, {_count(dynamodb, name):,} live"
        tell(f"[{number}/{len(live)}] {table}: {counts}; {wrong or 'the sample is correct'}")
    return is_right


def into_live(stack: str, to: str, tell: Tell, *, overwrite: bool) -> bool:
    """Copy the restored items into the live tables: the missing ones, or all with `overwrite`.

    You can stop it and run it again at any time.
    """
    dynamodb: Any = boto3.client("dynamodb")
    live = stacks.tables(stack)
    for table in sorted(live.keys() - DERIVED, key=lambda each: (each not in FIRST, each)):
        name = live[table]
        [key, *_] = _key_names(dynamodb, name)
        condition = {} if overwrite else {"ConditionExpression": f"attribute_not_exists({key})"}
        put_back = partial(_put, dynamodb, name, condition)
        items, done, put = _items(dynamodb, _beside(name, to)), 0, 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while step := list(islice(items, STEP)):
                put += sum(pool.map(put_back, step))
                done += len(step)
                tell(f"{table}: {put:,} of {done:,} items copied")
    return True


def clean_up(stack: str, to: str, tell: Tell) -> bool:
    """Delete the restored copies."""
    dynamodb: Any = boto3.client("dynamodb")
    for table, name in stacks.tables(stack).items():
        try:
            dynamodb.delete_table(TableName=_beside(name, to))
        except dynamodb.exceptions.ResourceNotFoundException:
            continue
        tell(f"{table}: deleted the restored copy")
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
    """Return an error if the copy has another key, or an item that differs but was not changed."""
    keys = _key_names(dynamodb, live)
    if _key_names(dynamodb, restored) != keys:
        return "its key differs"
    for item in islice(_items(dynamodb, restored), SAMPLE):
        key = {name: item[name] for name in keys}
        now = dynamodb.get_item(TableName=live, Key=key).get("Item", item)
        if now != item and now.get("updatedAt") == item.get("updatedAt", "never"):
            return f"item {key} differs"
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
