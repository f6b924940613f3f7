"""Every checkov finding in the packaged template is fixed, or listed with a reason."""

import json
import subprocess
from collections import defaultdict
from typing import Any

import pytest
import yaml

from tests.infra.packages import PROJECT, Package

PYTHON = PROJECT / ".venv-security/bin/python"  # installed by `make test-long`
LISTED = yaml.safe_load((PROJECT / "infra/security-findings.yml").read_text())


@pytest.fixture(scope="module")
def report(packages: dict[str, Package]) -> dict[str, Any]:
    template = packages["prod"].folder / "cloudformation-template-update-stack.json"
    options = ["--framework=cloudformation", "--output=json", "--skip-download", "--compact"]
    ran = subprocess.run(
        [PYTHON, "-m", "checkov.main", *options, f"--file={template}"],
        capture_output=True,
        text=True,
        check=False,
    )
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


@pytest.mark.slow
def test_the_listed_findings_are_exactly_those_that_checkov_reports(
    report: dict[str, Any],
) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for finding in report["results"]["failed_checks"]:
        found[finding["check_id"]].add(finding["resource"].rpartition(".")[0])

    assert found == {check: set(entry["has"]) for check, entry in LISTED.items()}


@pytest.mark.slow
def test_checkov_reads_the_whole_template(
    report: dict[str, Any], packages: dict[str, Package]
) -> None:
    passed = {check["resource"].rpartition(".")[0] for check in report["results"]["passed_checks"]}

    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["resource_count"] == len(packages["prod"].template["Resources"])
    assert {"AWS::IAM::Role", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic"} <= passed


def test_every_listed_finding_has_a_reason() -> None:
    assert all(len(entry["why"]) > 60 for entry in LISTED.values())
