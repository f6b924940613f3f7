"""Reports of people, castings and uploads."""

from typing import Annotated, Literal

from msgspec import Meta

from artisthub.cases.models import Outcome, Reason
from artisthub.media.models import UploadUrl
from artisthub.shared.models import Input, Stored

Text = Annotated[str, Meta(min_length=1, max_length=500)]
Id = Annotated[str, Meta(min_length=1, max_length=200)]


class NewUserReport(Input, tag_field="kind", tag="user", kw_only=True):
    """A report of a person."""

    user_id: Id
    reason: Reason
    text: Text | None = None


class NewCastingReport(Input, tag_field="kind", tag="casting", kw_only=True):
    """A report of a casting."""

    casting_id: Id
    reason: Reason
    text: Text | None = None


class NewUploadReport(Input, tag_field="kind", tag="upload", kw_only=True):
    """A report of an uploaded file."""

    media_url: UploadUrl
    reason: Reason
    text: Text | None = None


NewReport = NewUserReport | NewCastingReport | NewUploadReport


class OwnReport(Stored, kw_only=True):
    """A report as its reporter sees it.

    It has one of `userId`, `castingId` and `mediaUrl`. `outcome` and `decidedAt` are null until an
    administrator has decided: dismissed, or removed for a casting, deleted for an upload, suspended
    for the account of a person.
    """

    kind: Literal["user", "casting", "upload"]
    user_id: str | None = None
    casting_id: str | None = None
    media_url: str | None = None
    reason: Reason
    created_at: str
    outcome: Outcome | None = None
    decided_at: str | None = None


class ListedReport(Stored, kw_only=True):
    """The attributes of a report that reporterIdIndex projects."""

    case_id: str
    entry_key: str
    reason: Reason
    round: int
    created_at: str
