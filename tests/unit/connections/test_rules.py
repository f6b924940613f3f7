"""The actions of each side of a connection, and their result for both sides."""

from datetime import date
from itertools import product
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.connections import rules
from artisthub.connections.models import (
    Answer,
    ConnectionQuery,
    NewAnswer,
    NewConnection,
    Side,
    Standing,
)
from artisthub.shared import errors, validation
from artisthub.users.stored import User
from tests.unit.bounds import unbounded

CREATED, NOW = "2026-11-01T00:00:00.000Z", "2026-11-22T12:00:00.000Z"
TODAY = date(2026, 11, 22)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
ACTIONS: tuple[rules.Action, ...] = get_args(rules.Action)

# The standing before and the action, then the standing after for the actor and the other side.
ARROWS: dict[tuple[str | None, str], tuple[str | None, str | None]] = {
    (None, "request"): ("outgoing", "incoming"),
    ("outgoing", "remove"): (None, None),
    ("incoming", "request"): ("accepted", "accepted"),
    ("incoming", "accept"): ("accepted", "accepted"),
    ("incoming", "decline"): ("declined", "refused"),
    ("accepted", "remove"): (None, None),
    ("declined", "request"): ("outgoing", "incoming"),
    ("declined", "remove"): (None, None),
}


def a_side(standing: Standing = "incoming", **fields: Any) -> Side:
    complete: dict[str, Any] = {
        "user_id": "me",
        "other_user_id": "other",
        "standing": standing,
        "message": "Hello",
        "created_at": CREATED,
        "updated_at": CREATED,
        "version": 3,
    }
    return Side(**(complete | fields))


def done(side: Side | None, user_id: str, action: rules.Action) -> Side | None:
    """The side of `user_id` after the action."""
    if action == "request":
        other_id = "other" if user_id == "me" else "me"
        return rules.requested(side, user_id, NewConnection(other_id, "New words"), NOW)
    if action == "remove":
        rules.ensure_removable(side)
        return None
    answer: Answer = "accepted" if action == "accept" else "declined"
    return rules.answered(rules.ensure_exists(side), answer, NOW)


@pytest.mark.parametrize(("standing", "action"), list(product((None, *STANDINGS), ACTIONS)))
def test_only_the_allowed_actions_on_a_connection_succeed(
    standing: Standing | None, action: rules.Action
) -> None:
    before = a_side(standing) if standing else None

    if (standing, action) in ARROWS:
        mine, other = ARROWS[standing, action]
        after = done(before, "me", action)
        assert (after.standing if after else None) == mine
        assert (rules.mirror(after).standing if after else None) == other
    else:
        expected = rules.ConnectionNotPossible if standing else errors.NotFound
        with pytest.raises(expected):
            done(before, "me", action)


@given(st.lists(st.tuples(st.sampled_from(["me", "other"]), st.sampled_from(ACTIONS))))
def test_two_accounts_are_connected_only_when_both_agree(
    steps: list[tuple[str, rules.Action]],
) -> None:
    side: Side | None = None  # as `me` sees it
    willing: set[str] = set()
    for user_id, action in steps:
        own = side if user_id == "me" or side is None else rules.mirror(side)
        try:
            own = done(own, user_id, action)
        except errors.Problem:
            continue
        side = own if user_id == "me" or own is None else rules.mirror(own)
        if action in ("request", "accept"):
            willing = willing | {user_id} if side and side.standing == "accepted" else {user_id}
        else:
            willing = set()
        assert (side is not None and side.standing == "accepted") == (willing == {"me", "other"})


def test_every_standing_can_be_reached() -> None:
    reached: set[str | None] = set()
    ahead: list[str | None] = [None]
    while ahead:
        standing = ahead.pop()
        reached.add(standing)
        ends = [end for (start, _), both in ARROWS.items() if start == standing for end in both]
        ahead += [end for end in ends if end not in reached]

    assert reached == {None, *STANDINGS}


@pytest.mark.parametrize("standing", STANDINGS)
def test_both_sides_of_a_connection_mirror_each_other(standing: Standing) -> None:
    side = a_side(standing)
    other = rules.mirror(side)

    assert (other.user_id, other.other_user_id) == ("other", "me")
    assert rules.mirror(other) == side
    same = {"message", "created_at", "updated_at", "version"}
    assert all(getattr(other, name) == getattr(side, name) for name in same)


