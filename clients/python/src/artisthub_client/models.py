"""What the API takes and returns. Generated from the contract by `make clients`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias


@dataclass(kw_only=True, slots=True)
class Address:
    """The e-mail address of an account. It is not case-sensitive."""

    email: str


@dataclass(kw_only=True, slots=True)
class AdminProfile:
    """A profile as administrators see it, without contact data.

    A deleted account may be suspended too: `suspendedAt` says so.
    """

    created_at: str
    display_name: str
    privacy: AdminProfilePrivacy
    role: AdminProfileRole
    user_id: str
    username: str
    version: int
    age: int | None = None
    bio: str | None = None
    categories: list[AdminProfileCategoriesItem] | None = None
    city: str | None = None
    company_name: str | None = None
    deleted_at: str | None = None
    gender: AdminProfileGenderType0 | None = None
    headline: str | None = None
    languages: list[str] | None = None
    picture: Picture | None = None
    portfolio: list[PortfolioItem] | None = None
    restorable_until: str | None = None
    skills: list[str] | None = None
    status: AdminProfileStatus | None = None
    suspended_at: str | None = None
    verified_at: str | None = None
    website: str | None = None
    work_experience: list[WorkExperience] | None = None


AdminProfileCategoriesItem = Literal[
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

AdminProfileGenderType0 = Literal["female", "male", "nonbinary", "other"]

AdminProfilePrivacy = Literal["connections", "private", "public"]

AdminProfileRole = Literal["artist", "recruiter"]

AdminProfileStatus = Literal["active", "deleted", "suspended"]


@dataclass(kw_only=True, slots=True)
class Applicant:
    """The profile of an artist who applied. The artist's `privacy` does not limit it."""

    display_name: str
    user_id: str
    username: str
    age: int | None = None
    categories: list[ApplicantCategoriesItem] | None = None
    city: str | None = None
    gender: ApplicantGenderType0 | None = None
    headline: str | None = None
    languages: list[str] | None = None
    picture: Picture | None = None
    skills: list[str] | None = None


