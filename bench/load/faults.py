"""The kinds of faults, and how each is injected while the workload runs."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bench.load import proxy
from bench.load.proxy import PASS, Action, Call, Proxy, error

if TYPE_CHECKING:
    from bench.load.history import History
    from embedded import Instance
    from tests.deployed.target import Target

# The answers that clients may get during a fault: 503 with Retry-After, any 5xx, or nothing.
Allows = Literal["busy", "failed", "nothing"]
SHORT_TIMEOUT = 2  # seconds of a function, in the fault that makes functions time out
# Longer than the functions wait for DynamoDB (5 s), and shorter.
SILENT_SECONDS, SLOW_SECONDS = 6.0, 4.0
PATIENCE_SECONDS = 120
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem")


@dataclass
class Lab:
    """A stage whose functions reach AWS through the proxy."""

    target: Target
    instance: Instance
    proxy: Proxy
    chance: random.Random

    def functions(self) -> list[str]:
        return list(self.target.of_type("AWS::Lambda::Function").values())


Inject = Callable[["Lab", "History"], AbstractContextManager[None]]


class Kind(NamedTuple):
    """A kind of fault. It lasts at least so long, and until it hit so many calls.

    is_poison: dead letters are expected, and fail again
    """

    name: str
    allows: Allows
    inject: Inject
    least_seconds: float = 0
    least_hits: int = 5
    is_poison: bool = False


@contextmanager
def connected(target: Target, through: Proxy, names: list[str]) -> Iterator[None]:
    """Let these functions reach AWS through the proxy."""
    before = {name: _variables(target, name) for name in names}
    for name, variables in before.items():
        _configure(target, name, {**variables, "AWS_ENDPOINT_URL": through.url})
    try:
        yield
    finally:
        for name, variables in before.items():
            _configure(target, name, variables)


def _variables(target: Target, name: str) -> dict[str, str]:
    found = target.client("lambda").get_function_configuration(FunctionName=name)
    variables: dict[str, str] = found.get("Environment", {}).get("Variables", {})
    return variables


def _configure(target: Target, name: str, variables: dict[str, str]) -> None:
    target.client("lambda").update_function_configuration(
        FunctionName=name, Environment={"Variables": variables}
    )


def _calls(
    service: str, share: float, action: Action | Callable[[Call], Action], *operations: str
) -> Inject:
    """Inject this action into a share of a service's calls, or of these operations."""

    @contextmanager
    def inject(lab: Lab, _: History) -> Iterator[None]:
        lock = threading.Lock()

        def rule(call: Call) -> Action:
            is_meant = call.service == service and (not operations or call.operation in operations)
            with lock:
                is_hit = is_meant and lab.chance.random() < share
            if not is_hit:
                return PASS
            return action(call) if callable(action) else action

        lab.proxy.rule = rule
        try:
            yield
        finally:
            lab.proxy.rule = proxy.passing

    return inject


def _half(call: Call) -> Action:
    """Only half of a batch is carried out."""
    if call.operation == "BatchGetItem":
        return Action(edit=lambda answer: _half_read(call.body, answer))
    tables = json.loads(call.body)["RequestItems"]
    kept = {name: writes[::2] for name, writes in tables.items()}
    left = {name: writes[1::2] for name, writes in tables.items() if writes[1:]}
    request = json.loads(call.body) | {"RequestItems": kept}
    return Action(
        ask=lambda _: json.dumps(request).encode(),
        edit=lambda answer: json.dumps(json.loads(answer) | {"UnprocessedItems": left}).encode(),
    )


def _half_read(request: bytes, answer: bytes) -> bytes:
    """The answer without every second key that was asked for."""
    found = json.loads(answer)
    for table, asked in json.loads(request)["RequestItems"].items():
        left = asked["Keys"][1::2]
        items = found.get("Responses", {}).get(table, [])
        found["Responses"][table] = [
            item for item in items if not any(item.items() >= key.items() for key in left)
        ]
        if left:
            found.setdefault("UnprocessedKeys", {})[table] = {**asked, "Keys": left}
    return json.dumps(found).encode()


def _conflict(call: Call) -> Action:
    count = len(json.loads(call.body)["TransactItems"])
    reasons = ["TransactionConflict", *["None"] * (count - 1)]
    told = f"[{', '.join(reasons)}]"
    message = (
        f"Transaction cancelled, please refer cancellation reasons for specific reasons {told}"
    )
    codes = [{"Code": reason} for reason in reasons]
    fields: Any = {"Message": message, "message": message, "CancellationReasons": codes}
    return Action(400, error("TransactionCanceledException", **fields))


