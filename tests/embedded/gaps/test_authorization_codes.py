"""Authorization codes of the hosted UI, from the embedded AWS's own page."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from embedded import Instance
from tests import hosted_ui
from tests.embedded.gaps.user_pool import EMAIL, PASSWORD, TRACKED, UserPool

CALLBACK = "http://localhost:3000/callback"
VERIFIER = "v" * 43


@pytest.fixture
def pool(patched: Instance) -> Iterator[UserPool]:
    with UserPool(patched, DeviceConfiguration=TRACKED) as pool:
        yield pool


def exchange(instance: Instance, pool: UserPool, code: str, verifier: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "client_id": pool.client_id,
        "redirect_uri": CALLBACK,
        "code": code,
        "code_verifier": verifier,
    }
    return httpx.post(f"{instance.endpoint_url}/oauth2/token", data=form, trust_env=False)


def a_code(instance: Instance, pool: UserPool) -> tuple[str, str]:
    """Return a code and its verifier."""
    grant = hosted_ui.sign_in(instance.endpoint_url, pool.client_id, CALLBACK, EMAIL, PASSWORD)
    return grant["code"], grant["codeVerifier"]


def a_code_without_challenge(instance: Instance, pool: UserPool) -> str:
    asked = {
        "client_id": pool.client_id,
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": hosted_ui.SCOPES,
    }
    page = f"{instance.endpoint_url}/oauth2/authorize?{urlencode(asked)}"
    return parse_qs(urlsplit(hosted_ui.browse(page, EMAIL, PASSWORD)).query)["code"][0]


def test_ministack_allows_guessing_at_a_code(unpatched: Instance) -> None:
    with UserPool(unpatched) as pool:
        code, verifier = a_code(unpatched, pool)
        assert exchange(unpatched, pool, code, VERIFIER).status_code == 400
        assert exchange(unpatched, pool, code, verifier).status_code == 200
        code = a_code_without_challenge(unpatched, pool)
        assert exchange(unpatched, pool, code, VERIFIER).status_code == 200


def test_a_code_works_once(patched: Instance, pool: UserPool) -> None:
    code, verifier = a_code(patched, pool)

    assert exchange(patched, pool, code, verifier).status_code == 200
    again = exchange(patched, pool, code, verifier)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_a_wrong_verifier_invalidates_the_code(patched: Instance, pool: UserPool) -> None:
    code, verifier = a_code(patched, pool)

    for sent in (VERIFIER, verifier):
        answer = exchange(patched, pool, code, sent)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_code_without_a_challenge_refuses_a_verifier(patched: Instance, pool: UserPool) -> None:
    answer = exchange(patched, pool, a_code_without_challenge(patched, pool), VERIFIER)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@pytest.mark.aws_fact(3)
def test_a_hosted_ui_session_has_no_device(patched: Instance, pool: UserPool) -> None:
    """https://repost.aws/questions/QUBLMX7pNpR2ayKpP1VRCTLQ"""
    tokens = exchange(patched, pool, *a_code(patched, pool)).json()

    assert pool.call("ListDevices", AccessToken=tokens["access_token"])["Devices"] == []
    assert pool.refresh(tokens["refresh_token"])["AccessToken"]
