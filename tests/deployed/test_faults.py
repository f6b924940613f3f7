"""Faults between the functions and DynamoDB break no promise of the service (bench/load).

`make bench-load` injects all kinds of faults, for longer.
"""

import random
from pathlib import Path

import pytest

from bench.load import checker, faults, proxy, stage
from embedded import Instance
from tests.deployed.people import Person, Service, eventually, patience
from tests.deployed.target import Target

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("lets functions reach AWS through a proxy"),
]

CLIENTS, HITS, SEED = 3, 6, 1
KINDS = ("DynamoDB throttles", "connections reset after", "transaction conflicts")
# The others reach DynamoDB directly, so that they need not start again.
FUNCTIONS = ("applyToCasting", "createCasting", "castingChanges", "indexer")
SHARES = {"browse": 5, "read": 5, "apply": 50, "write": 40}


def test_faults_of_dynamodb_lose_and_double_nothing(
    target: Target, service: Service, instance: Instance, admin: Person, tmp_path: Path
) -> None:
    names = [f"{target.stack}-{name}" for name in FUNCTIONS]
    file = tmp_path / "history.jsonl"
    with (
        stage.run(target, service, file, seed=SEED, clients=CLIENTS, admin=admin) as run,
        proxy.running(instance.endpoint_url) as between,
        faults.connected(target, between, names),
    ):
        lab = faults.Lab(target, instance, between, random.Random(SEED))
        for client in run.crowd.clients:
            client.shares = SHARES
        with run.crowd.running():
            for kind in faults.KINDS:
                if kind.name.startswith(KINDS):
                    run.history.add("fault", kind.name, value=kind.allows)
                    between.hit = 0
                    with kind.inject(lab, run.history):
                        eventually(lambda: between.hit >= HITS, True)
                    run.history.add("healed", kind.name)
        broken = run.settle(seconds=patience())
        figures = checker.summary(run.history.records, broken)

    assert not broken, stage.report(broken)
    assert len(checker.faults(run.history.records)) == len(KINDS)
    assert figures.acknowledged > 0
