"""Triggers of a user pool around sign-ups and resets."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, client
from tests.embedded.gaps.user_pool import EMAIL, PASSWORD, Refused, UserPool

pytestmark = pytest.mark.deployed

NEW = "newcomer@example.org"
# Cognito passes the text of an exception on to its caller, so it shows what the function was told.
ECHO = """
request = event["request"]
raise Exception(event["triggerSource"] + " " + json.dumps(request.get("clientMetadata")))
"""
REFUSES_ONE_ADDRESS = f"""
if event["request"]["userAttributes"]["email"] == "{EMAIL}":
    raise Exception("Not this one.")
return event
"""

# Keeps what it was told as long as its instance runs.
COUNTS = """
seen = globals().setdefault("seen", [])
if "triggerSource" not in event:
    return seen
seen.append(event["triggerSource"])
return event
"""


def a_pool(instance: Instance, **triggers: str) -> UserPool:
    arns = {name: a_function(instance, body) for name, body in triggers.items()}
    return UserPool(instance, LambdaConfig=arns, AutoVerifiedAttributes=["email"])


@pytest.fixture
def telling(patched: Instance) -> Iterator[UserPool]:
    with a_pool(patched, PostConfirmation=ECHO) as pool:
        yield pool


def sign_up(pool: UserPool, email: str = NEW) -> Any:
    attributes = [{"Name": "email", "Value": email}]
    sent = {"Username": email, "Password": PASSWORD, "UserAttributes": attributes}
    return pool.call("SignUp", ClientId=pool.client_id, **sent)


def confirm(pool: UserPool) -> Any:
    sent = {"Username": NEW, "ConfirmationCode": "123456", "ClientMetadata": {"a": "b"}}
    return pool.call("ConfirmSignUp", ClientId=pool.client_id, **sent)


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    with a_pool(unpatched, PostConfirmation=ECHO, PreSignUp=REFUSES_ONE_ADDRESS) as pool:
        with pytest.raises(Refused, match="UsernameExistsException"):
            sign_up(pool, EMAIL)
        sign_up(pool)
        confirm(pool)


def test_a_sign_up_asks_the_function_before_it_looks_for_an_account(patched: Instance) -> None:
    with a_pool(patched, PreSignUp=REFUSES_ONE_ADDRESS) as pool:
        with pytest.raises(Refused, match=r"UserLambdaValidationException.*Not this one"):
            sign_up(pool, EMAIL)
        assert sign_up(pool)["UserConfirmed"] is False


def test_the_function_hears_of_a_confirmation_which_stays_if_it_fails(telling: UserPool) -> None:
    sign_up(telling)

    with pytest.raises(Refused, match=r'PostConfirmation_ConfirmSignUp \{"a": "b"\}'):
        confirm(telling)
    with pytest.raises(Refused, match="NotAuthorizedException"):
        confirm(telling)


def test_the_function_hears_of_a_confirmation_by_an_administrator(telling: UserPool) -> None:
    sign_up(telling)
    account = {"UserPoolId": telling.pool_id, "Username": NEW}

    with pytest.raises(Refused, match=r"PostConfirmation_ConfirmSignUp \{\}"):
        telling.call("AdminConfirmSignUp", **account)
    with pytest.raises(Refused, match="NotAuthorizedException"):
        telling.call("AdminConfirmSignUp", **account)


def test_the_function_hears_of_a_reset_password(telling: UserPool) -> None:
    account = {"ClientId": telling.client_id, "Username": EMAIL}
    telling.call("ForgotPassword", **account)

    with pytest.raises(Refused, match=r"PostConfirmation_ConfirmForgotPassword \{\}"):
        telling.call(
            "ConfirmForgotPassword", **account, ConfirmationCode="654321", Password=PASSWORD
        )


def test_a_sign_in_fails_if_its_function_fails(patched: Instance) -> None:
    fails = a_function(patched, 'raise Exception("Not now.")')
    with (
        UserPool(patched, LambdaConfig={"PostAuthentication": fails}) as pool,
        pytest.raises(Refused, match=r"UserLambdaValidationException.*Not now"),
    ):
        pool.sign_in()


def test_the_function_hears_of_a_sign_in(patched: Instance) -> None:
    counts = a_function(patched, COUNTS)
    with UserPool(patched, LambdaConfig={"PostAuthentication": counts}) as pool:
        signed_in = pool.sign_in()["AuthenticationResult"]
        pool.refresh(signed_in["RefreshToken"])

    said = client(patched, "lambda").invoke(FunctionName=counts, Payload=b"{}")["Payload"].read()
    assert json.loads(said) == ["PostAuthentication_Authentication"]