@contextmanager
def _kill_functions(lab: Lab, _: History) -> Iterator[None]:
    """Kill a random function process ten times a second."""
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.1):
            if found := _processes(lab.instance):
                with suppress(ProcessLookupError):
                    os.kill(lab.chance.choice(found), signal.SIGKILL)
                    lab.proxy.hit += 1

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _processes(instance: Instance) -> list[int]:
    """The function processes of this embedded AWS."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True
    )
    folder = f"{instance.state / 'tmp'}/ministack-lambda"
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if folder in line]


@contextmanager
def _time_out(lab: Lab, history: History) -> Iterator[None]:
    """Let functions end while they wait for the answer to a write that was carried out."""
    functions = lab.target.client("lambda")
    names = lab.functions()
    before = {
        name: functions.get_function_configuration(FunctionName=name)["Timeout"] for name in names
    }
    for name in names:
        functions.update_function_configuration(FunctionName=name, Timeout=SHORT_TIMEOUT)
    try:
        with _calls("dynamodb", 0.1, Action(silent_seconds=SHORT_TIMEOUT + 1.0), *WRITES)(
            lab, history
        ):
            yield
    finally:
        for name, seconds in before.items():
            functions.update_function_configuration(FunctionName=name, Timeout=seconds)


@contextmanager
def _poison(lab: Lab, _: History) -> Iterator[None]:
    """Delete an account without a username, which no consumer can follow."""
    users = lab.target.table("UsersTable")
    key = {"userId": f"poison-{lab.chance.getrandbits(64):x}"}
    users.put_item(Item=key | {"status": "deleted", "createdAt": "2026-01-01T00:00:00.000Z"})
    users.delete_item(Key=key)
    yield


@contextmanager
def _stop_indexer(lab: Lab, _: History) -> Iterator[None]:
    functions = lab.target.client("lambda")
    name = lab.target.resources["IndexerLambdaFunction"]
    found = functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    for each in found:
        functions.update_event_source_mapping(UUID=each["UUID"], Enabled=False)
    try:
        yield
    finally:
        for each in found:
            functions.update_event_source_mapping(UUID=each["UUID"], Enabled=True)


@contextmanager
def _kill_aws(lab: Lab, history: History) -> Iterator[None]:
    """Kill the embedded AWS and start it again. Its functions end with it."""
    pid = int((lab.instance.state / "embedded.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    history.add("killed", "the embedded AWS")
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
    lab.instance.start()
    yield


def dead_letters(lab: Lab, *, has_poison: bool) -> int:
    """The number of dead letters. Poison is waited for and removed, because it fails again."""
    queue, sqs = lab.target.resources["DeadLetters"], lab.target.client("sqs")
    names: Any = ["ApproximateNumberOfMessages"]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
        count = int(found["ApproximateNumberOfMessages"])
        if count or not has_poison or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    if has_poison:
        sqs.purge_queue(QueueUrl=queue)
    return count


THROTTLED = Action(400, error("ProvisionedThroughputExceededException"))
FAILED = Action(500, error("InternalServerError"))
S3_ERROR = b"<Error><Code>InternalError</Code><Message>injected</Message></Error>"

KINDS = (
    Kind("DynamoDB throttles half of the calls", "busy", _calls("dynamodb", 0.5, THROTTLED)),
    Kind("DynamoDB fails half of the calls (500)", "busy", _calls("dynamodb", 0.5, FAILED)),
    Kind(
        "DynamoDB carries out, and does not answer",
        "busy",
        _calls("dynamodb", 0.05, Action(silent_seconds=SILENT_SECONDS)),
    ),
    Kind(
        "connections reset before a call",
        "busy",
        _calls("dynamodb", 0.3, Action(reset="before")),
    ),
    Kind("connections reset after a call", "busy", _calls("dynamodb", 0.3, Action(reset="after"))),
    # Long enough for a request to reach API Gateway's 30 s.
    Kind(
        "DynamoDB takes 4 s for a call",
        "busy",
        _calls("dynamodb", 1, Action(seconds=SLOW_SECONDS)),
        least_seconds=35,
    ),
    Kind(
        "batches half answered",
        "busy",
        _calls("dynamodb", 0.7, _half, "BatchGetItem", "BatchWriteItem"),
    ),
    Kind(
        "transaction conflicts",
        "busy",
        _calls("dynamodb", 0.6, _conflict, "TransactWriteItems"),
    ),
    Kind(
        "Cognito fails (500)",
        "busy",
        _calls("cognito-idp", 0.7, Action(500, error("InternalErrorException"))),
    ),
    Kind(
        "Cognito throttles",
        "busy",
        _calls("cognito-idp", 0.7, Action(400, error("TooManyRequestsException"))),
    ),
    Kind("SES fails", "busy", _calls("ses", 0.7, Action(500, error("InternalServiceError")))),
    Kind(
        "EventBridge fails", "busy", _calls("events", 0.7, Action(500, error("InternalException")))
    ),
    Kind("KMS fails", "busy", _calls("kms", 0.7, Action(500, error("KMSInternalException")))),
    Kind("S3 fails", "busy", _calls("s3", 0.7, Action(500, S3_ERROR))),
    Kind("function processes killed", "failed", _kill_functions),
    Kind("functions time out within writes", "failed", _time_out),
    Kind(
        "a poison record in a stream",
        "busy",
        _poison,
        least_seconds=8,
        least_hits=0,
        is_poison=True,
    ),
    Kind("the indexer stopped", "busy", _stop_indexer, least_seconds=60, least_hits=0),
    Kind("the embedded AWS killed and started again", "nothing", _kill_aws, least_hits=0),
)
