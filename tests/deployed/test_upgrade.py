"""Operators bring the data of an older release up to date."""

from typing import Any

import pytest

from embedded import Instance
from operations import upgrade
from tests.deployed.people import Person, Service, problem
from tests.deployed.target import Target
from tests.deployed.test_rebuild import stack

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("changes the data of the stage"),
]

__all__ = ["stack"]


def as_before(target: Target, user_id: str) -> None:
    """Let the account look as an older release left it: suspended, without a mark."""
    target.table("UsersTable").update_item(
        Key={"userId": user_id},
        UpdateExpression="SET #status = :suspended",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":suspended": "suspended"},
    )


def test_accounts_closed_before_are_marked_and_bookings_counted(
    target: Target, instance: Instance, stack: str, service: Service, anonymous: Person
) -> None:
    recruiter, artist = service.person("recruiter"), service.person("artist")
    path = f"/castings/{recruiter.casting('open')['castingId']}"
    casting = anonymous.succeed("GET", path).json()
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    made = artist.succeed("POST", f"{path}/applications", body).json()
    for status in ("viewed", "shortlisted", "audition", "offered", "booked"):
        application = f"{path}/applications/{made['applicationId']}"
        recruiter.succeed("PUT", f"{application}/status", {"status": status})
    castings: Any = target.table("CastingTable")
    key = {"castingId": casting["castingId"]}
    castings.update_item(Key=key, UpdateExpression="REMOVE booked")
    as_before(target, recruiter.me["userId"])
    stale = {"accountId": artist.me["userId"], "createdAt": "2026-01-01T00:00:00.000Z"}
    target.table("ClosedAccountsTable").put_item(Item=stale)
    told: list[str] = []

    for _ in range(2):
        assert upgrade.run(stack, told.append)

    assert problem(anonymous.call("GET", path)) == (404, "NotFound")
    assert castings.get_item(Key=key)["Item"]["booked"] == {body["roleId"]: 1}
    assert "Item" not in target.table("ClosedAccountsTable").get_item(
        Key={"accountId": artist.me["userId"]}
    )
    assert any(recruiter.me["userId"] in line for line in told)
    assert "0 closed accounts marked, 0 marks of open accounts removed" in told
