"""Every cell of authorization.md is tested with an HTTP request and that caller's token."""

import pytest

from tests.deployed.cast import CASES, CELLS, ROWS, Cast

pytestmark = pytest.mark.deployed


def test_every_operation_has_a_row_and_every_row_has_a_case(routes: dict[str, object]) -> None:
    rows = [row[0] for row in ROWS]

    assert {row.partition(" ")[0] for row in rows} == set(routes)
    assert sorted(rows) == sorted(CASES)


@pytest.mark.parametrize(
    ("row", "caller", "expected"), CELLS, ids=[f"{row}, {caller}" for row, caller, _ in CELLS]
)
def test_every_caller_gets_the_response_of_the_table(
    row: str, caller: str, expected: str, cast: Cast, routes: dict[str, tuple[str, str]]
) -> None:
    answer = cast.perform(row, caller, routes)

    # A cell is `200`, `403 RoleRequired`, or only the status if API Gateway refuses the request.
    code = answer.json().get("code", "") if answer.is_error else ""
    assert f"{answer.status_code} {code}".strip() == expected
