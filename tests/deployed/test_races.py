"""Concurrent requests to separate function processes: exactly one succeeds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from tests.deployed.people import Person, Service, a_name, a_new_user, as_changed

pytestmark = pytest.mark.deployed


def all_at_once(calls: list[Callable[[], httpx.Response]]) -> list[httpx.Response]:
    start = Barrier(len(calls))

    def run(call: Callable[[], httpx.Response]) -> httpx.Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_only_one_of_several_concurrent_profiles_gets_a_username(service: Service) -> None:
    people, username = [service.account() for _ in range(4)], a_name()

    def create(person: Person) -> httpx.Response:
        return person.call("POST", "/users", a_new_user(username=username))

    answers = all_at_once([lambda each=each: create(each) for each in people])  # type: ignore[misc]

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.is_error} == {"UsernameTaken"}
    profiles = [person.call("GET", "/users/me") for person in people]
    assert sorted(profile.status_code for profile in profiles) == [200, 403, 403, 403]
    winner = next(profile.json() for profile in profiles if profile.is_success)
    assert winner["username"] == username
    assert people[0].call("GET", f"/usernames/{username}").json()["userId"] == winner["userId"]


def test_only_one_of_several_concurrent_changes_of_a_version_succeeds(recruiter: Person) -> None:
    path = f"/castings/{recruiter.casting()['castingId']}"

    def change(title: str) -> httpx.Response:
        return Person(recruiter.service, token=recruiter.token).call(
            "PATCH", path, {"title": title}, if_match='"1"'
        )

    answers = all_at_once([lambda title=title: change(title) for title in "ABCD"])  # type: ignore[misc]

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    made = next(answer for answer in answers if answer.is_success)
    assert as_changed(recruiter.call("GET", path).json()) == made.json()
