"""GET /v1/suggestions."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_recruiter, an_artist, deleted, suspended
from tests.api.search.given import a_word, an_indexed_casting, indexed


@pytest.fixture(scope="module")
def viewer() -> Account:
    return an_artist()


def suggested(viewer: Account, text: str) -> Any:
    answer = api.get(f"/suggestions?text={text}", as_=viewer)
    assert answer.status == 200, answer.text
    return answer.json


def test_an_anonymous_caller_gets_no_suggestions() -> None:
    answer = api.get("/suggestions?text=pri")

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_people_cities_skills_and_tags_are_suggested_by_their_beginnings(viewer: Account) -> None:
    word = a_word()
    person = indexed(
        an_artist(displayName=f"{word} Das", city=f"{word} City", skills=[f"{word} riding"])
    )
    an_indexed_casting(tags=[f"{word} film"], city=f"{word} Town")

    assert suggested(viewer, word[:9].upper()) == {
        "people": [suggested(viewer, f"das+{word}")["people"][0]],
        "cities": [f"{word} city", f"{word} town"],
        "skills": [f"{word} riding"],
        "tags": [f"{word} film"],
    }
    [found] = suggested(viewer, word)["people"]
    assert found["userId"] == person.user_id
    assert found["displayName"] == f"{word} Das"
    assert "city" not in found


def test_at_most_five_of_each_kind_are_suggested(viewer: Account) -> None:
    word = a_word()
    for number in range(7):
        indexed(an_artist(displayName=f"{word} Das", skills=[f"{word} {number}"]))

    found = suggested(viewer, word)

    assert len(found["people"]) == len(found["skills"]) == 5


def test_private_closed_and_blocking_people_are_not_suggested(viewer: Account) -> None:
    word = a_word()
    private = {"privacy": "private", "displayName": word, "skills": [word], "city": word}
    indexed(an_artist(**private))
    indexed(an_artist(privacy="connections", skills=[word], city=word))
    closed, gone = indexed(an_artist(displayName=word)), indexed(an_artist(displayName=word))
    suspended(closed)
    deleted(gone)
    blocking = indexed(a_recruiter(displayName=word))
    assert api.call("PUT", f"/users/{viewer.user_id}/block", as_=blocking).status == 204

    assert suggested(viewer, word) == {"people": [], "cities": [], "skills": [], "tags": []}


def test_a_skill_that_nobody_has_any_more_is_not_suggested(viewer: Account) -> None:
    word = a_word()
    artist = indexed(an_artist(skills=[word]))
    assert suggested(viewer, word)["skills"] == [word]

    api.patch("/users/me", {"skills": ["other"]}, as_=artist, if_match="*")
    indexed(artist)

    assert suggested(viewer, word)["skills"] == []


@pytest.mark.parametrize("text", ["", "a", "!", "%20a", "a" * 81])
def test_a_beginning_of_less_than_two_letters_is_refused(viewer: Account, text: str) -> None:
    refused = api.get(f"/suggestions?text={text}", as_=viewer)

    assert (refused.status, refused.code, refused.wrong) == (422, "Invalid", {"text"})
