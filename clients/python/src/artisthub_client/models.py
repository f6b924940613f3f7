"""Requests and responses of the API. Generated from the contract by `make clients`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from artisthub_client.wire import Tagged

AccountStatus = Literal["active", "deleted", "suspended"]


@dataclass(kw_only=True, slots=True)
class Address:
    """The e-mail address of an account. It is not case-sensitive."""

    email: str


@dataclass(kw_only=True, slots=True)
class AdminProfile(Tagged):
    """A profile as administrators see it, without contact data.

    A deleted account may be suspended too: `suspendedAt` says so.
    """

    user_id: str
    username: str
    role: UserRole
    display_name: str
    privacy: Privacy
    created_at: datetime.datetime
    version: int
    verified_at: datetime.datetime | None
    relation: Relation | None
    picture: Picture | None
    headline: str | None
    bio: str | None
    city: str | None
    categories: list[Category]
    skills: list[str]
    languages: list[str]
    company_name: str | None
    website: str | None
    gender: Gender | None
    age: int | None
    portfolio: list[PortfolioItem]
    work_experience: list[WorkExperience]
    status: AccountStatus
    suspended_at: datetime.datetime | None
    deleted_at: datetime.datetime | None
    restorable_until: datetime.datetime | None


@dataclass(kw_only=True, slots=True)
class Applicant:
    """The profile of an artist who applied. The artist's `privacy` does not limit it."""

    user_id: str
    username: str
    display_name: str
    picture: Picture | None
    headline: str | None
    city: str | None
    categories: list[Category]
    skills: list[str]
    languages: list[str]
    gender: Gender | None
    age: int | None


@dataclass(kw_only=True, slots=True)
class Applicants:
    """One page of applicants. `next` is the cursor of the next page, null on the last.

    `counts` has the number of applications in each status, without regard to the filters.
    """

    items: list[ListedApplicant]
    next_: str | None
    counts: ApplicantsCounts


@dataclass(kw_only=True, slots=True)
class ApplicationAnswer:
    """The artist's answer: the audition is confirmed, or the offer is accepted or refused."""

    answer: ArtistAnswer


ApplicationStatus = Literal[
    "accepted",
    "audition",
    "booked",
    "confirmed",
    "declined",
    "offered",
    "refused",
    "shortlisted",
    "submitted",
    "viewed",
    "withdrawn",
]


@dataclass(kw_only=True, slots=True)
class Applied:
    """An application for a role."""

    application_id: str
    casting_id: str
    role_id: str
    status: ApplicationStatus


ArtistAnswer = Literal["accepted", "confirmed", "refused"]


@dataclass(kw_only=True, slots=True)
class ArtistMatch:
    """An artist and the casting's best role for them."""

    artist: ProfileSummary
    """A profile in a list. A connections-only profile has only the fields that everyone sees."""

    role: RoleMatch
    """A role with all requirements, those of its casting included."""


@dataclass(kw_only=True, slots=True)
class ArtistMatches:
    """Artists, the best match first. `considered` is the number that was compared."""

    items: list[ArtistMatch]
    considered: int


@dataclass(kw_only=True, slots=True)
class Assessment:
    """The recruiter's rating, tags and notes of an applicant. The artist never sees them.

    Absent fields do not change, null clears `rating`, and a list replaces the whole list.
    """

    rating: int | None = None
    tags: list[str] | None = None
    recruiter_notes: list[NoteFields] | None = None


AuditAction = Literal[
    "confirmed",
    "deleted",
    "dismissed",
    "hidden",
    "quotaChanged",
    "reinstated",
    "removed",
    "suspended",
    "unsuspended",
    "unverified",
    "upheld",
    "verified",
]


@dataclass(kw_only=True, slots=True)
class AuditEntry:
    """A change by an administrator. `by` is their user id.

    The action `hidden` is not theirs: reports hid the casting, and `by` is `reports`.

    `quota` and `most` are there only if `action` is quotaChanged. Without `most`, the usual number
    holds again.
    """

    subject: str
    action: AuditAction
    by: str
    at: datetime.datetime
    reason: str | None
    quota: str | None = None
    most: int | None = None


@dataclass(kw_only=True, slots=True)
class AuditEntryPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[AuditEntry]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class Audition:
    """Audition"""

    starts_at: datetime.datetime
    place: str | None
    link: str | None


@dataclass(kw_only=True, slots=True)
class AuthorizationCode:
    """The code that the hosted UI sent to `redirectUri`, and its PKCE verifier."""

    code: str
    code_verifier: str
    redirect_uri: str


@dataclass(kw_only=True, slots=True)
class Block:
    """An account that the caller blocked."""

    user_id: str
    blocked_at: datetime.datetime


@dataclass(kw_only=True, slots=True)
class BlockPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[Block]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class CaseDecision:
    """How a case was decided. `by` is the administrator's user id."""

    outcome: CaseOutcome
    reason: str
    by: str
    created_at: datetime.datetime


@dataclass(kw_only=True, slots=True)
class CaseFile:
    """A case with one page of its reports. `next` is the cursor of the next page.

    The reports are those since the case was last decided. A decided case has those that were
    decided, and `decision`. `text` is the current note of an application, the place and link of
    its audition, or the message of a connection request, whose case this is. `earlierTexts` are
    those of up to five reported or flagged versions that were changed or deleted since, the latest
    first. They are on the first page.
    """

    case: CaseSummary
    """A case: one thing with its reports and flags.

`reporterCount` is the number of accounts that reported it since it was last decided, and
`reasons` has their number for each reason. A flag marks a text that may ask for money, lead to
another channel or have a phone number, or with the reason identity a field that a verified
recruiter changed. `ownerId` is the account that is responsible.
"""

    text: str | None
    earlier_texts: list[EarlierTexts]
    decision: CaseDecision | None
    reports: list[ReceivedReport]
    next_: str | None


CaseKind = Literal["application", "audition", "casting", "connection", "upload", "user"]

CaseOutcome = Literal["deleted", "dismissed", "removed", "suspended"]

CaseReason = Literal[
    "copyright",
    "fee",
    "flag",
    "fraud",
    "harassment",
    "hate",
    "impersonation",
    "minor",
    "other",
    "sexual",
    "spam",
]


