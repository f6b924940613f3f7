"""A run's results by area, with the reasons for skipped tests."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.deployed.target import Target

OUTCOMES = ("passed", "failed", "skipped")


class Acceptance:
    """A pytest plugin. The fixtures of tests/deployed find it by its name."""

    __name__ = "acceptance"

    def __init__(self, target: Target) -> None:
        self.target = target
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self.reasons: Counter[str] = Counter()
        self.failures: list[str] = []

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Deselect tests that cannot run on AWS."""
        left_out = [item for item in items if item.get_closest_marker("embedded_only")]
        for item in left_out:
            [marker] = item.iter_markers("embedded_only")
            self._skip(_area(item.nodeid), f"not on a deployed stage: {marker.args[0]}")
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        area = _area(report.nodeid)
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            self._skip(area, reason.removeprefix("Skipped: "))
        elif report.failed:
            self.outcomes[area]["failed"] += 1
            self.failures.append(report.nodeid)
        elif report.when == "call":
            self.outcomes[area]["passed"] += 1

    def _skip(self, area: str, reason: str) -> None:
        self.outcomes[area]["skipped"] += 1
        self.reasons[reason] += 1

    def table(self) -> str:
        totals: Counter[str] = sum(self.outcomes.values(), Counter())
        rows = [*sorted(self.outcomes.items()), ("total", totals)]
        lines = [
            f"  {area:24}" + "".join(f"{counts[outcome]:9,}" for outcome in OUTCOMES)
            for area, counts in rows
        ]
        head = f"  {'Area':24}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES)
        reasons = [f"  {count:5,}  {reason}" for reason, count in sorted(self.reasons.items())]
        why = ["", "Reasons for skipped tests", *reasons] if reasons else []
        failed = ["", "Failed", *(f"  {nodeid}" for nodeid in self.failures)]
        return "\n".join([head, *lines, *why, *(failed if self.failures else [])])


def _area(nodeid: str) -> str:
    return Path(nodeid.partition("::")[0]).stem.removeprefix("test_").replace("_", " ")
