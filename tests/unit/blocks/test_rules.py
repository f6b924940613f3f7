"""Both sides of a block after any sequence of changes."""

from hypothesis import given
from hypothesis import strategies as st

from artisthub.blocks import rules
from artisthub.blocks.models import Side

CREATED = "2026-11-01T00:00:00.000Z"
STEPS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12)


def a_side() -> Side:
    return Side(user_id="a", other_user_id="b", created_at=CREATED, updated_at=CREATED)


@given(STEPS)
def test_a_block_holds_until_both_have_taken_theirs_back(steps: list[tuple[bool, bool]]) -> None:
    side, blocks = a_side(), {"a": False, "b": False}

    for minute, (by_a, is_blocking) in enumerate(steps):
        own = side if by_a else rules.mirror(side)
        change = rules.blocked if is_blocking else rules.unblocked
        changed = change(own, f"2026-11-02T00:{minute:02}:00.000Z")
        assert (changed is own) == (blocks[own.user_id] == is_blocking)
        blocks[own.user_id] = is_blocking
        side = changed if by_a else rules.mirror(changed)

    assert (side.blocked_at is not None, side.blocked_by_at is not None) == (
        blocks["a"],
        blocks["b"],
    )
    assert rules.is_block(side) == any(blocks.values())
    assert rules.mirror(rules.mirror(side)) == side
    assert (side.user_id, side.other_user_id) == ("a", "b")


def test_blocking_again_keeps_the_time_of_the_first_block() -> None:
    first = rules.blocked(a_side(), "2026-11-02T00:00:00.000Z")

    assert rules.blocked(first, "2026-11-03T00:00:00.000Z") is first
    assert first.version == 1
