"""The same calls at each size, in turn, so that a busy minute hits all sizes."""

from __future__ import annotations

import gc
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.growth import calls, fill
from bench.growth.fill import People
from bench.growth.limits import JOBS
from bench.growth.stage import Stage, Taken, an_account
from bench.growth.tables import Tables
from bench.lab import local_aws
from tests.api.pool import Pool

READ_TIMES = 3

Figures = list[float]
# Each figure at each size: of a call, or of a consumer after it.
Growth = dict[str, dict[str, Figures]]


def measured(
    folder: Path,
    sizes: list[int],
    *,
    rounds: int,
    limit: int,
    with_steps: bool = False,
    only: Callable[[str], bool] = lambda _: True,
    tell: Callable[[str], object] = lambda _: None,
) -> Growth:
    """Fill the tables to each size, and call what `only` chooses.

    with_steps: count the steps of Python in one more round, which is much slower.
    """
    pool = Pool(os.environ["USER_POOL_ID"], os.environ["USER_POOL_CLIENT_ID"])
    accounts = {name: an_account(pool) for name in People._fields}
    people = People(**{name: account.user_id for name, account in accounts.items()})
    with ExitStack() as stack:
        files = _filled(folder, people, sizes, tell)
        ports = [stack.enter_context(local_aws("bench.growth.tables", file)) for file in files]
        stages = [Stage(port, accounts) for port in ports]
        found: dict[str, dict[int, list[Taken]]] = defaultdict(lambda: defaultdict(list))
        sized = list(zip(sizes, stages, strict=True))
        for number in range(rounds + with_steps):
            for size, stage in sized[:: -1 if number % 2 else 1]:
                stage.is_counting_steps = number == rounds
                chosen = {
                    name: call
                    for name, call in calls.calls(people, size, limit).items()
                    if only(name) and not (number and name in JOBS)
                }
                for name, taken in _called(stage, chosen):
                    found[name][size].append(taken)
            tell(f"round {number + 1} of {rounds + with_steps}")
        return {name: _summed([of_size[size] for size in sizes]) for name, of_size in found.items()}


def _filled(
    folder: Path, people: People, sizes: list[int], tell: Callable[[str], object]
) -> list[Path]:
    """A file with the tables of each size."""
    growing, files = folder / "tables", []
    tables = Tables(str(growing))
    for size in fill.fill(tables, people, sizes):
        files.append(folder / f"tables-{size}")
        shutil.copyfile(growing, files[-1])
        tell(f"{size:,} users, castings and applications")
    tables.file.close()
    return files


def _called(stage: Stage, chosen: dict[str, calls.Call]) -> Iterator[tuple[str, Taken]]:
    """The cost of each call, and of each consumer after it."""
    gc.collect()
    gc.freeze()  # otherwise the objects of the bench count as those of a call
    with stage.used():
        for name, call in chosen.items():
            # Reads change nothing and are quick, so the least of several is.
            for _ in range(READ_TIMES if name in calls.READS else 1):
                for consumer, taken in call(stage).items():
                    yield f"{name} > {consumer}".removesuffix(" > "), taken


def _summed(of_sizes: list[list[Taken]]) -> dict[str, Figures]:
    """The median of the units, and the least CPU time and steps: other programs only add to it."""
    timed = [[each.cpu_ms for each in taken if not each.steps] for taken in of_sizes]
    counted = [[each.steps for each in taken if each.steps] for taken in of_sizes]
    return {
        "readUnits": [median(each.read_units for each in taken) for taken in of_sizes],
        "writeUnits": [median(each.write_units for each in taken) for taken in of_sizes],
        "cpuMs": [round(min(each), 2) for each in timed],
        "steps": [min(each, default=0) for each in counted],
    }
