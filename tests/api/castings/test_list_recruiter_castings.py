"""GET /v1/recruiters/{recruiterId}/castings."""

import uuid
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artisthub.shared import clock, cursor
from tests.api import api
from tests.api.api import Account
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    suspended,
    table,
    with_id_token,
)


def pages(path: str, as_: Account, limit: int) -> list[list[str]]:
    """The titles on each page."""
    found, after = [], ""
    while True:
        page = api.get(f"{path}?limit={limit}{after}", as_=as_)
        assert page.status == 200, page.text
        assert len(page.json["items"]) <= limit
        found.append([each["title"] for each in page.json["items"]])
        if page.json["next"] is None:
            return found
        after = f"&cursor={quote(page.json['next'])}"


def list_of(recruiter: Account) -> str:
    return f"/recruiters/{recruiter.user_id}/castings"


@pytest.fixture(scope="module")
def reader() -> Account:
    return an_account()


def test_an_anonymous_caller_is_refused() -> None:
    answer = api.get("/recruiters/someone/castings")

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_an_id_token_is_refused() -> None:
    answer = api.get("/recruiters/someone/castings", as_=with_id_token(an_account()))

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")


@pytest.mark.parametrize("recruiter_id", ["unknown", "%00"])
def test_an_unknown_recruiter_has_an_empty_list(recruiter_id: str, reader: Account) -> None:
    answer = api.get(f"/recruiters/{recruiter_id}/castings", as_=reader)

    assert (answer.status, answer.json) == (200, {"items": [], "next": None})


def test_a_recruiter_id_that_is_too_long_gets_404(reader: Account) -> None:
    assert api.get(f"/recruiters/{'x' * 3000}/castings", as_=reader).status == 404


def test_others_see_only_the_published_castings_of_a_recruiter() -> None:
    recruiter = a_recruiter()
    for status in ("draft", "open", "closed", "filled", "cancelled"):
        a_casting(recruiter, status=status, title=status)
    a_casting(status="open", title="of another recruiter")

    everything = ["cancelled", "filled", "closed", "open", "draft"]
    assert pages(list_of(recruiter), recruiter, 100) == [everything]
    assert pages(list_of(recruiter), an_admin(), 100) == [everything]
    for someone in (an_account(), an_artist(), a_recruiter(), suspended(an_artist())):
        assert pages(list_of(recruiter), someone, 100) == [everything[:-1]]


def test_an_entry_is_a_summary_of_the_casting() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open", tags=["a"], deadlineAt="2030-01-01T00:00:00Z")

    entry = api.get(list_of(recruiter), as_=recruiter).json["items"][0]

    left_out = {"description", "roles", "startsOn", "endsOn", "documents", "takedown", "booked"}
    left_out |= {"relation"}
    assert entry == {name: value for name, value in casting.items() if name not in left_out}


def put_castings(recruiter_id: str, published: list[bool], *, same_time: bool = False) -> list[str]:
    """Store castings in time order, and return their titles."""
    titles = []
    with table("CASTING_TABLE").batch_writer() as batch:
        for index, is_published in enumerate(published):
            number = 0 if same_time else index
            created_at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z"
            item: dict[str, Any] = {
                "castingId": str(uuid.uuid4()),
                "recruiterId": recruiter_id,
                "title": f"{index:03}",
                "category": "dance",
                "mode": "remote",
                "status": "open" if is_published else "draft",
                "roleCount": 1,
                "isPaid": False,
                "createdAt": created_at,
                "updatedAt": created_at,
                "version": 1,
            }
            batch.put_item(Item=item | ({"publishedAt": created_at} if is_published else {}))
            titles.append(item["title"])
    return titles


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    published=st.integers(0, 40).flatmap(lambda n: st.lists(st.booleans(), min_size=n, max_size=n)),
    limit=st.integers(1, 12),
    is_own=st.booleans(),
    same_time=st.booleans(),
)
def test_all_pages_together_are_the_whole_list(
    published: list[bool], limit: int, is_own: bool, same_time: bool
) -> None:
    recruiter_id = str(uuid.uuid4())
    titles = put_castings(recruiter_id, published, same_time=same_time)
    viewer = Account(recruiter_id if is_own else "someone", "", "", {"token_use": "access"})
    viewer.claims["sub"] = viewer.user_id

    walked = pages(f"/recruiters/{recruiter_id}/castings", viewer, limit)

    shown = [title for title, seen in zip(titles, published, strict=True) if seen or is_own]
    flat = [title for page in walked for title in page]
    assert sorted(flat) == shown
    assert same_time or flat == shown[::-1]


