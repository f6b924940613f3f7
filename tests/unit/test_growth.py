"""The stand-in for DynamoDB that measures growth, and the page about it."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from bench import local_aws
from bench.growth import expressions, stage
from bench.growth.tables import Rows, Tables, plain, typed
from contract import growth as page

AT = "2026-01-01T00:00:00.000Z"
STANDING = {"standing": "accepted", "standingAt": f"accepted#{AT}"}
ITEM = {"userId": "one", "otherUserId": "two", **STANDING}
RECORD = json.loads(page.RECORD.read_text())


@pytest.mark.parametrize("generated", page.GENERATED, ids=lambda each: each.FILE.name)
def test_the_page_and_its_picture_are_up_to_date(generated: Any) -> None:
    assert generated.FILE.read_text() == generated.text(), "run `make fix`"


def test_nothing_grew_up_to_100_000_documents() -> None:
    assert RECORD["sizes"] == [1_000, 10_000, 100_000]
    assert page.grown(RECORD) == []


@pytest.fixture
def tables() -> Iterator[Tables]:
    tables = Tables(":memory:")
    yield tables
    tables.file.close()


def call(tables: Tables, operation: str, **sent: Any) -> Any:
    return json.loads(tables.answer(operation, json.dumps(sent).encode()))


def units(tables: Tables) -> tuple[float, float]:
    found = call(tables, "Units")
    return found["read"], found["write"]


def put(tables: Tables, item: dict[str, Any], **condition: Any) -> None:
    call(tables, "PutItem", TableName="ConnectionsTable", Item=typed(item), **condition)


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        ("attribute_exists(a) AND #b = :one", True),
        ("attribute_not_exists(a) OR #b < :one", False),
        ("NOT (a = :x) OR begins_with(a, :x)", True),
        ("#b BETWEEN :zero AND :one", True),
        ("missing = :one", False),
        ("missing <> :one", True),
    ],
)
def test_conditions_hold_as_in_dynamodb(condition: str, is_met: bool) -> None:
    values = {":one": 1, ":zero": 0, ":x": "ab"}

    assert expressions.holds(condition, {"a": "abc", "b": 1}, {"#b": "b"}, values) == is_met


def test_updates_set_add_and_remove() -> None:
    update = "SET a = if_not_exists(a, :two) - :one, #c = :two REMOVE d ADD n :one"

    after = expressions.updated(update, {"d": 1, "n": 4}, {"#c": "c"}, {":one": 1, ":two": 2})

    assert after == {"a": 1, "c": 2, "n": 5}


def test_a_write_costs_a_unit_for_each_kilobyte_and_for_each_index_that_changes(
    tables: Tables,
) -> None:
    put(tables, ITEM)
    assert units(tables) == (0, 2)

    put(tables, ITEM | {"notProjected": "x" * 1_500})
    assert units(tables) == (0, 2)

    put(tables, ITEM | {"standingAt": f"blocked#{AT}"})
    assert units(tables) == (0, 4)  # as large as before, and one entry goes and another comes


def test_a_transaction_costs_twice_and_a_refused_write_costs_too(tables: Tables) -> None:
    write = {"TableName": "ConnectionsTable", "Item": typed(ITEM)}
    call(tables, "TransactWriteItems", TransactItems=[{"Put": write}])
    assert units(tables) == (0, 3)

    with pytest.raises(local_aws.Refused):
        put(tables, ITEM, ConditionExpression="attribute_not_exists(userId)")
    assert units(tables) == (0, 1)


def test_a_query_reads_pages_of_an_index_in_order_and_costs_its_bytes(tables: Tables) -> None:
    rows = Rows()
    for number in range(30):
        at = f"accepted#{number:02}"
        rows.add("ConnectionsTable", ITEM | {"otherUserId": f"{number}", "standingAt": at})
    tables.load(rows)
    query = {
        "TableName": "ConnectionsTable",
        "IndexName": "standingIndex",
        "KeyConditionExpression": "userId = :user AND begins_with(standingAt, :start)",
        "ExpressionAttributeValues": typed({":user": "one", ":start": "accepted#"}),
        "ScanIndexForward": False,
        "Limit": 20,
    }

    first = call(tables, "Query", **query)
    second = call(tables, "Query", **query, ExclusiveStartKey=first["LastEvaluatedKey"])

    found = [plain(item)["otherUserId"] for item in first["Items"] + second["Items"]]
    assert found == [str(number) for number in reversed(range(30))]
    assert "LastEvaluatedKey" not in second
    assert units(tables) == (1, 0)


@pytest.mark.parametrize(
    ("figures", "is_grown"),
    [([10, 11, 12], False), ([10, 11, 13], True), ([10, 14, 9], True), ([0.5, 1, 1.5], False)],
)
def test_a_figure_grows_by_more_than_a_fifth_and_a_unit(
    figures: list[float], is_grown: bool
) -> None:
    assert page.is_grown("readUnits", figures) == is_grown


def test_the_steps_of_a_call_depend_on_its_work_alone() -> None:
    if sys.version_info < (3, 12):  # no sys.monitoring
        with pytest.raises(RuntimeError, match=r"needs Python 3\.12"):
            stage.steps_of(list)
        return
    few, again = (stage.steps_of(lambda: [-n for n in range(9)]) for _ in range(2))

    assert 9 < few == again
    assert stage.steps_of(lambda: [-n for n in range(90)]) > 5 * few


def test_a_line_with_more_steps_has_grown() -> None:
    same = {"readUnits": [1, 1], "writeUnits": [0, 0], "cpuMs": [1, 1], "steps": [100, 119]}
    taken = {"getMe": {**same, "steps": [1_000, 1_300]}, "updateUser > index_user": same}

    assert page.grown({"taken": taken}) == ["getMe: Python steps 1,000 to 1,300"]


def test_the_model_goes_on_in_a_straight_line_over_the_logarithm() -> None:
    line = page.fitted([10, 100, 1_000], [2, 3, 4])

    assert page.at(1_000_000, line) == pytest.approx(7)
