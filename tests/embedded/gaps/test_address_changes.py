"""Changes of an account's e-mail address by its owner."""

from collections.abc import Iterator
from typing import Any

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function
from tests.embedded.gaps.user_pool import EMAIL, Refused, UserPool

pytestmark = [pytest.mark.deployed, pytest.mark.aws_fact(22)]

NEW, CODE = "new@example.org", "246810"
NEEDS_CODE = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
REFUSES = 'raise Exception("Not this one.")'


def a_pool(instance: Instance, **triggers: str) -> UserPool:
    arns = {name: a_function(instance, body) for name, body in triggers.items()}
    return UserPool(instance, LambdaConfig=arns, UserAttributeUpdateSettings=NEEDS_CODE)


@pytest.fixture
def pool(patched: Instance) -> Iterator[UserPool]:
    with a_pool(patched) as pool:
        yield pool


def change(pool: UserPool, token: str, email: str = NEW) -> Any:
    attributes = [{"Name": "email", "Value": email}]
    return pool.call("UpdateUserAttributes", AccessToken=token, UserAttributes=attributes)


def address(pool: UserPool) -> str:
    [account] = pool.call("ListUsers", UserPoolId=pool.pool_id)["Users"]
    attributes = account["Attributes"]
    return next(str(each["Value"]) for each in attributes if each["Name"] == "email")


def signed_in(pool: UserPool) -> str:
    return str(pool.sign_in()["AuthenticationResult"]["AccessToken"])


def verify(pool: UserPool, token: str, code: str = CODE) -> Any:
    return pool.call("VerifyUserAttribute", AccessToken=token, AttributeName="email", Code=code)


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    with a_pool(unpatched, CustomMessage=REFUSES) as pool:
        token = signed_in(pool)
        change(pool, token)
        assert address(pool) == NEW


def test_an_address_changes_when_its_code_is_verified(pool: UserPool) -> None:
    token = signed_in(pool)

    assert change(pool, token)["CodeDeliveryDetailsList"]
    with pytest.raises(Refused, match="CodeMismatchException"):
        verify(pool, token, "000000")
    assert address(pool) == EMAIL
    verify(pool, token)

    assert address(pool) == NEW
    with pytest.raises(Refused, match="CodeMismatchException"):
        verify(pool, token)


def test_an_address_with_an_account_is_refused(pool: UserPool) -> None:
    other = {"UserPoolId": pool.pool_id, "Username": NEW, "MessageAction": "SUPPRESS"}
    pool.call("AdminCreateUser", **other, UserAttributes=[{"Name": "email", "Value": NEW}])

    with pytest.raises(Refused, match="AliasExistsException"):
        change(pool, signed_in(pool))


def test_no_code_is_sent_if_the_function_fails(patched: Instance) -> None:
    with a_pool(patched, CustomMessage=REFUSES) as pool:
        token = signed_in(pool)
        with pytest.raises(Refused, match=r"UserLambdaValidationException.*Not this one"):
            change(pool, token)
        with pytest.raises(Refused, match="CodeMismatchException"):
            verify(pool, token)
