"""The Reports table in DynamoDB: cases, each with its reports and decisions.

All items of a case have its `caseId`. The sort key says what an item is:

- `case`: its state
- `list#fraud`: its place in the list of open cases with this reason
- `report#000001#userId`: a report of its first round
- `decision#000001`: the decision that ended this round
- `texts#000001#2026-07-01T10:00:00.000Z`: the texts of a version that was written then and reported
  or flagged in this round, once it is changed or deleted

Lists of a recruiter's castings have no room for the time until which one is hidden. So
`hidden#recruiterId` has an item for each of them.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Literal, TypeVar

import msgspec

from artisthub.cases import rules
from artisthub.cases.models import (
    Case,
    Decision,
    Flag,
    FlaggedText,
    FlagReason,
    Listed,
    Report,
    Subject,
)
from artisthub.shared import clock, dynamodb, errors, paging
from artisthub.shared.models import Page, PageQuery
from artisthub.shared.settings import settings

Shape = TypeVar("Shape", bound=msgspec.Struct)

# Everyone who reports the same thing at the same moment changes the same case.
ATTEMPTS = 10
# Of a case, administrators see so many earlier versions, each as large as a profile.
MOST_TEXTS, TEXTS_BYTES = 5, 300_000


def get(case_id: str, *, consistent: bool = False) -> Case | None:
    """The case in any state, or None if nobody reported its subject yet."""
    key = _key(case_id, "case")
    item = dynamodb.get(settings.REPORTS_TABLE, key, consistent=consistent, even_expired=True)
    return msgspec.convert(item, Case) if item else None


def report_of(case: Case | None, reporter_id: str) -> Report | None:
    """The reporter's open report in this case."""
    if case is None or case.status != "open" or rules.is_over(case.expires_at):
        return None
    key = _key(case.case_id, rules.report_key(case.round, reporter_id))
    item = dynamodb.get(settings.REPORTS_TABLE, key, consistent=True)
    return msgspec.convert(item, Report) if item else None


def change(
    subject: Subject,
    now: str,
    changed: Callable[[Case], tuple[Case, list[dynamodb.Item]]],
) -> Case:
    """Change the subject's open case, with other writes in the same transaction.

    `changed` returns the same case if there is nothing to store. Raises Busy.
    """
    for attempt in range(ATTEMPTS):
        before = get(subject.case_id, consistent=True)
        begun = rules.begun(subject, before, now)
        after, writes = changed(begun)
        if after is begun:
            return begun
        try:
            dynamodb.transact(_write_of(after, before), *writes)
        except (dynamodb.TransactionFailed, dynamodb.TransactionConflict):
            _pause(attempt)
            continue
        return after
    raise errors.Busy


def _pause(attempt: int) -> None:
    """Wait up to 20 ms, then up to twice as long each time."""
    from random import random  # only calls that meet others need it

    time.sleep(random() * 0.02 * 2**attempt)


def _write_of(case: Case, before: Case | None) -> dict[str, Any]:
    item, table = dynamodb.item_of(case), settings.REPORTS_TABLE
    if before is None:
        return dynamodb.put_of(table, item, "attribute_not_exists(caseId)")
    return dynamodb.put_of(table, item, "version = :before", {":before": before.version})


def flag(subject: Subject, reason: FlagReason, places: Iterable[str], now: str) -> Case:
    """Raise a flag of this reason for these fields in the subject's case."""
    flags = [Flag(reason, place, now) for place in places]

    def flagged(case: Case) -> tuple[Case, list[dynamodb.Item]]:
        after = rules.flagged(case, flags, now)
        return after, [listing_of(after, rules.FLAGGED)]

    return change(subject, now, flagged)


def flag_texts(subject: Subject, texts: list[FlaggedText]) -> None:
    """Raise a flag for each text, once. A second delivery changes nothing."""
    now = clock.now()

    def flagged(case: Case) -> tuple[Case, list[dynamodb.Item]]:
        after = rules.with_flagged_texts(case, texts, now)
        return after, [] if after is case else [listing_of(after, rules.FLAGGED)]

    change(subject, now, flagged)


def keep_texts(subject: Subject, texts: dict[str, str], written_at: str) -> None:
    """Keep these texts of the subject, which are about to be lost, if they are evidence."""
    case = get(subject.case_id, consistent=True)
    if case and rules.is_evidence(case, written_at):
        kept = rules.earlier_texts(case, texts, written_at, clock.now())
        dynamodb.put(settings.REPORTS_TABLE, dynamodb.item_of(kept))


def texts_of(case: Case, shape: type[Shape]) -> list[Shape]:
    """The latest texts kept in the case's round, as far as read units reach."""
    return paging.page(
        shape,
        settings.REPORTS_TABLE,
        partition=("caseId", case.case_id),
        sorted_by=("entryKey",),
        starts_with=rules.texts_key(case.round, ""),
        bound_to=("getCase",),
        query=PageQuery(limit=MOST_TEXTS),
        item_bytes=TEXTS_BYTES,
        later_units=paging.MOST_UNITS / 4,
        newest_first=True,
    ).items


def put_of(report: Report) -> dict[str, Any]:
    """The write of a transaction that stores a report, unless the reporter has one."""
    is_new = "attribute_not_exists(caseId)"
    return dynamodb.put_of(settings.REPORTS_TABLE, dynamodb.item_of(report), is_new)


