"""The texts of an open case survive in it, whatever happens to its subject."""

from typing import Any

import pytest

from tests.api import api
from tests.api.admin.given import case_of, decide
from tests.api.api import Account
from tests.api.applications.given import Situation
from tests.api.builders import a_recruiter, an_artist, stored, the_admin
from tests.api.flags.test_flags import PHONE, a_flagged_casting, casting_item, change
from tests.api.reports.given import an_open_casting, of_casting, of_user, reported

pytestmark = pytest.mark.weakness(62)


def kept(case_id: str) -> list[dict[str, str]]:
    answer = case_of(case_id, the_admin())
    assert answer.status == 200, answer.text
    return [each["texts"] for each in answer.json["earlierTexts"]]


def followed(casting: Any, recruiter: Account, *calls: tuple[str, str, Any]) -> None:
    """Call these operations of the casting, each followed by its change in the stream."""
    path = f"/castings/{casting['castingId']}"
    for method, end, body in calls:
        before = casting_item(casting)
        answer = api.call(method, path + end, body, as_=recruiter, if_match="*")
        assert answer.status in (200, 204), answer.text
        change("CASTING_TABLE", before, casting_item(casting))


CLOSE = ("PUT", "/status", {"status": "cancelled"})
DELETE = ("DELETE", "", None)


@pytest.mark.parametrize("is_flagged", [False, True])
def test_a_deleted_casting_leaves_its_texts_in_its_open_case(is_flagged: bool) -> None:
    if is_flagged:
        recruiter, casting, _ = a_flagged_casting()
    else:
        recruiter, casting = an_open_casting()
        reported(of_casting(casting), an_artist())

    followed(casting, recruiter, CLOSE, DELETE)

    [texts] = kept(f"casting:{casting['castingId']}")
    assert casting_item(casting) is None
    assert (texts["/title"], texts["/description"]) == (casting["title"], casting["description"])


def test_later_edits_do_not_replace_the_reported_texts() -> None:
    recruiter, casting = an_open_casting()
    reported(of_casting(casting), an_artist())

    edits = [("PATCH", "", {"title": f"Harmless {number}"}) for number in range(7)]
    followed(casting, recruiter, *edits, CLOSE, DELETE)

    [texts] = kept(f"casting:{casting['castingId']}")
    assert (texts["/title"], texts["/description"]) == (casting["title"], casting["description"])


def test_each_reported_version_is_kept_and_the_latest_comes_first() -> None:
    recruiter, casting = an_open_casting()
    reported(of_casting(casting), an_artist())
    followed(casting, recruiter, ("PATCH", "", {"title": "The second version"}))
    reported(of_casting(casting), an_artist())

    followed(casting, recruiter, ("PATCH", "", {"title": "The third version"}))

    titles = [texts["/title"] for texts in kept(f"casting:{casting['castingId']}")]
    assert titles == ["The second version", casting["title"]]


def test_nothing_is_kept_without_a_report_and_after_the_decision() -> None:
    recruiter, casting = an_open_casting()
    followed(casting, recruiter, ("PATCH", "", {"title": "The second version"}))
    reported(of_casting(casting), an_artist())
    case_id = f"casting:{casting['castingId']}"
    assert kept(case_id) == []
    assert decide(case_id, "dismissed", the_admin()).status == 200

    followed(casting, recruiter, ("PATCH", "", {"title": "The third version"}))

    assert kept(case_id) == []


def test_a_second_delivery_keeps_the_texts_once() -> None:
    _, casting, case_id = a_flagged_casting()
    item = casting_item(casting)

    for _ in range(2):
        change("CASTING_TABLE", item, None)

    assert [texts["/description"] for texts in kept(case_id)] == [PHONE]


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_reported_profile_stays_in_its_case_after_an_edit_and_an_erasure(is_erased: bool) -> None:
    artist = an_artist(bio=PHONE)
    reported(of_user(artist.user_id), an_artist())
    before = stored("USERS_TABLE", userId=artist.user_id)
    if not is_erased:
        assert api.patch("/users/me", {"bio": "Kind"}, as_=artist, if_match="*").status == 200

    after = None if is_erased else stored("USERS_TABLE", userId=artist.user_id)
    change("USERS_TABLE", before, after)

    [texts] = kept(f"user:{artist.user_id}")
    assert texts["/bio"] == PHONE


def test_a_flagged_note_stays_in_its_case_after_the_application_is_deleted() -> None:
    given = Situation(note=PHONE)
    item = given.item
    change("APPLICATIONS_TABLE", None, item, "flagger")
    assert api.call("DELETE", given.path, as_=given.artist).status == 200
    withdrawn = given.item

    change("APPLICATIONS_TABLE", item, withdrawn, "flagger")
    change("APPLICATIONS_TABLE", withdrawn, None, "flagger")

    assert kept(f"application:{item['castingId']}.{item['applicationId']}") == [{"/note": PHONE}]


def test_a_flagged_message_stays_in_its_case_after_the_request_is_withdrawn() -> None:
    one, other = an_artist(), a_recruiter()
    body = {"userId": other.user_id, "message": PHONE}
    assert api.post("/connections", body, as_=one).status == 201
    key = {"userId": one.user_id, "otherUserId": other.user_id}
    item = stored("CONNECTIONS_TABLE", **key)
    change("CONNECTIONS_TABLE", None, item, "flagger")
    assert api.call("DELETE", f"/connections/{other.user_id}", as_=one).status == 204

    change("CONNECTIONS_TABLE", item, stored("CONNECTIONS_TABLE", **key), "flagger")

    case = case_of(f"connection:{one.user_id}.{other.user_id}", the_admin()).json
    assert (case["text"], [each["texts"] for each in case["earlierTexts"]]) == (
        None,
        [{"/message": PHONE}],
    )
