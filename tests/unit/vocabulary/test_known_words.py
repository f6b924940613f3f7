"""Which known words somebody means by a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.vocabulary import rules

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = st.text(st.sampled_from(LETTERS), min_size=5, max_size=12)


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the word with one letter too many, too few or wrong, or with two swapped."""
    word, letter = draw(WORDS), draw(st.sampled_from(LETTERS))
    at = draw(st.integers(0, len(word) - 1))
    wrong = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:]]
    wrong.append(word[:at] + letter + word[at + 1 :])
    wrong.append(word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :])
    return word, draw(st.sampled_from(wrong))


@given(mistyped())
def test_a_word_with_one_wrong_letter_is_found_by_its_beginning_or_its_end(
    both: tuple[str, str],
) -> None:
    word, wrong = both
    if wrong == word or len(wrong) < rules.SHORTEST_MISTYPED:
        return
    keys = rules.keys("castings", word)

    is_read = any(
        term == place and sort_key.startswith(start)
        for place, start in rules.halves("castings", wrong)
        for term, sort_key in keys
    )

    assert is_read
    assert rules.meant(wrong, [word], 1) == [word]


@pytest.mark.parametrize(
    ("asked", "other"),
    [("river", "ravers"), ("dancer", "drancers"), ("guitar", "gutiars"), ("harbour", "arbor")],
)
def test_two_wrong_letters_are_another_word(asked: str, other: str) -> None:
    assert rules.meant(asked, [other], 9) == []


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("laxmi", "lakshmi"),
        ("gurprit", "gurpreet"),
        ("sridevi", "sreedevi"),
        ("krishnamurti", "krishnamoorthy"),
        ("saraswathy", "sarasvati"),
    ],
)
def test_spellings_with_the_same_sound_are_the_same_name(asked: str, other: str) -> None:
    keys = rules.keys("users", other)

    assert any(
        (term, sort_key[: len(start)]) == (place, start)
        for place, start in rules.halves("users", asked)
        for term, sort_key in keys
    )
    assert rules.meant(asked, [other], 9) == [other]


@pytest.mark.parametrize(
    ("asked", "known", "found"),
    [
        ("guitar", ["guitarist", "guitar", "guitars"], ["guitar", "guitars", "guitarist"]),
        ("guitars", ["guitarist", "guitar", "guitars"], ["guitar", "guitars"]),
        ("understudy", ["understudies", "understudying"], ["understudies", "understudying"]),
        ("understudies", ["understudy", "understudied"], ["understudy"]),
        ("movies", ["movie", "movement"], ["movie"]),
        ("bass", ["bass", "bassist"], ["bass", "bassist"]),
        ("नृत्य", ["नृत्यांगना"], ["नृत्यांगना"]),
    ],
)
def test_a_word_is_also_the_beginning_of_others_a_singular_and_a_plural(
    asked: str, known: list[str], found: list[str]
) -> None:
    start = rules.beginning(asked)

    assert all(each.startswith(start) for each in known)
    assert rules.continued(asked, known, 9) == found
    assert rules.continued(asked, known, 1) == found[:1]
