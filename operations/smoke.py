"""Smoke test of a deployed stage, to run after each deployment."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import boto3
import httpx
from botocore.exceptions import BotoCoreError, ClientError

from operations import stack as stacks
from operations import tagged_yaml

STAGES = Path(__file__).parents[1] / "infra/stages"
FOREIGN = "https://elsewhere.example"
SRP_BYTES = 383  # shorter than N of Cognito's group, which has 3072 bits
NIGHTLY = timedelta(hours=26)  # a day plus the time that a backup may take
SAFE = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}

Check = tuple[str, Callable[[], None]]


class Failed(Exception):
    """A failed check. The message has the actual and the expected result."""


def url_of(stack: str) -> str:
    """Return the API's address from the stack's outputs."""
    [described] = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]}
    return outputs["ApiUrl"]


def run(stage: str, http: httpx.Client, tell: Callable[[str], None]) -> bool:
    """Check the API that `http` calls. Report each check and return whether all passed."""
    settings = tagged_yaml.load((STAGES / f"{stage}.yml").read_text())
    return _passed(_checks(stage, settings["allowedOrigins"], http), tell)


def run_of_backups(stage: str, tell: Callable[[str], None]) -> bool:
    """Check that the tables are backed up each night, if the stage has backups."""
    settings = tagged_yaml.load((STAGES / f"{stage}.yml").read_text())
    name, check = "every table was backed up last night", partial(_are_backed_up, stage)
    return _passed([(name, check)] if settings["backup"]["resources"] else [], tell)


def _passed(checks: Iterable[Check], tell: Callable[[str], None]) -> bool:
    is_well = True
    for name, check in checks:
        try:
            check()
        except (Failed, httpx.HTTPError) as error:
            is_well = False
            tell(f"FAILED  {name}: {error}")
        else:
            tell(f"ok      {name}")
    return is_well


def _checks(stage: str, origins: list[str], http: httpx.Client) -> Iterator[Check]:
    yield f"the API answers as {stage}", partial(_answers, http, "/v1/health", "stage", stage)
    yield "the contract is served", partial(_answers, http, "/v1/openapi.json", "openapi", "3.1.0")
    yield "castings are listed without a token", partial(_answers, http, "/v1/castings?limit=1")
    yield "accounts are hidden without a token", partial(_refuses, http, "/v1/users/me", 401)
    yield "sign-in starts", partial(_begins_a_sign_in, http)
    yield "an unknown path gets 404", partial(_refuses, http, "/v1/nowhere", 404)
    yield "responses have security headers", partial(_is_safe, http)
    for origin in origins:
        asked = FOREIGN if origin == "*" else origin
        yield f"pages from {origin} may call the API", partial(_allows, http, asked, origin)
    if "*" not in origins:
        yield "other pages may not", partial(_allows, http, FOREIGN, None)


def _answers(http: httpx.Client, path: str, field: str = "items", wanted: Any = None) -> None:
    answer = _get(http, path, 200)
    is_json = "json" in answer.headers.get("content-type", "")
    value = answer.json().get(field) if is_json else None
    if value is None or wanted not in (None, value):
        raise Failed(f"GET {path} has {field} {value}, not {wanted or 'a value'}")


def _refuses(http: httpx.Client, path: str, status: int) -> None:
    _get(http, path, status)


def _begins_a_sign_in(http: httpx.Client) -> None:
    """Check that Cognito accepts the client secret. Unknown accounts also get a challenge."""
    login = {"email": "nobody@artisthub.example", "srpA": secrets.token_hex(SRP_BYTES)}
    answer = http.post("/v1/auth/login", json=login)
    if answer.status_code != 200:
        raise Failed(f"POST /v1/auth/login answers {answer.status_code}: {answer.text[:200]}")


def _is_safe(http: httpx.Client) -> None:
    headers = _get(http, "/v1/health", 200).headers
    missing = [f"{name}: {value}" for name, value in SAFE.items() if headers.get(name) != value]
    if missing:
        raise Failed(f"GET /v1/health lacks {', '.join(missing)}")


def _allows(http: httpx.Client, origin: str, allowed: str | None) -> None:
    """Check which origin a preflight from this origin allows."""
    headers = {"origin": origin, "access-control-request-method": "POST"}
    found = http.options("/v1/castings", headers=headers).headers.get("access-control-allow-origin")
    if found != allowed:
        raise Failed(f"a preflight from {origin} allows {found}, not {allowed}")


def _get(http: httpx.Client, path: str, status: int) -> httpx.Response:
    answer = http.get(path)
    if answer.status_code != status:
        raise Failed(f"GET {path} answers {answer.status_code}, not {status}: {answer.text[:200]}")
    return answer


def _are_backed_up(stage: str) -> None:
    stack, now = f"artisthub-api-{stage}", datetime.now(UTC)
    try:
        newest = _newest_backups(stacks.physical_id(stack, "BackupVault"))
        made = {name: _made_at(stack, name) for name in stacks.tables(stack).values()}
        late = late_backups(made, newest, now)
        if late:
            raise Failed(f"{', '.join(late)}; {_hint()}")
    except (BotoCoreError, ClientError) as refused:
        raise Failed(f"cannot read the backups: {refused}") from refused


def late_backups(
    made: dict[str, datetime], newest: dict[str, datetime], now: datetime
) -> list[str]:
    """Return tables without a backup from last night, except for tables that are newer.

    `made` has each table's time in the stack, `newest` the start of each table's newest backup.
    """
    return [
        f"{table} {_age(now, newest.get(table))}"
        for table, made_at in made.items()
        if now - newest.get(table, made_at) > NIGHTLY
    ]


def _newest_backups(vault: str) -> dict[str, datetime]:
    """Return when the newest usable backup in the vault was started, by table."""
    backup: Any = boto3.client("backup")
    pages = backup.get_paginator("list_recovery_points_by_backup_vault").paginate(
        BackupVaultName=vault, ByResourceType="DynamoDB"
    )
    newest: dict[str, datetime] = {}
    for page in pages:
        for point in page["RecoveryPoints"]:
            table, made_at = point["ResourceArn"].rpartition("/")[2], point["CreationDate"]
            if point["Status"] == "COMPLETED" and made_at > newest.get(table, made_at - NIGHTLY):
                newest[table] = made_at
    return newest


def _made_at(stack: str, table: str) -> datetime:
    """Return when the table was created or, if later, when its stack was created."""
    [described] = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    made_at = boto3.client("dynamodb").describe_table(TableName=table)["Table"]["CreationDateTime"]
    return max(described["CreationTime"], made_at)


def _age(now: datetime, made_at: datetime | None) -> str:
    hours = made_at and (now - made_at) // timedelta(hours=1)
    return "has no backup" if hours is None else f"was last backed up {hours} hours ago"


def _hint() -> str:
    chosen = boto3.client("backup").describe_region_settings()["ResourceTypeOptInPreference"]
    if chosen.get("DynamoDB") is False:
        return "AWS Backup is not opted in to DynamoDB in this region"
    return "see the jobs in AWS Backup"
