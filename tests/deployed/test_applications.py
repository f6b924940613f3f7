"""Applications over HTTP: the pipeline with enforced permissions, the main errors, and races."""

import time
from typing import Any

import httpx
import pytest

from tests.deployed.people import Person, Service, eventually, problem
from tests.deployed.test_races import all_at_once

pytestmark = pytest.mark.deployed


def list_of(casting: dict[str, Any]) -> str:
    return f"/castings/{casting['castingId']}/applications"


def body_for(casting: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"roleId": casting["roles"][0]["roleId"], "shareContact": False} | fields


def beside(person: Person) -> Person:
    """A copy of the person for another thread."""
    return Person(person.service, token=person.token)


def applied(casting: dict[str, Any], artist: Person, **fields: Any) -> str:
    """Apply, and return the path of the application."""
    made = artist.succeed("POST", list_of(casting), body_for(casting, **fields)).json()
    return f"{list_of(casting)}/{made['applicationId']}"


def test_an_application_moves_from_submission_to_booking(
    service: Service, recruiter: Person
) -> None:
    artist, casting = service.person("artist"), recruiter.casting("open")
    body = body_for(casting, shareContact=True, note="Me", mediaUrls=["https://media.example/1"])

    created, retry = (
        artist.call("POST", list_of(casting), body, idempotency_key="key-1") for _ in range(2)
    )
    assert (created.status_code, retry.status_code) == (201, 201)
    assert created.json() == retry.json()
    path = f"/castings/{casting['castingId']}/{created.headers['location']}"
    assert artist.call("GET", path).json() == created.json()

    table = recruiter.succeed("GET", f"/castings/{casting['castingId']}/applicants.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.content.startswith("\ufeffapplicationId,".encode())
    assert artist.email in table.text
    received = recruiter.call("GET", path).json()
    assert received["artist"]["username"] == artist.me["username"]
    assert received["contact"]["email"] == artist.email
    for query in ("", "?status=submitted", f"?roleId={body['roleId']}"):
        [listed] = recruiter.call("GET", list_of(casting) + query).json()["items"]
        assert listed["contact"] == received["contact"]

    for status in ("viewed", "shortlisted", "audition", "offered", "booked"):
        change = {"status": status, "recruiterNote": "Promising"}
        answer = recruiter.call("PUT", f"{path}/status", change)
        assert (answer.status_code, answer.json()["status"]) == (200, status)

    seen = artist.call("GET", path)
    assert (seen.headers["etag"], seen.json()["status"]) == ('"6"', "booked")
    assert "Promising" not in seen.text
    [mine] = artist.call("GET", "/users/me/applications?status=booked").json()["items"]
    assert mine["applicationId"] == created.json()["applicationId"]


def test_an_artist_sees_what_they_have_to_do_with_castings_and_people(
    service: Service, recruiter: Person
) -> None:
    artist, other = service.person("artist"), service.person("artist").me["userId"]
    casting = recruiter.casting("open")
    casting_id, recruiter_id = casting["castingId"], recruiter.me["userId"]
    applied(casting, artist)
    artist.succeed("PUT", f"/users/me/saved-castings/{casting_id}")
    artist.succeed("POST", "/connections", {"userId": recruiter_id})
    artist.succeed("PUT", f"/users/{other}/block")
    path = f"/users/me/relations?castings={casting_id}&people={recruiter_id},{other}"

    def found() -> Any:  # indexes and reads without a lock may be some milliseconds late
        relations = artist.succeed("GET", path).json()
        [seen] = relations["castings"]
        people = [(each["connection"], each["isBlocked"]) for each in relations["people"]]
        return seen["isSaved"], [each["status"] for each in seen["applications"]], people

    eventually(found, (True, ["submitted"], [("pending", False), (None, True)]))
    asked = artist.succeed("GET", f"/castings/{casting_id}?relation=true").json()["relation"]
    assert asked["isSaved"]
    assert [each["status"] for each in asked["applications"]] == ["submitted"]
    person = artist.succeed("GET", f"/users/{recruiter_id}").json()
    assert person["relation"] == {"connection": "pending", "direction": "outgoing"}
    mine = artist.succeed("GET", "/users/me/applications?counts=true").json()
    assert mine["counts"] == {"submitted": 1}


def test_an_application_is_withdrawn(service: Service, recruiter: Person) -> None:
    artist, casting = service.person("artist"), recruiter.casting("open")
    path = applied(casting, artist, shareContact=True)

    withdrawn = artist.call("DELETE", path)

    assert (withdrawn.status_code, withdrawn.json()["status"]) == (200, "withdrawn")
    assert recruiter.call("GET", path).json()["contact"] is None
    assert problem(artist.call("POST", list_of(casting), body_for(casting))) == (
        *(409, "AlreadyApplied"),
    )
    step = recruiter.call("PUT", f"{path}/status", {"status": "viewed"})
    assert problem(step) == (409, "StepNotPossible")


def test_invalid_application_requests_are_refused(
    service: Service, recruiter: Person, artist: Person
) -> None:
    casting, closed = recruiter.casting("open"), recruiter.casting("open", "closed")
    other_artist, other_recruiter = service.person("artist"), service.person("recruiter")
    path = applied(casting, artist)

    def apply(person: Person, to: dict[str, Any], **fields: Any) -> tuple[int, str]:
        return problem(person.call("POST", list_of(to), body_for(to, **fields)))

    assert apply(artist, casting) == (409, "AlreadyApplied")
    assert apply(artist, closed) == (409, "CastingClosed")
    assert apply(artist, recruiter.casting()) == (404, "NotFound")
    assert apply(artist, casting | {"castingId": "unknown"}) == (404, "NotFound")
    assert apply(recruiter, casting) == (403, "RoleRequired")
    assert apply(service.account(), casting) == (403, "ProfileRequired")
    assert apply(other_artist, casting, roleId="r9-9") == (422, "Invalid")

    for stranger in (other_artist, other_recruiter):
        assert problem(stranger.call("GET", path)) == (404, "NotFound")
        assert problem(stranger.call("DELETE", path)) == (404, "NotFound")
        step = stranger.call("PUT", f"{path}/status", {"status": "viewed"})
        assert problem(step) == (404, "NotFound")
        assert problem(stranger.call("GET", list_of(casting))) == (403, "NotYourCasting")
    assert problem(recruiter.call("DELETE", path)) == (403, "NotYourStep")
    assert problem(artist.call("PUT", f"{path}/status", {"status": "booked"})) == (
        *(403, "NotYourStep"),
    )
    assert problem(recruiter.call("PUT", f"{path}/status", {"status": "booked"})) == (
        *(409, "StepNotPossible"),
    )
    stale = recruiter.call("PUT", f"{path}/status", {"status": "viewed"}, if_match='"7"')
    assert problem(stale) == (412, "Stale")
    assert problem(recruiter.call("GET", f"{list_of(casting)}?cursor=x")) == (400, "BadCursor")
    assert problem(artist.call("GET", "/users/me/applications?status=open")) == (422, "Invalid")


def test_an_artist_applies_only_once_for_a_role_despite_concurrent_requests(
    recruiter: Person, artist: Person
) -> None:
    casting = recruiter.casting("open")

    def apply(note: str) -> httpx.Response:
        body = body_for(casting, note=note)
        return beside(artist).call("POST", list_of(casting), body)

    answers = all_at_once([lambda note=note: apply(note) for note in "ABCD"])  # type: ignore[misc]

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    [made] = [answer.json() for answer in answers if answer.is_success]
    [listed] = recruiter.call("GET", list_of(casting)).json()["items"]
    path = f"{list_of(casting)}/{listed['applicationId']}"
    assert artist.call("GET", path).json() == made


def test_only_one_of_several_concurrent_decisions_succeeds(
    recruiter: Person, artist: Person
) -> None:
    path = applied(recruiter.casting("open"), artist)

    def decide(status: str) -> httpx.Response:
        change = {"status": status}
        return beside(recruiter).call("PUT", f"{path}/status", change, if_match='"1"')

    steps = ["viewed", "declined"]
    answers = all_at_once([lambda step=step: decide(step) for step in steps])  # type: ignore[misc]

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    [made] = [answer.json() for answer in answers if answer.is_success]
    assert recruiter.call("GET", path).json() == made


def test_a_closing_casting_accepts_no_later_applications(recruiter: Person, artist: Person) -> None:
    casting = recruiter.casting("open", roles=[{"title": str(number)} for number in range(12)])
    began: dict[str, float] = {}
    closed_at: list[float] = []

    def apply_for(role_id: str) -> httpx.Response:
        time.sleep(0.03 * int(role_id.rpartition("-")[2]))
        began[role_id] = time.monotonic()
        body = body_for(casting, roleId=role_id)
        return beside(artist).call("POST", list_of(casting), body)

    def close() -> httpx.Response:
        time.sleep(0.15)
        path = f"/castings/{casting['castingId']}/status"
        answer = beside(recruiter).call("PUT", path, {"status": "closed"})
        closed_at.append(time.monotonic())
        return answer

    role_ids = [role["roleId"] for role in casting["roles"]]
    calls = [lambda role_id=role_id: apply_for(role_id) for role_id in role_ids]
    closing, *answers = all_at_once([close, *calls])

    assert closing.status_code == 200
    refused = [answer for answer in answers if answer.is_error]
    assert {problem(answer) for answer in refused} <= {(409, "CastingClosed")}
    accepted = {answer.json()["roleId"] for answer in answers if answer.is_success}
    assert all(began[role_id] < closed_at[0] for role_id in accepted)
    page = recruiter.call("GET", f"{list_of(casting)}?limit=100").json()
    assert {each["roleId"] for each in page["items"]} == accepted
