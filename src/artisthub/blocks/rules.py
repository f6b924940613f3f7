"""Decisions about blocks; no I/O."""

import msgspec

from artisthub.blocks.models import Side


def blocked(side: Side, now: str) -> Side:
    """The side after its owner blocked the other account, or the same if it had."""
    return side if side.blocked_at else _changed(side, now, blocked_at=now)


def unblocked(side: Side, now: str) -> Side:
    """The side after its owner took the block back, or the same if there was none."""
    return _changed(side, now, blocked_at=None) if side.blocked_at else side


def is_block(side: Side) -> bool:
    """Whether there is a block in any direction."""
    return bool(side.blocked_at or side.blocked_by_at)


def mirror(side: Side) -> Side:
    """The same block as the other account's side."""
    return msgspec.structs.replace(
        side,
        user_id=side.other_user_id,
        other_user_id=side.user_id,
        blocked_at=side.blocked_by_at,
        blocked_by_at=side.blocked_at,
    )


def _changed(side: Side, now: str, blocked_at: str | None) -> Side:
    return msgspec.structs.replace(
        side, blocked_at=blocked_at, updated_at=now, version=side.version + 1
    )
