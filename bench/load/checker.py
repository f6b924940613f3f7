"""Says which promise of the service was broken, for which request.

In the style of Jepsen: it reads the history of every client and the state that was found when all
consumers had settled. It knows nothing of the service but these promises:

- kept: an acknowledged write is there, unless a later write changed it
- once: a write has one effect, however often the client sent it
- refused: a refused write leaves nothing
- converged: a retry with the same Idempotency-Key gets what the first try made
- told: each change is told once
- indexed: an open casting is in each of its lists once, and no other casting is
- counted: a count says what counting says
- spent: a quota is spent once for each acknowledged write, and at most once for each try
- answered: outside of faults nothing fails; within them, the answer is 503 with Retry-After
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.load.history import Record

# Writes of the last second before a kill of the embedded AWS may be lost.
UNSAVED_SECONDS = 1.0
# API Gateway answers after 30 seconds.
LONGEST_SECONDS = 31.0
UNREACHABLE = 0  # the status of a try without an answer
CONFLICT = 409


class Document(msgspec.Struct):
    """A casting, the entries that its lists have, and those in its note."""

    status: str
    listed: list[tuple[str, str]]
    noted: list[tuple[str, str]]


class Counted(msgspec.Struct):
    """A count, and the result of counting."""

    what: str
    said: object
    found: object


class State(msgspec.Struct):
    """The final state.

    - values: what is stored under each key of a write; more than one value if it is there twice
    - told: how often each notification is there
    - spent: how much of each account's quota is spent
    """

    values: dict[str, list[str]] = {}
    told: dict[str, int] = {}
    documents: dict[str, Document] = {}
    counts: list[Counted] = []
    spent: dict[str, int] = {}


class Violation(NamedTuple):
    promise: str
    what: str
    op: int = 0


class Operation(msgspec.Struct):
    """A write. `outcome` is ok, fail or unknown."""

    start: Record
    outcome: str = "unknown"
    end: Record | None = None
    tries: list[Record] = []

    @property
    def may_be_done(self) -> bool:
        """Whether a try ended without a clear answer."""
        return any(is_unclear(each) for each in self.tries)


class Fault(NamedTuple):
    """allows: the answers that clients may get: busy, failed or nothing."""

    name: str
    start: float
    end: float
    allows: str


def is_unclear(attempt: Record) -> bool:
    return attempt.status == UNREACHABLE or attempt.status >= 500


def operations(records: Iterable[Record]) -> dict[int, Operation]:
    found: dict[int, Operation] = {}
    kills = []
    for record in records:
        if record.kind == "invoke":
            found[record.op] = Operation(record)
        elif record.kind == "attempt" and record.op in found:
            found[record.op].tries.append(record)
        elif record.kind in ("ok", "fail", "unknown"):
            found[record.op].outcome, found[record.op].end = record.kind, record
        elif record.kind == "killed":
            kills.append(record.at)
    for each in found.values():
        if each.end and any(at - UNSAVED_SECONDS <= each.end.at <= at for at in kills):
            each.outcome = "unknown"
    return found


def faults(records: Sequence[Record]) -> list[Fault]:
    found: list[Fault] = []
    for record in records:
        if record.kind == "fault":
            found.append(Fault(record.name, record.at, float("inf"), record.value or "busy"))
        elif record.kind == "healed":
            found[-1] = found[-1]._replace(end=record.at)
    return found


def check(records: Sequence[Record], state: State) -> list[Violation]:
    """The broken promises."""
    ops = operations(records)
    return [
        *_stored(ops.values(), state.values),
        *_converged(ops.values(), records),
        *_told(ops.values(), state.told),
        *_indexed(state.documents),
        *_counted(state.counts),
        *_spent(ops.values(), state.spent, faults(records)),
        *_answered(records),
    ]


def _stored(ops: Iterable[Operation], values: dict[str, list[str]]) -> Iterator[Violation]:
    of_key: dict[str, list[Operation]] = defaultdict(list)
    for op in ops:
        if op.start.key:
            of_key[op.start.key].append(op)
    for key in sorted(of_key.keys() | values.keys()):
        yield from _stored_at(key, of_key[key], values.get(key, []))


def _stored_at(key: str, ops: list[Operation], found: list[str]) -> Iterator[Violation]:
    """One client at a time writes a key, so the last acknowledged write counts.

    A write with an unknown end may still happen at any time.
    """
    if len(found) > 1:
        yield Violation("once", f"{key} is there {len(found)} times", ops[0].start.op if ops else 0)
    value = found[0] if found else None
    acknowledged = [op for op in ops if op.outcome == "ok"]
    kept = acknowledged[-1].start.value if acknowledged else None
    possible = {kept} | {op.start.value for op in ops if op.outcome == "unknown"}
    if value in possible:
        return
    if acknowledged and value in {None, *(op.start.value for op in acknowledged[:-1])}:
        last = acknowledged[-1]
        yield Violation("kept", f"{key} is {value}, not {kept}", last.start.op)
        return
    refused = [op for op in ops if op.outcome == "fail" and op.start.value == value]
    what = f"{key} is {value}, which was refused" if refused else f"{key} is {value}, unexplained"
    yield Violation("refused", what, refused[-1].start.op if refused else 0)


def _converged(ops: Iterable[Operation], records: Sequence[Record]) -> Iterator[Violation]:
    keys: dict[int, str] = {}
    made: dict[str, str] = {}
    for record in records:
        if record.kind == "invoke":
            keys[record.op] = record.key
        elif record.kind == "ok" and record.made:
            made[keys[record.op]] = record.made
        elif record.kind == "replayed" and record.made != made.get(record.key):
            what = f"{record.name} of {record.key}: {record.made} and {made.get(record.key)}"
            yield Violation("converged", what)
    for op in ops:
        if op.start.has_key and op.end and op.end.status == CONFLICT and op.may_be_done:
            what = f"{op.start.name} of {op.start.key}: a retry got {op.end.status} {op.end.code}"
            yield Violation("converged", what, op.start.op)


def _told(ops: Iterable[Operation], told: dict[str, int]) -> Iterator[Violation]:
    causes: dict[str, list[Operation]] = defaultdict(list)
    for op in ops:
        if op.start.tells:
            causes[op.start.tells].append(op)
    for what in sorted(causes.keys() | told.keys()):
        outcomes = {op.outcome for op in causes[what]}
        least, most = int("ok" in outcomes), int(bool(outcomes & {"ok", "unknown"}))
        if not least <= told.get(what, 0) <= most:
            op_number = causes[what][0].start.op if causes[what] else 0
            yield Violation("told", f"{what}: {told.get(what, 0)} times", op_number)


def _indexed(documents: dict[str, Document]) -> Iterator[Violation]:
    for casting_id, document in documents.items():
        if document.status != "open" and (document.listed or document.noted):
            yield Violation("indexed", f"{casting_id} is {document.status} but listed")
        elif document.status == "open" and not document.listed:
            yield Violation("indexed", f"{casting_id} is open but not listed")
        elif sorted(document.listed) != sorted(document.noted):
            yield Violation("indexed", f"{casting_id} has other entries than its note")
        elif any(n > 1 for n in Counter(term for term, _ in document.listed).values()):
            yield Violation("indexed", f"{casting_id} is twice in a list")


def _counted(counts: Iterable[Counted]) -> Iterator[Violation]:
    for each in counts:
        if each.said != each.found:
            yield Violation("counted", f"{each.what}: says {each.said}, counted {each.found}")


def _spent(
    ops: Iterable[Operation], spent: dict[str, int], windows: Sequence[Fault]
) -> Iterator[Violation]:
    least, most = Counter[str](), Counter[str]()
    for op in ops:
        if op.start.spends:
            least[op.start.spends] += op.outcome == "ok"
            # If DynamoDB's answer is lost, the call is repeated and may run twice.
            most[op.start.spends] += sum(2 if _within(each, windows) else 1 for each in op.tries)
    for quota in sorted(least.keys() | spent.keys()):
        if not least[quota] <= spent.get(quota, 0) <= most[quota]:
            what = f"{quota}: {spent.get(quota, 0)}, not {least[quota]} to {most[quota]}"
            yield Violation("spent", what)


def _within(attempt: Record, windows: Sequence[Fault]) -> list[Fault]:
    """The faults that the try overlapped."""
    start = attempt.at - attempt.seconds
    return [each for each in windows if each.start <= attempt.at and start <= each.end]


def _answered(records: Sequence[Record]) -> Iterator[Violation]:
    windows = faults(records)
    for each in records:
        if each.kind != "attempt":
            continue
        within = _within(each, windows)
        if each.seconds > LONGEST_SECONDS:
            yield Violation("answered", f"{each.name} took {each.seconds:.1f} s", each.op)
        if not is_unclear(each):
            continue
        allowed = {fault.allows for fault in within}
        is_busy = each.status == 503 and each.retry_after
        if not (
            (is_busy and allowed)
            or (each.status != UNREACHABLE and "failed" in allowed)
            or "nothing" in allowed
        ):
            names = ", ".join(fault.name for fault in within) or "no fault"
            what = f"{each.name} got {each.status} {each.code} during {names}"
            yield Violation("answered", what, each.op)


class Summary(msgspec.Struct, rename="camel"):
    """The figures of a run."""

    requests: int
    writes: int
    acknowledged: int
    lost: int
    doubled: int
    outside_faults: int
    violations: int


def summary(records: Sequence[Record], violations: Sequence[Violation]) -> Summary:
    of_promise = Counter(each.promise for each in violations)
    ops = operations(records)
    windows = faults(records)
    return Summary(
        requests=sum(each.kind == "attempt" for each in records),
        writes=len(ops),
        acknowledged=sum(op.outcome == "ok" for op in ops.values()),
        lost=of_promise["kept"],
        doubled=of_promise["once"] + of_promise["converged"],
        outside_faults=sum(
            is_unclear(each) and not _within(each, windows)
            for each in records
            if each.kind == "attempt"
        ),
        violations=len(violations),
    )


def recovery_seconds(records: Sequence[Record], fault: Fault) -> float:
    """From the end of the fault to the end of the last try that failed."""
    failed = [
        each.at
        for each in records
        if each.kind == "attempt" and is_unclear(each) and each.at > fault.end
    ]
    return max([0.0, *(at - fault.end for at in failed)])
