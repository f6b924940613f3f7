"""Limits of the fields that a recruiter sends."""

import json
from typing import Any

import pytest

from artisthub.castings.models import CastingFields, NewDocument, NewStatus
from artisthub.shared import errors, validation
from artisthub.shared.models import PageQuery
from tests.unit.bounds import unbounded

MINIMAL: dict[str, Any] = {
    "title": "Dancers",
    "description": "An evening.",
    "category": "dance",
    "city": "Kolkata",
    "roles": [{"title": "Dancer"}],
}
PAID = {"kind": "paid", "money": {"amount": 100, "currency": "INR"}, "unit": "day"}


def read(**fields: Any) -> CastingFields:
    return validation.read(json.dumps(MINIMAL | fields).encode(), CastingFields)


def role(**fields: Any) -> dict[str, Any]:
    return {"roles": [{"title": "Dancer"} | fields]}


def refused_fields(**fields: Any) -> list[str]:
    with pytest.raises(errors.Invalid) as refused:
        read(**fields)
    return [each["pointer"] for each in refused.value.errors or []]


def test_every_field_that_a_recruiter_sends_is_bounded() -> None:
    assert unbounded(CastingFields) == set()
    assert unbounded(NewStatus) == set()
    assert unbounded(NewDocument) == set()
    # A list lowers a limit that is too high instead of refusing it.
    assert unbounded(PageQuery) == {"/limit"}


@pytest.mark.parametrize(
    ("field", "length"), [("title", 120), ("description", 5_000), ("city", 80)]
)
def test_a_text_over_its_limit_is_refused(field: str, length: int) -> None:
    read(**{field: "a" * length})

    assert refused_fields(**{field: "a" * (length + 1)}) == [f"/{field}"]


@pytest.mark.parametrize(("field", "length"), [("title", 120), ("description", 1_500)])
def test_a_role_text_over_its_limit_is_refused(field: str, length: int) -> None:
    read(**role(**{field: "a" * length}))

    assert refused_fields(**role(**{field: "a" * (length + 1)})) == [f"/roles/0/{field}"]


@pytest.mark.parametrize("field", ["title", "description", "category", "roles"])
def test_a_required_field_can_be_neither_absent_nor_null(field: str) -> None:
    body = {name: value for name, value in MINIMAL.items() if name != field}

    with pytest.raises(errors.Invalid) as refused:
        validation.read(json.dumps(body).encode(), CastingFields)

    assert refused.value.errors == [{"pointer": f"/{field}", "detail": "is required"}]
    assert refused_fields(**{field: None}) == [f"/{field}"]


def test_a_casting_has_one_to_twenty_roles() -> None:
    assert len(read(roles=[{"title": "A"}]).roles) == 1
    assert len(read(roles=[{"title": "A"}] * 20).roles) == 20

    assert refused_fields(roles=[]) == ["/roles"]
    assert refused_fields(roles=[{"title": "A"}] * 21) == ["/roles"]


def test_a_casting_has_at_most_ten_tags_of_forty_characters() -> None:
    read(tags=["a" * 40] * 10)

    assert refused_fields(tags=["a"] * 11) == ["/tags"]
    assert refused_fields(tags=["a" * 41]) == ["/tags/0"]
    assert refused_fields(tags=[""]) == ["/tags/0"]


@pytest.mark.parametrize("count", [1, 1000])
def test_a_role_is_for_one_to_a_thousand_people(count: int) -> None:
    assert read(**role(count=count)).roles[0].count == count


@pytest.mark.parametrize("count", [0, 1001, -1, 1.5, "1", True, None])
def test_an_invalid_role_count_is_refused(count: Any) -> None:
    assert refused_fields(**role(count=count)) == ["/roles/0/count"]


@pytest.mark.parametrize("ages", [{"minAge": 0, "maxAge": 0}, {"minAge": 0, "maxAge": 120}])
def test_ages_are_from_0_to_120(ages: dict[str, int]) -> None:
    requirements = read(**role(requirements=ages)).roles[0].requirements

    assert (requirements.min_age, requirements.max_age) == (ages["minAge"], ages["maxAge"])


@pytest.mark.parametrize(
    ("requirements", "place"),
    [
        ({"minAge": -1}, "/roles/0/requirements/minAge"),
        ({"maxAge": 121}, "/roles/0/requirements/maxAge"),
        ({"minAge": 30, "maxAge": 29}, "/roles/0/requirements"),
        ({"genders": ["male"] * 5}, "/roles/0/requirements/genders"),
        ({"genders": ["Male"]}, "/roles/0/requirements/genders/0"),
        ({"skills": ["a"] * 16}, "/roles/0/requirements/skills"),
        ({"languages": ["a"] * 11}, "/roles/0/requirements/languages"),
        ({"languages": ["a" * 41]}, "/roles/0/requirements/languages/0"),
        ({"race": "any"}, "/roles/0/requirements/race"),
    ],
)
def test_an_invalid_requirement_is_named(requirements: Any, place: str) -> None:
    assert refused_fields(**role(requirements=requirements)) == [place]


