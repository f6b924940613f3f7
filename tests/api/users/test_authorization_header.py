"""Every kind of operation reads the Authorization header in the same way."""

from collections.abc import Callable

import pytest

from tests.api import api
from tests.api.api import Response
from tests.api.builders import a_casting, a_new_casting, a_new_user, a_recruiter, an_account

pytestmark = pytest.mark.weakness(32)


def read_with_claims(form: str) -> Response:
    person = a_recruiter()
    return api.get("/users/me", as_=person, authorization=form.format(person.token))


def write_with_claims(form: str) -> Response:
    person = a_recruiter()
    header = form.format(person.token)
    return api.post("/castings", a_new_casting(), as_=person, authorization=header)


def write_that_asks_cognito(form: str) -> Response:
    person = an_account()
    header = form.format(person.token)
    return api.post("/users", a_new_user(), as_=person, authorization=header)


def public_read_that_asks_cognito(form: str) -> Response:
    person = a_recruiter()
    draft = a_casting(person)["castingId"]
    header = form.format(person.token)
    return api.get(f"/castings/{draft}", as_=person, authorization=header)


OPERATIONS = [
    read_with_claims,
    write_with_claims,
    write_that_asks_cognito,
    public_read_that_asks_cognito,
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
@pytest.mark.parametrize(
    "form", ["Bearer {}", "{}", "bearer {}", "BEARER {}", "  Bearer   {} ", "Bearer\t{}", " {}\t"]
)
def test_a_token_is_read_with_or_without_the_scheme(
    operation: Callable[[str], Response], form: str
) -> None:
    assert operation(form).status in {200, 201}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
@pytest.mark.parametrize(
    "form", ["", "Basic {}", "Bearer {0} {0}", "{} Bearer", "Bearer Bearer {}"]
)
def test_another_form_is_no_token(operation: Callable[[str], Response], form: str) -> None:
    assert operation(form).status == 401
