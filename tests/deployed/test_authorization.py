"""Who may do what: every cell of authorization.md is a call over HTTP, with that caller's token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deployed.cast import CASES, Call, Case, Cast, deleted, suspended
from tests.deployed.people import Person, Service

pytestmark = pytest.mark.deployed

TABLE = Path(__file__).with_name("authorization.md")
NOT_APPLICABLE = "-"


def _table() -> list[list[str]]:
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


HEAD, *ROWS = _table()
CELLS = [
    pytest.param(row[0], caller, expected, id=f"{row[0]}, {caller}")
    for row in ROWS
    for caller, expected in zip(HEAD[1:], row[1:], strict=True)
    if expected != NOT_APPLICABLE
]


@pytest.fixture(scope="module")
def cast(service: Service, new_admin: Callable[[], Person]) -> Cast:
    return Cast(service, new_admin)


@pytest.fixture(scope="module")
def routes(anonymous: Person) -> dict[str, tuple[str, str]]:
    """Method and path of each operation, as the contract says."""
    contract = anonymous.succeed("GET", "/openapi.json").json()
    return {
        operation["operationId"]: (method.upper(), path.removeprefix("/v1"))
        for path, operations in contract["paths"].items()
        for method, operation in operations.items()
    }


def test_every_operation_has_a_row_and_every_row_a_case(routes: dict[str, object]) -> None:
    rows = [row[0] for row in ROWS]

    assert {row.partition(" ")[0] for row in rows} == set(routes)
    assert sorted(rows) == sorted(CASES)


@pytest.mark.parametrize(("row", "caller", "expected"), CELLS)
def test_a_caller_may_do_what_the_table_says(
    row: str, caller: str, expected: str, cast: Cast, routes: dict[str, tuple[str, str]]
) -> None:
    method, path = routes[row.partition(" ")[0]]
    person, owner = _people(cast, caller, CASES[row])
    call = CASES[row].make(cast, owner)

    with _state(cast, caller, owner):
        found = _answer(person, method, path, call)

    assert found == expected


def _people(cast: Cast, caller: str, case: Case) -> tuple[Person, Person]:
    """Who calls, and whose the thing is: the caller's own where the case names no owner."""

    def one(name: str) -> Person:
        made: Person = getattr(cast, f"new_{name}")() if case.is_spent else getattr(cast, name)
        return made

    if caller in ("owner", "suspended", "deleted"):
        owner = one(case.owner or "artist")
        return owner, owner
    if caller == "anonymous":
        return Person(cast.service), one(case.owner or "artist")
    person = one(caller.replace(" ", "_"))
    return person, getattr(cast, case.owner) if case.owner else person


@contextmanager
def _state(cast: Cast, caller: str, owner: Person) -> Iterator[None]:
    if caller == "suspended":
        with suspended(owner, by=cast.admin):
            yield
    elif caller == "deleted":
        with deleted(owner):
            yield
    else:
        yield


def _answer(person: Person, method: str, path: str, call: Call) -> str:
    """`200`, `403 RoleRequired`, or the status alone where API Gateway refuses."""
    answer = person.call(method, path.format_map(call.path) + call.query, call.body, **call.headers)
    code = answer.json().get("code", "") if answer.is_error else ""
    return f"{answer.status_code} {code}".strip()
