"""Faults found by the smoke test."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from operations import smoke

ORIGIN = "https://artisthub.com"
ANSWERS: dict[str, tuple[int, Any]] = {
    "/v1/health": (200, {"status": "ok", "stage": "prod"}),
    "/v1/openapi.json": (200, {"openapi": "3.1.0"}),
    "/v1/castings": (200, {"items": []}),
    "/v1/users/me": (401, {"message": "Unauthorized"}),
    "/v1/auth/login": (200, {"challenge": "PASSWORD_VERIFIER"}),
    "/v1/nowhere": (404, {"code": "NoSuchRoute"}),
}


def told(answers: dict[str, tuple[int, Any]], allowed: Callable[[str], str | None]) -> list[str]:
    """Return the failures for a service with these responses and allowed origins."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "OPTIONS":
            origin = allowed(request.headers["origin"])
            return httpx.Response(
                204, headers={"access-control-allow-origin": origin} if origin else {}
            )
        status, body = answers[request.url.path]
        return httpx.Response(status, json=body, headers=smoke.SAFE)

    lines: list[str] = []
    with httpx.Client(transport=httpx.MockTransport(answer), base_url="https://api") as http:
        is_well = smoke.run("prod", http, lines.append)
    assert is_well == all(line.startswith("ok") for line in lines)
    return [line.removeprefix("FAILED  ") for line in lines if not line.startswith("ok")]


def only_ours(origin: str) -> str | None:
    return origin if origin == ORIGIN else None


def test_a_working_stage_passes() -> None:
    assert told(ANSWERS, only_ours) == []


@pytest.mark.parametrize(
    ("path", "answer", "line"),
    [
        (
            "/v1/health",
            (200, {"stage": "dev"}),
            "the API answers as prod: GET /v1/health has stage dev, not prod",
        ),
        (
            "/v1/auth/login",
            (401, {"code": "SignInFailed"}),
            'sign-in starts: POST /v1/auth/login answers 401: {"code":"SignInFailed"}',
        ),
        (
            "/v1/openapi.json",
            (502, {"message": "Bad Gateway"}),
            "the contract is served: GET /v1/openapi.json answers 502, not 200: "
            '{"message":"Bad Gateway"}',
        ),
        (
            "/v1/castings",
            (200, {}),
            "castings are listed without a token: GET /v1/castings?limit=1 has items None, "
            "not a value",
        ),
        (
            "/v1/users/me",
            (200, {}),
            "accounts are hidden without a token: GET /v1/users/me answers 200, not 401: {}",
        ),
        (
            "/v1/nowhere",
            (403, {}),
            "an unknown path gets 404: GET /v1/nowhere answers 403, not 404: {}",
        ),
    ],
)
def test_each_failed_check_is_named(path: str, answer: tuple[int, Any], line: str) -> None:
    assert told(ANSWERS | {path: answer}, only_ours) == [line]


def test_an_api_that_allows_no_page_or_every_page_fails() -> None:
    assert told(ANSWERS, lambda origin: None) == [
        f"pages from {ORIGIN} may call the API: a preflight from {ORIGIN} allows None, not {ORIGIN}"
    ]
    assert told(ANSWERS, lambda origin: origin) == [
        f"other pages may not: a preflight from {smoke.FOREIGN} allows {smoke.FOREIGN}, not None"
    ]


NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
TABLES = {"Users": NOW - timedelta(days=90), "Castings": NOW - timedelta(days=90)}


def test_tables_with_a_backup_from_last_night_pass() -> None:
    newest = {table: NOW - timedelta(hours=13) for table in TABLES}

    assert smoke.late_backups(TABLES, newest, NOW) == []


@pytest.mark.aws_fact(9)
def test_tables_without_a_backup_from_last_night_are_named() -> None:
    assert smoke.late_backups(TABLES, {"Users": NOW - timedelta(hours=50)}, NOW) == [
        "Users was last backed up 50 hours ago",
        "Castings has no backup",
    ]


def test_a_new_table_has_a_day_until_its_first_backup() -> None:
    assert smoke.late_backups(TABLES | {"New": NOW - timedelta(hours=20)}, TABLES, NOW) == [
        "Users was last backed up 2160 hours ago",
        "Castings was last backed up 2160 hours ago",
    ]


class Answers:
    """A fake AWS Backup, CloudFormation and DynamoDB with given responses."""

    def __init__(self, *, opted_in: bool = True, refused: str = "") -> None:
        self.opted_in, self.refused = opted_in, refused

    def describe_stack_resource(self, **_: Any) -> Any:
        return {"StackResourceDetail": {"PhysicalResourceId": "vault"}}

    def get_paginator(self, operation: str) -> Any:
        if operation == self.refused:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, operation)
        table = {"ResourceType": "AWS::DynamoDB::Table", "LogicalResourceId": "UsersTable"}
        begun = {
            "ResourceArn": "arn:aws:dynamodb:r:1:table/Users",
            "CreationDate": datetime.now(UTC),
        }
        page = {
            "StackResourceSummaries": [table | {"PhysicalResourceId": "Users"}],
            "RecoveryPoints": [begun | {"Status": "PARTIAL"}],
        }
        return SimpleNamespace(paginate=lambda **_: [page])

    def describe_stacks(self, **_: Any) -> Any:
        return {"Stacks": [{"CreationTime": NOW - timedelta(days=400)}]}

    def describe_table(self, **_: Any) -> Any:
        return {"Table": {"CreationDateTime": NOW - timedelta(days=400)}}

    def describe_region_settings(self) -> Any:
        return {"ResourceTypeOptInPreference": {"DynamoDB": self.opted_in}}


@pytest.mark.aws_fact(9)
@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (Answers(), "Users has no backup; see the jobs in AWS Backup"),
        (
            Answers(opted_in=False),
            "Users has no backup; AWS Backup is not opted in to DynamoDB in this region",
        ),
        (
            Answers(refused="list_recovery_points_by_backup_vault"),
            "cannot read the backups: An error occurred (AccessDenied) when calling the "
            "list_recovery_points_by_backup_vault operation: no",
        ),
    ],
)
def test_the_reason_for_a_missing_backup_is_one_line(
    answers: Answers, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boto3.client", lambda service: answers)
    lines: list[str] = []

    assert not smoke.run_of_backups("prod", lines.append)
    assert lines == [f"FAILED  every table was backed up last night: {line}"]


def test_a_stage_without_backups_skips_the_backup_check() -> None:
    lines: list[str] = []

    assert smoke.run_of_backups("dev", lines.append)
    assert lines == []
