"""A mixed workload keeps every promise of the service (bench/load)."""

from pathlib import Path

import pytest

from bench.load import checker, stage
from tests.deployed.people import Service, eventually, patience
from tests.deployed.target import Target

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("reads all tables, which costs much on a real stage"),
]

CLIENTS, REQUESTS, SEED = 3, 250, 1


def test_a_mixed_load_loses_and_doubles_nothing(
    target: Target, service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "history.jsonl"
    with stage.run(target, service, file, seed=SEED, clients=CLIENTS, admin=None) as run:
        with run.crowd.running():
            eventually(lambda: run.crowd.counted >= REQUESTS, True)
        broken = run.settle(seconds=patience())
        figures = checker.summary(run.history.records, broken)

    assert not broken, stage.report(broken)
    assert figures.acknowledged >= REQUESTS / 20
    assert figures.outside_faults == 0
