"""Decisions about cases; no I/O."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from artisthub.cases.models import (
    Case,
    Decision,
    EarlierTexts,
    Flag,
    FlaggedText,
    Outcome,
    Reason,
    Report,
    Subject,
)
from artisthub.shared import clock

# India's IT Rules 2021, rule 3(1)(g), ask to keep such records for at least 180 days.
KEPT_FOR = timedelta(days=365)

# Accounts of this age that hide a casting together, and for how long.
ESTABLISHED_AFTER, WITNESSES, HIDDEN_FOR = timedelta(days=30), 5, timedelta(hours=24)
# The most accounts that ever count for one casting. Then only administrators can act.
MOST_COUNTED = 50

# Lists of open cases: all of them, those with a flag, and those for each reason of a report.
ALL, FLAGGED = "all", "flag"
# A case shows its latest flags, and knows the latest texts that raised one. It stays below 4 KB.
MOST_FLAGS, MOST_DIGESTS = 20, 60


def of_user(user_id: str) -> Subject:
    return Subject(f"user:{user_id}", user_id)


def of_casting(casting_id: str, recruiter_id: str) -> Subject:
    return Subject(f"casting:{casting_id}", recruiter_id)


def of_upload(media_url: str) -> Subject:
    """The subject of an upload's `mediaUrl`."""
    user_id, media_id = media_url.split("/")[-2:]
    return Subject(f"upload:{user_id}.{media_id}", user_id)


def of_application(casting_id: str, application_id: str, artist_id: str) -> Subject:
    return Subject(f"application:{casting_id}.{application_id}", artist_id)


def of_audition(casting_id: str, application_id: str, recruiter_id: str) -> Subject:
    """The subject of the place and link that the recruiter wrote into an application."""
    return Subject(f"audition:{casting_id}.{application_id}", recruiter_id)


def of_connection(user_id: str, other_user_id: str) -> Subject:
    """The subject of the message that the first account sent to the other one."""
    return Subject(f"connection:{user_id}.{other_user_id}", user_id)


def kind_of(case_id: str) -> str:
    return case_id.partition(":")[0]


def id_of(case_id: str) -> str:
    """The case's id without its kind."""
    return case_id.partition(":")[2]


def media_url(case_id: str) -> str:
    return "/v1/media/" + case_id.removeprefix("upload:").replace(".", "/")


def begun(subject: Subject, before: Case | None, now: str) -> Case:
    """The open case of the subject: the same one, or one that begins another round."""
    if before and before.status == "open" and before.expires_at > _epoch(now):
        return before
    fresh = Case(
        case_id=subject.case_id,
        owner_id=subject.owner_id,
        listed_at=now,
        reporter_rank=_rank(0, now),
        created_at=now,
        updated_at=now,
        expires_at=0,
    )
    if before is None:
        return fresh
    return msgspec.structs.replace(
        fresh,
        round=before.round + 1,
        counted=[*before.counted, *before.witnesses],
        flagged=before.flagged,
        created_at=before.created_at,
        version=before.version,
    )


def report_key(number: int, reporter_id: str) -> str:
    """The sort key of a reporter's report in a round of the case."""
    return f"report#{number:06}#{reporter_id}"


def list_key(queue: str) -> str:
    return f"list#{queue}"


def decision_key(number: int) -> str:
    return f"decision#{number:06}"


def texts_key(number: int, written_at: str) -> str:
    """The sort key of the texts that were written then, kept in a round of the case."""
    return f"texts#{number:06}#{written_at}"


def is_evidence(case: Case, written_at: str) -> bool:
    """Whether a report or a flag came since this version of the case's subject was written."""
    is_open = case.status == "open" and not is_over(case.expires_at)
    return is_open and case.listed_at >= written_at


def earlier_texts(case: Case, texts: dict[str, str], written_at: str, now: str) -> EarlierTexts:
    return EarlierTexts(
        case_id=case.case_id,
        entry_key=texts_key(case.round, written_at),
        texts=texts,
        created_at=now,
        updated_at=now,
        expires_at=expiry(now),
    )


def new_report(case: Case, reporter_id: str, reason: Reason, text: str | None, now: str) -> Report:
    return Report(
        case_id=case.case_id,
        entry_key=report_key(case.round, reporter_id),
        reporter_id=reporter_id,
        owner_id=case.owner_id,
        reason=reason,
        text=text,
        round=case.round,
        created_at=now,
        updated_at=now,
        expires_at=expiry(now),
    )


def reported(case: Case, reason: Reason, now: str) -> Case:
    """The case with one more reporter, who gave this reason."""
    reasons = {**case.reasons, reason: case.reasons.get(reason, 0) + 1}
    count = case.reporter_count + 1
    return _listed(case, now, reporter_count=count, reasons=reasons)


