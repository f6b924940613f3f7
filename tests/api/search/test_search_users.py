"""GET /v1/users."""

from typing import Any

import pytest

from tests.api import api
from tests.api.builders import (
    a_name,
    a_recruiter,
    an_account,
    an_artist,
    deleted,
    expire,
    suspended,
    with_id_token,
)
from tests.api.search.given import a_word, index, indexed, users


@pytest.fixture(scope="module")
def viewer() -> Any:
    return an_account()


def test_an_anonymous_caller_is_refused() -> None:
    assert api.get("/users").code == "Unauthorized"


def test_an_id_token_is_refused() -> None:
    assert api.get("/users", as_=with_id_token(an_artist())).code == "AccessTokenRequired"


@pytest.mark.parametrize(
    "filters",
    [
        {"role": "artist"},
        {"category": "acting"},
        {"skill": "Horse Riding"},
        {"language": "हिन्दी"},
        {"city": "Bombay"},
        {"category": "dance", "skill": "chhau", "city": "mumbai"},
        {"text": "zoe theatre"},
        {"text": "kathak riding mumbai"},
        {"name": "zo"},
        {"name": "ZOË sha"},
        {"name": "sharmila"},
        {"text": "theatre", "name": "sharm", "language": "english", "role": "artist"},
    ],
)
def test_a_public_profile_is_found_by_each_public_field(
    viewer: Any, filters: dict[str, Any]
) -> None:
    word = a_word()
    artist = an_artist(
        displayName="Zoë Sharmila Das",
        headline="Kathak and theatre",
        bio=f"Something {word}",
        city="Mumbai",
        categories=["acting", "dance"],
        skills=["horse riding", "chhau"],
        languages=["english", "हिन्दी"],
    )
    indexed(artist)

    assert artist.user_id in users(viewer, **filters, limit=100)
    text = f"{filters.get('text', '')} {word}"
    assert users(viewer, **filters | {"text": text}) == [artist.user_id]


@pytest.mark.parametrize(
    "filters",
    [
        {"role": "recruiter"},
        {"category": "music"},
        {"skill": "horse"},
        {"language": "tamil"},
        {"city": "Pune"},
        {"name": "das zoe priya"},
        {"name": "oe"},
        {"text": "heatr"},
    ],
)
def test_a_profile_is_not_found_by_other_values(viewer: Any, filters: dict[str, Any]) -> None:
    word = a_word()
    indexed(
        an_artist(
            displayName="Zoë Das",
            headline="Theatre",
            bio=word,
            city="Mumbai",
            categories=["acting"],
            skills=["horse riding"],
        )
    )

    assert users(viewer, **filters | {"text": f"{filters.get('text', '')} {word}"}) == []


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("role=admin", "role"),
        ("category=juggling", "category"),
        ("email=a", "email"),
        ("name=.", "name"),
        ("skill=!&city=!", "skill city"),
        ("name=" + "a" * 81, "name"),
    ],
)
def test_an_invalid_parameter_is_named(viewer: Any, query: str, wrong: str) -> None:
    refused = api.get(f"/users?{query}", as_=viewer)

    assert (refused.status, refused.code) == (422, "Invalid")
    assert refused.wrong == set(wrong.split())


def test_a_result_is_a_summary_of_the_profile(viewer: Any) -> None:
    name = a_name()
    artist = indexed(an_artist(username=name, bio="Of me.", phone="+919876543210", city="Kochi"))

    [found] = api.get(f"/users?name={name}", as_=viewer).json["items"]

    whole = api.get(f"/users/{artist.user_id}", as_=viewer).json
    assert found == {field: whole[field] for field in found}
    assert found["city"] == "Kochi"
    assert found.keys().isdisjoint({"bio", "portfolio", "phone", "email", "age"})


def test_a_profile_for_connections_is_found_only_by_its_public_names(viewer: Any) -> None:
    name, word, other = a_name(), a_word(), a_word()
    shown = {"username": name, "displayName": f"Meera {word}"}
    hidden = {"city": "Chennai", "skills": [other], "headline": other}
    artist = indexed(an_artist(privacy="connections", **shown, **hidden))

    for filters in ({"text": word}, {"name": name}, {"text": word, "role": "artist"}):
        assert users(viewer, **filters) == [artist.user_id]
    for filters in ({"text": other}, {"skill": other}, {"text": word, "city": "Chennai"}):
        assert users(viewer, **filters) == []
    [found] = api.get(f"/users?text={word}", as_=viewer).json["items"]
    assert found["displayName"] == shown["displayName"]
    assert (found["city"], found["skills"], found["headline"]) == (None, [], None)


def test_a_private_profile_is_not_found(viewer: Any) -> None:
    word = a_word()
    artist = indexed(an_artist(privacy="private", displayName=word))

    assert users(viewer, text=word) == []
    assert users(artist, text=word) == []


def test_a_privacy_change_applies_to_searches_at_once(viewer: Any) -> None:
    word = a_word()
    artist = indexed(an_artist(headline=word, displayName=f"Priya n{word}", city="Kochi"))
    assert users(viewer, text=word) == [artist.user_id]

    api.patch("/users/me", {"privacy": "connections"}, as_=artist, if_match="*")

    assert users(viewer, text=word) == []
    [found] = api.get(f"/users?text=n{word}", as_=viewer).json["items"]
    assert (found["city"], found["headline"]) == (None, None)

    api.patch("/users/me", {"privacy": "private"}, as_=artist, if_match="*")

    assert users(viewer, text=f"n{word}") == []