@dataclass(kw_only=True, slots=True)
class CaseSummary(Tagged):
    """A case: one thing with its reports and flags.

    `reporterCount` is the number of accounts that reported it since it was last decided, and
    `reasons` has their number for each reason. A flag marks a text that may ask for money, lead to
    another channel or have a phone number, or with the reason identity a field that a verified
    recruiter changed. `ownerId` is the account that is responsible.
    """

    case_id: str
    kind: CaseKind
    owner_id: str
    status: CaseSummaryStatus
    reporter_count: int
    reasons: CaseSummaryReasons
    flags: list[Flag]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int


@dataclass(kw_only=True, slots=True)
class CaseSummaryPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[CaseSummary]
    next_: str | None


CaseSummaryStatus = Literal["decided", "open"]


@dataclass(kw_only=True, slots=True)
class Casting(Tagged):
    """A casting. `publishedAt` is null until it is first opened.

    `takedown` is present while the status is `removed`. Only the casting's recruiter and
    administrators see a removed casting. `booked` has the number of artists booked for each role,
    by `roleId`. `relation` is the caller's to the casting, if getCasting was asked for it.
    """

    casting_id: str
    recruiter_id: str
    title: str
    category: Category
    mode: CastingMode
    status: CastingStatus
    role_count: int
    is_paid: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    city: str | None
    tags: list[str]
    deadline_at: datetime.datetime | None
    published_at: datetime.datetime | None
    hidden_until: datetime.datetime | None
    recruiter: RecruiterCard | None
    description: str
    roles: list[Role]
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    documents: list[Document]
    takedown: Takedown | None
    booked: CastingBooked
    relation: CastingRelation | None


@dataclass(kw_only=True, slots=True)
class CastingFields:
    """A casting's fields for its recruiter, who may change them until it is filled or cancelled."""

    title: str
    description: str
    category: Category
    roles: list[RoleFields]
    mode: CastingMode | None = None
    city: str | None = None
    tags: list[str] | None = None
    deadline_at: datetime.datetime | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass(kw_only=True, slots=True)
class CastingFieldsPatch:
    """Any fields of CastingFields. Null clears a field."""

    title: str | None = None
    description: str | None = None
    category: Category | None = None
    roles: list[RoleFields] | None = None
    mode: CastingMode | None = None
    city: str | None = None
    tags: list[str] | None = None
    deadline_at: datetime.datetime | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass(kw_only=True, slots=True)
class CastingMatch:
    """An open casting and its best role for the caller."""

    casting: CastingSummary
    """A casting in a list.

If five established accounts report a casting, only its recruiter and administrators see it
until `hiddenUntil`, or until an administrator has decided. `recruiter` says who casts. It is
null in answers to changes, and for seconds after the recruiter's profile has changed.
"""

    role: RoleMatch
    """A role with all requirements, those of its casting included."""


@dataclass(kw_only=True, slots=True)
class CastingMatches:
    """Castings, the best match first. `considered` is the number that was compared."""

    items: list[CastingMatch]
    considered: int


CastingMode = Literal["hybrid", "onsite", "remote"]


@dataclass(kw_only=True, slots=True)
class CastingRelation:
    """The relation of the caller to a casting.

    `applications` is null if the caller changed too many applications, hundreds, since the casting
    was made.
    """

    casting_id: str
    is_saved: bool
    applications: list[Applied] | None


CastingStatus = Literal["cancelled", "closed", "draft", "filled", "open", "removed"]


@dataclass(kw_only=True, slots=True)
class CastingSummary(Tagged):
    """A casting in a list.

    If five established accounts report a casting, only its recruiter and administrators see it
    until `hiddenUntil`, or until an administrator has decided. `recruiter` says who casts. It is
    null in answers to changes, and for seconds after the recruiter's profile has changed.
    """

    casting_id: str
    recruiter_id: str
    title: str
    category: Category
    mode: CastingMode
    status: CastingStatus
    role_count: int
    is_paid: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    city: str | None
    tags: list[str]
    deadline_at: datetime.datetime | None
    published_at: datetime.datetime | None
    hidden_until: datetime.datetime | None
    recruiter: RecruiterCard | None


@dataclass(kw_only=True, slots=True)
class CastingSummaryPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[CastingSummary]
    next_: str | None


Category = Literal[
    "acting",
    "anchoring",
    "comedy",
    "dance",
    "direction",
    "makeup",
    "modelling",
    "music",
    "photography",
    "stunts",
    "voice",
    "writing",
]


@dataclass(kw_only=True, slots=True)
class Challenge:
    """The next challenge, with Cognito's names. If it has a `session`, send it with the answer.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
    """

    challenge: str
    session: str | None
    parameters: ChallengeParameters


@dataclass(kw_only=True, slots=True)
class Channels:
    """Channels"""

    in_app: bool
    email: bool


ChosenCastingStatus = Literal["cancelled", "closed", "draft", "filled", "open"]


@dataclass(kw_only=True, slots=True)
class Confirmation:
    """The mailed code. `password` becomes the password of the account; always send it."""

    email: str
    code: str
    password: str | None = None


@dataclass(kw_only=True, slots=True)
class Connection(Tagged):
    """A connection from the caller's side.

    `userId` is the other account. `direction` is `outgoing` if the caller sent the request. `user`
    has the name of the other account in lists. It is null in answers to changes, and for seconds
    after that profile has changed.
    """

    user_id: str
    status: ConnectionStatus
    direction: ConnectionDirection | None
    message: str | None
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    user: NamedUser | None


ConnectionAnswer = Literal["accepted", "declined"]

ConnectionDirection = Literal["incoming", "outgoing"]


@dataclass(kw_only=True, slots=True)
class ConnectionPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[Connection]
    next_: str | None


ConnectionStatus = Literal["accepted", "declined", "pending"]


@dataclass(kw_only=True, slots=True)
class Contact:
    """The contact data that an artist shares with the casting's recruiter."""

    email: str
    phone: str | None
    height_cm: int | None


