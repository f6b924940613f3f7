"""Five established accounts hide a casting for 24 hours at most."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from artisthub.cases import rules
from artisthub.shared import clock
from tests.api import api
from tests.api.admin.given import actions, decide, entries
from tests.api.api import Account
from tests.api.applications.given import a_new_application
from tests.api.builders import a_casting, a_recruiter, an_artist, stored, table, the_admin
from tests.api.reports.given import (
    aged,
    an_open_casting,
    of_casting,
    of_user,
    old_artists,
    report,
    reported,
)
from tests.api.search.given import a_word, an_indexed_casting, index
from tests.api.search.given import castings as search_castings


def path_of(casting: Any) -> str:
    return f"/castings/{casting['castingId']}"


def case_id_of(casting: Any) -> str:
    return f"casting:{casting['castingId']}"


def is_seen(casting: Any) -> bool:
    answer = api.get(path_of(casting))
    assert answer.status in (200, 404)
    return answer.status == 200


def a_hidden_casting() -> tuple[Account, Any, list[Account]]:
    recruiter, casting = an_open_casting()
    reporters = old_artists(5)
    reported(of_casting(casting), *reporters)
    assert not is_seen(casting)
    return recruiter, casting, reporters


def pass_a_day(casting: Any) -> None:
    """Let the 24 hours pass."""
    past = clock.text(datetime.now(UTC) - timedelta(seconds=1))
    keys = [
        ("CASTING_TABLE", {"castingId": casting["castingId"]}),
        ("REPORTS_TABLE", {"caseId": case_id_of(casting), "entryKey": "case"}),
        (
            "REPORTS_TABLE",
            {"caseId": f"hidden#{casting['recruiterId']}", "entryKey": casting["castingId"]},
        ),
    ]
    for setting, key in keys:
        table(setting).update_item(
            Key=key,
            UpdateExpression="SET hiddenUntil = :past",
            ExpressionAttributeValues={":past": past},
        )


def test_the_fifth_established_reporter_hides_a_casting() -> None:
    _, casting = an_open_casting()
    *four, fifth = old_artists(5)

    reported(of_casting(casting), *four)
    assert is_seen(casting)
    reported(of_casting(casting), fifth)

    assert not is_seen(casting)


def test_a_hidden_casting_is_hidden_from_others_everywhere() -> None:
    recruiter, casting, _ = a_hidden_casting()
    artist = an_artist()
    lists = f"/recruiters/{recruiter.user_id}/castings"

    assert api.get(path_of(casting), as_=artist).status == 404
    applying = a_new_application(casting)
    assert api.post(f"{path_of(casting)}/applications", applying, as_=artist).status == 404
    assert api.call("POST", f"{path_of(casting)}/views", as_=artist).status == 404
    saving = f"/users/me/saved-castings/{casting['castingId']}"
    assert api.call("PUT", saving, as_=artist).status == 404
    assert report(of_casting(casting), artist).status == 404
    assert api.get(lists, as_=artist).json["items"] == []

    for someone in (recruiter, the_admin()):
        seen = api.get(path_of(casting), as_=someone)
        assert (seen.status, seen.json["status"]) == (200, "open")
        [listed] = api.get(lists, as_=someone).json["items"]
        assert listed["hiddenUntil"] == seen.json["hiddenUntil"] > clock.now()


def test_a_hidden_casting_is_neither_found_nor_suggested() -> None:
    word = a_word()
    casting = an_indexed_casting(title=word, city=word, category="voice")
    artist = an_artist(city=word, categories=["voice"])
    assert search_castings(text=word) == [casting["castingId"]]

    reported(of_casting(casting), *old_artists(5))

    for _ in range(2):
        assert search_castings(text=word) == []
        suggested = api.get("/users/me/matching-castings", as_=artist).json["items"]
        assert casting["castingId"] not in str(suggested)
        index("casting", casting["castingId"])

    pass_a_day(casting)
    index("casting", casting["castingId"])
    assert search_castings(text=word) == [casting["castingId"]]


def test_a_saved_casting_is_hidden_from_its_list() -> None:
    _, casting = an_open_casting()
    artist = an_artist()
    api.call("PUT", f"/users/me/saved-castings/{casting['castingId']}", as_=artist)

    reported(of_casting(casting), *old_artists(5))

    assert api.get("/users/me/saved-castings", as_=artist).json["items"] == []


def test_the_casting_comes_back_by_itself_after_24_hours() -> None:
    recruiter, casting, _ = a_hidden_casting()
    until = stored("CASTING_TABLE", castingId=casting["castingId"])["hiddenUntil"]  # type: ignore[index]
    hours = datetime.fromisoformat(until) - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < hours <= timedelta(hours=24)

    pass_a_day(casting)

    assert is_seen(casting)
    lists = f"/recruiters/{recruiter.user_id}/castings"
    assert len(api.get(lists, as_=an_artist()).json["items"]) == 1


def test_the_same_reporters_cannot_hide_it_again() -> None:
    _, casting, reporters = a_hidden_casting()
    pass_a_day(casting)
    decide(case_id_of(casting), "dismissed", the_admin())

    reported(of_casting(casting), *reporters, *old_artists(4))
    assert is_seen(casting)

    reported(of_casting(casting), *old_artists(1))
    assert not is_seen(casting)


def test_reports_that_an_administrator_dismissed_count_no_further() -> None:
    _, casting = an_open_casting()
    four = old_artists(4)
    reported(of_casting(casting), *four)
    decide(case_id_of(casting), "dismissed", the_admin())

    reported(of_casting(casting), *four, *old_artists(4))

    assert is_seen(casting)


@pytest.mark.parametrize("outcome", ["dismissed", "removed"])
def test_a_decision_ends_the_hiding(outcome: str) -> None:
    recruiter, casting, _ = a_hidden_casting()

    assert decide(case_id_of(casting), outcome, the_admin()).status == 200

    assert is_seen(casting) == (outcome == "dismissed")
    mine = api.get(path_of(casting), as_=recruiter).json
    assert mine["hiddenUntil"] is None
    listed = api.get(f"/recruiters/{recruiter.user_id}/castings", as_=recruiter).json["items"]
    assert listed[0]["hiddenUntil"] is None
    expected = {"dismissed": ["dismissed", "hidden"], "removed": ["upheld", "removed", "hidden"]}
    assert actions(case_id_of(casting)) == expected[outcome]


def test_new_accounts_do_not_hide_a_casting() -> None:
    _, casting = an_open_casting()
    now = datetime.now(UTC)
    young = [aged(an_artist(), clock.text(now - timedelta(days=29, hours=23))) for _ in range(3)]

    reported(of_casting(casting), *young, *[an_artist() for _ in range(3)], *old_artists(4))
    assert is_seen(casting)

    reported(of_casting(casting), aged(an_artist(), clock.text(now - timedelta(days=30))))
    assert not is_seen(casting)


def test_the_age_counts_at_the_time_of_the_report() -> None:
    _, casting = an_open_casting()
    young = [an_artist() for _ in range(5)]
    reported(of_casting(casting), *young)

    for each in young:
        aged(each)
    reported(of_casting(casting), *young, *old_artists(4))

    assert is_seen(casting)


def test_reports_of_a_person_hide_nothing() -> None:
    recruiter, casting = an_open_casting()

    reported(of_user(recruiter.user_id), *old_artists(5))

    assert is_seen(casting)
    assert api.get(f"/users/{recruiter.user_id}", as_=an_artist()).status == 200


def test_one_account_counts_once() -> None:
    _, casting = an_open_casting()

    reported(of_casting(casting), *old_artists(4))
    again = old_artists(1)
    assert is_seen(casting)
    reported(of_casting(casting), *again, *again, *again)

    assert not is_seen(casting)
    assert actions(case_id_of(casting)) == ["hidden"]


@pytest.mark.parametrize("number", [5, 7])
def test_five_reports_at_the_same_moment_hide_a_casting_once(number: int) -> None:
    _, casting = an_open_casting()
    reporters = old_artists(number)

    answers = api.all_at_once(
        *[lambda each=each: report(of_casting(casting), each) for each in reporters]
    )

    assert {each.status for each in answers} <= {201, 404}
    assert [each.status for each in answers].count(201) >= 5
    assert not is_seen(casting)
    assert actions(case_id_of(casting)) == ["hidden"]


def test_the_audit_says_that_reports_hid_the_casting() -> None:
    _, casting, reporters = a_hidden_casting()

    [entry] = entries(case_id_of(casting))

    assert (entry["action"], entry["by"]) == ("hidden", "reports")
    assert not any(each.user_id in str(entry) for each in reporters)


def test_a_recruiter_cannot_change_the_hiding() -> None:
    recruiter, casting, _ = a_hidden_casting()

    changed = api.patch(path_of(casting), {"title": "Changed"}, as_=recruiter, if_match="*")
    refused = api.patch(path_of(casting), {"hiddenUntil": None}, as_=recruiter, if_match="*")

    assert changed.status == 200
    assert (refused.status, refused.wrong) == (422, {"/hiddenUntil"})
    assert not is_seen(casting)


def test_at_most_fifty_accounts_ever_count() -> None:
    now = "2026-11-26T10:00:00.000Z"
    case = rules.begun(rules.of_casting("casting", "recruiter"), None, now)

    hidings = 0
    for number in range(100):
        hour = f"2027-{1 + number // 25:02}-{1 + number % 25:02}T10:00:00.000Z"
        after = rules.with_witness(case, f"hash{number}", hour)
        hidings += after.hidden_until != case.hidden_until
        case = after

    assert hidings == 10
    assert len(case.counted) == rules.MOST_COUNTED


@pytest.mark.weakness(58)
def test_a_hidden_casting_cannot_be_deleted() -> None:
    recruiter, casting, _ = a_hidden_casting()
    path = f"/castings/{casting['castingId']}"
    assert api.put(f"{path}/status", {"status": "closed"}, as_=recruiter).status == 200

    answer = api.call("DELETE", path, as_=recruiter)

    assert (answer.status, answer.code) == (409, "CastingHidden")
    assert decide(case_id_of(casting), "dismissed", the_admin()).status == 200
    assert api.call("DELETE", path, as_=recruiter).status == 204


@pytest.mark.weakness(58)
@pytest.mark.parametrize("outcome", ["dismissed", "removed"])
def test_the_case_of_a_deleted_casting_can_be_decided(outcome: str) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "closed")
    reported(of_casting(casting), *old_artists(1))
    assert api.call("DELETE", path_of(casting), as_=recruiter).status == 204

    answer = decide(case_id_of(casting), outcome, the_admin())

    assert (answer.status, answer.json["status"]) == (200, "decided")
