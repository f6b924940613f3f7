"""Decisions about texts that ask for money, lead to other channels or have phone numbers; no I/O.

A text is split into words in a plain spelling: no accents, invisible characters or look-alike
letters, digits of all scripts as 0 to 9, and `w h a t s a p p` as one word. Every pattern has a
fixed or bounded length, so that the time grows only with the length of the text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from artisthub.cases.models import FlaggedText, FlagReason

Item = dict[str, Any]
Texts = dict[str, str]  # by place

# Letters of other scripts that look like Latin ones, and digits and signs in their place.
_CONFUSABLE = str.maketrans(
    "абвгдеікмнорстухѕјαβεικνορτυχωɡıłøđ", "abvrdeikmhopctyxsjabeiknoptuxwgilod"
)
_LEET = str.maketrans("0134578$@!|", "oieastbsaii")
_DIGIT_LOOKALIKES = str.maketrans("oil", "011")

# Letters and digits, and the vowel signs of Indian scripts, without their full stop.
_LETTER = r"(?:[^\W_]|[\u0900-\u0963\u0966-\u0d7f])"
_WORD = re.compile(_LETTER + "+|[₹$€£@+]")
_SPELLED = {
    "0": "zero oh nil shunya sunya शून्य जीरो சுழியம் শূন্য",
    "1": "one ek एक ஒன்று এক",
    "2": "two do दो இரண்டு দুই",
    "3": "three teen tin तीन மூன்று তিন",
    "4": "four char chaar चार நான்கு চার",
    "5": "five paanch panch पांच पाँच ஐந்து পাঁচ",
    "6": "six che chhe chah छह छः छे ஆறு ছয়",
    "7": "seven saat सात ஏழு সাত",
    "8": "eight aath ath आठ எட்டு আট",
    "9": "nine nau नौ ஒன்பது নয়",
}
_DIGITS = {word: digit for digit, words in _SPELLED.items() for word in words.split()}
_REPEATS = {"double": 2, "triple": 3, "dabal": 2}

# The names of messengers, also with their letters apart. `What's appealing` is none.
_MESSENGERS = (
    "telegram|telegrm|snapchat|instagram|wechat|व्हाट्सऐप|व्हाट्सएप|व्हाट्सप|वाट्सएप|वाट्सऐप|वॉट्सऐप|वॉट्सएप|टेलीग्राम"
    "|टेलिग्राम|வாட்ஸ்அப்|வாட்சப்|டெலிகிராம்|হোয়াটসঅ্যাপ|টেলিগ্রাম|వాట్సాప్|టెలిగ్రామ్|ವಾಟ್ಸಾಪ್|વોટ્સએપ|വാട്സ്ആപ്പ്|വാട്സാപ്പ്"
)
_MESSENGER = re.compile(f"w?h?[aou]t+s+a+p|{_MESSENGERS}")
_MESSENGER_APART = re.compile(f"w?hatsa+pp+(?!ea|ro|l[yia]|ar|oi|re)|{_MESSENGERS}")
_MAILBOXES = frozenset(
    {"gmail", "googlemail", "yahoo", "ymail", "hotmail", "outlook", "rediffmail", "protonmail"}
)
_ENDINGS = (
    "com|in|org|net|co|io|me|info|biz|app|xyz|live|online|site|ly|ee|be|gl|link|page|club|shop|tv"
)
_LINK = re.compile(
    rf"https?:|hxxp|www[ .]|(?<=[^\W_])\.(?:{_ENDINGS})(?![^\W_])"
    rf"|(?<=[^\W_])[ (\[]{{1,2}}dot[ )\]]{{1,2}}(?:{_ENDINGS})(?![^\W_])"
)
_MAIL = re.compile(
    r"(?<=[^\W_]) ?(?:@|\(at\)|\[at\]) ?[a-z0-9-]{2,40} ?(?:\.|\(dot\)|\[dot\]| dot ) ?[a-z]{2}"
)
_CHANNEL_HOST = re.compile(
    r"//(?:[a-z0-9-]{1,40}\.){0,3}(?:wa\.me|t\.me|telegram\.(?:me|org|dog)|whatsapp\.com|signal\.me"
    r"|signal\.group)(?![a-z0-9.-])"
)

_FEES = (
    "admin|admission|advance|application|audition|booking|casting|coordination|course|enrolment"
    "|entry|entrance|form|identity|joining|membership|portfolio|processing|refundable|registration"
    "|registeration|screening|security|token|training|verification|workshop"
)
_MONEY = re.compile(
    rf"(?<!no )(?<!without )(?<!zero )(?<!any )\b(?:{_FEES}) (?:card )?"
    r"(?:fees?|charges?|deposit|amount|payment|cost|money|paise?)\b"
    r"|\b(?:refundable|non refundable|security deposit|upi|upi id|paytm|gpay|g pay|google pay"
    r"|phone ?pe|bhim|ifsc|neft|rtgs|western union|account (?:number|no)|bank transfer|qr code)\b"
    r"|\b(?:pay|paying|send|sending|transfer|deposit|remit|give)"
    r"(?: us| me| to| the| a| an| of| only| small| some| your){0,3}"
    r" (?:money|fees?|deposit|advance|amount|payment|paise?|rs|inr|rupees?"
    r"|₹|\$|usd|[0-9]{2,6} (?:rs|rupees?|inr))(?= |$)"
    r"|\b(?:pay|deposit) (?:before|first|now|online|in advance|upfront)\b"
    r"|\b(?:paise|paisa|fees?) (?:bhej|jama|de|do|dena|dene|transfer)"
    r"|(?:फीस|शुल्क|पैसे भेज|पैसा भेज|रुपये भेज|पैसे जमा|रुपये जमा|கட்டணம்|পেমেন্ট|টাকা পাঠা|ఫీజు)"
)
_MONEY_APART = re.compile(
    rf"(?:{_FEES})(?:card)?(?:fees?|charges?|deposit)|paytm|gpay|phonepe|refundable"
)
_UPI = re.compile(
    r"(?<=[^\W_])@ ?(?:ok(?:axis|hdfcbank|icici|sbi)|ybl|ibl|axl|paytm|upi|apl|yapl|fbl)(?![^\W_])"
)


_ADDRESS = re.compile(r"/(?:url|website|link|mediaUrls/[0-9]+)$")


def found_in(before: Texts, after: Texts) -> list[FlaggedText]:
    """The new and changed texts that raise a flag."""
    changed = [(place, text) for place, text in after.items() if before.get(place) != text]
    found = ((place, text, reasons_of(place, text)) for place, text in changed)
    return [FlaggedText(place, reasons, _digest(text)) for place, text, reasons in found if reasons]


def reasons_of(place: str, text: str) -> list[FlagReason]:
    """Why the text raises a flag. Addresses raise one only if they lead to a messenger."""
    if _ADDRESS.search(place):
        return ["channel"] if _CHANNEL_HOST.search(text.lower()) else []
    plain = _plain(text)
    words = _words(plain)
    checks: dict[FlagReason, bool] = {
        "money": _asks_for_money(plain, words),
        "channel": _leads_away(plain, words),
        "phone": _has_phone(plain),
    }
    return [reason for reason, holds in checks.items() if holds]


def _digest(text: str) -> str:
    from _blake2 import blake2b

    return blake2b(text.encode(), digest_size=6).hexdigest()


# Spelling


def _plain(text: str) -> str:
    """The text in lower case, without marks, and with letters and digits in their plain form."""
    if text.isascii():
        return text.lower()
    return "".join(_plain_character(character) for character in text).translate(_CONFUSABLE)


# Texts have few different characters, but there are a million of them.
@lru_cache(maxsize=4_096)
def _plain_character(character: str) -> str:
    from unicodedata import category, combining, digit, normalize

    number = digit(character, None)
    if number is not None:
        return str(number)
    if category(character) in ("Cf", "Me") or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    if category(character) in ("Zs", "Zl", "Zp"):
        return " "
    if category(character) == "Pd":
        return "-"
    if "\u0900" <= character < "\u0e00":  # vowel signs are letters there, a nukta (7) is not
        return "".join(each for each in _parts(character) if combining(each) != 7)
    plain = normalize("NFKD", character).lower()
    return "".join(each for each in plain if not combining(each))


def _parts(character: str) -> str:
    """The letter and its nukta; a vowel sign stays whole."""
    from unicodedata import normalize

    return normalize("NFC", character)


def _words(plain: str) -> list[str]:
    """The words. Letters apart, such as `w h a t s`, are one word that begins with a mark."""
    words: list[str] = []
    letters: list[str] = []
    for word in [*_WORD.findall(plain), ""]:
        if len(word) == 1 and not word.isdigit():
            letters.append(word)
            continue
        words += [_APART + "".join(letters)] if len(letters) > 2 else letters
        letters = []
        words.append(word)
    return words[:-1]


_APART = "~"


# Money


def _asks_for_money(plain: str, words: list[str]) -> bool:
    apart = "".join(word for word in words if word.startswith(_APART))
    return bool(
        _MONEY.search(" ".join(words).replace(_APART, ""))
        or _MONEY_APART.search(apart.replace(_APART, ""))
        or _UPI.search(plain)
    )


# Other channels


def _leads_away(plain: str, words: list[str]) -> bool:
    spelled = [word.translate(_LEET) for word in words]
    return bool(
        any(_MESSENGER.search(word) for word in spelled)
        or _MESSENGER_APART.search("".join(spelled).replace(_APART, ""))
        or not _MAILBOXES.isdisjoint(words)
        or _LINK.search(plain)
        or _MAIL.search(plain)
    )


# Phone numbers


def _has_phone(plain: str) -> bool:
    return any(_is_phone(groups) for run in _runs(plain) for groups in _windows(run))


def _runs(plain: str) -> Iterator[list[str]]:
    """Groups of digits with at most three signs between them. `+` begins a group."""
    run: list[str] = []
    end, repeats = 0, 1
    for match in re.finditer(_LETTER + "+", plain):
        word, gap = match[0], plain[end : match.start()]
        end = match.end()
        if len(gap) > 3 and run:
            yield run
            run = []
        if word in _REPEATS or word == "plus":
            repeats = _REPEATS.get(word, 1)
            continue
        group = _digits(word)
        if not group:
            yield run
            run, repeats = [], 1
            continue
        run.append(("+" if gap.endswith(("+", "+(")) else "") + group * repeats)
        repeats = 1
    yield run


def _digits(word: str) -> str:
    """The digits that a word stands for, or nothing."""
    if word.isdigit():
        return word
    if word in _DIGITS:
        return _DIGITS[word]
    likely = word.translate(_DIGIT_LOOKALIKES)
    is_number = likely.isdigit() and sum(character.isdigit() for character in word) * 2 > len(word)
    return likely if is_number else ""


def _windows(run: list[str]) -> Iterator[list[str]]:
    """Neighbouring groups that have as many digits as a phone number."""
    for first in range(len(run)):
        length = 0
        for last in range(first, len(run)):
            length += len(run[last])
            if length > 16:
                break
            if length >= 8:
                yield run[first : last + 1]


def _is_phone(groups: list[str]) -> bool:
    """Whether it is an Indian number, or one with a country code.

    Two amounts such as `60000-70000` are not: they end in zeros.
    https://www.itu.int/oth/T0202000063/en
    """
    if len(groups) == 2 and all(group.endswith("00") for group in groups):
        return False
    number = "".join(groups)
    if number.startswith("+"):
        return 8 <= len(number) - 1 <= 15
    return re.fullmatch(r"(?:0|91|091|0091)?[6-9][0-9]{9}|0[1-8][0-9]{9}", number) is not None


# The texts of items as stored


def seen_casting(item: Item | None) -> Item | None:
    """The casting if others have ever seen it."""
    return item if item and item.get("publishedAt") else None


def sent_request(item: Item | None) -> Item | None:
    """The connection if it is a request that its owner sent."""
    return item if item and item["standing"] == "outgoing" else None


def texts_of_casting(item: Item | None) -> Texts:
    return dict(_texts(item or {}, ("title", "description", "city", "tags", "roles", "documents")))


def texts_of_user(item: Item | None) -> Texts:
    """Of private profiles too: everyone signed in sees their names, and recruiters much more."""
    names = ("username", "displayName", "headline", "bio", "city", "skills", "languages")
    more = ("companyName", "website", "portfolio", "workExperience")
    return dict(_texts(item or {}, (*names, *more)))


def texts_of_application(item: Item | None) -> Texts:
    return dict(_texts(item or {}, ("note", "mediaUrls")))


def texts_of_audition(item: Item | None) -> Texts:
    return dict(_texts(item or {}, ("audition",)))


def texts_of_connection(item: Item | None) -> Texts:
    return dict(_texts(item or {}, ("message",)))


# Attributes of roles, requirements, documents, portfolio items, work experience and auditions.
_NESTED = (
    *("title", "description", "credits", "company", "roleName", "url"),
    *("requirements", "skills", "languages", "place", "link"),
)


def _texts(item: Item, names: tuple[str, ...], place: str = "") -> Iterator[tuple[str, str]]:
    for name in names:
        value, here = item.get(name), f"{place}/{name}"
        if isinstance(value, str):
            yield here, value
        if isinstance(value, dict):
            yield from _texts(value, _NESTED, here)
        for index, each in enumerate(value if isinstance(value, list) else []):
            if isinstance(each, str):
                yield f"{here}/{index}", each
            else:
                yield from _texts(each, _NESTED, f"{here}/{index}")
