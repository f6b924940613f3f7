"""Builders of accounts, profiles and castings. A test names only the fields that it is about."""

import os
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr

from tests.api import api
from tests.api.api import Account
from tests.api.pool import Pool, cognito


@cache
def _dynamodb() -> Any:
    return boto3.resource("dynamodb")


def a_name() -> str:
    return f"name.{uuid.uuid4().hex[:16]}"


def _pool() -> Pool:
    return Pool(os.environ["USER_POOL_ID"], os.environ["USER_POOL_CLIENT_ID"])


def an_account(email: str | None = None) -> Account:
    """An account that is confirmed in Cognito and has no profile."""
    return _pool().account(email or f"{a_name()}@example.org")


def an_admin() -> Account:
    return _pool().account(f"{a_name()}@example.org", "admins")


def an_admin_of_another_pool() -> Account:
    """A member of the group `admins` of another user pool, which anyone could make."""
    return Pool.create("foreign").account(f"{a_name()}@example.org", "admins")


def with_id_token(account: Account) -> Account:
    """The same account, sending its ID token instead of the access token."""
    return _pool().signed_in(account.email, "IdToken")


def sign_out(account: Account) -> None:
    cognito().global_sign_out(AccessToken=account.token)


def a_recruiter(**profile: Any) -> Account:
    return _with_profile({"role": "recruiter"} | profile)


def an_artist(**profile: Any) -> Account:
    return _with_profile({"role": "artist"} | profile)


def _with_profile(profile: dict[str, Any]) -> Account:
    account = an_account()
    created = api.post("/users", a_new_user(**profile), as_=account)
    assert created.status == 201, created.text
    return account


def a_new_user(**fields: Any) -> dict[str, Any]:
    """The body of createUser."""
    return {
        "username": a_name(),
        "role": "artist",
        "displayName": "Priya Sharma",
        "bornOn": "1990-05-17",
    } | fields


def born(account: Account, born_on: date | None) -> Account:
    """The account with this birth date, or none, as profiles from before may have it."""
    key = {"userId": account.user_id}
    if born_on is None:
        table("USERS_TABLE").update_item(Key=key, UpdateExpression="REMOVE bornOn")
    else:
        table("USERS_TABLE").update_item(
            Key=key,
            UpdateExpression="SET bornOn = :born_on",
            ExpressionAttributeValues={":born_on": born_on.isoformat()},
        )
    return account


def years_ago(years: int, and_days: int = 0) -> date:
    """The day this many years before today (UTC), and some days more."""
    today = datetime.now(UTC).date()
    if (today.month, today.day) == (2, 29):
        today -= timedelta(days=1)
    return today.replace(year=today.year - years) - timedelta(days=and_days)


def a_minor(account: Account) -> Account:
    """The account as one day under 18, which only profiles from before can be."""
    return born(account, years_ago(18, and_days=-1))


A_ROLE = {"title": "Dancer", "pay": {"kind": "unpaid"}}


def a_new_casting(**fields: Any) -> dict[str, Any]:
    """The body of createCasting."""
    return {
        "title": "Dancers for a river festival",
        "description": "An evening in the open air.",
        "category": "dance",
        "city": "Kolkata",
        "roles": [A_ROLE],
    } | fields


# The steps from a draft to each status.
STATUS_PATHS: dict[str, list[str]] = {
    "draft": [],
    "open": ["open"],
    "closed": ["open", "closed"],
    "filled": ["open", "closed", "filled"],
    "cancelled": ["open", "cancelled"],
}


def a_casting(recruiter: Account | None = None, status: str = "draft", **fields: Any) -> Any:
    """A casting as its recruiter last saw it. Its roles are unpaid if they say nothing else."""
    owner = recruiter or a_recruiter()
    roles = [{"pay": A_ROLE["pay"]} | role for role in fields.pop("roles", [A_ROLE])]
    casting = api.post("/castings", a_new_casting(**fields, roles=roles), as_=owner)
    assert casting.status == 201, casting.text
    for step in STATUS_PATHS[status]:
        casting = api.put(
            f"/castings/{casting.json['castingId']}/status", {"status": step}, as_=owner
        )
        assert casting.status == 200, casting.text
    return casting.json


@cache
def the_admin() -> Account:
    """The administrator for tests that are not about administrators."""
    return an_admin()


