"""Ten kills of the embedded AWS at random moments under load lose no acknowledged data.

Each client records what was acknowledged and when. After each kill, `make up` starts the service
again. Then the test reads back everything acknowledged more than a second before the kill, through
the API and from DynamoDB itself.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import botocore.config
import httpx
import pytest

from embedded import Instance, deploy
from embedded.instance import ROOT
from embedded.up import free_port, up
from tests.deployed.people import Person, Service, a_new_casting, with_raised_quotas

pytestmark = pytest.mark.deployed

KILLS = 10
SEED = 20261126
OLD_ENOUGH_SECONDS = 1.0
PATIENCE_SECONDS = 60
TABLE = "Kept"
# A retry could acknowledge a write after the kill.
ONE_TRY = botocore.config.Config(retries={"total_max_attempts": 1}, read_timeout=20)


@dataclass
class Acknowledged:
    at: float
    what: str
    read_back: Callable[[], bool]


@dataclass
class Load:
    """Clients that write until the service is killed, and the acknowledged writes."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    published: list[tuple[float, str]] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    unexpected: list[BaseException] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    def client(self, write: Callable[[int], None]) -> None:
        def run() -> None:
            number = 0
            try:
                while not self.gone.is_set():
                    number += 1
                    write(number)
            except BaseException as error:
                if not self.gone.is_set():
                    self.unexpected.append(error)

        self.threads.append(threading.Thread(target=run))

    def acknowledge(self, what: str, read_back: Callable[[], bool]) -> None:
        self.acknowledged.append(Acknowledged(time.monotonic(), what, read_back))


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("kills"))
    try:
        up(instance, lambda _: None)
        yield instance
    finally:
        instance.stop()


@pytest.fixture(scope="module")
def service(instance: Instance) -> Iterator[Service]:
    cognito = deploy.aws(instance).client("cognito-idp", endpoint_url=instance.endpoint_url)
    service = Service(deploy_outputs(instance), cognito)
    yield service
    service.http.close()
    cognito.close()


@pytest.fixture(scope="module")
def dynamodb(instance: Instance) -> Iterator[Any]:
    client = deploy.aws(instance).client(
        "dynamodb", endpoint_url=instance.endpoint_url, config=ONE_TRY
    )
    yield client
    client.close()


def deploy_outputs(instance: Instance) -> dict[str, Any]:
    outputs: dict[str, Any] = json.loads(instance.outputs.read_text())
    return outputs


def castings_of(load: Load, recruiter: Person, mark: str) -> Callable[[int], None]:
    """Draft a casting and publish it."""

    def write(number: int) -> None:
        casting = recruiter.succeed(
            "POST", "/castings", a_new_casting(title=f"{mark} {number}", tags=[mark])
        ).json()
        path = f"/castings/{casting['castingId']}"
        load.acknowledge(
            f"{path} drafted",
            lambda: recruiter.call("GET", path).json().get("title") == casting["title"],
        )
        recruiter.succeed("PUT", f"{path}/status", {"status": "open"}, if_match='"1"')
        load.acknowledge(
            f"{path} published",
            lambda: recruiter.call("GET", path).json().get("status") == "open",
        )
        load.published.append((time.monotonic(), casting["castingId"]))

    return write


def applications_of(load: Load, artist: Person, recruiter: Person) -> Callable[[int], None]:
    """Apply to a newly published casting."""

    def write(number: int) -> None:
        casting = recruiter.casting("open", title=f"to apply to {number}")
        path = f"/castings/{casting['castingId']}/applications"
        body = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
        made = artist.succeed("POST", path, body).json()
        load.acknowledge(
            f"{path} made",
            lambda: artist.call("GET", f"{path}/{made['applicationId']}").status_code == 200,
        )

    return write


def profile_of(load: Load, artist: Person) -> Callable[[int], None]:
    """Change a profile. The value read back may be newer but never older."""
    start = time.time_ns()

    def write(number: int) -> None:
        value = start + number
        artist.succeed("PATCH", "/users/me", {"headline": str(value)}, if_match="*")
        load.acknowledge(
            f"headline {value}",
            lambda: int(artist.call("GET", "/users/me").json()["headline"]) >= value,
        )

    return write


def items_of(load: Load, client: Any, mark: str) -> Callable[[int], None]:
    """Put an item and delete the previous one."""

    def has(key: dict[str, Any]) -> bool:
        return "Item" in client.get_item(TableName=TABLE, Key=key, ConsistentRead=True)

    def write(number: int) -> None:
        key = {"key": {"S": f"{mark}-{number}"}}
        client.put_item(TableName=TABLE, Item=key | {"text": {"S": "x" * 500}})
        if number % 2:
            load.acknowledge(f"{key} put", lambda: has(key))
        else:
            client.delete_item(TableName=TABLE, Key=key)
            load.acknowledge(f"{key} deleted", lambda: not has(key))

    return write


def transactions_of(load: Load, client: Any, mark: str) -> Callable[[int], None]:
    """Write the same number to two items in one transaction."""

    def halves() -> list[int]:
        answers = [
            client.get_item(TableName=TABLE, Key={"key": {"S": f"{mark}-{half}"}})
            for half in ("left", "right")
        ]
        return [int(answer["Item"]["number"]["N"]) for answer in answers]

    def write(number: int) -> None:
        puts = [
            {
                "Put": {
                    "TableName": TABLE,
                    "Item": {"key": {"S": f"{mark}-{half}"}, "number": {"N": str(number)}},
                }
            }
            for half in ("left", "right")
        ]
        client.transact_write_items(TransactItems=puts)

        def is_whole() -> bool:
            left, right = halves()
            return left == right and left >= number

        load.acknowledge(f"{mark} {number} in both halves", is_whole)

    return write


