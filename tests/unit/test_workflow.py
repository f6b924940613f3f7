"""The workflow that tests and deploys: pinned, without a key, and by commands that there are."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
WORKFLOW: dict[Any, Any] = yaml.safe_load((PROJECT / ".github/workflows/deploy.yml").read_text())
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
TARGETS = set(re.findall(r"^([a-z]+):.*##", (PROJECT / "Makefile").read_text(), re.MULTILINE))


def commands(job: str) -> list[str]:
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def test_every_action_is_pinned_to_a_commit() -> None:
    used = [step["uses"] for job in JOBS.values() for step in job["steps"] if "uses" in step]

    assert used
    assert [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each)] == []


def test_it_checks_tests_packages_and_deploys_dev_then_prod() -> None:
    assert commands("test") == ["make check", "make test", "npx sls package --stage prod"]
    for stage in ("dev", "prod"):
        assert commands(stage) == [f"make deploy STAGE={stage}", f"make smoke STAGE={stage}"]
    assert [JOBS[job].get("needs") for job in ("test", "dev", "prod")] == [None, "test", "dev"]


@pytest.mark.parametrize("job", JOBS)
def test_its_commands_are_targets_of_make(job: str) -> None:
    targets = [each.split()[1] for each in commands(job) if each.startswith("make")]

    assert set(targets) <= TARGETS


def test_a_change_that_is_only_proposed_is_not_deployed() -> None:
    assert JOBS["dev"]["if"] == "github.event_name == 'push'"
    # `on` is read as true by YAML 1.1.
    assert WORKFLOW[True]["push"] == {"branches": ["main"]}


def test_only_jobs_that_deploy_may_ask_aws_for_a_role_each_in_its_environment() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    may_ask = {name for name, job in JOBS.items() if "id-token" in job.get("permissions", {})}
    assert (
        may_ask
        == {"dev", "prod"}
        == {job["environment"] for job in JOBS.values() if "environment" in job}
    )
    assert JOBS["dev"]["permissions"] == {"contents": "read", "id-token": "write"}


def test_there_is_no_key_in_it() -> None:
    text = (PROJECT / ".github/workflows/deploy.yml").read_text()

    assert "secrets." not in text
    assert "aws-access-key-id" not in text
    assert text.count("role-to-assume: ${{ vars.DEPLOY_ROLE }}") == 2
