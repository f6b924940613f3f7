"""The steps of a casting, who sees it, and the ids of its roles."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import pairwise, product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.castings import rules
from artisthub.castings.models import (
    MAX_DOCUMENTS,
    Casting,
    CastingFields,
    ChosenStatus,
    Document,
    MoneyFields,
    PayFields,
    RequirementsFields,
    RoleFields,
    Status,
    Takedown,
)
from artisthub.shared import errors, validation
from artisthub.shared.caller import Caller
from tests.unit.builders import CREATED, a_casting

NOW = "2026-11-22T12:00:00.000Z"
FUTURE, PAST = "2026-12-24T00:00:00.000Z", "2026-11-20T00:00:00.000Z"
STATUSES: tuple[Status, ...] = get_args(ChosenStatus)

# A casting goes draft → open ⇄ closed → filled. Before the end, it may be cancelled.
ARROWS = {
    *{("draft", "open"), ("open", "closed"), ("closed", "open"), ("closed", "filled")},
    *{("draft", "cancelled"), ("open", "cancelled"), ("closed", "cancelled")},
}
ENDS = {"filled", "cancelled"}

RECRUITER = Caller("recruiter", frozenset(), "")
SOMEONE = Caller("someone", frozenset(), "")
ADMIN = Caller("admin", frozenset({"admins"}), "")


def fields(*roles: RoleFields, **more: Any) -> CastingFields:
    complete: dict[str, Any] = {
        "title": "Dancers",
        "description": "An evening.",
        "category": "dance",
        "city": "Kolkata",
        "roles": list(roles) or [RoleFields("Dancer", pay=PayFields("unpaid"))],
    }
    return CastingFields(**(complete | more))


@pytest.mark.parametrize(("start", "end"), list(product(STATUSES, STATUSES)))
def test_only_the_allowed_status_changes_of_a_casting_succeed(start: Status, end: Status) -> None:
    casting = a_casting(status=start)

    if (start, end) in ARROWS:
        assert rules.moved(casting, end, NOW).status == end
    else:
        with pytest.raises(rules.StatusNotReachable):
            rules.moved(casting, end, NOW)


@given(st.lists(st.sampled_from(STATUSES), max_size=20))
def test_no_sequence_of_status_changes_leaves_a_final_status(attempts: list[Status]) -> None:
    casting = rules.new(fields(), "casting", "recruiter", CREATED)
    walked = [casting.status]

    for status in attempts:
        try:
            casting = rules.moved(casting, status, NOW)
        except rules.StatusNotReachable:
            continue
        walked.append(casting.status)

    assert set(pairwise(walked)) <= ARROWS
    assert not ENDS & set(walked[:-1])
    assert casting.version == len(walked)
    assert casting.published_at == (NOW if "open" in walked else None)


def test_every_allowed_status_change_is_reachable_from_a_draft() -> None:
    walked: set[tuple[Status, Status]] = set()
    ahead = [rules.new(fields(), "casting", "recruiter", CREATED)]
    while ahead:
        casting = ahead.pop()
        for status in rules.TRANSITIONS[casting.status]:
            if (casting.status, status) not in walked:
                walked.add((casting.status, status))
                ahead.append(rules.moved(casting, status, NOW))

    assert walked == ARROWS
    assert {status for status, following in rules.TRANSITIONS.items() if not following} == {
        *ENDS,
        "removed",
    }


@pytest.mark.parametrize("status", sorted(ENDS))
def test_a_casting_that_has_ended_cannot_be_changed(status: Status) -> None:
    with pytest.raises(rules.CastingEnded):
        rules.changed(a_casting(status=status), fields(), NOW)


@pytest.mark.parametrize("status", sorted(set(STATUSES) - ENDS))
def test_a_casting_that_has_not_ended_can_be_changed(status: Status) -> None:
    changed = rules.changed(a_casting(status=status), fields(title="Singers"), NOW)

    assert (changed.title, changed.status) == ("Singers", status)


def walked(path: Iterable[Status]) -> Casting:
    casting = rules.new(fields(), "casting", "recruiter", CREATED)
    for minute, status in enumerate(path):
        casting = rules.moved(casting, status, f"2026-11-22T12:{minute:02}:00.000Z")
    return casting


@pytest.mark.parametrize(
    ("path", "published_at"),
    [
        ([], None),
        (["cancelled"], None),
        (["open"], "2026-11-22T12:00:00.000Z"),
        (["open", "closed"], "2026-11-22T12:00:00.000Z"),
        (["open", "closed", "open"], "2026-11-22T12:00:00.000Z"),
        (["open", "closed", "filled"], "2026-11-22T12:00:00.000Z"),
        (["open", "cancelled"], "2026-11-22T12:00:00.000Z"),
    ],
)
def test_a_casting_is_published_when_it_opens_for_the_first_time(
    path: list[Status], published_at: str | None
) -> None:
    casting = walked(path)

    assert casting.published_at == published_at
    assert rules.is_public(casting) == (published_at is not None)


def test_every_step_makes_a_new_version_with_its_time() -> None:
    casting = walked(["open", "closed", "filled"])

    assert (casting.version, casting.created_at) == (4, CREATED)
    assert casting.updated_at == "2026-11-22T12:02:00.000Z"
    changed = rules.changed(a_casting(version=7), fields(), NOW)
    assert (changed.version, changed.created_at, changed.updated_at) == (8, CREATED, NOW)


def removed(before: ChosenStatus = "open", **more: Any) -> Casting:
    takedown = Takedown("Not genuine.", NOW, before)
    return a_casting(status="removed", takedown=takedown, published_at=CREATED, **more)


def test_drafts_and_castings_taken_down_are_not_public() -> None:
    assert not rules.is_public(a_casting())
    assert not rules.is_public(removed())


@pytest.mark.parametrize("end", get_args(Status))
def test_the_recruiter_cannot_change_the_status_of_a_casting_taken_down(end: Status) -> None:
    with pytest.raises(rules.CastingTakenDown):
        rules.moved(removed(), end, NOW)


@pytest.mark.parametrize(
    "change",
    [
        lambda casting: rules.changed(casting, fields(), NOW),
        lambda casting: rules.with_document(casting, a_document()),
        lambda casting: rules.without_document(casting, "document", NOW),
        rules.ensure_deletable,
    ],
)
def test_a_casting_taken_down_can_be_neither_changed_nor_deleted(
    change: Callable[[Casting], Any],
) -> None:
    with pytest.raises(rules.CastingTakenDown):
        change(removed())


@pytest.mark.parametrize("start", STATUSES)
def test_a_recruiter_cannot_take_a_casting_down(start: Status) -> None:
    with pytest.raises(rules.StatusNotReachable):
        rules.moved(a_casting(status=start), "removed", NOW)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("deadline_at", [None, at(FUTURE), at("2026-11-22T13:00:00.001+01:00")])
def test_a_deadline_in_the_future_is_accepted(deadline_at: datetime | None) -> None:
    rules.ensure_deadline_in_future(fields(deadline_at=deadline_at), NOW)


@pytest.mark.parametrize("deadline_at", [at(PAST), at(NOW), at("2026-11-22T13:00:00.000+01:00")])
def test_a_deadline_that_is_not_in_the_future_is_refused(deadline_at: datetime) -> None:
    with pytest.raises(errors.Invalid) as refused:
        rules.ensure_deadline_in_future(fields(deadline_at=deadline_at), NOW)

    assert [each["pointer"] for each in refused.value.errors or []] == ["/deadlineAt"]


def test_a_change_may_keep_a_deadline_that_has_passed() -> None:
    casting = a_casting(status="open", deadline_at=PAST)

    changed = rules.changed(casting, fields(title="Singers", deadline_at=at(PAST)), NOW)

    assert (changed.title, changed.deadline_at) == ("Singers", PAST)


def test_a_deadline_cannot_be_changed_to_a_past_time() -> None:
    casting = a_casting(deadline_at=FUTURE)

    with pytest.raises(errors.Invalid):
        rules.changed(casting, fields(deadline_at=at(PAST)), NOW)


def test_a_deadline_can_be_removed_or_postponed() -> None:
    casting = a_casting(deadline_at=PAST)

    assert rules.changed(casting, fields(deadline_at=None), NOW).deadline_at is None
    assert rules.changed(casting, fields(deadline_at=at(FUTURE)), NOW).deadline_at == FUTURE


@pytest.mark.parametrize("status", ["draft", "closed"])
@pytest.mark.parametrize("deadline_at", [PAST, NOW])
def test_a_casting_cannot_open_after_its_deadline(status: Status, deadline_at: str) -> None:
    with pytest.raises(rules.DeadlinePassed):
        rules.moved(a_casting(status=status, deadline_at=deadline_at), "open", NOW)


def test_a_casting_can_be_filled_or_cancelled_after_its_deadline() -> None:
    casting = a_casting(status="closed", deadline_at=PAST)

    assert rules.moved(casting, "filled", NOW).status == "filled"
    assert rules.moved(casting, "cancelled", NOW).status == "cancelled"


def test_deadlines_are_stored_in_utc() -> None:
    casting = rules.new(fields(deadline_at=at("2026-12-24T05:30:00+05:30")), "c", "r", NOW)

    assert casting.deadline_at == "2026-12-24T00:00:00.000Z"


def ids(casting: Casting) -> list[str | None]:
    return [role.role_id for role in casting.roles]


def test_each_role_of_a_new_casting_gets_a_unique_id() -> None:
    casting = rules.new(
        fields(RoleFields("A"), RoleFields("B"), RoleFields("C")), "casting", "recruiter", NOW
    )

    assert None not in ids(casting)
    assert len(set(ids(casting))) == 3


def test_roles_keep_their_ids_when_reordered_renamed_or_added_to() -> None:
    casting = rules.new(fields(RoleFields("A"), RoleFields("B")), "casting", "recruiter", NOW)
    first, second = ids(casting)

    changed = rules.changed(
        casting,
        fields(
            RoleFields("B, older", role_id=second), RoleFields("C"), RoleFields("A", role_id=first)
        ),
        NOW,
    )

    assert [role.title for role in changed.roles] == ["B, older", "C", "A"]
    assert (ids(changed)[0], ids(changed)[2]) == (second, first)
    assert ids(changed)[1] not in {None, first, second}


def test_the_id_of_a_removed_role_is_never_reused() -> None:
    casting = rules.new(fields(RoleFields("A"), RoleFields("B")), "casting", "recruiter", NOW)
    kept, gone = ids(casting)

    without = rules.changed(casting, fields(RoleFields("A", role_id=kept)), NOW)
    again = rules.changed(without, fields(RoleFields("A", role_id=kept), RoleFields("C")), NOW)

    assert ids(without) == [kept]
    assert ids(again)[1] not in {kept, gone}


@pytest.mark.parametrize("role_ids", [["r9-9"], ["r1-1", "r1-1"]], ids=["unknown", "repeated"])
def test_an_unknown_or_repeated_role_id_is_refused(role_ids: list[str]) -> None:
    sent = fields(*(RoleFields("A", role_id=role_id) for role_id in role_ids))

    with pytest.raises(errors.Invalid) as refused:
        rules.changed(a_casting(), sent, NOW)

    places = [each["pointer"] for each in refused.value.errors or []]
    assert places == [f"/roles/{index}/roleId" for index in range(len(role_ids))]


def test_a_new_casting_with_role_ids_is_refused() -> None:
    with pytest.raises(errors.Invalid):
        rules.new(fields(RoleFields("A", role_id="r1-1")), "casting", "recruiter", NOW)


@pytest.mark.parametrize("status", STATUSES)
def test_a_casting_can_be_deleted_unless_it_is_open(status: Status) -> None:
    if status == "open":
        with pytest.raises(rules.CastingStillOpen):
            rules.ensure_deletable(a_casting(status=status))
    else:
        rules.ensure_deletable(a_casting(status=status))


def a_document(number: int = 0, **fields: Any) -> Document:
    complete: dict[str, Any] = {
        "document_id": f"document-{number}",
        "title": "Script",
        "url": "https://scripts.example/1",
        "kind": "script",
        "created_at": NOW,
    }
    return Document(**(complete | fields))


def documents(count: int) -> list[Document]:
    return [a_document(number) for number in range(count)]


def test_documents_are_kept_in_order_and_limited_in_number() -> None:
    casting = a_casting(documents=documents(MAX_DOCUMENTS - 1))

    full = rules.with_document(casting, a_document(99))

    assert full.documents == [*casting.documents, a_document(99)]
    assert (full.version, full.updated_at) == (casting.version + 1, NOW)
    with pytest.raises(rules.DocumentsFull):
        rules.with_document(full, a_document(100))


def test_removing_a_document_keeps_the_others() -> None:
    casting = rules.without_document(a_casting(documents=documents(3)), "document-1", NOW)

    assert casting.documents == [a_document(0), a_document(2)]
    assert (casting.version, casting.updated_at) == (2, NOW)
    with pytest.raises(errors.NotFound):
        rules.without_document(casting, "document-1", NOW)


@pytest.mark.parametrize("status", STATUSES)
def test_documents_can_be_added_and_removed_until_the_casting_ends(status: Status) -> None:
    casting = a_casting(status=status, documents=documents(1))

    if status in ENDS:
        with pytest.raises(rules.CastingEnded):
            rules.with_document(casting, a_document(1))
        with pytest.raises(rules.CastingEnded):
            rules.without_document(casting, "document-0", NOW)
    else:
        assert rules.with_document(casting, a_document(1)).documents == documents(2)
        assert rules.without_document(casting, "document-0", NOW).documents == []


def test_a_change_or_a_status_change_keeps_the_documents() -> None:
    casting = a_casting(status="draft", documents=documents(2))

    assert rules.changed(casting, fields(title="Singers"), NOW).documents == documents(2)
    assert rules.moved(casting, "open", NOW).documents == documents(2)


def test_role_count_and_is_paid_are_computed_from_the_roles() -> None:
    paid = PayFields("paid", MoneyFields(0, "INR"), "day")

    unpaid = rules.new(
        fields(RoleFields("A"), RoleFields("B", pay=PayFields("expenses"))), "c", "r", NOW
    )
    one_paid = rules.changed(
        unpaid, fields(RoleFields("A"), RoleFields("B"), RoleFields("C", pay=paid)), NOW
    )

    assert (unpaid.role_count, unpaid.is_paid) == (2, False)
    assert (one_paid.role_count, one_paid.is_paid) == (3, True)


def test_a_new_casting_is_a_draft_of_its_recruiter() -> None:
    casting = rules.new(fields(), "the-id", "the-recruiter", NOW)

    assert (casting.casting_id, casting.recruiter_id) == ("the-id", "the-recruiter")
    assert (casting.status, casting.version, casting.published_at) == ("draft", 1, None)
    assert casting.created_at == casting.updated_at == NOW


def test_sending_a_casting_back_unchanged_changes_none_of_its_fields() -> None:
    role = RoleFields("A", requirements=RequirementsFields(min_age=0), pay=PayFields("unpaid"))
    written = fields(role, deadline_at=datetime(2026, 12, 24, tzinfo=UTC), tags=["film"])

    casting = rules.new(written, "casting", "recruiter", NOW)
    again = rules.changed(casting, validation.convert_patched({}, casting, CastingFields), NOW)

    ignored = {"version": casting.version, "updated_at": casting.updated_at}
    assert {**_plain(again), **ignored} == {**_plain(casting), **ignored}


def _plain(casting: Casting) -> dict[str, Any]:
    return {name: getattr(casting, name) for name in casting.__struct_fields__}
