"""Stream consumers: the changes they get and the failures they report."""

import json
from typing import Any

import pytest

from artisthub.shared.consumer import Change, by_table, consumer, run_all
from tests.streams import record
from tests.unit.calls import CONTEXT, Handler

ITEM = {
    "castingId": "c1",
    "version": 3,
    "isPaid": True,
    "city": None,
    "tags": ["film", "hindi"],
    "requirements": {"minAge": 20, "genders": []},
}


def failures(handler: Handler, *records: dict[str, Any]) -> list[str]:
    answer = handler({"Records": list(records)}, CONTEXT)
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def test_a_change_has_the_item_before_and_after() -> None:
    seen: list[Change] = []
    handler = consumer(seen.append)

    assert failures(handler, record(old=ITEM, new=ITEM | {"version": 4}), record(new=ITEM)) == []

    assert seen == [
        Change(ITEM, ITEM | {"version": 4}),
        Change(None, ITEM, is_repeated=True),
    ]


def test_a_change_is_repeated_if_its_batch_has_an_earlier_one_of_the_item() -> None:
    repeated: list[bool] = []
    other = ITEM | {"castingId": "c2"}
    records = [record(new=ITEM), record(new=other), record(old=other), record(old=ITEM, new=ITEM)]
    handler = consumer(lambda change: repeated.append(change.is_repeated))

    failures(handler, *records)
    failures(handler, *records[2:])

    assert repeated == [False, False, True, True, False, False]


def test_a_removal_by_ttl_is_marked_as_expired() -> None:
    seen: list[Change] = []
    service = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}

    failures(consumer(seen.append), record(old=ITEM, userIdentity=service), record(old=ITEM))

    assert [change.is_expired for change in seen] == [True, False]


def test_the_first_failed_change_is_reported_and_later_ones_wait() -> None:
    seen: list[Any] = []

    def consume(change: Change) -> None:
        assert change.after
        if change.after["version"] == 2:
            raise RuntimeError("a secret")
        seen.append(change.after["version"])

    records = [record(n, new={"version": n}) for n in (1, 2, 3)]

    assert failures(consumer(consume), *records) == ["2"]
    assert seen == [1]


def test_a_failure_is_logged_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    def consume(change: Change) -> None:
        raise RuntimeError(change.after)

    failures(consumer(consume), record(7, new=ITEM | {"email": "priya@example.com"}))

    printed = capsys.readouterr().out
    line = json.loads(printed)
    assert (line["level"], line["operation"], line["code"]) == ("error", "consume", "RuntimeError")
    assert (line["eventId"], line["eventName"]) == ("event-7", "INSERT")
    assert line["stack"]
    assert "priya" not in printed


def test_each_table_has_its_own_consumer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASTING_TABLE", "Casting")
    monkeypatch.setenv("USERS_TABLE", "Users")
    castings: list[Change] = []
    users: list[Change] = []
    handler = by_table(CASTING_TABLE=consumer(castings.append), USERS_TABLE=consumer(users.append))

    failures(handler, record(new=ITEM))
    failures(handler, record(new=ITEM, table="Users"))

    assert (len(castings), len(users)) == (1, 1)
    with pytest.raises(LookupError, match="Other"):
        failures(handler, record(new=ITEM, table="Other"))


def test_a_step_that_fails_does_not_stop_the_others() -> None:
    done: list[str] = []

    def fail() -> None:
        raise LookupError("first")

    with pytest.raises(LookupError):
        run_all(fail, lambda: done.append("second"), lambda: done.append("third"))

    assert done == ["second", "third"]
