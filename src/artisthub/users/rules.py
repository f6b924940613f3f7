"""Decisions about profiles; no I/O."""

from datetime import date
from typing import TypeVar

from artisthub.shared import errors
from artisthub.users.models import (
    LimitedProfile,
    NewUser,
    OwnProfile,
    ProfileFields,
    PublicProfile,
    Role,
    User,
)

View = TypeVar("View", bound=LimitedProfile)

# Names that would pass for the service itself.
RESERVED = frozenset(
    {"admin", "administrator", "artisthub", "help", "moderator", "root", "security", "support"}
)


class ProfileRequired(errors.Forbidden):
    detail = "Create your profile first: POST /v1/users."


class AccountSuspended(errors.Forbidden):
    detail = "This account is suspended or deleted."


class RoleRequired(errors.Forbidden):
    detail = "Your role does not allow this."


def ensure_active(user: User | None) -> User:
    """The caller's profile, read on every write: a token outlives its account by up to an hour."""
    if user is None:
        raise ProfileRequired
    if user.status != "active":
        raise AccountSuspended
    return user


def ensure_role(user: User, role: Role) -> None:
    if user.role != role:
        raise RoleRequired(f"Only a {role} may do this.")


def ensure_plausible(fields: ProfileFields, today: date) -> None:
    """Raises Invalid for what the shapes alone cannot tell."""
    wrong = []
    if fields.born_on and not date(1900, 1, 1) <= fields.born_on <= today:
        wrong.append({"pointer": "/bornOn", "detail": "must be a date in the past, after 1900"})
    if isinstance(fields, NewUser) and fields.username.lower() in RESERVED:
        wrong.append({"pointer": "/username", "detail": "is reserved"})
    if wrong:
        raise errors.Invalid(errors=wrong)


def own_view(user: User, today: date) -> OwnProfile:
    """Everything but the birth date, for the owner."""
    return _project(user, OwnProfile, today)


def depends_on_connection(user: User, viewer_id: str) -> bool:
    """Whether what the viewer may see is decided by a connection of the two."""
    return user.privacy == "connections" and user.status == "active" and user.user_id != viewer_id


def view(
    user: User, viewer_id: str, today: date, *, is_connected: bool = False
) -> OwnProfile | PublicProfile | LimitedProfile:
    """What this viewer may see; raises NotFound for accounts that are suspended or deleted."""
    if user.user_id == viewer_id:
        return own_view(user, today)
    ensure_visible(user, viewer_id)
    if user.privacy == "public" or (user.privacy == "connections" and is_connected):
        return _project(user, PublicProfile, today)
    return _project(user, LimitedProfile, today)


def ensure_visible(user: User, viewer_id: str) -> None:
    """Raises NotFound where even that this profile exists is not the viewer's business."""
    if user.status != "active" and user.user_id != viewer_id:
        raise errors.NotFound


def age(born_on: date, today: date) -> int:
    """Whole years; a birthday on 29 February counts from 1 March in other years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def _project(user: User, view: type[View], today: date) -> View:
    """The fields that the view declares, and no other."""
    fields = {name: getattr(user, name) for name in view.__struct_fields__ if name != "age"}
    if "age" in view.__struct_fields__ and user.born_on:
        fields["age"] = age(user.born_on, today)
    return view(**fields)
