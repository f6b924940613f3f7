"""A change is in every answer at once, although the card for lists is made a moment later."""

from typing import Any

import pytest

from tests.deployed.people import Person, Service, a_name, eventually
from tests.deployed.test_applications import applied

pytestmark = pytest.mark.deployed

NOTIFICATIONS = "/users/me/notifications"
# The card may be made before the call. It cannot be each time.
TIMES = 5


def test_answers_show_a_change_of_a_moment_ago(service: Service, recruiter: Person) -> None:
    artist, name = service.person("artist"), a_name()
    artist.succeed("PATCH", "/users/me", {"displayName": name}, if_match="*")
    casting = recruiter.casting("open")
    application, casting_path = applied(casting, artist), f"/castings/{casting['castingId']}"
    recruiter.succeed("PUT", f"{application}/status", {"status": "viewed"})
    found, recruiters_page = f"/users?name={name}", f"/recruiters/{casting['recruiterId']}"

    def items(person: Person, path: str) -> list[Any]:
        listed: list[Any] = person.succeed("GET", path).json()["items"]
        return listed

    eventually(lambda: len(items(artist, NOTIFICATIONS)), 1)
    eventually(lambda: len(items(recruiter, found)), 1)

    for number in range(TIMES):
        for person, reader, path in (
            (artist, recruiter, found),
            (artist, recruiter, application),
            (recruiter, artist, NOTIFICATIONS),
            (recruiter, artist, recruiters_page),
        ):
            headline = f"Headline {number}"
            person.succeed("PATCH", "/users/me", {"headline": headline}, if_match="*")
            answer = reader.succeed("GET", path).json()
            if path == found:
                assert [each["headline"] for each in answer["items"]] == [headline]
            if path == NOTIFICATIONS:
                assert answer["items"][0]["user"]["userId"] == casting["recruiterId"]
        for reader, path in ((artist, NOTIFICATIONS), (recruiter, application)):
            title = f"Title {number} {path}"
            recruiter.succeed("PATCH", casting_path, {"title": title}, if_match="*")
            answer = reader.succeed("GET", path).json()
            if path == NOTIFICATIONS:
                assert answer["items"][0]["casting"]["title"] == title
