"""Connections over HTTP, and the profile fields that a connection shows."""

import pytest

from tests.deployed.people import Person, Service, problem
from tests.deployed.test_races import all_at_once

pytestmark = pytest.mark.deployed


def test_connections_are_requested_accepted_listed_and_deleted(service: Service) -> None:
    one = service.person("artist", privacy="connections", bio="Theatre.")
    other = service.person("recruiter")
    one_id, other_id = one.me["userId"], other.me["userId"]

    asked = one.call("POST", "/connections", {"userId": other_id, "message": "Hello"})
    assert (asked.status_code, asked.headers["location"]) == (201, f"connections/{other_id}")
    incoming = other.succeed("GET", "/connections?status=pending&direction=incoming").json()
    assert [each["userId"] for each in incoming["items"]] == [one_id]
    for path in (f"/users/{one_id}", f"/usernames/{one.me['username']}"):
        assert "bio" not in other.succeed("GET", path).json()

    accepted = other.call("PUT", f"/connections/{one_id}", {"answer": "accepted"})
    assert (accepted.status_code, accepted.json()["status"]) == (200, "accepted")
    for path in (f"/users/{one_id}", f"/usernames/{one.me['username']}"):
        assert other.succeed("GET", path).json()["bio"] == "Theatre."
    listed = one.succeed("GET", "/connections").json()["items"]
    assert [each["userId"] for each in listed] == [other_id]

    assert one.call("DELETE", f"/connections/{other_id}").status_code == 204
    assert other.succeed("GET", "/connections").json() == {"items": [], "next": None}


def test_invalid_connection_requests_are_refused(
    service: Service, artist: Person, recruiter: Person
) -> None:
    artist_id, recruiter_id = artist.me["userId"], recruiter.me["userId"]
    newcomer = service.account()

    body = {"userId": artist_id}
    assert problem(newcomer.call("POST", "/connections", body)) == (403, "ProfileRequired")
    assert problem(artist.call("POST", "/connections", body)) == (404, "NotFound")
    assert problem(artist.call("POST", "/connections", {})) == (422, "Invalid")
    answer = {"answer": "accepted"}
    path = f"/connections/{recruiter_id}"
    assert problem(artist.call("PUT", path, answer)) == (404, "NotFound")
    assert problem(artist.call("DELETE", path)) == (404, "NotFound")
    assert problem(artist.call("GET", "/connections?status=all")) == (422, "Invalid")


def test_two_concurrent_requests_to_each_other_make_a_connection(service: Service) -> None:
    one, other = service.person("artist"), service.person("artist")

    answers = all_at_once(
        [
            lambda: one.call("POST", "/connections", {"userId": other.me["userId"]}),
            lambda: other.call("POST", "/connections", {"userId": one.me["userId"]}),
        ]
    )

    assert [answer.status_code for answer in answers] == [201, 201]
    for person, their in ((one, other), (other, one)):
        listed = person.succeed("GET", "/connections").json()["items"]
        assert [each["userId"] for each in listed] == [their.me["userId"]]
