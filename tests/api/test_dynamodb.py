"""The contract with pydynox's core, a private entry point of the pinned version.

Most tests run on a DynamoDB. For failures of DynamoDB, they use a small server that gives every
request the same answer.
"""

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
import msgspec
import pytest

from artisthub.shared import deadline, dynamodb, errors, log
from artisthub.shared.settings import Settings
from embedded.instance import ROOT
from embedded.up import free_port
from tests import dynamodb_local
from tests.dropping import dropping

NAMESPACE = "com.amazonaws.dynamodb.v20120810#"


class Note(msgspec.Struct, rename="camel"):
    note_id: str
    version: int
    text: str | None = None


@pytest.fixture(autouse=True)
def own_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a new client for each test, configured by the test's environment."""
    monkeypatch.setattr(dynamodb, "_client", None)


@pytest.fixture(scope="module")
def table(aws: None) -> Iterator[str]:
    name = f"Notes-{uuid.uuid4()}"
    client = boto3.client("dynamodb")
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "noteId", "AttributeType": "S"},
            {"AttributeName": "authorId", "AttributeType": "S"},
            {"AttributeName": "createdAt", "AttributeType": "S"},
        ],
        KeySchema=[{"AttributeName": "noteId", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "authorIdIndex",
                "KeySchema": [
                    {"AttributeName": "authorId", "KeyType": "HASH"},
                    {"AttributeName": "createdAt", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    yield name
    client.delete_table(TableName=name)


@pytest.fixture
def key() -> dict[str, str]:
    return {"noteId": str(uuid.uuid4())}


class TestItems:
    def test_the_core_returns_values_with_metrics(self, table: str, key: dict[str, str]) -> None:
        client = dynamodb.client()

        missing, metrics = client.sync_get_item(table, key)
        items, last_key, _ = client.sync_query_page(
            table, "noteId = :id", expression_attribute_values={":id": key["noteId"]}
        )

        assert (missing, items, last_key) == (None, [], None)
        assert metrics.duration_ms > 0

    def test_the_units_of_each_call_are_recorded_for_the_log(
        self, table: str, key: dict[str, str]
    ) -> None:
        log.take_units()
        dynamodb.add(table, {**key, "text": "x" * 3_000}, "noteId")
        dynamodb.get(table, key)
        dynamodb.query(table, None, "noteId = :noteId", {":noteId": key["noteId"]}, limit=1)

        assert log.take_units() == {"writeUnits": 3, "readUnits": 1}
        assert log.take_units() == {}

    def test_the_units_of_batches_and_transactions_are_counted_by_size(
        self, table: str, key: dict[str, str]
    ) -> None:
        other, large = {"noteId": "missing"}, {**key, "text": "🎭" * 2_500}
        log.take_units()

        dynamodb.write_many(table, [large], [other])
        dynamodb.get_many(table, [key, other], ["noteId"])
        dynamodb.transact(
            dynamodb.put_of(table, large, "attribute_exists(noteId)"),
            dynamodb.update_of(table, other, {"text": "🎭" * 300}, "attribute_not_exists(noteId)"),
        )

        # 10 KB and nothing, in units of 4 KB and half; the same in units of 1 KB, twice.
        assert log.take_units() == {"writeUnits": 10 + 1 + 2 * (10 + 2), "readUnits": 1.5 + 0.5}

    @pytest.mark.weakness(54)
    def test_a_batch_that_names_a_key_twice_is_written(
        self, table: str, key: dict[str, str]
    ) -> None:
        other = {"noteId": f"{key['noteId']}-2"}
        dynamodb.add(table, other, "noteId")
        items = [{**key, "text": "first"}, {**key, "text": "last"}]

        dynamodb.write_many(table, items, [other, other, key], ("noteId",))

        assert dynamodb.get(table, key) == items[1]
        assert dynamodb.get(table, other) is None

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "नमस्ते 🎭",
            "x" * 100_000,
            0,
            -7,
            10_000_000_000,
            2**53 + 1,
            1.5,
            True,
            False,
            None,
            [],
            {},
            ["a", 1, None, True, [""], {"b": None}],
            {"amount": 100, "currency": "INR", "note": "", "more": {"a": None, "b": {}}},
        ],
    )
    @pytest.mark.parametrize("consistent", [True, False])
    def test_a_value_is_read_exactly_as_written(
        self, table: str, key: dict[str, str], value: Any, consistent: bool
    ) -> None:
        dynamodb.add(table, {**key, "value": value}, "noteId")

        item = dynamodb.get(table, key, consistent=consistent)

        assert item == {**key, "value": value}
        assert _types(item["value"]) == _types(value)

    def test_a_missing_item_is_none(self, table: str, key: dict[str, str]) -> None:
        assert dynamodb.get(table, key) is None

    def test_a_second_item_under_the_same_key_is_refused(
        self, table: str, key: dict[str, str]
    ) -> None:
        dynamodb.add(table, {**key, "text": "first"}, "noteId")

        with pytest.raises(dynamodb.ConditionFailed):
            dynamodb.add(table, {**key, "text": "second"}, "noteId")

        assert dynamodb.get(table, key) == {**key, "text": "first"}

    def test_a_batch_read_returns_existing_items_with_the_requested_attributes(
        self, table: str
    ) -> None:
        keys = [{"noteId": str(uuid.uuid4())} for _ in range(130)]
        for number, key in enumerate(keys[::2]):
            # Reserved words of DynamoDB, and an attribute that is not requested.
            item = {**key, "status": "new", "size": number, "text": "long"}
            dynamodb.add(table, item, "noteId")

        found = dynamodb.get_many(table, keys, ["noteId", "status", "size", "owner"])

        assert sorted(found, key=lambda item: item["size"]) == [
            {**key, "status": "new", "size": number} for number, key in enumerate(keys[::2])
        ]

    def test_a_batch_read_without_keys_is_empty(self, table: str) -> None:
        assert dynamodb.get_many(table, [], ["noteId"]) == []


class TestUpdates:
    def test_an_update_sets_and_clears_fields_and_keeps_unknown_ones(
        self, table: str, key: dict[str, str]
    ) -> None:
        dynamodb.add(table, {**key, "version": 1, "text": "old", "later": [1]}, "noteId")

        dynamodb.update(table, key, Note(key["noteId"], 2), based_on=1)

        assert dynamodb.get(table, key) == {**key, "version": 2, "later": [1]}

    def test_an_update_based_on_another_version_is_stale(
        self, table: str, key: dict[str, str]
    ) -> None:
        dynamodb.add(table, {**key, "version": 2, "text": "mine"}, "noteId")

        with pytest.raises(errors.Stale):
            dynamodb.update(table, key, Note(key["noteId"], 2, "theirs"), based_on=1)

        assert dynamodb.get(table, key) == {**key, "version": 2, "text": "mine"}

    def test_an_update_makes_no_new_item(self, table: str, key: dict[str, str]) -> None:
        with pytest.raises(errors.Stale):
            dynamodb.update(table, key, Note(key["noteId"], 2), based_on=1)

        assert dynamodb.get(table, key) is None


class TestDeletes:
    def test_discarding_an_item_twice_succeeds(self, table: str, key: dict[str, str]) -> None:
        dynamodb.add(table, {**key, "text": "first"}, "noteId")

        for _ in range(2):
            dynamodb.discard(table, key)

            assert dynamodb.get(table, key) is None

    def test_a_delete_based_on_the_current_version_succeeds(
        self, table: str, key: dict[str, str]
    ) -> None:
        dynamodb.add(table, {**key, "version": 1}, "noteId")

        dynamodb.delete(table, key, based_on=1)

        assert dynamodb.get(table, key) is None
        with pytest.raises(errors.Stale):
            dynamodb.delete(table, key, based_on=1)

    def test_a_delete_based_on_another_version_is_stale(
        self, table: str, key: dict[str, str]
    ) -> None:
        dynamodb.add(table, {**key, "version": 2}, "noteId")

        with pytest.raises(errors.Stale):
            dynamodb.delete(table, key, based_on=1)

        assert dynamodb.get(table, key) == {**key, "version": 2}

    @pytest.mark.parametrize(("author", "is_gone"), [("priya", True), ("arjun", False)])
    def test_a_conditional_discard_deletes_only_a_matching_item(
        self, table: str, key: dict[str, str], author: str, is_gone: bool
    ) -> None:
        dynamodb.add(table, {**key, "authorId": author}, "noteId")

        dynamodb.discard_if(table, key, "authorId = :author", {":author": "priya"})

        assert (dynamodb.get(table, key) is None) is is_gone

    def test_discarding_query_results_deletes_only_old_items(self, table: str) -> None:
        author, count = str(uuid.uuid4()), 130
        for number in range(count):
            note = {"noteId": str(uuid.uuid4()), "authorId": author}
            dynamodb.add(
                table, {**note, "createdAt": f"2026-11-25T00:00:00.{number:03}Z"}, "noteId"
            )

        def discard(made_before: str) -> int:
            condition, values = "authorId = :author", {":author": author}
            steps = dynamodb.discard_found(
                table,
                "authorIdIndex",
                condition,
                values,
                lambda item: {"noteId": item["noteId"]},
                made_before=made_before,
            )
            return len(list(steps))

        assert discard("2026-11-25T00:00:00.120Z") == 2
        left, _ = TestQueries.page_of(table, author, None, limit=count)
        assert [item["createdAt"][-4:-1] for item in left] == [f"{n}" for n in range(129, 119, -1)]
        assert discard("2026-11-25T00:00:00.120Z") == 0


class TestQueries:
    def test_all_pages_together_are_the_whole_list(self, table: str) -> None:
        author = str(uuid.uuid4())
        for day in range(5):
            item = {"noteId": str(uuid.uuid4()), "authorId": author, "createdAt": f"2026-11-0{day}"}
            dynamodb.add(table, item, "noteId")

        days, after = [], None
        for _ in range(4):
            page, after = self.page_of(table, author, after)
            days += [item["createdAt"][-1] for item in page]
            if after is None:
                break

        assert "".join(days) == "43210"
        assert after is None

    @staticmethod
    def page_of(table: str, author: str, after: Any, limit: int = 2) -> tuple[list[Any], Any]:
        return dynamodb.query(
            table,
            "authorIdIndex",
            "authorId = :author",
            {":author": author},
            limit=limit,
            after=after,
            newest_first=True,
        )


class TestTransactions:
    def test_a_transaction_writes_all_items(self, table: str) -> None:
        one, two = {"noteId": str(uuid.uuid4())}, {"noteId": str(uuid.uuid4())}

        dynamodb.transact(*(new(table, each) for each in (one, two)))

        assert dynamodb.get(table, one) == one
        assert dynamodb.get(table, two) == two

    @pytest.mark.parametrize("taken", [[0], [1], [0, 1]])
    def test_a_failed_transaction_writes_nothing_and_names_the_failures(
        self, table: str, taken: list[int]
    ) -> None:
        keys = [{"noteId": str(uuid.uuid4())} for _ in range(2)]
        for index in taken:
            dynamodb.add(table, keys[index], "noteId")

        with pytest.raises(dynamodb.TransactionFailed) as refused:
            dynamodb.transact(*(new(table, each) for each in keys))

        assert refused.value.failed == [index in taken for index in range(2)]
        written = [index for index in range(2) if dynamodb.get(table, keys[index])]
        assert written == taken

    @pytest.mark.parametrize("wrong", [None, 0, 1, 2, 3])
    def test_a_transaction_with_every_kind_of_write_is_all_or_nothing(
        self, table: str, wrong: int | None
    ) -> None:
        keys = [{"noteId": str(uuid.uuid4())} for _ in range(4)]
        versions = [1 if index != wrong else 2 for index in range(4)]
        for key, version in zip(keys, versions, strict=True):
            dynamodb.add(table, {**key, "version": version, "text": "old"}, "noteId")
        put, update, change, gone = keys
        wanted: list[Any] = [dynamodb.get(table, key) for key in keys]
        is_first, first = "version = :one", {":one": 1}
        writes = [
            dynamodb.put_of(table, put, is_first, first),
            dynamodb.update_of(table, update, {"version": 2, "text": None}, is_first, first),
            dynamodb.update_of(table, change, {"version": 2}, is_first, first),
            dynamodb.delete_of(table, gone, is_first, first),
        ]

        if wrong is None:
            dynamodb.transact(*writes)
            wanted = [put, {**update, "version": 2}, {**change, "version": 2, "text": "old"}, None]
        else:
            with pytest.raises(dynamodb.TransactionFailed) as refused:
                dynamodb.transact(*writes)
            assert refused.value.failed == [index == wrong for index in range(4)]

        assert [dynamodb.get(table, key, consistent=True) for key in keys] == wanted


def new(table: str, item: dict[str, Any]) -> dict[str, Any]:
    return dynamodb.put_of(table, item, "attribute_not_exists(noteId)")


class Fault:
    """A DynamoDB that gives every request the same answer and records the requests."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.status = 400
        self.body = b""
        fault = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                fault.requests.append(self.headers["x-amz-target"])
                self.send_response(fault.status)
                self.send_header("content-type", "application/x-amz-json-1.0")
                self.send_header("content-length", str(len(fault.body)))
                self.end_headers()
                self.wfile.write(fault.body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def answers(self, code: str, status: int = 400, message: str = "because") -> None:
        self.status = status
        self.body = json.dumps({"__type": NAMESPACE + code, "message": message}).encode()

    def cancels(self, *reasons: str) -> None:
        # The message is that of AWS. The separate field with the reasons is not read.
        words = "Transaction cancelled, please refer cancellation reasons for specific reasons"
        self.answers("TransactionCanceledException", message=f"{words} [{', '.join(reasons)}]")


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fault]:
    fault = Fault()
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{fault.server.server_port}")
    with fault.server:
        thread = threading.Thread(target=fault.server.serve_forever)
        thread.start()
        yield fault
        fault.server.shutdown()
        thread.join()


class TestStart:
    """A starting function opens its connection with a read that its role permits."""

    @pytest.mark.parametrize(
        ("connect_by", "operation"),
        [
            ("GetItem NOTES noteId", "GetItem"),
            ("BatchGetItem NOTES noteId", "BatchGetItem"),
            ("Query NOTES noteId", "Query"),
            ("Query NOTES authorId authorIdIndex", "Query"),
        ],
    )
    def test_one_permitted_read_opens_the_connection(
        self, table: str, monkeypatch: pytest.MonkeyPatch, connect_by: str, operation: str
    ) -> None:
        monkeypatch.setattr(Settings, "NOTES", table, raising=False)
        monkeypatch.setenv("CONNECT_BY", connect_by)
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "artisthub-api-dev-getNote")

        with dropping(os.environ[dynamodb_local.setting()]) as proxy:
            monkeypatch.setenv(dynamodb_local.setting(), proxy.endpoint_url)
            dynamodb.connect()

        assert (proxy.carried_out, proxy.statuses) == ([operation], [200])

    @pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException"])
    def test_a_function_starts_even_if_its_first_read_is_refused(
        self,
        fault: Fault,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        code: str,
    ) -> None:
        fault.answers(code)
        monkeypatch.setattr(Settings, "NOTES", "Notes", raising=False)
        monkeypatch.setenv("CONNECT_BY", "GetItem NOTES noteId")
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "artisthub-api-dev-getNote")

        dynamodb.connect()

        assert fault.requests == ["DynamoDB_20120810.GetItem"]
        *_, told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert told == {"level": "error", "operation": "connect", "code": code}

    def test_a_function_starts_even_if_dynamodb_is_unreachable(
        self, unreachable: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CONNECT_BY", "GetItem USERS_TABLE userId")
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "artisthub-api-dev-getMe")

        dynamodb.connect()

    @pytest.mark.parametrize("missing", ["CONNECT_BY", "AWS_LAMBDA_FUNCTION_NAME"])
    def test_only_a_configured_function_connects_at_start(
        self, fault: Fault, monkeypatch: pytest.MonkeyPatch, missing: str
    ) -> None:
        monkeypatch.setenv("CONNECT_BY", "GetItem USERS_TABLE userId")
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "artisthub-api-dev-getMe")
        monkeypatch.delenv(missing)

        dynamodb.connect()

        assert fault.requests == []


class TestFaults:
    @pytest.mark.parametrize(
        ("code", "status"),
        [
            ("ThrottlingException", 400),
            ("ProvisionedThroughputExceededException", 400),
            ("InternalServerError", 500),
        ],
    )
    def test_a_temporary_failure_is_tried_three_times_and_then_answers_busy(
        self, fault: Fault, key: dict[str, str], code: str, status: int
    ) -> None:
        fault.answers(code, status)

        with pytest.raises(errors.Busy) as busy:
            dynamodb.get("Notes", key)

        assert len(fault.requests) == 3
        assert isinstance(busy.value.__cause__, dynamodb.core.PydynoxException)

    def test_a_batch_that_fails_is_tried_three_times_too(
        self, fault: Fault, key: dict[str, str]
    ) -> None:
        fault.answers("InternalServerError", 500)

        with pytest.raises(errors.Busy):
            dynamodb.get_many("Notes", [key], ["noteId"])

        assert len(fault.requests) == 3

    def test_no_try_starts_after_the_deadline_of_the_request(
        self, fault: Fault, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fault.answers("ThrottlingException")
        monkeypatch.setattr(deadline, "SECONDS", 0)
        deadline.start()

        with pytest.raises(errors.Busy):
            dynamodb.get("Notes", key)
        late = len(fault.requests)
        deadline.end()
        with pytest.raises(errors.Busy):
            dynamodb.get("Notes", key)

        assert (late, len(fault.requests)) == (0, 3)

    def test_the_pauses_after_transaction_conflicts_are_random(
        self, fault: Fault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pauses: list[float] = []
        monkeypatch.setattr(time, "sleep", pauses.append)
        fault.cancels("TransactionConflict")

        for _ in range(2):
            with pytest.raises(errors.Busy):
                dynamodb.transact(new("Notes", {"noteId": "1"}))

        assert len(set(pauses)) == 4
        assert max(pauses) <= 0.2

    def test_a_permanent_failure_is_tried_once(self, fault: Fault, key: dict[str, str]) -> None:
        fault.answers("ValidationException")

        with pytest.raises(dynamodb.core.ValidationException):
            dynamodb.get("Notes", key)

        assert len(fault.requests) == 1

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("AccessDeniedException", "AccessDeniedException"),
            ("ResourceNotFoundException", "ResourceNotFoundException"),
            ("ExpiredTokenException", "CredentialsException"),
        ],
    )
    def test_an_error_that_the_service_caused_keeps_its_name(
        self, fault: Fault, key: dict[str, str], code: str, kind: str
    ) -> None:
        fault.answers(code)

        with pytest.raises(getattr(dynamodb.core, kind)):
            dynamodb.get("Notes", key)

    @pytest.mark.parametrize(
        ("reasons", "failed"),
        [
            (["ConditionalCheckFailed", "None"], [True, False]),
            (["None", "ConditionalCheckFailed"], [False, True]),
            (["TransactionConflict", "ConditionalCheckFailed"], [False, True]),
        ],
    )
    def test_the_reasons_of_a_cancelled_transaction_are_read_from_the_message(
        self, fault: Fault, reasons: list[str], failed: list[bool]
    ) -> None:
        fault.cancels(*reasons)

        with pytest.raises(dynamodb.TransactionFailed) as refused:
            dynamodb.transact(new("Notes", {"noteId": "1"}), new("Notes", {"noteId": "2"}))

        assert refused.value.failed == failed
        assert len(fault.requests) == 1

    def test_a_transaction_conflict_is_tried_three_times(self, fault: Fault) -> None:
        fault.cancels("TransactionConflict", "None")

        with pytest.raises(errors.Busy):
            dynamodb.transact(new("Notes", {"noteId": "1"}), new("Notes", {"noteId": "2"}))

        assert len(fault.requests) == 3

    @pytest.mark.parametrize("reason", ["ThrottlingError", "ProvisionedThroughputExceeded"])
    def test_a_throttled_transaction_is_busy(self, fault: Fault, reason: str) -> None:
        fault.cancels("None", reason)

        with pytest.raises(errors.Busy):
            dynamodb.transact(new("Notes", {"noteId": "1"}), new("Notes", {"noteId": "2"}))

    def test_an_invalid_transaction_is_not_reported_as_busy(self, fault: Fault) -> None:
        fault.cancels("ValidationError", "None")

        with pytest.raises(dynamodb.core.TransactionCanceledException):
            dynamodb.transact(new("Notes", {"noteId": "1"}), new("Notes", {"noteId": "2"}))

    @pytest.mark.aws_fact(7)
    @pytest.mark.parametrize(
        "code", ["ValidationException", "AccessDeniedException", "ResourceNotFoundException"]
    )
    def test_a_request_that_dynamodb_refuses_is_counted(
        self, fault: Fault, capsys: pytest.CaptureFixture[str], code: str
    ) -> None:
        fault.answers(code)

        with pytest.raises(dynamodb.core.PydynoxException):
            dynamodb.get("Notes", {"noteId": "1"})

        assert _counted(capsys) == 1

    @pytest.mark.aws_fact(7)
    def test_an_invalid_transaction_is_counted(
        self, fault: Fault, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fault.cancels("ValidationError", "None")

        with pytest.raises(dynamodb.core.TransactionCanceledException):
            dynamodb.transact(new("Notes", {"noteId": "1"}))

        assert _counted(capsys) == 1

    @pytest.mark.aws_fact(7)
    @pytest.mark.parametrize("reason", ["ConditionalCheckFailed", "TransactionConflict"])
    def test_a_transaction_with_a_failed_condition_or_conflict_is_not_counted(
        self, fault: Fault, capsys: pytest.CaptureFixture[str], reason: str
    ) -> None:
        fault.cancels(reason, "None")

        with pytest.raises((dynamodb.TransactionFailed, errors.Busy)):
            dynamodb.transact(new("Notes", {"noteId": "1"}))

        assert _counted(capsys) == 0

    @pytest.mark.aws_fact(7)
    @pytest.mark.parametrize(
        ("code", "status"),
        [
            ("ConditionalCheckFailedException", 400),
            ("ProvisionedThroughputExceededException", 400),
            ("InternalServerError", 500),
        ],
    )
    def test_failed_conditions_throttling_and_server_errors_are_not_counted(
        self, fault: Fault, capsys: pytest.CaptureFixture[str], code: str, status: int
    ) -> None:
        fault.answers(code, status)

        with pytest.raises((dynamodb.ConditionFailed, errors.Busy)):
            dynamodb.add("Notes", {"noteId": "1"}, "noteId")

        assert _counted(capsys) == 0

    def test_unprocessed_keys_of_a_batch_read_are_requested_again(
        self, fault: Fault, key: dict[str, str]
    ) -> None:
        fault.status = 200
        keys = {"Notes": {"Keys": [{"noteId": {"S": key["noteId"]}}]}}
        fault.body = json.dumps({"Responses": {}, "UnprocessedKeys": keys}).encode()

        with pytest.raises(errors.Busy):
            dynamodb.get_many("Notes", [key], ["noteId"])

        assert len(fault.requests) == 5

    def test_unprocessed_deletes_of_a_batch_are_requested_again(self, fault: Fault) -> None:
        fault.status = 200
        note = {"noteId": {"S": "1"}}
        requests = [{"DeleteRequest": {"Key": note}}]
        found = {"Items": [note | {"createdAt": {"S": "2026"}}], "Count": 1, "ScannedCount": 1}
        fault.body = json.dumps({**found, "UnprocessedItems": {"Notes": requests}}).encode()
        steps = dynamodb.discard_found(
            "Notes",
            None,
            "noteId = :id",
            {":id": "1"},
            lambda item: {"noteId": item["noteId"]},
            made_before="2027",
        )

        with pytest.raises(errors.Busy):
            next(steps)

        assert fault.requests[0].endswith(".Query")
        assert len(fault.requests) > 2

    def test_an_unreachable_endpoint_answers_busy_within_seconds(
        self, unreachable: None, key: dict[str, str]
    ) -> None:
        started = time.monotonic()

        with pytest.raises(errors.Busy):
            dynamodb.get("Notes", key)

        assert time.monotonic() - started < 10  # API Gateway waits for 30 seconds.


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{free_port()}")


def test_the_core_is_loaded_without_asyncio_and_the_rest_of_its_package() -> None:
    program = "import sys, artisthub.shared.dynamodb; print(*sys.modules)"

    finished = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(finished.stdout.split())

    assert "artisthub.shared.dynamodb" in loaded
    assert not {"asyncio", "pydynox", "pydynox.client", "boto3"} & loaded


def _counted(capsys: pytest.CaptureFixture[str]) -> int:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return sum(line.get("DynamoDbUserErrors", 0) for line in lines)


def _types(value: Any) -> Any:
    """The types in a value, because 1, 1.0 and True are equal but not the same."""
    if isinstance(value, dict):
        return {name: _types(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_types(item) for item in value]
    return type(value)
