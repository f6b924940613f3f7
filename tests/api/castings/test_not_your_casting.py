"""Operations for a casting's recruiter tell nobody else that a hidden casting exists."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.builders import (
    a_casting,
    a_recruiter,
    deleted,
    stored,
    suspended,
    table,
    taken_down,
)

STATUSES = {"applicationIds": ["r1-1.a"], "status": "viewed"}
DOCUMENT = {"title": "Script", "url": "https://scripts.example/1", "kind": "script"}
OPERATIONS: list[tuple[str, str, Any]] = [
    ("PATCH", "", {"title": "Mine"}),
    ("DELETE", "", None),
    ("PUT", "/status", {"status": "closed"}),
    ("POST", "/documents", DOCUMENT),
    ("DELETE", "/documents/d1", None),
    ("GET", "/views", None),
    ("GET", "/matching-artists", None),
    ("GET", "/applications", None),
    ("GET", "/applicants", None),
    ("GET", "/applicants.csv", None),
    ("GET", "/applicants.csv", None),
    ("PUT", "/applications/status", STATUSES),
]
EACH = pytest.mark.parametrize(("method", "end", "body"), OPERATIONS)


@pytest.fixture(scope="module")
def other() -> Account:
    return a_recruiter()


def hide(casting: Any) -> None:
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression="SET hiddenUntil = :later",
        ExpressionAttributeValues={":later": "2999-01-01T00:00:00.000Z"},
    )
    table("CARDS_TABLE").delete_item(Key={"cardId": f"casting#{casting['castingId']}"})


def call(casting: Any, method: str, end: str, body: Any, as_: Account) -> tuple[int, str]:
    path = f"/castings/{casting['castingId']}"
    answer = api.call(method, path + end, body, as_=as_, if_match="*")
    return answer.status, answer.code


@EACH
def test_another_recruiter_is_refused_for_a_public_casting(
    method: str, end: str, body: Any, other: Account
) -> None:
    casting = a_casting(status="open")

    assert call(casting, method, end, body, other) == (403, "NotYourCasting")
    assert stored("CASTING_TABLE", castingId=casting["castingId"])


@pytest.mark.weakness(64)
@EACH
@pytest.mark.parametrize("why", ["draft", "hidden", "removed", "suspended", "deleted"])
def test_a_casting_that_the_caller_cannot_read_looks_unknown(
    method: str, end: str, body: Any, why: str, other: Account
) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "draft" if why == "draft" else "open")
    if why == "hidden":
        hide(casting)
    if why == "removed":
        taken_down(casting)
    if why in ("suspended", "deleted"):
        {"suspended": suspended, "deleted": deleted}[why](recruiter)

    assert api.get(f"/castings/{casting['castingId']}", as_=other).status == 404
    assert call(casting, method, end, body, other) == (404, "NotFound")
