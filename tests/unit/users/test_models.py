"""Limits of the fields of a profile."""

import json
from typing import Any, get_args

import pytest

from artisthub.shared import errors, validation
from artisthub.shared.models import Category
from artisthub.users.models import (
    NewPortfolioItem,
    NewUser,
    NewUsername,
    NewWorkExperience,
    ProfileFields,
)
from tests.unit.bounds import unbounded

MINIMAL = {
    "username": "priya",
    "role": "artist",
    "displayName": "Priya",
    "bornOn": "1990-05-17",
}


def read(**fields: Any) -> NewUser:
    return validation.read(json.dumps(MINIMAL | fields).encode(), NewUser)


def refused_fields(**fields: Any) -> list[str]:
    with pytest.raises(errors.Invalid) as refused:
        read(**fields)
    return [each["pointer"] for each in refused.value.errors or []]


@pytest.mark.parametrize(
    "shape", [NewUser, ProfileFields, NewUsername, NewPortfolioItem, NewWorkExperience]
)
def test_every_field_that_a_client_sends_is_bounded(shape: type[Any]) -> None:
    assert unbounded(shape) == set()


@pytest.mark.parametrize(
    ("field", "length"),
    [
        ("displayName", 80),
        ("headline", 120),
        ("bio", 5_000),
        ("city", 80),
        ("companyName", 80),
        ("username", 30),
    ],
)
def test_a_text_over_its_limit_is_refused(field: str, length: int) -> None:
    read(**{field: "a" * length})

    assert refused_fields(**{field: "a" * (length + 1)}) == [f"/{field}"]


def test_the_length_of_a_text_is_counted_in_composed_characters() -> None:
    decomposed = "e\u0301" * 80

    assert read(displayName=decomposed).display_name == "\u00e9" * 80
    assert read(displayName="\U0001f3ad" * 80).display_name == "\U0001f3ad" * 80


@pytest.mark.parametrize("field", ["displayName", "headline", "bio", "city", "companyName"])
@pytest.mark.parametrize("text", ["", "   "])
def test_a_blank_text_is_refused(field: str, text: str) -> None:
    assert refused_fields(**{field: text}) == [f"/{field}"]


@pytest.mark.parametrize("field", ["displayName", "headline", "city", "companyName"])
def test_a_line_break_in_a_one_line_text_is_refused(field: str) -> None:
    assert refused_fields(**{field: "two\nlines"}) == [f"/{field}"]


def test_a_biography_may_have_several_lines() -> None:
    assert read(bio="two\r\nlines").bio == "two\nlines"


@pytest.mark.parametrize("field", ["skills", "languages"])
def test_skills_and_languages_are_limited_to_thirty_of_forty_characters(field: str) -> None:
    read(**{field: ["a" * 40] * 30})

    assert refused_fields(**{field: ["a"] * 31}) == [f"/{field}"]
    assert refused_fields(**{field: ["a", "a" * 41]}) == [f"/{field}/1"]


def test_a_profile_has_at_most_twelve_known_categories() -> None:
    every = list(get_args(Category))
    assert len(every) == 12

    assert read(categories=every).categories == every
    assert refused_fields(categories=[*every, "acting"]) == ["/categories"]
    assert refused_fields(categories=["acting", "juggling"]) == ["/categories/1"]


def test_a_website_is_an_https_url_of_at_most_500_characters() -> None:
    start = "https://a.example/"

    read(website=start + "a" * (500 - len(start)))

    assert refused_fields(website=start + "a" * (501 - len(start))) == ["/website"]


@pytest.mark.parametrize(
    "website",
    [
        "http://a.example",
        "javascript:alert(1)",
        "https://",
        "https://localhost",
        "https://user:password@a.example",
        "https://a.example/with space",
        "HTTPS://a.example",
        "a.example",
    ],
)
def test_an_invalid_website_is_refused(website: str) -> None:
    assert refused_fields(website=website) == ["/website"]


@pytest.mark.parametrize("phone", ["+12345678", "+123456789012345"])
def test_a_phone_number_has_eight_to_fifteen_digits(phone: str) -> None:
    assert read(phone=phone).phone == phone


@pytest.mark.parametrize(
    "phone", ["+1234567", "+1234567890123456", "12345678", "+02345678", "+1234 5678", "+१२३४५६७८"]
)
def test_an_invalid_phone_number_is_refused(phone: str) -> None:
    assert refused_fields(phone=phone) == ["/phone"]


@pytest.mark.parametrize("height", [30, 280])
def test_a_height_within_its_limits_is_accepted(height: int) -> None:
    assert read(heightCm=height).height_cm == height


@pytest.mark.parametrize("height", [29, 281, -1, 0, 173.5, "173", True, 10**400])
def test_an_invalid_height_is_refused(height: Any) -> None:
    assert refused_fields(heightCm=height) == ["/heightCm"]


