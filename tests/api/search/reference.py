"""Random documents, and the expected results of searches in plain Python.

Texts consist of known words. Their folded forms are constants here and not computed.
"""

import random
import uuid
from datetime import UTC, datetime
from typing import Any

Document = dict[str, Any]

# The written form and the compared form.
WORDS = {
    "Dancer": "dancer",
    "DANCER": "dancer",
    "dancers": "dancers",
    "river": "river",
    "Café": "cafe",
    "cafe": "cafe",
    "Zoë's": "zoes",
    "STRASSE": "strasse",
    "Straße": "strasse",
    "नृत्य": "नृत्य",
    "नर्तकी": "नर्तकी",
    "தமிழ்": "தமிழ்",
    "йога": "йога",
    "2026": "2026",
    "lead": "lead",
    "Madras": "chennai",
    "Chennai": "chennai",
}
CITIES = {
    "Bombay": "mumbai",
    "MUMBAI": "mumbai",
    "Bengaluru": "bengaluru",
    "bangalore": "bengaluru",
    "Navi Mumbai": "navi mumbai",
    "Kochi": "kochi",
    "चेन्नई": "चेन्नई",
}
TAGS = {"web series": "web series", "Web  Séries": "web series", "chhau": "chhau", "हिन्दी": "हिन्दी"}
CATEGORIES = ["acting", "dance", "music"]
MODES = ["onsite", "remote", "hybrid"]
GENDERS = ["female", "male", "nonbinary"]
NAMES = {"Priya": "priya", "Priyanka": "priyanka", "Zoë": "zoe", "Das": "das", "मीरा": "मीरा"}
NOW = "2026-01-01"
UNDER_18 = datetime.now(UTC).date().isoformat()


def _instant(chance: random.Random) -> str:
    return f"2025-0{chance.randint(1, 9)}-0{chance.randint(1, 9)}T00:00:00.000Z"


def _text(chance: random.Random, most: int) -> str:
    return ", ".join(chance.choices(list(WORDS), k=chance.randint(1, most)))


def _some(chance: random.Random, values: Any, most: int) -> list[Any]:
    return chance.sample(list(values), k=chance.randint(0, min(most, len(values))))


def _maybe(chance: random.Random, value: Any) -> Any:
    return value if chance.random() < 0.5 else None


def _any(chance: random.Random, values: Any) -> str:
    """One to three values with commas between them."""
    return ",".join(chance.sample(list(values), k=chance.randint(1, 3)))


def _role(chance: random.Random) -> Document:
    low = chance.choice([None, 0, 18, 40])
    high = chance.choice([None, 30, 60])
    money = {"amount": chance.choice([100, 500]), "currency": chance.choice(["INR", "USD"])}
    unit = chance.choice(["hour", "day"])
    paid = {"kind": "paid", "money": money, "unit": unit}
    needs = {"genders": _some(chance, GENDERS, 2), "minAge": low, "maxAge": high}
    return {
        "title": _text(chance, 2),
        "roleId": "r1-1",
        "count": 1,
        "requirements": {name: value for name, value in needs.items() if value is not None},
        "pay": chance.choice([paid, {"kind": "unpaid"}]),
    }


def a_casting(chance: random.Random, before: Document | None) -> Document:
    day = f"20{chance.choice([25, 90, 90])}-0{chance.randint(1, 4)}-02T10:00:00.000Z"
    roles = [_role(chance) for _ in range(chance.randint(1, 3))]
    casting = {
        "castingId": before["castingId"] if before else str(uuid.UUID(int=chance.getrandbits(128))),
        "recruiterId": "someone",
        "title": _text(chance, 3),
        "description": _text(chance, 4),
        "category": chance.choice(CATEGORIES),
        "mode": chance.choice(MODES),
        "city": _maybe(chance, chance.choice(list(CITIES))),
        "tags": _some(chance, TAGS, 2),
        "roles": roles,
        "roleCount": len(roles),
        "isPaid": True,
        "deadlineAt": _maybe(chance, day),
        "status": chance.choice(["open", "open", "open", "closed", "removed"]),
        "createdAt": "2025-01-01T00:00:00.000Z",
        "updatedAt": "2025-01-01T00:00:00.000Z",
        "publishedAt": before["publishedAt"] if before else _instant(chance),
        "version": before["version"] + 1 if before else 2,
    }
    return {name: value for name, value in casting.items() if value is not None}


