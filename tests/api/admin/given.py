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
