"""PUT /v1/castings/{castingId}/applications/{applicationId}/assessment."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import STATUS_PATHS, Situation
from tests.api.builders import (
    MAY_NOT_ACT,
    a_recruiter,
    an_artist,
    quota_left,
    taken_down,
    with_quota_left,
)
from tests.api.notifications.given import told

SECRETS = ("Second reading", "Speaks slowly", "Too tall")
WHOLE: dict[str, Any] = {
    "rating": 4,
    "tags": [SECRETS[0]],
    "recruiterNotes": [{"text": SECRETS[1]}, {"text": SECRETS[2]}],
}


def assess(situation: Situation, if_match: str = "*", **fields: Any) -> Response:
    return api.put(
        f"{situation.path}/assessment", fields, as_=situation.recruiter, if_match=if_match
    )


@pytest.mark.parametrize(("someone", "status", "code"), MAY_NOT_ACT)
def test_callers_without_an_active_account_cannot_assess(
    someone: Callable[[], Account | None], status: int, code: str
) -> None:
    situation = Situation()

    answer = api.put(f"{situation.path}/assessment", WHOLE, as_=someone(), if_match="*")

    assert (answer.status, answer.code) == (status, code)
    assert "rating" not in situation.item


@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_an_application_does_not_exist_for_anyone_else(someone: Callable[[], Account]) -> None:
    situation = Situation()

    answer = api.put(f"{situation.path}/assessment", WHOLE, as_=someone(), if_match="*")

    assert (answer.status, answer.code) == (404, "NotFound")


def test_an_artist_cannot_assess_and_never_sees_an_assessment() -> None:
    situation = Situation()
    before = situation.item
    assert assess(situation, **WHOLE).status == 200

    path = f"{situation.path}/assessment"
    refused = api.put(path, {"rating": 5}, as_=situation.artist, if_match="*")
    seen = [
        api.get(situation.path, as_=situation.artist).text,
        api.get("/users/me/applications", as_=situation.artist).text,
        api.get("/users/me/export", as_=situation.artist).text,
        api.call("DELETE", situation.path, as_=situation.artist).text,
    ]

    assert (refused.status, refused.code) == (403, "NotYourStep")
    assert not [text for text in seen for secret in (*SECRETS, "rating") if secret in text]
    assert told(before, before | {"rating": 4, "version": 2}) == []
    assert situation.item["rating"] == 4


@pytest.mark.parametrize("status", STATUS_PATHS)
def test_an_applicant_is_assessed_in_every_status(status: str) -> None:
    situation = Situation(status)
    before = situation.item

    answer = assess(situation, **WHOLE)

    assert answer.status == 200
    assert answer.json == api.get(situation.path, as_=situation.recruiter).json
    assert (answer.json["rating"], answer.json["tags"]) == (4, [SECRETS[0]])
    assert [note["text"] for note in answer.json["recruiterNotes"]] == list(SECRETS[1:])
    assert situation.item["updatedAt"] == before["updatedAt"]
    assert situation.item["status"] == status


def test_notes_are_added_changed_and_removed_and_a_step_keeps_them() -> None:
    situation = Situation()
    first, second = assess(situation, **WHOLE).json["recruiterNotes"]

    notes = [{"noteId": second["noteId"], "text": "Changed"}, {"text": "New"}]
    assess(situation, recruiterNotes=notes, rating=None)
    situation.move("viewed")

    seen = api.get(situation.path, as_=situation.recruiter).json
    changed, new = seen["recruiterNotes"]
    assert changed == second | {"text": "Changed"}
    assert new["noteId"] not in (first["noteId"], second["noteId"])
    assert (seen["rating"], seen["tags"], seen["status"]) == (None, WHOLE["tags"], "viewed")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"rating": 0}, "/rating"),
        ({"rating": 6}, "/rating"),
        ({"rating": 4.5}, "/rating"),
        ({"tags": ["a" * 21]}, "/tags/0"),
        ({"tags": list("abcdef")}, "/tags"),
        ({"tags": None}, "/tags"),
        ({"recruiterNotes": [{"text": "a"}] * 11}, "/recruiterNotes"),
        ({"recruiterNotes": [{"text": "a" * 501}]}, "/recruiterNotes/0/text"),
        ({"recruiterNotes": [{"text": "a", "noteId": "n1-1"}]}, "/recruiterNotes/0/noteId"),
        ({"status": "viewed"}, "/status"),
    ],
)
def test_an_invalid_assessment_names_its_field(fields: dict[str, Any], place: str) -> None:
    situation = Situation()
    before = situation.item

    answer = assess(situation, **fields)

    assert (answer.status, answer.wrong) == (422, {place})
    assert situation.item == before


def test_an_assessment_needs_the_current_etag() -> None:
    situation = Situation()
    path = f"{situation.path}/assessment"

    missing = api.put(path, WHOLE, as_=situation.recruiter)
    both = [assess(situation, if_match='"1"', rating=rating) for rating in (1, 2)]  # two tabs

    assert (missing.status, [each.status for each in both]) == (428, [200, 412])
    assert situation.item["rating"] == 1


def test_an_assessment_spends_a_quota_and_a_retry_spends_nothing() -> None:
    situation = Situation()
    with_quota_left(situation.recruiter, "applicationSteps", 1)

    statuses = [assess(situation, rating=rating).status for rating in (3, 3, 2)]

    assert statuses == [200, 200, 429]
    assert (quota_left(situation.recruiter, "applicationSteps"), situation.item["rating"]) == (0, 3)


def test_applicants_of_a_removed_casting_cannot_be_assessed() -> None:
    situation = Situation()
    taken_down(situation.casting)

    assert assess(situation, rating=3).code == "CastingTakenDown"
