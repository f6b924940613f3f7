"""The contract of all stacks: the same statuses, answers, calls and stored items as ours."""

from __future__ import annotations

import copy
import json
import urllib.request
from typing import TYPE_CHECKING, Any

from bench import samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.lab import Lab
    from bench.peers.stacks import Stack

Body = dict[str, Any]
# Fields that differ in each new casting.
ALWAYS_NEW = {"castingId", "createdAt", "updatedAt"}


def _with(path: str, value: Any) -> Body:
    """The sample with another value at this place, such as `roles/0/pay/kind`."""
    body = copy.deepcopy(samples.FIELDS)
    *places, last = path.split("/")
    part: Any = body
    for place in places:
        part = part[int(place) if place.isdigit() else place]
    part[last] = value
    return body


def _without(name: str) -> Body:
    return {field: value for field, value in samples.FIELDS.items() if field != name}


ROLE = {"title": "Singer"}
PAID = {"kind": "paid", "money": {"amount": 0, "currency": "JPY"}, "unit": "hour"}
GOOD: dict[str, Body] = {
    "the sample": samples.FIELDS,
    "least fields": {
        **{"title": "x", "description": "y", "category": "music", "mode": "remote"},
        "roles": [ROLE],
    },
    "spaces around texts": _with("title", "  Lead  "),
    "accents in two spellings": _with("title", "Ope\u0301ra, Opéra"),
    "lines in the description": _with("description", "one\r\ntwo\nthree"),
    "longest title": _with("title", "x" * 120),
    "absent as null": _with("deadlineAt", None),
    "deadline with an offset": _with("deadlineAt", "2199-12-31T12:00:00+05:30"),
    "deadline with milliseconds": _with("deadlineAt", "2190-01-01T00:00:00.250Z"),
    "days": {**samples.FIELDS, "startsOn": "2030-01-01", "endsOn": "2030-01-01"},
    "no tags": _with("tags", []),
    "paid nothing": _with("roles/0/pay", PAID),
    "expenses": _with("roles/0/pay", {"kind": "expenses"}),
    "no pay": _with("roles/0/pay", None),
    "closed role": _with("roles/0/status", "closed"),
    "filled role": _with("roles/1/status", "filled"),
    "all roles closed": _with("roles", [{**ROLE, "status": "closed", "pay": PAID}]),
    "described role": _with("roles/0/description", "Must sing."),
    "same ages": _with("roles/0/requirements", {"minAge": 20, "maxAge": 20}),
    "genders and skills": _with(
        "roles/0/requirements", {"genders": ["female", "other"], "skills": ["tabla"]}
    ),
    "20 roles": _with("roles", [ROLE] * 20),
    "no fee": _with("roles/0/feeAsked", False),
}
WRONG: dict[str, Any] = {
    **{f"without {name}": _without(name) for name in ("title", "description", "category", "roles")},
    "without city": _without("city"),
    "a text": "Lead",
    "unknown field": _with("titel", "Lead"),
    "unknown field of a role": _with("roles/0/colour", "red"),
    "empty title": _with("title", ""),
    "blank title": _with("title", " \n "),
    "long title": _with("title", "x" * 121),
    "title of two lines": _with("title", "one\ntwo"),
    "number as title": _with("title", 7),
    "control character": _with("title", "Le\x07ad"),
    "reversed text": _with("description", "a\u202eb"),
    "long description": _with("description", "x" * 5_001),
    "unknown category": _with("category", "juggling"),
    "unknown mode": _with("mode", "orbital"),
    "null mode": _with("mode", None),
    "long city": _with("city", "x" * 81),
    "11 tags": _with("tags", ["x"] * 11),
    "long tag": _with("tags", ["x" * 41]),
    "text as tags": _with("tags", "film"),
    "no roles": _with("roles", []),
    "21 roles": _with("roles", [ROLE] * 21),
    "role without title": _with("roles", [{}]),
    "count of 0": _with("roles/0/count", 0),
    "count of 1001": _with("roles/0/count", 1001),
    "text as count": _with("roles/0/count", "2"),
    "true as count": _with("roles/0/count", True),
    "half a person": _with("roles/0/count", 1.5),
    "id of a role": _with("roles/0/roleId", "r1-1"),
    "long description of a role": _with("roles/0/description", "x" * 1_501),
    "unknown status of a role": _with("roles/0/status", "paused"),
    "fee": _with("roles/0/feeAsked", True),
    "text as fee": _with("roles/0/feeAsked", "no"),
    "negative age": _with("roles/0/requirements/minAge", -1),
    "age of 121": _with("roles/0/requirements/maxAge", 121),
    "ages in the wrong order": _with("roles/0/requirements", {"minAge": 30, "maxAge": 20}),
    "unknown gender": _with("roles/0/requirements/genders", ["robot"]),
    "five genders": _with("roles/0/requirements/genders", ["male"] * 5),
    "11 languages": _with("roles/0/requirements/languages", ["x"] * 11),
    "16 skills": _with("roles/0/requirements/skills", ["x"] * 16),
    "unknown pay": _with("roles/0/pay", {"kind": "gifts"}),
    "paid without money": _with("roles/0/pay", {"kind": "paid", "unit": "day"}),
    "paid without unit": _with("roles/0/pay", {**PAID, "unit": None}),
    "unpaid with money and unit": _with("roles/0/pay", {**PAID, "kind": "unpaid"}),
    "unknown unit": _with("roles/0/pay/unit", "year"),
    "negative money": _with("roles/0/pay/money/amount", -1),
    "too much money": _with("roles/0/pay/money/amount", 10_000_000_001),
    "unknown currency": _with("roles/0/pay/money/currency", "XYZ"),
    "currency in small letters": _with("roles/0/pay/money/currency", "inr"),
    "deadline without offset": _with("deadlineAt", "2190-01-01T00:00:00"),
    "deadline in the past": _with("deadlineAt", "2020-01-01T00:00:00Z"),
    "deadline in 2200": _with("deadlineAt", "2200-01-01T00:00:00Z"),
    "number as deadline": _with("deadlineAt", 4_102_444_800),
    "no such day": _with("startsOn", "2030-02-30"),
    "number as day": _with("startsOn", 20_000),
    "ends before it starts": {**samples.FIELDS, "startsOn": "2030-01-02", "endsOn": "2030-01-01"},
}
NOT_JSON = {"half a body": '{"title": "Lead"', "words": "title=Lead"}
READS = {"published": samples.CASTING, "draft": samples.DRAFT, "unknown": samples.UNKNOWN}
READS["of a closed account"] = samples.OF_CLOSED_ACCOUNT
CALLERS = {"artist": samples.ARTIST, "recruiter without quota": samples.WITHOUT_QUOTA}


