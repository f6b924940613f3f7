"""The checker of loads and faults (bench/load) finds each broken promise.

Each history here is made by hand. The same history without its fault breaks no promise.
"""

from typing import Any

import pytest

from bench.load import checker
from bench.load.checker import Counted, Document, Fault, State
from bench.load.history import Kind, Record

CASTING = "casting:a"


class Made:
    """A history whose records are a second apart."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def add(self, kind: Kind, name: str = "write", **fields: Any) -> "Made":
        at = fields.pop("at", float(len(self.records)))
        self.records.append(Record(at, kind, name, **fields))
        return self

    def write(self, op: int, value: str | None, outcome: Kind = "ok", **fields: Any) -> "Made":
        """A write with one try."""
        status = {"ok": 200, "fail": 409, "unknown": 0}[outcome]
        ending = {name: fields.pop(name) for name in ("made", "code") if name in fields}
        self.add("invoke", op=op, key=fields.pop("key", CASTING), value=value, **fields)
        self.add("attempt", op=op, status=status, seconds=0.5)
        return self.add(outcome, op=op, status=status, **ending)


def broken(made: Made, **state: Any) -> list[str]:
    return [each.promise for each in checker.check(made.records, State(**state))]


def during_a_fault(made: Made, allows: str = "nothing") -> Made:
    """The same history within a fault."""
    start = Record(-1, "fault", "a fault", value=allows)
    made.records = [start, *made.records, Record(1_000, "healed", "a fault")]
    return made


def test_an_acknowledged_write_that_is_there_breaks_nothing() -> None:
    assert broken(Made().write(1, "draft"), values={CASTING: ["draft"]}) == []


def test_an_acknowledged_write_that_is_missing_is_lost() -> None:
    assert broken(Made().write(1, "draft")) == ["kept"]


def test_an_older_value_means_that_the_last_write_is_lost() -> None:
    made = Made().write(1, "draft").write(2, "open")

    [violation] = checker.check(made.records, State(values={CASTING: ["draft"]}))

    assert (violation.promise, violation.op) == ("kept", 2)


def test_an_acknowledged_delete_that_left_the_value_is_lost() -> None:
    assert broken(Made().write(1, "saved").write(2, None), values={CASTING: ["saved"]}) == ["kept"]


@pytest.mark.parametrize("found", [[], ["draft"]])
def test_an_unknown_write_may_be_there_or_not(found: list[str]) -> None:
    made = during_a_fault(Made().write(1, "draft", "unknown"))

    assert broken(made, values={CASTING: found}) == []


def test_a_thing_that_is_there_twice_is_doubled() -> None:
    made = Made().write(1, "draft")

    assert broken(made, values={CASTING: ["draft", "draft"]}) == ["once"]


def test_a_refused_write_must_leave_nothing() -> None:
    made = Made().write(1, "draft", "fail")

    assert broken(made) == []
    assert broken(made, values={CASTING: ["draft"]}) == ["refused"]


def test_a_value_that_nobody_wrote_is_found() -> None:
    assert broken(Made(), values={CASTING: ["draft"]}) == ["refused"]


def test_only_the_last_second_before_a_kill_may_be_lost() -> None:
    late = Made().write(1, "draft").add("killed", at=2.5)
    early = Made().write(1, "draft").add("killed", at=3.5)

    assert broken(late) == []
    assert broken(early) == ["kept"]


def test_a_replay_must_get_what_the_first_try_made() -> None:
    made = Made().write(1, "draft", made="id-1")
    values = {CASTING: ["draft"]}
    made.add("replayed", key=CASTING, made="id-1")

    assert broken(made, values=values) == []
    made.add("replayed", key=CASTING, made="id-2")
    assert broken(made, values=values) == ["converged"]


def test_a_retry_with_the_same_key_must_not_conflict_with_the_first_try() -> None:
    made = Made().add("invoke", op=1, key=CASTING, value="draft", has_key=True)
    made.add("attempt", op=1, status=0).add("attempt", op=1, status=409)
    made.add("fail", op=1, status=409, code="AlreadyApplied")

    assert broken(during_a_fault(made)) == ["converged"]


@pytest.mark.parametrize(("times", "promises"), [(0, ["told"]), (1, []), (2, ["told"])])
def test_a_change_must_be_told_once(times: int, promises: list[str]) -> None:
    made = Made().write(1, "submitted", tells="r submitted a")

    found = {"r submitted a": times} if times else {}
    assert broken(made, values={CASTING: ["submitted"]}, told=found) == promises


def test_a_refused_change_must_not_be_told() -> None:
    made = Made().write(1, "submitted", "fail", tells="r submitted a")

    assert broken(made, told={"r submitted a": 1}) == ["told"]


def test_a_notification_without_a_cause_is_found() -> None:
    assert broken(Made(), told={"r submitted a": 1}) == ["told"]


ENTRY, OTHER = ("castings|all", "2026 a"), ("castings|all", "2027 a")


@pytest.mark.parametrize(
    ("document", "promises"),
    [
        (Document("open", [ENTRY], [ENTRY]), []),
        (Document("draft", [], []), []),
        (Document("open", [], []), ["indexed"]),
        (Document("open", [], [ENTRY]), ["indexed"]),
        (Document("open", [ENTRY], []), ["indexed"]),
        (Document("open", [ENTRY, OTHER], [ENTRY, OTHER]), ["indexed"]),
        (Document("draft", [ENTRY], [ENTRY]), ["indexed"]),
        (Document("closed", [], [ENTRY]), ["indexed"]),
    ],
)
def test_only_open_castings_are_listed_and_once_in_each_list(
    document: Document, promises: list[str]
) -> None:
    assert broken(Made(), documents={"a": document}) == promises


def test_a_count_must_say_what_counting_says() -> None:
    assert broken(Made(), counts=[Counted("unread", 2, 2)]) == []
    assert broken(Made(), counts=[Counted("unread", 2, 3)]) == ["counted"]


@pytest.mark.parametrize(("spent", "promises"), [(0, ["spent"]), (1, []), (2, ["spent"])])
def test_a_quota_is_spent_once_for_each_write(spent: int, promises: list[str]) -> None:
    made = Made().write(1, "draft", spends="r castings")

    assert broken(made, values={CASTING: ["draft"]}, spent={"r castings": spent}) == promises


def test_a_try_during_a_fault_may_spend_twice_but_not_three_times() -> None:
    made = during_a_fault(Made().write(1, "draft", spends="r castings"))
    values = {CASTING: ["draft"]}

    assert broken(made, values=values, spent={"r castings": 2}) == []
    assert broken(made, values=values, spent={"r castings": 3}) == ["spent"]


@pytest.mark.parametrize("status", [0, 500, 503])
def test_nothing_may_fail_without_a_fault(status: int) -> None:
    assert broken(Made().add("attempt", status=status, retry_after=True)) == ["answered"]


@pytest.mark.parametrize(
    ("allows", "status", "retry_after", "promises"),
    [
        ("busy", 503, True, []),
        ("busy", 503, False, ["answered"]),
        ("busy", 500, False, ["answered"]),
        ("busy", 0, False, ["answered"]),
        ("failed", 500, False, []),
        ("failed", 0, False, ["answered"]),
        ("nothing", 0, False, []),
    ],
)
def test_a_fault_allows_only_its_own_answers(
    allows: str, status: int, retry_after: bool, promises: list[str]
) -> None:
    made = Made().add("attempt", status=status, retry_after=retry_after)

    assert broken(during_a_fault(made, allows)) == promises


def test_no_answer_may_take_longer_than_the_gateway_waits() -> None:
    assert broken(Made().add("attempt", status=200, seconds=31.5)) == ["answered"]


def test_a_fault_lasts_from_its_start_to_its_end() -> None:
    made = during_a_fault(Made())
    made.add("attempt", at=2_000.0, status=503, retry_after=True, seconds=1)

    assert broken(made) == ["answered"]


def test_recovery_lasts_until_the_last_try_that_failed() -> None:
    made = Made().add("attempt", at=12.5, status=503).add("attempt", at=13.0, status=200)
    fault = Fault("a fault", 5, 10, "busy")

    assert checker.recovery_seconds(made.records, fault) == 2.5
    assert checker.recovery_seconds([], fault) == 0


def test_the_summary_counts_requests_and_broken_promises() -> None:
    made = Made().write(1, "draft").write(2, "draft", key="casting:b").add("attempt", status=500)
    values = {"casting:b": ["draft", "draft"]}

    figures = checker.summary(made.records, checker.check(made.records, State(values=values)))

    assert (figures.requests, figures.acknowledged) == (3, 2)
    assert (figures.lost, figures.doubled, figures.outside_faults) == (1, 1, 1)