def run_until_killed(
    instance: Instance, client: Any, people: dict[str, Person], mark: str, seconds: float
) -> tuple[Load, float]:
    """Kill the service this long after the first publication. Functions are slow to start."""
    load = Load()
    load.client(castings_of(load, people["recruiter"], mark))
    load.client(castings_of(load, people["other recruiter"], mark))
    load.client(applications_of(load, people["artist"], people["recruiter"]))
    load.client(profile_of(load, people["other artist"]))
    load.client(items_of(load, client, f"{mark}-item"))
    load.client(transactions_of(load, client, f"{mark}-transaction"))
    for thread in load.threads:
        thread.start()
    while not load.published and not load.unexpected:
        time.sleep(0.01)
    time.sleep(seconds)
    killed_at = time.monotonic()
    load.gone.set()
    os.kill(pid_of(instance), signal.SIGKILL)
    for thread in load.threads:
        thread.join()
    assert not load.unexpected
    return load, killed_at


def pid_of(instance: Instance) -> int:
    return int((instance.state / "embedded.pid").read_text().split()[0])


def make_up(instance: Instance) -> str:
    """Run `make up` and return its output."""
    started = starting(instance)
    printed, errors = started.communicate()
    assert started.returncode == 0, errors
    return printed


def starting(instance: Instance) -> subprocess.Popen[str]:
    own = {"ARTISTHUB_PORT": str(instance.port), "ARTISTHUB_STATE": str(instance.state)}
    return subprocess.Popen(
        [sys.executable, "-m", "embedded", "up"],
        cwd=ROOT,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lost_of(load: Load, killed_at: float) -> list[str]:
    return [
        each.what
        for each in load.acknowledged
        if each.at < killed_at - OLD_ENOUGH_SECONDS and not each.read_back()
    ]


def not_found(anonymous: Person, mark: str, wanted: set[str]) -> set[str]:
    """Return the castings that the search, which a stream updates, does not find in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found: set[str] = set()
        cursor = ""
        while True:
            page = anonymous.succeed("GET", f"/castings?tag={mark}&limit=50{cursor}").json()
            found |= {casting["castingId"] for casting in page["items"]}
            if not page["next"]:
                break
            cursor = f"&cursor={page['next']}"
        if wanted <= found or time.monotonic() > deadline:
            return wanted - found
        time.sleep(0.5)


def test_ten_kills_under_load_lose_at_most_the_last_second(
    instance: Instance, service: Service, dynamodb: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    address = service.outputs["apiUrl"]
    admin = service.account()
    service.make_admin(admin)
    admin.sign_in()
    people = {
        name: with_raised_quotas(service.person(name.rpartition(" ")[2]), by=admin)
        for name in ("recruiter", "other recruiter", "artist", "other artist")
    }
    dynamodb.create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    rows, loads = [], []

    for number in range(KILLS):
        mark, seconds = f"kill-{number}", chance.uniform(1, 8)
        load, killed_at = run_until_killed(instance, dynamodb, people, mark, seconds)
        said = make_up(instance)

        [recovered] = [line for line in said.splitlines() if "Recovered after a kill" in line]
        assert deploy_outputs(instance)["apiUrl"] == address
        # Use the old tokens on a new connection.
        service.http.close()
        service.__post_init__()
        lost = lost_of(load, killed_at)
        wanted = {it for at, it in load.published if at < killed_at - OLD_ENOUGH_SECONDS}
        unfound = not_found(Person(service), mark, wanted)
        rows.append(
            f"{number}: killed after {seconds:.1f} s and {len(load.acknowledged)} writes; "
            f"lost {len(lost)}, not searchable {len(unfound)} of {len(wanted)}; {recovered}"
        )
        loads.append((load, killed_at))
        assert not lost
        assert not unfound

    lost_at_last = [what for load, killed_at in loads for what in lost_of(load, killed_at)]
    people["artist"].sign_in()
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *rows, ""]))
    assert not lost_at_last


def test_no_killed_process_remains(instance: Instance) -> None:
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    tmp = Path(instance.state) / "tmp"

    servers = {int(line.split()[0]) for line in listed.splitlines() if str(tmp) in line}

    assert all(parent_of(pid) == pid_of(instance) for pid in servers)


@pytest.mark.parametrize("made", ["SSM PutParameter", "Cognito: CreateUserPool"])
def test_the_next_make_up_completes_a_killed_deployment(tmp_path: Path, made: str) -> None:
    instance = Instance(port=free_port(), state=tmp_path / "state")
    killed = starting(instance)
    while not (instance.log.exists() and made in instance.log.read_text()):
        assert killed.poll() is None, "it ended before the kill"
        time.sleep(0.005)
    os.kill(pid_of(instance), signal.SIGKILL)
    _, errors = killed.communicate()
    assert (killed.returncode, "error: `sls deploy` failed" in errors) == (1, True)

    said = make_up(instance)

    assert "Recovered after a kill or a power cut" in said
    health = f"{deploy_outputs(instance)['apiUrl']}/v1/health"
    assert httpx.get(health, trust_env=False).status_code == 200
    instance.stop()


def parent_of(pid: int) -> int:
    told = subprocess.run(
        ["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return int(told or 0)
