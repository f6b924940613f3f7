"""The template that a deployment would send, made by `sls package` in a temporary folder."""

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
    """`sls package` failed. The message has its last output."""


@dataclass(frozen=True)
class Package:
    template: dict[str, Any]
    size: int

    def of_type(self, resource_type: str) -> dict[str, dict[str, Any]]:
        """Return the properties of each resource of this type, by logical id."""
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
    return " ".join([*told, *lines[-1:]])[:300] if lines else "no output"


def tree_finding(git_status: str | None) -> Finding:
    """Check the output of `git status --porcelain`, which is None outside a repository."""
    if git_status is None:
        return finding.unknown("this folder is not a git repository")
    if git_status:
        count = len(git_status.splitlines())
        return finding.warning(
            f"{count} files with uncommitted changes would be deployed",
            "run git status, then commit or stash them",
        )
    return finding.ok("everything to be deployed is committed")


def tree() -> Finding:
    try:
        asked = subprocess.run(
            ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return tree_finding(None)
    return tree_finding(asked.stdout if asked.returncode == 0 else None)
