"""Matches over HTTP: artists for a casting, and castings for an artist."""

import pytest

from tests.deployed.people import Person, Service, a_name, eventually, problem

pytestmark = pytest.mark.deployed


def test_an_artist_and_a_casting_match_each_other(
    service: Service, recruiter: Person, anonymous: Person
) -> None:
    skill, city = a_name(), a_name()
    artist = service.person("artist", categories=["dance"], city=city, skills=[skill])
    roles = [{"title": "Dancer", "requirements": {"skills": [skill], "languages": ["odia"]}}]
    casting_id = recruiter.casting("open", city=city, roles=roles)["castingId"]

    def castings() -> list[tuple[str, list[str]]]:
        items = artist.succeed("GET", "/users/me/matching-castings?limit=1").json()["items"]
        return [
            (
                each["casting"]["castingId"],
                [it["verdict"] for it in each["role"]["requirements"]],
            )
            for each in items
        ]

    def artists() -> list[tuple[str, str]]:
        path = f"/castings/{casting_id}/matching-artists?limit=1"
        items = recruiter.succeed("GET", path).json()["items"]
        return [(each["artist"]["userId"], each["role"]["title"]) for each in items]

    eventually(castings, [(casting_id, ["met", "met", "unknown", "met"])])
    eventually(artists, [(artist.me["userId"], "Dancer")])
    path = f"/castings/{casting_id}/matching-artists"
    assert problem(artist.call("GET", path)) == (403, "NotYourCasting")
    assert anonymous.call("GET", path).status_code == 401
