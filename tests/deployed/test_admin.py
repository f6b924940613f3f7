"""Operations of administrators over HTTP, with enforced permissions and concurrent changes."""

import pytest

from embedded.client import ApiError
from tests.deployed.people import PASSWORD, Person, Service, a_name, as_changed, problem
from tests.deployed.test_races import all_at_once

pytestmark = pytest.mark.deployed

GROUNDS = {"reason": "Not genuine."}
RESET = "Quite-Another-2027"


def actions(admin: Person, subject: str) -> list[str]:
    items = admin.succeed("GET", f"/admin/audit?subject={subject}").json()["items"]
    return [entry["action"] for entry in items]


def test_an_account_is_suspended_and_unsuspended(
    service: Service, admin: Person, artist: Person
) -> None:
    person = service.person("artist")
    user_id = person.me["userId"]
    path = f"/admin/users/{user_id}/suspension"

    assert admin.call("PUT", path, GROUNDS).status_code == 204

    assert problem(artist.call("GET", f"/users/{user_id}")) == (404, "NotFound")
    change = person.call("PATCH", "/users/me", {"city": "Pune"}, if_match="*")
    assert problem(change) == (403, "AccountSuspended")
    noted = person.succeed("GET", "/users/me/export").json()["sections"]["audit"]
    assert [each["reason"] for each in noted] == [GROUNDS["reason"]]
    assert "by" not in noted[0]

    assert admin.call("DELETE", path).status_code == 204
    assert artist.call("GET", f"/users/{user_id}").status_code == 200
    assert actions(admin, f"user:{user_id}") == ["unsuspended", "suspended"]


def test_a_recruiter_is_verified_and_unverified(
    service: Service, admin: Person, artist: Person
) -> None:
    user_id = service.person("recruiter", privacy="private").me["userId"]
    path = f"/admin/users/{user_id}/verification"

    assert admin.call("PUT", path).status_code == 204
    assert artist.succeed("GET", f"/users/{user_id}").json()["verifiedAt"]
    assert admin.call("DELETE", path).status_code == 204
    assert artist.succeed("GET", f"/users/{user_id}").json()["verifiedAt"] is None

    refused = admin.call("PUT", f"/admin/users/{artist.me['userId']}/verification")
    assert problem(refused) == (409, "NotARecruiter")


def test_a_casting_is_taken_down_and_reinstated(
    service: Service, admin: Person, anonymous: Person, artist: Person
) -> None:
    recruiter = service.person("recruiter")
    casting = recruiter.casting("open")
    path, listed = f"/castings/{casting['castingId']}", f"/recruiters/{recruiter.me['userId']}"

    removed = admin.succeed("PUT", f"/admin{path}/takedown", GROUNDS).json()

    assert (removed["status"], removed["takedown"]["reason"]) == ("removed", GROUNDS["reason"])
    for someone in (recruiter, admin):
        assert as_changed(someone.succeed("GET", path).json()) == removed
    for other in (anonymous, artist):
        assert problem(other.call("GET", path)) == (404, "NotFound")
    assert artist.succeed("GET", f"{listed}/castings").json()["items"] == []
    move = recruiter.call("PUT", f"{path}/status", {"status": "closed"})
    assert problem(move) == (409, "CastingTakenDown")
    applying = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    assert problem(artist.call("POST", f"{path}/applications", applying)) == (404, "NotFound")

    again = admin.succeed("DELETE", f"/admin{path}/takedown").json()
    assert (again["status"], again["takedown"]) == ("open", None)
    assert as_changed(anonymous.succeed("GET", path).json()) == again
    assert actions(admin, f"casting:{casting['castingId']}") == ["reinstated", "removed"]


@pytest.mark.weakness(3)
def test_an_account_that_an_administrator_confirmed_belongs_to_its_mailbox(
    service: Service, admin: Person, anonymous: Person
) -> None:
    newcomer = Person(service, email=service.address())
    anonymous.succeed("POST", "/auth/signup", {"email": newcomer.email, "password": PASSWORD})
    path = "/admin/accounts/confirm"

    for _ in range(2):
        assert admin.call("POST", path, {"email": newcomer.email}).status_code == 204

    with pytest.raises(ApiError, match="SignInFailed"):
        newcomer.sign_in()
    anonymous.succeed("POST", "/auth/forgot-password", {"email": newcomer.email})
    sent = {"email": newcomer.email, "code": service.mailbox.reset_code, "password": RESET}
    assert anonymous.call("POST", "/auth/reset-password", sent).status_code == 204
    assert newcomer.sign_in(RESET).access_token
    assert admin.call("POST", path, {"email": newcomer.email}).status_code == 204
    assert newcomer.sign_in(RESET).access_token
    unknown = admin.call("POST", path, {"email": service.address()})
    assert problem(unknown) == (404, "NotFound")


def test_other_accounts_are_not_administrators(artist: Person, recruiter: Person) -> None:
    path = f"/admin/users/{artist.me['userId']}"

    for someone in (artist, recruiter):
        for answer in (
            someone.call("PUT", f"{path}/suspension", GROUNDS),
            someone.call("PUT", f"{path}/verification"),
            someone.call("PUT", "/admin/castings/unknown/takedown", GROUNDS),
            someone.call("POST", "/admin/accounts/confirm", {"email": artist.email}),
            someone.call("GET", "/admin/audit?subject=user:someone"),
        ):
            assert problem(answer) == (403, "AdminsOnly")


@pytest.mark.parametrize("attempt", range(3))
def test_a_concurrent_change_never_undoes_a_suspension(
    attempt: int, service: Service, admin: Person
) -> None:
    person = service.person("artist")
    path = f"/admin/users/{person.me['userId']}/suspension"
    change = {"city": "Pune", "bio": "New"}

    suspension, update = all_at_once(
        [
            lambda: admin.call("PUT", path, GROUNDS),
            lambda: person.call("PATCH", "/users/me", change, if_match='"1"'),
        ]
    )

    assert suspension.status_code == 204
    assert update.status_code in {200, 403, 412, 503}
    me = person.succeed("GET", "/users/me").json()
    assert me["status"] == "suspended"
    made = ("Pune", "New") if update.is_success else (None, None)
    assert (me["city"], me["bio"]) == made
    assert actions(admin, f"user:{person.me['userId']}") == ["suspended"]


def test_a_verified_recruiter_with_a_new_identity_is_in_the_queue(
    service: Service, admin: Person
) -> None:
    recruiter = service.person("recruiter")
    user_id = recruiter.me["userId"]
    changes = [("PATCH", "/users/me", {"companyName": "Rao Films"})]
    changes += [("PUT", "/users/me/username", {"username": a_name()})]

    for method, path, body in changes:
        admin.succeed("PUT", f"/admin/users/{user_id}/verification")
        headers = {"if_match": "*"}
        assert recruiter.succeed(method, path, body, **headers).json()["verifiedAt"] is None

    case = admin.succeed("GET", f"/admin/cases/user:{user_id}").json()
    assert [each["place"] for each in case["case"]["flags"]] == ["companyName", "username"]
