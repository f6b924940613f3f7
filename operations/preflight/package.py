"""The template that a deployment would send, made by `sls package` into a folder that goes away."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operations.preflight import finding
from operations.preflight.finding import Finding

ROOT = Path(__file__).parents[2]
SLS = ROOT / "node_modules/.bin/sls"
TEMPLATE = "cloudformation-template-update-stack.json"


class NotMade(Exception):
    """`sls package` failed; says its last words."""


@dataclass(frozen=True)
class Package:
    template: dict[str, Any]
    size: int

    def of_type(self, resource_type: str) -> dict[str, dict[str, Any]]:
        """The properties of each resource of this type, by its logical id."""
        return {
            name: each.get("Properties", {})
            for name, each in self.template["Resources"].items()
            if each["Type"] == resource_type
        }

    def only(self, resource_type: str) -> dict[str, Any]:
        [properties] = self.of_type(resource_type).values()
        return properties

    @property
    def types(self) -> set[str]:
        return {each["Type"] for each in self.template["Resources"].values()}

    @property
    def sender_domain(self) -> str:
        return str(self.only("AWS::SES::EmailIdentity")["EmailIdentity"])


def make(stage: str, region: str) -> Package:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(SLS), "package", "--stage", stage, "--region", region, "--package", folder]
        try:
            made = subprocess.run(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        except OSError as error:
            raise NotMade(f"{SLS}: {error.strerror}; run `make install`") from None
        if made.returncode != 0:
            raise NotMade(_last_words(made.stdout))
        text = (Path(folder) / TEMPLATE).read_text()
    return Package(json.loads(text), len(text.encode()))


def _last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("Error", "✖"))]
    return " ".join([*told, *lines[-1:]])[:300] if lines else "it said nothing"


def tree_finding(git_status: str | None) -> Finding:
    """git_status is what `git status --porcelain` says, None outside a repository."""
    if git_status is None:
        return finding.unknown("this folder is no git repository")
    if git_status:
        count = len(git_status.splitlines())
        return finding.warning(
            f"{count} files differ from the last commit, and would be deployed so",
            "git status, then commit or stash them",
        )
    return finding.ok("what would be deployed is committed")


def tree() -> Finding:
    try:
        asked = subprocess.run(
            ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return tree_finding(None)
    return tree_finding(asked.stdout if asked.returncode == 0 else None)
