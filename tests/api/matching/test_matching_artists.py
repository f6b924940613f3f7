"""GET /v1/castings/{castingId}/matching-artists."""

import uuid
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    a_casting,
    a_name,
    a_recruiter,
    an_artist,
    suspended,
    taken_down,
    the_admin,
    with_id_token,
)
from tests.api.search.given import indexed


def a_skill() -> str:
    return a_name().replace(".", " ")


def matching(casting: Any, account: Account | None, query: str = "") -> Response:
    return api.get(f"/castings/{casting['castingId']}/matching-artists{query}", as_=account)


def found(casting: Any, recruiter: Account, query: str = "") -> list[Any]:
    answer = matching(casting, recruiter, query)
    assert answer.status == 200, answer.text
    items: list[Any] = answer.json["items"]
    return items


def ids(items: list[Any]) -> list[str]:
    return [each["artist"]["userId"] for each in items]


def wanting(recruiter: Account, *skills: str, **fields: Any) -> Any:
    roles = [{"title": skill, "requirements": {"skills": [skill]}} for skill in skills]
    return a_casting(recruiter, roles=roles, **fields)


def test_an_anonymous_caller_is_refused() -> None:
    assert matching({"castingId": str(uuid.uuid4())}, None).code == "Unauthorized"


def test_an_id_token_is_refused() -> None:
    recruiter = a_recruiter()

    answer = matching(a_casting(recruiter), with_id_token(recruiter))

    assert answer.code == "AccessTokenRequired"


def test_only_the_recruiter_of_a_casting_gets_matching_artists() -> None:
    recruiter = a_recruiter()
    draft, published = a_casting(recruiter), a_casting(recruiter, "open")

    for other in (a_recruiter(), an_artist()):
        assert matching(draft, other).code == "NotFound"
        assert matching(published, other).code == "NotYourCasting"
    assert matching(draft, the_admin()).code == "ProfileRequired"
    assert matching(draft, suspended(recruiter)).code == "AccountSuspended"


def test_an_unknown_casting_gets_404() -> None:
    unknown = {"castingId": str(uuid.uuid4())}

    assert matching(unknown, a_recruiter()).code == "NotFound"
    assert matching({"castingId": "x"}, a_recruiter()).code == "NotFound"


@pytest.mark.parametrize("query", ["?limit=0", "?roleId=r9-9", "?colour=red"])
def test_an_invalid_parameter_is_named(query: str) -> None:
    recruiter = a_recruiter()

    answer = matching(a_casting(recruiter), recruiter, query)

    assert (answer.status, answer.code) == (422, "Invalid")
    [wrong] = answer.json["errors"]
    assert wrong["parameter"] == query[1:].partition("=")[0]


def test_the_best_match_comes_first_with_its_requirements() -> None:
    recruiter, skill, city = a_recruiter(), a_skill(), a_skill()
    near = indexed(an_artist(skills=[skill], city=city, categories=["dance"]))
    far = indexed(an_artist(skills=[skill], city="Elsewhere"))
    casting = wanting(recruiter, skill, city=city)

    first, second = found(casting, recruiter)[:2]

    assert ids([first, second]) == [near.user_id, far.user_id]
    assert first["role"]["requirements"] == [
        {"requirement": "category", "wanted": "dance", "verdict": "met"},
        {"requirement": "city", "wanted": city, "verdict": "met"},
        {"requirement": "skill", "wanted": skill, "verdict": "met"},
    ]
    assert [each["verdict"] for each in second["role"]["requirements"]] == [
        "unknown",
        "unmet",
        "met",
    ]
    assert set(first["artist"]) >= {"username", "displayName", "city", "skills"}


def test_each_artist_is_shown_with_the_best_or_the_requested_role() -> None:
    recruiter, one, other = a_recruiter(), a_skill(), a_skill()
    artists = [indexed(an_artist(skills=[skill])) for skill in (one, other)]
    casting = wanting(recruiter, one, other)
    role_id = casting["roles"][1]["roleId"]

    roles = {
        each["artist"]["userId"]: each["role"]["title"]
        for each in found(casting, recruiter, "?limit=100")
    }

    assert [roles[artist.user_id] for artist in artists] == [one, other]
    asked = found(casting, recruiter, f"?roleId={role_id}&limit=100")
    assert asked[0]["artist"]["userId"] == artists[1].user_id
    assert {each["role"]["roleId"] for each in asked} == {role_id}


@pytest.mark.parametrize("privacy", ["connections", "private"])
def test_a_profile_made_private_disappears_from_matches_at_once(privacy: str) -> None:
    recruiter, skill = a_recruiter(), a_skill()
    hidden = indexed(an_artist(skills=[skill], gender="female"))
    casting = wanting(recruiter, skill)
    assert hidden.user_id in ids(found(casting, recruiter))

    changed = api.patch("/users/me", {"privacy": privacy}, as_=hidden, if_match="*")
    assert changed.status == 200

    assert hidden.user_id not in ids(found(casting, recruiter, "?limit=100"))


def test_recruiters_and_suspended_artists_are_not_matched() -> None:
    recruiter, skill = a_recruiter(), a_skill()
    colleague = indexed(a_recruiter(skills=[skill]))
    gone = indexed(an_artist(skills=[skill]))
    suspended(gone)

    listed = ids(found(wanting(recruiter, skill), recruiter, "?limit=100"))

    assert not {colleague.user_id, gone.user_id} & set(listed)


def test_the_recruiter_gets_no_matches_for_a_casting_taken_down() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "open")
    taken_down(casting)

    assert matching(casting, recruiter).code == "CastingTakenDown"