Currency = Literal[
    "AED",
    "AFN",
    "ALL",
    "AMD",
    "AOA",
    "ARS",
    "AUD",
    "AWG",
    "AZN",
    "BAM",
    "BBD",
    "BDT",
    "BHD",
    "BIF",
    "BMD",
    "BND",
    "BOB",
    "BOV",
    "BRL",
    "BSD",
    "BTN",
    "BWP",
    "BYN",
    "BZD",
    "CAD",
    "CDF",
    "CHE",
    "CHF",
    "CHW",
    "CLF",
    "CLP",
    "CNY",
    "COP",
    "COU",
    "CRC",
    "CUP",
    "CVE",
    "CZK",
    "DJF",
    "DKK",
    "DOP",
    "DZD",
    "EGP",
    "ERN",
    "ETB",
    "EUR",
    "FJD",
    "FKP",
    "GBP",
    "GEL",
    "GHS",
    "GIP",
    "GMD",
    "GNF",
    "GTQ",
    "GYD",
    "HKD",
    "HNL",
    "HTG",
    "HUF",
    "IDR",
    "ILS",
    "INR",
    "IQD",
    "IRR",
    "ISK",
    "JMD",
    "JOD",
    "JPY",
    "KES",
    "KGS",
    "KHR",
    "KMF",
    "KPW",
    "KRW",
    "KWD",
    "KYD",
    "KZT",
    "LAK",
    "LBP",
    "LKR",
    "LRD",
    "LSL",
    "LYD",
    "MAD",
    "MDL",
    "MGA",
    "MKD",
    "MMK",
    "MNT",
    "MOP",
    "MRU",
    "MUR",
    "MVR",
    "MWK",
    "MXN",
    "MXV",
    "MYR",
    "MZN",
    "NAD",
    "NGN",
    "NIO",
    "NOK",
    "NPR",
    "NZD",
    "OMR",
    "PAB",
    "PEN",
    "PGK",
    "PHP",
    "PKR",
    "PLN",
    "PYG",
    "QAR",
    "RON",
    "RSD",
    "RUB",
    "RWF",
    "SAR",
    "SBD",
    "SCR",
    "SDG",
    "SEK",
    "SGD",
    "SHP",
    "SLE",
    "SOS",
    "SRD",
    "SSP",
    "STN",
    "SVC",
    "SYP",
    "SZL",
    "THB",
    "TJS",
    "TMT",
    "TND",
    "TOP",
    "TRY",
    "TTD",
    "TWD",
    "TZS",
    "UAH",
    "UGX",
    "USD",
    "USN",
    "UYI",
    "UYU",
    "UYW",
    "UZS",
    "VED",
    "VES",
    "VND",
    "VUV",
    "WST",
    "XAD",
    "XAF",
    "XCD",
    "XCG",
    "XOF",
    "XPF",
    "YER",
    "ZAR",
    "ZMW",
    "ZWG",
]


@dataclass(kw_only=True, slots=True)
class Device:
    """A confirmed device. If it is remembered, it signs in without the second factor."""

    device_key: str
    name: str | None
    is_remembered: bool
    last_ip: str | None
    last_sign_in_at: datetime.datetime | None
    created_at: datetime.datetime
    updated_at: datetime.datetime


@dataclass(kw_only=True, slots=True)
class DeviceConfirmation:
    """The salt and verifier of the device's own secret.

    A remembered device signs in without the second factor.
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
    """

    name: str
    password_verifier: str
    """Base64"""

    salt: str
    """Base64"""

    remember: bool | None = None
    """The default is `false`"""


@dataclass(kw_only=True, slots=True)
class DevicePage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[Device]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class DevicePasswordVerifier:
    """Proof of the device's own password."""

    challenge: Literal["DEVICE_PASSWORD_VERIFIER"] = "DEVICE_PASSWORD_VERIFIER"
    username: str
    secret_block: str
    """Base64"""

    signature: str
    """Base64"""

    timestamp: str
    """A time such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has one digit"""

    device_key: str
    session: str | None = None


@dataclass(kw_only=True, slots=True)
class DeviceSrp:
    """The first step to prove a remembered device."""

    challenge: Literal["DEVICE_SRP_AUTH"] = "DEVICE_SRP_AUTH"
    username: str
    srp_a: str
    device_key: str
    session: str | None = None


@dataclass(kw_only=True, slots=True)
class Document:
    """A document of a casting."""

    document_id: str
    title: str
    url: str
    kind: DocumentKind
    created_at: datetime.datetime


DocumentKind = Literal["brief", "contract", "other", "reference", "script"]


@dataclass(kw_only=True, slots=True)
class EarlierTexts:
    """Texts that were changed or deleted at `createdAt`, by field, such as `/description`."""

    texts: EarlierTextsTexts
    created_at: datetime.datetime


@dataclass(kw_only=True, slots=True)
class EmailConfirmation:
    """The code that was mailed to the new address."""

    code: str


@dataclass(kw_only=True, slots=True)
class Export:
    """One page of the export: stored items by section. `next` is the cursor of the next page."""

    sections: ExportSections
    next_: str | None


@dataclass(kw_only=True, slots=True)
class Flag:
    """A text that may ask for money or lead people elsewhere. `place` is the field that has it."""

    reason: FlagReason
    place: str
    at: datetime.datetime


FlagReason = Literal["channel", "identity", "money", "phone"]


@dataclass(kw_only=True, slots=True)
class FoundCastings:
    """Open castings. `next` is the cursor of the next page, null on the last.

    `counts` has their number for each category and mode, and for each `city` and `tag` that was
    asked for, without regard to other filters. It is null without `counts=true`.
    """

    items: list[CastingSummary]
    next_: str | None
    counts: FoundCastingsCountsType0 | None


@dataclass(kw_only=True, slots=True)
class FoundPeople:
    """Profiles. `next` is the cursor of the next page, null on the last.

    `counts` has the number of public profiles for each category and gender, and for each `city`,
    `skill` and `language` that was asked for, without regard to other filters. It is null without
    `counts=true`.
    """

    items: list[ProfileSummary]
    next_: str | None
    counts: FoundPeopleCountsType0 | None


Gender = Literal["female", "male", "nonbinary", "other"]


@dataclass(kw_only=True, slots=True)
class Grounds:
    """The reason for a change. The person concerned can read it."""

    reason: str


@dataclass(kw_only=True, slots=True)
class Health:
    """The health of the service, with its stage."""

    status: Literal["ok"] = "ok"
    service: str
    stage: str


HeightBand = Literal[
    "-139",
    "140-144",
    "145-149",
    "150-154",
    "155-159",
    "160-164",
    "165-169",
    "170-174",
    "175-179",
    "180-184",
    "185-189",
    "190-194",
    "195-199",
    "200-",
]