def listing_of(case: Case, queue: str) -> dict[str, Any]:
    """The write of a transaction that puts the case at the top of one of its lists."""
    return dynamodb.put_of(settings.REPORTS_TABLE, rules.place_in(case, queue))


def decision_of(decision: Decision) -> dict[str, Any]:
    """The write of a transaction that stores a decision."""
    return dynamodb.put_of(settings.REPORTS_TABLE, dynamodb.item_of(decision))


def unlisting_of(case: Case) -> list[dict[str, Any]]:
    """The writes of a transaction that take the case off all lists."""
    return [
        dynamodb.delete_of(settings.REPORTS_TABLE, _key(case.case_id, rules.list_key(queue)))
        for queue in rules.lists_of(case)
    ]


def list_of(queue: str, query: PageQuery, sort: Literal["newest", "reporters"]) -> Page[Case]:
    """Open cases of a list, the newest or those with most reporters first."""
    index, partition, sorted_by = {
        "newest": ("queueIndex", "queue", "listedAt"),
        "reporters": ("rankingIndex", "ranking", "reporterRank"),
    }[sort]
    found = paging.page(
        Listed,
        settings.REPORTS_TABLE,
        index,
        partition=(partition, queue),
        sorted_by=(sorted_by, "caseId", "entryKey"),
        bound_to=("listCases", queue, sort),
        query=query,
        newest_first=True,
    )
    keys = [_key(each.case_id, "case") for each in found.items]
    attributes = Case.__struct_encode_fields__
    items = dynamodb.get_many(settings.REPORTS_TABLE, keys, attributes) if keys else []
    cases = {item["caseId"]: msgspec.convert(item, Case) for item in items}
    # A case that was decided since is no longer in the list.
    shown = [cases[each.case_id] for each in found.items if each.case_id in cases]
    return Page([each for each in shown if each.status == "open"], found.next)


def reports_of(case: Case, query: PageQuery, shape: type[Shape]) -> Page[Shape]:
    """The reports of the case's round, in the order of their reporters' ids."""
    return paging.page(
        shape,
        settings.REPORTS_TABLE,
        partition=("caseId", case.case_id),
        sorted_by=("entryKey",),
        starts_with=rules.report_key(case.round, ""),
        bound_to=("getCase", case.case_id, str(case.round)),
        query=query,
    )


def reporters_of(decision: Decision) -> Iterator[str]:
    """The accounts whose reports the decision answers."""
    found = dynamodb.query_all(
        settings.REPORTS_TABLE,
        None,
        "caseId = :case AND begins_with(entryKey, :reports)",
        {":case": decision.case_id, ":reports": rules.report_key(decision.round, "")},
    )
    return (report["reporterId"] for report in found)


def hiding_of(recruiter_id: str, casting_id: str, until: str, now: str) -> dict[str, Any]:
    """The write of a transaction that lets lists know of a hidden casting."""
    item = {
        **_key(f"hidden#{recruiter_id}", casting_id),
        "hiddenUntil": until,
        "createdAt": now,
        "updatedAt": now,
        "version": 1,
        "expiresAt": int(datetime.fromisoformat(until).timestamp()),
    }
    return dynamodb.put_of(settings.REPORTS_TABLE, item)


def show_in_lists(recruiter_id: str, casting_id: str) -> None:
    """Undo `hiding_of`."""
    dynamodb.discard(settings.REPORTS_TABLE, _key(f"hidden#{recruiter_id}", casting_id))


def hidden_of(recruiter_id: str) -> dict[str, str]:
    """The times until which castings of the recruiter are hidden, by id. Some may have passed."""
    hidden = dynamodb.query_all(
        settings.REPORTS_TABLE, None, "caseId = :hidden", {":hidden": f"hidden#{recruiter_id}"}
    )
    return {item["entryKey"]: item["hiddenUntil"] for item in hidden}


def remove_reports_by(reporter_id: str, *, made_before: str) -> Iterator[None]:
    """Delete the reports that an account made before this instant, page by page."""
    return dynamodb.discard_found(
        settings.REPORTS_TABLE,
        "reporterIdIndex",
        "reporterId = :reporter",
        {":reporter": reporter_id},
        lambda item: _key(item["caseId"], item["entryKey"]),
        made_before=made_before,
    )


def decision(case: Case, shape: type[Shape]) -> Shape | None:
    """The decision about the case's round."""
    key = _key(case.case_id, rules.decision_key(case.round))
    item = dynamodb.get(settings.REPORTS_TABLE, key)
    return msgspec.convert(item, shape) if item else None


def decisions(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Decision]:
    """The decisions about these cases and rounds, as far as they exist."""
    wanted = [_key(case_id, rules.decision_key(number)) for case_id, number in keys]
    if not wanted:
        return {}
    attributes = Decision.__struct_encode_fields__
    items = dynamodb.get_many(settings.REPORTS_TABLE, wanted, attributes)
    found = msgspec.convert(items, list[Decision])
    return {(each.case_id, each.round): each for each in found}


def _key(case_id: str, entry_key: str) -> dynamodb.Item:
    return {"caseId": case_id, "entryKey": entry_key}
