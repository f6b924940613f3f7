"""Writes docs/faults.md and its plot from measurements (bench/load.json).

`make bench-load` measures and writes them, `make fix` only writes them.
"""

import json
from types import SimpleNamespace
from typing import Any

from contract import ROOT, peers

FILE = ROOT / "docs/faults.md"
PLOT = ROOT / "docs/pictures/load.svg"
RECORD = ROOT / "bench/load.json"
GROUPS = ("browse", "read", "apply", "write")

TEXT = """\
# Load and faults

`make bench-load` measures what this page says, and `make fix` writes it from
[load.json](../bench/load.json). The figures are of {on}, with Python {python}, on {cpus} CPUs that
had a load of {load}, where the embedded AWS ran too. They show that nothing is lost; they do not
show how fast AWS is.

Clients sign in and call a deployed stage over HTTP: 70 % of the requests browse, 15 % read, 8 %
apply and 7 % write. Each client records every request and answer as a line of JSON. When the
consumers are done, a checker ([checker.py](../bench/load/checker.py)) compares these histories with
what the API and the tables have. It says which promise was broken for which request:

| promise | says |
| --- | --- |
| kept | An acknowledged write is there, unless a later one changed it. |
| once | A write has one effect, however often the client sends it. |
| refused | A refused write leaves nothing. |
| converged | A retry with the same `Idempotency-Key` gets what the first try made. |
| told | Each change is told once. |
| indexed | An open casting is in each of its lists once, and no other casting is. |
| counted | A count says what counting says, of statuses, bookings, views and others. |
| spent | A quota is spent once for each write, and at most twice for a try during a fault. |
| answered | Without a fault, nothing fails. During one, 503 has `Retry-After` within 30 s. |

`tests/unit/test_load.py` has a history for each way to break a promise.

## Load

The number of clients rises in four steps.

{load_table}

![Latency of each kind of request, by the number of clients](pictures/load.svg)

Bars are medians, in ms. The line reaches from the median to the 99th percentile.

## Faults

A proxy between the functions and the embedded AWS injects faults while {clients} clients run
([faults.py](../bench/load/faults.py)). More of their requests are writes. Clients send a request
again that got 503, with the same `Idempotency-Key`.

{fault_table}

- Acknowledged: of all writes. The others were refused, or the client gave up.
- Failed: answers with 5xx, and requests without an answer. A killed function process gives 500 or
  503, because API Gateway answers then. The kill of the embedded AWS gives no answer at all.
- Requests recover: from the end of the fault to the end of the last request that failed.
- Consumers settle: from the end of the workload until every change is told and indexed, checks and
  redriving included.
- Dead letters: changes that failed ten times, within seconds here, and were redriven. AWS waits up
  to a minute between tries.

Writes of the last second before a kill of the embedded AWS may be lost. AWS has no such limit.
"""
CLIENTS = 4


def record() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    return {"about": {}, "load": [], "faults": []} | found


def table_of_load(measured: dict[str, Any]) -> str:
    rows = [
        ["seed", "minutes", "requests", "writes acknowledged", "requests a second, by clients",
         "lost", "doubled", "5xx", "broken promises"],
        ["---", "---:", "---:", "---:", "---", "---:", "---:", "---:", "---:"],
    ]  # fmt: skip
    for run in measured["load"]:
        figures = run["figures"]
        rates = ", ".join(f"{each['clients']}: {each['rate']:.0f}" for each in run["steps"])
        rows.append(
            [
                str(run["seed"]),
                f"{sum(each['seconds'] for each in run['steps']) / 60:.1f}",
                f"{figures['requests']:,}",
                f"{figures['acknowledged']:,} of {figures['writes']:,}",
                rates,
                str(figures["lost"]),
                str(figures["doubled"]),
                str(figures["outsideFaults"]),
                str(figures["violations"]),
            ]
        )
    return _joined(rows)


def table_of_faults(measured: dict[str, Any]) -> str:
    rows = [
        ["fault", "calls hit", "requests sent", "writes acknowledged", "failed", "lost", "doubled",
         "5xx outside the fault", "broken promises", "requests recover, s",
         "consumers settle, s", "dead letters"],
        ["---", *["---:"] * 11],
    ]  # fmt: skip
    for each in measured["faults"]:
        rows.append(
            [
                each["name"],
                str(each["hit"] or "-"),
                f"{each['requests']:,}",
                f"{each['acknowledged']:,} of {each['writes']:,}",
                *(
                    str(each[name])
                    for name in (
                        "busy",
                        "lost",
                        "doubled",
                        "outsideFaults",
                        "violations",
                        "recovery",
                        "settled",
                        "deadLetters",
                    )
                ),
            ]
        )
    return _joined(rows)


def _joined(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _text() -> str:
    measured = record()
    return TEXT.format(
        load_table=table_of_load(measured),
        fault_table=table_of_faults(measured),
        clients=CLIENTS,
        **measured["about"],
    )


def plot(measured: dict[str, Any]) -> str:
    """A panel for each kind of request, with a bar for each number of clients."""
    panels = []
    for group in GROUPS:
        bars = []
        for step, *others in zip(*(run["steps"] for run in measured["load"]), strict=True):
            steps = [step, *others]
            middle, _, high = (
                sum(each["groups"][group][place] for each in steps) / len(steps)
                for place in range(3)
            )
            bars.append(peers.Bar(f"{step['clients']} clients", "ours", middle, middle, high))
        panels.append(peers.Panel(f"{group}, ms", bars))
    return peers.drawn("Latency of each kind of request, by the number of clients", panels)


GENERATED = (
    SimpleNamespace(FILE=FILE, text=_text),
    SimpleNamespace(FILE=PLOT, text=lambda: plot(record())),
)
