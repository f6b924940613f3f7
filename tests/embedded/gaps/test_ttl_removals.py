"""Deletion of expired items, on a table's stream."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embedded import Instance
from embedded.up import free_port
from tests.embedded.gaps.given import a_table, client, put, records_of

pytestmark = pytest.mark.deployed

MINUTE = 60
BY_TTL = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    state: Path = tmp_path_factory.mktemp("swept")
    instance = Instance(port=free_port(), state=state, ttl_sweep_seconds=0.2)
    instance.start()
    yield instance
    instance.stop()


def a_table_with_ttl(instance: Instance, view: str) -> tuple[str, str]:
    table, stream = a_table(instance, view)
    client(instance, "dynamodb").update_time_to_live(
        TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"}
    )
    return table, stream


def expiring(seconds_from_now: float) -> dict[str, Any]:
    return {"expiresAt": {"N": str(int(time.time() + seconds_from_now))}}


def removals(instance: Instance, stream: str, wanted: int = 1) -> list[dict[str, Any]]:
    deadline = time.monotonic() + 10
    while True:
        records = records_of(instance, stream)
        removed = [record for record in records if record["eventName"] == "REMOVE"]
        if len(removed) >= wanted:
            return removed
        assert time.monotonic() < deadline, records
        time.sleep(0.1)


def test_ministack_still_has_the_gap() -> None:
    # MiniStack takes a minute to delete an item, so this reads its source instead.
    root = Path(__file__).parents[3] / ".venv-embedded"
    [source] = root.glob("lib/*/site-packages/ministack/services/dynamodb.py")
    reaper = source.read_text().partition("def _ttl_reaper")[2].partition("\nthreading.")[0]

    assert "_remove_item(table, pk_val, sk_val)" in reaper
    assert "stream" not in reaper
    assert "userIdentity" not in source.read_text()


def test_the_stream_names_the_service_for_an_expired_item(swept: Instance) -> None:
    table, stream = a_table_with_ttl(swept, "NEW_AND_OLD_IMAGES")
    put(swept, table, "old", note={"S": "gone"}, **expiring(-2 * MINUTE))

    [removed] = removals(swept, stream)

    assert removed["userIdentity"] == BY_TTL
    assert removed["dynamodb"]["Keys"] == {"key": {"S": "old"}}
    assert removed["dynamodb"]["OldImage"]["note"] == {"S": "gone"}
    assert "NewImage" not in removed["dynamodb"]


@pytest.mark.parametrize("view", ["KEYS_ONLY", "NEW_IMAGE"])
def test_a_stream_view_without_old_images_has_none(view: str, swept: Instance) -> None:
    table, stream = a_table_with_ttl(swept, view)
    put(swept, table, "old", **expiring(-2 * MINUTE))

    [removed] = removals(swept, stream)

    assert removed["userIdentity"] == BY_TTL
    assert "OldImage" not in removed["dynamodb"]


def test_items_that_are_not_due_stay(swept: Instance) -> None:
    table, stream = a_table_with_ttl(swept, "NEW_AND_OLD_IMAGES")
    put(swept, table, "later", **expiring(MINUTE))
    put(swept, table, "just now", **expiring(-1))
    put(swept, table, "a mistake", expiresAt={"N": "1"})
    put(swept, table, "a text", expiresAt={"S": "1"})
    put(swept, table, "due", **expiring(-2 * MINUTE))

    removals(swept, stream)

    left = client(swept, "dynamodb").scan(TableName=table)["Items"]
    assert {item["key"]["S"] for item in left} == {"later", "just now", "a mistake", "a text"}


def test_a_callers_deletion_names_no_service(swept: Instance) -> None:
    table, stream = a_table_with_ttl(swept, "NEW_AND_OLD_IMAGES")
    put(swept, table, "mine")
    client(swept, "dynamodb").delete_item(TableName=table, Key={"key": {"S": "mine"}})

    [removed] = removals(swept, stream)

    assert "userIdentity" not in removed