ApplicantCategoriesItem = Literal[
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

ApplicantGenderType0 = Literal["female", "male", "nonbinary", "other"]


@dataclass(kw_only=True, slots=True)
class Applicants:
    """One page of applicants. `next` is the cursor of the next page, null on the last.

    `counts` has the number of applications in each status, without regard to the filters.
    """

    counts: ApplicantsCounts
    items: list[ListedApplicant]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class ApplicationAnswer:
    """The artist's answer: the audition is confirmed, or the offer is accepted or refused."""

    answer: ApplicationAnswerAnswer


ApplicationAnswerAnswer = Literal["accepted", "confirmed", "refused"]


@dataclass(kw_only=True, slots=True)
class Applied:
    """An application for a role."""

    application_id: str
    casting_id: str
    role_id: str
    status: AppliedStatus


AppliedStatus = Literal[
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
class ArtistMatch:
    """An artist and the casting's best role for them."""

    artist: ProfileSummary
    """A profile in a list. A connections-only profile has only the fields that everyone sees."""

    role: RoleMatch
    """A role with all requirements, those of its casting included."""


@dataclass(kw_only=True, slots=True)
class ArtistMatches:
    """Artists, the best match first. `considered` is the number that was compared."""

    considered: int
    items: list[ArtistMatch]


@dataclass(kw_only=True, slots=True)
class Assessment:
    """The recruiter's rating, tags and notes of an applicant. The artist never sees them.

    Absent fields do not change, null clears `rating`, and a list replaces the whole list.
    """

    rating: int | None = None
    recruiter_notes: list[NoteFields] | None = None
    tags: list[str] | None = None


@dataclass(kw_only=True, slots=True)
class AuditEntry:
    """A change by an administrator. `by` is their user id.

    The action `hidden` is not theirs: reports hid the casting, and `by` is `reports`.

    `quota` and `most` are there only if `action` is quotaChanged. Without `most`, the usual number
    holds again.
    """

    action: AuditEntryAction
    at: str
    by: str
    subject: str
    most: int | None = None
    quota: str | None = None
    reason: str | None = None


AuditEntryAction = Literal[
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
class Audition:
    """Audition"""

    starts_at: str
    link: str | None = None
    place: str | None = None


@dataclass(kw_only=True, slots=True)
class AuthorizationCode:
    """The code that the hosted UI sent to `redirectUri`, and its PKCE verifier."""

    code: str
    code_verifier: str
    redirect_uri: str


@dataclass(kw_only=True, slots=True)
class Block:
    """An account that the caller blocked."""

    blocked_at: str
    user_id: str


@dataclass(kw_only=True, slots=True)
class CaseDecision:
    """How a case was decided. `by` is the administrator's user id."""

    by: str
    created_at: str
    outcome: CaseDecisionOutcome
    reason: str


CaseDecisionOutcome = Literal["deleted", "dismissed", "removed", "suspended"]


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

    decision: CaseDecision | None
    earlier_texts: list[EarlierTexts]
    next_: str | None
    reports: list[ReceivedReport]
    text: str | None


@dataclass(kw_only=True, slots=True)
class CaseSummary:
    """A case: one thing with its reports and flags.

    `reporterCount` is the number of accounts that reported it since it was last decided, and
    `reasons` has their number for each reason. A flag marks a text that may ask for money, lead to
    another channel or have a phone number, or with the reason identity a field that a verified
    recruiter changed. `ownerId` is the account that is responsible.
    """

    case_id: str
    created_at: str
    flags: list[Flag]
    kind: CaseSummaryKind
    owner_id: str
    reasons: CaseSummaryReasons
    reporter_count: int
    status: CaseSummaryStatus
    updated_at: str
    version: int


CaseSummaryKind = Literal["application", "audition", "casting", "connection", "upload", "user"]

CaseSummaryStatus = Literal["decided", "open"]


@dataclass(kw_only=True, slots=True)
class Casting:
    """A casting. `publishedAt` is null until it is first opened.

    `takedown` is present while the status is `removed`. Only the casting's recruiter and
    administrators see a removed casting. `booked` has the number of artists booked for each role,
    by `roleId`.
    """

    casting_id: str
    category: CastingCategory
    created_at: str
    description: str
    is_paid: bool
    mode: CastingMode
    recruiter_id: str
    role_count: int
    roles: list[Role]
    status: CastingStatus
    title: str
    updated_at: str
    version: int
    booked: CastingBooked | None = None
    city: str | None = None
    deadline_at: str | None = None
    documents: list[Document] | None = None
    ends_on: datetime.date | None = None
    hidden_until: str | None = None
    published_at: str | None = None
    recruiter: RecruiterCard | None = None
    starts_on: datetime.date | None = None
    tags: list[str] | None = None
    takedown: Takedown | None = None


CastingCategory = Literal[
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
class CastingFields:
    """A casting's fields for its recruiter, who may change them until it is filled or cancelled."""

    category: CastingFieldsCategory
    description: str
    roles: list[RoleFields]
    title: str
    city: str | None = None
    deadline_at: datetime.datetime | None = None
    ends_on: datetime.date | None = None
    mode: CastingFieldsMode | None = None
    starts_on: datetime.date | None = None
    tags: list[str] | None = None


CastingFieldsCategory = Literal[
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

CastingFieldsMode = Literal["hybrid", "onsite", "remote"]


@dataclass(kw_only=True, slots=True)
class CastingFieldsPatch:
    """Any fields of CastingFields. Null clears a field."""

    category: CastingFieldsPatchCategory | None = None
    city: str | None = None
    deadline_at: datetime.datetime | None = None
    description: str | None = None
    ends_on: datetime.date | None = None
    mode: CastingFieldsPatchModeType0 | None = None
    roles: list[RoleFields] | None = None
    starts_on: datetime.date | None = None
    tags: list[str] | None = None
    title: str | None = None


CastingFieldsPatchCategory = Literal[
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

CastingFieldsPatchModeType0 = Literal["hybrid", "onsite", "remote"]


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

    considered: int
    items: list[CastingMatch]


CastingMode = Literal["hybrid", "onsite", "remote"]


@dataclass(kw_only=True, slots=True)
class CastingRelation:
    """The relation of the caller to a casting.

    `applications` is null if the caller changed too many applications, hundreds, since the casting
    was made.
    """

    applications: list[Applied] | None
    casting_id: str
    is_saved: bool


CastingStatus = Literal["cancelled", "closed", "draft", "filled", "open", "removed"]


@dataclass(kw_only=True, slots=True)
class CastingSummary:
    """A casting in a list.

    If five established accounts report a casting, only its recruiter and administrators see it
    until `hiddenUntil`, or until an administrator has decided. `recruiter` says who casts. It is
    null in answers to changes, and for seconds after the recruiter's profile has changed.
    """

    casting_id: str
    category: CastingSummaryCategory
    created_at: str
    is_paid: bool
    mode: CastingSummaryMode
    recruiter_id: str
    role_count: int
    status: CastingSummaryStatus
    title: str
    updated_at: str
    version: int
    city: str | None = None
    deadline_at: str | None = None
    hidden_until: str | None = None
    published_at: str | None = None
    recruiter: RecruiterCard | None = None
    tags: list[str] | None = None


CastingSummaryCategory = Literal[
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

CastingSummaryMode = Literal["hybrid", "onsite", "remote"]

CastingSummaryStatus = Literal["cancelled", "closed", "draft", "filled", "open", "removed"]


@dataclass(kw_only=True, slots=True)
class Challenge:
    """The next challenge, with Cognito's names. If it has a `session`, send it with the answer.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
    """

    challenge: str
    parameters: ChallengeParameters
    session: str | None


@dataclass(kw_only=True, slots=True)
class Channels:
    """Channels"""

    email: bool
    in_app: bool


@dataclass(kw_only=True, slots=True)
class Confirmation:
    """The mailed code. `password` becomes the password of the account; always send it."""

    code: str
    email: str
    password: str | None = None


@dataclass(kw_only=True, slots=True)
class Connection:
    """A connection from the caller's side.

    `userId` is the other account. `direction` is `outgoing` if the caller sent the request. `user`
    has the name of the other account in lists. It is null in answers to changes, and for seconds
    after that profile has changed.
    """

    created_at: str
    direction: ConnectionDirectionType0 | None
    message: str | None
    status: ConnectionStatus
    updated_at: str
    user_id: str
    version: int
    user: NamedUser | None = None


ConnectionDirectionType0 = Literal["incoming", "outgoing"]

ConnectionStatus = Literal["accepted", "declined", "pending"]


@dataclass(kw_only=True, slots=True)
class Contact:
    """The contact data that an artist shares with the casting's recruiter."""

    email: str
    height_cm: int | None = None
    phone: str | None = None


@dataclass(kw_only=True, slots=True)
class Device:
    """A confirmed device. If it is remembered, it signs in without the second factor."""

    created_at: str
    device_key: str
    is_remembered: bool
    last_ip: str | None
    last_sign_in_at: str | None
    name: str | None
    updated_at: str


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


@dataclass(kw_only=True, slots=True)
class DevicePasswordVerifier:
    """Proof of the device's own password."""

    challenge: DevicePasswordVerifierChallenge = "DEVICE_PASSWORD_VERIFIER"
    device_key: str
    secret_block: str
    """Base64"""

    signature: str
    """Base64"""

    timestamp: str
    """A time such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has one digit"""

    username: str
    session: str | None = None


DevicePasswordVerifierChallenge = Literal["DEVICE_PASSWORD_VERIFIER"]


@dataclass(kw_only=True, slots=True)
class DeviceSrp:
    """The first step to prove a remembered device."""

    challenge: DeviceSrpChallenge = "DEVICE_SRP_AUTH"
    device_key: str
    srp_a: str
    username: str
    session: str | None = None


DeviceSrpChallenge = Literal["DEVICE_SRP_AUTH"]


@dataclass(kw_only=True, slots=True)
class Document:
    """A document of a casting."""

    created_at: str
    document_id: str
    kind: DocumentKind
    title: str
    url: str


DocumentKind = Literal["brief", "contract", "other", "reference", "script"]


@dataclass(kw_only=True, slots=True)
class EarlierTexts:
    """Texts that were changed or deleted at `createdAt`, by field, such as `/description`."""

    created_at: str
    texts: EarlierTextsTexts


@dataclass(kw_only=True, slots=True)
class EmailConfirmation:
    """The code that was mailed to the new address."""

    code: str


@dataclass(kw_only=True, slots=True)
class Export:
    """One page of the export: stored items by section. `next` is the cursor of the next page."""

    next_: str | None
    sections: ExportSections


ExportApplicantsStatusItem = Literal[
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
class Flag:
    """A text that may ask for money or lead people elsewhere. `place` is the field that has it."""

    at: str
    place: str
    reason: FlagReason


FlagReason = Literal["channel", "identity", "money", "phone"]


@dataclass(kw_only=True, slots=True)
class FoundCastings:
    """Open castings. `next` is the cursor of the next page, null on the last.

    `counts` has their number for each category and mode, and for each `city` and `tag` that was
    asked for, without regard to other filters. It is null without `counts=true`.
    """

    items: list[CastingSummary]
    next_: str | None
    counts: FoundCastingsCountsType0 | None = None


@dataclass(kw_only=True, slots=True)
class FoundPeople:
    """Profiles. `next` is the cursor of the next page, null on the last.

    `counts` has the number of public profiles for each category and gender, and for each `city`,
    `skill` and `language` that was asked for, without regard to other filters. It is null without
    `counts=true`.
    """

    items: list[ProfileSummary]
    next_: str | None
    counts: FoundPeopleCountsType0 | None = None


@dataclass(kw_only=True, slots=True)
class GatewayMessage:
    """The error if a request does not reach the operation."""

    message: str


@dataclass(kw_only=True, slots=True)
class Grounds:
    """The reason for a change. The person concerned can read it."""

    reason: str


@dataclass(kw_only=True, slots=True)
class Health:
    """The health of the service, with its stage."""

    service: str
    stage: str
    status: HealthStatus = "ok"


HealthStatus = Literal["ok"]


@dataclass(kw_only=True, slots=True)
class LimitedProfile:
    """The part of a profile that every signed-in account sees.

    `verifiedAt` is the time at which an administrator verified the recruiter's identity.
    """

    created_at: str
    display_name: str
    privacy: LimitedProfilePrivacy
    role: LimitedProfileRole
    user_id: str
    username: str
    version: int
    verified_at: str | None = None


LimitedProfilePrivacy = Literal["connections", "private", "public"]

LimitedProfileRole = Literal["artist", "recruiter"]

ListApplicantsSort = Literal["match", "newest", "rating"]

ListApplicantsStatusItem = Literal[
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

ListCasesReason = Literal[
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

ListCasesSort = Literal["newest", "reporters"]

ListCastingApplicationsStatus = Literal[
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

ListConnectionsDirection = Literal["incoming", "outgoing"]

ListConnectionsStatus = Literal["accepted", "pending"]

ListMyApplicationsStatusItem = Literal[
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

ListRecruiterCastingsStatusItem = Literal[
    "cancelled", "closed", "draft", "filled", "open", "removed"
]


@dataclass(kw_only=True, slots=True)
class ListedApplicant:
    """An application in the sorted list.

    `match` is the number of met requirements less that of unmet ones, at the time of the
    application.
    """

    application_id: str
    artist: Applicant | None
    artist_id: str
    casting_id: str
    casting_title: str
    contact: Contact | None
    created_at: str
    match: int
    rating: int | None
    recruiter_id: str
    role_id: str
    role_title: str
    share_contact: bool
    status: ListedApplicantStatus
    tags: list[str]
    updated_at: str
    version: int
    audition: Audition | None = None


ListedApplicantStatus = Literal[
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
class ListedApplication:
    """An application in its artist's list.

    `recruiter` is null if their account is hidden or blocked, and for seconds after that profile
    has changed.
    """

    application_id: str
    artist_id: str
    casting_id: str
    casting_title: str
    created_at: str
    recruiter_id: str
    role_id: str
    role_title: str
    share_contact: bool
    status: ListedApplicationStatus
    updated_at: str
    version: int
    audition: Audition | None = None
    recruiter: NamedUser | None = None


ListedApplicationStatus = Literal[
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
class Login:
    """Login"""

    email: str
    srp_a: str
    device_key: str | None = None


@dataclass(kw_only=True, slots=True)
class Logout:
    """Send either `refreshToken` to end its session, or `everywhere` to end all sessions."""

    everywhere: bool | None = None
    refresh_token: str | None = None


@dataclass(kw_only=True, slots=True)
class Money:
    """Money"""

    amount: int
    currency: str


@dataclass(kw_only=True, slots=True)
class MoneyFields:
    """MoneyFields"""

    amount: int
    """In minor units (paise, cents)"""

    currency: MoneyFieldsCurrency
    """ISO 4217"""


MoneyFieldsCurrency = Literal[
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
class MyApplications:
    """One page of an artist's applications. `next` is the cursor of the next page.

    `counts` has the number of applications in each status, without regard to the filters, if the
    request asks for it. If there are too many to count, `countedAll` is false and `counts` has the
    last changed.
    """

    items: list[ListedApplication]
    next_: str | None
    counted_all: bool | None = None
    counts: MyApplicationsCountsType0 | None = None


@dataclass(kw_only=True, slots=True)
class NamedCasting:
    """NamedCasting"""

    casting_id: str
    title: str


@dataclass(kw_only=True, slots=True)
class NamedUser:
    """A person in a list. `picture` is there if the caller may see it in the profile."""

    display_name: str
    user_id: str
    username: str
    picture: Picture | None = None


@dataclass(kw_only=True, slots=True)
class NewAccount:
    """NewAccount"""

    email: str
    password: str


@dataclass(kw_only=True, slots=True)
class NewAnswer:
    """NewAnswer"""

    answer: NewAnswerAnswer


NewAnswerAnswer = Literal["accepted", "declined"]


@dataclass(kw_only=True, slots=True)
class NewApplication:
    """An artist's application.

    With `shareContact`, the casting's recruiter sees the artist's current e-mail address, phone
    number and physical stats.
    """

    role_id: str
    """A role's `roleId`"""

    share_contact: bool
    media_urls: list[str] | None = None
    note: str | None = None


@dataclass(kw_only=True, slots=True)
class NewAudioUpload:
    """A recording of at most 50 MB."""

    content_type: NewAudioUploadContentType
    kind: NewAudioUploadKind = "audio"
    file_bytes: int | None = None


NewAudioUploadContentType = Literal["audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav"]

NewAudioUploadKind = Literal["audio"]


@dataclass(kw_only=True, slots=True)
class NewAudition:
    """When the audition is, and its place or link."""

    starts_at: datetime.datetime
    link: str | None = None
    place: str | None = None


@dataclass(kw_only=True, slots=True)
class NewCastingReport:
    """A report of a casting."""

    casting_id: str
    kind: NewCastingReportKind = "casting"
    reason: NewCastingReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    text: str | None = None


NewCastingReportKind = Literal["casting"]

NewCastingReportReason = Literal[
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
class NewChannels:
    """NewChannels"""

    email: bool
    in_app: bool


@dataclass(kw_only=True, slots=True)
class NewConnection:
    """A connection request with an optional message."""

    user_id: str
    message: str | None = None


@dataclass(kw_only=True, slots=True)
class NewDecision:
    """A decision about a case. The person concerned can read the reason."""

    outcome: NewDecisionOutcome
    reason: str


NewDecisionOutcome = Literal["deleted", "dismissed", "removed", "suspended"]


@dataclass(kw_only=True, slots=True)
class NewDevice:
    """The device of this sign-in, for confirmDevice. Keep `deviceKey`; refreshSession needs it."""

    device_group_key: str
    device_key: str


@dataclass(kw_only=True, slots=True)
class NewDocument:
    """A document for applicants, such as a script. It is stored elsewhere, at `url`."""

    kind: NewDocumentKind
    title: str
    url: str


NewDocumentKind = Literal["brief", "contract", "other", "reference", "script"]


@dataclass(kw_only=True, slots=True)
class NewDocumentUpload:
    """A document of at most 10 MB."""

    content_type: NewDocumentUploadContentType = "application/pdf"
    kind: NewDocumentUploadKind = "document"
    file_bytes: int | None = None


NewDocumentUploadContentType = Literal["application/pdf"]

NewDocumentUploadKind = Literal["document"]


@dataclass(kw_only=True, slots=True)
class NewImageUpload:
    """An image of at most 10 MB."""

    content_type: NewImageUploadContentType
    kind: NewImageUploadKind = "image"
    file_bytes: int | None = None


NewImageUploadContentType = Literal["image/jpeg", "image/png", "image/webp"]

NewImageUploadKind = Literal["image"]


@dataclass(kw_only=True, slots=True)
class NewPassword:
    """NewPassword"""

    code: str
    email: str
    password: str


@dataclass(kw_only=True, slots=True)
class NewPicture:
    """The image that becomes the picture: the `mediaUrl` of an upload of the caller."""

    media_url: str
    """The `mediaUrl` of an upload"""


@dataclass(kw_only=True, slots=True)
class NewPortfolioItem:
    """A new portfolio item. `url` leads to the work."""

    kind: NewPortfolioItemKind
    title: str
    url: str
    """An https address or the `mediaUrl` of an upload of the caller"""

    credits_: str | None = None
    description: str | None = None


NewPortfolioItemKind = Literal["audio", "image", "link", "video"]


@dataclass(kw_only=True, slots=True)
class NewPortfolioItemPatch:
    """Any fields of NewPortfolioItem. Null clears a field."""

    credits_: str | None = None
    description: str | None = None
    kind: NewPortfolioItemPatchKind | None = None
    title: str | None = None
    url: str | None = None
    """An https address or the `mediaUrl` of an upload of the caller"""


NewPortfolioItemPatchKind = Literal["audio", "image", "link", "video"]


@dataclass(kw_only=True, slots=True)
class NewPreferences:
    """Notification preferences by topic. Absent topics get the defaults of a new account.

    applications: an application was received or withdrawn. progress: an application was viewed or
    shortlisted. decisions: an audition, an offer, a booking or a decline. connections: a connection
    was requested or accepted. moderation: reports were decided or hid a casting.

    Confirmed auditions belong to applications, and answered offers to decisions.
    """

    applications: NewChannels | None = None
    connections: NewChannels | None = None
    decisions: NewChannels | None = None
    moderation: NewChannels | None = None
    progress: NewChannels | None = None


@dataclass(kw_only=True, slots=True)
class NewQuota:
    """The most that the quota allows this account; null for the usual number."""

    most: int | None
    reason: str


@dataclass(kw_only=True, slots=True)
class NewSharing:
    """Whether the artist shares contact data with the casting's recruiter."""

    share_contact: bool


@dataclass(kw_only=True, slots=True)
class NewStatus:
    """NewStatus"""

    status: NewStatusStatus


NewStatusStatus = Literal["cancelled", "closed", "draft", "filled", "open"]


@dataclass(kw_only=True, slots=True)
class NewUploadReport:
    """A report of an uploaded file."""

    kind: NewUploadReportKind = "upload"
    media_url: str
    """The `mediaUrl` of an upload"""

    reason: NewUploadReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    text: str | None = None


NewUploadReportKind = Literal["upload"]

NewUploadReportReason = Literal[
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
class NewUser:
    """A new profile. `role` cannot change later."""

    born_on: datetime.date
    """At least 18 years before today (UTC). Others see the age instead"""

    display_name: str
    role: NewUserRole
    username: str
    bio: str | None = None
    categories: list[NewUserCategoriesItem] | None = None
    city: str | None = None
    company_name: str | None = None
    gender: NewUserGenderType0 | None = None
    headline: str | None = None
    height_cm: int | None = None
    is_found_by_stats: bool | None = None
    languages: list[str] | None = None
    phone: str | None = None
    playing_ages: list[NewUserPlayingAgesItem] | None = None
    privacy: NewUserPrivacy | None = None
    skills: list[str] | None = None
    website: str | None = None


NewUserCategoriesItem = Literal[
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

NewUserGenderType0 = Literal["female", "male", "nonbinary", "other"]

NewUserPlayingAgesItem = Literal[
    "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68-"
]

NewUserPrivacy = Literal["connections", "private", "public"]


@dataclass(kw_only=True, slots=True)
class NewUserReport:
    """A report of a person."""

    kind: NewUserReportKind = "user"
    reason: NewUserReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    user_id: str
    text: str | None = None


NewUserReportKind = Literal["user"]

NewUserReportReason = Literal[
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

NewUserRole = Literal["artist", "recruiter"]


@dataclass(kw_only=True, slots=True)
class NewUsername:
    """NewUsername"""

    username: str


@dataclass(kw_only=True, slots=True)
class NewVideoUpload:
    """A video of at most 500 MB."""

    content_type: NewVideoUploadContentType
    kind: NewVideoUploadKind = "video"
    file_bytes: int | None = None


NewVideoUploadContentType = Literal["video/mp4", "video/quicktime", "video/webm"]

NewVideoUploadKind = Literal["video"]


@dataclass(kw_only=True, slots=True)
class NewWorkExperience:
    """New work experience. Leave out `endedOn` if it has not ended."""

    started_on: datetime.date
    title: str
    company: str | None = None
    description: str | None = None
    ended_on: datetime.date | None = None
    role_name: str | None = None


@dataclass(kw_only=True, slots=True)
class NewWorkExperiencePatch:
    """Any fields of NewWorkExperience. Null clears a field."""

    company: str | None = None
    description: str | None = None
    ended_on: datetime.date | None = None
    role_name: str | None = None
    started_on: datetime.date | None = None
    title: str | None = None


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


@dataclass(kw_only=True, slots=True)
class Notifications:
    """One page of notifications. `next` is the cursor of the next page, null on the last.

    `unreadCount` is for the whole list. It is exact up to 99; 100 means 100 or more.
    """

    items: list[ShownNotification]
    next_: str | None
    unread_count: int


@dataclass(kw_only=True, slots=True)
class OwnApplication:
    """An application as its artist sees it."""

    application_id: str
    artist_id: str
    casting_id: str
    casting_title: str
    created_at: str
    recruiter_id: str
    role_id: str
    role_title: str
    share_contact: bool
    status: OwnApplicationStatus
    updated_at: str
    version: int
    audition: Audition | None = None
    media_urls: list[str] | None = None
    note: str | None = None


OwnApplicationStatus = Literal[
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
class OwnProfile:
    """A profile as its owner sees it. `email` is the verified address of the account.

    A deleted account has `deletedAt`. It can be restored until `restorableUntil`. If it has
    `suspendedAt`, it is suspended again after that.
    """

    created_at: str
    display_name: str
    email: str
    privacy: OwnProfilePrivacy
    role: OwnProfileRole
    updated_at: str
    user_id: str
    username: str
    version: int
    age: int | None = None
    bio: str | None = None
    categories: list[OwnProfileCategoriesItem] | None = None
    city: str | None = None
    company_name: str | None = None
    deleted_at: str | None = None
    gender: OwnProfileGenderType0 | None = None
    headline: str | None = None
    height_cm: int | None = None
    is_found_by_stats: bool | None = None
    languages: list[str] | None = None
    phone: str | None = None
    picture: Picture | None = None
    playing_ages: list[OwnProfilePlayingAgesItem] | None = None
    portfolio: list[PortfolioItem] | None = None
    restorable_until: str | None = None
    skills: list[str] | None = None
    status: OwnProfileStatus | None = None
    suspended_at: str | None = None
    verified_at: str | None = None
    website: str | None = None
    work_experience: list[WorkExperience] | None = None


OwnProfileCategoriesItem = Literal[
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

OwnProfileGenderType0 = Literal["female", "male", "nonbinary", "other"]

OwnProfilePlayingAgesItem = Literal[
    "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68-"
]

OwnProfilePrivacy = Literal["connections", "private", "public"]

OwnProfileRole = Literal["artist", "recruiter"]

OwnProfileStatus = Literal["active", "deleted", "suspended"]


@dataclass(kw_only=True, slots=True)
class OwnReport:
    """A report as its reporter sees it.

    It has one of `userId`, `castingId` and `mediaUrl`. `outcome` and `decidedAt` are null until an
    administrator has decided: dismissed, or removed for a casting, deleted for an upload, suspended
    for the account of a person.
    """

    created_at: str
    kind: OwnReportKind
    reason: OwnReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    casting_id: str | None = None
    decided_at: str | None = None
    media_url: str | None = None
    outcome: OwnReportOutcomeType0 | None = None
    user_id: str | None = None


OwnReportKind = Literal["casting", "upload", "user"]

OwnReportOutcomeType0 = Literal["deleted", "dismissed", "removed", "suspended"]

OwnReportReason = Literal[
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
class PageAuditEntry:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[AuditEntry]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageBlock:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[Block]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageCaseSummary:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[CaseSummary]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageCastingSummary:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[CastingSummary]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageConnection:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[Connection]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageDevice:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[Device]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageOwnReport:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[OwnReport]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageReceivedSummary:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[ReceivedSummary]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageSavedCasting:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[SavedCasting]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PageUploadedFile:
    """One page of a list. `next` is the cursor of the next page, null on the last."""

    items: list[UploadedFile]
    next_: str | None


@dataclass(kw_only=True, slots=True)
class PasswordChange:
    """PasswordChange"""

    password: str
    previous_password: str


@dataclass(kw_only=True, slots=True)
class PasswordVerifier:
    """Proof of the password. An SRP library computes it from the challenge's `parameters`."""

    challenge: PasswordVerifierChallenge = "PASSWORD_VERIFIER"
    secret_block: str
    """Base64"""

    signature: str
    """Base64"""

    timestamp: str
    """A time such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has one digit"""

    username: str
    device_key: str | None = None
    session: str | None = None


PasswordVerifierChallenge = Literal["PASSWORD_VERIFIER"]


@dataclass(kw_only=True, slots=True)
class Pay:
    """Pay"""

    kind: PayKind
    money: Money | None = None
    unit: PayUnitType0 | None = None


@dataclass(kw_only=True, slots=True)
class PayFields:
    """Pay for a role. Paid roles need `money` and `unit`; other roles have neither."""

    kind: PayFieldsKind
    money: MoneyFields | None = None
    unit: PayFieldsUnitType0 | None = None


PayFieldsKind = Literal["expenses", "paid", "unpaid"]

PayFieldsUnitType0 = Literal["day", "hour", "project"]

PayKind = Literal["expenses", "paid", "unpaid"]

PayUnitType0 = Literal["day", "hour", "project"]


@dataclass(kw_only=True, slots=True)
class PersonRelation:
    """The relation of the caller to a person.

    `connection` is null if neither asked the other to connect. `isBlocked` says whether the caller
    blocks the person, never whether the person blocks the caller.
    """

    connection: PersonRelationConnectionType0 | None
    direction: PersonRelationDirectionType0 | None
    is_blocked: bool
    user_id: str


PersonRelationConnectionType0 = Literal["accepted", "declined", "pending"]

PersonRelationDirectionType0 = Literal["incoming", "outgoing"]


@dataclass(kw_only=True, slots=True)
class Picture:
    """The picture of a person, as addresses relative to this API, of JPEG images.

    `small` is a square of 96 pixels, and `medium` one of 320. `large` keeps the proportions, with
    at most 1,080 pixels on each side. Smaller images are not enlarged. Every new picture has new
    addresses.
    """

    large: str
    medium: str
    small: str


@dataclass(kw_only=True, slots=True)
class PortfolioItem:
    """A portfolio item."""

    created_at: str
    item_id: str
    kind: PortfolioItemKind
    title: str
    url: str
    credits_: str | None = None
    description: str | None = None


PortfolioItemKind = Literal["audio", "image", "link", "video"]


@dataclass(kw_only=True, slots=True)
class PortfolioOrder:
    """The ids of all items of the portfolio, in the order to show them."""

    item_ids: list[str]


@dataclass(kw_only=True, slots=True)
class Preferences:
    """The caller's notification preferences. Version 0 has the defaults of a new account."""

    applications: Channels
    connections: Channels
    decisions: Channels
    moderation: Channels
    progress: Channels
    updated_at: str | None = None
    version: int | None = None


@dataclass(kw_only=True, slots=True)
class ProfileFields:
    """The fields that a profile's owner may change at any time.

    With `isFoundByStats`, verified recruiters find an artist's public profile by `playingAges`
    and, in bands of 5 cm, by `heightCm`. Neither is ever shown in the profile.
    """

    display_name: str
    bio: str | None = None
    born_on: datetime.date | None = None
    categories: list[ProfileFieldsCategoriesItem] | None = None
    city: str | None = None
    company_name: str | None = None
    gender: ProfileFieldsGenderType0 | None = None
    headline: str | None = None
    height_cm: int | None = None
    is_found_by_stats: bool | None = None
    languages: list[str] | None = None
    phone: str | None = None
    playing_ages: list[ProfileFieldsPlayingAgesItem] | None = None
    privacy: ProfileFieldsPrivacy | None = None
    skills: list[str] | None = None
    website: str | None = None


ProfileFieldsCategoriesItem = Literal[
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

ProfileFieldsGenderType0 = Literal["female", "male", "nonbinary", "other"]


@dataclass(kw_only=True, slots=True)
class ProfileFieldsPatch:
    """Any fields of ProfileFields. Null clears a field."""

    bio: str | None = None
    born_on: datetime.date | None = None
    categories: list[ProfileFieldsPatchCategoriesType0Item] | None = None
    city: str | None = None
    company_name: str | None = None
    display_name: str | None = None
    gender: ProfileFieldsPatchGenderType0 | None = None
    headline: str | None = None
    height_cm: int | None = None
    is_found_by_stats: bool | None = None
    languages: list[str] | None = None
    phone: str | None = None
    playing_ages: list[ProfileFieldsPatchPlayingAgesType0Item] | None = None
    privacy: ProfileFieldsPatchPrivacyType0 | None = None
    skills: list[str] | None = None
    website: str | None = None


ProfileFieldsPatchCategoriesType0Item = Literal[
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

ProfileFieldsPatchGenderType0 = Literal["female", "male", "nonbinary", "other"]

ProfileFieldsPatchPlayingAgesType0Item = Literal[
    "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68-"
]

ProfileFieldsPatchPrivacyType0 = Literal["connections", "private", "public"]

ProfileFieldsPlayingAgesItem = Literal[
    "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68-"
]

ProfileFieldsPrivacy = Literal["connections", "private", "public"]


@dataclass(kw_only=True, slots=True)
class ProfileSummary:
    """A profile in a list. A connections-only profile has only the fields that everyone sees."""

    created_at: str
    display_name: str
    privacy: ProfileSummaryPrivacy
    role: ProfileSummaryRole
    user_id: str
    username: str
    version: int
    categories: list[ProfileSummaryCategoriesItem] | None = None
    city: str | None = None
    company_name: str | None = None
    headline: str | None = None
    languages: list[str] | None = None
    picture: Picture | None = None
    skills: list[str] | None = None
    verified_at: str | None = None


ProfileSummaryCategoriesItem = Literal[
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

ProfileSummaryPrivacy = Literal["connections", "private", "public"]

ProfileSummaryRole = Literal["artist", "recruiter"]


@dataclass(kw_only=True, slots=True)
class PublicProfile:
    """A public profile, or a connections-only profile seen by a connection.

    It has the age, never the birth date.
    """

    created_at: str
    display_name: str
    privacy: PublicProfilePrivacy
    role: PublicProfileRole
    user_id: str
    username: str
    version: int
    age: int | None = None
    bio: str | None = None
    categories: list[PublicProfileCategoriesItem] | None = None
    city: str | None = None
    company_name: str | None = None
    gender: PublicProfileGenderType0 | None = None
    headline: str | None = None
    languages: list[str] | None = None
    picture: Picture | None = None
    portfolio: list[PortfolioItem] | None = None
    skills: list[str] | None = None
    verified_at: str | None = None
    website: str | None = None
    work_experience: list[WorkExperience] | None = None


PublicProfileCategoriesItem = Literal[
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

PublicProfileGenderType0 = Literal["female", "male", "nonbinary", "other"]

PublicProfilePrivacy = Literal["connections", "private", "public"]

PublicProfileRole = Literal["artist", "recruiter"]


@dataclass(kw_only=True, slots=True)
class ReadMark:
    """The last notification that the caller has read. All earlier ones count as read too."""

    up_to: str


@dataclass(kw_only=True, slots=True)
class ReceivedApplication:
    """An application as the recruiter of its casting sees it.

    `note` and `mediaUrls` are empty while `artist` is null.
    """

    application_id: str
    artist: Applicant | None
    artist_id: str
    casting_id: str
    casting_title: str
    contact: Contact | None
    created_at: str
    recruiter_id: str
    role_id: str
    role_title: str
    share_contact: bool
    status: ReceivedApplicationStatus
    updated_at: str
    version: int
    audition: Audition | None = None
    media_urls: list[str] | None = None
    note: str | None = None
    rating: int | None = None
    recruiter_note: str | None = None
    recruiter_notes: list[RecruiterNote] | None = None
    tags: list[str] | None = None


ReceivedApplicationStatus = Literal[
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
class ReceivedReport:
    """A report as administrators see it."""

    created_at: str
    reason: ReceivedReportReason
    """fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising."""

    reporter_id: str
    text: str | None = None


ReceivedReportReason = Literal[
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
class ReceivedSummary:
    """An application in the recruiter's list.

    `artist` and `contact` are null if the artist has withdrawn the application, or if their account
    is hidden or blocked. `contact` is also null if the artist does not share it.
    """

    application_id: str
    artist: Applicant | None
    artist_id: str
    casting_id: str
    casting_title: str
    contact: Contact | None
    created_at: str
    recruiter_id: str
    role_id: str
    role_title: str
    share_contact: bool
    status: ReceivedSummaryStatus
    updated_at: str
    version: int
    audition: Audition | None = None


ReceivedSummaryStatus = Literal[
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
class Recruiter:
    """A recruiter's public page. `openCastings` is the number of open castings."""

    created_at: str
    display_name: str
    open_castings: int
    user_id: str
    username: str
    company_name: str | None = None
    picture: Picture | None = None
    verified_at: str | None = None


@dataclass(kw_only=True, slots=True)
class RecruiterCard:
    """The recruiter of a casting, for everyone who can read the casting.

    The recruiter's `privacy` does not limit it. `verifiedAt` is the badge, and `createdAt` the time
    since which the recruiter has a profile.
    """

    created_at: str
    display_name: str
    user_id: str
    username: str
    company_name: str | None = None
    picture: Picture | None = None
    verified_at: str | None = None


@dataclass(kw_only=True, slots=True)
class RecruiterNote:
    """A note of the recruiter about an applicant."""

    created_at: str
    note_id: str
    text: str


@dataclass(kw_only=True, slots=True)
class Refresh:
    """Refresh"""

    refresh_token: str
    username: str
    device_key: str | None = None


@dataclass(kw_only=True, slots=True)
class Relations:
    """A relation for each id, in the order of the request."""

    castings: list[CastingRelation]
    people: list[PersonRelation]


@dataclass(kw_only=True, slots=True)
class Requirement:
    """One requirement. `unknown` means that the artist's profile has no value for it."""

    requirement: RequirementRequirement
    verdict: RequirementVerdict
    wanted: str
    """In words, such as hindi, 20 to 35, female or nonbinary"""


RequirementRequirement = Literal["age", "category", "city", "gender", "language", "skill"]

RequirementVerdict = Literal["met", "unknown", "unmet"]


@dataclass(kw_only=True, slots=True)
class Requirements:
    """Requirements"""

    genders: list[RequirementsGendersItem] | None = None
    languages: list[str] | None = None
    max_age: int | None = None
    min_age: int | None = None
    skills: list[str] | None = None


@dataclass(kw_only=True, slots=True)
class RequirementsFields:
    """The artist that the recruiter is looking for. This is advice: anyone may apply."""

    genders: list[RequirementsFieldsGendersItem] | None = None
    languages: list[str] | None = None
    max_age: int | None = None
    min_age: int | None = None
    skills: list[str] | None = None


RequirementsFieldsGendersItem = Literal["female", "male", "nonbinary", "other"]

RequirementsGendersItem = Literal["female", "male", "nonbinary", "other"]


@dataclass(kw_only=True, slots=True)
class Role:
    """A role of a casting. It takes applications while it is open."""

    role_id: str
    title: str
    count: int | None = None
    description: str | None = None
    fee_asked: bool | None = None
    pay: Pay | None = None
    requirements: Requirements | None = None
    status: RoleStatus | None = None


@dataclass(kw_only=True, slots=True)
class RoleFields:
    """A part to cast. The service assigns `roleId`; send it in an update to keep the role.

    Drafts may lack `pay`. A casting can be opened only if every role says whether it is paid.

    A closed role takes no applications. A role is filled while as many artists are booked as its
    `count` says. Without `status`, a role keeps its status, and a new one is open.
    """

    title: str
    count: int | None = None
    """Number of people to cast"""

    description: str | None = None
    fee_asked: bool | None = None
    """Always false: an artist must never pay to be cast"""

    pay: PayFields | None = None
    requirements: RequirementsFields | None = None
    """The artist that the recruiter is looking for. This is advice: anyone may apply."""

    role_id: str | None = None
    status: RoleFieldsStatusType0 | None = None


RoleFieldsStatusType0 = Literal["closed", "filled", "open"]


@dataclass(kw_only=True, slots=True)
class RoleMatch:
    """A role with all requirements, those of its casting included."""

    requirements: list[Requirement]
    role_id: str
    title: str


RoleStatus = Literal["closed", "filled", "open"]


@dataclass(kw_only=True, slots=True)
class SavedCasting:
    """A casting that the caller saved, in its current state."""

    casting: CastingSummary
    """A casting in a list.

If five established accounts report a casting, only its recruiter and administrators see it
until `hiddenUntil`, or until an administrator has decided. `recruiter` says who casts. It is
null in answers to changes, and for seconds after the recruiter's profile has changed.
"""

    saved_at: str


SearchCastingsCategoryItem = Literal[
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

SearchCastingsCurrency = Literal[
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

SearchCastingsGender = Literal["female", "male", "nonbinary", "other"]

SearchCastingsModeItem = Literal["hybrid", "onsite", "remote"]

SearchCastingsPayUnit = Literal["day", "hour", "project"]

SearchCastingsSort = Literal["best", "closing", "newest"]

SearchUsersCategoryItem = Literal[
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

SearchUsersGenderItem = Literal["female", "male", "nonbinary", "other"]

SearchUsersHeightItem = Literal[
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

SearchUsersPlayingAgeItem = Literal[
    "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68-"
]

SearchUsersRole = Literal["artist", "recruiter"]

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

    application_id: str | None
    casting: NamedCasting | None
    created_at: str
    is_read: bool
    kind: ShownNotificationKind
    notification_id: str
    topic: ShownNotificationTopic
    user: NamedUser | None
    outcome: ShownNotificationOutcomeType0 | None = None
    reason: str | None = None


ShownNotificationKind = Literal[
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

ShownNotificationOutcomeType0 = Literal["deleted", "dismissed", "removed", "suspended"]

ShownNotificationTopic = Literal[
    "applications", "connections", "decisions", "moderation", "progress"
]


@dataclass(kw_only=True, slots=True)
class SignedIn:
    """SignedIn"""

    tokens: Tokens
    """The tokens. `expiresIn` is the lifetime of the access token in seconds."""


@dataclass(kw_only=True, slots=True)
class SoftwareToken:
    """The six-digit code of the authenticator app."""

    challenge: SoftwareTokenChallenge = "SOFTWARE_TOKEN_MFA"
    code: str
    session: str
    username: str
    device_key: str | None = None


SoftwareTokenChallenge = Literal["SOFTWARE_TOKEN_MFA"]


@dataclass(kw_only=True, slots=True)
class StatusChange:
    """The next status. Absent fields do not change; null clears `recruiterNote`.

    The artist never sees `recruiterNote`. Send `audition` only with the status audition.
    """

    status: StatusChangeStatus
    audition: NewAudition | None = None
    """When the audition is, and its place or link."""

    recruiter_note: str | None = None


StatusChangeStatus = Literal[
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
class StatusChanges:
    """The same change for up to 100 applications of one casting."""

    application_ids: list[str]
    status: StatusChangesStatus
    audition: NewAudition | None = None
    """When the audition is, and its place or link."""

    recruiter_note: str | None = None


StatusChangesStatus = Literal[
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
class StatusProblem:
    """The status, code and explanation that setApplicationStatus gives for this application."""

    code: str
    detail: str
    status: int


@dataclass(kw_only=True, slots=True)
class StatusResult:
    """The status of an application after a change, or why it did not change."""

    application_id: str
    problem: StatusProblem | None
    status: StatusResultStatusType0 | None


StatusResultStatusType0 = Literal[
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
class StatusResults:
    """A result for each application, in the order of the request."""

    items: list[StatusResult]


@dataclass(kw_only=True, slots=True)
class Step:
    """Either `tokens`, with `newDevice` if the device is new, or the next challenge."""

    challenge: str | None = None
    new_device: NewDevice | None = None
    """The device of this sign-in, for confirmDevice. Keep `deviceKey`; refreshSession needs it."""

    parameters: StepParameters | None = None
    session: str | None = None
    tokens: Tokens | None = None
    """The tokens. `expiresIn` is the lifetime of the access token in seconds."""


@dataclass(kw_only=True, slots=True)
class Suggestions:
    """Suggestions: at most five of each kind. Texts are in lower case."""

    cities: list[str]
    people: list[LimitedProfile]
    skills: list[str]
    tags: list[str]


@dataclass(kw_only=True, slots=True)
class Takedown:
    """Why and when an administrator took the casting down, and its status before."""

    at: str
    reason: str
    status_before: TakedownStatusBefore


TakedownStatusBefore = Literal["cancelled", "closed", "draft", "filled", "open"]


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

    otpauth_uri: str
    secret: str


@dataclass(kw_only=True, slots=True)
class Unsubscribed:
    """The topic that no longer causes e-mails, and a message that says so."""

    detail: str
    topic: UnsubscribedTopic


UnsubscribedTopic = Literal["applications", "connections", "decisions", "moderation", "progress"]


@dataclass(kw_only=True, slots=True)
class Upload:
    """An upload form for one file. Afterwards the file is at `mediaUrl`, relative to this API."""

    expires_at: str
    fields: UploadFields
    max_bytes: int
    media_id: str
    media_url: str
    url: str


@dataclass(kw_only=True, slots=True)
class UploadedFile:
    """A file that the account uploaded, or a picture that the service made of one.

    `usedBy` says where the caller's profile has it. Applications may have it, too. `contentType` is
    null if the file was just deleted.
    """

    bytes_: int
    created_at: str
    media_id: str
    media_url: str
    content_type: str | None = None
    used_by: list[UploadedFileUsedByItem] | None = None


UploadedFileUsedByItem = Literal["picture", "portfolio"]


@dataclass(kw_only=True, slots=True)
class Views:
    """The number of views. Each viewer counts once a day (UTC)."""

    views: int


@dataclass(kw_only=True, slots=True)
class WorkExperience:
    """An entry of work experience."""

    created_at: str
    item_id: str
    started_on: datetime.date
    title: str
    company: str | None = None
    description: str | None = None
    ended_on: datetime.date | None = None
    role_name: str | None = None


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
