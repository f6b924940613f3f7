"""Texts that raise flags in the queue of cases, through the streams."""

import os
from typing import Any

import pytest

from tests.api import api
from tests.api.admin.given import actions, case_of, decide, listed
from tests.api.api import Account
from tests.api.applications.given import Situation, applied
from tests.api.builders import a_casting, a_recruiter, an_artist, stored, the_admin
from tests.api.reports.given import an_open_casting, of_casting, old_artists, reported
from tests.api.search.given import all_items
from tests.streams import record

PHONE = "Call 98765 43210"


def casting_item(casting: Any) -> Any:
    return stored("CASTING_TABLE", castingId=casting["castingId"])


def change(setting: str, old: Any, new: Any, function: str = "indexer") -> None:
    assert api.consume(function, record(old=old, new=new, table=os.environ[setting])) == []


def flags_of(case_id: str) -> list[tuple[str, str]]:
    answer = case_of(case_id, the_admin())
    if answer.status == 404:
        return []
    return [(each["reason"], each["place"]) for each in answer.json["case"]["flags"]]


def a_flagged_casting(**fields: Any) -> tuple[Account, Any, str]:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "open", **({"description": PHONE} | fields))
    change("CASTING_TABLE", None, casting_item(casting))
    return recruiter, casting, f"casting:{casting['castingId']}"


def test_a_flagged_casting_is_in_the_queue_and_stays_visible() -> None:
    recruiter, casting, case_id = a_flagged_casting(title="Pay a registration fee on WhatsApp")

    case = case_of(case_id, the_admin()).json["case"]

    assert flags_of(case_id) == [
        ("money", "/title"),
        ("channel", "/title"),
        ("phone", "/description"),
    ]
    assert (case["ownerId"], case["reporterCount"]) == (recruiter.user_id, 0)
    assert case_id in [each["caseId"] for each in listed("reason=flag")]
    assert api.get(f"/castings/{casting['castingId']}").status == 200


def test_an_ordinary_casting_raises_no_flag() -> None:
    casting = a_casting(status="open")

    change("CASTING_TABLE", None, casting_item(casting))

    assert case_of(f"casting:{casting['castingId']}", the_admin()).status == 404


def test_each_version_of_a_text_raises_a_flag_once() -> None:
    recruiter, casting, case_id = a_flagged_casting()
    first = casting_item(casting)
    for _ in range(2):
        change("CASTING_TABLE", None, first)
    assert flags_of(case_id) == [("phone", "/description")]
    decide(case_id, "dismissed", the_admin())
    assert flags_of(case_id) == []

    path = f"/castings/{casting['castingId']}"
    api.patch(path, {"title": "Another title"}, as_=recruiter, if_match="*")
    second = casting_item(casting)
    change("CASTING_TABLE", first, second)
    change("CASTING_TABLE", None, second)
    assert flags_of(case_id) == []

    api.patch(path, {"description": f"{PHONE} now"}, as_=recruiter, if_match="*")
    change("CASTING_TABLE", second, casting_item(casting))
    assert flags_of(case_id) == [("phone", "/description")]
    assert actions(case_id) == ["dismissed"]


def test_a_draft_raises_its_flags_when_it_is_published() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, description=PHONE)
    draft = casting_item(casting)
    change("CASTING_TABLE", None, draft)
    assert flags_of(f"casting:{casting['castingId']}") == []

    path = f"/castings/{casting['castingId']}/status"
    assert api.put(path, {"status": "open"}, as_=recruiter).status == 200
    change("CASTING_TABLE", draft, casting_item(casting))

    assert flags_of(f"casting:{casting['castingId']}") == [("phone", "/description")]


@pytest.mark.weakness(56)
@pytest.mark.parametrize("privacy", ["public", "connections", "private"])
def test_a_profile_raises_flags_with_every_privacy(privacy: str) -> None:
    artist = an_artist(bio="Only on Telegram", privacy=privacy)

    change("USERS_TABLE", None, stored("USERS_TABLE", userId=artist.user_id))

    assert flags_of(f"user:{artist.user_id}") == [("channel", "/bio")]


def test_the_note_of_an_application_raises_a_flag() -> None:
    (_, casting), artist = an_open_casting(), an_artist()
    mine = applied(casting, artist, note=PHONE)
    [item] = [
        each
        for each in all_items("APPLICATIONS_TABLE")
        if each.get("applicationId") == mine["applicationId"]
        and each["castingId"] == casting["castingId"]
    ]

    for _ in range(2):
        change("APPLICATIONS_TABLE", None, item, "flagger")

    case_id = f"application:{casting['castingId']}.{mine['applicationId']}"
    file = case_of(case_id, the_admin()).json
    assert (file["case"]["kind"], file["case"]["ownerId"]) == ("application", artist.user_id)
    assert (file["text"], flags_of(case_id)) == (PHONE, [("phone", "/note")])


