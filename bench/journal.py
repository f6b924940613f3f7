"""Cost of the embedded AWS's journal: the same load with and without it, in turns.

    .venv/bin/python -m bench.journal --items 20000

The embedded AWS is one process that is busy under load. So the journal's share of its CPU time is
the most that it can cost in throughput. The other two figures confirm this, but only on an idle
machine.
"""

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from bench.table import show, verdict
from embedded import Instance, demo, deploy
from embedded.client import Client
from embedded.up import free_port, up

CLIENTS = 8
MOST_SHARE = 0.10
TABLE = "Bench"


class Turn(NamedTuple):
    requests_per_second: float
    cpu_ms_per_request: float


def main() -> int:
    arguments = _arguments()
    print(f"{os.cpu_count()} CPUs with a load of {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="artisthub-bench-") as folder, ExitStack() as stack:
        instances = {}
        for name in ("without", "with"):
            instance = Instance(free_port(), Path(folder) / name, with_journal=name == "with")
            stack.callback(instance.stop)
            up(instance, lambda _: None)
            _fill(instance, arguments.items)
            # After a restart, the journal's own count excludes the deployment and these items.
            instance.stop()
            instance.start()
            instances[name] = instance
        at_start = _cpu_seconds(instances["with"])
        turns = _by_turns(instances, arguments.turns, arguments.seconds)
        stored = sum(file.stat().st_size for file in (Path(folder) / "with/aws/journal").iterdir())
        own_share = _own_share(instances["with"], at_start)
    return _report(turns, stored, own_share)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.journal", description=__doc__)
    parser.add_argument(
        "--items", type=int, default=0, help="number of items already in a table, 1 KB each"
    )
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=15, help="of a turn")
    return parser.parse_args()


def _fill(instance: Instance, count: int) -> None:
    dynamodb = _dynamodb(instance)
    dynamodb.create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    for start in range(0, count, 25):
        puts = [
            {"PutRequest": {"Item": _item(f"filled-{number}")}}
            for number in range(start, min(start + 25, count))
        ]
        dynamodb.batch_write_item(RequestItems={TABLE: puts})


def _item(key: str) -> dict[str, Any]:
    return {"key": {"S": key}, "text": {"S": "x" * 700}} | {
        f"field{number}": {"S": "a short value"} for number in range(10)
    }


def _dynamodb(instance: Instance) -> Any:
    return deploy.aws(instance).client("dynamodb", endpoint_url=instance.endpoint_url)


def _by_turns(instances: dict[str, Instance], count: int, seconds: float) -> dict[str, list[Turn]]:
    for instance in instances.values():
        _turn(instance, seconds)  # starts the functions
    turns: dict[str, list[Turn]] = {name: [] for name in instances}
    for number in range(count):
        order = list(instances) if number % 2 else list(instances)[::-1]
        for name in order:
            turn = _turn(instances[name], seconds)
            turns[name].append(turn)
            figures = f"{turn.requests_per_second:6.1f}/s {turn.cpu_ms_per_request:6.2f} ms"
            print(f"{name:8} {figures}", flush=True)
    return turns


def _turn(instance: Instance, seconds: float) -> Turn:
    with Client.from_outputs(instance.outputs) as client:
        token = client.sign_in(demo.email_of("kavya"), demo.PASSWORD).access_token
    until = time.monotonic() + seconds
    cpu, started = _cpu_seconds(instance), time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        counts = clients.map(lambda number: _client(instance, token, number, until), range(CLIENTS))
    done = sum(counts)
    elapsed = time.monotonic() - started
    return Turn(done / elapsed, (_cpu_seconds(instance) - cpu) * 1000 / done)


def _client(instance: Instance, token: str, number: int, until: float) -> int:
    """Write and read castings through the API and put items until the time is up."""
    dynamodb = _dynamodb(instance)
    done = 0
    with Client.from_outputs(instance.outputs) as client:
        client.token = token
        while time.monotonic() < until:
            body = demo.CASTINGS[0][3] | {"deadlineAt": "2030-07-01T00:00:00Z"}
            casting_id = client.call("POST", "/v1/castings", body).json()["castingId"]
            path = f"/v1/castings/{casting_id}"
            client.call("PUT", f"{path}/status", {"status": "open"}, {"If-Match": '"1"'})
            client.call("GET", path)
            for put in range(2):
                key = f"{number}-{done % 500 + put}"
                dynamodb.put_item(TableName=TABLE, Item=_item(key))
            done += 5
    return done


def _cpu_seconds(instance: Instance) -> float:
    pid = instance.log.with_name("embedded.pid").read_text().split()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks: int = int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _own_share(instance: Instance, at_start: float) -> float:
    """Return the journal's CPU time divided by the rest of the process's CPU time."""
    total = _cpu_seconds(instance) - at_start
    instance.stop()
    own = float(re.findall(r"looks took ([\d.]+) s of CPU", instance.log.read_text())[-1])
    return own / (total - own)


def _report(turns: dict[str, list[Turn]], stored: int, own_share: float) -> int:
    def median(name: str, field: str) -> float:
        return float(statistics.median(getattr(turn, field) for turn in turns[name]))

    rows = [("median", "without", "with", "costs")]
    for title, field, sign in (
        ("requests a second", "requests_per_second", -1),
        ("CPU ms per request", "cpu_ms_per_request", 1),
    ):
        without, having = median("without", field), median("with", field)
        costs = sign * (having / without - 1)
        rows.append((title, f"{without:.1f}", f"{having:.1f}", f"{costs:+.1%}"))
    rows.append(("CPU share of looks and writes", "", "", f"{own_share:+.1%}"))
    show(f"The journal ({stored / 1e6:.1f} MB)", *rows)
    is_within = own_share <= MOST_SHARE
    print(f"  at most {MOST_SHARE:.0%} of CPU: {verdict(is_within)}")
    print(json.dumps({name: [list(turn) for turn in each] for name, each in turns.items()}))
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main())
