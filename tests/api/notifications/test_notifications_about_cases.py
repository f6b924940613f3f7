"""The notifier, which reads the stream of cases: both sides hear of a decision."""

import os
from typing import Any

import pytest

from artisthub.notifications import consumers
from tests.api import api
from tests.api.admin.given import decide
from tests.api.api import Account
from tests.api.builders import a_recruiter, an_artist, stored, table, the_admin
from tests.api.notifications.given import kinds, listed, prefer, told
from tests.api.reports.given import an_open_casting, of_casting, of_user, old_artists, reported
from tests.mailbox import mails_to

QUIET = {"inApp": False, "email": False}


def case_of(case_id: str) -> Any:
    return stored("REPORTS_TABLE", caseId=case_id, entryKey="case")


def decided(case_id: str, outcome: str) -> Any:
    """The stored decision."""
    answer = decide(case_id, outcome, the_admin())
    assert answer.status == 200, answer.text
    items = table("REPORTS_TABLE").query(
        KeyConditionExpression="caseId = :case AND begins_with(entryKey, :decision)",
        ExpressionAttributeValues={":case": case_id, ":decision": "decision#"},
    )["Items"]
    return items[-1]


def tell(old: Any, new: Any) -> None:
    assert told(old, new, "ReportsTable") == []


def subjects(account: Account) -> list[str]:
    return [mail["Subject"] for mail in mails_to(account.email, os.environ["AWS_ENDPOINT_URL"])]


def test_both_sides_hear_of_a_dismissal() -> None:
    (recruiter, casting), artist = an_open_casting(), an_artist()
    case_id = f"casting:{casting['castingId']}"
    reported(of_casting(casting), artist)

    tell(None, decided(case_id, "dismissed"))

    [mine], [theirs] = listed(artist)["items"], listed(recruiter)["items"]
    assert (mine["kind"], mine["topic"], mine["outcome"]) == (
        "answered",
        "moderation",
        "dismissed",
    )
    assert mine["reason"] is None
    assert (theirs["kind"], theirs["outcome"]) == ("cleared", "dismissed")
    assert theirs["reason"] == "Looked at it."
    for each in (mine, theirs):
        assert each["user"] is None
        assert each["casting"]["castingId"] == casting["castingId"]


def test_both_sides_hear_of_a_takedown() -> None:
    (recruiter, casting), artist = an_open_casting(), an_artist()
    reported(of_casting(casting), artist)

    tell(None, decided(f"casting:{casting['castingId']}", "removed"))

    [mine], [theirs] = listed(artist)["items"], listed(recruiter)["items"]
    assert (mine["kind"], mine["outcome"], mine["casting"]) == ("answered", "removed", None)
    assert (theirs["kind"], theirs["outcome"]) == ("sanctioned", "removed")


def test_a_suspended_account_hears_why() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    reported(of_user(recruiter.user_id), artist)

    tell(None, decided(f"user:{recruiter.user_id}", "suspended"))

    [theirs] = listed(recruiter)["items"]
    assert (theirs["kind"], theirs["reason"]) == ("sanctioned", "Looked at it.")
    assert kinds(artist) == ["answered"]


def test_everyone_who_reported_hears_once() -> None:
    (recruiter, casting), artists = an_open_casting(), [an_artist() for _ in range(3)]
    reported(of_casting(casting), *artists)
    decision = decided(f"casting:{casting['castingId']}", "dismissed")

    for _ in range(2):
        tell(None, decision)

    assert [kinds(each) for each in artists] == [["answered"]] * 3
    assert kinds(recruiter) == ["cleared"]


def test_many_reporters_are_told_over_several_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    (_, casting), artists = an_open_casting(), [an_artist() for _ in range(2)]
    reported(of_casting(casting), *artists)
    decision = decided(f"casting:{casting['castingId']}", "dismissed")
    monkeypatch.setattr(consumers, "SECONDS", -1)
    assert told(None, decision, "ReportsTable") != []
    monkeypatch.undo()

    tell(None, decision)

    assert [kinds(each) for each in artists] == [["answered"]] * 2


def test_the_recruiter_hears_that_a_casting_is_hidden() -> None:
    recruiter, casting = an_open_casting()
    case_id = f"casting:{casting['castingId']}"
    *four, fifth = old_artists(5)
    reported(of_casting(casting), *four)
    before = case_of(case_id)
    tell(None, before)
    assert kinds(recruiter) == []
    reported(of_casting(casting), fifth)
    hidden = case_of(case_id)

    tell(before, hidden)
    tell(hidden, hidden | {"version": 99})

    [notification] = listed(recruiter)["items"]
    assert (notification["kind"], notification["user"]) == ("hidden", None)
    assert notification["casting"]["castingId"] == casting["castingId"]
    assert all(kinds(each) == [] for each in (*four, fifth))


def test_preferences_are_honoured() -> None:
    (recruiter, casting), artist = an_open_casting(), an_artist()
    for each in (recruiter, artist):
        prefer(each, moderation=QUIET)
    reported(of_casting(casting), artist)

    tell(None, decided(f"casting:{casting['castingId']}", "dismissed"))

    assert kinds(artist) == kinds(recruiter) == []
    assert subjects(artist) == subjects(recruiter) == []


def test_e_mails_name_nobody_and_no_text_of_users() -> None:
    recruiter, artist = a_recruiter(displayName="Planted Name"), an_artist(displayName="Planted")
    casting = api.post(
        "/castings",
        {
            "title": "Planted Title",
            "description": "Planted",
            "category": "dance",
            "city": "Planted",
            "roles": [{"title": "Planted", "pay": {"kind": "unpaid"}}],
        },
        as_=recruiter,
    ).json
    opened = api.put(f"/castings/{casting['castingId']}/status", {"status": "open"}, as_=recruiter)
    assert opened.status == 200, opened.text
    reported(of_casting(casting, text="Planted text"), artist)

    tell(None, decided(f"casting:{casting['castingId']}", "dismissed"))

    for account, subject in (
        (artist, "Our administrators decided about your report"),
        (recruiter, "Our administrators dismissed reports about you"),
    ):
        [mail] = mails_to(account.email, os.environ["AWS_ENDPOINT_URL"])
        assert mail["Subject"] == subject
        assert "Planted" not in str(mail)