@dataclass(kw_only=True, slots=True)
class LimitedProfile(Tagged):
    """The part of a profile that every signed-in account sees.

    `verifiedAt` is the time at which an administrator verified the recruiter's identity. `relation`
    is null in the caller's own profile.
    """

    user_id: str
    username: str
    role: UserRole
    display_name: str
    privacy: Privacy
    created_at: datetime.datetime
    version: int
    verified_at: datetime.datetime | None
    relation: Relation | None


ListApplicantsSort = Literal["match", "newest", "rating"]

ListCasesSort = Literal["newest", "reporters"]

ListConnectionsStatus = Literal["accepted", "pending"]


@dataclass(kw_only=True, slots=True)
class ListedApplicant(Tagged):
    """An application in the sorted list.

    `match` is the number of met requirements less that of unmet ones, at the time of the
    application.
    """

    application_id: str
    casting_id: str
    role_id: str
    artist_id: str
    recruiter_id: str
    casting_title: str
    role_title: str
    status: ApplicationStatus
    share_contact: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    audition: Audition | None
    artist: Applicant | None
    contact: Contact | None
    rating: int | None
    tags: list[str]
    match: int


@dataclass(kw_only=True, slots=True)
class ListedApplication(Tagged):
    """An application in its artist's list.

    `recruiter` is null if their account is hidden or blocked, and for seconds after that profile
    has changed.
    """

    application_id: str
    casting_id: str
    role_id: str
    artist_id: str
    recruiter_id: str
    casting_title: str
    role_title: str
    status: ApplicationStatus
    share_contact: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    audition: Audition | None
    recruiter: NamedUser | None


@dataclass(kw_only=True, slots=True)
class ListedProfile(Tagged):
    """The part of a profile that lists show every signed-in account.

    `verifiedAt` is the time at which an administrator verified the recruiter's identity.
    """

    user_id: str
    username: str
    role: UserRole
    display_name: str
    privacy: Privacy
    created_at: datetime.datetime
    version: int
    verified_at: datetime.datetime | None


@dataclass(kw_only=True, slots=True)
class Login:
    """Login"""

    email: str
    srp_a: str
    device_key: str | None = None


@dataclass(kw_only=True, slots=True)
class Logout:
    """Send either `refreshToken` to end its session, or `everywhere` to end all sessions."""

    refresh_token: str | None = None
    everywhere: bool | None = None
    """The default is `false`"""


@dataclass(kw_only=True, slots=True)
class Money:
    """An amount in minor units (paise, cents) of a currency of ISO 4217."""

    amount: int
    currency: str


@dataclass(kw_only=True, slots=True)
class MoneyFields:
    """MoneyFields"""

    amount: int
    """In minor units (paise, cents)"""

    currency: Currency
    """ISO 4217"""


@dataclass(kw_only=True, slots=True)
class MyApplications:
    """One page of an artist's applications. `next` is the cursor of the next page.

    `counts` has the number of applications in each status, without regard to the filters, if the
    request asks for it. If there are too many to count, `countedAll` is false and `counts` has the
    last changed.
    """

    items: list[ListedApplication]
    next_: str | None
    counts: MyApplicationsCountsType0 | None
    counted_all: bool | None


@dataclass(kw_only=True, slots=True)
class NamedCasting:
    """NamedCasting"""

    casting_id: str
    title: str


@dataclass(kw_only=True, slots=True)
class NamedUser:
    """A person in a list. `picture` is there if the caller may see it in the profile."""

    user_id: str
    username: str
    display_name: str
    picture: Picture | None


@dataclass(kw_only=True, slots=True)
class NewAccount:
    """NewAccount"""

    email: str
    password: str


@dataclass(kw_only=True, slots=True)
class NewAnswer:
    """NewAnswer"""

    answer: ConnectionAnswer


@dataclass(kw_only=True, slots=True)
class NewApplication:
    """An artist's application.

    With `shareContact`, the casting's recruiter sees the artist's current e-mail address, phone
    number and physical stats.
    """

    role_id: str
    """A role's `roleId`"""

    share_contact: bool
    note: str | None = None
    media_urls: list[str] | None = None


@dataclass(kw_only=True, slots=True)
class NewAudioUpload:
    """A recording of at most 50 MB."""

    kind: Literal["audio"] = "audio"
    content_type: NewAudioUploadContentType
    file_bytes: int | None = None


NewAudioUploadContentType = Literal["audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav"]


@dataclass(kw_only=True, slots=True)
class NewAudition:
    """When the audition is, and its place or link."""

    starts_at: datetime.datetime
    place: str | None = None
    link: str | None = None


@dataclass(kw_only=True, slots=True)
class NewCastingReport:
    """A report of a casting."""

    kind: Literal["casting"] = "casting"
    casting_id: str
    reason: ReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    text: str | None = None


@dataclass(kw_only=True, slots=True)
class NewChannels:
    """NewChannels"""

    in_app: bool
    email: bool


@dataclass(kw_only=True, slots=True)
class NewConnection:
    """A connection request with an optional message."""

    user_id: str
    message: str | None = None


@dataclass(kw_only=True, slots=True)
class NewDecision:
    """A decision about a case. The person concerned can read the reason."""

    outcome: CaseOutcome
    reason: str


@dataclass(kw_only=True, slots=True)
class NewDevice:
    """The device of this sign-in, for confirmDevice. Keep `deviceKey`; refreshSession needs it."""

    device_key: str
    device_group_key: str


@dataclass(kw_only=True, slots=True)
class NewDocument:
    """A document for applicants, such as a script. It is stored elsewhere, at `url`."""

    title: str
    url: str
    kind: DocumentKind


@dataclass(kw_only=True, slots=True)
class NewDocumentUpload:
    """A document of at most 10 MB."""

    kind: Literal["document"] = "document"
    content_type: Literal["application/pdf"] = "application/pdf"
    file_bytes: int | None = None


@dataclass(kw_only=True, slots=True)
class NewImageUpload:
    """An image of at most 10 MB."""

    kind: Literal["image"] = "image"
    content_type: NewImageUploadContentType
    file_bytes: int | None = None


NewImageUploadContentType = Literal["image/jpeg", "image/png", "image/webp"]


