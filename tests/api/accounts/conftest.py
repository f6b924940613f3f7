import threading
from collections.abc import Iterator

import pytest

from artisthub.shared import cognito
from tests.api.accounts.fake_aws import FakeAws
from tests.api.accounts.pool import CALLBACK_URL, Api, Pool


@pytest.fixture(scope="session")
def pools(aws: None) -> dict[str, Pool]:
    return {"no secret": Pool(has_secret=False), "secret": Pool(has_secret=True)}


@pytest.fixture(autouse=True)
def a_new_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that has not read the client secret yet."""
    monkeypatch.setattr(cognito, "_secret", "")
    monkeypatch.setattr(cognito, "_read_at", 0.0)


@pytest.fixture(autouse=True)
def callback_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBACK_URLS", f"https://artisthub.com/auth/callback,{CALLBACK_URL}")


@pytest.fixture(params=["no secret", "secret"])
def pool(
    request: pytest.FixtureRequest, pools: dict[str, Pool], monkeypatch: pytest.MonkeyPatch
) -> Pool:
    """A pool whose client has no secret, as in dev, then one whose client has a secret."""
    pool = pools[request.param]
    monkeypatch.setenv("USER_POOL_CLIENT_ID", pool.client_id)
    monkeypatch.setenv("CLIENT_SECRET_ID", pool.secret_id)
    return pool


@pytest.fixture
def api(pool: Pool) -> Api:
    return Api(pool.pool_id)


@pytest.fixture
def fake_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAws]:
    """A fake AWS instead of the embedded one, for a client with a secret."""
    with FakeAws() as fake:
        monkeypatch.setenv("AWS_ENDPOINT_URL", fake.endpoint_url)
        monkeypatch.setenv("USER_POOL_CLIENT_ID", "client")
        monkeypatch.setenv("CLIENT_SECRET_ID", "secret-id")
        fake.answer("GetSecretValue", SecretString='{"clientSecret":"s3cretOfATestOf26Characters"}')
        threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield fake
        fake.shutdown()
