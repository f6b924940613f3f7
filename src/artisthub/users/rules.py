"""Decisions about profiles; no I/O."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from artisthub.shared import clock, errors, ids
from artisthub.shared.models import Picture
from artisthub.users.access import (
    ADULT_AT,
    age,
    ensure_active,
    ensure_visible,
    is_minor,
)
from artisthub.users.models import (
    MAX_PORTFOLIO_ITEMS,
    MAX_WORK_EXPERIENCES,
    AdminProfile,
    LimitedProfile,
    NewUser,
    OwnProfile,
    ProfileFields,
    PublicProfile,
    Relation,
)
from artisthub.users.stored import SHOWN, PortfolioItem, User, WorkExperience

View = TypeVar("View", bound=LimitedProfile)
Entry = TypeVar("Entry", bound=PortfolioItem | WorkExperience)
RESTORABLE_FOR = timedelta(days=30)
# Names that people could mistake for the service itself. No word of a username may contain one of
# the first, or be one of the others.
SERVICE = ("admin", "artisthub", "moderation", "moderator", "security", "support")
RESERVED = frozenset({*SERVICE, "administration", "administrator", "help", "root"})
# Parts of words that contain one of them by chance, as in Padmini.
UNRELATED = ("badminton", "padmine", "padmini", "supporting")
# A name of two or more of these and reserved words only, such as "Support Team", sounds official.
OFFICIAL = {
    *("account", "agent", "alert", "care", "center", "centre", "contact", "customer", "desk"),
    *("engineer", "info", "notice", "official", "online", "safety", "service", "staff", "team"),
    *("trust", "user", "verification", "verified"),
}
# Between and around them.
FILLING = {"and", "for", "of", "the"}
# Also without another word.
ALONE = {*RESERVED, "official", "staff", "verification"}
# Administrators check these fields before they verify a recruiter.
IDENTITY = ("display_name", "username", "company_name", "website")
USERNAME_RESERVED = {"pointer": "/username", "detail": "is reserved"}


class PortfolioFull(errors.Conflict):
    detail = f"A portfolio can have at most {MAX_PORTFOLIO_ITEMS} items. Remove one first."


class WorkExperienceFull(errors.Conflict):
    detail = f"Work experience can have at most {MAX_WORK_EXPERIENCES} entries. Remove one first."


def ensure_plausible(fields: ProfileFields, today: date, before: User | None = None) -> None:
    """Raise Invalid for faults that the models cannot detect.

    before: the profile to change, or None for a new one.
    """
    wrong = []
    if fault := _fault_of_birth_date(fields.born_on, before.born_on if before else None, today):
        wrong.append({"pointer": "/bornOn", "detail": fault})
    if isinstance(fields, NewUser) and is_reserved(fields.username):
        wrong.append(USERNAME_RESERVED)
    for attribute, pointer in (("display_name", "/displayName"), ("company_name", "/companyName")):
        name = getattr(fields, attribute)
        # An older name that breaks a rule may stay.
        if name and (before is None or name != getattr(before, attribute)):
            wrong += [{"pointer": pointer, "detail": fault} for fault in _faults_of_name(name)]
    if wrong:
        raise errors.Invalid(errors=wrong)


def is_reserved(username: str) -> bool:
    """Whether people could mistake the username for one of the service, also by its looks."""
    from artisthub.shared import lookalikes  # only new names need it

    if _sounds_official(username):
        return True
    read = lookalikes.reading
    service, reserved = {*map(read, SERVICE)}, {*map(read, RESERVED)}
    unrelated = re.compile(f"(?:{'|'.join(map(read, UNRELATED))})(?!strat)")
    return any(
        word in reserved or any(name in unrelated.sub("", word) for name in service)
        for words in lookalikes.words(username)
        for word in words
    )


def _faults_of_name(name: str) -> Iterator[str]:
    from artisthub.shared import lookalikes  # only new names need it

    if lookalikes.has_hidden(name):
        yield "must not contain invisible characters or direction marks"
    elif lookalikes.mixes_scripts(name):
        yield "must not mix scripts in one word"
    elif _sounds_official(name):
        yield "is reserved"


def _sounds_official(name: str) -> bool:
    """Whether the name has the name of the service, or only words that sound official.

    Spaces and separators do not count: "customercare" reads like "Customer Care".
    """
    from artisthub.shared import lookalikes

    def any_of(names: Iterable[str]) -> str:
        # Not the plural of root: The Roots are a band.
        plural = {each: "" if each == "root" else "s?" for each in names}
        return "|".join(lookalikes.reading(each) + end for each, end in plural.items())

    filling = f"(?:{any_of(FILLING)})*"
    several = f"{filling}(?:(?:{any_of(RESERVED | OFFICIAL)}){filling}){{2,}}"
    one = f"{filling}(?:{any_of(ALONE)}){filling}"
    official = re.compile(f"{several}|{one}|.*artists?hub.*")
    return any(official.fullmatch("".join(words)) for words in lookalikes.words(name))


def _fault_of_birth_date(born_on: date | None, before: date | None, today: date) -> str | None:
    if born_on is None:
        return "is required"
    if born_on == before:
        return None
    if is_minor(before, today):  # otherwise a minor could become an adult with one request
        return "can only be corrected by support, because the known one is under 18 years ago"
    if not date(1900, 1, 1) <= born_on <= today:
        return "must be a date from 1900 to today"
    return f"must be at least {ADULT_AT} years ago" if is_minor(born_on, today) else None


def changed(user: User, now: str, **fields: Any) -> User:
    """The next version of the profile, with these fields.

    It is not verified any more if what an administrator verified is different.
    """
    next_version = {"updated_at": now, "version": user.version + 1}
    after = msgspec.structs.replace(user, **fields, **next_version)
    return (
        msgspec.structs.replace(after, verified_at=None) if identity_changes(user, after) else after
    )


def identity_changes(before: User, after: User) -> list[str]:
    """The fields of a verified identity that differ."""
    if not before.verified_at:
        return []
    return [name for name in IDENTITY if getattr(before, name) != getattr(after, name)]


def renamed(user: User, username: str, now: str) -> User:
    """The profile with the new name, or the same profile if it has it. Raises Invalid."""
    if username.lower() == user.username:
        return user
    if is_reserved(username):
        raise errors.Invalid(errors=[USERNAME_RESERVED])
    return changed(user, now, username=username.lower())


def deleted(user: User, at: datetime) -> User:
    """The profile deleted, to expire after 30 days. The same profile if already deleted.

    A suspended account may be deleted too, because erasure is a right. It stays suspended.
    """
    if user.status == "deleted":
        return user
    now, expires_at = clock.text(at), int((at + RESTORABLE_FOR).timestamp())
    return changed(
        user,
        now,
        status="deleted",
        suspended_at=suspended_at(user),
        deleted_at=now,
        expires_at=expires_at,
    )


def restored(user: User, now: str) -> User:
    """The profile restored, still suspended if it was. The same profile if it is not deleted.

    Raises AccountSuspended if its owner did not delete it: it has no account at Cognito any more.
    """
    if user.status != "deleted" or not user.deleted_at:
        return ensure_active(user)
    status = "suspended" if user.suspended_at else "active"
    return changed(user, now, status=status, deleted_at=None, expires_at=None)


def suspended_at(user: User) -> str | None:
    """When the account was suspended. Older suspensions have only the status."""
    return user.suspended_at or (user.updated_at if user.status == "suspended" else None)


def with_picture(user: User, media_id: str, now: str) -> User:
    """The profile with a new picture of this upload, or the same if it has one of it.

    The picture's id is made from the version, so that a retry of a failed call makes the same
    files, and no later picture ever has them.
    """
    if user.picture_of == media_id:
        return user
    picture_id = ids.derived("picture", user.user_id, media_id, str(user.version))
    url = f"/v1/media/{user.user_id}/{picture_id}"
    picture = Picture(f"{url}/small", f"{url}/medium", url)
    return changed(user, now, picture=picture, picture_of=media_id)


def without_picture(user: User, now: str) -> User:
    """The profile without a picture, or the same if it has none."""
    return changed(user, now, picture=None, picture_of=None) if user.picture else user


def with_portfolio_item(user: User, item: PortfolioItem) -> User:
    """The profile with this item at the end of its portfolio. Raises PortfolioFull."""
    portfolio = _added(user.portfolio, item, MAX_PORTFOLIO_ITEMS, PortfolioFull)
    return changed(user, item.created_at, portfolio=portfolio)


def with_work_experience(user: User, entry: WorkExperience) -> User:
    """The profile with this entry, the latest first. Raises WorkExperienceFull."""
    entries = _added(user.work_experience, entry, MAX_WORK_EXPERIENCES, WorkExperienceFull)
    entries.sort(key=lambda each: each.started_on, reverse=True)
    return changed(user, entry.created_at, work_experience=entries)


def with_part(user: User, entry: PortfolioItem | WorkExperience, now: str) -> User:
    """The profile with this entry instead of the one with its id."""
    if isinstance(entry, PortfolioItem):
        return changed(user, now, portfolio=_replaced(user.portfolio, entry))
    entries = _replaced(user.work_experience, entry)
    entries.sort(key=lambda each: each.started_on, reverse=True)
    return changed(user, now, work_experience=entries)


def ordered(user: User, item_ids: list[str], now: str) -> User:
    """The profile with its portfolio in this order, or the same if it has it. Raises Invalid."""
    if sorted(item_ids) != sorted(item.item_id for item in user.portfolio):
        wrong = {"pointer": "/itemIds", "detail": "must have each item of your portfolio once"}
        raise errors.Invalid(errors=[wrong])
    portfolio = [part(user.portfolio, item_id) for item_id in item_ids]
    return user if portfolio == user.portfolio else changed(user, now, portfolio=portfolio)


def without_portfolio_item(user: User, item_id: str, now: str) -> User:
    """The profile without this item. Raises NotFound."""
    return changed(user, now, portfolio=_removed(user.portfolio, item_id))


def without_work_experience(user: User, item_id: str, now: str) -> User:
    """The profile without this entry. Raises NotFound."""
    return changed(user, now, work_experience=_removed(user.work_experience, item_id))


def part(entries: list[Entry], item_id: str) -> Entry:
    """The entry with this id. Raises NotFound."""
    for each in entries:
        if each.item_id == item_id:
            return each
    raise errors.NotFound


def _added(entries: list[Entry], new: Entry, most: int, full: type[errors.Conflict]) -> list[Entry]:
    """The entries with the new one."""
    if len(entries) >= most:
        raise full
    return [*entries, new]


def _replaced(entries: list[Entry], entry: Entry) -> list[Entry]:
    return [entry if each.item_id == entry.item_id else each for each in entries]


def _removed(entries: list[Entry], item_id: str) -> list[Entry]:
    remaining = [each for each in entries if each.item_id != item_id]
    if len(remaining) == len(entries):
        raise errors.NotFound
    return remaining


def own_view(user: User, today: date) -> OwnProfile:
    """The profile for its owner, without the birth date."""
    return _project(user, OwnProfile, today)


def relation(standing: str | None) -> Relation:
    """The relation with this standing of the caller's side of the connection."""
    return Relation(*SHOWN[standing]) if standing else Relation(None, None)


def admin_view(user: User, today: date, relation: Relation) -> AdminProfile:
    """The profile for administrators, in any status."""
    return _project(user, AdminProfile, today, relation)


def view(user: User, today: date, relation: Relation) -> PublicProfile | LimitedProfile:
    """The part that others may see. Raises NotFound for accounts that are hidden."""
    ensure_visible(user, today)
    is_connected = relation.connection == "accepted"
    if user.privacy == "public" or (user.privacy == "connections" and is_connected):
        return _project(user, PublicProfile, today, relation)
    return _project(user, LimitedProfile, today, relation)


def _project(user: User, view: type[View], today: date, relation: Relation | None = None) -> View:
    """Only the fields that the view declares."""
    computed: dict[str, Any] = {
        "relation": relation,
        "age": age(user.born_on, today) if user.born_on else None,
        "suspended_at": suspended_at(user),
        "restorable_until": _instant(user.expires_at) if user.expires_at else None,
    }
    names = view.__struct_fields__
    return view(**{n: computed[n] if n in computed else getattr(user, n) for n in names})


def _instant(epoch_seconds: int) -> str:
    return clock.text(datetime.fromtimestamp(epoch_seconds, UTC))