def requests() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The operation, name and event of each request."""
    bodies = {name: json.dumps(body) for name, body in (GOOD | WRONG).items()}
    for name, body in (bodies | NOT_JSON).items():
        yield "create", name, {**samples.CREATE, "body": body}
    for name, user_id in CALLERS.items():
        event = copy.deepcopy(samples.CREATE)
        event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = user_id
        yield "create", name, event
    for name, casting_id in READS.items():
        path = {"castingId": casting_id}
        yield "read", name, samples.event("GET", f"/v1/castings/{casting_id}", pathParameters=path)


def count() -> int:
    return sum(1 for _ in requests())


def expected(name: str) -> int:
    """The status of the answer to a request."""
    if name in GOOD:
        return 201
    if name in WRONG:
        return 422
    others = {"artist": 403, "recruiter without quota": 429, "published": 200}
    return 400 if name in NOT_JSON else others.get(name, 404)


def differences(lab: Lab, stacks: list[Stack]) -> list[str]:
    """Each difference between a stack and ours, in words."""
    ours, *peers = (dict(_observed(lab, stack)) for stack in stacks)
    found = [
        f"{stacks[0].name}, {name}: answers {seen['status']}, not {expected(name)}"
        for name, seen in ours.items()
        if seen["status"] != expected(name)
    ]
    for stack, observed in zip(stacks[1:], peers, strict=True):
        for name, seen in observed.items():
            found += [
                f"{stack.name}, {name}: {part} {seen[part]}, not {ours[name][part]}"
                for part in seen
                if seen[part] != ours[name].get(part, seen[part])
            ]
    return found


def _observed(lab: Lab, stack: Stack) -> Iterator[tuple[str, dict[str, Any]]]:
    for operation in stack.functions:
        with lab.started(stack.functions[operation]) as process:
            _calls(lab.http_url)
            for asked, name, event in requests():
                if asked == operation:
                    answer = process.answer(stack.event(event))
                    yield name, _seen(answer, _calls(lab.http_url))


def _seen(answer: dict[str, Any], calls: list[Any]) -> dict[str, Any]:
    """The status, and for a success the body, the calls and what they wrote."""
    if answer["statusCode"] > 201:
        return {"status": answer["statusCode"]}
    body = json.loads(answer["body"])
    writes = [
        {name: value for name, value in each["Put"]["Item"].items() if name not in ALWAYS_NEW}
        for operation, call in calls
        if operation == "TransactWriteItems"
        for each in call["TransactItems"]
        if "Put" in each
    ]
    is_new = answer["statusCode"] == 201
    return {
        "status": answer["statusCode"],
        "body": {name: body[name] for name in body if not is_new or name not in ALWAYS_NEW},
        "calls": [operation for operation, _ in calls],
        "stored": writes,
    }


def _calls(url: str) -> list[Any]:
    """The calls to the stand-in for DynamoDB since the last time."""
    headers = {"X-Amz-Target": "Bench.Calls"}
    request = urllib.request.Request(url, data=b"{}", headers=headers)
    with urllib.request.urlopen(request) as answer:
        calls: list[Any] = json.load(answer)
    return calls