@pytest.mark.weakness(55)
def test_the_place_and_link_of_an_audition_raise_a_flag_for_the_recruiter() -> None:
    it = Situation("shortlisted")
    key = {"castingId": it.casting["castingId"], "applicationKey": f"r1-1#{it.artist.user_id}"}
    before = stored("APPLICATIONS_TABLE", **key)
    texts = {"place": "Pay Rs 900 first", "link": "https://wa.me/919876543210"}
    audition = {"startsAt": "2090-01-02T00:00:00Z"} | texts
    body = {"status": "audition", "audition": audition}
    assert api.put(f"{it.path}/status", body, as_=it.recruiter).status == 200

    change("APPLICATIONS_TABLE", before, stored("APPLICATIONS_TABLE", **key), "flagger")

    case_id = f"audition:{it.casting['castingId']}.{it.application['applicationId']}"
    file = case_of(case_id, the_admin()).json
    assert (file["case"]["kind"], file["case"]["ownerId"]) == ("audition", it.recruiter.user_id)
    assert flags_of(case_id) == [("money", "/audition/place"), ("channel", "/audition/link")]
    assert file["text"] == "\n".join(texts.values())
    assert decide(case_id, "suspended", the_admin()).status == 200
    assert api.get(it.path, as_=it.recruiter).code == "AccountSuspended"


def test_the_message_of_a_connection_request_raises_a_flag_for_its_sender() -> None:
    one, other = an_artist(), an_artist()
    body = {"userId": other.user_id, "message": "Write to leela@example.com"}
    assert api.post("/connections", body, as_=one).status == 201
    sides = [
        stored("CONNECTIONS_TABLE", userId=each.user_id, otherUserId=another.user_id)
        for each, another in ((one, other), (other, one))
    ]

    for side in sides:
        change("CONNECTIONS_TABLE", None, side, "flagger")

    case_id = f"connection:{one.user_id}.{other.user_id}"
    file = case_of(case_id, the_admin()).json
    assert file["case"]["ownerId"] == one.user_id
    assert (file["text"], flags_of(case_id)) == (body["message"], [("channel", "/message")])
    assert case_of(f"connection:{other.user_id}.{one.user_id}", the_admin()).status == 404

    assert decide(case_id, "suspended", the_admin()).status == 200
    assert api.get(f"/users/{one.user_id}", as_=other).status == 404


def test_flags_hide_nothing_and_count_as_no_reporter() -> None:
    _, casting, case_id = a_flagged_casting()

    reported(of_casting(casting), *old_artists(4))

    assert api.get(f"/castings/{casting['castingId']}").status == 200
    case = case_of(case_id, the_admin()).json["case"]
    assert (case["reporterCount"], len(case["flags"])) == (4, 1)


def test_a_case_stays_below_four_kilobytes() -> None:
    recruiter = a_recruiter()
    items = [{"title": "Dancer", "description": f"{PHONE} {n}"} for n in range(20)]
    casting = a_casting(recruiter, "open", roles=items, description=f"{PHONE} on WhatsApp, fee")
    case_id = f"casting:{casting['castingId']}"
    for number in range(8):
        item = casting_item(casting)
        for role in item["roles"]:
            role["description"] += f" {number}"
        change("CASTING_TABLE", None, item)
    reported(of_casting(casting), *old_artists(4))

    case = stored("REPORTS_TABLE", caseId=case_id, entryKey="case")

    assert case
    assert len(case["flags"]) == 20
    assert len(case["flagged"]) == 60
    assert len(str(case)) < 4_096


def test_a_profile_with_very_many_flagged_texts_is_flagged_once() -> None:
    artist = an_artist()
    item = stored("USERS_TABLE", userId=artist.user_id)
    assert item
    item["portfolio"] = [{"title": f"{PHONE} {n}", "url": "https://a.example"} for n in range(30)]
    item["workExperience"] = [{"title": f"{PHONE}, {n}"} for n in range(50)]
    change("USERS_TABLE", None, item)
    case_id = f"user:{artist.user_id}"
    assert decide(case_id, "dismissed", the_admin()).status == 200

    change("USERS_TABLE", None, item)

    assert flags_of(case_id) == []
