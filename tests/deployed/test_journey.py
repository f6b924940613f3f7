"""The main journey: sign up, publish a casting, read it, and refuse a change by someone else."""

import pytest

from tests.deployed.people import Person, Service, a_new_casting, as_changed, problem

pytestmark = pytest.mark.deployed


def test_everyone_can_read_a_published_casting_and_only_its_recruiter_can_change_it(
    service: Service, anonymous: Person
) -> None:
    recruiter, artist = service.person("recruiter"), service.person("artist")

    created = recruiter.call("POST", "/castings", a_new_casting(title="Guitarist"))
    assert created.status_code == 201
    path = created.headers["location"].removeprefix("castings/")
    path = f"/castings/{path}"
    assert problem(anonymous.call("GET", path)) == (404, "NotFound")
    assert problem(artist.call("GET", path)) == (404, "NotFound")

    opened = recruiter.call("PUT", f"{path}/status", {"status": "open"}, if_match='"1"')
    assert (opened.status_code, opened.json()["status"]) == (200, "open")

    read = anonymous.call("GET", path)
    assert (read.status_code, as_changed(read.json())) == (200, opened.json())

    refused = artist.call("PATCH", path, {"title": "Mine"}, if_match=read.headers["etag"])
    assert problem(refused) == (403, "NotYourCasting")

    assert anonymous.call("GET", path).json()["title"] == "Guitarist"
