"""Which lists a search reads, and the limits of its parameters."""

from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from artisthub.search import rules
from artisthub.search.models import CastingQuery, UserQuery
from artisthub.shared import validation
from artisthub.users.stored import User
from tests.unit.bounds import unbounded
from tests.unit.builders import CREATED, a_casting

NOW = "2026-11-25T10:00:00.000Z"


# Known words that somebody may mean, by what is asked.
KNOWN = {"guitar": ["guitar", "guitarist"], "theartre": ["theatre"], "pryanka": ["priyanka"]}


def look_up(_kind: str, words: list[str], _most: int) -> dict[str, list[str]]:
    return {word: KNOWN.get(word, []) for word in words}


def _sent(query: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in query.items()}


def castings(**query: Any) -> list[str]:
    """The choices of lists; those of one choice have + between them."""
    asked = validation.convert_query(_sent(query), CastingQuery)
    choices = rules.casting_plan(asked, NOW, look_up).choices
    return ["+".join(term.removeprefix("castings|") for term in lists) for lists in choices]


def users(**query: Any) -> list[str]:
    asked = validation.convert_query(_sent(query), UserQuery)
    choices = rules.user_plan(asked, look_up).choices
    return ["+".join(term.removeprefix("users|") for term in lists) for lists in choices]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ({}, ["all"]),
        ({"mode": "remote"}, ["mode:remote"]),
        ({"mode": "remote", "category": "dance"}, ["category:dance"]),
        ({"city": "Bombay"}, ["city:mumbai"]),
        ({"city": "Navi Mumbai", "category": "dance"}, ["category:dance|city:navi mumbai"]),
        ({"city": "Kochi", "tag": "Film"}, ["tag:film", "city:kochi"]),
        ({"text": "by the river", "city": "Kochi"}, ["word:river", "city:kochi"]),
        ({"text": "a an the river"}, ["word:river"]),
        ({"text": "guitar night"}, ["word:guitar+word:guitarist", "word:night"]),
        ({"text": "guitar", "tag": "Film"}, ["word:guitar+word:guitarist", "tag:film"]),
        ({"age": 20, "paid": "true"}, ["all"]),
        ({"city": "Kochi,Bombay,Mumbai"}, ["city:kochi+city:mumbai"]),
        (
            {"city": "Kochi,Pune", "category": "dance,music", "tag": "film,short film"},
            [
                "tag:film+tag:short film",
                "category:dance|city:kochi+category:dance|city:pune"
                "+category:music|city:kochi+category:music|city:pune",
            ],
        ),
        (
            {"city": "Kochi,Pune,Goa,Delhi,Agra", "category": "dance,music"},
            ["category:dance+category:music"],
        ),
    ],
)
def test_a_casting_search_reads_the_most_specific_lists(
    query: dict[str, Any], terms: list[str]
) -> None:
    assert castings(**query) == terms


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ({}, ["all"]),
        ({"role": "artist"}, ["role:artist"]),
        ({"role": "artist", "city": "Kochi"}, ["city:kochi"]),
        ({"gender": "female,nonbinary"}, ["gender:female+gender:nonbinary"]),
        ({"gender": "female", "skill": "chhau,odissi"}, ["skill:chhau+skill:odissi"]),
        ({"skill": "Chhau"}, ["skill:chhau"]),
        ({"skill": "Chhau", "city": "Kochi"}, ["skill:chhau|city:kochi"]),
        ({"category": "dance", "city": "Kochi"}, ["category:dance|city:kochi"]),
        (
            {"skill": "chhau", "category": "dance", "city": "Kochi", "language": "Tamil"},
            ["skill:chhau|city:kochi", "category:dance|city:kochi", "language:tamil"],
        ),
        ({"language": "Tamil", "city": "Kochi"}, ["city:kochi", "language:tamil"]),
        ({"name": "Priyanka D"}, ["name:priyan"]),
        ({"name": "pri", "text": "theatre", "city": "Kochi"}, ["name:pri", "word:theatre"]),
        ({"text": "theartre"}, ["word:theartre+word:theatre"]),
        ({"name": "Pryanka"}, ["name:pryank+name:priyan"]),
    ],
)
def test_a_user_search_reads_the_most_specific_lists(
    query: dict[str, Any], terms: list[str]
) -> None:
    assert users(**query) == terms


@pytest.mark.parametrize(
    ("query", "between"),
    [
        ({}, (NOW, "~~")),
        ({"deadline_from": "2027-01-01"}, ("2027-01-01", "~~")),
        ({"deadline_to": "2027-01-01"}, (NOW, "2027-01-01~")),
        ({"deadline_to": "2020-01-01"}, (NOW, NOW)),
    ],
)
def test_a_search_by_deadline_starts_at_the_current_time(
    query: dict[str, Any], between: tuple[str, str]
) -> None:
    sent = {"deadlineFrom": query.get("deadline_from"), "deadlineTo": query.get("deadline_to")}
    asked = msgspec.convert({**sent, "sort": "closing"}, CastingQuery)

    assert rules.casting_plan(asked, NOW, look_up).between == between


def test_every_search_parameter_is_bounded() -> None:
    assert unbounded(CastingQuery) == {"/limit"}
    assert unbounded(UserQuery) == {"/limit"}


def test_search_parameters_are_converted_to_their_types() -> None:
    sent = {"paid": "true", "minPay": "100", "age": "20", "deadlineTo": "2027-01-01", "limit": "5"}

    query = validation.convert_query(sent, CastingQuery)

    assert (query.paid, query.min_pay, query.age, query.size) == (True, 100, 20, 5)


# Two words whose beginnings and CRC-32 checksums are the same.
TWINS = ["कमलनपरसगयजतकतवहतजग", "कमलनपरसगयमदहककटदडस"]
TEXTS = st.lists(st.one_of(st.sampled_from(TWINS), st.text(max_size=60)), max_size=20)


@pytest.mark.weakness(54)
@given(TEXTS)
@example(TWINS)
def test_no_text_gives_a_document_two_entries_with_the_same_key(texts: list[str]) -> None:
    text = " ".join(texts)
    artist = User(
        user_id="u1",
        username="u1",
        role="artist",
        email="u1@example.com",
        display_name=text,
        headline=text,
        bio=text,
        city=text,
        skills=texts,
        languages=texts,
        created_at=CREATED,
        updated_at=CREATED,
        version=1,
    )
    casting = a_casting(
        published_at=CREATED, title=text, city=text, tags=texts, description=text, deadline_at=None
    )

    for listing in (rules.user_listing(artist), rules.casting_listing(casting)):
        assert listing
        keys = [(item["term"], item["sortKey"]) for item in rules.items(listing)]
        assert len(keys) == len(set(keys))


@pytest.mark.weakness(54)
def test_long_values_with_the_same_checksum_have_their_own_lists() -> None:
    one, other = (rules.term("skill", word) for word in TWINS)

    assert one != other
    assert max(map(len, (one.encode(), other.encode()))) <= rules.MAX_TERM


def test_a_word_of_entries_with_different_keys_is_known_once() -> None:
    keys = [("castings|word:river", "2026|c1"), ("castings|word:river", "2027|c1")]

    assert rules.words_of(keys) == {"castings": ["river"]}
