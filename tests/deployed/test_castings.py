"""Documents, views and deletion of castings over HTTP, the largest casting, and races."""

from typing import Any

import httpx
import pytest

from tests.api.castings.test_limits import (
    as_sent,
    text,
    the_largest_casting,
    the_largest_document,
)
from tests.deployed.people import Person, Service, a_name, as_changed, eventually, problem
from tests.deployed.test_applications import beside
from tests.deployed.test_races import all_at_once

pytestmark = pytest.mark.deployed

SCRIPT = {"title": "Script of the pilot", "url": "https://scripts.example/1", "kind": "script"}


def path_of(casting: dict[str, Any]) -> str:
    return f"/castings/{casting['castingId']}"


def test_documents_are_added_read_and_removed(
    recruiter: Person, artist: Person, anonymous: Person
) -> None:
    path, key = path_of(recruiter.casting("open")), a_name()

    added, retry = (
        recruiter.call("POST", f"{path}/documents", SCRIPT, idempotency_key=key) for _ in range(2)
    )

    assert (added.status_code, retry.status_code) == (201, 201)
    assert anonymous.succeed("GET", path).json()["documents"] == [added.json()] == [retry.json()]
    location = added.url.join(added.headers["location"]).path.partition("/v1")[2]
    assert problem(artist.call("POST", f"{path}/documents", SCRIPT)) == (403, "NotYourCasting")
    assert problem(artist.call("DELETE", location)) == (403, "NotYourCasting")
    assert problem(recruiter.call("POST", f"{path}/documents", {})) == (422, "Invalid")

    assert recruiter.call("DELETE", location).status_code == 204
    assert problem(recruiter.call("DELETE", location)) == (404, "NotFound")
    assert anonymous.succeed("GET", path).json()["documents"] == []


def test_an_ended_casting_accepts_no_documents(recruiter: Person) -> None:
    path = f"{path_of(recruiter.casting('open', 'cancelled'))}/documents"

    assert problem(recruiter.call("POST", path, SCRIPT)) == (409, "CastingEnded")
    assert problem(recruiter.call("DELETE", f"{path}/unknown")) == (409, "CastingEnded")


def test_a_view_is_counted_once_for_each_viewer(
    service: Service, recruiter: Person, artist: Person
) -> None:
    path = f"{path_of(recruiter.casting('open'))}/views"

    for viewer in (artist, artist, recruiter):
        assert viewer.call("POST", path).status_code == 204
    eventually(lambda: recruiter.succeed("GET", path).json(), {"views": 1})
    draft = f"{path_of(recruiter.casting())}/views"
    assert problem(artist.call("POST", draft)) == (404, "NotFound")
    assert problem(service.account().call("POST", path)) == (403, "ProfileRequired")


def test_a_recruiter_can_delete_a_casting_unless_it_is_open(
    recruiter: Person, artist: Person
) -> None:
    path = path_of(recruiter.casting("open"))

    assert problem(recruiter.call("DELETE", path)) == (409, "CastingStillOpen")
    recruiter.succeed("PUT", f"{path}/status", {"status": "closed"})
    assert problem(artist.call("DELETE", path)) == (403, "NotYourCasting")
    assert problem(recruiter.call("DELETE", path, if_match='"2"')) == (412, "Stale")
    assert recruiter.call("DELETE", path, if_match='"3"').status_code == 204

    for method, place in (("GET", path), ("DELETE", path), ("GET", f"{path}/applications")):
        assert problem(recruiter.call(method, place)) == (404, "NotFound")


def test_the_largest_casting_is_stored_read_and_changed(recruiter: Person) -> None:
    body = as_sent(the_largest_casting())
    path = path_of(recruiter.succeed("POST", "/castings", body).json())
    full = recruiter.call("POST", f"{path}/documents", the_largest_document())

    changed = recruiter.call("PATCH", path, {"city": text(79)}, if_match='"1"')

    assert problem(full) == (409, "DocumentsFull")
    assert changed.status_code == 200
    read = recruiter.succeed("GET", path).json()
    assert as_changed(read) == changed.json()


def test_concurrent_documents_never_exceed_the_limit(recruiter: Person) -> None:
    path = path_of(recruiter.casting())
    for _ in range(9):
        recruiter.succeed("POST", f"{path}/documents", SCRIPT)

    def add(title: str) -> httpx.Response:
        body = SCRIPT | {"title": title}
        return beside(recruiter).call("POST", f"{path}/documents", body)

    answers = all_at_once([lambda: add("A"), lambda: add("B")])

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    [made] = [answer.json() for answer in answers if answer.is_success]
    [refused] = [answer for answer in answers if answer.is_error]
    assert problem(refused) == (409, "DocumentsFull")
    documents = recruiter.succeed("GET", path).json()["documents"]
    assert (len(documents), documents[-1]) == (10, made)


@pytest.mark.parametrize("attempt", range(3))
def test_a_concurrent_delete_and_open_of_a_casting_never_both_succeed(
    attempt: int, recruiter: Person
) -> None:
    path = path_of(recruiter.casting("open", "closed"))

    deleted, opened = all_at_once(
        [
            lambda: beside(recruiter).call("DELETE", path),
            lambda: beside(recruiter).call("PUT", f"{path}/status", {"status": "open"}),
        ]
    )

    left = recruiter.call("GET", path)
    if deleted.is_success:
        assert problem(opened) in {(404, "NotFound"), (412, "Stale")}
        assert problem(left) == (404, "NotFound")
    else:
        assert problem(deleted) == (409, "CastingStillOpen")
        assert (opened.status_code, as_changed(left.json())) == (200, opened.json())
