"""Prove that every function has exactly the permissions that it needs; exit 1 otherwise.

    python -m tests.permissions
    python -m tests.permissions signIn castingChanges    checks only these functions

The command deploys the stage prod and runs the deployed tests, which shows that the roles allow
enough. Then it removes one permission at a time and runs the tests that used it until one fails.
That test must pass again with the permission. If no test fails, the permission is superfluous or
lacks a test.
"""

import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from typing import Any, NamedTuple

import pytest

from embedded import Instance
from embedded.up import progress_lines
from tests.api import templates
from tests.permissions.policies import Document, Permission, reductions
from tests.permissions.stage import Function, Stage

ARGUMENTS = ["tests/deployed", "--stage=prod", "--capture=no", "-qq", "--no-header", "--no-summary"]
# The embedded AWS itself writes the logs, reads the streams and sends the dead letters.
# tests/infra/test_permissions.py checks these permissions of every role.
NOT_ENFORCED = [
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:DescribeStream",
    "dynamodb:ListStreams",
    "sqs:SendMessage",
]

# Consumers run during nearly every test. These tests check their results.
WITNESSES = {
    "counter": ("test_a_view_is_counted",),
    "flagger": ("test_reports.py",),
    "indexer": ("test_search.py", "test_reports.py", "test_a_removal_by_ttl"),
    "janitor": ("test_janitor.py", "test_pictures.py"),
    "notifier": ("test_notifications.py", "test_reports.py"),
}

ANY = "every function"
# Used only in a state that no call brings about surely, or with an effect that heals at once.
# tests/api has a test of each. A key is the function, the action and a part of the resource.
_NO_CARD = "a card is not made yet after a change"
RARE = {
    (ANY, "dynamodb:BatchGetItem", "CastingTable"): _NO_CARD,
    (ANY, "dynamodb:BatchGetItem", "UsersTable"): _NO_CARD,
    ("applyToCasting", "dynamodb:DeleteItem", "Table"): "the role closed while the artist applied",
    ("decideCase", "dynamodb:Query", "Index"): "the count of the open castings was lost",
    ("takedown", "dynamodb:Query", "Index"): "the count of the open castings was lost",
    ("janitor", "dynamodb:DeleteItem", "Cards"): "a picture was removed; a retry has nothing to do",
    ("reconcile", "dynamodb:GetItem", "Closed"): "a suspended account is still listed",
    ("setPicture", "s3:DeleteObject", "uploads"): "another change of the profile came first",
}
# Tests whose result never comes fail sooner than in the first run.
PATIENCE_SECONDS = 20

ONLY = set(sys.argv[1:])

# The next item for pytest: a test, or the session.
Following = pytest.Item | pytest.Session


class Run(NamedTuple):
    """A test run with every role as deployed. Times are in ms since 1970, as in logs."""

    test: pytest.Item
    began: int
    ended: int
    passed: bool


class Trial(NamedTuple):
    """One permission to remove. `users` are the tests that used it, the fastest first."""

    function: Function
    permission: Permission
    reduced: Document
    users: list[pytest.Item]