@pytest.mark.parametrize("username", ["abc", "Priya.R", "a_1", "007", "a" * 30])
def test_a_username_has_letters_digits_dots_and_underscores(username: str) -> None:
    assert read(username=username).username == username


@pytest.mark.parametrize(
    "username",
    [
        "ab",
        ".abc",
        "abc.",
        "_abc",
        "abc_",
        "a b",
        "a-b",
        "a/b",
        "a@b",
        "priyā",
        "\u0430dmin",
        "a\nb",
    ],
)
def test_an_invalid_username_is_refused(username: str) -> None:
    assert refused_fields(username=username) == ["/username"]


@pytest.mark.parametrize("field", list(MINIMAL))
def test_a_required_field_can_be_neither_absent_nor_null(field: str) -> None:
    body = {name: value for name, value in MINIMAL.items() if name != field}

    with pytest.raises(errors.Invalid) as refused:
        validation.read(json.dumps(body).encode(), NewUser)

    assert refused.value.errors == [{"pointer": f"/{field}", "detail": "is required"}]
    assert refused_fields(**{field: None}) == [f"/{field}"]


@pytest.mark.parametrize(
    "field",
    ["userId", "email", "status", "createdAt", "updatedAt", "version", "age", "user_id", "isAdmin"],
)
def test_a_field_that_the_service_sets_is_refused(field: str) -> None:
    assert refused_fields(**{field: "x"}) == [f"/{field}"]


@pytest.mark.parametrize("field", ["username", "role", "email", "userId", "status"])
def test_a_profile_change_cannot_contain_username_or_role(field: str) -> None:
    with pytest.raises(errors.Invalid):
        validation.convert({"displayName": "A", field: "x"}, ProfileFields)


@pytest.mark.parametrize("born_on", ["2004-02-29", "1987-05-04"])
def test_a_birth_date_is_read_as_a_date(born_on: str) -> None:
    assert str(read(bornOn=born_on).born_on) == born_on


@pytest.mark.parametrize(
    "born_on", ["2003-02-29", "1987-5-4", "04.05.1987", "1987-05-04T00:00:00Z", 1987, ""]
)
def test_an_invalid_birth_date_is_refused(born_on: Any) -> None:
    assert refused_fields(bornOn=born_on) == ["/bornOn"]


def test_all_invalid_fields_are_named_at_once() -> None:
    wrong = refused_fields(bio="", heightCm=1, gender="x", skills=[1], colour="red")

    assert set(wrong) == {"/bio", "/heightCm", "/gender", "/skills/0", "/colour"}


WORK = {"kind": "video", "title": "Reel", "url": "https://reel.example"}
PART = {"title": "Hamlet", "startedOn": "2019-03-01"}


@pytest.mark.parametrize(
    ("shape", "body", "wrong"),
    [
        (NewPortfolioItem, {}, {"/kind", "/title", "/url"}),
        (NewPortfolioItem, WORK | {"kind": "film"}, {"/kind"}),
        (NewPortfolioItem, WORK | {"url": "http://reel.example"}, {"/url"}),
        (NewPortfolioItem, WORK | {"title": "a" * 121, "credits": ""}, {"/title", "/credits"}),
        (NewPortfolioItem, WORK | {"description": "a" * 401}, {"/description"}),
        (NewPortfolioItem, WORK | {"itemId": "1"}, {"/itemId"}),
        (NewWorkExperience, {}, {"/title", "/startedOn"}),
        (NewWorkExperience, PART | {"startedOn": "2019"}, {"/startedOn"}),
        (NewWorkExperience, PART | {"startedOn": "1899-12-31"}, {""}),
        (NewWorkExperience, PART | {"startedOn": "2200-01-01"}, {""}),
        (NewWorkExperience, PART | {"endedOn": "2019-02-28"}, {""}),
        (NewWorkExperience, PART | {"company": "a" * 81}, {"/company"}),
        (NewWorkExperience, PART | {"createdAt": "now"}, {"/createdAt"}),
    ],
)
def test_an_invalid_portfolio_or_work_entry_is_refused(
    shape: type[Any], body: dict[str, str], wrong: set[str]
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        validation.read(json.dumps(body).encode(), shape)

    assert {each["pointer"] for each in refused.value.errors or []} == wrong


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        (NewPortfolioItem, WORK),
        (NewPortfolioItem, WORK | {"description": "a" * 400, "credits": "two\nlines"}),
        (NewWorkExperience, PART),
        (NewWorkExperience, PART | {"endedOn": "2019-03-01", "roleName": "Ophelia"}),
        (NewWorkExperience, PART | {"startedOn": "1900-01-01"}),
    ],
)
def test_a_valid_portfolio_or_work_entry_is_accepted(
    shape: type[Any], body: dict[str, str]
) -> None:
    assert validation.read(json.dumps(body).encode(), shape)