def is_established(created_at: str, now: str) -> bool:
    """Whether an account is old enough for its reports to hide a casting."""
    since = datetime.fromisoformat(now) - ESTABLISHED_AFTER
    return datetime.fromisoformat(created_at) <= since


def is_hidden(case: Case, now: str) -> bool:
    return case.hidden_until is not None and case.hidden_until > now


def with_witness(case: Case, witness: str, now: str) -> Case:
    """The case after an established account reported it. The fifth one hides the casting.

    Each account counts once for a casting. Reports of a hidden casting count no further, so that
    they cannot hide it again.
    """
    seen = [*case.counted, *case.witnesses]
    if witness in seen or len(seen) >= MOST_COUNTED:
        return case
    if is_hidden(case, now):
        return msgspec.structs.replace(case, counted=[*case.counted, witness])
    witnesses = [*case.witnesses, witness]
    if len(witnesses) < WITNESSES:
        return msgspec.structs.replace(case, witnesses=witnesses)
    until = clock.text(datetime.fromisoformat(now) + HIDDEN_FOR)
    counted = [*case.counted, *witnesses]
    return msgspec.structs.replace(case, witnesses=[], counted=counted, hidden_until=until)


def flagged(case: Case, flags: list[Flag], now: str) -> Case:
    """The case with these flags, at the top of the lists. The oldest give way to new ones."""
    return _listed(case, now, flags=[*case.flags, *flags][-MOST_FLAGS:])


def with_flagged_texts(case: Case, texts: list[FlaggedText], now: str) -> Case:
    """The case with flags for the texts that have not raised one yet, or the same if none has."""
    # More texts would push each other out, and a second delivery would flag them again.
    new = [text for text in texts[:MOST_DIGESTS] if text.digest not in case.flagged]
    if not new:
        return case
    flags = [Flag(reason, text.place, now) for text in new for reason in text.reasons]
    digests = [*case.flagged, *(text.digest for text in new)][-MOST_DIGESTS:]
    return msgspec.structs.replace(flagged(case, flags, now), flagged=digests)


def decided(case: Case, now: str) -> Case:
    """The case in no list, with its reporters counted."""
    return msgspec.structs.replace(
        _next(case, now),
        status="decided",
        reporter_count=0,
        reasons={},
        flags=[],
        witnesses=[],
        counted=[*case.counted, *case.witnesses],
        hidden_until=None,
        queue=None,
        ranking=None,
    )


def new_decision(case: Case, outcome: Outcome, reason: str, by: str, now: str) -> Decision:
    return Decision(
        case_id=case.case_id,
        entry_key=decision_key(case.round),
        owner_id=case.owner_id,
        outcome=outcome,
        reason=reason,
        by=by,
        round=case.round,
        reporter_count=case.reporter_count,
        created_at=now,
        updated_at=now,
        expires_at=expiry(now),
    )


def lists_of(case: Case) -> dict[str, int]:
    """The number of reporters in each list that has the case, besides that of all cases."""
    return {**case.reasons, FLAGGED: case.reporter_count} if case.flags else dict(case.reasons)


def place_in(case: Case, queue: str) -> dict[str, Any]:
    """The item that shows the case in one of its lists, by the reporters who gave this reason."""
    count = lists_of(case)[queue]
    return {
        "caseId": case.case_id,
        "entryKey": list_key(queue),
        "queue": queue,
        "ranking": queue,
        "listedAt": case.listed_at,
        "reporterRank": _rank(count, case.listed_at),
        "createdAt": case.updated_at,
        "updatedAt": case.updated_at,
        "version": case.version,
        "expiresAt": case.expires_at,
    }


def expiry(now: str) -> int:
    return _epoch(now) + int(KEPT_FOR.total_seconds())


def is_over(expires_at: int) -> bool:
    """Whether the item has expired. TTL may delete it two days later."""
    return expires_at <= datetime.now(UTC).timestamp()


def _listed(case: Case, now: str, **fields: Any) -> Case:
    count = fields.get("reporter_count", case.reporter_count)
    return msgspec.structs.replace(
        _next(case, now),
        queue=ALL,
        ranking=ALL,
        listed_at=now,
        reporter_rank=_rank(count, now),
        **fields,
    )


def _next(case: Case, now: str) -> Case:
    return msgspec.structs.replace(
        case, updated_at=now, version=case.version + 1, expires_at=expiry(now)
    )


def _rank(count: int, now: str) -> str:
    """Sorts by the number of reporters, then by time. It is text, because keys of indexes are."""
    return f"{count:06}#{now}"


def _epoch(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())
