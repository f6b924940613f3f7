"""Lambda or AWS drops a connection between two calls of a function, or during a call."""

import inspect
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import msgspec
import pytest

from artisthub.shared import aws_json, deadline, dynamodb, errors, quotas
from artisthub.shared.settings import settings
from embedded.instance import ROOT
from tests import dynamodb_local
from tests.api import api, builders
from tests.api.accounts.fake_aws import FakeAws
from tests.dropping import AFTER, BEFORE, IDLE, Dropping, dropping

pytestmark = pytest.mark.aws_fact(6)

FIRST_TRIES = range(1, 20, 2)
# A call that may be sent twice, and one that may not.
SAFE, UNSAFE = "GetUser", "RespondToAuthChallenge"


class Note(msgspec.Struct, rename="camel"):
    note_id: str
    version: int
    text: str | None = None


@pytest.fixture(autouse=True)
def own_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dynamodb, "_client", None)
    monkeypatch.setattr(aws_json, "_client", None)


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dropping]:
    """DynamoDB behind a proxy that can drop connections."""
    with dropping(os.environ[dynamodb_local.setting()]) as proxy:
        monkeypatch.setenv(dynamodb_local.setting(), proxy.endpoint_url)
        yield proxy


@pytest.fixture(scope="module")
def table(aws: None) -> Iterator[str]:
    name = f"Dropped-{uuid.uuid4()}"
    client = boto3.client("dynamodb")
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "noteId", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "noteId", "KeyType": "HASH"}],
    )
    yield name
    client.delete_table(TableName=name)


@pytest.fixture
def item() -> dict[str, Any]:
    return {"noteId": str(uuid.uuid4()), "version": 1, "text": "first", "more": {"a": [1, None]}}


# The first connection and one more. The SDK sometimes opens another that no request uses.
TWO = (2, 3)


def key_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"noteId": item["noteId"]}


class TestDynamoDb:
    @pytest.mark.parametrize("how", [*IDLE, *BEFORE, *AFTER])
    def test_a_read_over_a_dropped_connection_is_sent_again(
        self, database: Dropping, table: str, item: dict[str, Any], how: str
    ) -> None:
        dynamodb.add(table, item, "noteId")
        database.drop(how, 1)

        found = [dynamodb.get(table, key_of(item), consistent=True) for _ in range(2)]

        assert found == [item, item]
        assert len(database.connections) in TWO

    @pytest.mark.parametrize("how", [*BEFORE, *AFTER])
    def test_adding_an_item_again_after_a_dropped_connection_is_no_conflict(
        self, database: Dropping, table: str, item: dict[str, Any], how: str
    ) -> None:
        dynamodb.get(table, key_of(item))
        database.drop(how, 1)

        dynamodb.add(table, item, "noteId")

        assert database.carried_out == ["PutItem"] * (2 if how in AFTER else 1)
        assert dynamodb.get(table, key_of(item), consistent=True) == item

    @pytest.mark.parametrize("how", [*BEFORE, *AFTER])
    def test_an_update_sent_again_after_a_dropped_connection_is_not_stale(
        self, database: Dropping, table: str, item: dict[str, Any], how: str
    ) -> None:
        dynamodb.add(table, item, "noteId")
        database.drop(how, 1)

        dynamodb.update(table, key_of(item), Note(item["noteId"], 2), based_on=1)

        assert database.carried_out == ["UpdateItem"] * (2 if how in AFTER else 1)
        found = dynamodb.get(table, key_of(item), consistent=True)
        assert found == {**key_of(item), "version": 2, "more": item["more"]}

    @pytest.mark.parametrize("how", [*BEFORE, *AFTER])
    def test_a_delete_sent_again_after_a_dropped_connection_is_not_stale(
        self, database: Dropping, table: str, item: dict[str, Any], how: str
    ) -> None:
        dynamodb.add(table, item, "noteId")
        database.drop(how, 1)

        dynamodb.delete(table, key_of(item), based_on=1)

        assert dynamodb.get(table, key_of(item), consistent=True) is None

    @pytest.mark.parametrize("how", [*BEFORE, *AFTER])
    def test_a_transaction_over_a_dropped_connection_is_executed_once(
        self, database: Dropping, table: str, item: dict[str, Any], how: str
    ) -> None:
        dynamodb.get(table, key_of(item))
        number = {"noteId": str(uuid.uuid4())}
        database.drop(how, 1)

        dynamodb.transact(
            dynamodb.put_of(table, item, "attribute_not_exists(noteId)"),
            dynamodb.increment_of(table, number, "views", "2026-11-26T10:00:00Z"),
        )

        counted = dynamodb.get(table, number, consistent=True)
        assert counted
        assert counted["views"] == 1

    @pytest.mark.parametrize("how", [BEFORE[0], AFTER[0]])
    def test_a_write_by_someone_else_is_still_a_conflict(
        self, database: Dropping, table: str, item: dict[str, Any], how: str
    ) -> None:
        dynamodb.add(table, item, "noteId")

        database.drop(how, 1)
        with pytest.raises(dynamodb.ConditionFailed):
            dynamodb.add(table, {**item, "text": "second"}, "noteId")
        database.drop(how, 1)
        with pytest.raises(errors.Stale):
            dynamodb.update(table, key_of(item), Note(item["noteId"], 8, "x"), based_on=7)
        database.drop(how, 1)
        with pytest.raises(errors.Stale):
            dynamodb.delete(table, key_of(item), based_on=7)

        assert dynamodb.get(table, key_of(item), consistent=True) == item

    def test_the_same_write_twice_without_a_dropped_connection_is_a_conflict(
        self, database: Dropping, table: str, item: dict[str, Any]
    ) -> None:
        dynamodb.add(table, item, "noteId")

        with pytest.raises(dynamodb.ConditionFailed):
            dynamodb.add(table, item, "noteId")

    @pytest.mark.parametrize("how", [BEFORE[1], AFTER[0]])
    def test_a_second_dropped_connection_answers_busy(
        self, database: Dropping, table: str, item: dict[str, Any], how: str
    ) -> None:
        dynamodb.get(table, key_of(item))
        database.drop(how)

        with pytest.raises(errors.Busy) as busy:
            dynamodb.get(table, key_of(item))

        assert busy.value.headers() == {"retry-after": "1"}
        assert len(database.connections) in TWO


