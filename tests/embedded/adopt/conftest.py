from collections.abc import Iterator

import httpx
import pytest

from embedded import Instance
from embedded.up import free_port
from tests.embedded.adopt.stage import Stage


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("adopt"))
    instance.start()
    yield instance
    instance.stop()


@pytest.fixture
def stage(instance: Instance, capsys: pytest.CaptureFixture[str]) -> Iterator[Stage]:
    """A stage without stacks, whether existing or remembered, from earlier tests."""
    yield Stage(instance, capsys)
    reset = f"{instance.endpoint_url}/_ministack/reset"
    assert httpx.post(reset, trust_env=False, timeout=60).is_success