@dataclass(kw_only=True, slots=True)
class NewPassword:
    """NewPassword"""

    email: str
    code: str
    password: str


@dataclass(kw_only=True, slots=True)
class NewPicture:
    """The image that becomes the picture: the `mediaUrl` of an upload of the caller."""

    media_url: str
    """The `mediaUrl` of an upload"""


@dataclass(kw_only=True, slots=True)
class NewPortfolioItem:
    """A new portfolio item. `url` leads to the work."""

    kind: PortfolioKind
    title: str
    url: str
    """An https address or the `mediaUrl` of an upload of the caller"""

    description: str | None = None
    credits_: str | None = None


@dataclass(kw_only=True, slots=True)
class NewPortfolioItemPatch:
    """Any fields of NewPortfolioItem. Null clears a field."""

    kind: PortfolioKind | None = None
    title: str | None = None
    url: str | None = None
    """An https address or the `mediaUrl` of an upload of the caller"""

    description: str | None = None
    credits_: str | None = None


@dataclass(kw_only=True, slots=True)
class NewPreferences:
    """Notification preferences by topic. Absent topics get the defaults of a new account.

    applications: an application was received or withdrawn. progress: an application was viewed or
    shortlisted. decisions: an audition, an offer, a booking or a decline. connections: a connection
    was requested or accepted. moderation: reports were decided or hid a casting.

    Confirmed auditions belong to applications, and answered offers to decisions.
    """

    applications: NewChannels | None = None
    progress: NewChannels | None = None
    decisions: NewChannels | None = None
    connections: NewChannels | None = None
    moderation: NewChannels | None = None


@dataclass(kw_only=True, slots=True)
class NewQuota:
    """The most that the quota allows this account; null for the usual number."""

    reason: str
    most: int | None


@dataclass(kw_only=True, slots=True)
class NewSharing:
    """Whether the artist shares contact data with the casting's recruiter."""

    share_contact: bool


@dataclass(kw_only=True, slots=True)
class NewStatus:
    """NewStatus"""

    status: ChosenCastingStatus


@dataclass(kw_only=True, slots=True)
class NewUploadReport:
    """A report of an uploaded file."""

    kind: Literal["upload"] = "upload"
    media_url: str
    """The `mediaUrl` of an upload"""

    reason: ReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    text: str | None = None


@dataclass(kw_only=True, slots=True)
class NewUser:
    """A new profile. `role` cannot change later."""

    display_name: str
    born_on: datetime.date
    """At least 18 years before today (UTC). Others see the age instead"""

    username: str
    role: UserRole
    headline: str | None = None
    bio: str | None = None
    city: str | None = None
    categories: list[Category] | None = None
    skills: list[str] | None = None
    languages: list[str] | None = None
    company_name: str | None = None
    website: str | None = None
    gender: Gender | None = None
    phone: str | None = None
    height_cm: int | None = None
    playing_ages: list[PlayingAge] | None = None
    is_found_by_stats: bool | None = None
    """The default is `false`"""

    privacy: Privacy | None = None


@dataclass(kw_only=True, slots=True)
class NewUserReport:
    """A report of a person."""

    kind: Literal["user"] = "user"
    user_id: str
    reason: ReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    text: str | None = None


@dataclass(kw_only=True, slots=True)
class NewUsername:
    """NewUsername"""

    username: str


@dataclass(kw_only=True, slots=True)
class NewVideoUpload:
    """A video of at most 500 MB."""

    kind: Literal["video"] = "video"
    content_type: NewVideoUploadContentType
    file_bytes: int | None = None


NewVideoUploadContentType = Literal["video/mp4", "video/quicktime", "video/webm"]


@dataclass(kw_only=True, slots=True)
class NewWorkExperience:
    """New work experience. Leave out `endedOn` if it has not ended."""

    title: str
    started_on: datetime.date
    company: str | None = None
    role_name: str | None = None
    ended_on: datetime.date | None = None
    description: str | None = None


@dataclass(kw_only=True, slots=True)
class NewWorkExperiencePatch:
    """Any fields of NewWorkExperience. Null clears a field."""

    title: str | None = None
    started_on: datetime.date | None = None
    company: str | None = None
    role_name: str | None = None
    ended_on: datetime.date | None = None
    description: str | None = None


@dataclass(kw_only=True, slots=True)
class NextStep:
    """The next step with the code: `confirm` the account or address, or `reset` the password."""

    next_: NextStepNext


NextStepNext = Literal["confirm", "reset"]


@dataclass(kw_only=True, slots=True)
class NoteFields:
    """A note of the recruiter. The service assigns `noteId`; send it again to keep the note."""

    text: str
    note_id: str | None = None


NotificationKind = Literal[
    "accepted",
    "agreed",
    "answered",
    "audition",
    "booked",
    "cleared",
    "confirmed",
    "declined",
    "hidden",
    "moved",
    "offered",
    "refused",
    "requested",
    "sanctioned",
    "shortlisted",
    "submitted",
    "viewed",
    "withdrawn",
]

NotificationTopic = Literal["applications", "connections", "decisions", "moderation", "progress"]


@dataclass(kw_only=True, slots=True)
class Notifications:
    """One page of notifications. `next` is the cursor of the next page, null on the last.

    `unreadCount` is for the whole list. It is exact up to 99; 100 means 100 or more.
    """

    items: list[ShownNotification]
    next_: str | None
    unread_count: int


@dataclass(kw_only=True, slots=True)
class OwnApplication(Tagged):
    """An application as its artist sees it."""

    application_id: str
    casting_id: str
    role_id: str
    artist_id: str
    recruiter_id: str
    casting_title: str
    role_title: str
    status: ApplicationStatus
    share_contact: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    audition: Audition | None
    note: str | None
    media_urls: list[str]


