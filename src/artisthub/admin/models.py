"""What administrators send, and the audit of what they did."""

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
        description="user:{userId}, casting:{castingId}, or account: and the SHA-256 of its "
        "e-mail address in lower case, in hexadecimal",
    ),
]


class Grounds(Input):
    """Why it is done, in words for whom it is done to."""

    reason: Reason


class AuditQuery(PageQuery, kw_only=True):
    subject: Subject


class AuditEntry(Stored):
    """One change by an administrator: `by` is their user id."""

    subject: str
    action: Action
    by: str
    at: str
    reason: str | None = None