class Proof:
    """A pytest plugin that runs the tests in its own order on one deployment."""

    def __init__(self) -> None:
        self.progress = progress_lines()
        self.failures: list[str] = []
        # Tests that failed without one of the function's permissions. They are tried first.
        self.witnesses: dict[str, list[pytest.Item]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self) -> Generator[None, object, object]:
        value = yield
        if isinstance(value, Instance):
            self.instance = value
            (value.state / "allowed.jsonl").touch()
        return value

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # Other tests make their own deployment.
        items[:] = [item for item in items if "target" in getattr(item, "fixturenames", ())]

    def pytest_report_teststatus(self) -> tuple[str, str, str]:
        return "", "", ""  # nothing for pytest itself to print

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failures.append(f"\n{report.nodeid}\n{report.longreprtext}")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.progress(f"Running {len(session.items)} tests with every role as deployed")
        following: list[Following] = [*session.items[1:], session]
        runs = [self._timed(*pair) for pair in zip(session.items, following, strict=True)]
        print(*self.failures, sep="\n", flush=True)
        # A busy machine can be too slow for a test, and a second start would cost half an hour.
        good = [run for run in runs if run.passed or self._passes(run.test)]
        stage = Stage(self.instance)
        trials = _trials(stage, sorted(good, key=lambda run: run.ended - run.began))
        self.progress(
            f"{len(good)} pass. Not tried, because not enforced here: {', '.join(NOT_ENFORCED)}"
        )
        for (function, action, part), why in RARE.items():
            self.progress(f"Not tried: {function}  {action}  {part}, used if {why}")
        self.progress(f"Removing {len(trials)} permissions, one at a time")
        os.environ["PATIENCE_SECONDS"] = str(PATIENCE_SECONDS)
        unneeded = [trial for trial in trials if not self._is_needed(trial, stage)]
        self.progress(f"{len(trials) - len(unneeded)} of {len(trials)} are needed")
        session.testsfailed = len(unneeded) + len(runs) - len(good)
        return True

    def _timed(self, test: pytest.Item, following: Following) -> Run:
        began, failures = time.time(), len(self.failures)
        self._run(test, following)
        passed = len(self.failures) == failures
        return Run(test, int(began * 1000), int(time.time() * 1000), passed)

    def _run(self, test: pytest.Item, following: Following) -> None:
        """Run the test, and end the fixtures that `following` does not need."""
        test.ihook.pytest_runtest_protocol(item=test, nextitem=following)

    def _passes(self, test: pytest.Item, *, is_fresh: bool = False) -> bool:
        """Run the test with the accounts of earlier tests of its module, or with fresh ones."""
        self.failures.clear()
        end_fixtures(test.session, test.session if is_fresh else test)
        self._run(test, _sibling(test))
        return not self.failures

    def _is_needed(self, trial: Trial, stage: Stage) -> bool:
        verdict = self._witness(trial, stage) or self._witness(trial, stage, is_fresh=True)
        action, arn = trial.permission
        told = f"{trial.function.name}  {action}  {arn.rpartition(':')[2]}  → "
        told += verdict or f"NOT NEEDED by any of the {len(trial.users)} tests that use it"
        self.progress(told.replace(f"{stage.stack}-", ""))
        return bool(verdict)

    def _witness(self, trial: Trial, stage: Stage, *, is_fresh: bool = False) -> str | None:
        """The first test that fails without the permission and passes with it."""
        known = self.witnesses.setdefault(trial.function.name, [])
        users = iter(sorted(trial.users, key=lambda test: test not in known))
        while True:
            with stage.allowing(trial.reduced, trial.function):
                failing = next(
                    (test for test in users if not self._passes(test, is_fresh=is_fresh)), None
                )
            if failing is None:
                return None
            if self._passes(failing, is_fresh=is_fresh):
                known.append(failing)
                return failing.nodeid
            # A failed test can leave accounts that no other test can use.
            end_fixtures(failing.session, failing.session)
            print(f"{failing.nodeid} also fails with it:", *self.failures, flush=True)


def end_fixtures(session: pytest.Session, following: Any) -> None:
    """End the fixtures that `following`, a test or the session, does not need."""
    session._setupstate.teardown_exact(following)


def _sibling(test: pytest.Item) -> Following:
    """Another test of the module, or the session."""
    others = (each for each in test.session.items if each.parent is test.parent)
    return next((each for each in others if each is not test), test.session)


def _trials(stage: Stage, runs: list[Run]) -> list[Trial]:
    trials: list[Trial] = []
    for function in stage.functions():
        name = function.name.rpartition("-")[2]
        if ONLY and name not in ONLY:
            continue
        witnesses = WITNESSES.get(name, ("",))
        seen = [run for run in runs if any(each in run.test.nodeid for each in witnesses)]
        trials += [
            Trial(function, permission, reduced, _users(stage.uses(function, permission), seen))
            for permission, reduced in reductions(function.document)
            if permission.action not in NOT_ENFORCED and not _is_senders_address(permission)
            if not _is_rare(name, permission)
        ]
    return trials


def _is_rare(function: str, permission: Permission) -> bool:
    return any(
        name in (ANY, function) and action == permission.action and part in permission.resource
        for name, action, part in RARE
    )


def _is_senders_address(permission: Permission) -> bool:
    """SES checks the identity of an address only if it is verified beside its domain."""
    return permission.action == "ses:SendEmail" and "@" in permission.resource


def _users(moments: list[int], runs: list[Run]) -> list[pytest.Item]:
    """The tests that ran at one of these moments: one of each kind, then another of each."""
    found = [run.test for run in runs if any(run.began <= at <= run.ended for at in moments)]
    seen: Counter[str] = Counter()
    turns: dict[pytest.Item, int] = {}
    for test in found:
        kind = test.nodeid.partition("[")[0]
        turns[test] = seen[kind]
        seen[kind] += 1
    return sorted(found, key=turns.__getitem__)


if unknown := ONLY - templates.functions().keys():
    sys.exit(f"error: infra/functions has no {', '.join(sorted(unknown))}")
# SIGTERM ends the tests like Ctrl-C, so they stop the embedded AWS.
signal.signal(signal.SIGTERM, signal.default_int_handler)
with tempfile.TemporaryDirectory(prefix="artisthub-permissions-") as folder:
    status = pytest.main([*ARGUMENTS, f"--basetemp={folder}"], plugins=[Proof()])
sys.exit(status)
