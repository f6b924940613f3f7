"""The relation of an account to a casting."""

from typing import Literal

from artisthub.shared.models import Stored

ApplicationStatus = Literal[
    "submitted", "viewed", "shortlisted", "audition", "confirmed", "offered", "accepted", "booked",
    "declined", "refused", "withdrawn",
]  # fmt: skip


class Applied(Stored):
    """An application for a role."""

    application_id: str
    casting_id: str
    role_id: str
    status: ApplicationStatus


class CastingRelation(Stored):
    """The relation of the caller to a casting.

    `applications` is null if the caller changed too many applications, hundreds, since the casting
    was made.
    """

    casting_id: str
    is_saved: bool
    applications: list[Applied] | None
