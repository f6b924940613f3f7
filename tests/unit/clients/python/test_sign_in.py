"""The Python client signs in, or says why it cannot. tests/deployed signs in to the service."""

import httpx
import pytest

from artisthub_client import TotpRequired, UnknownChallenge, errors
from tests.unit.clients.python.service import DEVICE, client, problem

PARAMETERS = {"USERNAME": "maya", "USER_ID_FOR_SRP": "maya", "SRP_B": "ff", "SALT": "ff"}
PARAMETERS |= {"SECRET_BLOCK": "YQ=="}


def a_step(challenge: str) -> httpx.Response:
    answer = {"challenge": challenge, "session": "session-1", "parameters": PARAMETERS}
    return httpx.Response(200, json=answer)


def test_a_missing_code_is_an_error() -> None:
    hub, service = client(a_step("PASSWORD_VERIFIER"), a_step("SOFTWARE_TOKEN_MFA"))

    with pytest.raises(TotpRequired):
        hub.sign_in("maya@example.com", "Monsoon-Stage-2026")
    assert hub.session is None
    assert service.body()["session"] == "session-1"
    assert all(b"Monsoon" not in request.content for request in service.requests)


def test_an_unknown_challenge_is_an_error() -> None:
    hub, _ = client(a_step("PASSWORD_VERIFIER"), a_step("WEB_AUTHN"))

    with pytest.raises(UnknownChallenge, match="WEB_AUTHN"):
        hub.sign_in("maya@example.com", "Monsoon-Stage-2026")


def test_a_device_that_may_have_been_forgotten_is_left_out_once() -> None:
    hub, service = client(problem(401, "SignInFailed"))

    with pytest.raises(errors.SignInFailed):
        hub.sign_in("maya@example.com", "Monsoon-Stage-2026", device=DEVICE)
    assert [service.body(number).get("deviceKey") for number in range(2)] == ["device", None]
    assert len(service.requests) == 2
