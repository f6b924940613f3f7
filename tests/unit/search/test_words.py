"""How texts in many scripts are split into words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.shared import spelling
from tests import cpu

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
    assert spelling.words(text) == words


@pytest.mark.parametrize(
    "word",
    ["मुंबई", "नृत्यांगना", "தமிழ்", "நடிகர்", "বাংলা", "മലയാളം", "ਪਾਣੀ"],
)
def test_combining_marks_of_indian_scripts_stay_in_their_words(word: str) -> None:
    assert spelling.words(f"Film, {word}: film") == ["film", unicodedata.normalize("NFC", word)]


def test_joiners_inside_a_word_are_ignored() -> None:
    assert spelling.words("क्\u200dष") == spelling.words("क्ष")


def test_a_mark_without_a_letter_is_not_a_word() -> None:
    assert spelling.words("\u093f \u0301 ❤\ufe0f") == []


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
    assert spelling.words(f"Shoot in {name}") == spelling.words(f"shoot in {other}")
    assert spelling.phrase(name) == spelling.phrase(other)


def test_a_phrase_keeps_its_words_in_order() -> None:
    assert spelling.phrase("  Navi   Mumbai ") == "navi mumbai"
    assert spelling.phrase("Walla Walla") == "walla walla"


@pytest.mark.weakness(33)
@pytest.mark.parametrize(
    ("letter", "older"),
    [
        ("\u0d7a", "\u0d23\u0d4d\u200d"),
        ("\u0d7b", "\u0d28\u0d4d\u200d"),
        ("\u0d7c", "\u0d30\u0d4d\u200d"),
        ("\u0d7d", "\u0d32\u0d4d\u200d"),
        ("\u0d7e", "\u0d33\u0d4d\u200d"),
        ("\u0d7f", "\u0d15\u0d4d\u200d"),
        ("\u09ce", "\u09a4\u09cd\u200d"),
    ],
)
def test_a_letter_is_the_same_as_its_older_spelling(letter: str, older: str) -> None:
    block = chr(ord(letter) & ~0x7F | 0x2E)

    assert spelling.words(f"{block}{letter}") == spelling.words(f"{block}{older}")
    assert spelling.wanted(f"{letter}{block}") == spelling.words(f"{older}{block}")


@pytest.mark.weakness(42)
@pytest.mark.parametrize(
    "variants",
    [
        ("हिंदी", "हिन्दी", "हिँदी"),
        ("संगीत", "सङ्गीत"),
        ("अंक", "अङ्क"),
        ("मुंबई", "मुम्बई"),
        ("पंजाब", "पञ्जाब"),
        ("ਪੰਜਾਬ", "ਪਂਜਾਬ"),
        ("বাংলা", "বাঙলা"[:2] + "ংলা"),
        ("ક્રાંતિ", "ક્રાન્તિ"),
        ("సంగీతం", "సఙ్గీతం"),
        ("ಸಂಗೀತ", "ಸಙ್ಗೀತ"),
        ("ज़मीन", "जमीन", "\u095bमीन"),
        ("लड़का", "लडका", "ल\u095cका"),
        (
            "२०२७",
            "2027",
            "২০২৭",
            "௨௦௨௭",
            "٢٠٢٧",
            "۲۰۲۷",
            "౨౦౨౭",
            "೨೦೨೭",
            "൨൦൨൭",
            "૨૦૨૭",
            "੨੦੨੭",
            "୨୦୨୭",
        ),
        ("Łukasz", "Lukasz", "LUKASZ"),
        ("Ødegård", "Odegard"),
        ("Đorđe", "Dorde"),
        ("Straße", "Strasse"),
        ("Æsop", "Aesop"),
        ("œuvre", "oeuvre"),
        ("Y\u0131ld\u0131z", "Yildiz"),
        ("Ħamrun", "Hamrun"),
        ("Guðrún", "Gudrun"),
        ("Þór", "Thor"),
        ("ŧest", "test"),
        ("ஸ்ரீ", "ஶ்ரீ"),
        ("علي", "علی"),
        ("Cochin", "Kochi"),
        ("Trivandrum", "Thiruvananthapuram"),
        ("Gurgaon", "Gurugram"),
        ("Mysore", "Mysuru"),
        ("Poona", "Pune"),
        ("Baroda", "Vadodara"),
        ("Pondicherry", "Puducherry"),
        ("Benares", "Varanasi"),
        ("Vizag", "Visakhapatnam"),
        ("Ooty", "Ootacamund", "Udhagamandalam"),
        ("Trichy", "Tiruchirappalli"),
        ("New Delhi", "Delhi"),
    ],
)
def test_spelling_variants_are_the_same_word(variants: tuple[str, ...]) -> None:
    assert {tuple(spelling.words(each)) for each in variants} == {
        tuple(spelling.words(variants[0]))
    }
    assert {spelling.phrase(each) for each in variants} == {spelling.phrase(variants[0])}


@pytest.mark.weakness(42)
@pytest.mark.parametrize("held", ["A.R. Raihan", "AR Raihan", "A R Raihan", "A. R. Raihan"])
@pytest.mark.parametrize("asked", ["A.R. Raihan", "AR Raihan", "a r raihan"])
def test_initials_are_found_with_and_without_points(held: str, asked: str) -> None:
    assert set(spelling.wanted(asked)) <= set(spelling.held(held))
    assert set(spelling.wanted_names(asked)) <= set(spelling.names(held))
    assert spelling.phrase(held) == spelling.phrase(asked)


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("Voice-over artist", "voiceover"),
        ("Voice-over artist", "voice over"),
        ("Hip-hop crew", "hiphop"),
        ("Anne-Marie", "annemarie"),
        ("Stand-up", "Stand-up"),
    ],
)
def test_a_word_with_a_hyphen_is_found_with_and_without_it(held: str, asked: str) -> None:
    assert set(spelling.wanted(asked)) <= set(spelling.held(held))
    assert set(spelling.wanted_names(asked)) <= set(spelling.names(held))


@pytest.mark.weakness(30)
@pytest.mark.parametrize("name", ["Bombay Jayavani", "Madras Mohan", "Calcutta Rani", "Cochin"])
def test_a_name_is_no_city(name: str) -> None:
    assert spelling.names(name) == name.lower().split()
    assert spelling.wanted_names(name) == name.lower().split()


@pytest.mark.parametrize(
    "text",
    [
        "\u0315" * 15_000 + "\u0316" * 15_000,
        "a" + "\u0316\u0315" * 15_000,
        "a " * 15_000,
        "a-" * 15_000,
        "\ufdfa" * 5_000,
    ],
)
def test_the_time_to_fold_a_text_is_linear(text: str) -> None:
    assert cpu.seconds_of(lambda: spelling.words(text)) < 0.5


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = spelling.words(text)

    assert spelling.words(" ".join(folded)) == folded


@given(TEXTS)
def test_unicode_normalization_does_not_change_the_words(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)

    assert spelling.words(decomposed) == spelling.words(text)
    assert spelling.words(unicodedata.normalize("NFC", text)) == spelling.words(text)


@given(TEXTS)
def test_words_fit_into_dynamodb_keys(text: str) -> None:
    assert all(0 < len(word) <= spelling.MAX_WORD for word in spelling.words(text * 20))
    assert len(spelling.phrase(text * 20)) <= spelling.MAX_PHRASE