class TestOperations:
    """The answers of operations after the answer to their write is lost."""

    @pytest.mark.parametrize("how", AFTER)
    def test_a_casting_is_created_once_despite_dropped_connections(
        self, database: Dropping, how: str
    ) -> None:
        recruiter = builders.a_recruiter()
        database.drop(how, *FIRST_TRIES)

        answer = api.post("/castings", builders.a_new_casting(), as_=recruiter)

        assert answer.status == 201
        database.drop(how, 0)
        path = f"/castings/{answer.json['castingId']}"
        assert api.get(path, as_=recruiter).json == answer.json

    @pytest.mark.parametrize("how", AFTER)
    def test_an_application_sent_again_does_not_conflict_with_itself(
        self, database: Dropping, how: str
    ) -> None:
        casting = builders.a_casting(status="open")
        artist = builders.an_artist()
        database.drop(how, *FIRST_TRIES)

        answer = api.post(
            f"/castings/{casting['castingId']}/applications",
            {"roleId": casting["roles"][0]["roleId"], "shareContact": False},
            as_=artist,
        )

        assert answer.status == 201
        assert database.carried_out.count("PutItem") == 2

    @pytest.mark.parametrize("how", AFTER)
    def test_a_change_sent_again_is_not_stale(self, database: Dropping, how: str) -> None:
        recruiter = builders.a_recruiter()
        made = api.post("/castings", builders.a_new_casting(), as_=recruiter)
        path = f"/castings/{made.json['castingId']}"
        database.drop(how, *FIRST_TRIES)

        changed = api.patch(path, {"title": "Another"}, as_=recruiter, if_match=made.etag)
        deleted = api.call("DELETE", path, as_=recruiter, if_match=changed.etag)

        assert (changed.status, changed.json["version"], deleted.status) == (200, 2, 204)

    @pytest.mark.parametrize("how", AFTER)
    def test_the_first_of_a_day_is_taken_from_a_quota_once(
        self, database: Dropping, how: str
    ) -> None:
        user_id = str(uuid.uuid4())
        database.drop(how, *FIRST_TRIES)

        quotas.spend(user_id, "applications")

        assert database.carried_out.count("UpdateItem") == 4
        found = dynamodb.get(settings.QUOTAS_TABLE, quotas._key(user_id, "applications"))
        assert found
        assert found["remaining"] == quotas.QUOTAS["applications"] - 1


@pytest.fixture
def fake() -> Iterator[FakeAws]:
    with FakeAws() as fake:
        threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield fake
        fake.shutdown()


@pytest.fixture
def service(fake: FakeAws, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dropping]:
    """A fake AWS service behind a proxy, to which a connection is open."""
    with dropping(fake.endpoint_url) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.endpoint_url)
        # These requests are invented, so botocore's models do not know them.
        monkeypatch.setattr(aws_json, "call", inspect.unwrap(aws_json.call))
        monkeypatch.setattr(aws_json, "PAUSE_SECONDS", 0.1)
        for operation in (SAFE, UNSAFE, "SendEmail", "SignUp", "/oauth2/token"):
            fake.answer(operation, answered=operation)
        aws_json.call("cognito-idp", f"Service.{SAFE}", {})
        yield proxy


