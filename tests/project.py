"""A copy of the project, for tests that change its code and deploy it."""

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embedded import Instance, deploy
from embedded.instance import ROOT

INSTALLED = (".venv", ".venv-embedded", "node_modules")
MADE = (".git", ".artisthub*", ".build", ".serverless", "__pycache__", ".*_cache", "bench")


def project_copy(parent: Path) -> Path:
    folder = parent / "project"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*INSTALLED, *MADE))
    for name in INSTALLED:
        (folder / name).symlink_to(ROOT / name)
    # Layers that were built before, if any, as in a checkout that is not new.
    layers = folder / ".build" / "host"
    layers.mkdir(parents=True)
    for layer in (ROOT / ".build" / "host").glob("*.zip*"):
        shutil.copy(layer, layers)
    return folder


@dataclass
class Project:
    """deployer: the access key of someone who may do what infra/deploy-role.yml says, no more.

    That is enforced for what `sls` calls; CloudFormation here makes resources as itself, so
    tests/infra/test_deploy_role.py holds what it needs to its registry. Without one, root deploys.
    """

    folder: Path
    instance: Instance
    deployer: dict[str, str] = field(default_factory=dict)

    def sls(self, command: str) -> str:
        """As the deployer, but for what only an operator may: see logs, and be a function."""
        key = {} if command.startswith(("logs", "invoke")) else self.deployer
        finished = subprocess.run(
            self.command(command),
            cwd=self.folder,
            env=self.environment() | key,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, f"sls {command}\n{finished.stdout}"
        return finished.stdout

    def command(self, command: str) -> list[str]:
        return [str(deploy.SLS), *command.split(), "--stage", self.instance.stage]

    def environment(self) -> dict[str, str]:
        environment = deploy.environment(self.instance) | {"NODE_NO_WARNINGS": "1"}
        del environment["ARTISTHUB_MAIL"]  # what the stage's file says, as on AWS
        return environment

    def operations(self, command: str) -> str:
        finished = subprocess.run(
            [sys.executable, "-m", "operations", *command.split(), "--stage", self.instance.stage],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, f"{command}\n{finished.stdout}{finished.stderr}"
        return finished.stdout

    def client(self, name: str) -> Any:
        session: Any = deploy.aws(self.instance)
        return session.client(name, endpoint_url=self.instance.endpoint_url)

    def physical_ids(self) -> dict[str, str]:
        stack = f"artisthub-api-{self.instance.stage}"
        resources = self.client("cloudformation").describe_stack_resources(StackName=stack)
        return {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in resources["StackResources"]
        }

    def change(self, file: str, before: str, after: str) -> None:
        path = self.folder / file
        text = path.read_text()
        assert text.count(before) == 1
        path.write_text(text.replace(before, after))
