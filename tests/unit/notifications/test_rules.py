"""Which changes are notified, to whom and under which id, and how preferences change."""

from datetime import datetime
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.applications.models import Status
from artisthub.applications.rules import TRANSITIONS
from artisthub.notifications import rules
from artisthub.notifications.models import (
    ApplicationStatusChanged,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    AuditionConfirmed,
    AuditionMoved,
    Channels,
    ConnectionAccepted,
    ConnectionRequested,
    Kind,
    NewChannels,
    NewPreferences,
    OfferAccepted,
    OfferRefused,
    Preferences,
)
from artisthub.shared import errors
from artisthub.shared.consumer import Change

CREATED, NOW = "2026-11-01T00:00:00.000Z", "2026-11-22T12:00:00.000Z"
STATUSES: tuple[Status, ...] = get_args(Status)
APPLICATION = {
    "castingId": "c1",
    "applicationId": "r1-1.a1",
    "roleId": "r1-1",
    "artistId": "a1",
    "recruiterId": "b1",
    "castingTitle": "A secret title",
    "note": "Write to me@example.org",
    "status": "submitted",
    "updatedAt": CREATED,
    "version": 1,
}
SIDE = {"userId": "told", "otherUserId": "by", "updatedAt": NOW, "version": 2}
DEFAULT = msgspec.convert(msgspec.to_builtins(NewPreferences()), Preferences)


def moved(status: str, **fields: Any) -> dict[str, Any]:
    return APPLICATION | {"status": status, "updatedAt": NOW, "version": 2} | fields


def event_of(before: Any, after: Any) -> Any:
    return rules.event_of_application(Change(before, after))


def test_the_recruiter_is_notified_of_a_new_application() -> None:
    event = event_of(None, APPLICATION)

    assert isinstance(event, ApplicationSubmitted)
    notification = rules.notification_of(event)
    assert (notification.user_id, notification.by_user_id) == ("b1", "a1")
    assert (notification.kind, notification.topic) == ("submitted", "applications")
    assert (notification.casting_id, notification.application_id) == ("c1", "r1-1.a1")


@pytest.mark.parametrize(
    ("status", "topic"),
    [
        ("viewed", "progress"),
        ("shortlisted", "progress"),
        ("audition", "decisions"),
        ("offered", "decisions"),
        ("booked", "decisions"),
        ("declined", "decisions"),
    ],
)
def test_the_artist_is_notified_of_each_step_by_the_recruiter(status: str, topic: str) -> None:
    event = event_of(APPLICATION, moved(status))

    assert isinstance(event, ApplicationStatusChanged)
    assert (event.previous_status, event.status) == ("submitted", status)
    notification = rules.notification_of(event)
    assert (notification.user_id, notification.by_user_id) == ("a1", "b1")
    assert (notification.kind, notification.topic) == (status, topic)


def test_the_recruiter_is_notified_of_a_withdrawal() -> None:
    event = event_of(moved("viewed"), moved("withdrawn"))

    assert isinstance(event, ApplicationWithdrawn)
    assert event.previous_status == "viewed"
    notification = rules.notification_of(event)
    assert (notification.user_id, notification.kind) == ("b1", "withdrawn")


@pytest.mark.parametrize(
    ("before", "after", "kind", "word", "topic"),
    [
        ("audition", "confirmed", AuditionConfirmed, "confirmed", "applications"),
        ("offered", "accepted", OfferAccepted, "agreed", "decisions"),
        ("offered", "refused", OfferRefused, "refused", "decisions"),
    ],
)
def test_the_recruiter_is_notified_of_each_answer_of_the_artist(
    before: str, after: str, kind: Any, word: str, topic: str
) -> None:
    event = event_of(moved(before), moved(after))

    assert type(event) is kind
    notification = rules.notification_of(event)
    assert (notification.user_id, notification.by_user_id) == ("b1", "a1")
    assert (notification.kind, notification.topic) == (word, topic)
    assert "Maya" in rules.mail_of(notification, "Maya", "Dancer", "https://u.example").text


