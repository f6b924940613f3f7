"""Import of backup vaults into a stack.

AWS: a stack can import an existing backup vault by its name. MiniStack cannot. `operations adopt`
imports the vault of a removed stage's backups.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import-supported-resources.html
"""

from typing import Any

from ministack.services import backup
from ministack.services.cloudformation import changesets, provisioners

VAULT = "AWS::Backup::BackupVault"


def _import_vault(identifier: dict[str, str]) -> tuple[str, dict[str, Any]]:
    name = identifier["BackupVaultName"]
    return name, {"BackupVaultArn": backup._vault_arn(name), "BackupVaultName": name}


def _problem(name: str) -> str | None:
    if name in backup._vaults:
        return None
    return str(changesets._IMPORT_NOT_FOUND.format(type=VAULT, value=name))


def close() -> None:
    provisioners._RESOURCE_HANDLERS[VAULT] |= {"import": _import_vault}
    changesets._IMPORT_LOOKUPS[VAULT] = (("BackupVaultName",), _problem)
