"""Clean-up of test data: first as the service deletes accounts, then what the service keeps.

Each account is treated as one deleted 30 days ago: its profile is deleted from the table, and the
janitor follows. The service keeps some data of deleted people: the audit, notifications to others
and views. Those items are deleted one by one, by the ids of the accounts and their castings.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from artisthub.shared import ids
from tests.deployed.kept import Kept
from tests.deployed.people import LABELLED
from tests.deployed.target import Target

Tell = Callable[[str], None]

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
JANITOR_SECONDS = 120
# Indexer, notifier and counter may still be busy. On AWS they follow after seconds.
QUIET_SECONDS = 3
# A more recent run may still be in progress.
EARLIER = timedelta(hours=2)


def earlier_runs(target: Target, tell: Tell) -> None:
    """Delete the data of killed runs."""
    before = datetime.now(UTC) - EARLIER
    left = [each for each in _accounts(target, "") if each["UserCreateDate"] < before]
    if left:
        tell(f"Removing {len(left)} accounts of an earlier run that was killed")
        _remove(target, left, tell)


def of_run(target: Target, tell: Tell) -> int:
    """Delete the run's data. Return how many accounts it had."""
    accounts = _accounts(target, target.run)
    _remove(target, accounts, tell)
    return len(accounts)


def _accounts(target: Target, run: str) -> list[Any]:
    prefix = LABELLED.format(run).partition("@")[0]
    return Kept(target).accounts(f'email ^= "{prefix}"')


def _remove(target: Target, accounts: list[Any], tell: Tell) -> None:
    kept = Kept(target)
    user_ids = {_sub(account) for account in accounts}
    casting_ids = {
        item["castingId"]["S"]
        for table, item in kept.items()
        if table == "CastingTable" and item["recruiterId"]["S"] in user_ids
    }
    for user_id in user_ids:
        _expire(target, user_id)
    _wait_for_the_janitor(kept, user_ids)
    deleted = _delete_accounts(target, accounts)
    objects = _delete_uploads(kept, user_ids)
    items = _delete_items(kept, user_ids, casting_ids)
    tell(
        f"deleted {len(accounts)} accounts and {len(casting_ids)} castings; also deleted, because "
        f"the janitor does not: {deleted} accounts without a profile, {objects} uploads"
        + "".join(f", {count} of {table}" for table, count in sorted(items.items()))
    )


def _sub(account: Any) -> str:
    [sub] = [each["Value"] for each in account["Attributes"] if each["Name"] == "sub"]
    return str(sub)


def _expire(target: Target, user_id: str) -> None:
    """Expire the profile, like that of an account deleted 30 days ago."""
    table, key = target.table("UsersTable"), {"userId": user_id}
    try:
        found = table.update_item(
            Key=key,
            UpdateExpression="SET #status = :deleted",
            ConditionExpression="attribute_exists(userId)",
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues={":deleted": "deleted"},
            ReturnValues="ALL_NEW",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return  # an account without a profile
    table.delete_item(Key=key)
    if suspended := found["Attributes"].get("addressKey"):
        target.table("ClosedAccountsTable").delete_item(Key={"accountId": suspended})


def _wait_for_the_janitor(kept: Kept, user_ids: set[str]) -> None:
    """Wait until the janitor has deleted the castings, since it needs their accounts until then."""
    deadline = time.monotonic() + JANITOR_SECONDS
    while time.monotonic() < deadline:
        left = [
            table
            for table, item in kept.items()
            if table in ("CastingTable", "ApplicationsTable", "ConnectionsTable")
            and _ids_in(item) & user_ids
        ]
        if not left:
            return
        time.sleep(1)


def _delete_accounts(target: Target, accounts: Iterable[Any]) -> int:
    """Delete the accounts that the janitor does not know. Return how many."""
    cognito, deleted = target.client("cognito-idp"), 0
    for account in accounts:
        names = {"UserPoolId": target.outputs["userPoolId"], "Username": account["Username"]}
        try:
            cognito.admin_delete_user(**names)
        except cognito.exceptions.UserNotFoundException:
            continue
        deleted += 1
    return deleted


def _delete_uploads(kept: Kept, user_ids: set[str]) -> int:
    s3, bucket = kept.target.client("s3"), kept.target.resources["MediaBucket"]
    keys = [found["Key"] for found in kept.objects() if found["Key"].split("/")[1] in user_ids]
    for key in keys:
        s3.delete_object(Bucket=bucket, Key=key)
    return len(keys)


def _delete_items(kept: Kept, user_ids: set[str], casting_ids: set[str]) -> Counter[str]:
    """Delete items with these ids until two searches in a row find none. Return counts by table."""
    totals = {ids.derived("views", "user", each) for each in user_ids}
    totals |= {ids.derived("views", "casting", each) for each in casting_ids}
    of_tests, deleted, quiet = user_ids | casting_ids | totals, Counter[str](), 0
    keys_of = {table: _key_names(kept.target, table) for table in kept.target.tables}
    while quiet < 2:
        found = [(table, item) for table, item in kept.items() if _ids_in(item) & of_tests]
        for table, item in found:
            key = {name: item[name] for name in keys_of[table]}
            kept.target.client("dynamodb").delete_item(TableName=kept.target.tables[table], Key=key)
            deleted[table] += 1
        quiet = 0 if found else quiet + 1
        time.sleep(QUIET_SECONDS)
    return deleted


def _key_names(target: Target, table: str) -> list[str]:
    schema = target.table(table).key_schema
    return [each["AttributeName"] for each in schema]


def _ids_in(item: dict[str, Any]) -> set[str]:
    return set(ID.findall(repr(item)))
