"""On-demand backups of all tables of a stage, in addition to nightly and point-in-time backups.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_HowItWorks.html
"""

import time
from collections.abc import Callable
from typing import Any

import boto3

from operations import stack as stacks

POLL_SECONDS = 2


def run(stack: str, label: str, tell: Callable[[str], None]) -> bool:
    """Back up each table under one label and wait until all backups are available."""
    dynamodb: Any = boto3.client("dynamodb")
    made = {}
    for table, name in stacks.tables(stack).items():
        found = dynamodb.create_backup(TableName=name, BackupName=label)
        made[table] = found["BackupDetails"]["BackupArn"]
    for number, (table, arn) in enumerate(made.items(), 1):
        while _status(dynamodb, arn) == "CREATING":
            time.sleep(POLL_SECONDS)
        tell(f"[{number}/{len(made)}] {table}: {_status(dynamodb, arn).lower()}")
    is_done = all(_status(dynamodb, arn) == "AVAILABLE" for arn in made.values())
    if is_done:
        tell(f"backed up as {label}")
    return is_done


def _status(dynamodb: Any, arn: str) -> str:
    described = dynamodb.describe_backup(BackupArn=arn)["BackupDescription"]
    return str(described["BackupDetails"]["BackupStatus"])
