"""The service, deployed once for all of these tests by the real `sls deploy`, with IAM enforced."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from embedded import Instance, deploy
from embedded.up import free_port, up
from tests.api import templates
from tests.deployed.cast import Cast
from tests.deployed.people import Person, Service


@pytest.fixture(scope="session")
def instance(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Instance]:
    stage = pytestconfig.getoption("stage")
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("deployed"), stage=stage)
    try:
        up(instance, lambda _: None, with_demo=False)
        yield instance
    finally:
        instance.stop()


@pytest.fixture(scope="session")
def stage(instance: Instance) -> dict[str, Any]:
    return templates.stage(instance.stage)


@pytest.fixture(scope="session")
def origin(stage: dict[str, Any]) -> str:
    """Of a page that may call the API."""
    [allowed] = stage["allowedOrigins"]
    return "https://anywhere.example" if allowed == "*" else str(allowed)


@pytest.fixture(scope="session")
def service(instance: Instance) -> Iterator[Service]:
    service = Service(json.loads(instance.outputs.read_text()))
    yield service
    service.http.close()


@pytest.fixture(scope="session")
def anonymous(service: Service) -> Person:
    return Person(service)


@pytest.fixture(scope="session")
def recruiter(service: Service) -> Person:
    return service.person("recruiter")


@pytest.fixture(scope="session")
def artist(service: Service) -> Person:
    return service.person("artist")


@pytest.fixture(scope="session")
def new_admin(instance: Instance, service: Service) -> Callable[[], Person]:
    """Makes an administrator without a profile, as they may be."""

    def make() -> Person:
        person = service.account()
        deploy.make_admin(instance, service.outputs["userPoolId"], person.email)
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
    """Method and path of each operation, as the contract says."""
    contract = anonymous.succeed("GET", "/openapi.json").json()
    return {
        operation["operationId"]: (method.upper(), path.removeprefix("/v1"))
        for path, operations in contract["paths"].items()
        for method, operation in operations.items()
    }


@pytest.fixture(scope="session")
def index(instance: Instance) -> Any:
    """The table that searches read."""
    session: Any = deploy.aws(instance)
    aws = {"endpoint_url": instance.endpoint_url}
    found = session.client("cloudformation", **aws).describe_stack_resource(
        StackName=f"artisthub-api-{instance.stage}", LogicalResourceId="SearchTable"
    )
    name = found["StackResourceDetail"]["PhysicalResourceId"]
    return session.resource("dynamodb", **aws).Table(name)