@pytest.mark.parametrize("before", ["audition", "confirmed"])
def test_the_artist_is_notified_of_a_moved_audition(before: str) -> None:
    event = event_of(moved(before), moved("audition", audition={"startsAt": NOW}))

    assert isinstance(event, AuditionMoved)
    notification = rules.notification_of(event)
    assert (notification.user_id, notification.kind) == ("a1", "moved")


def test_recruiter_notes_and_removals_notify_nobody() -> None:
    assert event_of(moved("viewed"), moved("viewed", recruiterNote="Tall")) is None
    assert event_of(moved("viewed"), None) is None
    assert rules.event_of_connection(Change(SIDE | {"standing": "accepted"}, None)) is None


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, "incoming", ConnectionRequested),
        ("refused", "incoming", ConnectionRequested),
        ("outgoing", "accepted", ConnectionAccepted),
        (None, "outgoing", None),
        ("declined", "outgoing", None),
        ("incoming", "accepted", None),
        ("incoming", "declined", None),
        ("outgoing", "refused", None),
    ],
)
def test_a_connection_notifies_only_of_requests_and_acceptances(
    before: str | None, after: str, kind: Any
) -> None:
    old = SIDE | {"standing": before} if before else None

    event = rules.event_of_connection(Change(old, SIDE | {"standing": after}))

    assert type(event) is (kind or type(None))
    if event:
        assert (event.user_id, event.other_user_id) == ("by", "told")
        notification = rules.notification_of(event)
        assert (notification.user_id, notification.by_user_id) == ("told", "by")
        assert notification.topic == "connections"


def test_each_change_has_its_own_stable_event_id() -> None:
    changes = [
        (None, APPLICATION),
        (APPLICATION, moved("viewed")),
        (APPLICATION, moved("viewed", version=3)),
        (APPLICATION, moved("viewed", castingId="c2")),
        (APPLICATION, moved("viewed", applicationId="r1-2.a1")),
        (APPLICATION, moved("viewed", updatedAt=CREATED)),
    ]
    ids = [event_of(*change).event_id for change in changes]

    assert ids == [event_of(*change).event_id for change in changes]
    assert len(set(ids)) == len(changes)


@given(st.lists(st.datetimes(min_value=datetime(2000, 1, 1)), max_size=9))
def test_notification_ids_sort_by_event_time(times: list[Any]) -> None:
    texts = sorted(f"{time.isoformat(timespec='milliseconds')}Z" for time in times)

    ids = [event_of(None, APPLICATION | {"updatedAt": text}).event_id for text in texts]

    assert [each[:13] for each in ids] == sorted(each[:13] for each in ids)


def test_a_notification_is_kept_for_90_days() -> None:
    notification = rules.notification_of(event_of(None, APPLICATION))

    assert notification.created_at == CREATED
    assert notification.expires_at == 1_793_491_200 + 90 * 24 * 60 * 60


def test_every_kind_has_a_topic_and_every_topic_a_preference() -> None:
    assert set(rules.TOPICS) == set(get_args(Kind))
    assert {status for step in TRANSITIONS.values() for status in step} <= set(rules.TOPICS)
    assert set(rules.TOPICS.values()) == set(NewPreferences.__struct_fields__)


def test_an_event_has_no_personal_data() -> None:
    for event in (
        event_of(None, APPLICATION),
        event_of(APPLICATION, moved("audition", audition={"place": "me@example.org"})),
    ):
        told = msgspec.json.encode(event).decode()
        assert "@" not in told
        assert "secret" not in told


def test_new_accounts_get_email_only_about_decisions_and_moderation() -> None:
    mailed = {topic for topic in NewPreferences.__struct_fields__ if getattr(DEFAULT, topic).email}

    assert mailed == {"decisions", "moderation"}
    assert all(getattr(DEFAULT, topic).in_app for topic in NewPreferences.__struct_fields__)


