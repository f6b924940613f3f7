"""Packages of the service, compiled by `sls`."""

import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
STAGES = ["dev", "staging", "prod"]
NO_ACCOUNT = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED")
Resource = dict[str, Any]


def sls(
    *arguments: str, cwd: Path = PROJECT, endpoint: str | None = None, mail: str | None = None
) -> subprocess.CompletedProcess[str]:
    # Earlier tests of this worker may have set variables of an embedded AWS.
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "ARTISTHUB_"))
    }
    no_account = {name: value for name, value in os.environ.items() if name in NO_ACCOUNT}
    return subprocess.run(
        [PROJECT / "node_modules/.bin/sls", *arguments],
        cwd=cwd,
        env=own
        | no_account
        | ({"AWS_ENDPOINT_URL": endpoint} if endpoint else {})
        | ({"ARTISTHUB_MAIL": mail} if mail else {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )


def copy_of_the_project(folder: Path) -> Path:
    """A copy to change, with the installed tools and the builds of the project itself."""
    project = folder / "project"
    project.mkdir()
    installed = shutil.ignore_patterns("__pycache__", "node_modules", "dist")
    for name in ["infra", "src", "requirements", "clients"]:
        shutil.copytree(PROJECT / name, project / name, ignore=installed)
    shutil.copy(PROJECT / "serverless.yml", project)
    for name in [".venv", ".build", "node_modules"]:
        (project / name).symlink_to(PROJECT / name)
    return project


@dataclass(frozen=True)
class Package:
    stage: str
    folder: Path
    output: str
    template: dict[str, Any]

    def __getitem__(self, logical_id: str) -> Any:
        """The properties of a resource."""
        return self.template["Resources"][logical_id]["Properties"]

    def resources(self, resource_type: str) -> dict[str, Resource]:
        every = self.template["Resources"].items()
        return {name: value for name, value in every if value["Type"] == resource_type}

    def properties(self, resource_type: str) -> dict[str, Any]:
        every = self.resources(resource_type).items()
        return {name: value["Properties"] for name, value in every}

    def code(self) -> dict[str, list[str]]:
        """The handlers in each zip of code."""
        handlers: dict[str, list[str]] = {}
        for function in self.properties("AWS::Lambda::Function").values():
            name = Path(function["Code"]["S3Key"]).name
            handlers.setdefault(name, []).append(function["Handler"])
        return handlers

    def zip(self, name: str) -> zipfile.ZipFile:
        return zipfile.ZipFile(self.folder / name)


def package(
    stage: str,
    folder: Path,
    endpoint: str | None = None,
    mail: str | None = None,
    project: Path = PROJECT,
) -> Package:
    command = ("package", "--stage", stage, "--package", str(folder))
    result = sls(*command, cwd=project, endpoint=endpoint, mail=mail)
    assert result.returncode == 0, result.stdout
    template = json.loads((folder / "cloudformation-template-update-stack.json").read_text())
    return Package(stage, folder, result.stdout, template)


def statements(package: Package) -> list[tuple[str, dict[str, Any]]]:
    """Every policy statement, with the logical id of its role."""
    policies = [
        (role, policy)
        for role, properties in package.properties("AWS::IAM::Role").items()
        for policy in properties["Policies"]
    ]
    policies += [
        (role["Ref"], policy)
        for policy in package.properties("AWS::IAM::Policy").values()
        for role in policy["Roles"]
    ]
    return [
        (role, statement)
        for role, policy in policies
        for statement in policy["PolicyDocument"]["Statement"]
    ]
