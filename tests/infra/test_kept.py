"""Resources that outlive their stack never block the next stack, which can adopt them."""

import json

import pytest

from operations import adopt, deploy_role
from tests.infra.packages import Package, Resource

pytestmark = pytest.mark.aws_fact(2)

# These have no data. The next stack creates them again.
NOT_KEPT = {"ServerlessDeploymentBucket", "AlarmTopicKey"}


def kept(package: Package) -> dict[str, Resource]:
    every = package.template["Resources"].items()
    return {name: each for name, each in every if each.get("DeletionPolicy", "Delete") != "Delete"}


def test_data_accounts_and_keys_outlive_their_stack(protected: Package) -> None:
    worth_keeping = {
        name
        for name, each in protected.template["Resources"].items()
        if each["Type"] in adopt.IDENTIFIERS
    }

    assert kept(protected).keys() == worth_keeping - NOT_KEPT
    assert kept(protected).keys() >= {
        "UsersTable",
        "UserPool",
        "UserPoolClient",
        "AdminsGroup",
        "MediaBucket",
        "UnsubscribeSigner",
        "DeadLetters",
        "BackupVault",
    }


def test_kept_resources_are_deleted_when_their_creation_is_rolled_back(protected: Package) -> None:
    """`Retain` would leave it behind, outside every stack."""
    for name, each in kept(protected).items():
        assert each["DeletionPolicy"] == "RetainExceptOnCreate", name


def test_a_resource_that_an_update_replaces_is_kept(protected: Package) -> None:
    """UpdateReplacePolicy does not support RetainExceptOnCreate."""
    for name, each in kept(protected).items():
        assert each["UpdateReplacePolicy"] == "Retain", name


def test_a_development_stack_leaves_nothing_behind(dev: Package) -> None:
    assert kept(dev) == {}


def test_no_kept_resource_has_a_name_that_blocks_the_next_stack(protected: Package) -> None:
    """A name is generated, belongs to a user pool, or contains the generated id of the pool."""
    for name, each in kept(protected).items():
        named = {
            key: value
            for key, value in each["Properties"].items()
            if key in {*adopt.IDENTIFIERS[each["Type"]], "QueueName"}
        }
        is_of_the_pool = "UserPool" in adopt.references(named)
        assert not named or is_of_the_pool, f"{name}: {json.dumps(named)}"


def test_backup_vault_names_are_short_enough_in_every_region() -> None:
    pool_id = "ap-northeast-1_" + 9 * "x"

    assert len(f"artisthub-api-staging-{pool_id}") <= 50


def test_kept_resources_can_be_adopted_with_their_own_template(protected: Package) -> None:
    resources = {
        name: adopt.Resource(name, each["Type"], f"{name}-id")
        for name, each in kept(protected).items()
    }

    template = adopt.template_of(protected.template, resources, {})

    assert template["Resources"].keys() == resources.keys()
    assert (
        len(json.dumps(template)) < 51_200
    )  # the limit of a request; larger templates must be in S3
    assert template["Resources"]["BackupVault"]["Properties"]["BackupVaultName"] == "BackupVault-id"
    assert template["Resources"]["AdminsGroup"]["Properties"]["UserPoolId"] == "UserPool-id"


@pytest.mark.parametrize("resource_type", adopt.IDENTIFIERS)
def test_cloudformation_can_import_each_kept_resource_type(resource_type: str) -> None:
    schema = deploy_role.registered(resource_type)

    identifier = [path.removeprefix("/properties/") for path in schema["primaryIdentifier"]]
    assert identifier == adopt.IDENTIFIERS[resource_type]
    assert "read" in schema["handlers"]
