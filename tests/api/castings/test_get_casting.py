"""GET /v1/castings/{castingId}, a public route."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from artisthub.castings import handlers
from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import Situation, applied
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_admin_of_another_pool,
    an_artist,
    deleted,
    sign_out,
    stored,
    suspended,
    with_id_token,
)
from tests.api.search.given import indexed


@pytest.mark.parametrize("status", ["open", "closed", "filled", "cancelled"])
def test_an_anonymous_caller_can_read_every_published_casting(status: str) -> None:
    casting = a_casting(status=status)

    answer = api.get(f"/castings/{casting['castingId']}")

    assert answer.status == 200
    assert answer.json["status"] == status
    assert {**answer.json, "recruiter": None} == casting


def test_an_anonymous_caller_cannot_see_a_draft() -> None:
    casting = a_casting()

    answer = api.get(f"/castings/{casting['castingId']}")

    assert (answer.status, answer.code) == (404, "NotFound")
    assert casting["title"] not in answer.text


def test_a_cancelled_draft_stays_hidden() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    api.put(f"/castings/{casting['castingId']}/status", {"status": "cancelled"}, as_=recruiter)

    assert api.get(f"/castings/{casting['castingId']}").status == 404
    assert api.get(f"/castings/{casting['castingId']}", as_=recruiter).status == 200


@pytest.mark.parametrize("someone", [an_account, an_artist, a_recruiter])
def test_other_accounts_cannot_see_a_draft(someone: Callable[[], Account]) -> None:
    casting = a_casting()

    answer = api.get(f"/castings/{casting['castingId']}", as_=someone())

    assert (answer.status, answer.code) == (404, "NotFound")


def test_a_recruiter_can_see_their_draft() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.get(f"/castings/{casting['castingId']}", as_=recruiter)

    assert (answer.status, answer.json) == (200, casting)


def test_a_draft_is_not_shown_for_an_id_token() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.get(f"/castings/{casting['castingId']}", as_=with_id_token(recruiter))

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_a_bad_token_gets_401_for_drafts_and_unknown_castings_alike() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    header, payload, signature = recruiter.token.split(".")

    for token in (
        f"{header}.{payload}.{signature[::-1]}",
        f"{header}.{payload}.",
        f"{header}.{payload}",
        "nonsense",
        "a.b.c",
        "",
    ):
        forger = replace(recruiter, token=token)
        for casting_id in (casting["castingId"], "unknown"):
            answer = api.get(f"/castings/{casting_id}", as_=forger)
            assert (answer.status, answer.code) == (401, "Unauthorized")


def test_an_administrator_can_see_a_draft() -> None:
    casting = a_casting()

    assert api.get(f"/castings/{casting['castingId']}", as_=an_admin()).json == casting


def test_an_administrator_of_another_user_pool_cannot_see_a_draft() -> None:
    casting = a_casting()

    answer = api.get(f"/castings/{casting['castingId']}", as_=an_admin_of_another_pool())

    assert (answer.status, answer.code) == (401, "Unauthorized")


@pytest.mark.parametrize("closing", [suspended, deleted])
def test_a_casting_is_hidden_as_soon_as_its_recruiters_account_is_closed(
    closing: Callable[[Account], Account],
) -> None:
    recruiter = indexed(a_recruiter())
    path = f"/castings/{a_casting(recruiter, 'open')['castingId']}"
    assert api.get(path).json["recruiter"]["userId"] == recruiter.user_id

    closing(recruiter)

    # The card goes in the transaction that closes the account, and comes back with its new status.
    assert stored("CARDS_TABLE", cardId=f"user#{recruiter.user_id}") is None
    assert api.get(path).status == 404
    indexed(recruiter)
    assert stored("CARDS_TABLE", cardId=f"user#{recruiter.user_id}")
    assert api.get(path).status == 404


def test_a_draft_is_not_shown_after_sign_out() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    sign_out(recruiter)

    assert api.get(f"/castings/{casting['castingId']}", as_=recruiter).status == 401


def test_an_invalid_token_does_not_hide_a_published_casting() -> None:
    casting = a_casting(status="open")
    someone = replace(an_account(), token="nonsense")

    assert api.get(f"/castings/{casting['castingId']}", as_=someone).status == 200


@pytest.mark.parametrize("casting_id", ["unknown", "x" * 200, "x" * 3000, "%00", "../users/me"])
def test_an_unknown_casting_gets_404(casting_id: str) -> None:
    escaped = casting_id.replace("/", "%2F")

    answer = api.get(f"/castings/{escaped}")

    assert (answer.status, answer.code) == (404, "NotFound")


def test_a_current_etag_gets_304() -> None:
    casting = a_casting(status="open")
    path = f"/castings/{casting['castingId']}"

    etag = api.get(path).etag

    for held in (etag, f"W/{etag}", f'"1", {etag}', "*"):
        again = api.get(path, if_none_match=held)
        assert (again.status, again.text, again.etag) == (304, "", etag)
    assert api.get(path, if_none_match='"1"').status == 200


def test_a_casting_says_what_the_caller_saved_and_applied_for() -> None:
    it = Situation("shortlisted")
    casting_id = it.casting["castingId"]
    path = f"/castings/{casting_id}?relation=true"
    api.call("PUT", f"/users/me/saved-castings/{casting_id}", as_=it.artist)

    relation = api.get(path, as_=it.artist).json["relation"]

    application = {"applicationId": it.application["applicationId"], "castingId": casting_id}
    application |= {"roleId": it.application["roleId"], "status": "shortlisted"}
    assert relation == {"castingId": casting_id, "isSaved": True, "applications": [application]}
    of_recruiter = api.get(path, as_=it.recruiter).json["relation"]
    assert of_recruiter == {"castingId": casting_id, "isSaved": False, "applications": []}


def test_nobody_has_a_relation_without_asking_or_without_a_token() -> None:
    artist, casting = an_artist(), a_casting(status="open")
    path = f"/castings/{casting['castingId']}"

    for asked, caller in (
        (path, artist),
        (f"{path}?relation=false", artist),
        (f"{path}?relation=true", None),
    ):
        answer = api.get(asked, as_=caller)
        assert (answer.status, answer.json["relation"]) == (200, None)
    for caller in (replace(artist, token="nonsense"), with_id_token(artist)):
        assert api.get(f"{path}?relation=true", as_=caller).status == 401


def test_an_old_etag_does_not_hide_a_changed_relation() -> None:
    artist, casting = an_artist(), a_casting(status="open")
    path = f"/castings/{casting['castingId']}?relation=true"
    held = api.get(path, as_=artist).etag
    assert api.get(path, as_=artist, if_none_match=held).status == 304
    applied(casting, artist)

    answer = api.get(path, as_=artist, if_none_match=held)

    assert (answer.status, len(answer.json["relation"]["applications"])) == (200, 1)


def test_a_casting_that_takes_all_read_units_has_no_relation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handlers, "MOST_UNITS", 1.5)
    path = f"/castings/{a_casting(status='open')['castingId']}?relation=true"

    answer = api.get(path, as_=an_artist())

    assert (answer.status, answer.json["relation"]) == (200, None)


def test_if_none_match_does_not_reveal_a_draft() -> None:
    casting = a_casting()

    assert api.get(f"/castings/{casting['castingId']}", if_none_match="*").status == 404
