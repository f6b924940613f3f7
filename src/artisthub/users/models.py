"""Profiles as their owners write them, and the views of them that different viewers see."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from artisthub.shared.models import (
    Category,
    Gender,
    HttpsUrl,
    Input,
    LongText,
    MediaUrl,
    Name,
    Picture,
    Stored,
    Title,
    Words,
)
from artisthub.users.stored import (
    ConnectionStatus,
    Direction,
    PlayingAge,
    PortfolioItem,
    PortfolioKind,
    Privacy,
    Role,
    Status,
    WorkExperience,
)


def _not_a_username(_: str) -> str:
    return (
        "must have 3 to 30 letters from A to Z, digits, points and underscores, "
        "and begin and end with a letter or digit"
    )


def _not_a_number(_: str) -> str:
    return "must be an international number such as +919876543210, without spaces"


# Not case-sensitive: `Priya.R` and `priya.r` are the same name, stored in lower case.
Username = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=30,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._]*[A-Za-z0-9]$",
        extra={"explain": _not_a_username},
    ),
]
Phone = Annotated[
    str,
    Meta(pattern=r"^\+[1-9][0-9]{7,14}$", description="E.164", extra={"explain": _not_a_number}),
]
BirthDate = Annotated[
    date, Meta(description="At least 18 years before today (UTC). Others see the age instead")
]
PlayingAges = Annotated[list[PlayingAge], Meta(max_length=4)]
Centimetres = Annotated[int, Meta(ge=30, le=280)]
Categories = Annotated[list[Category], Meta(max_length=12)]
# Portfolio and work experience are stored in the profile's item, which has at most 400 KB.
Note = Annotated[str, Meta(min_length=1, max_length=400)]
ItemId = Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", description="The `itemId` of an item")]
MAX_PORTFOLIO_ITEMS = 30
MAX_WORK_EXPERIENCES = 50


class NewUsername(Input):
    username: Username


class NewPortfolioItem(Input):
    """A new portfolio item. `url` leads to the work."""

    kind: PortfolioKind
    title: Title
    url: MediaUrl
    description: Note | None = None
    credits: Note | None = None


class NewWorkExperience(Input):
    """New work experience. Leave out `endedOn` if it has not ended."""

    title: Title
    started_on: date
    company: Name | None = None
    role_name: Name | None = None
    ended_on: date | None = None
    description: Note | None = None

    def __post_init__(self) -> None:
        if not 1900 <= self.started_on.year < 2200:
            raise ValueError("startedOn must be between the years 1900 and 2199")
        if self.ended_on and self.ended_on < self.started_on:
            raise ValueError("endedOn must not be earlier than startedOn")


class PortfolioOrder(Input):
    """The ids of all items of the portfolio, in the order to show them."""

    item_ids: Annotated[list[ItemId], Meta(max_length=MAX_PORTFOLIO_ITEMS)]


class ProfileFields(Input):
    """The fields that a profile's owner may change at any time.

    With `isFoundByStats`, verified recruiters find an artist's public profile by `playingAges`
    and, in bands of 5 cm, by `heightCm`. Neither is ever shown in the profile.
    """

    display_name: Name
    headline: Title | None = None
    bio: LongText | None = None
    city: Name | None = None
    categories: Categories = []
    skills: Words = []
    languages: Words = []
    company_name: Name | None = None
    website: HttpsUrl | None = None
    gender: Gender | None = None
    born_on: BirthDate | None = None
    phone: Phone | None = None
    height_cm: Centimetres | None = None
    playing_ages: PlayingAges = []
    is_found_by_stats: bool = False
    privacy: Privacy = "public"


class NewUser(ProfileFields, kw_only=True):
    """A new profile. `role` cannot change later."""

    born_on: BirthDate
    username: Username
    role: Role


class ListedProfile(Stored):
    """The part of a profile that lists show every signed-in account.

    `verifiedAt` is the time at which an administrator verified the recruiter's identity.
    """

    user_id: str
    username: str
    role: Role
    display_name: str
    privacy: Privacy
    created_at: str
    version: int
    verified_at: str | None = None


class Relation(Stored):
    """The relation of the caller to a person.

    `connection` is null if neither asked the other to connect. A pending request has a `direction`.
    """

    connection: ConnectionStatus | None
    direction: Direction | None


class LimitedProfile(ListedProfile, kw_only=True):
    """The part of a profile that every signed-in account sees.

    `verifiedAt` is the time at which an administrator verified the recruiter's identity. `relation`
    is null in the caller's own profile.
    """

    relation: Relation | None = None


class PublicProfile(LimitedProfile, kw_only=True):
    """A public profile, or a connections-only profile seen by a connection.

    It has the age, never the birth date.
    """

    picture: Picture | None = None
    headline: str | None = None
    bio: str | None = None
    city: str | None = None
    categories: list[Category] = []
    skills: list[str] = []
    languages: list[str] = []
    company_name: str | None = None
    website: str | None = None
    gender: Gender | None = None
    age: int | None = None
    portfolio: list[PortfolioItem] = []
    work_experience: list[WorkExperience] = []


class AdminProfile(PublicProfile, kw_only=True):
    """A profile as administrators see it, without contact data.

    A deleted account may be suspended too: `suspendedAt` says so.
    """

    status: Status = "active"
    suspended_at: str | None = None
    deleted_at: str | None = None
    restorable_until: str | None = None


class OwnProfile(PublicProfile, kw_only=True):
    """A profile as its owner sees it. `email` is the verified address of the account.

    A deleted account has `deletedAt`. It can be restored until `restorableUntil`. If it has
    `suspendedAt`, it is suspended again after that.
    """

    email: str
    phone: str | None = None
    height_cm: int | None = None
    playing_ages: list[PlayingAge] = []
    is_found_by_stats: bool = False
    status: Status = "active"
    suspended_at: str | None = None
    deleted_at: str | None = None
    restorable_until: str | None = None
    updated_at: str
