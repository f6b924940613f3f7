"""MiniStack unpatched and with its gaps closed. Delete files for gaps that it closes itself."""

from collections.abc import Iterator

import pytest

from embedded import Instance
from embedded.up import free_port


@pytest.fixture(scope="session")
def unpatched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    state = tmp_path_factory.mktemp("unpatched")
    instance = Instance(port=free_port(), state=state, with_gaps_closed=False)
    instance.start()
    yield instance
    instance.stop()


@pytest.fixture(scope="session")
def patched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("patched"))
    instance.start()
    yield instance
    instance.stop()
