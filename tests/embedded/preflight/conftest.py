from collections.abc import Iterator

import httpx
import pytest

from embedded import Instance, deploy
from embedded.up import free_port
from operations.preflight import package
from operations.preflight.package import Package
from tests.embedded.preflight.stage import Stage


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("preflight"))
    instance.start()
    yield instance
    instance.stop()


@pytest.fixture(scope="module")
def packaged(instance: Instance) -> Package:
    """The package that a prod deployment would send, made once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in deploy.environment(instance).items():
            patch.setenv(name, value)
        patch.delenv("ARTISTHUB_MAIL")
        return package.make("prod", "ap-south-1")


@pytest.fixture
def stage(
    instance: Instance, packaged: Package, capsys: pytest.CaptureFixture[str]
) -> Iterator[Stage]:
    """A stage with nothing deployed and no leftovers of earlier tests."""
    yield Stage(instance, capsys, packaged)
    reset = f"{instance.endpoint_url}/_ministack/reset"
    assert httpx.post(reset, trust_env=False, timeout=60).is_success
