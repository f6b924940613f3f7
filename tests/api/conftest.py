"""A local DynamoDB and Cognito for the handlers, with the tables of the templates."""

from collections.abc import Iterator

import pytest

from artisthub.shared import aws_json
from tests import aws_models, dynamodb_local
from tests.api import local


@pytest.fixture(scope="session")
def dynamodb_url(pytestconfig: pytest.Config) -> Iterator[str | None]:
    """The URL of Amazon's DynamoDB Local, or None if the embedded AWS serves DynamoDB."""
    if not pytestconfig.getoption("dynamodb_local"):
        yield None
        return
    with dynamodb_local.running() as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def aws(tmp_path_factory: pytest.TempPathFactory, dynamodb_url: str | None) -> Iterator[None]:
    """The environment of the functions, on an embedded AWS that ends with the session."""
    with local.aws(tmp_path_factory.mktemp("aws"), dynamodb_url):
        yield


@pytest.fixture(scope="session", autouse=True)
def _held_to_the_models_of_aws() -> Iterator[None]:
    """Check that our requests and AWS's answers follow botocore's models of the API."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aws_json, "call", aws_models.held(aws_json.call))
        patch.setattr(aws_json, "post", aws_models.held_post(aws_json.post))
        patch.setattr(aws_json, "get", aws_models.held_link("GET", aws_json.get))
        patch.setattr(aws_json, "put", aws_models.held_link("PUT", aws_json.put))
        patch.setattr(aws_json, "delete", aws_models.held_link("DELETE", aws_json.delete))
        yield
