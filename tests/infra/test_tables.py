import json
from pathlib import Path
from typing import Any

from artisthub.applications.models import ApplicationSummary
from tests.infra.packages import Package

INDEXES_OF_THE_RELEASE = Path(__file__).with_name("released_indexes.json")
# Released before the convention. Each rename would need a migration.
NAMED_OTHERWISE = {"byArtist", "byStatus", "closingIndex", "savedAtIndex", "standingIndex"}


def test_tables_have_the_keys_of_the_guide(each: Package) -> None:
    assert _key(each["UsersTable"]) == {"HASH": "userId"}
    assert _key(each["UsernamesTable"]) == {"HASH": "username"}
    assert _key(each["CastingTable"]) == {"HASH": "castingId"}
    assert _key(each["CountersTable"]) == {"HASH": "counterId"}
    assert _key(each["ConnectionsTable"]) == {"HASH": "userId", "RANGE": "otherUserId"}
    assert _key(each["AuditTable"]) == {"HASH": "subject", "RANGE": "entryKey"}
    assert _key(each["SavedCastingsTable"]) == {"HASH": "userId", "RANGE": "castingId"}
    assert _key(each["SearchTable"]) == {"HASH": "term", "RANGE": "sortKey"}
    assert _key(each["NotificationsTable"]) == {"HASH": "userId", "RANGE": "notificationId"}


def test_users_have_indexes_by_username_and_creation_time(each: Package) -> None:
    assert _indexes(each["UsersTable"]) == {
        "usernameIndex": {"HASH": "username"},
        "createdAtIndex": {"HASH": "createdAt"},
    }


def test_castings_have_indexes_by_recruiter_and_creation_time(each: Package) -> None:
    assert _indexes(each["CastingTable"]) == {
        "recruiterIdIndex": {"HASH": "recruiterId", "RANGE": "createdAt"},
        "createdAtIndex": {"HASH": "createdAt"},
    }


def test_applications_have_indexes_by_artist_status_and_board_key(each: Package) -> None:
    assert _key(each["ApplicationsTable"]) == {"HASH": "castingId", "RANGE": "applicationKey"}
    assert _indexes(each["ApplicationsTable"]) == {
        "byArtist": {"HASH": "artistId", "RANGE": "updatedAt"},
        "byStatus": {"HASH": "castingStatus", "RANGE": "createdAt"},
        "boardKeyIndex": {"HASH": "castingId", "RANGE": "boardKey"},
    }


def test_saved_castings_have_an_index_by_account_in_time_order(each: Package) -> None:
    assert _indexes(each["SavedCastingsTable"]) == {
        "savedAtIndex": {"HASH": "userId", "RANGE": "createdAt"}
    }


def test_search_terms_have_an_index_by_deadline(each: Package) -> None:
    assert _indexes(each["SearchTable"]) == {
        "closingIndex": {"HASH": "term", "RANGE": "closingKey"}
    }


def test_application_indexes_have_only_the_fields_of_a_summary(each: Package) -> None:
    table = each["ApplicationsTable"]
    keys = {definition["AttributeName"] for definition in table["AttributeDefinitions"]}
    shown = set(ApplicationSummary.__struct_encode_fields__)

    board, *indexes = sorted(table["GlobalSecondaryIndexes"], key=lambda each: each["IndexName"])
    assert board["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    for index in indexes:
        projected = {*index["Projection"]["NonKeyAttributes"], *_key(index).values()}
        assert shown <= projected | {"castingId", "applicationKey"}
        assert projected - shown <= keys | {"expiresAt"}


def test_a_new_index_is_named_after_its_added_attribute(each: Package) -> None:
    """The attribute is the index's partition key, or its sort key if the table has the same one."""
    for table in each.properties("AWS::DynamoDB::Table").values():
        for name, key in _indexes(table).items():
            is_added = key["HASH"] != _key(table)["HASH"]
            added = key["HASH"] if is_added else key["RANGE"]
            assert name == f"{added}Index" or name in NAMED_OTHERWISE


def test_index_keys_are_strings(each: Package) -> None:
    """They are ids, names and RFC 3339 times. With a numeric key, AWS would refuse every write."""
    for table in each.properties("AWS::DynamoDB::Table").values():
        assert {definition["AttributeType"] for definition in table["AttributeDefinitions"]} == {
            "S"
        }


def test_every_table_is_on_demand_encrypted_by_kms_and_has_a_ttl(each: Package) -> None:
    tables = each.properties("AWS::DynamoDB::Table")

    assert set(tables) >= {"UsersTable", "UsernamesTable", "CastingTable", "CountersTable"}
    for table in tables.values():
        assert table["BillingMode"] == "PAY_PER_REQUEST"
        assert table["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS"}
        assert table["TimeToLiveSpecification"] == {"AttributeName": "expiresAt", "Enabled": True}


def test_tables_with_consumers_stream_both_images(each: Package) -> None:
    for name in [
        "UsersTable",
        "CastingTable",
        "CountersTable",
        "ApplicationsTable",
        "ConnectionsTable",
        "ReportsTable",
    ]:
        assert each[name]["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


def test_no_table_has_a_fixed_name(each: Package) -> None:
    for table in each.properties("AWS::DynamoDB::Table").values():
        assert "TableName" not in table


def test_tables_and_the_user_pool_have_deletion_protection(protected: Package) -> None:
    for table in protected.properties("AWS::DynamoDB::Table").values():
        assert table["DeletionProtectionEnabled"] is True
    assert protected["UserPool"]["DeletionProtection"] == "ACTIVE"


def test_a_development_stack_leaves_nothing_behind(dev: Package) -> None:
    for table in dev.resources("AWS::DynamoDB::Table").values():
        assert table["DeletionPolicy"] == "Delete"
        assert table["Properties"]["DeletionProtectionEnabled"] is False
    assert dev["UserPool"]["DeletionProtection"] == "INACTIVE"


def test_indexes_match_the_released_template(each: Package) -> None:
    """AWS adds or removes one index per table update, and may need hours to fill it.

    A change is a migration: release one index at a time, then update the file.
    """
    declared = {
        name: {
            "KeySchema": table["KeySchema"],
            "GlobalSecondaryIndexes": table.get("GlobalSecondaryIndexes", []),
        }
        for name, table in each.properties("AWS::DynamoDB::Table").items()
    }

    assert declared == json.loads(INDEXES_OF_THE_RELEASE.read_text())


def _key(described: dict[str, Any]) -> dict[str, str]:
    return {part["KeyType"]: part["AttributeName"] for part in described["KeySchema"]}


def _indexes(table: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {index["IndexName"]: _key(index) for index in table.get("GlobalSecondaryIndexes", [])}
