"""Spellings that count as the same: the words of texts, names, cities and skills for comparison.

All functions take linear time. If a rule changes, the search index needs a rebuild.
"""

import re

MAX_WORD = 40
MAX_PHRASE = 80

APOSTROPHES = "'\u2019\u02bc"

# Former and short names of Indian cities and states, and their names of today.
CITIES = {
    "ahmednagar": "ahilyanagar",
    "allahabad": "prayagraj",
    "alleppey": "alappuzha",
    "alwaye": "aluva",
    "banaras": "varanasi",
    "bangalore": "bengaluru",
    "baroda": "vadodara",
    "belgaum": "belagavi",
    "bellary": "ballari",
    "benares": "varanasi",
    "bezawada": "vijayawada",
    "bijapur": "vijayapura",
    "bombay": "mumbai",
    "broach": "bharuch",
    "burdwan": "bardhaman",
    "calcutta": "kolkata",
    "calicut": "kozhikode",
    "cambay": "khambhat",
    "cannanore": "kannur",
    "cawnpore": "kanpur",
    "chandernagore": "chandannagar",
    "chikmagalur": "chikkamagaluru",
    "cochin": "kochi",
    "conjeevaram": "kanchipuram",
    "coorg": "kodagu",
    "cuddapah": "kadapa",
    "dharwar": "dharwad",
    "ellore": "eluru",
    "gauhati": "guwahati",
    "gulbarga": "kalaburagi",
    "gurgaon": "gurugram",
    "hoshangabad": "narmadapuram",
    "hospet": "hosapete",
    "hubli": "hubballi",
    "jubbulpore": "jabalpur",
    "jullundur": "jalandhar",
    "kovai": "coimbatore",
    "madras": "chennai",
    "mangalore": "mangaluru",
    "masulipatam": "machilipatnam",
    "mayavaram": "mayiladuthurai",
    "mercara": "madikeri",
    "midnapore": "medinipur",
    "monghyr": "munger",
    "muttra": "mathura",
    "mysore": "mysuru",
    "nasik": "nashik",
    "negapatam": "nagapattinam",
    "ootacamund": "udhagamandalam",
    "ooty": "udhagamandalam",
    "orissa": "odisha",
    "osmanabad": "dharashiv",
    "palghat": "palakkad",
    "panjim": "panaji",
    "pondicherry": "puducherry",
    "pondy": "puducherry",
    "poona": "pune",
    "quilon": "kollam",
    "rajahmundry": "rajamahendravaram",
    "shimoga": "shivamogga",
    "sholapur": "solapur",
    "simla": "shimla",
    "tanjore": "thanjavur",
    "tellicherry": "thalassery",
    "thana": "thane",
    "tinnevelly": "tirunelveli",
    "tiruchi": "tiruchirappalli",
    "trichinopoly": "tiruchirappalli",
    "trichur": "thrissur",
    "trichy": "tiruchirappalli",
    "trivandrum": "thiruvananthapuram",
    "tumkur": "tumakuru",
    "tuticorin": "thoothukudi",
    "umballa": "ambala",
    "uttaranchal": "uttarakhand",
    "vishakhapatnam": "visakhapatnam",
    "vizag": "visakhapatnam",
}

# Words of English and Hindi that are in most texts, so that they find nothing in particular.
_FILLERS = """
a all an and any are as at be but by can for from has have if in into is it its may more no not
of on one or our out so some than that the their them then there these they this those to us was
we were what when where which who will with you your
और का की के को पर में से है हैं
"""
FILLERS = frozenset(_FILLERS.split())

# A run of marks is sorted in quadratic time, and no word has so many.
_LONG_RUN = re.compile(r"(\W{16})\W+")

# Letters that Unicode does not decompose, and the letters that people type instead.
_LETTERS = str.maketrans(
    "ƀƃɓȼƈđɖɗðɇəɛǥɠħɨıɉȷƙĸłƚɫɱŋɲƞøɵɔƥɍɽŧƭʈʉʋƴɏƶȥ",
    "bbbccddddeeegghiijjkklllmnnnoooprrtttuvyyzz",
) | {ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"}

# In the blocks of these Indian scripts, the same letters have the same places.
_VIRAMA, _ANUSVARA, _NUKTA = 0x4D, 0x02, 0x3C
_BLOCKS = range(0x900, 0xD80, 0x80)
_OTHER_FORMS = str.maketrans(
    {
        # Malayalam chillu letters and dot reph, Bengali khanda ta, Telugu and Kannada nakaara
        # pollu: older texts spell them with a virama and a joiner.
        "\u0d7a": "\u0d23\u0d4d",
        "\u0d7b": "\u0d28\u0d4d",
        "\u0d7c": "\u0d30\u0d4d",
        "\u0d7d": "\u0d32\u0d4d",
        "\u0d7e": "\u0d33\u0d4d",
        "\u0d7f": "\u0d15\u0d4d",
        "\u0d54": "\u0d2e\u0d4d",
        "\u0d55": "\u0d2f\u0d4d",
        "\u0d56": "\u0d34\u0d4d",
        "\u0d4e": "\u0d30\u0d4d",
        "\u09ce": "\u09a4\u09cd",
        "\u0c5d": "\u0c28\u0c4d",
        "\u0cdd": "\u0ca8\u0ccd",
        "\u0bb6": "\u0bb8",  # Tamil sha in shri
        "\u0a70": "\u0a02",  # Gurmukhi tippi
        # Urdu with the letters of Arabic keyboards, and without vowel marks
        "\u064a": "\u06cc",
        "\u0649": "\u06cc",
        "\u0643": "\u06a9",
        "\u0647": "\u06c1",
        "\u0640": None,
        "\u0670": None,
        **{chr(mark): None for mark in range(0x64B, 0x653)},
        **{chr(block + _NUKTA): None for block in _BLOCKS},
        # Candrabindu
        **{chr(block + 1): chr(block + _ANUSVARA) for block in _BLOCKS},
    }
)


def _nasals(block: int) -> str:
    """A pattern for a nasal before a consonant of its own class, which an anusvara replaces."""
    pairs = []
    for first, nasal in ((0x15, 0x19), (0x1A, 0x1E), (0x1F, 0x23), (0x24, 0x28), (0x2A, 0x2E)):
        own = f"[{chr(block + first)}-{chr(block + nasal)}]"
        pairs.append(f"{chr(block + nasal)}{chr(block + _VIRAMA)}(?={own})")
    return "|".join(pairs)


# As texts, which `re` compiles when the first text needs them.
_NASALS = [(_nasals(block), chr(block + _ANUSVARA)) for block in _BLOCKS]
_VIRAMAS = f"([{''.join(chr(block + _VIRAMA) for block in _BLOCKS)}])\\1+"
_INITIALS = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_])+(?!\S)")