def test_suspended_and_deleted_accounts_are_not_found_until_restored(
    viewer: Any,
) -> None:
    word = a_word()
    one, two, three = (indexed(a_recruiter(companyName=word)) for _ in range(3))
    suspended(one)
    deleted(two)

    assert users(viewer, text=word) == [three.user_id]

    assert api.call("POST", "/users/me/restore", as_=two).status == 200
    assert users(viewer, text=word) == [three.user_id, two.user_id]


def test_an_expired_account_is_not_found(viewer: Any) -> None:
    name = a_name()
    artist = indexed(an_artist(username=name))
    deleted(artist)
    expire(artist, name)
    index("user", artist.user_id)

    assert users(viewer, name=name) == []


@pytest.mark.parametrize("limit", [1, 3])
def test_results_are_sorted_by_newest(viewer: Any, limit: int) -> None:
    word = a_word()
    ids = [indexed(an_artist(skills=[word])).user_id for _ in range(4)]

    assert users(viewer, skill=word, limit=limit) == ids[::-1]


def test_a_cursor_is_refused_for_another_search(viewer: Any) -> None:
    word = a_word()
    for _ in range(2):
        indexed(an_artist(skills=[word]))
    after = api.get(f"/users?skill={word}&limit=1", as_=viewer).json["next"]

    for query in (f"skill={word}&role=artist", "skill=other", f"text={word}"):
        assert api.get(f"/users?{query}&cursor={after}", as_=viewer).code == "BadCursor"
    assert api.get(f"/castings?cursor={after}").code == "BadCursor"


@pytest.mark.weakness(30)
def test_a_name_is_found_only_by_its_own_beginnings(viewer: Any) -> None:
    word = a_word()
    person = indexed(an_artist(displayName=f"Bombay {word}"))

    assert users(viewer, name=f"bomb {word}") == [person.user_id]
    assert users(viewer, name=f"mumb {word}") == []


@pytest.mark.weakness(42)
@pytest.mark.parametrize("asked", ["AR", "A.R.", "A R", "a"])
def test_a_person_is_found_by_initials(viewer: Any, asked: str) -> None:
    word = a_word()
    people = [indexed(an_artist(displayName=f"{each} {word}")) for each in ("A.R.", "AR", "A R")]

    found = users(viewer, name=f"{asked} {word}")

    assert found == [each.user_id for each in people[::-1]]


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        ("guitar", "text"),
        ("guitarists", "text"),
        ("giutarist", "text"),
        ("venkatesa", "name"),
        ("venkatesn", "name"),
        ("vennkatesan", "text"),
    ],
)
def test_a_person_is_found_by_beginnings_and_with_one_wrong_letter(
    viewer: Any, asked: str, by: str
) -> None:
    city = f"Town {a_word()}"
    person = indexed(an_artist(displayName="Anu Venkatesan", headline="Guitarist", city=city))

    assert users(viewer, city=city, **{by: asked}) == [person.user_id]


def test_the_best_match_comes_first(viewer: Any) -> None:
    word, city = a_word(), f"Town {a_word()}"
    far = " ".join(a_word() for _ in range(10))
    exact = indexed(an_artist(headline=word, city=city))
    late = indexed(an_artist(bio=f"{far} {word}", city=city))
    begun = indexed(an_artist(headline=f"{word}ist", city=city))

    best = users(viewer, text=word, city=city, sort="best", limit=1)

    assert best == [each.user_id for each in (exact, begun, late)]
    assert users(viewer, text=word, city=city) == [each.user_id for each in (begun, late, exact)]


def test_people_are_found_by_gender_and_by_several_values(viewer: Any) -> None:
    word = a_word()
    she = indexed(an_artist(bio=word, gender="female", city="Kochi", skills=["chhau"]))
    they = indexed(an_artist(bio=word, gender="nonbinary", city="Pune", skills=["odissi"]))
    hidden = indexed(an_artist(displayName=word, gender="female", privacy="connections"))
    indexed(an_artist(bio=word, city="Agra"))

    assert users(viewer, text=word, gender="female") == [she.user_id]
    for several in (
        {"gender": "female,nonbinary"},
        {"city": "Kochi,Pune"},
        {"skill": "Chhau,Odissi"},
        {"skill": "chhau,odissi", "city": "pune,kochi", "gender": "nonbinary,female"},
    ):
        assert users(viewer, text=word, **several) == [they.user_id, she.user_id]
        assert {she.user_id, they.user_id} <= set(users(viewer, **several, limit=100))
    assert hidden.user_id not in users(viewer, text=word, gender="female,male,nonbinary,other")


def test_people_are_found_in_cities_within_a_distance(viewer: Any) -> None:
    word = a_word()
    near = indexed(an_artist(skills=[word], city="Howrah"))
    indexed(an_artist(skills=[word], city="Delhi"))

    assert users(viewer, skill=word, city="Calcutta", within=20) == [near.user_id]
    assert users(viewer, skill=word, city="Kolkata") == []
