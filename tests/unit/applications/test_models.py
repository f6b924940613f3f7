"""Limits of the fields that artists and recruiters send about an application."""

import json
from typing import Any

import pytest

from artisthub.applications.models import (
    CastingApplicationsQuery,
    MyApplicationsQuery,
    NewApplication,
    StatusChange,
)
from artisthub.shared import errors, validation
from tests.unit.bounds import unbounded

MINIMAL: dict[str, Any] = {"roleId": "r1-1", "shareContact": False}


def read(**fields: Any) -> NewApplication:
    return validation.read(json.dumps(MINIMAL | fields).encode(), NewApplication)


def read_change(**fields: Any) -> StatusChange:
    return validation.read(json.dumps(fields).encode(), StatusChange)


def wrong_in(refused: pytest.ExceptionInfo[errors.Invalid]) -> list[str]:
    return [each["pointer"] for each in refused.value.errors or []]


def test_every_field_of_an_application_request_is_bounded() -> None:
    assert unbounded(NewApplication) == set()
    assert unbounded(StatusChange) == set()
    # A list lowers a limit that is too high instead of refusing it.
    assert unbounded(CastingApplicationsQuery) == {"/limit"}
    assert unbounded(MyApplicationsQuery) == {"/limit"}


def test_the_longest_note_and_the_most_media_links_are_accepted() -> None:
    link = "https://media.example/" + "a" * 478
    application = read(note="ā" * 2_000, mediaUrls=[link] * 10)

    assert len(application.note or "") == 2_000
    assert application.media_urls == [link] * 10


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"roleId": ""}, "/roleId"),
        ({"roleId": "r1-1#someone"}, "/roleId"),
        ({"roleId": "r1-1.someone"}, "/roleId"),
        ({"roleId": None}, "/roleId"),
        ({"shareContact": None}, "/shareContact"),
        ({"shareContact": "yes"}, "/shareContact"),
        ({"shareContact": 0}, "/shareContact"),
        ({"note": ""}, "/note"),
        ({"note": "a" * 2_001}, "/note"),
        ({"note": "a\x00b"}, "/note"),
        ({"mediaUrls": ["https://media.example/1"] * 11}, "/mediaUrls"),
        ({"mediaUrls": None}, "/mediaUrls"),
        ({"mediaUrls": ["http://media.example/1"]}, "/mediaUrls/0"),
        ({"mediaUrls": ["https://media.example/" + "a" * 479]}, "/mediaUrls/0"),
        ({"mediaUrls": ["javascript:alert(1)"]}, "/mediaUrls/0"),
        ({"artistId": "someone"}, "/artistId"),
        ({"status": "booked"}, "/status"),
        ({"recruiterNote": "Good"}, "/recruiterNote"),
    ],
)
def test_an_invalid_field_is_named(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        read(**fields)

    assert wrong_in(refused) == [place]


def test_share_contact_is_required() -> None:
    with pytest.raises(errors.Invalid) as refused:
        validation.read(b'{"roleId": "r1-1"}', NewApplication)

    assert wrong_in(refused) == ["/shareContact"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "viewed"},
        {"status": "audition"},
        {"status": "audition", "audition": {"startsAt": "2030-01-01T10:00:00+05:30"}},
        {
            "status": "audition",
            "audition": {
                "startsAt": "2030-01-01T10:00:00Z",
                "place": "Studio 2",
                "link": "https://meet.example/1",
            },
            "recruiterNote": "a" * 2_000,
        },
        {"status": "declined", "recruiterNote": None},
    ],
)
def test_a_status_change_may_have_an_audition_and_a_note(fields: dict[str, Any]) -> None:
    read_change(**fields)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "/status"),
        ({"status": "Viewed"}, "/status"),
        ({"status": None}, "/status"),
        ({"status": "audition", "audition": None}, "/audition"),
        ({"status": "audition", "audition": {}}, "/audition/startsAt"),
        ({"status": "audition", "audition": {"startsAt": "2030-01-01"}}, "/audition/startsAt"),
        (
            {"status": "audition", "audition": {"startsAt": "0001-01-01T00:00:00+14:00"}},
            "/audition",
        ),
        (
            {"status": "audition", "audition": {"startsAt": "9999-12-31T23:00:00-14:00"}},
            "/audition",
        ),
        (
            {"status": "audition", "audition": {"startsAt": "2030-01-01T00:00:00Z", "link": "x"}},
            "/audition/link",
        ),
        ({"status": "offered", "audition": {"startsAt": "2030-01-01T00:00:00Z"}}, ""),
        ({"status": "viewed", "recruiterNote": ""}, "/recruiterNote"),
        ({"status": "viewed", "recruiterNote": "a" * 2_001}, "/recruiterNote"),
        ({"status": "viewed", "version": 2}, "/version"),
    ],
)
def test_an_invalid_status_change_names_its_field(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        read_change(**fields)

    assert wrong_in(refused) == [place]
