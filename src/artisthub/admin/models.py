"""The input of administrators, their queue of cases, and the audit of their changes."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from artisthub.cases.models import CaseReason, Flag, Kind, Outcome
from artisthub.cases.models import Reason as ReportReason
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
    "dismissed",
    "upheld",
    "hidden",
    "deleted",
]
Subject = Annotated[
    str,
    Meta(
        pattern=r"^(user|casting|upload|application|connection|account):[!-~]{1,200}$",
        description="The id of a case, such as user:{userId} or casting:{castingId}, or "
        "account:{hash}. The hash is the SHA-256 of the e-mail address in lower case, in "
        "hexadecimal.",
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

    The action `hidden` is not theirs: reports hid the casting, and `by` is `reports`.

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


class CaseQuery(PageQuery, kw_only=True):
    """`reason` lists the cases with such a report, or with a flag. The default is all cases."""

    reason: CaseReason | None = None
    sort: Literal["newest", "reporters"] = "newest"


class CaseSummary(Stored, kw_only=True):
    """A case: one thing with its reports and flags.

    `reporterCount` is the number of accounts that reported it since it was last decided, and
    `reasons` has their number for each reason. A flag marks a text that may ask for money, lead to
    another channel or have a phone number, or with the reason identity a field that a verified
    recruiter changed. `ownerId` is the account that is responsible.
    """

    case_id: str
    kind: Kind
    owner_id: str
    status: Literal["open", "decided"]
    reporter_count: int
    reasons: dict[str, int]
    flags: list[Flag]
    created_at: str
    updated_at: str
    version: int


class ReceivedReport(Stored):
    """A report as administrators see it."""

    reporter_id: str
    reason: ReportReason
    created_at: str
    text: str | None = None


class CaseDecision(Stored):
    """How a case was decided. `by` is the administrator's user id."""

    outcome: Outcome
    reason: str
    by: str
    created_at: str


class EarlierTexts(Stored):
    """Texts that were changed or deleted at `createdAt`, by field, such as `/description`."""

    texts: dict[str, str]
    created_at: str


class CaseFile(Struct, rename="camel", kw_only=True):
    """A case with one page of its reports. `next` is the cursor of the next page.

    The reports are those since the case was last decided. A decided case has those that were
    decided, and `decision`. `text` is the current note of an application, the place and link of
    its audition, or the message of a connection request, whose case this is. `earlierTexts` are
    those of up to five reported or flagged versions that were changed or deleted since, the latest
    first. They are on the first page.
    """

    case: CaseSummary
    text: str | None
    earlier_texts: list[EarlierTexts]
    decision: CaseDecision | None
    reports: list[ReceivedReport]
    next: str | None


class NewDecision(Input):
    """A decision about a case. The person concerned can read the reason."""

    outcome: Outcome
    reason: Reason
