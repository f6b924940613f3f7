"""The input of administrators, and the audit of their changes."""

from typing import Annotated, Literal

from msgspec import Meta

from artisthub.shared.models import Input, PageQuery, Stored

Reason = Annotated[str, Meta(min_length=1, max_length=500)]
Action = Literal[
    "suspended", "unsuspended", "verified", "unverified", "removed", "reinstated", "confirmed"
]
Subject = Annotated[
    str,
    Meta(
        pattern=r"^(user|casting|account):[!-~]{1,200}$",
        description="user:{userId}, casting:{castingId} or account:{hash}. The hash is the "
        "SHA-256 of the e-mail address in lower case, in hexadecimal.",
    ),
]


class Grounds(Input):
    """The reason for a change. The person concerned can read it."""

    reason: Reason


class AuditQuery(PageQuery, kw_only=True):
    subject: Subject


class AuditEntry(Stored):
    """A change by an administrator. `by` is their user id."""

    subject: str
    action: Action
    by: str
    at: str
    reason: str | None = None
