"""Connections between two accounts: one requests, the other accepts."""

from typing import Annotated, Literal

from msgspec import Meta

from artisthub.shared.models import Input, PageQuery, Stored
from artisthub.users.stored import ConnectionStatus, Direction, NamedUser

# The state of a connection from one account's side. Each account has its own item.
Standing = Literal["outgoing", "incoming", "accepted", "declined", "refused"]
Answer = Literal["accepted", "declined"]
Message = Annotated[str, Meta(min_length=1, max_length=500)]
UserId = Annotated[str, Meta(min_length=1, max_length=200)]


class NewConnection(Input):
    """A connection request with an optional message."""

    user_id: UserId
    message: Message | None = None


class NewAnswer(Input):
    answer: Answer


class ConnectionQuery(PageQuery):
    """`direction` is for pending requests only. Its default is `incoming`."""

    status: Literal["pending", "accepted"] = "accepted"
    direction: Direction | None = None

    def __post_init__(self) -> None:
        if self.direction and self.status != "pending":
            raise ValueError("direction is allowed only if status is pending")

    @property
    def standing(self) -> Standing:
        return "accepted" if self.status == "accepted" else self.direction or "incoming"


class Connection(Stored):
    """A connection from the caller's side.

    `userId` is the other account. `direction` is `outgoing` if the caller sent the request. `user`
    has the name of the other account in lists. It is null in answers to changes, and for seconds
    after that profile has changed.
    """

    user_id: str
    status: ConnectionStatus
    direction: Direction | None
    message: str | None
    created_at: str
    updated_at: str
    version: int
    user: NamedUser | None = None


class Side(Stored, kw_only=True):
    """One of a connection's two items: the side of `userId`."""

    user_id: str
    other_user_id: str
    standing: Standing
    message: str | None = None
    created_at: str
    updated_at: str
    version: int

    @property
    def standing_at(self) -> str:
        """The sort key of lists. Every change gives it a new value."""
        return f"{self.standing}#{self.updated_at}"
