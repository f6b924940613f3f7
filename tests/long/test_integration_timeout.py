"""The longest time that an HTTP API waits for a function, too long for the other tests."""

import time
from pathlib import Path

import pytest

from embedded import Instance
from embedded.up import free_port
from tests.embedded.gaps.given import a_function, an_api, get

pytestmark = pytest.mark.deployed


def test_a_function_over_30_seconds_gives_503(tmp_path: Path) -> None:
    instance = Instance(port=free_port(), state=tmp_path)
    instance.start()
    try:
        api_id = an_api(instance, a_function(instance, "time.sleep(33)"))
        started = time.monotonic()

        answer = get(instance, api_id)

        assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})
        assert 29 < time.monotonic() - started < 33
    finally:
        instance.stop()
