"""The workflows pin their actions, use make targets and have no keys."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
WORKFLOW: dict[Any, Any] = yaml.safe_load((PROJECT / ".github/workflows/deploy.yml").read_text())
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
NIGHTLY: dict[Any, Any] = yaml.safe_load((PROJECT / ".github/workflows/nightly.yml").read_text())
TARGETS = set(re.findall(r"^([a-z-]+):.*##", (PROJECT / "Makefile").read_text(), re.MULTILINE))


def commands(job: str) -> list[str]:
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def test_every_action_is_pinned_to_a_commit() -> None:
    jobs = [*JOBS.values(), *NIGHTLY["jobs"].values()]
    used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]

    assert used
    assert [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each)] == []


def test_the_workflow_tests_and_packages_then_deploys_dev_then_prod() -> None:
    assert commands("test") == ["make check", "make test", "npx sls package --stage prod"]
    for stage in ("dev", "prod"):
        assert commands(stage) == [f"make deploy STAGE={stage}", f"make smoke STAGE={stage}"]
    assert [JOBS[job].get("needs") for job in ("test", "dev", "prod")] == [None, "test", "dev"]


def test_load_and_faults_run_every_night_without_permissions() -> None:
    steps = NIGHTLY["jobs"]["load"]["steps"]

    assert [step["run"] for step in steps if "run" in step] == ["make bench-load"]
    assert "bench-load" in TARGETS
    assert NIGHTLY["permissions"] == {"contents": "read"}
    assert "schedule" in NIGHTLY[True]


@pytest.mark.parametrize("job", JOBS)
def test_the_make_targets_of_the_workflow_exist(job: str) -> None:
    targets = [each.split()[1] for each in commands(job) if each.startswith("make")]

    assert set(targets) <= TARGETS


def test_a_pull_request_is_not_deployed() -> None:
    assert JOBS["dev"]["if"] == "github.event_name == 'push'"
    # YAML 1.1 reads `on` as true.
    assert WORKFLOW[True]["push"] == {"branches": ["main"]}


def test_only_deploying_jobs_can_assume_an_aws_role() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    may_ask = {name for name, job in JOBS.items() if "id-token" in job.get("permissions", {})}
    assert (
        may_ask
        == {"dev", "prod"}
        == {job["environment"] for job in JOBS.values() if "environment" in job}
    )
    assert JOBS["dev"]["permissions"] == {"contents": "read", "id-token": "write"}


def test_the_workflow_contains_no_aws_keys() -> None:
    text = (PROJECT / ".github/workflows/deploy.yml").read_text()

    assert "secrets." not in text
    assert "aws-access-key-id" not in text
    assert text.count("role-to-assume: ${{ vars.DEPLOY_ROLE }}") == 2


def test_the_oldest_and_the_newest_python_of_the_readme_are_tested() -> None:
    promised = re.search(r"Python (3\.\d+) to (3\.\d+)", (PROJECT / "README.md").read_text())

    assert promised
    assert JOBS["test"]["strategy"]["matrix"]["python"] == list(promised.groups())
    assert f"PYTHON=python{promised[1]} " in (PROJECT / ".ci/run").read_text()
