"""Decisions about known words: how each is kept, and which of them somebody means; no I/O.

A word has an item by its beginning, and one by its end. A word with one wrong letter still has the
right beginning or the right end, so both find it.
"""

from collections.abc import Iterable

Key = tuple[str, str]  # term and sort key

SHORTEST_BEGINNING, SHORTEST_MISTYPED = 3, 5
MOST_BYTES = 80  # of a word; longer ones are found only as they are


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
    """The beginning of all words that go on from the word or are its singular."""
    return word[:-1] if _is_plural(word) else word


def continued(word: str, known: Iterable[str], most: int) -> list[str]:
    """The shortest of the known words that go on from this one, or are its singular."""
    singular = beginning(word)
    fitting = [each for each in known if each == singular or each.startswith(word)]
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
    """The known words that differ by a letter too many, too few or wrong, or by two swapped."""
    return [each for each in dict.fromkeys(known) if _is_near(word, each)][:most]


def _is_plural(word: str) -> bool:
    return len(word) >= SHORTEST_MISTYPED and word.endswith("s") and not word.endswith("ss")


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
