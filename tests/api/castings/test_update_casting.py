"""PATCH /v1/castings/{castingId}."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    suspended,
    table,
    with_id_token,
)


def path_of(casting: dict[str, Any]) -> str:
    return f"/castings/{casting['castingId']}"


def unchanged(casting: dict[str, Any]) -> bool:
    item = stored("CASTING_TABLE", castingId=casting["castingId"])
    assert item
    return all(item[name] == casting[name] for name in ("title", "version", "updatedAt", "status"))


def test_an_anonymous_caller_is_refused() -> None:
    casting = a_casting(status="open")

    answer = api.patch(path_of(casting), {"title": "Mine"}, if_match='"2"')

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert unchanged(casting)


def test_an_id_token_is_refused() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    as_ = with_id_token(recruiter)
    answer = api.patch(path_of(casting), {"title": "New"}, as_=as_, if_match='"1"')

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert unchanged(casting)


@pytest.mark.parametrize(
    ("status", "expected"), [("draft", (404, "NotFound")), ("open", (403, "NotYourCasting"))]
)
@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_only_its_recruiter_can_change_a_casting(
    someone: Callable[[], Account], status: str, expected: tuple[int, str]
) -> None:
    casting = a_casting(status=status)
    caller = someone()

    answer = api.patch(path_of(casting), {"title": "Mine"}, as_=caller, if_match="*")

    assert (answer.status, answer.code) == expected
    assert unchanged(casting)


@pytest.mark.parametrize("someone", [an_account, an_admin])
def test_a_caller_without_a_profile_cannot_change_a_casting(someone: Callable[[], Account]) -> None:
    casting = a_casting(status="open")
    caller = someone()

    answer = api.patch(path_of(casting), {"title": "Mine"}, as_=caller, if_match="*")

    assert (answer.status, answer.code) == (403, "ProfileRequired")
    assert unchanged(casting)


def test_a_suspended_recruiter_cannot_change_a_casting() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    suspended(recruiter)

    answer = api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match='"1"')

    assert (answer.status, answer.code) == (403, "AccountSuspended")
    assert unchanged(casting)


def test_an_unknown_casting_gets_404() -> None:
    answer = api.patch("/castings/unknown", {"title": "New"}, as_=a_recruiter(), if_match='"1"')

    assert (answer.status, answer.code) == (404, "NotFound")
    assert stored("CASTING_TABLE", castingId="unknown") is None


def test_a_change_without_if_match_gets_428() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.patch(path_of(casting), {"title": "New"}, as_=recruiter)

    assert (answer.status, answer.code) == (428, "IfMatchRequired")
    assert unchanged(casting)


def test_a_change_with_an_old_etag_gets_412() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open")

    answer = api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match='"1"')

    assert (answer.status, answer.code) == (412, "Stale")
    assert unchanged(casting)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {}),
        ({"title": "New"}, {"title": "New"}),
        ({"tags": None}, {"tags": []}),
        ({"tags": []}, {"tags": []}),
        ({"tags": ["b"]}, {"tags": ["b"]}),
        ({"deadlineAt": None}, {"deadlineAt": None}),
        ({"deadlineAt": "2031-01-01T00:00:00Z"}, {"deadlineAt": "2031-01-01T00:00:00.000Z"}),
        ({"startsOn": None, "endsOn": None}, {"startsOn": None, "endsOn": None}),
        ({"mode": "remote", "city": None}, {"mode": "remote", "city": None}),
        ({"mode": None}, {"mode": "onsite"}),
    ],
)
def test_a_merge_patch_changes_only_the_fields_it_names(
    change: dict[str, Any], expected: dict[str, Any]
) -> None:
    recruiter = a_recruiter()
    casting = a_casting(
        recruiter,
        mode="hybrid",
        tags=["a"],
        deadlineAt="2030-01-01T00:00:00Z",
        startsOn="2030-02-01",
        endsOn="2030-02-02",
    )

    answer = api.patch(path_of(casting), change, as_=recruiter, if_match='"1"')

    assert (answer.status, answer.etag) == (200, '"2"')
    versioned = {"version": 2, "updatedAt": answer.json["updatedAt"]}
    assert answer.json == casting | expected | versioned
    assert api.get(path_of(casting), as_=recruiter).json == answer.json


def test_a_cleared_field_is_removed_from_the_table_and_its_index() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, deadlineAt="2030-01-01T00:00:00Z")

    api.patch(path_of(casting), {"deadlineAt": None}, as_=recruiter, if_match='"1"')

    item = stored("CASTING_TABLE", castingId=casting["castingId"])
    assert item
    assert "deadlineAt" not in item
    page = api.get(f"/recruiters/{recruiter.user_id}/castings", as_=recruiter).json
    assert page["items"][0]["deadlineAt"] is None


def test_replaced_roles_keep_their_ids() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, roles=[{"title": "A"}, {"title": "B"}])
    first, second = (role["roleId"] for role in casting["roles"])

    fewer = api.patch(
        path_of(casting),
        {"roles": [{"title": "A, older", "roleId": first}]},
        as_=recruiter,
        if_match='"1"',
    ).json
    more = api.patch(
        path_of(casting),
        {"roles": [*fewer["roles"], {"title": "C"}]},
        as_=recruiter,
        if_match='"2"',
    ).json

    assert [role["roleId"] for role in fewer["roles"]] == [first]
    assert [role["title"] for role in more["roles"]] == ["A, older", "C"]
    assert more["roles"][1]["roleId"] not in {first, second}
    assert more["roleCount"] == 2


@pytest.mark.parametrize("status", ["filled", "cancelled"])
def test_a_casting_that_has_ended_cannot_be_changed(status: str) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status=status)

    answer = api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match="*")

    assert (answer.status, answer.code) == (409, "CastingEnded")
    assert unchanged(casting)


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = api.patch(
        path_of(casting), content, as_=recruiter, if_match='"1"', content_type=content_type
    )

    assert (answer.status, answer.code) == (status, code)
    assert unchanged(casting)


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("title", None, "/title"),
        ("title", "", "/title"),
        ("title", "a\x00b", "/title"),
        ("roles", None, "/roles"),
        ("roles", [], "/roles"),
        ("roles", [{"title": "A", "roleId": "r9-9"}], "/roles/0/roleId"),
        ("city", None, ""),
        ("city", 0, "/city"),
        ("tags", "", "/tags"),
        ("deadlineAt", "2020-01-01T00:00:00Z", "/deadlineAt"),
        ("deadlineAt", 0, "/deadlineAt"),
        ("status", "open", "/status"),
        ("recruiterId", "someone", "/recruiterId"),
        ("isPaid", True, "/isPaid"),
        ("version", 1, "/version"),
    ],
)
def test_an_invalid_field_is_named_and_nothing_is_changed(
    field: str, value: object, place: str
) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    change = {"description": "New", field: value}
    answer = api.patch(path_of(casting), change, as_=recruiter, if_match='"1"')

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {place}
    assert api.get(path_of(casting), as_=recruiter).json == casting


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_two_concurrent_changes_succeeds(attempt: int) -> None:
    recruiter, start = a_recruiter(), Barrier(2)
    casting = a_casting(recruiter)

    def change(title: str) -> Response:
        start.wait()
        return api.patch(path_of(casting), {"title": title}, as_=recruiter, if_match='"1"')

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(change, ["One", "Two"]))

    assert sorted(answer.status for answer in answers) == [200, 412]
    made = next(answer for answer in answers if answer.status == 200)
    assert api.get(path_of(casting), as_=recruiter).json == made.json


def test_a_casting_with_fields_of_newer_code_can_be_read_and_changed() -> None:
    """After a rollback, older code reads what newer code wrote."""
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open")
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression="SET #roles[0].wardrobe = :new, #roles[0].requirements.stunts = :new",
        ExpressionAttributeNames={"#roles": "roles"},
        ExpressionAttributeValues={":new": {"later": True}},
    )

    read = api.get(path_of(casting))
    changed = api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match='"2"')

    assert (read.status, read.json) == (200, casting)
    assert (changed.status, changed.json["roles"]) == (200, casting["roles"])


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("title", "a" * 200),
        ("description", ""),
        ("city", "two\nlines"),
        ("tags", ["a" * 50]),
        ("roles[0].description", "a" * 9_000),
        ("roles[0].count", 0),
        ("roles[0].pay", {"kind": "paid"}),
        ("roles[0].pay", {"kind": "paid", "money": {"amount": 1, "currency": "XX"}, "unit": "day"}),
        ("roles[0].requirements.skills", ["a"] * 16),
    ],
)
def test_a_stored_value_that_breaks_a_newer_rule_stays_until_a_change_names_it(
    attribute: str, value: object
) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open", deadlineAt="2199-01-01T00:00:00.000Z")
    names = {f"#{name}": name for name in attribute.replace("[0]", "").split(".")}
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression=f"SET #{attribute.replace('.', '.#')} = :value",
        ExpressionAttributeNames=names,
        ExpressionAttributeValues={":value": value},
    )
    before = api.get(path_of(casting)).json
    field = attribute.partition("[")[0]

    changed = api.patch(path_of(casting), {"mode": "hybrid"}, as_=recruiter, if_match='"2"')
    wrong = api.patch(path_of(casting), {field: before[field]}, as_=recruiter, if_match='"3"')

    assert changed.status == 200
    versioned = {name: changed.json[name] for name in ("version", "updatedAt", "isPaid")}
    assert changed.json == before | versioned | {"mode": "hybrid"}
    assert api.get(path_of(casting)).json == changed.json
    assert wrong.status == 422
    assert {each.split("/")[1] for each in wrong.wrong} == {field}


def test_a_change_next_to_an_older_value_still_obeys_the_rules() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, city="Pune")
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression="SET title = :title",
        ExpressionAttributeValues={":title": "a" * 200},
    )

    def wrong(**change: object) -> set[str]:
        answer = api.patch(path_of(casting), change, as_=recruiter, if_match='"1"')
        assert (answer.status, answer.code) == (422, "Invalid")
        return answer.wrong

    assert wrong(city=None) == {""}
    assert wrong(description=None, mode="moon", colour="red") == {
        "/description",
        "/mode",
        "/colour",
    }
    assert wrong(startsOn="2026-12-02", endsOn="2026-12-01") == {""}
    assert api.get(path_of(casting), as_=recruiter).json["version"] == 1