def a_user(chance: random.Random, before: Document | None) -> Document:
    user = {
        "userId": before["userId"] if before else str(uuid.UUID(int=chance.getrandbits(128))),
        "username": f"u{chance.getrandbits(32)}",
        "role": chance.choice(["artist", "recruiter"]),
        "email": "someone@example.org",
        "displayName": " ".join(chance.sample(list(NAMES), k=chance.randint(1, 3))),
        "headline": _maybe(chance, _text(chance, 3)),
        "bio": _maybe(chance, _text(chance, 3)),
        "city": _maybe(chance, chance.choice(list(CITIES))),
        "categories": _some(chance, CATEGORIES, 2),
        "skills": _some(chance, TAGS, 2),
        "languages": _some(chance, TAGS, 2),
        "gender": _maybe(chance, chance.choice(GENDERS)),
        "bornOn": chance.choice([None, "1990-05-17", "1990-05-17", UNDER_18]),
        "privacy": chance.choice(["public", "public", "connections", "private"]),
        "status": chance.choice(["active", "active", "active", "suspended", "deleted"]),
        "createdAt": before["createdAt"] if before else _instant(chance),
        "updatedAt": "2025-01-01T00:00:00.000Z",
        "version": before["version"] + 1 if before else 1,
    }
    return {name: value for name, value in user.items() if value is not None}


def a_casting_query(chance: random.Random) -> dict[str, Any]:
    days = ["2025-01-02", "2090-02-02", "2090-03-02"]
    query = {
        "text": _text(chance, 3),
        "category": _any(chance, CATEGORIES),
        "city": _any(chance, CITIES),
        "mode": _any(chance, MODES),
        "tag": _any(chance, TAGS),
        "paid": chance.choice(["true", "false"]),
        "minPay": chance.choice([100, 300]),
        "currency": chance.choice(["INR", "USD"]),
        "payUnit": chance.choice(["hour", "day"]),
        "deadlineFrom": chance.choice(days),
        "deadlineTo": chance.choice(days),
        "age": chance.choice([10, 20, 50]),
        "gender": chance.choice(GENDERS),
    }
    asked = {name: query[name] for name in _some(chance, query, 3)}
    if "minPay" in asked:
        asked["currency"] = query["currency"]
    more = {"sort": chance.choice(["newest", "closing"]), "limit": chance.choice([3, 20, 100])}
    return asked | more


def a_user_query(chance: random.Random) -> dict[str, Any]:
    query = {
        "text": _text(chance, 2),
        "name": " ".join(name[: chance.randint(1, 9)] for name in chance.sample(list(NAMES), k=2)),
        "role": chance.choice(["artist", "recruiter"]),
        "category": _any(chance, CATEGORIES),
        "skill": _any(chance, TAGS),
        "language": _any(chance, TAGS),
        "city": _any(chance, CITIES),
        "gender": _any(chance, GENDERS),
    }
    if chance.random() < 0.5:
        query["name"] = chance.choice(list(NAMES))[: chance.randint(1, 9)]
    asked = {name: query[name] for name in _some(chance, query, 3)}
    return asked | {"limit": chance.choice([3, 20, 100])}


def castings(documents: list[Document], query: dict[str, Any]) -> list[str]:
    """The ids that a search must find, in order."""
    found = [each for each in documents if _casting_fits(each, query)]
    if query["sort"] == "closing":
        found.sort(key=lambda each: (each.get("deadlineAt", "~"), each["castingId"]))
    else:
        found.sort(key=lambda each: (each["publishedAt"], each["castingId"]), reverse=True)
    return [each["castingId"] for each in found]


