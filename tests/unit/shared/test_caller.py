"""The caller, from API Gateway's claims and from the token itself."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from artisthub.shared import caller, errors
from tests.unit.calls import ACCESS_CLAIMS, event

BEARER = {"authorization": "Bearer token-1"}


def token_of(payload: bytes) -> str:
    return f"header.{urlsafe_b64encode(payload).decode().rstrip('=')}.signature"


def test_the_caller_is_the_subject_of_the_token() -> None:
    found = caller.of(event(claims=ACCESS_CLAIMS, headers=BEARER))

    assert (found.user_id, found.token, found.is_in_admins) == ("user-1", "token-1", False)


def test_a_request_without_a_token_is_unauthorized() -> None:
    with pytest.raises(errors.Unauthorized):
        caller.of(event())


@pytest.mark.parametrize("claims", [{"sub": "user-1", "token_use": "id"}, {"sub": "user-1"}])
def test_a_token_that_is_not_an_access_token_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(caller.AccessTokenRequired):
        caller.of(event(claims=claims))


@pytest.mark.parametrize(
    ("claim", "groups"),
    [
        ("[admins]", {"admins"}),
        ("[admins editors]", {"admins", "editors"}),
        ("[admins, editors]", {"admins", "editors"}),
        ("admins", {"admins"}),
        ("[]", set()),
        ("", set()),
        (None, set()),
        (["admins"], {"admins"}),
    ],
)
def test_groups_are_read_in_every_format(claim: Any, groups: set[str]) -> None:
    assert caller.from_claims({**ACCESS_CLAIMS, "cognito:groups": claim}, "").groups == groups


@pytest.mark.parametrize(
    ("groups", "is_admin"), [("[admins]", True), ("[not-admins]", False), ("[Admins]", False)]
)
def test_only_the_group_admins_makes_an_administrator(groups: str, is_admin: bool) -> None:
    assert (
        caller.from_claims({**ACCESS_CLAIMS, "cognito:groups": groups}, "").is_in_admins is is_admin
    )


@pytest.mark.parametrize(
    ("claim", "signed_in_at"),
    [
        (1795366440, 1795366440),
        ("1795366440", 1795366440),
        ("1.79536644E9", 1795366440),
    ],
)
def test_the_sign_in_time_is_read_in_every_format(claim: Any, signed_in_at: float) -> None:
    assert (
        caller.from_claims({**ACCESS_CLAIMS, "auth_time": claim}, "").signed_in_at == signed_in_at
    )


def test_a_token_without_a_sign_in_time_counts_as_old() -> None:
    assert caller.from_claims(ACCESS_CLAIMS, "").signed_in_at == 0


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer   abc ", "abc"),
        ("BEARER abc", "abc"),
        ("abc", "abc"),
        (" abc ", "abc"),
        ("Basic abc", ""),
        ("Bearer a b", ""),
        ("", ""),
    ],
)
@pytest.mark.aws_fact(14)
def test_the_token_is_read_with_or_without_the_bearer_scheme(header: str, token: str) -> None:
    assert caller.bearer(event(headers={"authorization": header})) == token


@pytest.mark.parametrize(
    "token",
    [
        "",
        "abc",
        "a.b.c",
        "a.é.c",
        token_of(b"{"),
        token_of(b"[1]"),
        token_of(b"\xff"),
        token_of(b"[" * 5_000),
        token_of(b'{"sub":"user-1"}'),
        token_of(b'{"sub":"user-1","token_use":"id"}'),
    ],
)
def test_a_public_route_refuses_an_invalid_token_without_asking_cognito(
    token: str,
) -> None:
    # Sockets are off, so a request to Cognito would fail.
    headers = {"authorization": f"Bearer {token}"}

    with pytest.raises(errors.Unauthorized):
        caller.on_public_route(event(headers=headers))


@pytest.mark.parametrize("scheme", ["Basic", "Digest", "Bearers"])
def test_a_public_route_refuses_another_scheme_without_asking_cognito(scheme: str) -> None:
    headers = {"authorization": f"{scheme} {token_of(json.dumps(ACCESS_CLAIMS).encode())}"}

    with pytest.raises(errors.Unauthorized):
        caller.on_public_route(event(headers=headers))


@pytest.mark.parametrize("client", ["another-client", None])
def test_a_public_route_refuses_tokens_of_other_clients_without_asking_cognito(
    client: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER_POOL_CLIENT_ID", "our-client")
    token = token_of(json.dumps({**ACCESS_CLAIMS, "client_id": client}).encode())

    with pytest.raises(errors.Unauthorized):
        caller.on_public_route(event(headers={"authorization": f"Bearer {token}"}))


def test_a_public_route_without_a_token_has_an_anonymous_caller() -> None:
    assert caller.on_public_route(event()) is None
