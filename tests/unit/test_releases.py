"""Each release has a changelog entry and a contract, and lists the operations it removes."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text()
VERSIONS = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$", CHANGELOG, re.MULTILINE)


def contract(path: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ROOT / path).read_text())
    return document


def operations(document: dict[str, Any]) -> set[str]:
    return {each["operationId"] for path in document["paths"].values() for each in path.values()}


def test_every_release_has_its_contract() -> None:
    kept = {path.stem for path in (ROOT / "contract/released").glob("*.json")}

    assert set(VERSIONS) == kept
    for version in VERSIONS:
        assert contract(f"contract/released/{version}.json")["info"]["version"] == version


def test_the_project_has_the_version_of_the_newest_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert VERSIONS[0] == project["version"]


def test_the_changelog_names_every_removed_operation() -> None:
    unreleased = CHANGELOG.partition("## [Unreleased]")[2].partition("\n## [")[0]
    before = operations(contract(f"contract/released/{VERSIONS[0]}.json"))
    now = operations(contract("src/artisthub/meta/openapi.json"))

    assert sorted(name for name in before - now if f"`{name}`" not in unreleased) == []
