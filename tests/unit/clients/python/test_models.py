"""The Python client has every operation of the contract, and reads its examples."""

import inspect
import re
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_type_hints

import pytest

from artisthub_client import Session, models
from artisthub_client.operations import Operations
from artisthub_client.wire import UNSET, decode, encode
from tests.api.contract import CONTRACT
from tests.unit.clients.python.service import signed_in

OPERATIONS = {
    operation["operationId"]: operation
    for methods in CONTRACT["paths"].values()
    for operation in methods.values()
}


def method_of(operation_id: str) -> Any:
    return getattr(Operations, re.sub("([A-Z])", r"_\1", operation_id).lower())


def examples_of(content: Any) -> list[Any]:
    named = content.get("application/json", {}).get("examples", {})
    shared = CONTRACT["components"]["examples"]
    return [shared[each["$ref"].rpartition("/")[2]]["value"] for each in named.values()]


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_an_operation_is_a_method_that_reads_the_answers_of_the_contract(operation_id: str) -> None:
    returns = get_type_hints(method_of(operation_id))["return"]

    for status, answer in OPERATIONS[operation_id]["responses"].items():
        for example in examples_of(answer.get("content", {})) if status < "300" else []:
            read = decode(returns, example)
            assert without_nulls(encode(read)) == without_nulls(example)


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_a_method_takes_every_parameter_and_field_of_its_operation(operation_id: str) -> None:
    taken = set(inspect.signature(method_of(operation_id)).parameters)

    for parameter in OPERATIONS[operation_id]["parameters"]:
        shared = parameter.get("$ref", "").rpartition("/")[2]
        name = CONTRACT["components"]["parameters"][shared]["name"] if shared else parameter["name"]
        if name != "If-None-Match":
            assert re.sub("([A-Z])", r"_\1", name.replace("-", "")).lower().lstrip("_") in taken
    for example in examples_of(OPERATIONS[operation_id].get("requestBody", {}).get("content", {})):
        fields = {re.sub("([A-Z])", r"_\1", name).lower() for name in example}
        assert "body" in taken or fields <= {name.rstrip("_") for name in taken}


def test_fields_and_values_of_a_newer_service_do_no_harm() -> None:
    read = decode(models.Health, {"status": "sleepy", "stage": "dev", "service": "s", "mood": 1})

    assert read == models.Health(status="sleepy", stage="dev", service="s")  # type: ignore[arg-type]


def test_a_missing_field_of_an_older_service_is_none() -> None:
    assert decode(models.Health, {"status": "ok"}).stage is None


@pytest.mark.parametrize(
    "example", examples_of(OPERATIONS["getUser"]["responses"]["200"]["content"])
)
def test_a_profile_is_read_as_what_the_caller_sees_of_it(example: dict[str, Any]) -> None:
    read = decode(get_type_hints(Operations.get_user)["return"], example)

    assert is_dataclass(read)
    assert isinstance(read, models.OwnProfile) == ("email" in example)
    assert isinstance(read, models.LimitedProfile) == ("bio" not in example)


def test_optional_fields_are_sent_only_if_they_are_given() -> None:
    assert encode(models.RoleFields(title="Anna")) == {"title": "Anna"}


def test_an_update_sends_null_but_nothing_that_is_unset() -> None:
    assert encode({"city": None, "bio": UNSET}) == {"city": None}


def test_times_are_sent_in_utc() -> None:
    at = datetime(2030, 7, 1, 5, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert encode([at, date(2030, 7, 1)]) == ["2030-07-01T00:00:00.000Z", "2030-07-01"]


def test_times_are_read_with_their_zone() -> None:
    assert decode(datetime, "2030-07-01T00:00:00.000Z") == datetime(2030, 7, 1, tzinfo=UTC)


def test_a_session_can_be_kept_as_text() -> None:
    session = signed_in()

    assert Session.from_json(session.to_json()) == session


def test_a_session_shows_no_secret() -> None:
    shown = repr(signed_in(access_token="token-1", refresh_token="token-2", id_token="token-3"))

    assert "maya" in shown
    assert "token-" not in shown
    assert "secret" not in shown
