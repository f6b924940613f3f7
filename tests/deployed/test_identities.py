"""Profiles follow their accounts: the address at each sign-in, the existence once a day."""

import json
import time
from typing import Any

import pytest

from embedded.client import ApiError
from tests.deployed.people import Person, Service, a_name, patience, problem
from tests.deployed.target import Target
from tests.deployed.test_account_takeover import wait_for_the_next_second

pytestmark = pytest.mark.deployed


@pytest.mark.weakness(17)
def test_a_profile_has_the_address_of_its_account_after_the_next_sign_in(
    service: Service,
) -> None:
    person = service.person("artist")
    old, person.email = person.email, service.address()
    service.cognito.admin_update_user_attributes(
        UserPoolId=service.outputs["userPoolId"],
        Username=old,
        UserAttributes=[
            {"Name": "email", "Value": person.email},
            {"Name": "email_verified", "Value": "true"},
        ],
    )

    person.sign_in()

    me = person.succeed("GET", "/users/me").json()
    assert me["email"] == person.email
    assert {**me, "email": "", "updatedAt": "", "version": 0} == {
        **person.me,
        "email": "",
        "updatedAt": "",
        "version": 0,
    }


@pytest.mark.weakness(61)
def test_the_owner_of_a_new_mailbox_confirms_it_and_signs_in_with_it(service: Service) -> None:
    code = service.mailbox.address_code
    person = service.person("artist")
    session = person.sign_in(confirm=True)
    former, new = Person(service, person.email, person.token), service.address()

    asked = person.succeed("POST", "/auth/email", {"email": new})
    wrong = person.call("PUT", "/auth/email", {"code": "000000"})
    before = person.succeed("GET", "/users/me").json()["email"]
    wait_for_the_next_second()
    assert person.call("PUT", "/auth/email", {"code": code}).status_code == 204

    assert (asked.status_code, asked.json()) == (202, {"next": "confirm"})
    assert (problem(wrong), before) == ((422, "CodeInvalid"), former.email)
    assert problem(former.call("POST", "/auth/refresh", session.session)) == (401, "SessionEnded")
    assert former.call("GET", "/users/me").status_code == 401
    [mail] = former.mailed()
    assert mail["Subject"] == "Your e-mail address was changed"
    assert new not in mail["BodyText"]
    with pytest.raises(ApiError, match="SignInFailed"):
        former.sign_in()
    person.email = new
    person.sign_in()
    assert person.succeed("GET", "/users/me").json()["email"] == new


@pytest.mark.weakness(61)
def test_an_access_token_alone_cannot_change_the_address_at_cognito(service: Service) -> None:
    code = service.mailbox.address_code
    person = service.person("artist")
    attributes = [{"Name": "email", "Value": service.address()}]

    with pytest.raises(service.cognito.exceptions.UserLambdaValidationException):
        service.cognito.update_user_attributes(AccessToken=person.token, UserAttributes=attributes)

    with pytest.raises(service.cognito.exceptions.CodeMismatchException):
        service.cognito.verify_user_attribute(
            AccessToken=person.token, AttributeName="email", Code=code
        )
    assert person.sign_in().access_token


def test_an_address_with_an_account_gets_the_usual_answer_and_stays_its_owners(
    service: Service, artist: Person
) -> None:
    code = service.mailbox.address_code
    person = service.account()

    asked = person.succeed("POST", "/auth/email", {"email": artist.email})

    assert (asked.status_code, asked.json()) == (202, {"next": "confirm"})
    answer = person.call("PUT", "/auth/email", {"code": code})
    assert problem(answer) == (422, "CodeInvalid")


@pytest.mark.weakness(17)
def test_a_sign_in_without_a_profile_or_a_change_writes_nothing(service: Service) -> None:
    person = service.account()
    person.sign_in()
    assert problem(person.call("GET", "/users/me")) == (403, "ProfileRequired")

    artist = service.person("artist")
    artist.sign_in()
    assert artist.succeed("GET", "/users/me").json() == artist.me


def reconcile(target: Target) -> None:
    name = f"artisthub-api-{target.stage}-reconcile"
    answer = target.client("lambda").invoke(FunctionName=name, Payload=b"{}")
    assert "FunctionError" not in answer, json.loads(answer["Payload"].read())


@pytest.mark.weakness(18)
def test_the_profile_of_an_account_deleted_at_cognito_is_closed(
    service: Service, target: Target, artist: Person
) -> None:
    name = f"Gone {a_name()}"
    person = service.person("artist", displayName=name)
    wait_until_found(artist, name, [person.me["userId"]])
    service.cognito.delete_user(AccessToken=person.token)

    reconcile(target)

    path = f"/users/{person.me['userId']}"
    assert problem(artist.call("GET", path)) == (404, "NotFound")
    assert person.call("PATCH", "/users/me", {"city": "Pune"}, if_match="*").status_code == 403
    wait_until_found(artist, name, [])
    assert artist.succeed("GET", "/users/me").json()["status"] == "active"


def wait_until_found(searcher: Person, name: str, user_ids: list[Any]) -> None:
    deadline = time.monotonic() + patience()
    while True:
        found = searcher.succeed("GET", f"/users?name={name.split()[1]}").json()["items"]
        if [each["userId"] for each in found] == user_ids:
            return
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
