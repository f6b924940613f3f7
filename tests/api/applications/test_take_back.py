"""An application that was stored while its casting may have closed, and is taken back."""

import os
from collections.abc import Iterator

import pytest

from artisthub.shared import dynamodb
from bench.load import proxy
from bench.load.proxy import PASS, Action, Call, Proxy, error
from tests import dynamodb_local
from tests.api import api, builders
from tests.api.applications.given import a_new_application

FAILED = Action(500, error("InternalServerError"))
WRITES = ("PutItem", "DeleteItem", "TransactWriteItems")


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """DynamoDB behind a proxy that can make calls fail."""
    monkeypatch.setattr(dynamodb, "_client", None)
    monkeypatch.setattr(dynamodb, "MOST_TRIES", 1)
    with proxy.running(os.environ[dynamodb_local.setting()]) as between:
        monkeypatch.setenv(dynamodb_local.setting(), between.url)
        yield between


@pytest.mark.parametrize("first_failure", [2, 3])
def test_an_application_and_the_record_of_its_key_are_taken_back_together(
    database: Proxy, first_failure: int
) -> None:
    """A retry with the same key gets the application, whichever write fails."""
    casting, artist = builders.a_casting(status="open"), builders.an_artist()
    path = f"/castings/{casting['castingId']}/applications"
    body, key = a_new_application(casting), {"idempotency_key": "one"}
    writes = 0

    def fail(call: Call) -> Action:
        nonlocal writes
        writes += call.operation in WRITES
        if call.operation in WRITES:
            return FAILED if writes >= first_failure else PASS
        # The casting cannot be read again, so nobody knows whether it is still open.
        return FAILED if writes and call.operation == "GetItem" else PASS

    database.rule = fail
    busy = api.post(path, body, as_=artist, **key)
    database.rule = proxy.passing
    again = api.post(path, body, as_=artist, **key)

    assert (busy.status, busy.headers["retry-after"]) == (503, "1")
    assert again.status == 201
    assert api.get(f"{path}/{again.json['applicationId']}", as_=artist).status == 200
