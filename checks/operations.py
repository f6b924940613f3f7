"""Report missing parts of operations, and where to add them.

python -m checks.operations
"""

import difflib
import sys
from collections.abc import Iterator
from importlib import import_module

import yaml

from checks import ROOT
from contract import Incomplete, openapi
from contract.__main__ import GENERATED
from tests.deployed import cast

TABLE = "tests/deployed/authorization.md"
PUBLIC = "infra/public-routes.yml"


def faults() -> list[str]:
    """The faults of all operations, or only the first if it hides the others."""
    try:
        routes = list(openapi.every_route())
        generated = list(without_update())
    except Incomplete as incomplete:
        return [str(incomplete)]
    names = {route.spec.name for route in openapi.routes()}
    return [
        *without_route(routes),
        *without_reason(routes),
        *without_row(names),
        # Some calls are derived from the contract, so it must be up to date.
        *(generated or without_call(names)),
    ]


def without_update() -> Iterator[str]:
    """Generated files that are out of date."""
    for each in GENERATED:
        name = each.FILE.relative_to(ROOT)
        written, wanted = (
            text.splitlines(keepends=True) for text in (each.FILE.read_text(), each.text())
        )
        if written != wanted:
            changes = difflib.unified_diff(written, wanted, f"{name} (is)", f"{name} (should be)")
            yield f"{name} is out of date: run `make fix`\n{''.join(changes)}"


def without_route(routes: list[openapi.Route]) -> Iterator[str]:
    """Operations without a function in infra/functions."""
    served = {route.spec.name for route in routes}
    for file in sorted((ROOT / "src/artisthub").glob("*/handlers.py")):
        feature = file.parent.name
        for each in vars(import_module(f"artisthub.{feature}.handlers")).values():
            if hasattr(each, "operation") and each.operation.name not in served:
                yield (
                    f"{each.operation.name} has no route: "
                    f"add its function to infra/functions/{feature}.yml"
                )


def without_reason(routes: list[openapi.Route]) -> Iterator[str]:
    """Public routes without a reason, and listed routes that are not public."""
    listed = yaml.safe_load((ROOT / PUBLIC).read_text())
    public = {route.key: route.spec.name for route in routes if not route.needs_token}
    for key in public.keys() - listed.keys():
        yield f"{public[key]} is public without a reason: add `{key}: REASON` to {PUBLIC}"
    for key in listed.keys() - public.keys():
        yield f"{PUBLIC} lists {key}, which is not a public route: remove the line"


def without_row(names: set[str]) -> Iterator[str]:
    """Operations without a row, rows without an operation, and rows with a gap."""
    rows = {row[0].partition(" ")[0] for row in cast.ROWS}
    for name in sorted(names - rows):
        yield f"{name} has no row in {TABLE}: add one with the answer for each kind of caller"
    for name in sorted(rows - names):
        yield f"{TABLE} has a row for {name}, which is not an operation: remove the row"
    for row in cast.ROWS:
        if len(row) != len(cast.HEAD):
            yield f"the row {row[0]} of {TABLE} has {len(row)} cells: write {len(cast.HEAD)}"
        elif not all(row):
            yield f"the row {row[0]} of {TABLE} has an empty cell: write an answer, or -"


def without_call(names: set[str]) -> Iterator[str]:
    """Rows without a call, and calls without a row."""
    for row, *_ in cast.ROWS:
        if row.partition(" ")[0] in names and row not in cast.CASES:
            yield (
                f"{row} has no call that succeeds for its owner: "
                f'add @case("{row}") to tests/deployed/cast.py'
            )
    for row in cast.CASES.keys() - {row[0] for row in cast.ROWS}:
        yield f'tests/deployed/cast.py has @case("{row}"), which is not a row of {TABLE}: remove it'


def main() -> int:
    """Print the faults and return the exit status."""
    found = faults()
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
