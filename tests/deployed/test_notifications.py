"""Notifications, events and notification e-mail."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.deployed.people import Person, Service, patience, problem
from tests.deployed.target import Target
from tests.deployed.test_logs import all_lines
from tests.deployed.test_races import all_at_once
from tests.subscriber import Subscriber

pytestmark = pytest.mark.deployed

LIST, PREFERENCES = "/users/me/notifications", "/users/me/notification-preferences"
QUIET = {"inApp": False, "email": False}


@pytest.fixture(scope="module")
def subscriber(target: Target) -> Iterator[Subscriber]:
    subscriber = Subscriber(
        target.resources["EventBus"], target.client("events"), target.client("sqs")
    )
    yield subscriber
    subscriber.leave()


def events_of(subscriber: Subscriber, key: str, wanted: int) -> list[dict[str, Any]]:
    """Wait for this number of events with the id, and return them."""
    found: list[dict[str, Any]] = []
    deadline = time.monotonic() + patience()
    while len(found) < wanted:
        assert time.monotonic() < deadline, f"expected {wanted} events of {key}, got {found}"
        received = subscriber.received(wait_seconds=1)
        found += [each for each in received if key in each["detail"].values()]
    return found


def apply(recruiter: Person, artist: Person, **fields: Any) -> str:
    """Apply to a new casting, and return the path of the application."""
    casting = recruiter.casting("open")
    path = f"/castings/{casting['castingId']}/applications"
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True, **fields}
    application = artist.succeed("POST", path, body).json()
    return f"{path}/{application['applicationId']}"


def test_artist_and_recruiter_are_notified_about_an_application(service: Service) -> None:
    recruiter, artist = service.person("recruiter"), service.person("artist")

    path = apply(recruiter, artist)
    submitted = recruiter.notified("submitted")
    assert submitted["user"]["displayName"] == artist.me["displayName"]
    assert submitted["casting"]["castingId"] in path

    artist_hears = ["viewed", "declined"]
    for status in artist_hears:
        recruiter.succeed("PUT", f"{path}/status", {"status": status})
        assert artist.notified(status)["user"]["userId"] == recruiter.me["userId"]
    listed = artist.succeed("GET", LIST).json()
    assert [each["kind"] for each in listed["items"]] == artist_hears[::-1]
    assert listed["unreadCount"] == 2

    latest = listed["items"][0]["notificationId"]
    for _ in range(2):
        assert artist.call("PUT", f"{LIST}/read", {"upTo": latest}).status_code == 204
    assert artist.succeed("GET", LIST).json()["unreadCount"] == 0
    assert [each["kind"] for each in recruiter.succeed("GET", LIST).json()["items"]] == [
        "submitted"
    ]


def test_both_accounts_are_notified_about_a_connection(service: Service) -> None:
    one, other = service.person("artist"), service.person("recruiter")

    one.succeed("POST", "/connections", {"userId": other.me["userId"]})
    assert other.notified("requested")["user"]["userId"] == one.me["userId"]
    other.succeed("PUT", f"/connections/{one.me['userId']}", {"answer": "accepted"})
    assert one.notified("accepted")["user"]["userId"] == other.me["userId"]


def test_disabled_notifications_are_not_listed(service: Service) -> None:
    recruiter, artist = service.person("recruiter"), service.person("artist")
    changed = artist.succeed("PUT", PREFERENCES, {"progress": QUIET})
    assert artist.succeed("GET", PREFERENCES).json() == changed.json()
    artist.succeed("PUT", PREFERENCES, {"progress": QUIET, "connections": QUIET}, if_match='"1"')

    path = apply(recruiter, artist)
    for status in ("viewed", "declined"):
        recruiter.succeed("PUT", f"{path}/status", {"status": status})

    artist.notified("declined")
    assert [each["kind"] for each in artist.succeed("GET", LIST).json()["items"]] == ["declined"]


def test_invalid_notification_requests_are_refused(service: Service, artist: Person) -> None:
    newcomer = service.account()
    unknown = {"upTo": "019ac3d3-22ed-7d59-8499-2b952753d0b8"}

    assert newcomer.succeed("GET", LIST).json()["items"] == []
    assert problem(newcomer.call("PUT", f"{LIST}/read", unknown)) == (403, "ProfileRequired")
    assert problem(artist.call("PUT", f"{LIST}/read", unknown)) == (422, "Invalid")
    assert problem(artist.call("PUT", PREFERENCES, {"progress": {}})) == (422, "Invalid")
    stale = artist.call("PUT", PREFERENCES, {"progress": QUIET}, if_match='"9"')
    assert problem(stale) == (412, "Stale")
    assert problem(artist.call("GET", f"{LIST}?cursor=x")) == (400, "BadCursor")


def test_subscribers_get_events_without_personal_data(
    target: Target, service: Service, subscriber: Subscriber
) -> None:
    recruiter, artist = service.person("recruiter"), service.person("artist")
    note = f"planted-marker {artist.email}"

    path = apply(recruiter, artist, note=note)
    change = {"status": "viewed", "recruiterNote": note}
    recruiter.succeed("PUT", f"{path}/status", change)
    artist.succeed("DELETE", path)

    events = events_of(subscriber, artist.me["userId"], 3)
    assert [each["detail-type"] for each in events] == [
        "ApplicationSubmitted",
        "ApplicationStatusChanged",
        "ApplicationWithdrawn",
    ]
    for said in [*map(str, events), *all_lines(target)]:
        assert "planted-marker" not in said
        assert artist.email not in said


def test_a_moved_audition_is_listed_once_with_its_last_state(service: Service) -> None:
    recruiter, artist = service.person("recruiter"), service.person("artist")
    path = apply(recruiter, artist)
    for status in ("viewed", "shortlisted", "audition"):
        recruiter.succeed("PUT", f"{path}/status", {"status": status})
    artist.notified("audition")

    for day in (1, 2):
        audition = {"startsAt": f"2030-07-0{day}T10:00:00Z"}
        recruiter.succeed("PUT", f"{path}/status", {"status": "audition", "audition": audition})
        seen = recruiter.succeed("GET", path).json()
        deadline = time.monotonic() + patience()
        while artist.notified("moved")["createdAt"] != seen["updatedAt"]:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def moves() -> list[str]:
        listed = artist.succeed("GET", "/users/me/notifications").json()["items"]
        return [each["kind"] for each in listed if each["kind"] == "moved"]

    while len(moves()) > 1:  # the earlier one is deleted after the later one is stored
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_email_stops_after_the_unsubscribe_link_is_opened(
    target: Target, service: Service, anonymous: Person
) -> None:
    ending = service.mailbox.ending
    recruiter, artist = service.person("recruiter"), service.person("artist")
    loud = {"inApp": True, "email": True}
    recruiter.succeed("PUT", PREFERENCES, {"applications": loud})

    first = apply(recruiter, artist)
    [mail] = recruiter.mailed()
    assert mail["Subject"] == "An artist has applied for a role"
    assert mail["BodyText"].startswith(artist.me["displayName"])
    one_click = {"content_type": "application/x-www-form-urlencoded"}
    page = anonymous.call("GET", ending(mail))
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for _ in range(2):
        ended = anonymous.call("POST", ending(mail), b"List-Unsubscribe=One-Click", **one_click)
        assert (ended.status_code, ended.json()["topic"]) == (200, "applications")
    forged = ending(mail).replace(recruiter.me["userId"], artist.me["userId"])
    assert problem(anonymous.call("POST", forged)) == (403, "LinkNotOurs")

    artist.succeed("DELETE", first)
    recruiter.notified("withdrawn")
    preferences = recruiter.succeed("GET", PREFERENCES).json()
    assert preferences["applications"] == {"inApp": True, "email": False}
    recruiter.succeed("PUT", PREFERENCES, {"applications": loud}, if_match='"2"')
    apply(recruiter, artist)
    subjects = [each["Subject"] for each in recruiter.mailed(2)]
    assert len(subjects) == 2
    assert all("has applied" in subject for subject in subjects)
    assert not [text for text in all_lines(target) if recruiter.email in text]


@pytest.mark.race
def test_concurrent_preference_changes_are_all_kept(service: Service) -> None:
    person = service.person("artist")
    topics = ["applications", "progress", "decisions", "connections"]

    answers = all_at_once(
        [
            lambda topic=topic: person.call("PUT", PREFERENCES, {topic: QUIET})  # type: ignore[misc]
            for topic in topics
        ]
    )

    assert sorted(answer.json()["version"] for answer in answers) == [1, 2, 3, 4]
    [last] = [answer.json() for answer in answers if answer.json()["version"] == 4]
    assert person.succeed("GET", PREFERENCES).json() == last
