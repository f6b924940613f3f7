"""`make check` says in plain words what an operation lacks and where to add it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from artisthub.castings.models import CastingFields
from artisthub.meta import handlers
from artisthub.meta.handlers import Health
from artisthub.users.models import NewUser
from checks import operations
from contract import Incomplete, examples, openapi
from tests.deployed import cast

ROUTES = list(openapi.every_route())
NAMES = {route.spec.name for route in openapi.routes()}


def routes_without(name: str) -> Iterator[openapi.Route]:
    return (route for route in ROUTES if route.spec.name != name)


def function(handler: str, *methods: str, token: bool = False) -> dict[str, Any]:
    """An entry of infra/functions."""
    authorizer = {"authorizer": {"name": "cognito"}} if token else {}
    events = [{"httpApi": {"method": method, "path": "/v1/x"} | authorizer} for method in methods]
    return {"handler": f"artisthub/{handler}", "events": events}


def test_complete_operations_have_no_faults() -> None:
    assert operations.faults() == []


@pytest.mark.parametrize(
    ("listed", "key", "fault"),
    [
        (
            examples.ANSWERS,
            Health,
            "Health has no example: add one to ANSWERS in contract/examples.py",
        ),
        (
            examples.BODIES,
            NewUser,
            "NewUser has no example: add one to BODIES in contract/examples.py",
        ),
        (
            examples.PATCHES,
            CastingFields,
            "CastingFields has no example: add one to PATCHES in contract/examples.py",
        ),
        (
            examples.PARAMETERS,
            "castingId",
            "the parameter castingId has no example: add one to PARAMETERS in contract/examples.py",
        ),
    ],
)
def test_a_missing_example_is_named(
    listed: dict[Any, Any], key: Any, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(listed, key)

    assert operations.faults() == [fault]


def test_a_missing_docstring_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.health, "__doc__", None)

    assert operations.faults() == ["health has no docstring: add one for the API reference"]


def test_a_stale_contract_is_shown_with_its_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openapi, "DESCRIPTION", "Something new.")

    [fault] = operations.faults()

    assert fault.startswith("src/artisthub/meta/openapi.json is out of date: run `make fix`\n")
    assert '+    "description": "Something new."' in fault


def test_a_missing_route_is_named() -> None:
    assert [*operations.without_route([*routes_without("getMe")])] == [
        "getMe has no route: add its function to infra/functions/users.yml"
    ]


def test_a_public_route_needs_a_reason() -> None:
    [health] = openapi._routes_of("health", function("meta/handlers.health", "GET"))

    assert [*operations.without_reason([*ROUTES, health])] == [
        "health is public without a reason: add `GET /v1/x: REASON` to infra/public-routes.yml"
    ]
    assert [*operations.without_reason([*routes_without("unsubscribePage")])] == [
        "infra/public-routes.yml lists GET /v1/unsubscribe, which is not a public route: "
        "remove the line"
    ]


def test_a_missing_row_of_the_authorization_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast, "ROWS", [row for row in cast.ROWS if row[0] != "getMe"])

    assert [*operations.without_row(NAMES)] == [
        "getMe has no row in tests/deployed/authorization.md: "
        "add one with the answer for each kind of caller"
    ]


def test_a_row_with_too_few_cells_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    short = [row[:-1] if row[0] == "getMe" else row for row in cast.ROWS]
    monkeypatch.setattr(cast, "ROWS", short)

    assert [*operations.without_row(NAMES)] == [
        "the row getMe of tests/deployed/authorization.md has 9 cells: write 10"
    ]


def test_a_row_with_an_empty_cell_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    gap = [[*row[:-1], ""] if row[0] == "getMe" else row for row in cast.ROWS]
    monkeypatch.setattr(cast, "ROWS", gap)

    assert [*operations.without_row(NAMES)] == [
        "the row getMe of tests/deployed/authorization.md has an empty cell: write an answer, or -"
    ]


def test_a_module_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise NameError("name 'Ping' is not defined")

    monkeypatch.setattr(openapi, "import_module", fail)

    assert operations.faults() == [
        "src/artisthub/accounts/handlers.py cannot be imported: name 'Ping' is not defined"
    ]


def test_a_row_that_nothing_calls_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(cast.CASES, "forgetDevice")

    assert [*operations.without_call(NAMES)] == [
        "forgetDevice has no call that succeeds for its owner: "
        'add @case("forgetDevice") to tests/deployed/cast.py'
    ]


@pytest.mark.parametrize(
    ("name", "entry", "fault"),
    [
        (
            "ping",
            function("meta/handlers.ping", "GET"),
            "ping is handled by artisthub/meta/handlers.ping in infra/functions: "
            "add ping to src/artisthub/meta/handlers.py",
        ),
        (
            "ping",
            function("pings/handlers.ping", "GET"),
            "ping is handled by artisthub/pings/handlers.ping in infra/functions: "
            "there is no src/artisthub/pings/handlers.py",
        ),
        (
            "ping",
            function("meta/handlers.health", "GET"),
            "the function ping in infra/functions is handled by health: give both the same name",
        ),
        (
            "etag",
            function("meta/handlers._page", "GET"),
            "the handler of etag is not an operation: add @endpoint to it",
        ),
        (
            "getMe",
            function("users/handlers.get_me", "GET"),
            "getMe has no authorizer in infra/functions: add `authorizer: { name: cognito }` "
            "to its route, or public=True to its handler",
        ),
        (
            "health",
            function("meta/handlers.health", "GET", token=True),
            "health is public in its handler and has an authorizer in infra/functions: "
            "remove public=True or the authorizer",
        ),
    ],
)
def test_a_function_and_its_operation_agree(name: str, entry: dict[str, Any], fault: str) -> None:
    with pytest.raises(Incomplete, match=f"^{re.escape(fault)}$"):
        openapi._routes_of(name, entry)