def test_every_step_sets_version_time_and_sort_key() -> None:
    asked = rules.requested(None, "me", NewConnection("other", "Hello"), CREATED)
    answered = rules.answered(rules.mirror(asked), "accepted", NOW)

    assert (asked.version, asked.created_at, asked.updated_at) == (1, CREATED, CREATED)
    assert (answered.version, answered.created_at, answered.updated_at) == (2, CREATED, NOW)
    assert asked.standing_at == f"outgoing#{CREATED}"
    assert answered.standing_at == f"accepted#{NOW}"


def test_the_message_is_from_the_account_that_asked() -> None:
    body = NewConnection("other", "New words")

    assert rules.requested(a_side("incoming"), "me", body, NOW).message == "Hello"
    assert rules.requested(a_side("declined"), "me", body, NOW).message == "New words"
    assert rules.requested(a_side("declined"), "me", NewConnection("other"), NOW).message is None
    assert rules.answered(a_side("incoming"), "declined", NOW).message == "Hello"


@pytest.mark.parametrize(
    ("standing", "status", "direction"),
    [
        ("outgoing", "pending", "outgoing"),
        ("incoming", "pending", "incoming"),
        ("accepted", "accepted", None),
        ("declined", "declined", "incoming"),
        ("refused", "declined", "outgoing"),
    ],
)
def test_a_side_shows_the_other_account_the_status_and_the_direction(
    standing: Standing, status: str, direction: str | None
) -> None:
    assert msgspec.to_builtins(rules.view(a_side(standing))) == {
        "userId": "other",
        "status": status,
        "direction": direction,
        "message": "Hello",
        "createdAt": CREATED,
        "updatedAt": CREATED,
        "version": 3,
        "user": None,
    }


def a_user(**fields: Any) -> User:
    return msgspec.convert(
        {
            "userId": "other",
            "username": "other",
            "role": "artist",
            "email": "other@example.org",
            "displayName": "Other",
            "createdAt": CREATED,
            "updatedAt": CREATED,
            "version": 1,
        }
        | fields,
        User,
    )


def test_another_active_account_can_be_asked() -> None:
    rules.ensure_connectable(a_user(), "me", TODAY)


@pytest.mark.parametrize(
    "user",
    [
        None,
        a_user(status="suspended"),
        a_user(status="deleted"),
        a_user(userId="me"),
        a_user(bornOn="2010-01-01"),
    ],
    ids=["unknown", "suspended", "deleted", "itself", "under 18"],
)
def test_an_account_cannot_ask_itself_or_an_unknown_or_hidden_account(user: User | None) -> None:
    with pytest.raises(errors.NotFound):
        rules.ensure_connectable(user, "me", TODAY)


@pytest.mark.parametrize("shape", [NewConnection, NewAnswer])
def test_every_field_that_a_client_sends_is_bounded(shape: type) -> None:
    assert unbounded(shape) == set()


def test_a_message_over_500_characters_is_refused() -> None:
    validation.convert({"userId": "a", "message": "a" * 500}, NewConnection)

    with pytest.raises(errors.Invalid):
        validation.convert({"userId": "a", "message": "a" * 501}, NewConnection)


@pytest.mark.parametrize(
    ("query", "standing"),
    [
        ({}, "accepted"),
        ({"status": "accepted"}, "accepted"),
        ({"status": "pending"}, "incoming"),
        ({"status": "pending", "direction": "incoming"}, "incoming"),
        ({"status": "pending", "direction": "outgoing"}, "outgoing"),
    ],
)
def test_the_status_and_the_direction_select_one_list(query: dict[str, str], standing: str) -> None:
    assert validation.convert_query(query, ConnectionQuery).standing == standing


@pytest.mark.parametrize(
    "query", [{"direction": "incoming"}, {"status": "accepted", "direction": "outgoing"}]
)
def test_a_direction_is_refused_unless_the_status_is_pending(query: dict[str, str]) -> None:
    with pytest.raises(errors.Invalid):
        validation.convert_query(query, ConnectionQuery)
