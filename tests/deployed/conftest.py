"""The stage that these tests call.

`make acceptance` names an existing stage. Otherwise the tests start an embedded AWS, which enforces
IAM, and deploy a stage to it with the real `sls deploy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.api import templates
from tests.deployed.cast import Cast
from tests.deployed.people import Person, Service, with_raised_quotas
from tests.deployed.target import Target

if TYPE_CHECKING:
    from embedded import Instance

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Require a reason on each test that uses the embedded AWS itself."""
    for item in items:
        uses_it = "instance" in getattr(item, "fixturenames", ())
        if uses_it and HERE in item.path.parents and not item.get_closest_marker("embedded_only"):
            raise pytest.UsageError(f"{item.nodeid} needs the marker embedded_only(reason)")


@pytest.fixture(autouse=True)
def _only_on_aws(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("needs_aws")
    if marker and not request.getfixturevalue("target").is_aws:
        pytest.skip(f"needs AWS: {marker.args[0]}")


@pytest.fixture(scope="session")
def instance(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Instance]:
    """The embedded AWS itself, for tests that AWS does not allow."""
    from tests.deployed import on_embedded

    stage = pytestconfig.getoption("stage")
    with on_embedded.deployed(stage, tmp_path_factory.mktemp("deployed")) as instance:
        yield instance


@pytest.fixture(scope="session")
def target(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> Target:
    """The stage under test."""
    acceptance: Any = pytestconfig.pluginmanager.get_plugin("acceptance")
    if acceptance:
        given: Target = acceptance.target
        return given
    from tests.deployed import on_embedded

    return on_embedded.target_of(request.getfixturevalue("instance"))


@pytest.fixture(scope="session")
def stage(target: Target) -> dict[str, Any]:
    return templates.stage(target.stage)


@pytest.fixture(scope="session")
def origin(stage: dict[str, Any]) -> str:
    """The origin of a page that may call the API."""
    [allowed] = stage["allowedOrigins"]
    return "https://anywhere.example" if allowed == "*" else str(allowed)


@pytest.fixture(scope="session")
def service(target: Target) -> Iterator[Service]:
    service = Service(target.outputs, target.client("cognito-idp"), target.mailbox, target.run)
    yield service
    service.http.close()


@pytest.fixture(scope="session")
def anonymous(service: Service) -> Person:
    return Person(service)


@pytest.fixture(scope="session")
def recruiter(service: Service, admin: Person) -> Person:
    return with_raised_quotas(service.person("recruiter"), by=admin)


@pytest.fixture(scope="session")
def artist(service: Service, admin: Person) -> Person:
    return with_raised_quotas(service.person("artist"), by=admin)


@pytest.fixture(scope="session")
def new_admin(service: Service) -> Callable[[], Person]:
    """Create an administrator without a profile."""

    def make() -> Person:
        person = service.account()
        service.make_admin(person)
        person.sign_in()
        return person

    return make


@pytest.fixture(scope="session")
def admin(new_admin: Callable[[], Person]) -> Person:
    return new_admin()


@pytest.fixture(scope="module")
def cast(service: Service, new_admin: Callable[[], Person]) -> Cast:
    return Cast(service, new_admin)


@pytest.fixture(scope="session")
def routes(anonymous: Person) -> dict[str, tuple[str, str]]:
    """Method and path of each operation of the contract."""
    contract = anonymous.succeed("GET", "/openapi.json").json()
    return {
        operation["operationId"]: (method.upper(), path.removeprefix("/v1"))
        for path, operations in contract["paths"].items()
        for method, operation in operations.items()
    }


@pytest.fixture(scope="session")
def index(target: Target) -> Any:
    """The search index table."""
    return target.table("SearchTable")
