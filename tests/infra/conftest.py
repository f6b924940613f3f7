"""Package each stage once, without an AWS account."""

from pathlib import Path

import pytest

from tests.infra.packages import STAGES, Package, package


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return {stage: package(stage, tmp_path_factory.mktemp(stage)) for stage in STAGES}


@pytest.fixture(params=STAGES)
def each(request: pytest.FixtureRequest, packages: dict[str, Package]) -> Package:
    """Run the test once for each stage."""
    return packages[request.param]


@pytest.fixture(params=["staging", "prod"])
def protected(request: pytest.FixtureRequest, packages: dict[str, Package]) -> Package:
    """Run the test once for each stage that protects its data."""
    return packages[request.param]


@pytest.fixture
def dev(packages: dict[str, Package]) -> Package:
    return packages["dev"]


@pytest.fixture(scope="session")
def host_package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package for an AWS endpoint on this machine, where the functions run locally."""
    folder: Path = tmp_path_factory.mktemp("host")
    return package("dev", folder, endpoint="http://127.0.0.1:9")
