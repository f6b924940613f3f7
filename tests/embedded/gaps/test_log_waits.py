"""How long a call of a function waits for the function's log."""

import base64
import time
from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, client

pytestmark = pytest.mark.deployed

SILENT = "return 1"
TALKING = "print(event)\nprint('half a line', end='')\nreturn 1"
# MiniStack's wait for a line that does not come.
WAIT_SECONDS = 0.05


def call(instance: Instance, function: str, event: str = "1") -> Any:
    return client(instance, "lambda").invoke(FunctionName=function, LogType="Tail", Payload=event)


def least_seconds(instance: Instance, body: str) -> float:
    function, took = a_function(instance, body), []
    call(instance, function)
    for _ in range(20):
        started = time.monotonic()
        call(instance, function)
        took.append(time.monotonic() - started)
    return min(took)


def test_ministack_waits_for_lines_that_do_not_come(unpatched: Instance) -> None:
    assert least_seconds(unpatched, SILENT) > WAIT_SECONDS


def test_a_call_that_logs_nothing_is_answered_at_once(patched: Instance) -> None:
    assert least_seconds(patched, SILENT) < WAIT_SECONDS


def test_each_call_has_its_own_lines_in_the_log(patched: Instance) -> None:
    function = a_function(patched, TALKING)

    for event in ("1", "2", "3"):
        log = base64.b64decode(call(patched, function, event)["LogResult"]).decode()
        said = [
            line for line in log.splitlines() if not line.startswith(("START", "END", "REPORT"))
        ]
        assert said == [event, "half a line"]


def test_the_last_words_of_a_killed_function_are_in_its_log(patched: Instance) -> None:
    body = "import os\nprint('goodbye', flush=True)\nos._exit(1)"
    answer = call(patched, a_function(patched, body))

    assert answer["FunctionError"]
    assert "goodbye" in base64.b64decode(answer["LogResult"]).decode()
