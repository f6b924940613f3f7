"""Reports of people, castings and uploads to the administrators."""

from artisthub.admin import repository as audit
from artisthub.admin.models import AuditEntry
from artisthub.cases import repository as cases
from artisthub.cases import rules as case_rules
from artisthub.cases.models import Case, Report, Subject
from artisthub.castings import repository as castings
from artisthub.castings import rules as casting_rules
from artisthub.castings.models import Casting
from artisthub.closed import repository as closed
from artisthub.reports import repository, rules
from artisthub.reports.models import (
    NewCastingReport,
    NewReport,
    NewUploadReport,
    OwnReport,
)
from artisthub.shared import cards, clock, dynamodb, errors, log
from artisthub.shared.caller import Caller
from artisthub.shared.endpoint import Answer, Request, endpoint
from artisthub.shared.models import Page, PageQuery
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import User


@endpoint(
    status=201,
    body=NewReport,
    quotas=("reports",),
    raises=(*access.INACTIVE, errors.NotFound, rules.OwnThing),
)
def create_report(request: Request[NewReport, None]) -> Answer[OwnReport]:
    """Report a person, a casting or an upload to the administrators.

    The caller must be able to see it, and an upload must exist. A block between the two accounts
    does not matter. Nobody can report themselves or their own things. The reported person never
    learns who reported. An account has one open report of each thing: until an administrator has
    decided, the same call returns the first report and changes nothing, so a retry is safe.
    """
    reporter = users.ensure_active(request.caller)
    body, case_id = request.body, rules.case_id_of(request.body)
    report = cases.report_of(cases.get(case_id, consistent=True), reporter.user_id)
    if report is None:
        casting = _visible_casting(body, request.caller)
        subject = rules.subject_of(body, casting)
        rules.ensure_not_own(subject, reporter.user_id)
        request.spend()
        report = _add(subject, body, reporter, casting)
    return Answer(rules.own_view(report), location=f"reports/{case_id}")


def _visible_casting(report: NewReport, caller: Caller) -> Casting | None:
    """The reported casting, if it is one. Raises NotFound if the caller may not see the thing."""
    if isinstance(report, NewCastingReport):
        return castings.get_visible(report.casting_id, lambda: caller)
    user_id = rules.subject_of(report, None).owner_id
    if isinstance(report, NewUploadReport):
        _ensure_served(user_id, report.media_url.rpartition("/")[2])
        return None
    user = users.get(user_id)
    if user is None:
        raise errors.NotFound
    if user_id != caller.user_id:
        access.ensure_visible(user, clock.today())
    return None


def _ensure_served(user_id: str, media_id: str) -> None:
    """Raise NotFound unless getMedia leads to the file."""
    from artisthub.media import repository as media  # signing loads OpenSSL

    if closed.is_closed(user_id) or media.content_of(user_id, media_id, 1) is None:
        raise errors.NotFound


def _add(subject: Subject, new: NewReport, reporter: User, casting: Casting | None) -> Report:
    now, reporter_id = clock.now(), reporter.user_id
    counts = casting is not None and case_rules.is_established(reporter.created_at, now)
    report: Report | None = None
    hidden: Casting | None = None

    def changed(case: Case) -> tuple[Case, list[dynamodb.Item]]:
        nonlocal report, hidden
        report = cases.report_of(case, reporter_id)
        if report:  # the same account sent it twice at once
            return case, []
        report = case_rules.new_report(case, reporter_id, new.reason, new.text, now)
        after = case_rules.reported(case, new.reason, now)
        if counts:
            after = case_rules.with_witness(after, log.caller(reporter_id), now)
        writes = [cases.put_of(report), cases.listing_of(after, new.reason)]
        if after.hidden_until != case.hidden_until:
            hidden = castings.get(case_rules.id_of(case.case_id), consistent=True)
            writes += _hiding_of(hidden, after, now)
        return after, writes

    cases.change(subject, now, changed)
    if hidden:
        cards.drop("casting", hidden.casting_id, up_to=hidden.version)
    assert report
    return report


def _hiding_of(before: Casting, case: Case, now: str) -> list[dynamodb.Item]:
    """The writes that hide the casting of the case until its time."""
    hidden = casting_rules.next_version(before, now, hidden_until=case.hidden_until)
    entry = AuditEntry(case.case_id, "hidden", "reports", now)
    return [
        *castings.writes_of(hidden, before),
        cases.hiding_of(case.owner_id, before.casting_id, str(case.hidden_until), now),
        audit.write_of(entry),
    ]


@endpoint(query=PageQuery)
def list_reports(request: Request[None, PageQuery]) -> Page[OwnReport]:
    """List the caller's reports and their outcomes, newest first.

    Reports are kept for a year. A page may have fewer items than its limit and still have a `next`.
    """
    return repository.list_of(request.caller.user_id, request.query)
