"""Set-up of all tests: no access to a real AWS account, and one worker for each folder."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# The slowest first, so that no worker waits for them at the end.
LEVELS = ["long", "deployed", "api", "infra", "generators", "embedded", "unit"]
DOCS = Path(__file__).parent.parent / "docs"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stage", default="dev", help="the stage that tests/deployed deploys")
    parser.addoption(
        "--dynamodb-local", action="store_true", help="run tests/api on Amazon's DynamoDB Local"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    items.sort(key=lambda item: LEVELS.index(item.path.relative_to(here).parts[0]))
    for item in items:
        if isinstance(item, pytest.Function) and "all_at_once" in item.function.__code__.co_names:
            item.add_marker(pytest.mark.race)
        for name in ("aws_fact", "weakness"):
            # xdist sends properties to the process that prints the summary, but not markers.
            item.user_properties += [(name, mark.args[0]) for mark in item.iter_markers(name)]


def pytest_collection_finish() -> None:
    """Spare the garbage collector what all tests share, which is most of the memory."""
    gc.freeze()


def aws_facts() -> dict[int, list[str]]:
    """The facts of docs/aws.md by number, each with its source and proof."""
    return _numbered_rows("aws.md")


def weaknesses() -> dict[int, list[str]]:
    """The weaknesses of docs/security.md by number: risk, what was wrong, what holds now."""
    return _numbered_rows("security.md")


def _numbered_rows(page: str) -> dict[int, list[str]]:
    rows = [line.strip("| ").split(" | ") for line in (DOCS / page).read_text().splitlines()]
    return {int(number): cells for number, *cells in rows if number.isdecimal()}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Name the fact in the report of a failed test with the marker `aws_fact`."""
    report = yield
    if report.failed:
        for marker in item.iter_markers("aws_fact"):
            number = marker.args[0]
            report.sections.append((f"AWS fact {number}", aws_facts()[number][0]))
    return report


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Run the tests of a folder in one worker, because they share a deployment."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0].rpartition("/")[0]


def pytest_xdist_auto_num_workers() -> int:
    """More workers than CPUs, because a worker often waits for its embedded AWS."""
    return (os.cpu_count() or 2) * 3 // 2


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    return ByFolder(config, log)


def is_quiet(config: pytest.Config) -> bool:
    """Whether to print only failures, as with the option -qq of `make check`."""
    return config.get_verbosity() <= -2


def pytest_report_teststatus(
    report: pytest.TestReport, config: pytest.Config
) -> tuple[str, str, str] | None:
    return ("passed", "", "") if report.passed and is_quiet(config) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables that tests prove row by row, and the counts of some kinds of tests."""
    if is_quiet(terminalreporter.config):
        return
    passed = terminalreporter.getreports("passed")
    calls = [report for report in passed if getattr(report, "when", "") == "call"]
    cells = [report for report in calls if "operations/test_authorization.py" in report.nodeid]
    lines = [report for report in calls if "test_requirements.py::" in report.nodeid]
    for title, proved, table in (
        ("Who may do what", cells, "tests/deployed/authorization.md"),
        ("Requirements", lines, "docs/requirements.md"),
    ):
        if proved:
            text = (Path(__file__).parents[1] / table).read_text()
            terminalreporter.section(title)
            terminalreporter.line("| " + text.partition("\n| ")[2].strip())
    _print_risks(terminalreporter)
    for kind, title in (
        ("costliest", "Inputs that cost each operation most CPU before its rules run"),
        ("read units", "Pages that cost each operation most read units"),
        ("tool", "Tools that read the contract, with their warnings and errors"),
    ):
        told = [value for call in calls for name, value in call.user_properties if name == kind]
        if told:
            terminalreporter.section(title)
        for line in told:
            terminalreporter.line(str(line))
    tests_of = _marked(calls, "aws_fact")
    if tests_of:
        terminalreporter.section("Facts about AWS that the embedded AWS does not show by itself")
        of_all = terminalreporter.config.args_source is pytest.Config.ArgsSource.TESTPATHS
        for number, (fact, _, where) in aws_facts().items():
            if not (of_all or number in tests_of):
                continue
            terminalreporter.line(f"{number:2} {fact}")
            terminalreporter.line(f"   {where}")
            for test in sorted({nodeid.partition("[")[0] for nodeid in tests_of.get(number, [])}):
                terminalreporter.line(f"   passed: {test}")
    for kind, found in {
        "cells of the authorization table proved": cells,
        "requirements have an existing test": lines,
        "races run": [report for report in calls if "race" in report.keywords],
        "properties held": [report for report in calls if "hypothesis" in report.keywords],
    }.items():
        if found:
            terminalreporter.line(f"{len(found)} {kind}")


def _marked(reports: list[pytest.TestReport], name: str) -> dict[int, list[str]]:
    """The node ids of the tests by the number in their marker."""
    found: dict[int, list[str]] = {}
    for report in reports:
        for marker, number in report.user_properties:
            if marker == name and isinstance(number, int):
                found.setdefault(number, []).append(report.nodeid)
    return found


def _print_risks(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the weaknesses by OWASP risk: their tests, the inputs tried, and those that held."""
    calls = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if getattr(report, "when", "") == "call"
    ]
    tried = _marked(calls, "weakness")
    held = _marked([report for report in calls if report.passed], "weakness")
    if not tried:
        return
    terminalreporter.section("Weaknesses that were found, by risk of the OWASP API Top 10")
    terminalreporter.line("| risk | # | weakness | tests | inputs tried | held |")
    terminalreporter.line("|---|---|---|---|---|---|")
    of_all = terminalreporter.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    for number, (risk, weakness, _) in sorted(weaknesses().items(), key=lambda row: row[1][0]):
        inputs = tried.get(number, [])
        if not (of_all or inputs):
            continue
        tests = len({nodeid.partition("[")[0] for nodeid in inputs})
        counts = f"{tests} | {len(inputs)} | {len(held.get(number, []))}"
        terminalreporter.line(f"| {risk} | {number} | {weakness} | {counts} |")


@pytest.fixture(scope="session", autouse=True)
def _no_account_of_the_user(pytestconfig: pytest.Config) -> Iterator[None]:
    if pytestconfig.pluginmanager.has_plugin("acceptance"):
        yield  # the user chose this account
        return
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            environment.delenv(name)
        environment.setenv("AWS_CONFIG_FILE", os.devnull)
        environment.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield
