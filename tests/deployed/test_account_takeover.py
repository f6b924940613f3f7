"""An account belongs to the person who proves its mailbox, with no older password or session."""

import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest

from embedded.client import ApiError, Tokens
from tests.deployed.people import PASSWORD, Person, Service, a_name, a_new_user, problem

pytestmark = [pytest.mark.deployed, pytest.mark.weakness(3), pytest.mark.aws_fact(21)]

HIS, HERS = "Attackers-Own-2026", PASSWORD
RESET = "Quite-Another-2027"


@pytest.fixture
def victim(service: Service) -> Person:
    return Person(service, service.address())


def sign_up(person: Person, password: str, email: str = "") -> None:
    body = {"email": email or person.email, "password": password}
    answer = person.succeed("POST", "/auth/signup", body)
    assert (answer.status_code, answer.json()) == (202, {"next": "confirm"})


def sign_up_by_page(person: Person, password: str, email: str = "") -> None:
    person.service.sign_up_by_page(email or person.email, password)


def confirm(person: Person, **more: str) -> None:
    code = person.service.mailbox.sign_up_code
    body = {"email": person.email, "code": code, **more}
    assert person.call("POST", "/auth/confirm", body).status_code == 204


def ensure_only_hers(victim: Person) -> None:
    with pytest.raises(ApiError, match="SignInFailed"):
        victim.sign_in(HIS)
    assert victim.sign_in(HERS).access_token


@pytest.mark.parametrize(
    ("his_sign_up", "her_sign_up"),
    [(sign_up, sign_up), (sign_up_by_page, sign_up), (sign_up, sign_up_by_page)],
)
def test_a_new_sign_up_replaces_one_that_nobody_confirmed(
    victim: Person,
    his_sign_up: Callable[[Person, str, str], None],
    her_sign_up: Callable[[Person, str], None],
) -> None:
    his_sign_up(victim, HIS, victim.email.upper())
    her_sign_up(victim, HERS)

    confirm(victim)

    ensure_only_hers(victim)


@pytest.mark.parametrize("order", ["he, she", "she, he", "he, she, he", "he"])
def test_the_password_sent_with_the_code_is_the_accounts_password(
    victim: Person, order: str
) -> None:
    for who in order.split(", "):
        if who == "he":
            sign_up_by_page(victim, HIS)
        else:
            sign_up(victim, HERS)

    confirm(victim, password=HERS)

    ensure_only_hers(victim)


def test_a_sign_up_changes_nothing_of_a_confirmed_account(victim: Person) -> None:
    sign_up(victim, HERS)
    confirm(victim)
    tokens = victim.sign_in(HERS, confirm=True)

    sign_up(victim, HIS)

    assert victim.succeed("POST", "/auth/refresh", tokens.session).json()["tokens"]
    ensure_only_hers(victim)


def test_a_sign_up_by_the_page_changes_nothing_of_a_confirmed_account(victim: Person) -> None:
    sign_up(victim, HERS)
    confirm(victim)

    with pytest.raises(victim.service.cognito.exceptions.UsernameExistsException):
        sign_up_by_page(victim, HIS)

    ensure_only_hers(victim)


@pytest.mark.parametrize(
    "email",
    ["a@b", "ma ya@example.com", f"{'m' * 250}@example.com", "maya@example..com", "maya@-a.com"],
)
@pytest.mark.weakness(14)
def test_the_hosted_page_has_the_address_rules_of_the_api(service: Service, email: str) -> None:
    rules_of_cognito = service.cognito.exceptions.InvalidParameterException
    ours = service.cognito.exceptions.UserLambdaValidationException

    with pytest.raises((ours, rules_of_cognito)):
        sign_up_by_page(Person(service, email), HERS)


