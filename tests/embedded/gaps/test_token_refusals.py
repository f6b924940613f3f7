"""An HTTP API's reasons for refused tokens."""

from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, a_name, an_api, client, get

pytestmark = pytest.mark.deployed

PASSWORD = "Monsoon-Stage-2026"
HELLO = 'return {"statusCode": 200, "body": "hello"}'


class Pool:
    def __init__(self, instance: Instance) -> None:
        cognito = client(instance, "cognito-idp")
        pool = cognito.create_user_pool(PoolName=a_name())["UserPool"]["Id"]
        self.client_id = cognito.create_user_pool_client(
            UserPoolId=pool, ClientName="a", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
        )["UserPoolClient"]["ClientId"]
        self.issuer = f"https://cognito-idp.ap-south-1.amazonaws.com/{pool}"
        cognito.admin_create_user(UserPoolId=pool, Username="a")
        cognito.admin_set_user_password(
            UserPoolId=pool, Username="a", Password=PASSWORD, Permanent=True
        )
        answer: Any = cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=self.client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "a", "PASSWORD": PASSWORD},
        )
        self.token: str = answer["AuthenticationResult"]["AccessToken"]


@pytest.fixture(scope="module")
def pool(patched: Instance) -> Pool:
    return Pool(patched)


@pytest.fixture(scope="module")
def api_id(patched: Instance, pool: Pool) -> str:
    function = a_function(patched, HELLO)
    return an_api(patched, function, issuer=pool.issuer, audience=pool.client_id)


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    pool = Pool(unpatched)
    function = a_function(unpatched, HELLO)
    api_id = an_api(unpatched, function, issuer=pool.issuer, audience=pool.client_id)

    refusal = get(unpatched, api_id)

    assert refusal.status_code == 401
    assert "www-authenticate" not in refusal.headers


def test_a_request_without_a_token_gets_the_scheme(patched: Instance, api_id: str) -> None:
    refusal = get(patched, api_id)

    assert (refusal.status_code, refusal.json()) == (401, {"message": "Unauthorized"})
    assert refusal.headers["www-authenticate"] == "Bearer"
    assert refusal.headers["apigw-requestid"]


def test_a_malformed_token_is_reported(patched: Instance, api_id: str) -> None:
    refusal = get(patched, api_id, authorization="Bearer nonsense")

    assert refusal.status_code == 401
    assert refusal.headers["www-authenticate"] == (
        'Bearer scope="" error="invalid_token" '
        'error_description="token contains an invalid number of segments"'
    )


def test_another_clients_token_is_reported(patched: Instance, pool: Pool) -> None:
    function = a_function(patched, HELLO)
    api_id = an_api(patched, function, issuer=pool.issuer, audience="another")

    refusal = get(patched, api_id, authorization=f"Bearer {pool.token}")

    assert refusal.status_code == 401
    assert refusal.headers["www-authenticate"] == (
        'Bearer scope="" error="invalid_token" '
        'error_description="the token does not have a valid audience"'
    )


@pytest.mark.aws_fact(14)
@pytest.mark.parametrize("scheme", ["Bearer ", ""])
def test_a_token_is_accepted_with_and_without_its_scheme(
    scheme: str, patched: Instance, api_id: str, pool: Pool
) -> None:
    answer = get(patched, api_id, authorization=f"{scheme}{pool.token}")

    assert (answer.status_code, answer.text) == (200, "hello")
