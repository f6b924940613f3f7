"""Blocks over HTTP."""

import pytest

from tests.deployed.people import Person, Service, problem

pytestmark = pytest.mark.deployed


def test_a_block_ends_a_connection_and_hides_both_from_each_other(service: Service) -> None:
    one, other = service.person("artist"), service.person("recruiter")
    one_id, other_id = one.me["userId"], other.me["userId"]
    one.succeed("POST", "/connections", {"userId": other_id})
    other.succeed("PUT", f"/connections/{one_id}", {"answer": "accepted"})

    one.succeed("PUT", f"/users/{other_id}/block")

    def seen(viewer: Person, user_id: str) -> tuple[int, str]:
        return problem(viewer.call("GET", f"/users/{user_id}"))

    assert seen(one, other_id) == seen(other, one_id) == (404, "NotFound")
    asked = other.call("POST", "/connections", {"userId": one_id})
    assert problem(asked) == (404, "NotFound")
    assert other.succeed("GET", "/connections").json()["items"] == []
    listed = one.succeed("GET", "/users/me/blocks").json()["items"]
    assert [each["userId"] for each in listed] == [other_id]
    assert other.succeed("GET", "/users/me/blocks").json()["items"] == []

    one.succeed("DELETE", f"/users/{other_id}/block")
    assert other.succeed("GET", f"/users/{one_id}").json()["userId"] == one_id
