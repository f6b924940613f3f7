"""GET /v1/admin/audit, and the entry that each change leaves."""

from collections.abc import Callable
from typing import Any

import pytest

from artisthub.shared import dynamodb
from tests.api import api
from tests.api.admin.given import (
    audit,
    entries,
    reinstate,
    suspend,
    take_down,
    unsuspend,
    unverify,
    verify,
)
from tests.api.api import Response
from tests.api.builders import (
    a_casting,
    a_recruiter,
    stored,
    suspended,
    taken_down,
    the_admin,
    verified,
)


def test_a_subject_without_actions_has_an_empty_audit() -> None:
    answer = audit("user:unknown", the_admin())

    assert (answer.status, answer.json) == (200, {"items": [], "next": None})


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "subject"),
        ("?subject=", "subject"),
        ("?subject=someone", "subject"),
        (f"?subject=user:{'x' * 201}", "subject"),
        ("?subject=user:1&limit=0", "limit"),
        ("?subject=user:1&by=2", "by"),
    ],
)
def test_an_invalid_parameter_is_named(query: str, parameter: str) -> None:
    answer = api.get(f"/admin/audit{query}", as_=the_admin())

    assert (answer.status, answer.wrong) == (422, {parameter})


def test_all_audit_pages_together_are_the_whole_list_newest_first() -> None:
    recruiter = a_recruiter()
    subject, steps = f"user:{recruiter.user_id}", [suspend, unsuspend, verify, unverify, suspend]
    for step in steps:
        assert step(recruiter.user_id, the_admin()).status == 204

    pages, after = [], ""
    while True:
        page = audit(subject, the_admin(), f"&limit=2{after}").json
        pages.append([each["action"] for each in page["items"]])
        if page["next"] is None:
            break
        after = f"&cursor={page['next']}"

    assert pages == [["suspended", "unverified"], ["verified", "unsuspended"], ["suspended"]]
    assert [each for page in pages for each in page] == [
        each["action"] for each in entries(subject)
    ]


def test_each_subject_has_only_its_own_entries() -> None:
    one, other = suspended(a_recruiter()), verified(a_recruiter())

    assert [each["action"] for each in entries(f"user:{one.user_id}")] == ["suspended"]
    assert [each["action"] for each in entries(f"user:{other.user_id}")] == ["verified"]
    assert entries(f"casting:{one.user_id}") == []


def test_a_cursor_of_another_subject_is_refused() -> None:
    recruiter = suspended(verified(a_recruiter()))
    cursor = audit(f"user:{recruiter.user_id}", the_admin(), "&limit=1").json["next"]

    for foreign in (cursor, "x", "W10"):
        answer = audit("user:someone", the_admin(), f"&cursor={foreign}")
        assert (answer.status, answer.code) == (400, "BadCursor")


def a_casting_id() -> str:
    return str(a_casting(status="open")["castingId"])


@pytest.mark.parametrize(
    ("operation", "subject", "table", "key"),
    [
        (suspend, lambda: a_recruiter().user_id, "USERS_TABLE", "userId"),
        (unsuspend, lambda: suspended(a_recruiter()).user_id, "USERS_TABLE", "userId"),
        (verify, lambda: a_recruiter().user_id, "USERS_TABLE", "userId"),
        (unverify, lambda: verified(a_recruiter()).user_id, "USERS_TABLE", "userId"),
        (take_down, a_casting_id, "CASTING_TABLE", "castingId"),
        (reinstate, lambda: taken_down(a_casting())["castingId"], "CASTING_TABLE", "castingId"),
    ],
)
def test_nothing_is_changed_if_the_audit_entry_cannot_be_written(
    operation: Callable[..., Response],
    subject: Callable[[], str],
    table: str,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted, admin = subject(), the_admin()
    before = stored(table, **{key: wanted})
    monkeypatch.setenv("AUDIT_TABLE", "no-such-table")

    answer = operation(wanted, admin)

    assert answer.status >= 500
    assert stored(table, **{key: wanted}) == before


def test_an_audit_entry_is_never_overwritten() -> None:
    recruiter = suspended(a_recruiter())
    items: list[dict[str, Any]]
    items, _ = dynamodb.query(
        "AuditTable",
        None,
        "subject = :subject",
        {":subject": f"user:{recruiter.user_id}"},
        limit=1,
    )

    with pytest.raises(dynamodb.ConditionFailed):
        dynamodb.add("AuditTable", items[0], "entryKey")
