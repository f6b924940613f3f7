"""forgotPassword, resetPassword."""

import pytest

from embedded.client import ApiError
from tests.api.accounts.pool import ONE_POOL, PASSWORD, RESET_CODE, Api, Pool, an_address, said

NEW_PASSWORD = "Battery-Staple-8"


def test_a_password_is_reset_with_a_code(api: Api, pool: Pool) -> None:
    email = pool.an_account()

    asked = api.post("/v1/auth/forgot-password", email=email)
    answer = api.post(
        "/v1/auth/reset-password", email=email, code=RESET_CODE, password=NEW_PASSWORD
    )

    assert (asked.status_code, asked.json()) == (202, {"next": "reset"})
    assert answer.status_code == 204
    assert api.sign_in(email, NEW_PASSWORD).access_token
    with pytest.raises(ApiError, match="SignInFailed"):
        api.sign_in(email, PASSWORD)


def test_asking_for_a_reset_code_gets_the_same_answer_for_every_address(
    api: Api, pool: Pool
) -> None:
    known = said(api.post("/v1/auth/forgot-password", email=pool.an_account()))

    for email in (an_address(), pool.an_unconfirmed_account(), pool.a_disabled_account()):
        assert said(api.post("/v1/auth/forgot-password", email=email)) == known


def test_every_wrong_reset_code_gets_the_same_answer(api: Api, pool: Pool) -> None:
    asked = pool.an_account()
    api.call("POST", "/v1/auth/forgot-password", {"email": asked})

    answers = [
        said(api.post("/v1/auth/reset-password", email=email, code="000000", password=NEW_PASSWORD))
        for email in (asked, pool.an_account(), an_address(), pool.an_unconfirmed_account())
    ]

    assert (answers[0]["status"], answers[0]["body"]["code"]) == (422, "CodeInvalid")
    assert answers[0]["body"]["errors"][0]["pointer"] == "/code"
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("password", ["short", f"{NEW_PASSWORD} ", "battery-staple-8"])
@ONE_POOL
def test_a_weak_new_password_is_refused_for_every_address(
    api: Api, pool: Pool, password: str
) -> None:
    email = pool.an_account()
    api.call("POST", "/v1/auth/forgot-password", {"email": email})

    known, unknown = (
        api.post("/v1/auth/reset-password", email=address, code=RESET_CODE, password=password)
        for address in (email, an_address())
    )

    assert known.status_code == 422
    assert [error["pointer"] for error in known.json()["errors"]] == ["/password"]
    assert said(known) == said(unknown)


@ONE_POOL
def test_every_invalid_field_of_a_reset_is_named(api: Api) -> None:
    answer = api.post("/v1/auth/reset-password", email="maya", password="short", extra=1)

    assert answer.status_code == 422
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert pointers == ["/email", "/code", "/password", "/extra"]
