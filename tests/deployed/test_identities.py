"""Profiles follow their accounts: the address at each sign-in, the existence once a day."""

import json
import time
from typing import Any

import pytest

from tests.deployed.people import PATIENCE_SECONDS, Person, Service, a_name, problem
from tests.deployed.target import Target

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
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = searcher.succeed("GET", f"/users?name={name.split()[1]}").json()["items"]
        if [each["userId"] for each in found] == user_ids:
            return
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