@dataclass(kw_only=True, slots=True)
class OwnProfile(Tagged):
    """A profile as its owner sees it. `email` is the verified address of the account.

    A deleted account has `deletedAt`. It can be restored until `restorableUntil`. If it has
    `suspendedAt`, it is suspended again after that.
    """

    user_id: str
    username: str
    role: UserRole
    display_name: str
    privacy: Privacy
    created_at: datetime.datetime
    version: int
    verified_at: datetime.datetime | None
    relation: Relation | None
    picture: Picture | None
    headline: str | None
    bio: str | None
    city: str | None
    categories: list[Category]
    skills: list[str]
    languages: list[str]
    company_name: str | None
    website: str | None
    gender: Gender | None
    age: int | None
    portfolio: list[PortfolioItem]
    work_experience: list[WorkExperience]
    email: str
    phone: str | None
    height_cm: int | None
    playing_ages: list[PlayingAge]
    is_found_by_stats: bool
    status: AccountStatus
    suspended_at: datetime.datetime | None
    deleted_at: datetime.datetime | None
    restorable_until: datetime.datetime | None
    updated_at: datetime.datetime


@dataclass(kw_only=True, slots=True)
class OwnReport:
    """A report as its reporter sees it.

    It has one of `userId`, `castingId` and `mediaUrl`. `outcome` and `decidedAt` are null until an
    administrator has decided: dismissed, or removed for a casting, deleted for an upload, suspended
    for the account of a person.
    """

    kind: OwnReportKind
    user_id: str | None
    casting_id: str | None
    media_url: str | None
    reason: ReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    created_at: datetime.datetime
    outcome: CaseOutcome | None
    decided_at: datetime.datetime | None


OwnReportKind = Literal["casting", "upload", "user"]


@dataclass(kw_only=True, slots=True)
class OwnReportPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[OwnReport]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PasswordChange:
    """PasswordChange"""

    previous_password: str
    password: str


@dataclass(kw_only=True, slots=True)
class PasswordVerifier:
    """Proof of the password. An SRP library computes it from the challenge's `parameters`."""

    challenge: Literal["PASSWORD_VERIFIER"] = "PASSWORD_VERIFIER"
    username: str
    secret_block: str
    """Base64"""

    signature: str
    """Base64"""

    timestamp: str
    """A time such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has one digit"""

    session: str | None = None
    device_key: str | None = None


@dataclass(kw_only=True, slots=True)
class Pay:
    """Pay"""

    kind: PayKind
    money: Money | None
    unit: PayUnit | None


@dataclass(kw_only=True, slots=True)
class PayFields:
    """Pay for a role. Paid roles need `money` and `unit`; other roles have neither."""

    kind: PayKind
    money: MoneyFields | None = None
    unit: PayUnit | None = None


PayKind = Literal["expenses", "paid", "unpaid"]

PayUnit = Literal["day", "hour", "project"]


@dataclass(kw_only=True, slots=True)
class PersonRelation:
    """The relation of the caller to a person.

    `connection` is null if neither asked the other to connect. `isBlocked` says whether the caller
    blocks the person, never whether the person blocks the caller.
    """

    user_id: str
    connection: ConnectionStatus | None
    direction: ConnectionDirection | None
    is_blocked: bool


@dataclass(kw_only=True, slots=True)
class Picture:
    """The picture of a person, as addresses relative to this API, of JPEG images.

    `small` is a square of 96 pixels, and `medium` one of 320. `large` keeps the proportions, with
    at most 1,080 pixels on each side. Smaller images are not enlarged. Every new picture has new
    addresses.
    """

    small: str
    medium: str
    large: str


PlayingAge = Literal[
    "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68-"
]


@dataclass(kw_only=True, slots=True)
class PortfolioItem:
    """A portfolio item."""

    item_id: str
    kind: PortfolioKind
    title: str
    url: str
    created_at: datetime.datetime
    description: str | None
    credits_: str | None


PortfolioKind = Literal["audio", "image", "link", "video"]


@dataclass(kw_only=True, slots=True)
class PortfolioOrder:
    """The ids of all items of the portfolio, in the order to show them."""

    item_ids: list[str]


@dataclass(kw_only=True, slots=True)
class Preferences(Tagged):
    """The caller's notification preferences. Version 0 has the defaults of a new account."""

    applications: Channels
    progress: Channels
    decisions: Channels
    connections: Channels
    moderation: Channels
    updated_at: datetime.datetime | None
    version: int


Privacy = Literal["connections", "private", "public"]


@dataclass(kw_only=True, slots=True)
class ProfileFieldsPatch:
    """Any fields of ProfileFields. Null clears a field."""

    display_name: str | None = None
    headline: str | None = None
    bio: str | None = None
    city: str | None = None
    categories: list[Category] | None = None
    skills: list[str] | None = None
    languages: list[str] | None = None
    company_name: str | None = None
    website: str | None = None
    gender: Gender | None = None
    born_on: datetime.date | None = None
    phone: str | None = None
    height_cm: int | None = None
    playing_ages: list[PlayingAge] | None = None
    is_found_by_stats: bool | None = None
    privacy: Privacy | None = None


@dataclass(kw_only=True, slots=True)
class ProfileSummary(Tagged):
    """A profile in a list. A connections-only profile has only the fields that everyone sees."""

    user_id: str
    username: str
    role: UserRole
    display_name: str
    privacy: Privacy
    created_at: datetime.datetime
    version: int
    verified_at: datetime.datetime | None
    picture: Picture | None
    headline: str | None
    city: str | None
    categories: list[Category]
    skills: list[str]
    languages: list[str]
    company_name: str | None


@dataclass(kw_only=True, slots=True)
class PublicProfile(Tagged):
    """A public profile, or a connections-only profile seen by a connection.

    It has the age, never the birth date.
    """

    user_id: str
    username: str
    role: UserRole
    display_name: str
    privacy: Privacy
    created_at: datetime.datetime
    version: int
    verified_at: datetime.datetime | None
    relation: Relation | None
    picture: Picture | None
    headline: str | None
    bio: str | None
    city: str | None
    categories: list[Category]
    skills: list[str]
    languages: list[str]
    company_name: str | None
    website: str | None
    gender: Gender | None
    age: int | None
    portfolio: list[PortfolioItem]
    work_experience: list[WorkExperience]


@dataclass(kw_only=True, slots=True)
class ReadMark:
    """The last notification that the caller has read. All earlier ones count as read too."""

    up_to: str


@dataclass(kw_only=True, slots=True)
class ReceivedApplication(Tagged):
    """An application as the recruiter of its casting sees it.

    `note` and `mediaUrls` are empty while `artist` is null.
    """

    application_id: str
    casting_id: str
    role_id: str
    artist_id: str
    recruiter_id: str
    casting_title: str
    role_title: str
    status: ApplicationStatus
    share_contact: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    audition: Audition | None
    artist: Applicant | None
    contact: Contact | None
    note: str | None
    media_urls: list[str]
    recruiter_note: str | None
    rating: int | None
    tags: list[str]
    recruiter_notes: list[RecruiterNote]


