"""Cases for administrators: each is one thing with its reports, flags and decisions."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from artisthub.shared.models import Stored

# The kinds of subjects. Accounts report users, castings and uploads. Texts of all kinds except
# uploads can raise a flag.
Kind = Literal["user", "casting", "upload", "application", "audition", "connection"]
Reason = Annotated[
    Literal[
        "fee",
        "fraud",
        "impersonation",
        "harassment",
        "sexual",
        "minor",
        "hate",
        "copyright",
        "spam",
        "other",
    ],
    Meta(
        description="fee: asks artists for money. fraud: a fake casting or offer. impersonation: "
        "pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual "
        "content or demands. minor: endangers or looks for people under 18. hate: attacks people "
        "for who they are. copyright: uses work of others. spam: unwanted advertising."
    ),
]
CaseReason = Literal[
    "flag",
    "fee",
    "fraud",
    "impersonation",
    "harassment",
    "sexual",
    "minor",
    "hate",
    "copyright",
    "spam",
    "other",
]
Outcome = Literal["dismissed", "removed", "deleted", "suspended"]
# The text asks for money, leads to another channel, or has a phone number; or a verified recruiter
# changed the identity that was verified.
FlagReason = Literal["money", "channel", "phone", "identity"]


class Subject(Struct, frozen=True):
    """The subject of a case, and the account that is responsible for it."""

    case_id: str
    owner_id: str


class FlaggedText(Struct, frozen=True):
    """A text that raises a flag. `digest` stands for the text."""

    place: str
    reasons: list[FlagReason]
    digest: str


class Flag(Stored):
    """A text that may ask for money or lead people elsewhere. `place` is the field that has it."""

    reason: FlagReason
    place: str
    at: str


class Case(Stored, kw_only=True):
    """A case as stored.

    - witnesses: hashes of the reporters who count towards hiding the casting
    - counted: hashes of those who no longer do
    - flagged: digests of the texts that raised a flag, so that each does once
    - queue, ranking: the list that has the case, by time and by reporters

    """

    case_id: str
    entry_key: str = "case"
    owner_id: str
    status: Literal["open", "decided"] = "open"
    round: int = 1
    reporter_count: int = 0
    reasons: dict[str, int] = {}
    flags: list[Flag] = []
    hidden_until: str | None = None
    witnesses: list[str] = []
    counted: list[str] = []
    flagged: list[str] = []
    queue: str | None = None
    ranking: str | None = None
    listed_at: str
    reporter_rank: str
    created_at: str
    updated_at: str
    version: int = 0
    expires_at: int


class Report(Stored, kw_only=True):
    """A report as stored."""

    case_id: str
    entry_key: str
    reporter_id: str
    owner_id: str
    reason: Reason
    text: str | None = None
    round: int
    created_at: str
    updated_at: str
    version: int = 1
    expires_at: int


class EarlierTexts(Stored, kw_only=True):
    """The texts of a reported or flagged version, by field, stored when it changed."""

    case_id: str
    entry_key: str
    texts: dict[str, str]
    created_at: str
    updated_at: str
    version: int = 1
    expires_at: int


class Decision(Stored, kw_only=True):
    """An administrator's decision about a case. It answers the reports of its round."""

    case_id: str
    entry_key: str
    owner_id: str
    outcome: Outcome
    reason: str
    by: str
    round: int
    reporter_count: int
    created_at: str
    updated_at: str
    version: int = 1
    expires_at: int


class Listed(Stored):
    """A case's place in a list."""

    case_id: str