@pytest.mark.parametrize(
    "pay", [PAID, PAID | {"money": {"amount": 0, "currency": "USD"}}, {"kind": "expenses"}]
)
def test_a_role_may_be_paid_or_cover_expenses_only(pay: dict[str, Any]) -> None:
    read(**role(pay=pay))


@pytest.mark.parametrize(
    ("pay", "place"),
    [
        ({"kind": "paid"}, "/roles/0/pay"),
        (PAID | {"unit": None}, "/roles/0/pay"),
        (PAID | {"money": None}, "/roles/0/pay"),
        (PAID | {"kind": "unpaid"}, "/roles/0/pay"),
        (PAID | {"unit": "year"}, "/roles/0/pay/unit"),
        (PAID | {"money": {"amount": -1, "currency": "INR"}}, "/roles/0/pay/money/amount"),
        (PAID | {"money": {"amount": 10**10 + 1, "currency": "INR"}}, "/roles/0/pay/money/amount"),
        (PAID | {"money": {"amount": 1.5, "currency": "INR"}}, "/roles/0/pay/money/amount"),
        (PAID | {"money": {"amount": 1, "currency": "inr"}}, "/roles/0/pay/money/currency"),
        (PAID | {"money": {"amount": 1, "currency": "INRX"}}, "/roles/0/pay/money/currency"),
    ],
)
def test_invalid_pay_is_named(pay: dict[str, Any], place: str) -> None:
    assert refused_fields(**role(pay=pay)) == [place]


def test_a_casting_needs_a_city_unless_it_is_remote() -> None:
    assert read(mode="remote", city=None).city is None

    assert refused_fields(city=None) == [""]
    assert refused_fields(mode="hybrid", city=None) == [""]


def test_a_casting_cannot_end_before_it_starts() -> None:
    read(startsOn="2026-12-01", endsOn="2026-12-01")

    assert refused_fields(startsOn="2026-12-02", endsOn="2026-12-01") == [""]


@pytest.mark.parametrize(
    "deadline_at",
    ["2026-12-24T00:00:00", "2026-12-24", "soon", 1795000000, "2026-13-01T00:00:00Z"],
)
def test_a_deadline_without_a_time_zone_is_refused(deadline_at: Any) -> None:
    assert refused_fields(deadlineAt=deadline_at) == ["/deadlineAt"]


@pytest.mark.parametrize(
    "deadline_at",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2200-01-01T00:00:00Z"],
)
def test_a_deadline_outside_the_supported_years_is_refused(deadline_at: str) -> None:
    assert refused_fields(deadlineAt=deadline_at) == [""]


@pytest.mark.parametrize(
    "field",
    [
        *("castingId", "recruiterId", "status", "publishedAt", "createdAt", "version"),
        *("isPaid", "documents"),
    ],
)
def test_a_field_that_the_service_sets_is_refused(field: str) -> None:
    assert refused_fields(**{field: "x"}) == [f"/{field}"]


@pytest.mark.parametrize("field", ["title", "description"])
@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x85", "\u202e", "\u2066"])
def test_control_and_direction_characters_are_refused(field: str, character: str) -> None:
    assert refused_fields(**{field: f"a{character}b"}) == [f"/{field}"]


def test_texts_are_trimmed() -> None:
    assert read(title="  Dancers \n").title == "Dancers"


def test_all_invalid_fields_are_named_at_once() -> None:
    wrong = refused_fields(title="", mode="air", roles=[{"title": "A"}, {"count": 0}], colour="red")

    assert set(wrong) == {"/title", "/mode", "/roles/1/title", "/roles/1/count", "/colour"}


@pytest.mark.parametrize("status", ["", "Open", "published", None, 1])
def test_an_unknown_status_is_refused(status: Any) -> None:
    with pytest.raises(errors.Invalid):
        validation.read(json.dumps({"status": status}).encode(), NewStatus)


DOCUMENT: dict[str, Any] = {
    "title": "Script",
    "url": "https://scripts.example/1",
    "kind": "script",
}


def read_document(**fields: Any) -> NewDocument:
    return validation.read(json.dumps(DOCUMENT | fields).encode(), NewDocument)


@pytest.mark.parametrize("kind", ["script", "brief", "contract", "reference", "other"])
def test_a_document_has_one_of_the_known_kinds(kind: str) -> None:
    assert read_document(kind=kind).kind == kind


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a" * 121),
        ("title", None),
        ("url", "http://scripts.example/1"),
        ("url", "https://scripts"),
        ("url", "https://user@scripts.example/1"),
        ("url", "https://a.b/" + "a" * 489),
        ("url", None),
        ("kind", "Script"),
        ("kind", None),
        ("documentId", "x"),
        ("createdAt", "2026-11-22T00:00:00.000Z"),
    ],
)
def test_an_invalid_document_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(errors.Invalid) as refused:
        read_document(**{field: value})

    assert [each["pointer"] for each in refused.value.errors or []] == [f"/{field}"]