def words(text: str) -> list[str]:
    """The words of a text, each once."""
    return _unique(" ".join(_split(text)))


def held(text: str) -> list[str]:
    """The words by which a document is found, also joined: of A. R. ar, of voice-over voiceover."""
    return _unique(_with_initials(" ".join(_split(_with_compounds(text)))))


def wanted(text: str) -> list[str]:
    """The words that a document must have. Initials are one word: ar."""
    return _unique(_joined(_split(text)))


def names(text: str) -> list[str]:
    """The words of a person's names. Names of cities are names like others here."""
    return _unique(_with_initials(" ".join(_spaced(_with_compounds(text)).split())))


def wanted_names(text: str) -> list[str]:
    """The beginnings of names that a person must have."""
    return _unique(_joined(_spaced(text).split()))


def phrase(text: str) -> str:
    """A city, tag, skill or language, normalized for comparison."""
    return _joined(_split(text))[:MAX_PHRASE].rstrip()


def telling(found: list[str]) -> list[str]:
    """The words that say what a text is about. Single letters of scripts with words do not."""
    return [word for word in found if word not in FILLERS and (len(word) > 1 or word > "\u2fff")]


def _unique(spaced: str) -> list[str]:
    return list(dict.fromkeys(word[:MAX_WORD] for word in spaced.split()))


def _with_compounds(text: str) -> str:
    words = text.split()
    return " ".join(f"{word} {word.replace('-', '')}" if "-" in word else word for word in words)


def _with_initials(spaced: str) -> str:
    return _INITIALS.sub(lambda run: f"{run[0]} {run[0].replace(' ', '')}", spaced)


def _joined(split: list[str]) -> str:
    return _INITIALS.sub(lambda run: run[0].replace(" ", ""), " ".join(split))


def _split(text: str) -> list[str]:
    spaced = _spaced(text).replace("new delhi", "delhi")  # people write either
    return [CITIES.get(word, word) for word in spaced.split()]


def _spaced(text: str) -> str:
    """The words, normalized for comparison, with spaces between them."""
    if text.isascii():
        return re.sub("[^a-z0-9]+", " ", text.lower().replace("'", ""))
    return _spaced_unicode(_LONG_RUN.sub(r"\1 ", text))


def _spaced_unicode(text: str) -> str:
    """The same for other letters than ASCII.

    Case and accents of Latin letters are removed. Marks of other scripts stay: without its vowel
    signs, a word in Devanagari or Tamil is a different word.
    """
    from unicodedata import category, decimal, name, normalize  # 1 MB that most texts never need

    kept, takes_marks = [" "], False
    for char in _plain(normalize("NFKD", normalize("NFKD", text).casefold())):
        kind = category(char)
        if kind == "Nd":
            kept.append(str(decimal(char)))
            takes_marks = False
        elif kind[0] in "LN" and char not in APOSTROPHES:
            kept.append(char)
            takes_marks = not (char.isascii() or "LATIN" in name(char, ""))
        elif kind[0] == "M":
            kept.append(char if takes_marks else "")
        elif kind != "Cf" and char not in APOSTROPHES:  # joiners are part of a word
            kept.append(" ")
            takes_marks = False
    return _one_spelling(normalize("NFC", "".join(kept)))


def _plain(text: str) -> str:
    return text.translate(_LETTERS).translate(_OTHER_FORMS)


def _one_spelling(text: str) -> str:
    """The text with one spelling of what Indian scripts can spell in two ways."""
    text = re.sub(_VIRAMAS, r"\1", text).replace("\u0d4c", "\u0d57")  # Malayalam au
    for pattern, anusvara in _NASALS:
        text = re.sub(pattern, anusvara, text)
    return text
