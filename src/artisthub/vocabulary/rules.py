"""Decisions about known words: how each is kept, and which of them somebody means; no I/O.

A word has an item by its beginning, and one by its end. A word with one wrong letter still has the
right beginning or the right end, so both find it.
"""

from collections.abc import Iterable

Key = tuple[str, str]  # term and sort key

SHORTEST_BEGINNING, SHORTEST_MISTYPED = 3, 5
MOST_BYTES = 80  # of a word; longer ones are found only as they are
_ENDINGS = {"ies": ["ies", "ie", "y"], "s": ["s", ""], "y": ["y", "ies"]}
_SAME = "x ks,sh s,th t,dh d,bh b,gh g,kh k,jh j,ph f,w v,y i,ee i,oo u,aa a"
_SOUNDS = [each.split() for each in _SAME.split(",")]


def keys(kind: str, word: str) -> list[Key]:
    """The items of a word, the one by its beginning first.

    Phrases, whose kind is for example `users|skill`, are only found by their beginnings.
    """
    found = [(f"{kind}|beginning:{word[:2]}", word)]
    # A letter too many makes it long enough.
    if "|" not in kind and len(word) >= SHORTEST_MISTYPED - 1:
        found.append((f"{kind}|ending:{word[:-3:-1]}", word[::-1]))
    return found


def beginning(word: str) -> str:
    """The beginning of all words that go on from the word, or are its singular or plural."""
    return _inflected(word)[0]


def continued(word: str, known: Iterable[str], most: int) -> list[str]:
    """The shortest of the known words that go on from this one, or are its singular or plural."""
    stem, endings = _inflected(word)
    forms = [stem + ending for ending in endings]
    fitting = [each for each in known if each in forms or each.startswith(word)]
    return sorted(fitting, key=lambda each: (len(each), each))[:most]


def halves(kind: str, word: str) -> list[Key]:
    """The terms, and the beginnings of sort keys, that all words with one other letter have."""
    half = len(word) // 2
    swapped = word[: half - 1] + word[half] + word[half - 1]
    starts = [word[:half], word[: half - 1 : -1], swapped]
    kinds = ["beginning", "ending", "beginning"]
    return [
        (f"{kind}|{name}:{start[:2]}", start) for name, start in zip(kinds, starts, strict=True)
    ]


def meant(word: str, known: Iterable[str], most: int) -> list[str]:
    """The known words that differ by a letter too many, too few or wrong, or by two swapped.

    Names in Latin letters also have several spellings of the same sound: Laxmi and Lakshmi.
    """
    sound = _sound(word)

    def is_meant(other: str) -> bool:
        return _is_near(word, other) or (other[0] == word[0] and _sound(other) == sound)

    return list(filter(is_meant, dict.fromkeys(known)))[:most]


def _inflected(word: str) -> tuple[str, list[str]]:
    """The stem of the word, and its endings as a singular and a plural."""
    if len(word) >= SHORTEST_MISTYPED and not word.endswith("ss"):
        for ending, endings in _ENDINGS.items():
            if word.endswith(ending):
                return word.removesuffix(ending), endings
    return word, [""]


def _sound(word: str) -> str:
    """The word with one spelling for letters that people use for the same sound."""
    for letters, others in _SOUNDS:
        word = word.replace(letters, others)
    return word


def _is_near(word: str, other: str) -> bool:
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rest, others = word[at:], other[at:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[1::-1] + rest[2:]) == others
    )
