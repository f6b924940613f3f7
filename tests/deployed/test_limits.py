"""Limits on public routes over HTTP, from several client addresses."""

from typing import Any

import httpx
import pytest

from tests.deployed.people import PASSWORD, Person, Service, a_name, problem

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.weakness(14),
    pytest.mark.embedded_only("chooses the client's address"),
]

MOST_MAILS_TO_A_MAILBOX = 20


def a_client(service: Service, address: str) -> httpx.Client:
    transport = httpx.HTTPTransport(local_address=address)
    return httpx.Client(base_url=f"{service.outputs['apiUrl']}/v1", transport=transport, timeout=60)


def ask(client: httpx.Client, email: str, **headers: str) -> httpx.Response:
    return client.post("/auth/resend-code", json={"email": email}, headers=headers)


def test_a_client_that_asks_too_often_is_refused_and_no_other(
    service: Service, stage: dict[str, Any]
) -> None:
    most_mails = int(stage["limits"]["mails"].partition("/")[0])
    with a_client(service, "127.0.0.7") as greedy, a_client(service, "127.0.0.8") as other:
        answers = [
            ask(greedy, f"{a_name()}@example.com", **{"x-forwarded-for": f"198.51.100.{number}"})
            # A function writes its count after a twentieth of the limit.
            for number in range(most_mails + most_mails // 20 + 2)
        ]

        assert {answer.status_code for answer in answers[:most_mails]} == {202}
        assert problem(answers[-1]) == (429, "TooManyRequests")
        assert int(answers[-1].headers["retry-after"]) > 0
        assert ask(other, f"{a_name()}@example.com").status_code == 202


def test_tries_to_confirm_and_to_sign_in_are_counted(service: Service) -> None:
    """A function writes the count of a client address after a twentieth of the limit."""
    bodies = {
        "confirm": {"email": "nobody@example.com", "code": "000000"},
        "refresh": {"username": "nobody", "refreshToken": "x"},
    }

    with a_client(service, "127.0.0.9") as client:
        for path, body in bodies.items():
            answers = [client.post(f"/auth/{path}", json=body) for _ in range(31)]
            assert {answer.status_code for answer in answers} <= {401, 422}


def test_a_mailbox_gets_few_codes_a_day_whatever_its_tag(
    service: Service, anonymous: Person
) -> None:
    name = a_name()
    bodies = [
        {"email": f"{name}+{number}@example.com", "password": PASSWORD} for number in range(30)
    ]

    answers = [anonymous.call("POST", "/auth/signup", body) for body in bodies]

    statuses = [answer.status_code for answer in answers]
    assert statuses == [*[202] * MOST_MAILS_TO_A_MAILBOX, *[429] * 10]


def test_the_hosted_page_creates_few_accounts_of_a_mailbox(service: Service) -> None:
    name = a_name()

    for number in range(MOST_MAILS_TO_A_MAILBOX):
        service.sign_up_by_page(f"{name}+{number}@example.com")
    with pytest.raises(service.cognito.exceptions.UserLambdaValidationException):
        service.sign_up_by_page(f"{name}+last@example.com")
