"""A stage on its own embedded AWS, to be deployed, removed and adopted."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded import Instance, deploy
from operations import adopt
from tests.infra.test_kept import NOT_KEPT


def _line(file: str) -> str:
    return f"  - ${{file(./infra/resources/{file})}}\n"


LAST = _line("dashboard.yml")


@dataclass
class Project:
    instance: Instance
    folder: Path

    @property
    def stack(self) -> str:
        return f"artisthub-api-{self.instance.stage}"

    def sls(self, command: str) -> subprocess.CompletedProcess[str]:
        return self._run(str(deploy.SLS), command)

    def operations(self, command: str) -> subprocess.CompletedProcess[str]:
        return self._run(sys.executable, f"-m operations {command}")

    def add_resources(self, file: str, content: str) -> None:
        (self.folder / "infra/resources" / file).write_text(content)
        self.change("serverless.yml", LAST, f"{LAST}{_line(file)}")

    def remove_resources(self, file: str) -> None:
        self.change("serverless.yml", _line(file), "")

    def change(self, file: str, before: str, after: str) -> None:
        path = self.folder / file
        text = path.read_text()
        assert text.count(before) == 1
        path.write_text(text.replace(before, after))

    def _run(self, program: str, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *command.split(), "--stage", self.instance.stage],
            cwd=self.folder,
            env=deploy.environment(self.instance) | {"NODE_NO_WARNINGS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def client(self, name: str) -> Any:
        session: Any = deploy.aws(self.instance)
        return session.client(name, endpoint_url=self.instance.endpoint_url)

    def physical_ids(self) -> dict[str, str]:
        found = self.client("cloudformation").describe_stack_resources(StackName=self.stack)
        return {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in found["StackResources"]
        }

    def kept_ids(self) -> dict[str, str]:
        """Return the ids of resources that outlive the stack."""
        found = self.client("cloudformation").describe_stack_resources(StackName=self.stack)
        return {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in found["StackResources"]
            if each["ResourceType"] in adopt.IDENTIFIERS
            and each["LogicalResourceId"] not in NOT_KEPT
        }

    def status(self) -> str:
        [stack] = self.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"]
        return str(stack["StackStatus"])

    def existing(self) -> dict[str, list[str]]:
        """Return the account's resources that can outlive a stack."""
        keys = self.client("kms").list_keys()["Keys"]
        described = [self.client("kms").describe_key(KeyId=each["KeyId"]) for each in keys]
        pools = self.client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
        vaults = self.client("backup").list_backup_vaults()["BackupVaultList"]
        return {
            "tables": self.client("dynamodb").list_tables()["TableNames"],
            "pools": [each["Id"] for each in pools],
            "buckets": [each["Name"] for each in self.client("s3").list_buckets()["Buckets"]],
            "queues": self.client("sqs").list_queues().get("QueueUrls", []),
            "vaults": [each["BackupVaultName"] for each in vaults],
            "keys": [
                each["KeyMetadata"]["KeyId"]
                for each in described
                if each["KeyMetadata"]["KeyState"] == "Enabled"
                and each["KeyMetadata"].get("KeyManager") != "AWS"
            ],
        }
