"""How texts in many scripts are split into words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.search import rules

TEXTS = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F),
        st.characters(min_codepoint=0x300, max_codepoint=0xD7FF),
        st.sampled_from("\u200d\u200c'\u2019\u093c\u0301\ufe0f ß"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dancers, for a RIVER festival!", ["dancers", "for", "a", "river", "festival"]),
        ("dance Dance DANCE", ["dance"]),
        ("", []),
        ("… 🎬 !?", []),
        ("Café Zoë", ["cafe", "zoe"]),
        ("Cafe\u0301", ["cafe"]),
        ("STRASSE straße", ["strasse"]),
        ("O'Brien O\u2019Brien", ["obrien"]),
        ("K-pop 2026", ["k", "pop", "2026"]),
        ("\uff26\uff55ll \ufb01lm", ["full", "film"]),
        ("йога и театр", ["йога", "и", "театр"]),
    ],
)
def test_words_are_folded_and_unique(text: str, words: list[str]) -> None:
    assert rules.words(text) == words


@pytest.mark.parametrize(
    "word",
    ["हिन्दी", "मुंबई", "नृत्यांगना", "தமிழ்", "நடிகர்", "বাংলা", "മലയാളം", "ਪੰਜਾਬੀ"],
)
def test_combining_marks_of_indian_scripts_stay_in_their_words(word: str) -> None:
    assert rules.words(f"Film, {word}: film") == ["film", unicodedata.normalize("NFC", word)]


def test_joiners_inside_a_word_are_ignored() -> None:
    assert rules.words("क्\u200dष") == rules.words("क्ष")


def test_a_mark_without_a_letter_is_not_a_word() -> None:
    assert rules.words("\u093f \u0301 ❤\ufe0f") == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Bombay", "Mumbai"),
        ("BANGALORE", "Bengaluru"),
        ("madras", "Chennai"),
        ("Calcutta", "Kolkata"),
    ],
)
def test_both_names_of_a_city_are_the_same_word(name: str, other: str) -> None:
    assert rules.words(f"Shoot in {name}") == rules.words(f"shoot in {other}")
    assert rules.phrase(name) == rules.phrase(other)


def test_a_phrase_keeps_its_words_in_order() -> None:
    assert rules.phrase("  Navi   Mumbai ") == "navi mumbai"
    assert rules.phrase("Walla Walla") == "walla walla"


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = rules.words(text)

    assert rules.words(" ".join(folded)) == folded


@given(TEXTS)
def test_unicode_normalization_does_not_change_the_words(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)

    assert rules.words(decomposed) == rules.words(text)
    assert rules.words(unicodedata.normalize("NFC", text)) == rules.words(text)


@given(TEXTS)
def test_words_fit_into_dynamodb_keys(text: str) -> None:
    assert all(0 < len(word) <= rules.MAX_WORD for word in rules.words(text * 20))
    assert len(rules.phrase(text * 20)) <= rules.MAX_PHRASE