@dataclass(kw_only=True, slots=True)
class ReceivedReport:
    """A report as administrators see it."""

    reporter_id: str
    reason: ReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    created_at: datetime.datetime
    text: str | None


@dataclass(kw_only=True, slots=True)
class ReceivedSummary(Tagged):
    """An application in the recruiter's list.

    `artist` and `contact` are null if the artist has withdrawn the application, or if their account
    is hidden or blocked. `contact` is also null if the artist does not share it.
    """

    application_id: str
    casting_id: str
    role_id: str
    artist_id: str
    recruiter_id: str
    casting_title: str
    role_title: str
    status: ApplicationStatus
    share_contact: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    audition: Audition | None
    artist: Applicant | None
    contact: Contact | None


@dataclass(kw_only=True, slots=True)
class ReceivedSummaryPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[ReceivedSummary]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class Recruiter:
    """A recruiter's public page. `openCastings` is the number of open castings."""

    user_id: str
    username: str
    display_name: str
    picture: Picture | None
    created_at: datetime.datetime
    company_name: str | None
    verified_at: datetime.datetime | None
    open_castings: int


@dataclass(kw_only=True, slots=True)
class RecruiterCard:
    """The recruiter of a casting, for everyone who can read the casting.

    The recruiter's `privacy` does not limit it. `verifiedAt` is the badge, and `createdAt` the time
    since which the recruiter has a profile.
    """

    user_id: str
    username: str
    display_name: str
    picture: Picture | None
    created_at: datetime.datetime
    company_name: str | None
    verified_at: datetime.datetime | None


@dataclass(kw_only=True, slots=True)
class RecruiterNote:
    """A note of the recruiter about an applicant."""

    note_id: str
    text: str
    created_at: datetime.datetime


@dataclass(kw_only=True, slots=True)
class Refresh:
    """Refresh"""

    refresh_token: str
    username: str
    device_key: str | None = None


@dataclass(kw_only=True, slots=True)
class Relation:
    """The relation of the caller to a person.

    `connection` is null if neither asked the other to connect. A pending request has a `direction`.
    """

    connection: ConnectionStatus | None
    direction: ConnectionDirection | None


@dataclass(kw_only=True, slots=True)
class Relations:
    """A relation for each id, in the order of the request."""

    castings: list[CastingRelation]
    people: list[PersonRelation]


ReportReason = Literal[
    "copyright",
    "fee",
    "fraud",
    "harassment",
    "hate",
    "impersonation",
    "minor",
    "other",
    "sexual",
    "spam",
]


@dataclass(kw_only=True, slots=True)
class Requirement:
    """One requirement. `unknown` means that the artist's profile has no value for it."""

    requirement: RequirementKind
    wanted: str
    """In words, such as hindi, 20 to 35, female or nonbinary"""

    verdict: Verdict


RequirementKind = Literal["age", "category", "city", "gender", "language", "skill"]


@dataclass(kw_only=True, slots=True)
class Requirements:
    """Requirements"""

    genders: list[Gender]
    min_age: int | None
    max_age: int | None
    languages: list[str]
    skills: list[str]


@dataclass(kw_only=True, slots=True)
class RequirementsFields:
    """The artist that the recruiter is looking for. This is advice: anyone may apply."""

    genders: list[Gender] | None = None
    min_age: int | None = None
    max_age: int | None = None
    languages: list[str] | None = None
    skills: list[str] | None = None


@dataclass(kw_only=True, slots=True)
class Role:
    """A role of a casting. It takes applications while it is open."""

    title: str
    role_id: str
    description: str | None
    count: int
    requirements: Requirements
    pay: Pay | None
    fee_asked: bool
    status: RoleStatus


@dataclass(kw_only=True, slots=True)
class RoleFields:
    """A part to cast. The service assigns `roleId`; send it in an update to keep the role.

    Drafts may lack `pay`. A casting can be opened only if every role says whether it is paid.

    A closed role takes no applications. A role is filled while as many artists are booked as its
    `count` says. Without `status`, a role keeps its status, and a new one is open.
    """

    title: str
    role_id: str | None = None
    description: str | None = None
    count: int | None = None
    """Number of people to cast. The default is `1`"""

    requirements: RequirementsFields | None = None
    """The artist that the recruiter is looking for. This is advice: anyone may apply."""

    pay: PayFields | None = None
    fee_asked: bool | None = None
    """Always false: an artist must never pay to be cast"""

    status: RoleStatus | None = None


@dataclass(kw_only=True, slots=True)
class RoleMatch:
    """A role with all requirements, those of its casting included."""

    role_id: str
    title: str
    requirements: list[Requirement]


RoleStatus = Literal["closed", "filled", "open"]


@dataclass(kw_only=True, slots=True)
class SavedCasting:
    """A casting that the caller saved, in its current state."""

    saved_at: datetime.datetime
    casting: CastingSummary
    """A casting in a list.

If five established accounts report a casting, only its recruiter and administrators see it
until `hiddenUntil`, or until an administrator has decided. `recruiter` says who casts. It is
null in answers to changes, and for seconds after the recruiter's profile has changed.
"""


@dataclass(kw_only=True, slots=True)
class SavedCastingPage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[SavedCasting]
    next_: str | None


SearchCastingsSort = Literal["best", "closing", "newest"]

SearchUsersSort = Literal["best", "newest"]


@dataclass(kw_only=True, slots=True)
class ShownNotification:
    """A notification with the current names of the user and the casting.

    `kind` is the new status of an application, `moved` for an audition with a new time, place or
    link, `agreed` for an accepted offer, or `requested` or `accepted` for a connection. Four kinds
    are about reports: `hidden` (the
    casting is hidden until administrators have looked), `cleared` (they dismissed reports about the
    caller), `sanctioned` (they acted) and `answered` (they decided about the caller's own report).
    `outcome` is the decision, and `reason` is for the account that was reported only.

    `user` acted; it is null if the account is no longer active, or has withdrawn the application,
    or if reports are the cause. `casting` is null if the caller may no longer read it, or the
    notification is about something else.
    """

    notification_id: str
    kind: NotificationKind
    topic: NotificationTopic
    created_at: datetime.datetime
    is_read: bool
    user: NamedUser | None
    casting: NamedCasting | None
    application_id: str | None
    outcome: CaseOutcome | None
    reason: str | None