@pytest.mark.weakness(18)
def test_a_suspended_person_cannot_sign_up_again(service: Service, admin: Person) -> None:
    code = service.mailbox.sign_up_code
    person = Person(service, f"{a_name()}@example.com")
    sign_up(person, HERS)
    confirm(person)
    person.sign_in(HERS)
    user_id = person.succeed("POST", "/users", a_new_user()).json()["userId"]
    admin.succeed("PUT", f"/admin/users/{user_id}/suspension", {"reason": "Spam."})
    service.cognito.delete_user(AccessToken=person.token)
    tagged = person.email.replace("@", "+again@")

    for email in (person.email, person.email.upper(), tagged):
        sign_up(person, HERS, email)
        with pytest.raises(service.cognito.exceptions.UserLambdaValidationException):
            sign_up_by_page(person, HERS, email)
        body = {"email": email, "code": code}
        assert problem(person.call("POST", "/auth/confirm", body)) == (422, "CodeInvalid")


@pytest.fixture
def attacked(service: Service) -> tuple[Person, Person, Tokens, str]:
    """An account with a profile, and an attacker's session, second factor and device in it."""
    owner = service.person("artist")
    attacker = Person(service, owner.email)
    attacker.sign_in()
    secret = attacker.succeed("POST", "/auth/mfa/totp").json()["secret"]
    attacker.succeed("PUT", "/auth/mfa/totp", {"code": pyotp.TOTP(secret).now()})
    tokens = attacker.sign_in(totp_secret=secret, confirm=True)
    assert tokens.device
    return owner, attacker, tokens, secret


def reset(owner: Person) -> None:
    code = owner.service.mailbox.reset_code
    body = {"email": owner.email, "code": code, "password": RESET}
    owner.succeed("POST", "/auth/forgot-password", {"email": owner.email})
    assert owner.call("POST", "/auth/reset-password", body).status_code == 204


def reset_by_page(owner: Person) -> None:
    """Reset the password as the hosted page does, without the API."""
    account = owner.service.client_of(owner.email) | {"Username": owner.email}
    owner.service.cognito.forgot_password(**account)
    owner.service.cognito.confirm_forgot_password(
        **account, ConfirmationCode=owner.service.mailbox.reset_code, Password=RESET
    )


@pytest.mark.weakness(15)
@pytest.mark.parametrize("reset_password", [reset, reset_by_page])
def test_a_reset_by_mail_ends_every_older_session_factor_and_device(
    attacked: tuple[Person, Person, Tokens, str], reset_password: Callable[[Person], None]
) -> None:
    owner, attacker, tokens, _ = attacked
    code_was_sent = attacker.call("GET", "/users/me").status_code
    wait_for_the_next_second()

    reset_password(owner)

    assert code_was_sent == 200
    assert problem(attacker.call("POST", "/auth/refresh", tokens.session)) == (401, "SessionEnded")
    for method, path, body in AFTERWARDS:
        answer = attacker.call(method, path, body, if_match="*")
        assert answer.status_code == 401, (method, path, answer.text)
    owner.sign_in(RESET)  # without a second factor
    assert owner.succeed("GET", "/auth/devices").json()["items"] == []
    assert owner.succeed("GET", "/users/me").json()["userId"] == owner.me["userId"]


AFTERWARDS: list[tuple[str, str, Any]] = [
    ("GET", "/users/me", None),
    ("PATCH", "/users/me", {"headline": "Mine now"}),
    ("DELETE", "/users/me", None),
    ("PUT", "/users/me/username", {"username": "mine.now"}),
    ("POST", "/auth/mfa/totp", None),
    ("GET", "/auth/devices", None),
    ("POST", "/users", a_new_user()),
]


def wait_for_the_next_second() -> None:
    """Tokens have whole seconds, so one of the same second counts as newer."""
    time.sleep(1.1 - time.time() % 1)


def test_a_profile_refuses_tokens_from_before_the_sign_in_that_created_it(
    service: Service,
) -> None:
    owner = service.account()
    attacker = Person(service, owner.email, owner.token)
    wait_for_the_next_second()
    owner.sign_in()

    owner.me = owner.succeed("POST", "/users", a_new_user()).json()

    assert attacker.call("GET", "/users/me").status_code == 401
    assert owner.call("GET", "/users/me").status_code == 200
