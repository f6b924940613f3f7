"""The reports that an account made, in the Reports table of the cases."""

from artisthub.cases import repository as cases
from artisthub.reports import rules
from artisthub.reports.models import ListedReport, OwnReport
from artisthub.shared import paging
from artisthub.shared.models import Page, PageQuery
from artisthub.shared.settings import settings


def list_of(reporter_id: str, query: PageQuery) -> Page[OwnReport]:
    """The account's reports with their outcomes, newest first."""
    found = paging.page(
        ListedReport,
        settings.REPORTS_TABLE,
        "reporterIdIndex",
        partition=("reporterId", reporter_id),
        sorted_by=("createdAt", "caseId", "entryKey"),
        bound_to=("listReports", reporter_id),
        query=query,
        shows=lambda report: [f"{report.case_id}#{report.round}"],
        most_shown=1,
        newest_first=True,
    )
    decided = cases.decisions({(each.case_id, each.round) for each in found.items})
    shown = [rules.own_view(each, decided.get((each.case_id, each.round))) for each in found.items]
    return Page(shown, found.next)
