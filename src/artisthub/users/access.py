"""The accounts that may act, and those that others may know of; no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from artisthub.shared import errors
from artisthub.users.stored import Account, NamedCard, NamedUser, Role, User

if TYPE_CHECKING:
    from datetime import date
    from typing import Protocol

    class Person(Protocol):
        """The fields of a profile that decide whether others may know of it."""

        @property
        def status(self) -> str: ...
        @property
        def born_on(self) -> date | None: ...


Standing = TypeVar("Standing", User, Account)
ADULT_AT = 18


class ProfileRequired(errors.Forbidden):
    detail = "You have no profile. Create one with POST /v1/users."


class AccountSuspended(errors.Forbidden):
    detail = (
        "This account is suspended or deleted. For 30 days, POST /v1/users/me/restore restores a "
        "deleted account."
    )


class RoleRequired(errors.Forbidden):
    detail = "Your role, artist or recruiter, does not allow this."


class AdultsOnly(errors.Forbidden):
    detail = f"Only people who are {ADULT_AT} or older may do this."


# The problems of operations that need an active account, and of those that need an adult's.
INACTIVE = (ProfileRequired, AccountSuspended)
NOT_ADULT = (*INACTIVE, AdultsOnly)


def ensure_active(user: Standing | None, role: Role | None = None) -> Standing:
    """The profile. Raises ProfileRequired, AccountSuspended or, for another role, RoleRequired."""
    if user is None:
        raise ProfileRequired
    if user.status != "active":
        raise AccountSuspended
    if role and user.role != role:
        raise RoleRequired(f"Only accounts with the role {role} may do this.")
    return user


def ensure_adult(user: Standing, today: date) -> Standing:
    """The profile. Raises AdultsOnly."""
    if is_minor(user.born_on, today):
        raise AdultsOnly
    return user


def is_minor(born_on: date | None, today: date) -> bool:
    """Whether the person is known to be under 18. Older profiles may have no birth date."""
    return born_on is not None and age(born_on, today) < ADULT_AT


def ensure_session(user: User, signed_in_at: float) -> User:
    """The profile. Raises Unauthorized for a sign-in before all sessions of the account ended.

    The authorizer accepts an access token for an hour, even after Cognito has revoked it.
    """
    if signed_in_at < (user.sessions_ended_at or 0):
        raise errors.Unauthorized
    return user


def ensure_own_uploads(urls: dict[str, str], user_id: str) -> None:
    """Raise Invalid for addresses of other people's uploads. Their keys are pointers.

    Somebody else's file would look like the person's own work.
    """
    wrong = [
        {"pointer": pointer, "detail": "must be your own upload"}
        for pointer, url in urls.items()
        if url.startswith("/") and url.split("/")[-2] != user_id
    ]
    if wrong:
        raise errors.Invalid(errors=wrong)


def named(card: NamedCard | None, today: date, *, is_connected: bool = False) -> NamedUser | None:
    """The person by name, or None while others do not see the account."""
    if card is None or not is_shown(card, today):
        return None
    shows_picture = card.privacy == "public" or (card.privacy == "connections" and is_connected)
    picture = card.picture if shows_picture else None
    return NamedUser(card.user_id, card.username, card.display_name, picture)


def ensure_visible(user: User, today: date) -> None:
    """Raise NotFound if others may not know that this profile exists."""
    if not is_shown(user, today):
        raise errors.NotFound


def is_shown(user: Person, today: date) -> bool:
    """Whether others may know of the account: it is active, and not a minor's."""
    return user.status == "active" and not is_minor(user.born_on, today)


def age(born_on: date, today: date) -> int:
    """Age in whole years. After a birth on 29 February, it changes on 1 March in common years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
