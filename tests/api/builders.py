"""Accounts, profiles and castings for the tests: only what a test is about is said there."""

import json
import os
import uuid
from base64 import urlsafe_b64decode
from functools import cache
from typing import Any

import boto3

from tests.api import api
from tests.api.api import Account

PASSWORD = "Monsoon-Stage-2026"


@cache
def _cognito() -> Any:
    return boto3.client("cognito-idp")


@cache
def _dynamodb() -> Any:
    return boto3.resource("dynamodb")


def a_name() -> str:
    return f"name.{uuid.uuid4().hex[:16]}"


def an_account() -> Account:
    """Confirmed in Cognito, without a profile."""
    pool_id, email = os.environ["USER_POOL_ID"], f"{a_name()}@example.org"
    _cognito().admin_create_user(
        UserPoolId=pool_id,
        Username=email,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": email},
            {"Name": "email_verified", "Value": "true"},
        ],
    )
    _cognito().admin_set_user_password(
        UserPoolId=pool_id, Username=email, Password=PASSWORD, Permanent=True
    )
    return _signed_in(email, "AccessToken")


def with_id_token(account: Account) -> Account:
    """The same account, sending its ID token in place of the access token."""
    return _signed_in(account.email, "IdToken")


def an_admin() -> Account:
    account = an_account()
    return Account(
        account.user_id,
        account.email,
        account.token,
        account.claims | {"cognito:groups": "[admins]"},
    )


def _signed_in(email: str, kind: str) -> Account:
    answer = _cognito().admin_initiate_auth(
        UserPoolId=os.environ["USER_POOL_ID"],
        ClientId=os.environ["USER_POOL_CLIENT_ID"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": PASSWORD},
    )
    token = answer["AuthenticationResult"][kind]
    payload = token.split(".")[1]
    claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return Account(claims["sub"], email, token, claims)


def sign_out(account: Account) -> None:
    _cognito().global_sign_out(AccessToken=account.token)


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
    return {"username": a_name(), "role": "artist", "displayName": "Priya Sharma"} | fields


def a_new_casting(**fields: Any) -> dict[str, Any]:
    """The body of createCasting."""
    return {
        "title": "Dancers for a river festival",
        "description": "An evening in the open air.",
        "category": "dance",
        "city": "Kolkata",
        "roles": [{"title": "Dancer"}],
    } | fields


# What brings a draft to each status.
STATUS_PATHS: dict[str, list[str]] = {
    "draft": [],
    "open": ["open"],
    "closed": ["open", "closed"],
    "filled": ["open", "closed", "filled"],
    "cancelled": ["open", "cancelled"],
}


def a_casting(recruiter: Account | None = None, status: str = "draft", **fields: Any) -> Any:
    """A casting as its recruiter last saw it."""
    owner = recruiter or a_recruiter()
    casting = api.post("/castings", a_new_casting(**fields), as_=owner)
    assert casting.status == 201, casting.text
    for step in STATUS_PATHS[status]:
        casting = api.put(
            f"/castings/{casting.json['castingId']}/status", {"status": step}, as_=owner
        )
        assert casting.status == 200, casting.text
    return casting.json


def suspended(account: Account) -> Account:
    """The account after an administrator has suspended it."""
    table("USERS_TABLE").update_item(
        Key={"userId": account.user_id},
        UpdateExpression="SET #status = :suspended",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":suspended": "suspended"},
    )
    return account


def stored(table_setting: str, **key: str) -> dict[str, Any] | None:
    """What the table holds under this key."""
    item: dict[str, Any] | None = table(table_setting).get_item(Key=key).get("Item")
    return item


def count(table_setting: str) -> int:
    return int(table(table_setting).scan(Select="COUNT")["Count"])


def table(table_setting: str) -> Any:
    return _dynamodb().Table(os.environ[table_setting])


# Bodies that no operation takes: content, content type, status, code.
BROKEN_BODIES: dict[str, tuple[bytes, str, int, str]] = {
    "no JSON": (b"{'a': 1}", "application/json", 400, "Malformed"),
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
