"""The largest casting within the limits, in characters of four bytes each."""

import json
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import a_casting, a_recruiter, stored, table

BODY_LIMIT = 256 * 1024
ITEM_LIMIT = 400 * 1024


def text(length: int) -> str:
    return "🎭" * length


def the_largest_role() -> dict[str, Any]:
    return {
        "title": text(120),
        "description": text(1_500),
        "count": 1000,
        "requirements": {
            "genders": ["female", "male", "nonbinary", "other"],
            "minAge": 100,
            "maxAge": 120,
            "languages": [text(40)] * 10,
            "skills": [text(40)] * 15,
        },
        "pay": {
            "kind": "paid",
            "money": {"amount": 10_000_000_000, "currency": "INR"},
            "unit": "project",
        },
        "feeAsked": False,
    }


def the_largest_casting() -> dict[str, Any]:
    return {
        "title": text(120),
        "description": text(5_000),
        "category": "photography",
        "roles": [the_largest_role() for _ in range(20)],
        "mode": "hybrid",
        "city": text(80),
        "tags": [text(40)] * 10,
        "deadlineAt": "2199-12-31T23:59:59.999+05:30",
        "startsOn": "2199-12-31",
        "endsOn": "2199-12-31",
    }


def the_largest_document() -> dict[str, Any]:
    return {"title": text(120), "url": "https://a.b/" + text(488), "kind": "reference"}


def as_sent(casting: dict[str, Any]) -> bytes:
    body = json.dumps(casting, ensure_ascii=False).encode()
    assert len(body) <= BODY_LIMIT
    return body


def create(casting: dict[str, Any], recruiter: Account) -> Response:
    return api.post("/castings", as_sent(casting), as_=recruiter)


def test_the_largest_casting_can_be_stored_read_and_changed() -> None:
    recruiter, casting = a_recruiter(), the_largest_casting()

    created = create(casting, recruiter)

    assert created.status == 201
    path = f"/castings/{created.json['castingId']}"
    read = api.get(path, as_=recruiter)
    assert (read.status, read.json) == (200, created.json)
    roles = [{**role, "roleId": None} for role in read.json["roles"]]
    assert roles == [{**role, "roleId": None, "status": "open"} for role in casting["roles"]]
    changed = api.patch(path, {"city": text(79)}, as_=recruiter, if_match='"1"')
    assert (changed.status, changed.json["city"]) == (200, text(79))
    item = stored("CASTING_TABLE", castingId=created.json["castingId"])
    assert len(json.dumps(item, ensure_ascii=False, default=int).encode()) < ITEM_LIMIT


def test_documents_and_texts_of_a_casting_share_its_bytes() -> None:
    recruiter, casting = a_recruiter(), the_largest_casting()
    created = create(casting | {"description": text(1)}, recruiter)
    path = f"/castings/{created.json['castingId']}"

    added = [
        api.post(f"{path}/documents", the_largest_document(), as_=recruiter) for _ in range(10)
    ]
    documents = [each for each in added if each.status == 201]

    assert 5 < len(documents) < 10
    assert {each.code for each in added if each not in documents} == {"DocumentsFull"}
    etag = f'"{1 + len(documents)}"'
    longer = api.patch(path, {"description": text(5_000)}, as_=recruiter, if_match=etag)
    assert (longer.status, longer.code, longer.wrong) == (422, "Invalid", {""})
    assert api.patch(path, {"tags": []}, as_=recruiter, if_match=etag).status == 200


def test_a_casting_of_an_earlier_version_may_stay_too_large_but_not_grow() -> None:
    recruiter = a_recruiter()
    casting_id = create(the_largest_casting(), recruiter).json["castingId"]
    documents = [
        the_largest_document()
        | {"documentId": str(number), "createdAt": "2026-01-01T00:00:00.000Z"}
        for number in range(9)
    ]
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting_id},
        UpdateExpression="SET documents = :documents",
        ExpressionAttributeValues={":documents": documents},
    )
    path = f"/castings/{casting_id}"

    shorter = api.patch(path, {"city": text(9)}, as_=recruiter, if_match='"1"')
    longer = api.patch(path, {"city": text(10)}, as_=recruiter, if_match='"2"')

    assert shorter.status == 200
    assert (longer.status, longer.wrong) == (422, {""})
    assert api.post(f"{path}/documents", the_largest_document(), as_=recruiter).status == 409


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": text(121)}, "/title"),
        ({"description": text(5_001)}, "/description"),
        ({"city": text(81)}, "/city"),
        ({"tags": ["a"] * 11}, "/tags"),
        ({"tags": [text(41)]}, "/tags/0"),
        ({"roles": [{"title": "A"}] * 21}, "/roles"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_casting_field_over_its_limit_is_named(change: dict[str, Any], place: str) -> None:
    answer = create(the_largest_casting() | change, a_recruiter())

    assert (answer.status, answer.code, answer.wrong) == (422, "Invalid", {place})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": text(121)}, "title"),
        ({"description": text(1_501)}, "description"),
        ({"count": 1001}, "count"),
        ({"colour": "red"}, "colour"),
        ({"requirements": {"languages": ["a"] * 11}}, "requirements/languages"),
        ({"requirements": {"skills": ["a"] * 16}}, "requirements/skills"),
        ({"requirements": {"skills": [text(41)]}}, "requirements/skills/0"),
    ],
)
def test_a_role_field_over_its_limit_is_named(change: dict[str, Any], place: str) -> None:
    casting = the_largest_casting()
    casting["roles"][19] |= change

    answer = create(casting, a_recruiter())

    assert (answer.status, answer.code, answer.wrong) == (422, "Invalid", {f"/roles/19/{place}"})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": text(121)}, "/title"),
        ({"url": "https://a.b/" + text(489)}, "/url"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_document_field_over_its_limit_is_named(change: dict[str, Any], place: str) -> None:
    recruiter = a_recruiter()
    path = f"/castings/{a_casting(recruiter)['castingId']}/documents"

    answer = api.post(path, the_largest_document() | change, as_=recruiter)

    assert (answer.status, answer.code, answer.wrong) == (422, "Invalid", {place})
