"""Publishing castings in stages where only verified recruiters can do it."""

import pytest

from tests.api import api
from tests.api.admin.given import unverify
from tests.api.api import Account, Response
from tests.api.builders import a_casting, a_recruiter, stored, the_admin, verified


@pytest.fixture
def _only_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHING", "verified")


def moved(casting: dict[str, str], status: str, recruiter: Account) -> Response:
    path = f"/castings/{casting['castingId']}/status"
    return api.put(path, {"status": status}, as_=recruiter)


@pytest.mark.usefixtures("_only_verified")
def test_an_unverified_recruiter_can_draft_but_not_publish() -> None:
    recruiter = a_recruiter()
    draft = a_casting(recruiter)

    answer = moved(draft, "open", recruiter)

    assert (answer.status, answer.code) == (403, "VerificationRequired")
    item = stored("CASTING_TABLE", castingId=draft["castingId"])
    assert item
    assert (item["status"], item["version"]) == ("draft", 1)
    path = f"/castings/{draft['castingId']}"
    assert api.patch(path, {"title": "New"}, as_=recruiter, if_match="*").status == 200
    assert moved(draft, "cancelled", recruiter).status == 200


@pytest.mark.usefixtures("_only_verified")
def test_a_verified_recruiter_publishes() -> None:
    recruiter = verified(a_recruiter())

    assert moved(a_casting(recruiter), "open", recruiter).status == 200


@pytest.mark.usefixtures("_only_verified")
def test_without_verification_open_castings_stay_open_but_do_not_open_again() -> None:
    recruiter = verified(a_recruiter())
    casting = a_casting(recruiter, status="open")

    unverify(recruiter.user_id, the_admin())

    assert api.get(f"/castings/{casting['castingId']}").json["status"] == "open"
    assert moved(casting, "open", recruiter).status == 200  # nothing changes
    assert moved(casting, "closed", recruiter).status == 200
    answer = moved(casting, "open", recruiter)
    assert (answer.status, answer.code) == (403, "VerificationRequired")


@pytest.mark.usefixtures("_only_verified")
def test_others_do_not_learn_whether_a_recruiter_is_verified_from_a_draft() -> None:
    draft = a_casting(a_recruiter())

    assert moved(draft, "open", a_recruiter()).code == "NotFound"


def test_everyone_publishes_in_a_stage_that_allows_it() -> None:
    recruiter = a_recruiter()

    assert moved(a_casting(recruiter), "open", recruiter).status == 200


@pytest.mark.weakness(57)
@pytest.mark.usefixtures("_only_verified")
@pytest.mark.parametrize("status", ["open", "closed"])
def test_a_recruiter_who_lost_the_badge_cannot_change_what_everyone_reads(status: str) -> None:
    recruiter = verified(a_recruiter())
    casting = a_casting(recruiter, status=status)
    path = f"/castings/{casting['castingId']}"
    document = {"title": "Script", "url": "https://example.com/script", "kind": "script"}
    name = {"displayName": "A Famous Studio"}
    renamed = api.patch("/users/me", name, as_=recruiter, if_match="*")
    assert renamed.status == 200

    answers = [
        api.patch(path, {"title": "Pay first"}, as_=recruiter, if_match="*"),
        api.post(f"{path}/documents", document, as_=recruiter),
    ]

    assert [(each.status, each.code) for each in answers] == [(403, "VerificationRequired")] * 2
    seen = api.get(path).json
    assert (seen["title"], seen["documents"]) == (casting["title"], [])
    verified(recruiter)
    assert api.post(f"{path}/documents", document, as_=recruiter).status == 201
    assert api.patch(path, {"title": "New"}, as_=recruiter, if_match="*").status == 200
