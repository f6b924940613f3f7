"""Decisions about reports; no I/O."""

from typing import cast

from artisthub.cases import rules as case_rules
from artisthub.cases.models import Decision, Report, Subject
from artisthub.castings.models import Casting
from artisthub.reports.models import (
    ListedReport,
    NewReport,
    NewUploadReport,
    NewUserReport,
    OwnReport,
)
from artisthub.shared import errors


class OwnThing(errors.Conflict):
    detail = "This is yours. You can only report people and things that are not."


def case_id_of(report: NewReport) -> str:
    if isinstance(report, NewUserReport):
        return case_rules.of_user(report.user_id).case_id
    if isinstance(report, NewUploadReport):
        return case_rules.of_upload(report.media_url).case_id
    return case_rules.of_casting(report.casting_id, "").case_id


def subject_of(report: NewReport, casting: Casting | None) -> Subject:
    """The subject of the report. `casting` is the reported one."""
    if casting:
        return case_rules.of_casting(casting.casting_id, casting.recruiter_id)
    if isinstance(report, NewUploadReport):
        return case_rules.of_upload(report.media_url)
    return case_rules.of_user(cast("NewUserReport", report).user_id)


def ensure_not_own(subject: Subject, reporter_id: str) -> None:
    if subject.owner_id == reporter_id:
        raise OwnThing


def own_view(report: Report | ListedReport, decision: Decision | None = None) -> OwnReport:
    """A report for its reporter, without what others did."""
    kind, _, place = report.case_id.partition(":")
    return OwnReport(
        kind=kind,  # type: ignore[arg-type]
        user_id=place if kind == "user" else None,
        casting_id=place if kind == "casting" else None,
        media_url=case_rules.media_url(report.case_id) if kind == "upload" else None,
        reason=report.reason,
        created_at=report.created_at,
        outcome=decision.outcome if decision else None,
        decided_at=decision.created_at if decision else None,
    )
