"""signUp, confirmSignUp, resendCode."""

import pytest

from tests.api.accounts.pool import (
    ONE_POOL,
    PASSWORD,
    SIGN_UP_CODE,
    Api,
    Pool,
    an_address,
    credentials,
    said,
)


def test_a_new_account_is_unconfirmed(api: Api, pool: Pool) -> None:
    email = an_address()

    answer = api.post("/v1/auth/signup", email=email, password=PASSWORD)

    assert answer.status_code == 202
    assert answer.json() == {"next": "confirm"}
    assert pool.status_of(email) == "UNCONFIRMED"


def test_sign_up_gets_the_same_answer_for_every_address(api: Api, pool: Pool) -> None:
    new = an_address()
    unconfirmed = pool.an_unconfirmed_account()
    confirmed = pool.an_account()

    answers = [said(api.post("/v1/auth/signup", **credentials(e))) for e in (new, unconfirmed)]

    assert answers[0] == answers[1] == said(api.post("/v1/auth/signup", **credentials(confirmed)))


@ONE_POOL
def test_sign_up_does_not_change_the_password_of_an_existing_account(api: Api, pool: Pool) -> None:
    email = pool.an_account()

    api.post("/v1/auth/signup", **credentials(email, "Another-Password-8"))

    assert api.sign_in(email, PASSWORD).access_token


@ONE_POOL
def test_an_upper_case_address_is_the_same_account(api: Api, pool: Pool) -> None:
    email = pool.an_account()

    api.post("/v1/auth/signup", **credentials(email.upper()))

    pages = pool.cognito.get_paginator("list_users").paginate(UserPoolId=pool.pool_id)
    users = [user for page in pages for user in page["Users"]]
    assert sum(email in str(user["Attributes"]).lower() for user in users) == 1


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 12 characters long; must have an upper-case letter, a digit, a symbol"),
        ("nothing-but-lower-case", "must have an upper-case letter, a digit"),
        ("Correct Horse 7", "must have a symbol"),
        (f" {PASSWORD}", "must not begin or end with spaces"),
        (f"{PASSWORD}\n", "must not begin or end with spaces"),
        (PASSWORD * 20, "at most 256 characters long"),
        (f"{PASSWORD}\t!", "control characters"),
    ],
)
@ONE_POOL
def test_a_weak_password_is_refused_for_every_address(
    api: Api, pool: Pool, password: str, words: str
) -> None:
    known = api.post("/v1/auth/signup", **credentials(pool.an_account(), password))
    unknown = api.post("/v1/auth/signup", **credentials(an_address(), password))

    assert known.status_code == 422
    assert [error["pointer"] for error in known.json()["errors"]] == ["/password"]
    assert words in known.json()["errors"][0]["detail"]
    assert said(known) == said(unknown)


@ONE_POOL
def test_a_password_is_stored_exactly_as_sent(api: Api) -> None:
    decomposed = "Cafe\u0301  au lait-7"
    email = an_address()
    api.call("POST", "/v1/auth/signup", credentials(email, decomposed))
    api.call("POST", "/v1/auth/confirm", {"email": email, "code": SIGN_UP_CODE})

    assert api.sign_in(email, decomposed).access_token


@pytest.mark.parametrize(
    "email",
    ["maya", "@example.com", "maya@example", "ma ya@example.com", "m" * 250 + "@example.com", 7],
)
@pytest.mark.parametrize("path", ["signup", "confirm", "resend-code", "login", "forgot-password"])
@ONE_POOL
def test_an_invalid_email_address_is_refused(api: Api, email: object, path: str) -> None:
    answer = api.post(f"/v1/auth/{path}", email=email)

    assert answer.status_code == 422
    assert "/email" in [error["pointer"] for error in answer.json()["errors"]]


@pytest.mark.parametrize("path", ["signup", "confirm", "resend-code", "forgot-password"])
@ONE_POOL
def test_unknown_fields_are_refused(api: Api, path: str) -> None:
    answer = api.post(f"/v1/auth/{path}", email=an_address(), role="admin")

    assert answer.status_code == 422
    assert {"pointer": "/role", "detail": "is unknown; check its spelling"} in answer.json()[
        "errors"
    ]


def test_the_mailed_code_confirms_an_account(api: Api, pool: Pool) -> None:
    email = pool.an_unconfirmed_account()

    answer = api.post("/v1/auth/confirm", email=email, code=SIGN_UP_CODE)

    assert answer.status_code == 204
    assert pool.status_of(email) == "CONFIRMED"


def test_every_wrong_confirmation_code_gets_the_same_answer(api: Api, pool: Pool) -> None:
    answers = [
        said(api.post("/v1/auth/confirm", email=pool.an_unconfirmed_account(), code="000000")),
        said(api.post("/v1/auth/confirm", email=pool.an_account(), code=SIGN_UP_CODE)),
        said(api.post("/v1/auth/confirm", email=an_address(), code=SIGN_UP_CODE)),
    ]

    assert answers[0]["status"] == 422
    assert answers[0]["body"]["code"] == "CodeInvalid"
    assert answers[0]["body"]["errors"][0]["pointer"] == "/code"
    assert answers[0] == answers[1] == answers[2]


def test_a_confirmation_code_can_be_sent_again(api: Api, pool: Pool) -> None:
    answer = api.post("/v1/auth/resend-code", email=pool.an_unconfirmed_account())

    assert answer.status_code == 202
    assert answer.json() == {"next": "confirm"}


def test_resending_a_code_gets_the_same_answer_for_every_address(api: Api, pool: Pool) -> None:
    answers = [
        said(api.post("/v1/auth/resend-code", email=email))
        for email in (pool.an_unconfirmed_account(), pool.an_account(), an_address())
    ]

    assert answers[0] == answers[1] == answers[2]