def _casting_fits(casting: Document, query: dict[str, Any]) -> bool:
    deadline = casting.get("deadlineAt", "")
    if casting["status"] != "open" or (deadline and deadline < NOW):
        return False
    if "deadlineFrom" in query and (not deadline or deadline < query["deadlineFrom"]):
        return False
    if "deadlineTo" in query and (not deadline or deadline[:10] > query["deadlineTo"]):
        return False
    texts = [
        casting["title"],
        casting["description"],
        *(role["title"] for role in casting["roles"]),
    ]
    wrong = [
        not _is_any(query, "category", [casting["category"]]),
        not _is_any(query, "mode", [casting["mode"]]),
        not _is_any(query, "city", [casting.get("city")], CITIES),
        not _is_any(query, "tag", casting["tags"], TAGS),
        "text" in query and not _says(_all_words(texts, casting, "tags"), query["text"]),
        not any(_role_fits(role, query) for role in casting["roles"]),
    ]
    return not any(wrong)


def _role_fits(role: Document, query: dict[str, Any]) -> bool:
    needs, money = role["requirements"], role["pay"].get("money")
    if "paid" in query and query["paid"] != ("true" if money else "false"):
        return False
    if "minPay" in query and not (money and money["amount"] >= query["minPay"]):
        return False
    if "currency" in query and not (money and money["currency"] == query["currency"]):
        return False
    if "payUnit" in query and role["pay"].get("unit") != query["payUnit"]:
        return False
    if "age" in query and not needs.get("minAge", 0) <= query["age"] <= needs.get("maxAge", 999):
        return False
    return "gender" not in query or query["gender"] in (needs["genders"] or GENDERS)


def users(documents: list[Document], query: dict[str, Any]) -> list[str]:
    """The ids that a search must find, in order."""
    found = [each for each in documents if _user_fits(each, query)]
    found.sort(key=lambda each: (each["createdAt"], each["userId"]), reverse=True)
    return [each["userId"] for each in found]


def _user_fits(user: Document, query: dict[str, Any]) -> bool:
    is_minor = user.get("bornOn") == UNDER_18
    if user["status"] != "active" or user["privacy"] == "private" or is_minor:
        return False
    if user["privacy"] == "connections":
        hidden = {"headline", "bio", "city", "categories", "skills", "languages", "gender"}
        user = {name: value for name, value in user.items() if name not in hidden}
    names = [NAMES[name] for name in user["displayName"].split()]
    names.append(user["username"])
    texts = [user.get("headline", ""), user.get("bio", "")]
    wrong = [
        "role" in query and query["role"] != user["role"],
        not _is_any(query, "category", user.get("categories", [])),
        not _is_any(query, "city", [user.get("city")], CITIES),
        not _is_any(query, "skill", user.get("skills", []), TAGS),
        not _is_any(query, "language", user.get("languages", []), TAGS),
        not _is_any(query, "gender", [user.get("gender")]),
        "text" in query and not _says(_all_words(texts, user, "skills"), query["text"]),
        "name" in query
        and not all(
            any(name.startswith(start) for name in names) for start in _starts(query["name"])
        ),
    ]
    return not any(wrong)


def _starts(name: str) -> list[str]:
    return [start.lower().replace("ë", "e") for start in name.split()]


def _is_any(
    query: dict[str, Any], name: str, held: list[Any], folded: dict[str, str] | None = None
) -> bool:
    """Whether the query does not filter by this, or one of its values is held."""
    fold = folded or {}
    asked = {fold.get(value, value) for value in query.get(name, "").split(",")}
    return name not in query or not asked.isdisjoint(fold.get(value, value) for value in held)


def _words(text: str) -> set[str]:
    return {WORDS[word] for word in text.split(", ") if word}


def _says(held: set[str], text: str) -> bool:
    """Whether each word is there, the beginning of one that is, or its plural."""
    return all(
        any(each.startswith(word) or word == f"{each}s" for each in held) for word in _words(text)
    )


def _all_words(texts: list[str], document: Document, tags: str) -> set[str]:
    """The words of the texts, the tags and the city."""
    more = [TAGS[tag] for tag in document.get(tags, [])]
    more.append(CITIES.get(document.get("city", ""), ""))
    return {word for text in texts for word in _words(text)} | set(" ".join(more).split())
