"""AWS can import backup vaults into stacks; MiniStack cannot."""

import json
from typing import Any

from embedded import Instance, deploy

VAULT = "AWS::Backup::BackupVault"


def _outcome_of_import(instance: Instance, *, name: str) -> tuple[str, str]:
    """Return the status and reason of a change set that imports this vault."""
    session: Any = deploy.aws(instance)
    aws = session.client("cloudformation", endpoint_url=instance.endpoint_url)
    resource = {
        "Type": VAULT,
        "DeletionPolicy": "Retain",
        "Properties": {"BackupVaultName": name},
    }
    made = aws.create_change_set(
        StackName=f"with-{name}",
        ChangeSetName="adopt",
        ChangeSetType="IMPORT",
        TemplateBody=json.dumps({"Resources": {"Vault": resource}}),
        ResourcesToImport=[
            {
                "ResourceType": VAULT,
                "LogicalResourceId": "Vault",
                "ResourceIdentifier": {"BackupVaultName": name},
            }
        ],
    )
    described = aws.describe_change_set(ChangeSetName=made["Id"])
    return described["ExecutionStatus"], described["StatusReason"]


def _make_vault(instance: Instance, *, name: str) -> None:
    session: Any = deploy.aws(instance)
    backup = session.client("backup", endpoint_url=instance.endpoint_url)
    backup.create_backup_vault(BackupVaultName=name)


def test_a_vault_can_be_imported(patched: Instance) -> None:
    _make_vault(patched, name="kept")

    assert _outcome_of_import(patched, name="kept")[0] == "AVAILABLE"


def test_a_missing_vault_cannot_be_imported(patched: Instance) -> None:
    status, reason = _outcome_of_import(patched, name="lost")

    assert status == "UNAVAILABLE"
    assert "'lost' was not found" in reason


def test_ministack_cannot_import_a_vault(unpatched: Instance) -> None:
    _make_vault(unpatched, name="kept")

    status, reason = _outcome_of_import(unpatched, name="kept")

    assert status == "UNAVAILABLE"
    assert VAULT in reason
