"""The acceptance run works without the emulator, and estimates its cost."""

import ast
import re
from pathlib import Path

import pytest

from bench import cost
from tests.acceptance import estimate
from tests.acceptance.meter import OPERATIONS, operation_of

TESTS = Path(__file__).parents[1]
# Only this module knows how the embedded AWS differs; it tells the acceptance run the addresses.
ADAPTER = TESTS / "deployed/on_embedded.py"
# The SRP client calls only the API.
OURS = {"embedded.client"}
ONLY_ON_THE_EMULATOR = re.compile(
    r"\b123456\b|\b654321\b|_ministack|ROOT_KEY|_aws/execute-api|cognito-pool-keys"
)


def imports_of(tree: ast.Module) -> set[str]:
    """The modules that are imported at run time."""
    ignored = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in ignored:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return found


def is_embedded_only(text: str) -> bool:
    """Whether all tests of a file are marked `embedded_only`."""
    return bool(re.search(r"^pytestmark = \[[^\]]*embedded_only", text, re.MULTILINE))


def file_of(module: str) -> Path | None:
    path = TESTS.parent / module.replace(".", "/")
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.exists()), None)


def files_of_the_run() -> set[Path]:
    """The tests, their starter, and the modules of `tests/` that they import."""
    first = {*TESTS.glob("deployed/*.py"), *TESTS.glob("acceptance/*.py")}
    waiting = {file for file in first if not is_embedded_only(file.read_text())} - {ADAPTER}
    found: set[Path] = set()
    while waiting:
        file = waiting.pop()
        found.add(file)
        modules = {each for each in imports_of(ast.parse(file.read_text()))}
        files = {file_of(each) for each in modules if each.split(".")[0] == "tests"} - {None}
        waiting |= {each for each in files if each} - found - {ADAPTER}
    return found


RUN = sorted(files_of_the_run())


@pytest.mark.parametrize("file", RUN, ids=[str(file.relative_to(TESTS)) for file in RUN])
def test_a_file_that_runs_on_aws_does_not_use_the_emulator(file: Path) -> None:
    text = file.read_text()
    imported = {each for each in imports_of(ast.parse(text)) if each.split(".")[0] == "embedded"}

    assert not ONLY_ON_THE_EMULATOR.search(text)
    assert all(any(f"{each}.".startswith(f"{one}.") for one in OURS) for each in imported)


def test_the_emulator_pattern_matches_the_adapter() -> None:
    assert ONLY_ON_THE_EMULATOR.search(ADAPTER.read_text())
    assert TESTS / "deployed/test_castings.py" in RUN
    assert TESTS / "deployed/test_backup.py" not in RUN


def test_a_call_is_attributed_to_its_operation() -> None:
    assert operation_of("GET", "/v1/castings/c-1") == "getCasting"
    assert operation_of("PUT", "/v1/castings/c-1/status") == "setCastingStatus"
    assert operation_of("GET", "/v1/nowhere") == "other"


def test_an_estimate_is_the_sum_of_the_costs_of_its_calls() -> None:
    casting = cost.with_what_follows("createCasting", estimate.TAKEN).total

    assert estimate.of_calls({"createCasting": 3}) == pytest.approx(3 * casting)
    assert estimate.of_calls({"createCasting": 1, "unmeasured": 1}) == pytest.approx(2 * casting)


def test_an_operation_newer_than_the_record_is_estimated_by_the_others() -> None:
    counts = estimate.calls_of_a_run({"getMe": 10, "getUser": 20, "getCasting": 60})

    assert counts.keys() == set(OPERATIONS)
    assert (counts["getMe"], counts["createCasting"]) == (10, 20)
