"""Profiles: what an account tells about itself, and which of it each viewer sees."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from artisthub.shared.models import (
    Category,
    Gender,
    HttpsUrl,
    Input,
    LongText,
    Name,
    Stored,
    Title,
    Words,
)

# Case makes no difference: `Priya.R` and `priya.r` are one name, kept in lower case.
Username = Annotated[
    str, Meta(min_length=3, max_length=30, pattern=r"^[A-Za-z0-9][A-Za-z0-9._]*[A-Za-z0-9]$")
]
Phone = Annotated[str, Meta(pattern=r"^\+[1-9][0-9]{7,14}$", description="E.164")]
Centimetres = Annotated[int, Meta(ge=30, le=280)]
Categories = Annotated[list[Category], Meta(max_length=12)]
Role = Literal["artist", "recruiter"]
Privacy = Literal["public", "connections", "private"]
Status = Literal["active", "suspended", "deleted"]


class ProfileFields(Input):
    """What the owner of a profile may change at any time."""

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
    born_on: date | None = None
    phone: Phone | None = None
    height_cm: Centimetres | None = None
    privacy: Privacy = "public"


class NewUser(ProfileFields, kw_only=True):
    """Onboarding: the name and the role, which is chosen once, with the first profile fields."""

    username: Username
    role: Role


class LimitedProfile(Stored):
    """What anyone signed in sees of a profile that is not public."""

    user_id: str
    username: str
    role: Role
    display_name: str
    privacy: Privacy
    created_at: str
    version: int


class PublicProfile(LimitedProfile, kw_only=True):
    """What anyone signed in sees of a public profile, and connections of one for them.

    The birth date never leaves, the age does.
    """

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


class OwnProfile(PublicProfile, kw_only=True):
    """What the owner sees. `email` is Cognito's own, verified, never typed here."""

    email: str
    phone: str | None = None
    height_cm: int | None = None
    status: Status = "active"
    updated_at: str


class User(Stored, kw_only=True):
    """An account's profile as it is kept."""

    user_id: str
    username: str
    role: Role
    email: str
    display_name: str
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
    privacy: Privacy = "public"
    status: Status = "active"
    created_at: str
    updated_at: str
    version: int
