"""PATCH /v1/users/me."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Response
from tests.api.builders import (
    BROKEN_BODIES,
    an_account,
    an_artist,
    stored,
    suspended,
    table,
    with_id_token,
)


def test_an_anonymous_caller_is_refused() -> None:
    answer = api.patch("/users/me", {"city": "Pune"}, if_match='"1"')

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_an_id_token_is_refused() -> None:
    artist = an_artist(city="Kochi")

    answer = api.patch("/users/me", {"city": "Pune"}, as_=with_id_token(artist), if_match='"1"')

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert api.get("/users/me", as_=artist).json["city"] == "Kochi"


def test_an_account_without_a_profile_cannot_change_its_profile() -> None:
    account = an_account()

    answer = api.patch("/users/me", {"city": "Pune"}, as_=account, if_match='"1"')

    assert (answer.status, answer.code) == (403, "ProfileRequired")
    assert stored("USERS_TABLE", userId=account.user_id) is None


def test_a_suspended_account_cannot_change_its_profile() -> None:
    artist = suspended(an_artist(city="Kochi"))

    answer = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match='"1"')

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert api.get("/users/me", as_=artist).json["city"] == "Kochi"


def test_a_change_without_if_match_gets_428() -> None:
    artist = an_artist(city="Kochi")

    answer = api.patch("/users/me", {"city": "Pune"}, as_=artist)

    assert (answer.status, answer.code) == (428, "IfMatchRequired")
    assert api.get("/users/me", as_=artist).json["city"] == "Kochi"


@pytest.mark.parametrize("if_match", ['"0"', '"2"', "1", '"x"', ""])
def test_a_change_with_another_etag_gets_412(if_match: str) -> None:
    artist = an_artist(city="Kochi")

    answer = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match=if_match)

    assert (answer.status, answer.code) == (412, "Stale")
    assert api.get("/users/me", as_=artist).json["city"] == "Kochi"


@pytest.mark.parametrize("if_match", ['"1"', 'W/"1"', '"7", "1"', "*"])
def test_a_change_with_the_current_etag_succeeds(if_match: str) -> None:
    artist = an_artist(city="Kochi")

    answer = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match=if_match)

    assert answer.status == 200
    assert (answer.json["city"], answer.json["version"], answer.etag) == ("Pune", 2, '"2"')
    assert api.get("/users/me", as_=artist).json == answer.json


def test_a_change_sets_updated_at_and_keeps_created_at() -> None:
    artist = an_artist()
    before = api.get("/users/me", as_=artist).json

    after = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match='"1"').json

    assert after["createdAt"] == before["createdAt"]
    assert after["updatedAt"] > before["updatedAt"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {}),
        ({"bio": "New"}, {"bio": "New"}),
        ({"bio": None}, {"bio": None}),
        ({"skills": None}, {"skills": []}),
        ({"skills": []}, {"skills": []}),
        ({"skills": ["b"]}, {"skills": ["b"]}),
        ({"privacy": None}, {"privacy": "public"}),
        ({"heightCm": None, "phone": None}, {"heightCm": None, "phone": None}),
    ],
)
def test_a_merge_patch_changes_only_the_fields_it_names(
    change: dict[str, Any], expected: dict[str, Any]
) -> None:
    private = {"bornOn": "1990-01-02", "heightCm": 170, "phone": "+911234567890"}
    artist = an_artist(bio="Old", skills=["a"], privacy="private", **private)
    before = api.get("/users/me", as_=artist).json

    after = api.patch("/users/me", change, as_=artist, if_match='"1"').json

    versioned = {"version": 2, "updatedAt": after["updatedAt"]}
    assert after == before | expected | versioned
    assert api.get("/users/me", as_=artist).json == after


def test_a_cleared_field_is_removed_from_the_table() -> None:
    artist = an_artist(bio="Old", heightCm=170)

    api.patch("/users/me", {"bio": None, "heightCm": None}, as_=artist, if_match='"1"')

    item = stored("USERS_TABLE", userId=artist.user_id)
    assert item
    assert not {"bio", "heightCm"} & item.keys()


def test_a_change_keeps_stored_attributes_outside_the_profile() -> None:
    artist = an_artist()
    stamp = {"key": "written by an earlier version"}
    table("USERS_TABLE").update_item(
        Key={"userId": artist.user_id},
        UpdateExpression="SET createdBy = :stamp",
        ExpressionAttributeValues={":stamp": stamp},
    )

    assert api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match="*").status == 200

    item = stored("USERS_TABLE", userId=artist.user_id)
    assert item
    assert item["createdBy"] == stamp


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("displayName", "Ma\u200bya"),
        ("headline", ""),
        ("bio", "a" * 6_000),
        ("city", "two\nlines"),
        ("categories", ["acting"] * 13),
        ("skills", ["a" * 50]),
        ("languages", ["a"] * 31),
        ("companyName", "ArtistHub Support"),
        ("website", "https://127.0.0.1/maya"),
        ("heightCm", 20),
        ("phone", "0"),
    ],
)
def test_a_stored_value_that_breaks_a_newer_rule_stays_until_a_change_names_it(
    field: str, value: object
) -> None:
    artist = an_artist()
    table("USERS_TABLE").update_item(
        Key={"userId": artist.user_id},
        UpdateExpression="SET #field = :value",
        ExpressionAttributeNames={"#field": field},
        ExpressionAttributeValues={":value": value},
    )
    before = api.get("/users/me", as_=artist).json

    changed = api.patch("/users/me", {"gender": "other"}, as_=artist, if_match='"1"')
    cleared = api.patch("/users/me", {field: None, "gender": 1}, as_=artist, if_match='"2"')

    versioned = {name: changed.json[name] for name in ("version", "updatedAt")}
    assert (changed.status, before[field]) == (200, value)
    assert changed.json == before | versioned | {"gender": "other"}
    assert api.get("/users/me", as_=artist).json == changed.json
    assert cleared.wrong - {f"/{field}"} == {"/gender"}


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    artist = an_artist()
    before = api.get("/users/me", as_=artist).json

    answer = api.patch("/users/me", content, as_=artist, if_match='"1"', content_type=content_type)

    assert (answer.status, answer.code) == (status, code)
    assert api.get("/users/me", as_=artist).json == before


def test_the_merge_patch_media_type_is_accepted() -> None:
    answer = api.patch(
        "/users/me",
        {"city": "Pune"},
        as_=an_artist(),
        if_match='"1"',
        content_type="application/merge-patch+json; charset=utf-8",
    )

    assert answer.status == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("displayName", None),
        ("displayName", ""),
        ("displayName", "a" * 81),
        ("bio", 0),
        ("bio", "\x07"),
        ("bio", ""),
        ("skills", ""),
        ("skills", ["a"] * 31),
        ("heightCm", 0),
        ("heightCm", ""),
        ("privacy", "secret"),
        ("bornOn", "2999-01-01"),
        ("bornOn", None),
        ("username", "another"),
        ("role", "recruiter"),
        ("email", "someone@example.org"),
        ("status", "active"),
        ("version", 1),
        ("userId", "someone"),
    ],
)
def test_an_invalid_field_is_named_and_nothing_is_changed(field: str, value: object) -> None:
    artist = an_artist(bio="Old", city="Kochi")
    before = api.get("/users/me", as_=artist).json

    answer = api.patch("/users/me", {"city": "Pune", field: value}, as_=artist, if_match='"1"')

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {f"/{field}"}
    assert api.get("/users/me", as_=artist).json == before


def test_all_invalid_fields_are_named_at_once() -> None:
    change = {"bio": 1, "colour": "red", "heightCm": 1}

    answer = api.patch("/users/me", change, as_=an_artist(), if_match='"1"')

    assert answer.wrong == {"/bio", "/colour", "/heightCm"}


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_two_concurrent_changes_succeeds(attempt: int) -> None:
    artist = an_artist(city="Kochi")
    start = Barrier(2)

    def change(city: str) -> Response:
        start.wait()
        return api.patch("/users/me", {"city": city}, as_=artist, if_match='"1"')

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(change, ["Pune", "Delhi"]))

    assert sorted(answer.status for answer in answers) == [200, 412]
    made = next(answer for answer in answers if answer.status == 200)
    assert api.get("/users/me", as_=artist).json == made.json
    assert made.json["version"] == 2
