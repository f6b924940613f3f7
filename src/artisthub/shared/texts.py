"""Texts from clients: trimmed, in NFC, and never empty to the eye.

The cost of every step is linear in the length of the text, and the length is checked first. NFC
itself is quadratic in the length of a run of combining marks, so long runs are refused:
https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
"""

from __future__ import annotations

import re

# Control characters except the line feed, lone surrogates, and bidirectional overrides, which make
# a text look different from its content (Unicode TR 36). Compiled on first use, as _BLANK is.
_FORBIDDEN = "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"

# A character of NFC has at most four code points in any equivalent text, for example U+1F82.
LONGEST_SPELLING = 4
# The limit of the Stream-Safe Text Format, which is far more than any language uses.
MAX_MARKS = 30
_TOO_MANY_MARKS = b"[^\0]{%d}" % (MAX_MARKS + 1)

# Letters and symbols that show nothing.
_BLANK = "[\u115f\u1160\u2800\u3164\uffa0\ufff0-\uffff\U00013441\U00013442\U0001d159]"


class Refused(Exception):
    """The text breaks a rule, in words for people."""


def cleaned(text: str, most: int) -> str:
    """The text trimmed and in NFC, with line feeds as line endings. Raises Refused.

    It is empty if it shows nothing.
    """
    text = text.strip()
    if text.isascii() and text.isprintable():
        return _bounded(text, most, most)
    text = text.replace("\r\n", "\n")
    text = _allowed(_bounded(text, most * LONGEST_SPELLING, most))
    return _bounded(text if text.isascii() else _normal(text), most, most)


def kept(text: str, most: int) -> str:
    """The text exactly as sent. Raises Refused."""
    return _allowed(_bounded(text, most, most))


def _bounded(text: str, limit: int, most: int) -> str:
    if len(text) > limit:
        raise Refused(f"must be at most {most} characters long")
    return text


def _allowed(text: str) -> str:
    if re.search(_FORBIDDEN, text):
        raise Refused("must not contain control characters")
    return text


def _normal(text: str) -> str:
    from unicodedata import combining, normalize  # 1 MB of tables that most requests do not need

    # Half-width voicing marks become combining marks when texts are compared (NFKD).
    full_width = text.replace("\uff9e", "\u3099").replace("\uff9f", "\u309a")
    marks = bytes(map(combining, full_width))
    if re.search(_TOO_MANY_MARKS, marks):
        raise Refused(f"must not have more than {MAX_MARKS} combining marks in a row")
    return normalize("NFC", text) if _shows_something(text) else ""


def _shows_something(text: str) -> bool:
    """Whether the text has a letter, digit, punctuation mark or symbol.

    Spaces, joiners, directions, variation selectors and combining marks alone show nothing.
    """
    from unicodedata import category

    return any(category(char)[0] in "LNPS" for char in re.sub(_BLANK, "", text))
