"""Which tokens open the door, and that no other does."""

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from embedded import Instance, deploy
from tests.deployed.people import PASSWORD, Person, Service, problem

pytestmark = pytest.mark.deployed


@pytest.fixture(scope="module")
def signing_key(instance: Instance, recruiter: Person) -> bytes:
    """The private key of the user pool's access tokens, which the embedded AWS keeps in a file."""
    pool_id = recruiter.service.outputs["userPoolId"]
    return (instance.state / "aws" / "cognito-pool-keys" / f"{pool_id}-access.pem").read_bytes()


def signed(token: str, key: Any, algorithm: str | None = "RS256", **changes: Any) -> str:
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    headers = {"kid": jwt.get_unverified_header(token)["kid"]}
    return jwt.encode(claims, key, algorithm=algorithm, headers=headers)


def with_token(person: Person, token: str) -> Person:
    return Person(person.service, token=token)


def test_a_token_made_with_the_pool_s_key_opens(recruiter: Person, signing_key: bytes) -> None:
    token = signed(recruiter.token, signing_key)

    assert with_token(recruiter, token).call("GET", "/users/me").json() == recruiter.me


def bad_tokens(token: str, signing_key: bytes) -> dict[str, str]:
    header, payload, signature = token.split(".")
    another_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    past = int(time.time()) - 10
    return {
        "nonsense": "nonsense",
        "without signature": f"{header}.{payload}.",
        "another payload": f"{header}.{payload[:-4]}AAAA.{signature}",
        "forged": signed(token, another_key),
        "unsigned": signed(token, None, algorithm="none"),
        "expired": signed(token, signing_key, exp=past),
        "not yet valid": signed(token, signing_key, nbf=past + 1000),
        "of another issuer": signed(token, signing_key, iss="https://example.org/pool"),
        "of another client": signed(token, signing_key, client_id="another"),
    }


def test_no_other_token_opens_a_protected_route(recruiter: Person, signing_key: bytes) -> None:
    for name, token in bad_tokens(recruiter.token, signing_key).items():
        answer = with_token(recruiter, token).call("GET", "/users/me")
        assert answer.status_code == 401, name


def test_no_other_token_shows_a_draft(recruiter: Person, signing_key: bytes) -> None:
    path = f"/castings/{recruiter.casting()['castingId']}"

    assert recruiter.call("GET", path).status_code == 200
    tokens = bad_tokens(recruiter.token, signing_key)
    del tokens["not yet valid"]  # Cognito, which checks them here, issues none of that kind
    for name, token in tokens.items():
        answer = with_token(recruiter, token).call("GET", path)
        assert answer.status_code == 404, name


def test_an_id_token_authorises_nothing(service: Service, recruiter: Person) -> None:
    id_token = recruiter.sign_in().id_token
    path = f"/castings/{recruiter.casting()['castingId']}"

    sender = with_token(recruiter, id_token)

    assert problem(sender.call("GET", "/users/me")) == (401, "AccessTokenRequired")
    assert problem(sender.call("GET", path)) == (404, "NotFound")


def test_a_token_of_another_client_of_the_pool_authorises_nothing(
    instance: Instance, recruiter: Person
) -> None:
    cognito = deploy.aws(instance).client("cognito-idp", endpoint_url=instance.endpoint_url)
    pool_id = recruiter.service.outputs["userPoolId"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="another",
        ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    answer = cognito.admin_initiate_auth(
        UserPoolId=pool_id,
        ClientId=client["UserPoolClient"]["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": recruiter.email, "PASSWORD": PASSWORD},
    )
    sender = with_token(recruiter, answer["AuthenticationResult"]["AccessToken"])
    path = f"/castings/{recruiter.casting()['castingId']}"

    assert sender.call("GET", "/users/me").status_code == 401
    assert problem(sender.call("GET", path)) == (404, "NotFound")


def test_the_token_of_a_suspended_account_changes_nothing(service: Service, admin: Person) -> None:
    recruiter = service.person("recruiter")
    casting = recruiter.casting()
    path = f"/admin/users/{recruiter.me['userId']}/suspension"
    admin.succeed("PUT", path, {"reason": "Spam."})

    for answer in (
        recruiter.call("POST", "/castings", {}),
        recruiter.call("PATCH", "/users/me", {"city": "Pune"}, if_match="*"),
        recruiter.call("PATCH", f"/castings/{casting['castingId']}", {"tags": []}, if_match="*"),
        recruiter.call("PUT", f"/castings/{casting['castingId']}/status", {"status": "open"}),
    ):
        assert answer.status_code in {403, 422}
    assert recruiter.call("GET", f"/castings/{casting['castingId']}").json() == casting
