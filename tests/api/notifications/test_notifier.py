"""The notifier, which reads the streams of applications and connections."""

import os
from random import Random
from typing import Any

import boto3
import pytest

from tests.api import api
from tests.api.applications.given import PIPELINE, Situation
from tests.api.builders import a_recruiter, an_artist, deleted, suspended, table
from tests.api.notifications.given import kinds, listed, moved, prefer, side_of, told
from tests.streams import record
from tests.subscriber import Subscriber

PROGRESS_OFF = {"progress": {"inApp": False, "email": False}}


@pytest.fixture(scope="module")
def subscriber() -> Subscriber:
    return Subscriber(os.environ["EVENT_BUS"], boto3.client("events"), boto3.client("sqs"))


@pytest.fixture(autouse=True)
def _without_earlier_events(subscriber: Subscriber) -> None:
    subscriber.received()


def test_only_the_recruiter_is_notified_of_an_application() -> None:
    it = Situation()

    assert told(None, it.item) == []

    [notification] = listed(it.recruiter)["items"]
    assert notification["kind"] == "submitted"
    assert notification["user"]["userId"] == it.artist.user_id
    assert notification["casting"] == {
        "castingId": it.casting["castingId"],
        "title": it.casting["title"],
    }
    assert notification["applicationId"] == it.application["applicationId"]
    assert kinds(it.artist) == []


def test_an_old_change_from_a_restored_table_notifies_nobody() -> None:
    it = Situation()
    old = it.item | {"updatedAt": "2026-01-01T00:00:00.000Z"}

    assert told(None, old) == []

    assert kinds(it.recruiter) == []


def test_only_the_artist_is_notified_of_each_step() -> None:
    it = Situation()

    for status in ("viewed", "shortlisted"):
        assert told(*moved(it, status)) == []

    assert kinds(it.artist) == ["shortlisted", "viewed"]
    assert kinds(it.recruiter) == []


def test_the_recruiter_is_notified_of_a_withdrawal() -> None:
    it = Situation()

    told(*moved(it, "withdrawn"))

    assert kinds(it.recruiter) == ["withdrawn"]


def test_connection_requests_and_acceptances_notify_the_other_side() -> None:
    one, other = an_artist(), a_recruiter()
    api.post("/connections", {"userId": other.user_id}, as_=one)
    asked = [side_of(one, other), side_of(other, one)]
    for side in asked:
        assert told(None, side, "ConnectionsTable") == []
    api.put(f"/connections/{one.user_id}", {"answer": "accepted"}, as_=other)
    for before, after in zip(asked, (side_of(one, other), side_of(other, one)), strict=True):
        assert told(before, after, "ConnectionsTable") == []

    [requested], [accepted] = listed(other)["items"], listed(one)["items"]
    assert (requested["kind"], requested["user"]["userId"]) == ("requested", one.user_id)
    assert (accepted["kind"], accepted["user"]["userId"]) == ("accepted", other.user_id)
    assert accepted["casting"] is None


def test_a_change_delivered_again_notifies_nobody_again(subscriber: Subscriber) -> None:
    it = Situation()
    change = moved(it, "viewed")

    for _ in range(3):
        assert told(*change) == []

    assert kinds(it.artist) == ["viewed"]
    assert len(subscriber.received()) == 1


@pytest.mark.parametrize("seed", range(5))
def test_unordered_and_repeated_changes_end_in_the_same_lists(
    seed: int,
) -> None:
    it = Situation()
    changes = [(None, it.item), *(moved(it, status) for status in (*PIPELINE[:4], "withdrawn"))]
    delivered = changes * 2
    Random(seed).shuffle(delivered)

    for change in delivered:
        assert told(*change) == []

    assert kinds(it.artist) == PIPELINE[3::-1]
    assert kinds(it.recruiter) == ["withdrawn", "submitted"]


def test_an_interrupted_notification_is_finished_and_stored_once(
    monkeypatch: pytest.MonkeyPatch, subscriber: Subscriber
) -> None:
    it = Situation()
    change = moved(it, "viewed")
    with monkeypatch.context() as broken:
        broken.delenv("EVENT_BUS")
        assert told(*change) == ["1"]
    assert kinds(it.artist) == ["viewed"]

    assert told(*change) == []

    assert kinds(it.artist) == ["viewed"]
    assert [each["detail-type"] for each in subscriber.received()] == ["ApplicationStatusChanged"]


def test_the_neighbours_of_a_failed_change_are_notified() -> None:
    """Lambda splits the batch, and sends the reported record and all later ones again."""
    one, other = Situation(), Situation()
    poison: dict[str, Any] = {"castingId": "c", "applicationId": "a"}
    records = [
        record(1, new=one.item, table="ApplicationsTable"),
        record(2, new=poison, table="ApplicationsTable"),
        record(3, new=other.item, table="ApplicationsTable"),
    ]

    assert api.consume("notifier", *records) == ["2"]
    assert api.consume("notifier", records[1]) == ["2"]
    assert api.consume("notifier", records[2]) == []

    assert kinds(one.recruiter) == kinds(other.recruiter) == ["submitted"]


@pytest.mark.parametrize("gone", [suspended, deleted])
def test_an_inactive_account_is_not_notified_but_subscribers_are(
    gone: Any, subscriber: Subscriber
) -> None:
    it = Situation()
    gone(it.artist)

    assert told(*moved(it, "declined")) == []

    assert kinds(it.artist) == []
    assert len(subscriber.received()) == 1


def test_a_topic_that_is_off_notifies_nobody() -> None:
    it = Situation()
    prefer(it.artist, **PROGRESS_OFF)

    told(*moved(it, "viewed"))
    told(*moved(it, "declined"))

    assert kinds(it.artist) == ["declined"]


def test_subscribers_get_only_ids(
    subscriber: Subscriber, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = "planted-marker"
    it = Situation(note=f"{marker} me@example.org", mediaUrls=[f"https://{marker}.example"])

    told(None, it.item)
    it.move("viewed")
    before = it.item
    answer = api.put(
        f"{it.path}/status",
        {"status": "shortlisted", "recruiterNote": f"{marker} me@example.org"},
        as_=it.recruiter,
    )
    assert answer.status == 200, answer.text
    told(before, it.item)

    submitted, changed = subscriber.received()
    assert (submitted["source"], submitted["detail-type"]) == ("artisthub", "ApplicationSubmitted")
    assert submitted["detail"] == {
        "eventId": submitted["detail"]["eventId"],
        "occurredAt": it.application["createdAt"],
        "schemaVersion": 1,
        "applicationId": it.application["applicationId"],
        "castingId": it.casting["castingId"],
        "roleId": it.application["roleId"],
        "artistId": it.artist.user_id,
        "recruiterId": it.recruiter.user_id,
    }
    assert changed["detail"]["previousStatus"] == "viewed"
    for said in (str(submitted), str(changed), capsys.readouterr().out):
        assert marker not in said
        assert "@" not in said


def test_a_stored_notification_has_only_ids_and_expires() -> None:
    it = Situation(note="planted-marker")

    told(None, it.item)

    kept = table("NOTIFICATIONS_TABLE").query(
        KeyConditionExpression="userId = :user",
        ExpressionAttributeValues={":user": it.recruiter.user_id},
    )["Items"]
    assert len(kept) == 2
    for item in kept:
        assert item["expiresAt"] > 0
        assert it.casting["title"] not in str(item)
        assert "planted-marker" not in str(item)
