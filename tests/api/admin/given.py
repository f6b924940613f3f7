"""The operations of administrators, and the audit entries they leave."""

from collections.abc import Callable
from typing import Any

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import the_admin

REASON = {"reason": "Not genuine."}

Operation = Callable[[str, Account | None], Response]


def suspend(user_id: str, as_: Account | None) -> Response:
    return api.put(f"/admin/users/{user_id}/suspension", REASON, as_=as_)


def unsuspend(user_id: str, as_: Account | None) -> Response:
    return api.call("DELETE", f"/admin/users/{user_id}/suspension", as_=as_)


def verify(user_id: str, as_: Account | None) -> Response:
    return api.call("PUT", f"/admin/users/{user_id}/verification", as_=as_)


def unverify(user_id: str, as_: Account | None) -> Response:
    return api.call("DELETE", f"/admin/users/{user_id}/verification", as_=as_)


def take_down(casting_id: str, as_: Account | None) -> Response:
    return api.put(f"/admin/castings/{casting_id}/takedown", REASON, as_=as_)


def reinstate(casting_id: str, as_: Account | None) -> Response:
    return api.call("DELETE", f"/admin/castings/{casting_id}/takedown", as_=as_)


def confirm(email: str, as_: Account | None) -> Response:
    return api.post("/admin/accounts/confirm", {"email": email}, as_=as_)


def listed(query: str = "", as_: Account | None = None) -> list[dict[str, Any]]:
    """The cases of all pages of a list."""
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        position = f"&cursor={cursor}" if cursor else ""
        page = api.get(f"/admin/cases?limit=100&{query}{position}", as_=as_ or the_admin())
        assert page.status == 200, page.text
        items += page.json["items"]
        cursor = page.json["next"]
    return items


def case_of(case_id: str, as_: Account | None, query: str = "") -> Response:
    return api.get(f"/admin/cases/{case_id}{query}", as_=as_)


def decide(case_id: str, outcome: str, as_: Account | None, **headers: str) -> Response:
    body = {"outcome": outcome, "reason": "Looked at it."}
    return api.put(f"/admin/cases/{case_id}/decision", body, as_=as_, **headers)


def audit(subject: str, as_: Account | None, more: str = "") -> Response:
    return api.get(f"/admin/audit?subject={subject}{more}", as_=as_)


def entries(subject: str) -> list[dict[str, Any]]:
    """The audit entries of a subject, newest first."""
    answer = audit(subject, the_admin())
    assert answer.status == 200, answer.text
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def actions(subject: str) -> list[str]:
    return [entry["action"] for entry in entries(subject)]
