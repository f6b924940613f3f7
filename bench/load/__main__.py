"""Measure the service under load and with faults, check its promises, and update docs/faults.md.

Exits with 1 if a promise is broken.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import msgspec

from bench.load import checker, faults, proxy, stage
from bench.load.checker import Violation
from bench.load.history import Record
from bench.load.stage import Run
from bench.load.workload import GROUPS
from contract import load as page
from embedded import Instance, deploy
from embedded.instance import ROOT
from tests.deployed import on_embedded
from tests.deployed.people import Person, Service
from tests.deployed.target import Target

STEPS = (2, 4, 8, 16)  # clients
SETTLE_SECONDS = 180
WARM_UP_SECONDS = 10  # starts the functions
# With faults, more of the requests are writes.
SHARES = {"browse": 25, "read": 20, "apply": 25, "write": 30}
# With faults, more of the reads need Cognito and S3.
READS = {"related": 5, "files": 5, "me": 1, "mine": 1, "told": 1, "application": 1, "applicants": 1}
FAULT_CLIENTS, BEFORE_SECONDS, AFTER_SECONDS = 4, 2, 3


def main(arguments: argparse.Namespace) -> int:
    folder = Path(arguments.histories or tempfile.mkdtemp(prefix="artisthub-load-"))
    folder.mkdir(parents=True, exist_ok=True)
    broken: list[Violation] = []
    if not arguments.only_faults:
        # The rows of the other seeds stay.
        loads = {each["seed"]: each for each in page.record()["load"]}
        for seed in arguments.seeds:
            loads[seed], found = _load(
                seed, arguments.requests, 60 * arguments.minutes, folder / f"load-{seed}.jsonl"
            )
            broken += found
            _keep("load", [loads[each] for each in sorted(loads)])
    if not arguments.only_load:
        rows, found = _faults(
            arguments.seeds[0], arguments.seconds, arguments.kinds, folder / "faults.jsonl"
        )
        broken += found
        # With `--kinds`, the rows of the other kinds stay.
        named = {each["name"]: each for each in [*page.record()["faults"], *rows]}
        _keep("faults", [named[each.name] for each in faults.KINDS if each.name in named])
    record = page.record()
    for generated in page.GENERATED:
        generated.FILE.write_text(generated.text())
    print(page.table_of_load(record), page.table_of_faults(record), sep="\n\n")
    print(f"\nThe histories are in {folder}.")
    print(stage.report(broken))
    return 1 if broken else 0


def _keep(part: str, measured: list[dict[str, Any]]) -> None:
    record = page.record()
    record[part] = measured
    record["about"] = {
        "on": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load": round(os.getloadavg()[1], 1),  # of the last five minutes
    }
    page.RECORD.write_text(json.dumps(record, indent=1) + "\n")


@contextmanager
def _deployed(file: Path, seed: int, clients: int) -> Iterator[tuple[Instance, Target, Run]]:
    folder = Path(tempfile.mkdtemp(prefix="artisthub-stage-"))
    try:
        with on_embedded.deployed("dev", folder, with_journal=True) as instance:
            target = on_embedded.target_of(instance)
            service = Service(target.outputs, target.client("cognito-idp"))
            admin = _admin(service)
            with stage.run(target, service, file, seed=seed, clients=clients, admin=admin) as run:
                yield instance, target, run
            service.http.close()
    finally:
        shutil.rmtree(folder)


def _admin(service: Service) -> Person:
    admin = service.account()
    service.make_admin(admin)
    admin.sign_in()
    return admin


def _load(
    seed: int, requests: int, seconds: float, file: Path
) -> tuple[dict[str, Any], list[Violation]]:
    """Steps of more and more clients. Each takes its share of the requests and of the time."""
    with _deployed(file, seed, max(STEPS)) as (_, _, run):
        with run.crowd.running():
            time.sleep(WARM_UP_SECONDS)
        steps = []
        for clients in STEPS:
            before, started = run.crowd.counted, time.monotonic()
            from_here = len(run.history.records)
            with run.crowd.running(clients):
                time.sleep(seconds / len(STEPS))
                while run.crowd.counted - before < requests / len(STEPS):
                    time.sleep(0.05)
            took = time.monotonic() - started
            steps.append(_step(clients, run.history.records[from_here:], took))
            print(f"seed {seed}: {steps[-1]}", flush=True)
        started = time.monotonic()
        broken = run.settle(seconds=SETTLE_SECONDS)
        figures = msgspec.to_builtins(checker.summary(run.history.records, broken))
        settled = round(time.monotonic() - started, 1)
        return {"seed": seed, "figures": figures, "steps": steps, "settled": settled}, broken


def _step(clients: int, records: Sequence[Record], seconds: float) -> dict[str, Any]:
    tries = [each for each in records if each.kind == "attempt"]
    return {
        "clients": clients,
        "requests": len(tries),
        "seconds": round(seconds, 1),
        "rate": round(len(tries) / seconds, 1),
        "groups": {
            group: _percentiles([each.seconds for each in tries if each.group == group])
            for group in page.GROUPS
        },
    }


def _percentiles(seconds: list[float]) -> list[float]:
    """The 50th, 95th and 99th percentile in ms."""
    cuts = quantiles(seconds, n=100) if len(seconds) > 1 else [0.0] * 99
    return [round(cuts[place] * 1000, 1) for place in (49, 94, 98)]


def _faults(
    seed: int, seconds: float, names: list[str], file: Path
) -> tuple[list[dict[str, Any]], list[Violation]]:
    """One round for each kind of fault."""
    with (
        _deployed(file, seed, FAULT_CLIENTS) as (instance, target, run),
        proxy.running(instance.endpoint_url) as between,
    ):
        lab = faults.Lab(target, instance, between, random.Random(seed))
        for client in run.crowd.clients:
            client.shares, client.groups = SHARES, {**GROUPS, "read": READS}
        rows: list[dict[str, Any]] = []
        broken: list[Violation] = []
        with faults.connected(target, between, lab.functions()):
            with run.crowd.running():
                time.sleep(WARM_UP_SECONDS)
            for kind in faults.KINDS:
                if not names or any(name in kind.name for name in names):
                    row, found = _round(lab, run, kind, seconds)
                    new = [each for each in found if each not in broken]
                    broken += new
                    rows.append({**row, "violations": len(new)})
                    print(rows[-1], stage.report(new), flush=True)
        return rows, broken


def _round(
    lab: faults.Lab, run: Run, kind: faults.Kind, seconds: float
) -> tuple[dict[str, Any], list[Violation]]:
    """The workload before, during and after a fault, until nothing is left to do."""
    from_here, lab.proxy.hit = len(run.history.records), 0
    with run.crowd.running():
        time.sleep(BEFORE_SECONDS)
        run.history.add("fault", kind.name, value=kind.allows)
        with kind.inject(lab, run.history):
            _wait(lab, kind, max(seconds, kind.least_seconds))
        healed = run.history.add("healed", kind.name)
        time.sleep(AFTER_SECONDS)
    stopped = time.time()
    redriven = _redrive(lab, has_poison=kind.is_poison)
    broken = run.settle(seconds=SETTLE_SECONDS)
    settled = time.time()
    records = run.history.records[from_here:]
    figures = checker.summary(records, broken)
    [fault] = checker.faults(records)
    return {
        "name": kind.name,
        "hit": lab.proxy.hit,
        "requests": figures.requests,
        "writes": figures.writes,
        "acknowledged": figures.acknowledged,
        "lost": figures.lost,
        "doubled": figures.doubled,
        "outsideFaults": figures.outside_faults,
        "busy": sum(each.kind == "attempt" and checker.is_unclear(each) for each in records),
        "recovery": round(checker.recovery_seconds(records, fault), 1),
        "settled": round(settled - stopped, 1) if stopped > healed.at else 0,
        "deadLetters": redriven,
    }, broken


def _wait(lab: faults.Lab, kind: faults.Kind, seconds: float) -> None:
    """Wait for the fault to last so long and to hit enough: without hits, it proves nothing."""
    time.sleep(seconds)
    deadline = time.monotonic() + faults.PATIENCE_SECONDS
    while lab.proxy.hit < kind.least_hits:
        if time.monotonic() > deadline:
            sys.exit(f"error: {kind.name} hit {lab.proxy.hit} calls, not {kind.least_hits}")
        time.sleep(0.1)


def _redrive(lab: faults.Lab, *, has_poison: bool) -> int:
    """Send dead letters again, as an operator does. Return how many there were."""
    letters = faults.dead_letters(lab, has_poison=has_poison)
    if letters and not has_poison:
        command = [sys.executable, "-m", "operations", "redrive", "--stage", lab.instance.stage]
        environment = deploy.environment(lab.instance)
        subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True)
    return letters


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
parser.add_argument("--requests", type=int, default=30_000, help="of each seed, at least")
parser.add_argument("--minutes", type=float, default=10, help="of each seed, at least")
parser.add_argument("--seconds", type=float, default=10, help="of each fault")
parser.add_argument("--kinds", nargs="*", default=[], help="parts of names of faults")
parser.add_argument("--only-load", action="store_true")
parser.add_argument("--only-faults", action="store_true")
parser.add_argument("--histories", help="a folder to keep the histories in")
if __name__ == "__main__":
    sys.exit(main(parser.parse_args()))
