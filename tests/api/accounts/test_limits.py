"""Limits on sign-in, sign-up and mail routes for each client address and account."""

import uuid
from typing import Any

import pytest

from artisthub.shared import dynamodb, limits
from tests.api import api
from tests.api.accounts.pool import ONE_POOL, PASSWORD, Pool, an_address

pytestmark = [ONE_POOL, pytest.mark.weakness(14)]

CLIENT_LIMIT, ACCOUNT_LIMIT = 6, 3


@pytest.fixture(autouse=True)
def few_calls(monkeypatch: pytest.MonkeyPatch, pool: Pool) -> None:
    """A function with low limits, whose window does not end during the test."""
    for setting in ("SIGN_IN_LIMIT", "MAIL_LIMIT"):
        monkeypatch.setenv(setting, f"{CLIENT_LIMIT}/1000000000 {ACCOUNT_LIMIT}/1000000000")
    monkeypatch.setenv("UNLIMITED_CLIENTS", "127.0.0.1")
    monkeypatch.setattr(limits, "_pending", {})
    monkeypatch.setattr(limits, "_refused", {})


def another_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new instance of the function, which remembers nothing."""
    monkeypatch.setattr(limits, "_pending", {})
    monkeypatch.setattr(limits, "_refused", {})


def a_client() -> str:
    return f"2001:db8:{uuid.uuid4().hex[:4]}:{uuid.uuid4().hex[:4]}::1"


def call(path: str, client: str, body: dict[str, Any], **headers: str) -> api.Response:
    _, function, event = api.event_of("POST", f"/auth/{path}", body, as_=None, **headers)
    event["requestContext"]["http"]["sourceIp"] = client
    answer = api._invoke(function, event)
    return api.Response(answer["statusCode"], answer["headers"], answer.get("body", ""))


def login(client: str, email: str = "", **headers: str) -> api.Response:
    return call("login", client, {"email": email or an_address(), "srpA": "a1"}, **headers)


SIGN_INS: list[tuple[str, dict[str, Any]]] = [
    ("login", {"srpA": "a1"}),
    ("confirm", {"code": "000000"}),
    ("reset-password", {"code": "000000", "password": PASSWORD}),
    ("login", {"nonsense": 1}),
]
MAILS: list[tuple[str, dict[str, Any]]] = [
    ("signup", {"password": PASSWORD}),
    ("resend-code", {}),
    ("forgot-password", {}),
]


@pytest.mark.parametrize("routes", [SIGN_INS, MAILS])
def test_a_client_address_has_a_limit_over_all_routes_of_a_kind(
    routes: list[tuple[str, dict[str, Any]]],
) -> None:
    client = a_client()
    bodies = [(path, {"email": an_address(), **body}) for path, body in routes * CLIENT_LIMIT]

    answers = [call(path, client, body) for path, body in bodies]

    assert [answer.status == 429 for answer in answers[: CLIENT_LIMIT + 2]] == [
        *[False] * CLIENT_LIMIT,
        *[True] * 2,
    ]
    assert answers[-1].code == "TooManyRequests"
    assert 0 < int(answers[-1].headers["retry-after"]) <= 1_000_000_000
    path, body = bodies[0]
    assert call(path, a_client(), {**body, "email": an_address()}).status != 429


def test_addresses_of_one_ipv6_network_count_together() -> None:
    network = a_client().removesuffix("::1")

    answers = [login(f"{network}::{number:x}") for number in range(CLIENT_LIMIT + 1)]

    assert answers[-1].status == 429


def test_a_header_does_not_change_the_client_address() -> None:
    client = a_client()

    answers = [
        login(client, x_forwarded_for=f"198.51.100.{number}", forwarded=f"for={number}")
        for number in range(CLIENT_LIMIT + 1)
    ]

    assert answers[-1].status == 429


@pytest.mark.parametrize(
    "form", ["{name}+{number}@{domain}", "{NAME}@{domain}", "{name}+a+{number}@{domain}"]
)
@pytest.mark.parametrize(("path", "body"), MAILS)
def test_a_mailbox_has_a_limit_whoever_asks(path: str, body: dict[str, Any], form: str) -> None:
    name, _, domain = an_address().partition("@")

    answers = [
        call(
            path,
            a_client(),
            {
                **body,
                "email": form.format(name=name, NAME=name.upper(), domain=domain, number=number),
            },
        )
        for number in range(ACCOUNT_LIMIT + 1)
    ]

    assert [answer.status for answer in answers] == [*[202] * ACCOUNT_LIMIT, 429]


def test_known_and_unknown_accounts_have_the_same_limit(pool: Pool) -> None:
    statuses = []
    for email in (pool.an_account(), pool.an_unconfirmed_account(), an_address()):
        client = a_client()
        statuses.append([login(client, email).status for _ in range(ACCOUNT_LIMIT + 2)])

    assert statuses[0] == [*[200] * ACCOUNT_LIMIT, 429, 429]
    assert statuses[0] == statuses[1] == statuses[2]


def test_a_strangers_tries_do_not_lock_the_owner_out(pool: Pool) -> None:
    email, stranger = pool.an_account(), a_client()
    while login(stranger, email).status != 429:
        pass

    assert login(a_client(), email).status == 200


def test_the_count_is_shared_by_all_instances_of_the_function(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = a_client()
    for _ in range(CLIENT_LIMIT):
        another_instance(monkeypatch)
        assert login(client).status == 200
    another_instance(monkeypatch)

    assert login(client).status == 429


def test_a_flood_of_refused_calls_causes_no_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    client = a_client()
    while login(client).status != 429:
        pass
    monkeypatch.delattr(dynamodb, "update_if")

    assert {login(client).status for _ in range(50)} == {429}


def test_most_calls_of_a_large_limit_cause_no_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGN_IN_LIMIT", "600/1000000000 600/1000000000")
    monkeypatch.delattr(dynamodb, "update_if")
    client = a_client()

    assert {login(client).status for _ in range(600 // limits.SHARE - 1)} == {200}


def test_an_exempt_address_has_no_limit() -> None:
    assert {login("127.0.0.1").status for _ in range(CLIENT_LIMIT + 5)} == {200}


def test_the_table_holds_no_address_and_forgets_the_counts() -> None:
    email, client = an_address(), a_client()
    call("forgot-password", client, {"email": email})

    items = [
        item
        for item in dynamodb_items()
        if item["quotaId"].startswith("limit#") and int(item["used"]) == 1
    ]
    assert items
    for item in items:
        assert email not in str(item)
        assert client not in str(item)
        assert item["expiresAt"]


def dynamodb_items() -> list[dict[str, Any]]:
    from tests.api.builders import table

    items: list[dict[str, Any]] = table("QUOTAS_TABLE").scan()["Items"]
    return items