def call(operation: str) -> Any:
    return aws_json.call("cognito-idp", f"Service.{operation}", {})


class TestOtherServices:
    @pytest.mark.parametrize("how", [*IDLE, *BEFORE, *AFTER])
    def test_a_repeatable_call_is_sent_again(self, service: Dropping, how: str) -> None:
        service.drop(how, 1)

        assert [call(SAFE), call(SAFE)] == [{"answered": SAFE}] * 2
        assert service.carried_out == [SAFE] * (3 if how in AFTER else 2)

    @pytest.mark.parametrize("operation", [UNSAFE, "SignUp"])
    @pytest.mark.parametrize("how", [*BEFORE, *AFTER])
    def test_another_call_is_sent_once_and_answers_busy(
        self, service: Dropping, how: str, operation: str
    ) -> None:
        service.drop(how, 1)

        with pytest.raises(errors.Busy) as busy:
            call(operation)

        assert busy.value.headers() == {"retry-after": "1"}
        assert service.carried_out == [operation] * (1 if how in AFTER else 0)

    @pytest.mark.parametrize(
        ("answer", "problem"),
        [
            ((500, {}), errors.Busy),
            ((400, {"__type": "TooManyRequestsException"}), errors.TooManyRequests),
        ],
    )
    @pytest.mark.parametrize(("operation", "tries"), [(SAFE, 3), (UNSAFE, 1)])
    def test_a_repeatable_call_that_fails_or_is_throttled_is_tried_three_times(
        self,
        service: Dropping,
        fake: FakeAws,
        answer: tuple[int, dict[str, Any]],
        problem: type[Exception],
        operation: str,
        tries: int,
    ) -> None:
        fake.answers[operation] = answer
        service.drop("", 0)

        with pytest.raises(problem):
            call(operation)

        assert service.carried_out == [operation] * tries

    def test_a_call_succeeds_after_a_failure(self, service: Dropping, fake: FakeAws) -> None:
        fake.first_answers[SAFE] = (500, {})
        service.drop("", 0)

        assert call(SAFE) == {"answered": SAFE}
        assert service.carried_out == [SAFE] * 2

    def test_no_call_starts_after_the_deadline_of_the_request(
        self, service: Dropping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service.drop("", 0)
        monkeypatch.setattr(deadline, "SECONDS", 0)
        deadline.start()

        with pytest.raises(errors.Busy):
            call(SAFE)

        deadline.end()
        assert service.carried_out == []

    @pytest.mark.parametrize("how", IDLE)
    def test_a_connection_closed_while_idle_fails_no_call(
        self, service: Dropping, how: str
    ) -> None:
        service.drop(how, 1)

        call(UNSAFE)
        time.sleep(0.1)  # The client needs a moment to notice.

        assert call(UNSAFE) == {"answered": UNSAFE}
        assert service.carried_out == [UNSAFE] * 2

    def test_an_authorization_code_is_exchanged_only_once(self, service: Dropping) -> None:
        service.drop(AFTER[0], 1)

        with pytest.raises(errors.Busy):
            aws_json.exchange(f"{service.endpoint_url}/oauth2/token", {"code": "1"})

        assert service.carried_out == ["/oauth2/token"]

    @pytest.mark.parametrize("how", [BEFORE[1], AFTER[0]])
    def test_a_second_dropped_connection_answers_busy(self, service: Dropping, how: str) -> None:
        service.drop(how)

        with pytest.raises(errors.Busy):
            call(SAFE)

        assert len(service.connections) == 2


# Like a function that Lambda has frozen, this process stops and notices nothing meanwhile.
FROZEN = """
import os, signal, sys
sys.path.insert(0, "src")
from artisthub.shared import aws_json, dynamodb
def call():
    if sys.argv[1] == "dynamodb":
        return dynamodb.get(sys.argv[2], {"noteId": "1"})
    try:
        aws_json.call("secretsmanager", "secretsmanager.GetSecretValue", {})
    except aws_json.AwsError:
        pass
call()
os.kill(os.getpid(), signal.SIGSTOP)
for _ in range(3):
    call()
"""


@pytest.mark.parametrize("client", ["dynamodb", "aws_json"])
@pytest.mark.parametrize("is_reset", [False, True])
def test_a_thawed_function_with_dropped_connections_works(
    database: Dropping, table: str, client: str, is_reset: bool, tmp_path: Path
) -> None:
    function = subprocess.Popen(
        [sys.executable, "-c", FROZEN, client, table], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    os.waitpid(function.pid, os.WUNTRACED)
    database.drop_all(is_reset=is_reset)

    function.send_signal(signal.SIGCONT)
    _, fault = function.communicate(timeout=20)

    assert (function.returncode, fault) == (0, "")