def suspended(account: Account) -> Account:
    """The account after an administrator has suspended it."""
    path = f"/admin/users/{account.user_id}/suspension"
    answer = api.put(path, {"reason": "Spam."}, as_=the_admin())
    assert answer.status == 204, answer.text
    return account


def verified(account: Account) -> Account:
    """The recruiter after an administrator has verified them."""
    answer = api.call("PUT", f"/admin/users/{account.user_id}/verification", as_=the_admin())
    assert answer.status == 204, answer.text
    return account


def taken_down(casting: Any, reason: str = "Not genuine.") -> Any:
    """The casting after an administrator has taken it down."""
    path = f"/admin/castings/{casting['castingId']}/takedown"
    answer = api.put(path, {"reason": reason}, as_=the_admin())
    assert answer.status == 200, answer.text
    return answer.json


def deleted(account: Account) -> Account:
    """The account after its owner has deleted it."""
    answer = api.call("DELETE", "/users/me", as_=account)
    assert answer.status == 204, answer.text
    return account


# Callers who may change nothing, with the status and the code that they get.
MAY_NOT_ACT: list[tuple[Callable[[], Account | None], int, str]] = [
    (lambda: None, 401, "Unauthorized"),
    (lambda: with_id_token(an_artist()), 401, "AccessTokenRequired"),
    (an_account, 403, "ProfileRequired"),
    (lambda: suspended(an_artist()), 403, "AccountSuspended"),
    (lambda: deleted(an_artist()), 403, "AccountSuspended"),
]


def with_quota_left(
    account: Account, quota: str, remaining: int, *, days_ago: int = 0, **more: Any
) -> None:
    """Let this much of the account's quota remain on that day."""
    day = datetime.now(UTC).date() - timedelta(days_ago)
    item = {"quotaId": f"account#{account.user_id}#{quota}", "day": day.isoformat()}
    table("QUOTAS_TABLE").put_item(Item=item | {"remaining": remaining} | more)


def quota_left(account: Account, quota: str) -> int | None:
    item = stored("QUOTAS_TABLE", quotaId=f"account#{account.user_id}#{quota}")
    return int(item["remaining"]) if item else None


def expire(account: Account, username: str) -> None:
    """Let the thirty days of a deleted account pass, before TTL removes it."""
    items = [
        ("USERS_TABLE", {"userId": account.user_id}),
        ("USERNAMES_TABLE", {"username": username}),
    ]
    for setting, key in items:
        table(setting).update_item(
            Key=key,
            UpdateExpression="SET expiresAt = :past",
            ExpressionAttributeValues={":past": 1},
        )


def stored(table_setting: str, **key: str) -> dict[str, Any] | None:
    """The item with this key."""
    item: dict[str, Any] | None = table(table_setting).get_item(Key=key).get("Item")
    return item


def viewed(target_id: str) -> list[dict[str, Any]]:
    """The stored views of a profile or a casting."""
    wanted = Attr("targetId").eq(target_id)
    items: list[dict[str, Any]] = table("COUNTERS_TABLE").scan(FilterExpression=wanted)["Items"]
    return items


def count(table_setting: str) -> int:
    return int(table(table_setting).scan(Select="COUNT")["Count"])


def table(table_setting: str) -> Any:
    return _dynamodb().Table(os.environ[table_setting])


# Bodies that every operation refuses: content, content type, status, code.
BROKEN_BODIES: dict[str, tuple[bytes, str, int, str]] = {
    "not JSON": (b"{'a': 1}", "application/json", 400, "Malformed"),
    "empty": (b"", "application/json", 400, "Malformed"),
    "not UTF-8": (b'{"a": "\xff"}', "application/json", 400, "Malformed"),
    "nested too deeply": (b"[" * 100_000, "application/json", 400, "Malformed"),
    "a list": (b"[]", "application/json", 422, "Invalid"),
    "null": (b"null", "application/json", 422, "Invalid"),
    "a form": (b"title=a", "application/x-www-form-urlencoded", 415, "UnsupportedMediaType"),
    "no content type": (b"{}", "", 415, "UnsupportedMediaType"),
    "too large": (b'{"a": "' + b"x" * 256 * 1024 + b'"}', "application/json", 413, "TooLarge"),
    "an unknown field": (b'{"colour": "red"}', "application/json", 422, "Invalid"),
}
