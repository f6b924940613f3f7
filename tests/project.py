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
    # Copying built layers saves time.
    layers = folder / ".build" / "host"
    layers.mkdir(parents=True)
    for layer in (ROOT / ".build" / "host").glob("*.zip*"):
        shutil.copy(layer, layers)
    return folder


@dataclass
class Project:
    """A copy of the project and the embedded AWS that it deploys to.

    `deployer` is an access key with the permissions of infra/deploy-role.yml. The embedded AWS
    enforces them for calls of `sls`, but not for CloudFormation, so tests/infra/test_deploy_role.py
    compares them with the registry. Without a deployer, root deploys.
    """

    folder: Path
    instance: Instance
    deployer: dict[str, str] = field(default_factory=dict)

    def sls(self, command: str) -> str:
        """Run `sls` as the deployer. The commands `logs` and `invoke` need an operator."""
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
        del environment["ARTISTHUB_MAIL"]  # use the stage's file, as on AWS
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
