"""The backup drill: operators restore lost data, and the API serves it as before.

On the embedded AWS, a point-in-time restore has the current data.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from embedded import Instance, deploy
from embedded.instance import ROOT
from operations import stack as stacks
from tests.deployed.people import Person, Service, a_name, as_changed, eventually

pytestmark = [
    pytest.mark.slow,
    pytest.mark.deployed,
    pytest.mark.embedded_only("deletes all data of the stage"),
]


def run(instance: Instance, *command: str) -> subprocess.CompletedProcess[str]:
    environment = deploy.environment(instance)
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def make(instance: Instance, command: str, **variables: str) -> str:
    """Run a command such as `make backup STAGE=… LABEL=…`, and return its output."""
    given = [f"{name}={value}" for name, value in variables.items()]
    finished = run(instance, "make", "-s", command, f"STAGE={instance.stage}", *given)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture
def tables(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The live tables by their logical ids."""
    for name, value in deploy.environment(instance).items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    resource: Any = boto3.resource("dynamodb")
    found = stacks.tables(f"artisthub-api-{instance.stage}")
    return {table: resource.Table(name) for table, name in found.items()}


def lose_everything(tables: dict[str, Any]) -> None:
    for table in tables.values():
        keys = [each["AttributeName"] for each in table.key_schema]
        while items := table.scan()["Items"]:
            with table.batch_writer() as batch:
                for item in items:
                    batch.delete_item(Key={name: item[name] for name in keys})


def test_lost_data_is_restored_and_served_as_before(
    instance: Instance, service: Service, tables: dict[str, Any]
) -> None:
    recruiter, artist, tag = service.person("recruiter"), service.person("artist"), a_name()
    casting = recruiter.casting("open", tags=[tag])
    path = f"/castings/{casting['castingId']}"
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True}
    artist.succeed("POST", f"{path}/applications", body)
    reads = [
        (recruiter, path),
        (recruiter, "/users/me"),
        (artist, "/users/me/applications"),
        (artist, f"/usernames/{recruiter.me['username']}"),
        (artist, f"/castings?tag={tag}"),
    ]

    def served() -> list[Any]:
        return [person.call("GET", address).json() for person, address in reads]

    eventually(lambda: len(artist.call("GET", f"/castings?tag={tag}").json()["items"]), 1)
    eventually(lambda: '"recruiter": null' in json.dumps(served()), False)
    recruiter.notified("submitted")
    before, told = served(), recruiter.succeed("GET", "/users/me/notifications").json()
    label = f"drill-{a_name()}"
    assert f"backed up as {label}" in make(instance, "backup", LABEL=label)

    lose_everything(tables)
    assert recruiter.call("GET", path).status_code == 404
    newer = service.person("artist")

    beside = make(instance, "restore", TO=label)
    assert f"[{len(tables)}/{len(tables)}]" in beside
    assert beside.count("the sample is correct") == len(tables)
    assert recruiter.call("GET", path).status_code == 404
    make(instance, "restore", TO=label, INTO_LIVE="1")

    eventually(served, before)
    assert newer.succeed("GET", "/users/me").json() == newer.me
    assert recruiter.succeed("GET", "/users/me/notifications").json() == told
    again = make(instance, "restore", TO=label, INTO_LIVE="1")
    assert "CastingTable: 0 of" in again
    make(instance, "restore", TO=label, CLEAN_UP="1")
    left = boto3.client("dynamodb").list_tables()["TableNames"]
    assert not [name for name in left if label in name]


def test_restore_can_overwrite_wrong_changes(
    instance: Instance, recruiter: Person, tables: dict[str, Any]
) -> None:
    casting, label = recruiter.casting("open"), f"drill-{a_name()}"
    path = f"/castings/{casting['castingId']}"
    make(instance, "backup", LABEL=label)
    recruiter.succeed("PATCH", path, {"title": "Not this"}, if_match="*")
    make(instance, "restore", TO=label)

    make(instance, "restore", TO=label, INTO_LIVE="1")
    assert recruiter.succeed("GET", path).json()["title"] == "Not this"
    command = (sys.executable, "-m", "operations", "restore", "--stage", instance.stage)
    assert run(instance, *command, "--to", label, "--into-live", "--overwrite").returncode == 0

    assert as_changed(recruiter.succeed("GET", path).json()) == casting
    make(instance, "restore", TO=label, CLEAN_UP="1")


def test_a_point_in_time_is_restored_with_the_same_commands(
    instance: Instance, recruiter: Person, tables: dict[str, Any]
) -> None:
    casting = recruiter.casting("open")
    key = {"castingId": casting["castingId"]}
    item = tables["CastingTable"].get_item(Key=key)["Item"]
    for table in tables.values():  # as in staging and prod
        boto3.client("dynamodb").update_continuous_backups(
            TableName=table.name,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
        )
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    told = make(instance, "restore", TO=at)
    tables["CastingTable"].delete_item(Key=key)
    make(instance, "restore", TO=at, INTO_LIVE="1")

    assert told.count("the sample is correct") == len(tables)
    assert tables["CastingTable"].get_item(Key=key)["Item"] == item
    make(instance, "restore", TO=at, CLEAN_UP="1")


def test_restoring_an_unknown_backup_reports_an_error(instance: Instance) -> None:
    command = (sys.executable, "-m", "operations", "restore", "--stage", instance.stage)
    refused = run(instance, *command, "--to", "never")

    assert refused.returncode == 1
    assert "has no backup never" in refused.stderr
    assert "Traceback" not in refused.stderr
