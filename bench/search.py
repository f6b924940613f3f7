"""Read units and CPU time of a search page, among few and many castings."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bench import samples, table
from bench.lab import local_aws

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.lab import Lab

SIZES = (1_000, 10_000, 100_000)
RUNS = 7
BATCHES = 3
CALLS = 30
MAX_GROWTH = 1.2

PAGE = "limit=20&category=acting"
SEARCHES = {
    "one facet": PAGE,
    "two facets": f"{PAGE}&city={samples.CITIES[0]}",
    "facet + word": f"{PAGE}&text={samples.WORDS[0]}",
    "three words": f"limit=20&text={'+'.join(samples.WORDS[:3])}",
    "beginning": f"limit=20&text={samples.WORDS[0][:-1]}",
    "wrong letter": f"limit=20&text={samples.WORDS[0].replace('o', 'a')}",
    "best": f"{PAGE}&text={samples.WORDS[0]}&sort=best",
}
# Each of these reads a full page from one list, for any number of castings.
FLAT = ("one facet", "two facets")


def run(lab: Lab) -> bool:
    """Print the table. Return whether the costs that must be flat are."""
    rows, is_flat = [], True
    with local_aws("bench.index_server", str(SIZES[-1])) as port:
        url = f"http://127.0.0.1:{port}"
        for name, query in SEARCHES.items():
            # Alternate the sizes, so that a busy minute does not affect only one of them.
            runs = [[_measured(lab, url, query, size) for size in SIZES] for _ in range(RUNS)]
            # Take each size's run with the least CPU. The read units are the same in all runs.
            measured = [min(of_a_size) for of_a_size in zip(*runs, strict=True)]
            is_ok = not any(map(_grows, zip(*measured, strict=True)))
            is_flat &= is_ok or name not in FLAT
            cells = [cell for units, cpu in measured for cell in (f"{units:.1f}", f"{cpu:.2f}")]
            rows.append((name, *cells, table.verdict(is_ok) if name in FLAT else ""))
    sizes = [cell for size in SIZES for cell in (f"of {size:,}: RRU", "CPU ms")]
    table.show(
        "searchCastings, a page of 20: read units and least CPU "
        f"(budget: facets at most {MAX_GROWTH - 1:.0%} more than among fewer castings)",
        ("search", *sizes, ""),
        *rows,
    )
    return is_flat


def _grows(costs: Iterable[float]) -> bool:
    """Whether a cost is more than 20 % higher than one among fewer castings."""
    return any(more > MAX_GROWTH * fewer for fewer, more in combinations(costs, 2))


def _measured(lab: Lab, url: str, query: str, size: int) -> tuple[float, float]:
    """Return read units and CPU ms per call, measured in a separate process."""
    function = lab.function("searchCastings")
    tables = {name: f"{name}-{size}" for name in ("SearchTable", "CardsTable")}
    environment = {
        name: tables.get(value, value) for name, value in function.environment.items()
    } | {"AWS_ENDPOINT_URL": url}
    event = samples.event("GET", "/v1/castings", queryStringParameters=dict(parse_qsl(query)))
    with lab.started(replace(function, environment=environment)) as process:
        process.call(event, CALLS)
        _read_units(url)
        cpu = min(process.call(event, CALLS)["cpu_ms"] for _ in range(BATCHES))
        return _read_units(url) / (CALLS * BATCHES), cpu


def _read_units(url: str) -> float:
    """Return the read units of all calls since the last time."""
    headers = {"X-Amz-Target": "Bench.ReadUnits"}
    request = urllib.request.Request(url, data=b"{}", headers=headers)
    with urllib.request.urlopen(request) as answer:
        units: Any = json.load(answer)
    return float(units)