def test_preferences_are_replaced_as_a_whole() -> None:
    mine = msgspec.to_builtins(NewPreferences(progress=NewChannels(in_app=False, email=True)))

    changed = rules.changed(DEFAULT, mine, NOW)
    again = rules.changed(changed, msgspec.to_builtins(NewPreferences()), NOW)

    assert changed.progress == Channels(in_app=False, email=True)
    assert (changed.decisions, changed.version) == (DEFAULT.decisions, 1)
    assert (again.progress, again.version) == (DEFAULT.progress, 2)
    assert rules.changed(changed, mine, "later") is changed


def test_an_unknown_notification_cannot_be_marked_as_read() -> None:
    with pytest.raises(errors.Invalid):
        rules.ensure_own(None)


def test_unsubscribing_ends_the_emails_of_one_topic_only() -> None:
    ended = rules.without_email(DEFAULT, "decisions", NOW)

    assert ended.decisions == Channels(in_app=True, email=False)
    assert (ended.connections, ended.version) == (DEFAULT.connections, 1)
    assert rules.without_email(ended, "decisions", "later") is ended


def test_an_unsubscribe_link_names_its_user_and_topic() -> None:
    assert rules.ended(rules.subscription("told", "decisions")) == ("told", "decisions")
    with pytest.raises(rules.LinkNotOurs):
        rules.ended(None)


@pytest.mark.weakness(8)
@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_has_an_email_text_and_a_subject_without_text_by_users(kind: Kind) -> None:
    told = rules.notification_of(event_of(None, APPLICATION))
    told = msgspec.structs.replace(told, kind=kind, topic=rules.TOPICS[kind])

    subject, text = rules.mail_of(told, "Priya {x}", "Anna, A film", "https://api.example/u?t=1")

    assert "https://api.example/u?t=1" in text
    assert rules.TOPICS[kind] == "moderation" or ("Priya {x}" in text) or ("Anna, A film" in text)
    other, _ = rules.mail_of(told, "Action required", "visit https://evil.example", "")
    assert subject == other
    assert subject.isascii()
    assert subject.isprintable()


@pytest.mark.weakness(66)
@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize(
    "advertisement",
    [
        "https://evil.example/win",
        "http://1.2.3.4",
        "Read //evil",
        "Win at evil.example",
        "evil。example",
        "evil\uff0eexample now",
        "x.com",
        "t.me/evil",
        "www evil com",
        "evil dot com",
        "Write to a@evil.example",
        "Call +91 98765 43210",
        "९८७६५४३२१०",
        "WhatsApp me",
    ],
)
def test_no_email_carries_an_advertisement(kind: Kind, advertisement: str) -> None:
    told = rules.notification_of(event_of(None, APPLICATION))
    told = msgspec.structs.replace(told, kind=kind, topic=rules.TOPICS[kind])

    for by, about in ((advertisement, "Anna, A film"), ("Priya", f"Anna, {advertisement}")):
        _, text = rules.mail_of(told, by, about, "https://api.example/u?t=1")

        assert advertisement not in text
        assert text.count("//") == 1


@pytest.mark.weakness(66)
@pytest.mark.parametrize(
    "name", ["A.R.Rahman", "A. R. Rahman", "Dr. Rao", "O'Neil & Sons", "தமிழ்", "Room 1204, 2026"]
)
def test_ordinary_names_stay_in_an_email(name: str) -> None:
    told = rules.notification_of(event_of(None, APPLICATION))

    _, text = rules.mail_of(told, name, f"Anna, {name}", "https://api.example/u?t=1")

    assert text.startswith(f"{name} has applied: Anna, {name}\n")


@pytest.mark.weakness(66)
def test_an_email_quotes_at_most_100_characters_in_one_line() -> None:
    told = rules.notification_of(event_of(None, APPLICATION))

    _, text = rules.mail_of(told, "Priya\n\nSharma", "x" * 300, "https://api.example/u?t=1")

    assert text.startswith(f"Priya Sharma has applied: {'x' * 99}…\n")
