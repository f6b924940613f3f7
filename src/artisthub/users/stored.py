"""Profiles as stored, and the parts of them that other features show."""

from datetime import date
from typing import Literal

from artisthub.shared.models import Category, Gender, Picture, Stored

# Ages that an artist can play, in bands of five years. All are adults.
PlayingAge = Literal[
    "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68-"
]  # fmt: skip
Role = Literal["artist", "recruiter"]
ConnectionStatus = Literal["pending", "accepted", "declined"]
Direction = Literal["incoming", "outgoing"]  # outgoing if the caller sent the request
# The status and direction that each standing of a connection shows.
SHOWN: dict[str, tuple[ConnectionStatus, Direction | None]] = {
    "outgoing": ("pending", "outgoing"),
    "incoming": ("pending", "incoming"),
    "accepted": ("accepted", None),
    "declined": ("declined", "incoming"),
    "refused": ("declined", "outgoing"),
}
Privacy = Literal["public", "connections", "private"]
Status = Literal["active", "suspended", "deleted"]
PortfolioKind = Literal["image", "video", "audio", "link"]


class PortfolioItem(Stored):
    """A portfolio item."""

    item_id: str
    kind: PortfolioKind
    title: str
    url: str
    created_at: str
    description: str | None = None
    credits: str | None = None


class WorkExperience(Stored):
    """An entry of work experience."""

    item_id: str
    title: str
    started_on: date
    created_at: str
    company: str | None = None
    role_name: str | None = None
    ended_on: date | None = None
    description: str | None = None


class NamedUser(Stored):
    """A person in a list. `picture` is there if the caller may see it in the profile."""

    user_id: str
    username: str
    display_name: str
    picture: Picture | None = None


class NamedCard(NamedUser, kw_only=True):
    """The fields of a profile's card that NamedUser needs."""

    status: Status
    privacy: Privacy = "private"
    born_on: date | None = None


class RecruiterCard(NamedUser, kw_only=True):
    """The recruiter of a casting, for everyone who can read the casting.

    The recruiter's `privacy` does not limit it. `verifiedAt` is the badge, and `createdAt` the time
    since which the recruiter has a profile.
    """

    created_at: str
    company_name: str | None = None
    verified_at: str | None = None


class Account(Stored, kw_only=True):
    """The part of a profile that says what its owner may do."""

    user_id: str
    role: Role
    status: Status
    born_on: date | None = None


class User(Stored, kw_only=True):
    """A profile as stored."""

    user_id: str
    username: str
    role: Role
    email: str
    display_name: str
    picture: Picture | None = None
    picture_of: str | None = None  # the upload that the picture was made of
    headline: str | None = None
    bio: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    company_name: str | None = None
    website: str | None = None
    gender: Gender | None = None
    born_on: date | None = None
    phone: str | None = None
    height_cm: int | None = None
    playing_ages: list[PlayingAge] = []
    is_found_by_stats: bool = False
    portfolio: list[PortfolioItem] = []
    work_experience: list[WorkExperience] = []
    privacy: Privacy = "public"
    verified_at: str | None = None
    status: Status = "active"
    suspended_at: str | None = None  # stays if the owner deletes the account
    address_key: str | None = None  # of the suspended address, in ClosedAccounts
    deleted_at: str | None = None
    expires_at: int | None = None
    sessions_ended_at: int | None = None
    created_at: str
    updated_at: str
    version: int
