"""The input of administrators, and the audit of their changes."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from artisthub.shared.models import Input, PageQuery, Stored

Reason = Annotated[str, Meta(min_length=1, max_length=500)]
Action = Literal[
    "suspended",
    "unsuspended",
    "verified",
    "unverified",
    "removed",
    "reinstated",
    "confirmed",
    "quotaChanged",
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


class NewQuota(Grounds, kw_only=True):
    """The most that the quota allows this account; null for the usual number."""

    most: Annotated[int, Meta(ge=0, le=1_000_000_000_000)] | None


class AuditQuery(PageQuery, kw_only=True):
    subject: Subject


class AuditEntry(Stored):
    """A change by an administrator. `by` is their user id.

    `quota` and `most` are there only if `action` is quotaChanged. Without `most`, the usual number
    holds again.
    """

    subject: str
    action: Action
    by: str
    at: str
    reason: str | None = None
    quota: str | UnsetType = UNSET
    most: int | UnsetType = UNSET
