"""Connections: two accounts that know each other, once one has asked and the other said yes."""

from typing import Annotated, Literal

from msgspec import Meta

from artisthub.shared.models import Input, PageQuery, Stored

# What a connection is from the side of one of the two; each of them keeps an item with their own.
Standing = Literal["outgoing", "incoming", "accepted", "declined", "refused"]
Status = Literal["pending", "accepted", "declined"]
Direction = Literal["incoming", "outgoing"]
Answer = Literal["accepted", "declined"]
Message = Annotated[str, Meta(min_length=1, max_length=500)]
UserId = Annotated[str, Meta(min_length=1, max_length=200)]


class NewConnection(Input):
    """Whom to ask, and a few words for them."""

    user_id: UserId
    message: Message | None = None


class NewAnswer(Input):
    answer: Answer


class ConnectionQuery(PageQuery):
    """`direction` belongs to pending requests, and is `incoming` unless said."""

    status: Literal["pending", "accepted"] = "accepted"
    direction: Direction | None = None

    def __post_init__(self) -> None:
        if self.direction and self.status != "pending":
            raise ValueError("direction belongs to status=pending")

    @property
    def standing(self) -> Standing:
        return "accepted" if self.status == "accepted" else self.direction or "incoming"


class Connection(Stored):
    """A connection as the caller sees it: `userId` is the other one, `direction` who has asked."""

    user_id: str
    status: Status
    direction: Direction | None
    message: str | None
    created_at: str
    updated_at: str
    version: int


class Side(Stored, kw_only=True):
    """One of the two items of a connection: what it is to `userId`."""

    user_id: str
    other_user_id: str
    standing: Standing
    message: str | None = None
    created_at: str
    updated_at: str
    version: int

    @property
    def standing_at(self) -> str:
        """What lists are sorted by; another one after every change."""
        return f"{self.standing}#{self.updated_at}"
