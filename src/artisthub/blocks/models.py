"""Blocks between two accounts."""

from artisthub.shared.models import Stored


class Block(Stored):
    """An account that the caller blocked."""

    user_id: str
    blocked_at: str


class Side(Stored, kw_only=True):
    """The side of `userId`: when it blocked the other account, and when the other blocked it.

    It is stored while there is a block in at least one direction. `version` is 0 if it is not.
    """

    user_id: str
    other_user_id: str
    blocked_at: str | None = None
    blocked_by_at: str | None = None
    created_at: str
    updated_at: str
    version: int = 0
