"""The API accepts valid tokens and refuses all others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.deployed.people import PASSWORD, Person, Service, a_new_user, as_changed, problem
from tests.deployed.target import Target

if TYPE_CHECKING:
    from embedded import Instance

pytestmark = pytest.mark.deployed
signs_itself = pytest.mark.embedded_only("signs with the pool's key, which Cognito does not reveal")


@pytest.fixture(scope="module")
def signing_key(instance: Instance, recruiter: Person) -> bytes:
    from tests.deployed import on_embedded

    return on_embedded.signing_key(instance, recruiter.service.outputs["userPoolId"])


def signed(token: str, key: Any, algorithm: str | None = "RS256", **changes: Any) -> str:
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    headers = {"kid": jwt.get_unverified_header(token)["kid"]}
    return jwt.encode(claims, key, algorithm=algorithm, headers=headers)


def with_token(person: Person, token: str) -> Person:
    return Person(person.service, token=token)


@signs_itself
def test_a_token_signed_with_the_pool_key_is_accepted(
    recruiter: Person, signing_key: bytes
) -> None:
    token = signed(recruiter.token, signing_key)

    me = with_token(recruiter, token).succeed("GET", "/users/me").json()
    assert me["userId"] == recruiter.me["userId"]


def forged(token: str) -> dict[str, str]:
    """Changed tokens that anyone can make from a token."""
    header, payload, signature = token.split(".")
    another_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return {
        "nonsense": "nonsense",
        "without signature": f"{header}.{payload}.",
        "another payload": f"{header}.{payload[:-4]}AAAA.{signature}",
        "forged": signed(token, another_key),
        "unsigned": signed(token, None, algorithm="none"),
    }


def outdated(token: str, signing_key: bytes) -> dict[str, str]:
    """Tokens with a valid signature and an invalid claim."""
    past = int(time.time()) - 10
    return {
        "expired": signed(token, signing_key, exp=past),
        "not yet valid": signed(token, signing_key, nbf=past + 1000),
        "of another issuer": signed(token, signing_key, iss="https://example.org/pool"),
        "of another client": signed(token, signing_key, client_id="another"),
    }


def ensure_none_opens(person: Person, tokens: dict[str, str]) -> None:
    """Try a protected route, and a draft that only its recruiter sees."""
    path = f"/castings/{person.casting()['castingId']}"
    assert person.call("GET", path).status_code == 200
    for name, token in tokens.items():
        sender = with_token(person, token)
        assert sender.call("GET", "/users/me").status_code == 401, name
        # On public routes our functions check the token. Cognito issues none for a later time.
        if name != "not yet valid":
            assert sender.call("GET", path).status_code == 401, name


def test_forged_tokens_are_refused(recruiter: Person) -> None:
    ensure_none_opens(recruiter, forged(recruiter.token))


@signs_itself
def test_expired_early_and_foreign_tokens_are_refused(
    recruiter: Person, signing_key: bytes
) -> None:
    ensure_none_opens(recruiter, outdated(recruiter.token, signing_key))


@pytest.mark.aws_fact(14)
@pytest.mark.parametrize("form", ["{}", "Bearer {}", "bearer {}", "Bearer  {}"])
def test_a_token_works_with_and_without_the_bearer_scheme(
    service: Service, recruiter: Person, form: str
) -> None:
    newcomer = service.account()
    profile = a_new_user()
    draft = f"/castings/{recruiter.casting()['castingId']}"

    def call(person: Person, method: str, path: str, body: Any = None) -> int:
        authorization = form.format(person.token)
        return person.call(method, path, body, authorization=authorization).status_code

    assert call(recruiter, "GET", "/users/me") == 200
    assert call(recruiter, "GET", draft) == 200  # a public route, which has no authorizer
    assert call(newcomer, "POST", "/users", profile) == 201  # asks Cognito with the token


def test_an_id_token_gives_no_access(service: Service, recruiter: Person) -> None:
    id_token = recruiter.sign_in().id_token
    path = f"/castings/{recruiter.casting()['castingId']}"

    sender = with_token(recruiter, id_token)

    assert problem(sender.call("GET", "/users/me")) == (401, "AccessTokenRequired")
    assert problem(sender.call("GET", path)) == (401, "Unauthorized")


@pytest.fixture
def another_client(target: Target) -> Iterator[dict[str, str]]:
    """The ids of another app client of the same pool."""
    cognito, pool = target.client("cognito-idp"), {"UserPoolId": target.outputs["userPoolId"]}
    made = cognito.create_user_pool_client(
        **pool,
        ClientName="artisthub-tests",
        ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    ids = pool | {"ClientId": made["UserPoolClient"]["ClientId"]}
    yield ids
    cognito.delete_user_pool_client(**ids)


def test_a_token_of_another_app_client_gives_no_access(
    target: Target, recruiter: Person, another_client: dict[str, str]
) -> None:
    answer = target.client("cognito-idp").admin_initiate_auth(
        **another_client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": recruiter.email, "PASSWORD": PASSWORD},
    )
    sender = with_token(recruiter, answer["AuthenticationResult"]["AccessToken"])
    path = f"/castings/{recruiter.casting()['castingId']}"

    assert sender.call("GET", "/users/me").status_code == 401
    assert problem(sender.call("GET", path)) == (401, "Unauthorized")


def test_a_suspended_account_cannot_change_anything(service: Service, admin: Person) -> None:
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
    read = recruiter.call("GET", f"/castings/{casting['castingId']}").json()
    assert as_changed(read) == casting
