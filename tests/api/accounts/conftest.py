import threading
from collections.abc import Iterator

import pytest

from artisthub.shared import cognito
from embedded import Instance, deploy
from embedded.up import free_port
from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import Api, Pool


@pytest.fixture(scope="session")
def embedded_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("accounts"))
    instance.start()
    yield instance
    instance.stop()


@pytest.fixture(scope="session")
def pools(embedded_aws: Instance) -> dict[str, Pool]:
    session = deploy.aws(embedded_aws)
    return {
        "no secret": Pool(session, embedded_aws.endpoint_url, has_secret=False),
        "secret": Pool(session, embedded_aws.endpoint_url, has_secret=True),
    }


@pytest.fixture(autouse=True)
def a_new_function(embedded_aws: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a function that has not read the client's secret yet."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", embedded_aws.endpoint_url)
    monkeypatch.setenv("AWS_REGION", "ap-south-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    monkeypatch.setattr(cognito, "_secret", "")
    monkeypatch.setattr(cognito, "_read_at", 0.0)


@pytest.fixture(params=["no secret", "secret"])
def pool(
    request: pytest.FixtureRequest, pools: dict[str, Pool], monkeypatch: pytest.MonkeyPatch
) -> Pool:
    """A pool whose client has no secret as in dev, then one whose client has."""
    pool = pools[request.param]
    monkeypatch.setenv("USER_POOL_CLIENT_ID", pool.client_id)
    monkeypatch.setenv("CLIENT_SECRET_ID", pool.secret_id)
    return pool


@pytest.fixture
def api(pool: Pool) -> Api:
    return Api(pool.pool_id)


@pytest.fixture
def fake_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAws]:
    """In place of the embedded AWS, before a client that has the secret `s3cret`."""
    with FakeAws() as fake:
        monkeypatch.setenv("AWS_ENDPOINT_URL", fake.endpoint_url)
        monkeypatch.setenv("USER_POOL_CLIENT_ID", "client")
        monkeypatch.setenv("CLIENT_SECRET_ID", "secret-id")
        fake.answer("GetSecretValue", SecretString='{"clientSecret":"s3cret"}')
        threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield fake
        fake.shutdown()
