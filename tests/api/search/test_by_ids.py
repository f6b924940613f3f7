"""GET /v1/castings?ids=… and GET /v1/users?ids=…."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.api import api
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_account,
    an_artist,
    deleted,
    suspended,
    taken_down,
)
from tests.api.search.given import an_indexed_casting, castings, index, indexed, users

UNKNOWN = "019ac3d4-2768-7040-b907-06b6d5c17bed"


def test_an_anonymous_caller_reads_castings_by_their_ids_in_this_order() -> None:
    recruiter = indexed(a_recruiter(displayName="Kiran Rao"))
    ids = [an_indexed_casting(recruiter)["castingId"] for _ in range(3)]
    wanted = [ids[1], UNKNOWN, ids[0], ids[2], ids[1]]

    page = api.get(f"/castings?ids={','.join(wanted)}").json

    assert [each["castingId"] for each in page["items"]] == [ids[1], ids[0], ids[2]]
    assert page["next"] is None
    single = api.get(f"/castings/{ids[1]}").json
    assert page["items"][0] == {name: single[name] for name in page["items"][0]}
    assert page["items"][0]["recruiter"]["displayName"] == "Kiran Rao"


def test_castings_that_a_visitor_cannot_read_are_left_out() -> None:
    recruiter, gone = indexed(a_recruiter()), a_recruiter()
    closed = a_casting(recruiter, "closed")
    hidden = [
        a_casting(recruiter),
        taken_down(a_casting(recruiter, "open")),
        a_casting(gone, "open"),
    ]
    for each in (closed, *hidden):
        index("casting", each["castingId"])
    indexed(suspended(gone))
    ids = [each["castingId"] for each in (closed, *hidden)]

    found = castings(ids=",".join(ids))

    assert found == [each for each in ids if api.get(f"/castings/{each}").status == 200]
    assert found == ids[:1]


def test_a_casting_of_a_recruiter_without_a_card_is_left_out() -> None:
    """The recruiter may have been suspended a moment ago."""
    casting_id = an_indexed_casting()["castingId"]

    assert castings(ids=casting_id) == []


def test_twenty_castings_of_twenty_recruiters_are_read_in_pages_within_15_read_units(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ids = [an_indexed_casting(indexed(a_recruiter()))["castingId"] for _ in range(20)]
    path, found, after = f"/castings?ids={','.join(ids)}", list[Any](), ""
    capsys.readouterr()

    while True:
        page = api.get(path + after).json
        found += page["items"]
        line = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert 0 < line["readUnits"] <= 15
        if page["next"] is None:
            break
        after = f"&cursor={quote(page['next'])}"

    assert [each["castingId"] for each in found] == ids
    assert all(each["recruiter"] for each in found)


def test_twenty_castings_of_ten_recruiters_are_one_page() -> None:
    recruiters = [indexed(a_recruiter()) for _ in range(10)]
    ids = [an_indexed_casting(each)["castingId"] for each in recruiters * 2]

    page = api.get(f"/castings?ids={','.join(ids)}").json

    assert ([each["castingId"] for each in page["items"]], page["next"]) == (ids, None)


def test_people_are_read_by_their_ids_in_this_order() -> None:
    public, private = indexed(an_artist()), indexed(an_artist(privacy="private", city="Pune"))
    ids = [private.user_id, UNKNOWN, public.user_id, private.user_id]

    page = api.get(f"/users?ids={','.join(ids)}", as_=an_account()).json

    assert [each["userId"] for each in page["items"]] == [private.user_id, public.user_id]
    assert page["items"][0]["city"] is None
    assert page["next"] is None


def test_people_whom_the_caller_may_not_know_are_left_out() -> None:
    viewer = an_artist()
    blocking, blocked, gone, left = (indexed(an_artist()) for _ in range(4))
    api.call("PUT", f"/users/{viewer.user_id}/block", as_=blocking)
    api.call("PUT", f"/users/{blocked.user_id}/block", as_=viewer)
    indexed(suspended(gone))
    indexed(deleted(left))
    ids = [each.user_id for each in (blocking, blocked, gone, left)]

    assert users(viewer, ids=",".join(ids)) == []
    assert {api.get(f"/users/{each}", as_=viewer).status for each in ids} == {404}


def test_people_are_read_by_their_ids_with_a_token_only() -> None:
    assert api.get(f"/users?ids={UNKNOWN}").code == "Unauthorized"


@pytest.mark.parametrize("path", ["/castings", "/users"])
@pytest.mark.parametrize(
    "query", ["ids=", "ids=" + ",".join(["a"] * 21), "ids=" + "a" * 37, "ids=a&text=b"]
)
def test_too_many_ids_and_other_filters_are_refused(path: str, query: str) -> None:
    assert api.get(f"{path}?{query}", as_=an_account()).code == "Invalid"


def test_a_cursor_is_for_the_same_ids_only() -> None:
    ids = [an_indexed_casting(indexed(a_recruiter()))["castingId"] for _ in range(12)]
    path = f"/castings?ids={','.join([*ids, *[f'{UNKNOWN[:-1]}{n}' for n in range(8)]])}"
    after = api.get(path).json["next"]

    assert after
    assert api.get(f"/castings?ids={ids[0]}&cursor={quote(after)}").code == "BadCursor"