@dataclass(kw_only=True, slots=True)
class SignedIn:
    """SignedIn"""

    tokens: Tokens
    """The tokens. `expiresIn` is the lifetime of the access token in seconds."""


@dataclass(kw_only=True, slots=True)
class SoftwareToken:
    """The six-digit code of the authenticator app."""

    challenge: Literal["SOFTWARE_TOKEN_MFA"] = "SOFTWARE_TOKEN_MFA"
    username: str
    session: str
    code: str
    device_key: str | None = None


@dataclass(kw_only=True, slots=True)
class StatusChange:
    """The next status. Absent fields do not change; null clears `recruiterNote`.

    The artist never sees `recruiterNote`. Send `audition` only with the status audition.
    """

    status: ApplicationStatus
    audition: NewAudition | None = None
    """When the audition is, and its place or link."""

    recruiter_note: str | None = None


@dataclass(kw_only=True, slots=True)
class StatusChanges:
    """The same change for up to 100 applications of one casting."""

    status: ApplicationStatus
    application_ids: list[str]
    audition: NewAudition | None = None
    """When the audition is, and its place or link."""

    recruiter_note: str | None = None


@dataclass(kw_only=True, slots=True)
class StatusProblem:
    """The status, code and explanation that setApplicationStatus gives for this application."""

    status: int
    code: str
    detail: str


@dataclass(kw_only=True, slots=True)
class StatusResult:
    """The status of an application after a change, or why it did not change."""

    application_id: str
    status: ApplicationStatus | None
    problem: StatusProblem | None


@dataclass(kw_only=True, slots=True)
class StatusResults:
    """A result for each application, in the order of the request."""

    items: list[StatusResult]


@dataclass(kw_only=True, slots=True)
class Step:
    """Either `tokens`, with `newDevice` if the device is new, or the next challenge."""

    tokens: Tokens | None = None
    """The tokens. `expiresIn` is the lifetime of the access token in seconds."""

    new_device: NewDevice | None = None
    """The device of this sign-in, for confirmDevice. Keep `deviceKey`; refreshSession needs it."""

    challenge: str | None = None
    session: str | None = None
    parameters: StepParameters | None = None


@dataclass(kw_only=True, slots=True)
class Suggestions:
    """Suggestions: at most five of each kind. Texts are in lower case."""

    people: list[ListedProfile]
    cities: list[str]
    skills: list[str]
    tags: list[str]


@dataclass(kw_only=True, slots=True)
class Takedown:
    """Why and when an administrator took the casting down, and its status before."""

    reason: str
    at: datetime.datetime
    status_before: ChosenCastingStatus


@dataclass(kw_only=True, slots=True)
class Tokens:
    """The tokens. `expiresIn` is the lifetime of the access token in seconds."""

    access_token: str
    expires_in: int
    token_type: str
    id_token: str | None = None
    refresh_token: str | None = None


@dataclass(kw_only=True, slots=True)
class TotpConfirmation:
    """A code of the authenticator app. `deviceName` is the owner's name for the app's device."""

    code: str
    device_name: str | None = None


@dataclass(kw_only=True, slots=True)
class TotpSecret:
    """The secret for an authenticator app. Show `otpauthUri` as a QR code, or `secret` (Base32)."""

    secret: str
    otpauth_uri: str


@dataclass(kw_only=True, slots=True)
class Unsubscribed:
    """The topic that no longer causes e-mails, and a message that says so."""

    topic: NotificationTopic
    detail: str


@dataclass(kw_only=True, slots=True)
class Upload:
    """An upload form for one file. Afterwards the file is at `mediaUrl`, relative to this API."""

    media_id: str
    media_url: str
    url: str
    fields: UploadFields
    max_bytes: int
    expires_at: datetime.datetime


@dataclass(kw_only=True, slots=True)
class UploadedFile:
    """A file that the account uploaded, or a picture that the service made of one.

    `usedBy` says where the caller's profile has it. Applications may have it, too. `contentType` is
    null if the file was just deleted.
    """

    media_id: str
    media_url: str
    bytes_: int
    created_at: datetime.datetime
    content_type: str | None
    used_by: list[UploadedFileUsedByItem]


@dataclass(kw_only=True, slots=True)
class UploadedFilePage:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[UploadedFile]
    next_: str | None


UploadedFileUsedByItem = Literal["picture", "portfolio"]

UserRole = Literal["artist", "recruiter"]

Verdict = Literal["met", "unknown", "unmet"]


@dataclass(kw_only=True, slots=True)
class Views:
    """The number of views. Each viewer counts once a day (UTC)."""

    views: int


@dataclass(kw_only=True, slots=True)
class WorkExperience:
    """An entry of work experience."""

    item_id: str
    title: str
    started_on: datetime.date
    created_at: datetime.datetime
    company: str | None
    role_name: str | None
    ended_on: datetime.date | None
    description: str | None


FoundCastingsCountsType0AdditionalProperty: TypeAlias = dict[str, int]

FoundPeopleCountsType0AdditionalProperty: TypeAlias = dict[str, int]

ExportSectionsAdditionalPropertyItem: TypeAlias = dict[str, Any]

MyApplicationsCountsType0: TypeAlias = dict[str, int]

FoundCastingsCountsType0: TypeAlias = dict[str, FoundCastingsCountsType0AdditionalProperty]

FoundPeopleCountsType0: TypeAlias = dict[str, FoundPeopleCountsType0AdditionalProperty]

CaseSummaryReasons: TypeAlias = dict[str, int]

ChallengeParameters: TypeAlias = dict[str, str]

OpenapiResponse200: TypeAlias = dict[str, Any]

EarlierTextsTexts: TypeAlias = dict[str, str]

ApplicantsCounts: TypeAlias = dict[str, int]

ExportSections: TypeAlias = dict[str, list[ExportSectionsAdditionalPropertyItem]]

StepParameters: TypeAlias = dict[str, str]

CastingBooked: TypeAlias = dict[str, int]

UploadFields: TypeAlias = dict[str, str]
