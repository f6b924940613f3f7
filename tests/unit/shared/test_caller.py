"""Who is calling, from what API Gateway says of a token and from the token itself."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from artisthub.shared import caller, errors
from tests.unit.calls import ACCESS_CLAIMS, event

BEARER = {"authorization": "Bearer token-1"}


def token_of(payload: bytes) -> str:
    return f"header.{urlsafe_b64encode(payload).decode().rstrip('=')}.signature"


def test_the_caller_is_who_the_token_says() -> None:
    found = caller.of(event(claims=ACCESS_CLAIMS, headers=BEARER))

    assert (found.user_id, found.token, found.is_admin) == ("user-1", "token-1", False)


def test_no_token_is_nobody() -> None:
    with pytest.raises(errors.Unauthorized):
        caller.of(event())


@pytest.mark.parametrize("claims", [{"sub": "user-1", "token_use": "id"}, {"sub": "user-1"}])
def test_only_access_tokens_count(claims: dict[str, Any]) -> None:
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
def test_groups_are_read_however_they_are_written(claim: Any, groups: set[str]) -> None:
    assert caller.from_claims({**ACCESS_CLAIMS, "cognito:groups": claim}, "").groups == groups


@pytest.mark.parametrize(
    ("groups", "is_admin"), [("[admins]", True), ("[not-admins]", False), ("[Admins]", False)]
)
def test_administrators_are_those_of_the_group(groups: str, is_admin: bool) -> None:
    assert caller.from_claims({**ACCESS_CLAIMS, "cognito:groups": groups}, "").is_admin is is_admin


@pytest.mark.parametrize(
    ("claim", "signed_in_at"),
    [
        (1795366440, 1795366440),
        ("1795366440", 1795366440),
        ("1.79536644E9", 1795366440),
    ],
)
def test_when_the_caller_signed_in_is_read_however_it_is_written(
    claim: Any, signed_in_at: float
) -> None:
    assert (
        caller.from_claims({**ACCESS_CLAIMS, "auth_time": claim}, "").signed_in_at == signed_in_at
    )


def test_a_token_that_does_not_say_when_its_owner_signed_in_is_of_long_ago() -> None:
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
def test_the_token_is_taken_with_and_without_its_scheme(header: str, token: str) -> None:
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
def test_on_a_public_route_what_is_no_access_token_is_nobody_without_asking_cognito(
    token: str,
) -> None:
    # Sockets are off here: a request to Cognito would fail.
    headers = {"authorization": f"Bearer {token}"}

    assert caller.on_public_route(event(headers=headers)) is None


@pytest.mark.parametrize("scheme", ["Basic", "Digest", "Bearers"])
def test_on_a_public_route_another_scheme_is_nobody_without_asking_cognito(scheme: str) -> None:
    headers = {"authorization": f"{scheme} {token_of(json.dumps(ACCESS_CLAIMS).encode())}"}

    assert caller.on_public_route(event(headers=headers)) is None


@pytest.mark.parametrize("client", ["another-client", None])
def test_on_a_public_route_tokens_of_other_clients_are_nobody_without_asking_cognito(
    client: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER_POOL_CLIENT_ID", "our-client")
    token = token_of(json.dumps({**ACCESS_CLAIMS, "client_id": client}).encode())

    assert caller.on_public_route(event(headers={"authorization": f"Bearer {token}"})) is None


def test_on_a_public_route_no_token_is_nobody() -> None:
    assert caller.on_public_route(event()) is None
