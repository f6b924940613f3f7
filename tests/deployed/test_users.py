"""Usernames, deletion, portfolio, views and export over HTTP, and races."""

from functools import partial
from typing import Any

import httpx
import pytest

from tests.deployed import test_races
from tests.deployed.people import Person, Service, a_name, eventually, problem

pytestmark = pytest.mark.deployed

WORK = {"kind": "link", "title": "Show reel", "url": "https://reel.example/1"}
PART = {"title": "Hamlet", "startedOn": "2019-03-01"}


def all_at_once(*calls: tuple[Person, str, str, Any]) -> list[httpx.Response]:
    return test_races.all_at_once([partial(person.call, *call) for person, *call in calls])


def name_of(person: Person) -> Any:
    return person.succeed("GET", "/users/me").json()["username"]


def holder(name: str, seen_by: Person) -> Any:
    return seen_by.call("GET", f"/usernames/{name}").json().get("userId")


def test_a_username_is_changed_and_the_old_one_becomes_free(
    service: Service, artist: Person
) -> None:
    person, heir, fresh = service.person("artist"), service.person("artist"), a_name()
    old = person.me["username"]

    changed = person.call("PUT", "/users/me/username", {"username": fresh.upper()})

    assert (changed.status_code, changed.json()["username"]) == (200, fresh)
    assert holder(fresh, artist) == person.me["userId"]
    assert problem(artist.call("GET", f"/usernames/{old}")) == (404, "NotFound")
    assert heir.call("PUT", "/users/me/username", {"username": old}).status_code == 200

    taken = person.call("PUT", "/users/me/username", {"username": old})
    assert problem(taken) == (409, "UsernameTaken")
    reserved = person.call("PUT", "/users/me/username", {"username": "Admin"})
    assert problem(reserved) == (422, "Invalid")
    stale = person.call("PUT", "/users/me/username", {"username": a_name()}, if_match='"1"')
    assert problem(stale) == (412, "Stale")


def test_two_accounts_that_swap_usernames_keep_one_each(service: Service) -> None:
    one, other = service.person("artist"), service.person("artist")
    names = [one.me["username"], other.me["username"]]

    for _ in range(3):
        answers = all_at_once(
            (one, "PUT", "/users/me/username", {"username": names[1]}),
            (other, "PUT", "/users/me/username", {"username": names[0]}),
        )

        assert {answer.status_code for answer in answers} <= {409, 503}
    assert [name_of(one), name_of(other)] == names
    assert [holder(name, one) for name in names] == [one.me["userId"], other.me["userId"]]


def test_an_account_is_deleted_and_restored(service: Service, artist: Person) -> None:
    person = service.person("recruiter")
    path, name = f"/users/{person.me['userId']}", person.me["username"]

    assert person.call("DELETE", "/users/me").status_code == 204

    assert problem(artist.call("GET", path)) == (404, "NotFound")
    change = person.call("PATCH", "/users/me", {"city": "Pune"}, if_match="*")
    assert problem(change) == (403, "AccountSuspended")
    assert person.succeed("GET", "/users/me").json()["restorableUntil"]
    taken = artist.call("PUT", "/users/me/username", {"username": name})
    assert problem(taken) == (409, "UsernameTaken")

    restored = person.call("POST", "/users/me/restore")
    assert (restored.status_code, restored.json()["status"]) == (200, "active")
    assert artist.call("GET", path).status_code == 200
    newcomer = service.account()
    assert problem(newcomer.call("POST", "/users/me/restore")) == (403, "ProfileRequired")
    assert newcomer.call("DELETE", "/users/me").status_code == 204


def test_a_concurrent_update_never_restores_a_deleted_account(service: Service) -> None:
    for _ in range(3):
        person = service.person("artist")

        removed, *added = all_at_once(
            (person, "DELETE", "/users/me", None),
            (person, "POST", "/users/me/portfolio", WORK),
            (person, "POST", "/users/me/work-experience", PART),
        )

        assert removed.status_code == 204
        assert {answer.status_code for answer in added} <= {201, 403}
        me = person.succeed("GET", "/users/me").json()
        assert me["status"] == "deleted"
        made = [answer.is_success for answer in added]
        assert made == [bool(me["portfolio"]), bool(me["workExperience"])]


@pytest.mark.parametrize(
    ("path", "field", "body"),
    [("portfolio", "portfolio", WORK), ("work-experience", "workExperience", PART)],
)
def test_portfolio_and_work_experience_are_added_read_and_removed(
    path: str, field: str, body: dict[str, str], service: Service, recruiter: Person
) -> None:
    person = service.person("artist")

    added = person.call("POST", f"/users/me/{path}", body)

    assert added.status_code == 201
    location = added.url.join(added.headers["location"]).path.partition("/v1")[2]
    profile = f"/users/{person.me['userId']}"
    assert recruiter.succeed("GET", profile).json()[field] == [added.json()]
    assert problem(recruiter.call("DELETE", location)) == (404, "NotFound")
    assert person.call("DELETE", location).status_code == 204
    assert problem(person.call("DELETE", location)) == (404, "NotFound")
    assert recruiter.succeed("GET", profile).json()[field] == []
    assert problem(person.call("POST", f"/users/me/{path}", {})) == (422, "Invalid")


def test_concurrent_portfolio_items_never_exceed_the_limit(service: Service) -> None:
    person = service.person("artist")
    for _ in range(29):
        person.succeed("POST", "/users/me/portfolio", WORK)

    answers = all_at_once(*[(person, "POST", "/users/me/portfolio", WORK)] * 4)

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.is_error} == {"PortfolioFull"}
    assert len(person.succeed("GET", "/users/me").json()["portfolio"]) == 30


def test_a_view_is_counted_once_for_each_viewer(service: Service, recruiter: Person) -> None:
    artist = service.person("artist")
    path = f"/users/{artist.me['userId']}/views"

    assert [recruiter.call("POST", path).status_code for _ in range(2)] == [204, 204]
    assert problem(recruiter.call("POST", "/users/unknown/views")) == (404, "NotFound")
    eventually(lambda: artist.succeed("GET", "/users/me/views").json(), {"views": 1})
    newcomer = service.account()
    assert problem(newcomer.call("POST", path)) == (403, "ProfileRequired")


def test_an_account_exports_all_its_data(service: Service) -> None:
    recruiter = service.person("recruiter", bornOn="1990-01-02")
    artist = service.person("artist")
    casting = recruiter.casting("open")
    applying = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    artist.succeed("POST", f"/castings/{casting['castingId']}/applications", applying)

    artist.succeed("POST", "/connections", {"userId": recruiter.me["userId"]})

    answer = recruiter.call("GET", "/users/me/export")

    sections = answer.json()["sections"]
    assert (answer.status_code, answer.json()["next"]) == (200, None)
    assert sections["account"][0]["email"] == recruiter.email
    assert sections["profile"][0]["bornOn"] == "1990-01-02"
    assert sections["username"][0]["username"] == recruiter.me["username"]
    assert [each["castingId"] for each in sections["castings"]] == [casting["castingId"]]
    assert [each["otherUserId"] for each in sections["connections"]] == [artist.me["userId"]]
    applications = artist.succeed("GET", "/users/me/export").json()["sections"]["applications"]
    assert [each["roleId"] for each in applications] == [applying["roleId"]]
    assert problem(artist.call("GET", "/users/me/export?cursor=x")) == (400, "BadCursor")