def test_a_page_is_never_longer_than_its_limit(reader: Account) -> None:
    recruiter_id = str(uuid.uuid4())
    put_castings(recruiter_id, [True, True, True, True, True, False, True])

    walked = pages(f"/recruiters/{recruiter_id}/castings", reader, 3)

    assert [len(page) for page in walked if page] == [3, 3]


def test_a_page_is_full_despite_some_hidden_drafts(reader: Account) -> None:
    recruiter_id = str(uuid.uuid4())
    put_castings(recruiter_id, [True, False] * 20)

    walked = pages(f"/recruiters/{recruiter_id}/castings", reader, 10)

    assert [len(page) for page in walked if page] == [10, 10]


def test_a_limit_over_100_is_lowered(reader: Account) -> None:
    recruiter_id = str(uuid.uuid4())
    put_castings(recruiter_id, [True] * 101)

    first = api.get(f"/recruiters/{recruiter_id}/castings?limit=1000", as_=reader).json

    assert len(first["items"]) == 100
    assert first["next"]


def test_a_page_has_20_entries_by_default(reader: Account) -> None:
    recruiter_id = str(uuid.uuid4())
    put_castings(recruiter_id, [True] * 21)

    assert len(api.get(f"/recruiters/{recruiter_id}/castings", as_=reader).json["items"]) == 20


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=1.5", "limit"),
        ("limit=", "limit"),
        (f"cursor={'x' * 501}", "cursor"),
        ("order=oldest", "order"),
    ],
)
def test_an_invalid_parameter_is_named(query: str, parameter: str, reader: Account) -> None:
    answer = api.get(f"/recruiters/someone/castings?{query}", as_=reader)

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {parameter}


def test_a_cursor_of_another_list_is_refused() -> None:
    one, other = a_recruiter(), a_recruiter()
    a_casting(one), a_casting(one), a_casting(other)
    foreign = api.get(f"{list_of(one)}?limit=1", as_=one).json["next"]

    answer = api.get(f"{list_of(other)}?cursor={foreign}", as_=other)

    assert (answer.status, answer.code) == (400, "BadCursor")


@pytest.mark.parametrize(
    "text", ["x", "AAAA", "é", "%00", "bnVsbA", "WzEsWyJhIl1d", "e30", "W10", "=", "..."]
)
def test_an_invalid_cursor_is_refused(text: str, reader: Account) -> None:
    answer = api.get(f"/recruiters/someone/castings?cursor={text}", as_=reader)

    assert (answer.status, answer.code) == (400, "BadCursor")


@pytest.mark.parametrize("position", [["", ""], ["2026", ""], ["2026"], ["a", "b", "c"], []])
def test_a_forged_position_is_refused(position: list[str], reader: Account) -> None:
    forged = cursor.encode(position, "listRecruiterCastings", "someone")

    answer = api.get(f"/recruiters/someone/castings?cursor={forged}", as_=reader)

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_castings_are_listed_newest_first() -> None:
    recruiter = a_recruiter()
    made = [a_casting(recruiter) for _ in range(5)]

    created = [each["createdAt"] for each in made]

    assert created == sorted(created)
    assert all(clock.now() > each for each in created)
    listed = api.get(list_of(recruiter), as_=recruiter).json["items"]
    assert [each["castingId"] for each in listed] == [each["castingId"] for each in made[::-1]]


def test_a_list_has_the_castings_of_the_wanted_statuses() -> None:
    recruiter = a_recruiter()
    for status in ("draft", "open", "closed", "cancelled"):
        a_casting(recruiter, status, title=status)

    listed = api.get(f"{list_of(recruiter)}?status=open,closed", as_=recruiter)

    assert [each["title"] for each in listed.json["items"]] == ["closed", "open"]


def test_repeated_parameters_are_one_list() -> None:
    recruiter = a_recruiter()
    a_casting(recruiter, "draft", title="draft")
    a_casting(recruiter, "open", title="open")

    listed = api.get(f"{list_of(recruiter)}?status=open&status=draft", as_=recruiter)

    assert len(listed.json["items"]) == 2


def test_an_unknown_status_is_refused() -> None:
    answer = api.get(f"{list_of(a_recruiter())}?status=open,never", as_=an_account())

    assert (answer.status, answer.wrong) == (422, {"status"})


def test_a_cursor_is_valid_for_its_statuses_only(reader: Account) -> None:
    recruiter = a_recruiter()
    for _ in range(2):
        a_casting(recruiter, "open")
    page = api.get(f"{list_of(recruiter)}?status=open&limit=1", as_=reader).json

    answer = api.get(f"{list_of(recruiter)}?cursor={quote(page['next'])}", as_=reader)

    assert (answer.status, answer.code) == (400, "BadCursor")
