// Generated from the contract by `make fix`. Do not edit.

import type { CallOptions, Pages, Versioned } from './types.js';

/** The version of the contract and of this client. */
export const VERSION = "0.1.0";

/** The stable codes of errors. */
export type ProblemCode = "AccessTokenRequired" | "AccountDeleted" | "AccountSuspended" | "AdminsOnly" | "AdultsOnly" | "AlreadyApplied" | "ArtistUnavailable" | "AuthorizationCodeInvalid" | "BadCursor" | "BadIdempotencyKey" | "Busy" | "CaseDecided" | "CastingClosed" | "CastingEnded" | "CastingHidden" | "CastingStillOpen" | "CastingTakenDown" | "CodeInvalid" | "ConnectionNotPossible" | "CreatedAndDeleted" | "DeadlinePassed" | "DeviceRefused" | "DocumentsFull" | "EmailRefused" | "IdempotencyKeyReused" | "IfMatchRequired" | "InternalError" | "Invalid" | "LinkNotOurs" | "Malformed" | "NotARecruiter" | "NotFound" | "NotYourCasting" | "NotYourStep" | "NotYourUpload" | "OutcomeNotPossible" | "OwnAccount" | "OwnThing" | "PasswordRefused" | "PayNotStated" | "PortfolioFull" | "PreviousPasswordWrong" | "ProfileExists" | "ProfileRequired" | "QuotaExceeded" | "RecentSignInRequired" | "RedirectUriUnknown" | "RefreshTokenInvalid" | "RoleClosed" | "RoleFull" | "RoleGone" | "RoleRequired" | "SessionEnded" | "SignInFailed" | "SrpInvalid" | "Stale" | "StatusNotReachable" | "StepNotPossible" | "TooLarge" | "TooManyRequests" | "TotpCodeInvalid" | "TotpNotConfirmed" | "Unauthorized" | "UnsupportedMediaType" | "UsernameTaken" | "VerificationRequired" | "VerifiedRecruitersOnly" | "WorkExperienceFull";

/** This is not an access token. Send the access token, not the ID token. */
export type AccessTokenRequiredProblem = Problem & {
  status: 401;
  code: "AccessTokenRequired";
};

/** This account is deleted. Only its owner can restore it. */
export type AccountDeletedProblem = Problem & {
  status: 409;
  code: "AccountDeleted";
};

export type AccountStatus = "active" | "suspended" | "deleted";

/** This account is suspended or deleted. For 30 days, POST /v1/users/me/restore restores a deleted account. */
export type AccountSuspendedProblem = Problem & {
  status: 403;
  code: "AccountSuspended";
};

/** The e-mail address of an account. It is not case-sensitive. */
export interface Address {
  email: string;
}

/**
 * A profile as administrators see it, without contact data.
 *
 * A deleted account may be suspended too: `suspendedAt` says so.
 */
export interface AdminProfile {
  userId: string;
  username: string;
  role: UserRole;
  displayName: string;
  privacy: Privacy;
  createdAt: string;
  version: number;
  verifiedAt: string | null;
  relation: Relation | null;
  picture: Picture | null;
  headline: string | null;
  bio: string | null;
  city: string | null;
  categories: Array<Category>;
  skills: Array<string>;
  languages: Array<string>;
  companyName: string | null;
  website: string | null;
  gender: Gender | null;
  age: number | null;
  portfolio: Array<PortfolioItem>;
  workExperience: Array<WorkExperience>;
  status: AccountStatus;
  suspendedAt: string | null;
  deletedAt: string | null;
  restorableUntil: string | null;
}

/** Only administrators may do this. */
export type AdminsOnlyProblem = Problem & {
  status: 403;
  code: "AdminsOnly";
};

/** Only people who are 18 or older may do this. */
export type AdultsOnlyProblem = Problem & {
  status: 403;
  code: "AdultsOnly";
};

/** You already applied for this role. A withdrawn application cannot be sent again. */
export type AlreadyAppliedProblem = Problem & {
  status: 409;
  code: "AlreadyApplied";
};

/** The profile of an artist who applied. The artist's `privacy` does not limit it. */
export interface Applicant {
  userId: string;
  username: string;
  displayName: string;
  picture: Picture | null;
  headline: string | null;
  city: string | null;
  categories: Array<Category>;
  skills: Array<string>;
  languages: Array<string>;
  gender: Gender | null;
  age: number | null;
}

/**
 * One page of applicants. `next` is the cursor of the next page, null on the last.
 *
 * `counts` has the number of applications in each status, without regard to the filters.
 */
export interface Applicants {
  items: Array<ListedApplicant>;
  next: string | null;
  counts: Record<string, number>;
}

/** The artist's answer: the audition is confirmed, or the offer is accepted or refused. */
export interface ApplicationAnswer {
  answer: ArtistAnswer;
}

export type ApplicationStatus = "submitted" | "viewed" | "shortlisted" | "audition" | "confirmed" | "offered" | "accepted" | "booked" | "declined" | "refused" | "withdrawn";

/** An application for a role. */
export interface Applied {
  applicationId: string;
  castingId: string;
  roleId: string;
  status: ApplicationStatus;
}

export type ArtistAnswer = "confirmed" | "accepted" | "refused";

/** An artist and the casting's best role for them. */
export interface ArtistMatch {
  artist: ProfileSummary;
  role: RoleMatch;
}

/** Artists, the best match first. `considered` is the number that was compared. */
export interface ArtistMatches {
  items: Array<ArtistMatch>;
  considered: number;
}

/** The artist's profile is not available at the moment. Only `declined` is possible. */
export type ArtistUnavailableProblem = Problem & {
  status: 409;
  code: "ArtistUnavailable";
};

/**
 * The recruiter's rating, tags and notes of an applicant. The artist never sees them.
 *
 * Absent fields do not change, null clears `rating`, and a list replaces the whole list.
 */
export interface Assessment {
  rating?: number | null;
  tags?: Array<string>;
  recruiterNotes?: Array<NoteFields>;
}

export type AuditAction = "suspended" | "unsuspended" | "verified" | "unverified" | "removed" | "reinstated" | "confirmed" | "quotaChanged" | "dismissed" | "upheld" | "hidden" | "deleted";

/**
 * A change by an administrator. `by` is their user id.
 *
 * The action `hidden` is not theirs: reports hid the casting, and `by` is `reports`.
 *
 * `quota` and `most` are there only if `action` is quotaChanged. Without `most`, the usual number
 * holds again.
 */
export interface AuditEntry {
  subject: string;
  action: AuditAction;
  by: string;
  at: string;
  reason: string | null;
  quota?: string;
  most?: number;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface AuditEntryPage {
  items: Array<AuditEntry>;
  next: string | null;
}

export interface Audition {
  startsAt: string;
  place: string | null;
  link: string | null;
}

/** The code that the hosted UI sent to `redirectUri`, and its PKCE verifier. */
export interface AuthorizationCode {
  code: string;
  codeVerifier: string;
  redirectUri: string;
}

/** The code is wrong, expired or already used, or it does not match `codeVerifier` and `redirectUri`. Sign in again. */
export type AuthorizationCodeInvalidProblem = Problem & {
  status: 401;
  code: "AuthorizationCodeInvalid";
};

/** The cursor does not belong to this list with these filters. Start without `cursor`. */
export type BadCursorProblem = Problem & {
  status: 400;
  code: "BadCursor";
};

/** Idempotency-Key must have 1 to 200 visible ASCII characters. */
export type BadIdempotencyKeyProblem = Problem & {
  status: 400;
  code: "BadIdempotencyKey";
};

/** An account that the caller blocked. */
export interface Block {
  userId: string;
  blockedAt: string;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface BlockPage {
  items: Array<Block>;
  next: string | null;
}

/** The service is busy. Try again after `Retry-After` seconds. */
export type BusyProblem = Problem & {
  status: 503;
  code: "Busy";
};

/** This case is decided already. A new report opens it again. */
export type CaseDecidedProblem = Problem & {
  status: 409;
  code: "CaseDecided";
};

/** How a case was decided. `by` is the administrator's user id. */
export interface CaseDecision {
  outcome: CaseOutcome;
  reason: string;
  by: string;
  createdAt: string;
}

/**
 * A case with one page of its reports. `next` is the cursor of the next page.
 *
 * The reports are those since the case was last decided. A decided case has those that were
 * decided, and `decision`. `text` is the current note of an application, the place and link of
 * its audition, or the message of a connection request, whose case this is. `earlierTexts` are
 * those of up to five reported or flagged versions that were changed or deleted since, the latest
 * first. They are on the first page.
 */
export interface CaseFile {
  case: CaseSummary;
  text: string | null;
  earlierTexts: Array<EarlierTexts>;
  decision: CaseDecision | null;
  reports: Array<ReceivedReport>;
  next: string | null;
}

export type CaseKind = "user" | "casting" | "upload" | "application" | "audition" | "connection";

export type CaseOutcome = "dismissed" | "removed" | "deleted" | "suspended";

export type CaseReason = "flag" | "fee" | "fraud" | "impersonation" | "harassment" | "sexual" | "minor" | "hate" | "copyright" | "spam" | "other";

/**
 * A case: one thing with its reports and flags.
 *
 * `reporterCount` is the number of accounts that reported it since it was last decided, and
 * `reasons` has their number for each reason. A flag marks a text that may ask for money, lead to
 * another channel or have a phone number, or with the reason identity a field that a verified
 * recruiter changed. `ownerId` is the account that is responsible.
 */
export interface CaseSummary {
  caseId: string;
  kind: CaseKind;
  ownerId: string;
  status: "decided" | "open";
  reporterCount: number;
  reasons: Record<string, number>;
  flags: Array<Flag>;
  createdAt: string;
  updatedAt: string;
  version: number;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface CaseSummaryPage {
  items: Array<CaseSummary>;
  next: string | null;
}

/**
 * A casting. `publishedAt` is null until it is first opened.
 *
 * `takedown` is present while the status is `removed`. Only the casting's recruiter and
 * administrators see a removed casting. `booked` has the number of artists booked for each role,
 * by `roleId`. `relation` is the caller's to the casting, if getCasting was asked for it.
 */
export interface Casting {
  castingId: string;
  recruiterId: string;
  title: string;
  category: Category;
  mode: CastingMode;
  status: CastingStatus;
  roleCount: number;
  isPaid: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  city: string | null;
  tags: Array<string>;
  deadlineAt: string | null;
  publishedAt: string | null;
  hiddenUntil: string | null;
  recruiter: RecruiterCard | null;
  description: string;
  roles: Array<Role>;
  startsOn: string | null;
  endsOn: string | null;
  documents: Array<Document>;
  takedown: Takedown | null;
  booked: Record<string, number>;
  relation: CastingRelation | null;
}

/** This casting takes no applications. It is not open, or its deadline has passed. */
export type CastingClosedProblem = Problem & {
  status: 409;
  code: "CastingClosed";
};

/** This casting is filled or cancelled and can no longer be changed. Create a new one. */
export type CastingEndedProblem = Problem & {
  status: 409;
  code: "CastingEnded";
};

/** A casting's fields for its recruiter, who may change them until it is filled or cancelled. */
export interface CastingFields {
  title: string;
  description: string;
  category: Category;
  roles: Array<RoleFields>;
  /** The default is `onsite` */
  mode?: CastingMode;
  city?: string | null;
  tags?: Array<string>;
  deadlineAt?: string | null;
  startsOn?: string | null;
  endsOn?: string | null;
}

/** Any fields of CastingFields. Null clears a field. */
export interface CastingFieldsPatch {
  title?: string;
  description?: string;
  category?: Category;
  roles?: Array<RoleFields>;
  mode?: CastingMode | null;
  city?: string | null;
  tags?: Array<string> | null;
  deadlineAt?: string | null;
  startsOn?: string | null;
  endsOn?: string | null;
}

/** Reports have hidden this casting. Do this after `hiddenUntil`. */
export type CastingHiddenProblem = Problem & {
  status: 409;
  code: "CastingHidden";
};

/** An open casting and its best role for the caller. */
export interface CastingMatch {
  casting: CastingSummary;
  role: RoleMatch;
}

/** Castings, the best match first. `considered` is the number that was compared. */
export interface CastingMatches {
  items: Array<CastingMatch>;
  considered: number;
}

export type CastingMode = "onsite" | "remote" | "hybrid";

/**
 * The relation of the caller to a casting.
 *
 * `applications` is null if the caller changed too many applications, hundreds, since the casting
 * was made.
 */
export interface CastingRelation {
  castingId: string;
  isSaved: boolean;
  applications: Array<Applied> | null;
}

export type CastingStatus = "draft" | "open" | "closed" | "filled" | "cancelled" | "removed";

/** This casting is open. Close or cancel it first. */
export type CastingStillOpenProblem = Problem & {
  status: 409;
  code: "CastingStillOpen";
};

/**
 * A casting in a list.
 *
 * If five established accounts report a casting, only its recruiter and administrators see it
 * until `hiddenUntil`, or until an administrator has decided. `recruiter` says who casts. It is
 * null in answers to changes, and for seconds after the recruiter's profile has changed.
 */
export interface CastingSummary {
  castingId: string;
  recruiterId: string;
  title: string;
  category: Category;
  mode: CastingMode;
  status: CastingStatus;
  roleCount: number;
  isPaid: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  city: string | null;
  tags: Array<string>;
  deadlineAt: string | null;
  publishedAt: string | null;
  hiddenUntil: string | null;
  recruiter: RecruiterCard | null;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface CastingSummaryPage {
  items: Array<CastingSummary>;
  next: string | null;
}

/** An administrator took this casting down. Its `takedown` field has the reason. */
export type CastingTakenDownProblem = Problem & {
  status: 409;
  code: "CastingTakenDown";
};

export type Category = "acting" | "anchoring" | "comedy" | "dance" | "direction" | "makeup" | "modelling" | "music" | "photography" | "stunts" | "voice" | "writing";

/**
 * The next challenge, with Cognito's names. If it has a `session`, send it with the answer.
 *
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
 */
export interface Challenge {
  challenge: string;
  session: string | null;
  parameters: Record<string, string>;
}

export type ChallengeAnswer = PasswordVerifier | SoftwareToken | DeviceSrp | DevicePasswordVerifier;

export interface Channels {
  inApp: boolean;
  email: boolean;
}

export type ChosenCastingStatus = "draft" | "open" | "closed" | "filled" | "cancelled";

/** The code is wrong or no longer valid. Request a new one. */
export type CodeInvalidProblem = Problem & {
  status: 422;
  code: "CodeInvalid";
};

/** The mailed code. `password` becomes the password of the account; always send it. */
export interface Confirmation {
  email: string;
  code: string;
  password?: string | null;
}

/**
 * A connection from the caller's side.
 *
 * `userId` is the other account. `direction` is `outgoing` if the caller sent the request. `user`
 * has the name of the other account in lists. It is null in answers to changes, and for seconds
 * after that profile has changed.
 */
export interface Connection {
  userId: string;
  status: ConnectionStatus;
  direction: ConnectionDirection | null;
  message: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
  user: NamedUser | null;
}

export type ConnectionAnswer = "accepted" | "declined";

export type ConnectionDirection = "incoming" | "outgoing";

/** The connection's current status does not allow this. List your connections again. */
export type ConnectionNotPossibleProblem = Problem & {
  status: 409;
  code: "ConnectionNotPossible";
};

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface ConnectionPage {
  items: Array<Connection>;
  next: string | null;
}

export type ConnectionStatus = "pending" | "accepted" | "declined";

/** The contact data that an artist shares with the casting's recruiter. */
export interface Contact {
  email: string;
  phone: string | null;
  heightCm: number | null;
}

/** The first request with this Idempotency-Key succeeded, and what it created was deleted since. Send a new key to create another one. */
export type CreatedAndDeletedProblem = Problem & {
  status: 409;
  code: "CreatedAndDeleted";
};

/** ISO 4217 */
export type Currency = "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";

/** The casting's `deadlineAt` has passed. Set a later one before you open the casting. */
export type DeadlinePassedProblem = Problem & {
  status: 409;
  code: "DeadlinePassed";
};

/** A confirmed device. If it is remembered, it signs in without the second factor. */
export interface Device {
  deviceKey: string;
  name: string | null;
  isRemembered: boolean;
  lastIp: string | null;
  lastSignInAt: string | null;
  createdAt: string;
  updatedAt: string;
}

/**
 * The salt and verifier of the device's own secret.
 *
 * A remembered device signs in without the second factor.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
 */
export interface DeviceConfirmation {
  name: string;
  /** Base64 */
  passwordVerifier: string;
  /** Base64 */
  salt: string;
  /** The default is `false` */
  remember?: boolean;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface DevicePage {
  items: Array<Device>;
  next: string | null;
}

/** Proof of the device's own password. */
export interface DevicePasswordVerifier {
  challenge: "DEVICE_PASSWORD_VERIFIER";
  username: string;
  /** Base64 */
  secretBlock: string;
  /** Base64 */
  signature: string;
  /** A time such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has one digit */
  timestamp: string;
  deviceKey: string;
  session?: string | null;
}

/** Cognito refused the device key, `passwordVerifier` or `salt`. Compute them again. */
export type DeviceRefusedProblem = Problem & {
  status: 422;
  code: "DeviceRefused";
};

/** The first step to prove a remembered device. */
export interface DeviceSrp {
  challenge: "DEVICE_SRP_AUTH";
  username: string;
  srpA: string;
  deviceKey: string;
  session?: string | null;
}

/** A document of a casting. */
export interface Document {
  documentId: string;
  title: string;
  url: string;
  kind: DocumentKind;
  createdAt: string;
}

export type DocumentKind = "script" | "brief" | "contract" | "reference" | "other";

/** A casting can have at most 10 documents, and 237,228 bytes with them. Remove one first. */
export type DocumentsFullProblem = Problem & {
  status: 409;
  code: "DocumentsFull";
};

/** Texts that were changed or deleted at `createdAt`, by field, such as `/description`. */
export interface EarlierTexts {
  texts: Record<string, string>;
  createdAt: string;
}

/** The code that was mailed to the new address. */
export interface EmailConfirmation {
  code: string;
}

/** Mail cannot be sent to this address. Use another e-mail address. */
export type EmailRefusedProblem = Problem & {
  status: 422;
  code: "EmailRefused";
};

/** One page of the export: stored items by section. `next` is the cursor of the next page. */
export interface Export {
  sections: Record<string, Array<Record<string, unknown>>>;
  next: string | null;
}

/** A text that may ask for money or lead people elsewhere. `place` is the field that has it. */
export interface Flag {
  reason: FlagReason;
  place: string;
  at: string;
}

export type FlagReason = "money" | "channel" | "phone" | "identity";

/**
 * Open castings. `next` is the cursor of the next page, null on the last.
 *
 * `counts` has their number for each category and mode, and for each `city` and `tag` that was
 * asked for, without regard to other filters. It is null without `counts=true`.
 */
export interface FoundCastings {
  items: Array<CastingSummary>;
  next: string | null;
  counts: Record<string, Record<string, number>> | null;
}

/**
 * Profiles. `next` is the cursor of the next page, null on the last.
 *
 * `counts` has the number of public profiles for each category and gender, and for each `city`,
 * `skill` and `language` that was asked for, without regard to other filters. It is null without
 * `counts=true`.
 */
export interface FoundPeople {
  items: Array<ProfileSummary>;
  next: string | null;
  counts: Record<string, Record<string, number>> | null;
}

/** The error, as application/json, if a request does not reach the operation. */
export interface GatewayMessage {
  message: string;
}

export type Gender = "female" | "male" | "nonbinary" | "other";

/** The reason for a change. The person concerned can read it. */
export interface Grounds {
  reason: string;
}

/** The health of the service, with its stage. */
export interface Health {
  status: "ok";
  service: string;
  stage: string;
}

export type HeightBand = "-139" | "140-144" | "145-149" | "150-154" | "155-159" | "160-164" | "165-169" | "170-174" | "175-179" | "180-184" | "185-189" | "190-194" | "195-199" | "200-";

/** This Idempotency-Key was used with another body or address. Send a new key with a new request. */
export type IdempotencyKeyReusedProblem = Problem & {
  status: 422;
  code: "IdempotencyKeyReused";
};

/** `If-Match` is missing. Send it with the ETag of the version that you are changing. */
export type IfMatchRequiredProblem = Problem & {
  status: 428;
  code: "IfMatchRequired";
};

/** The service failed. Quote `instance` when you report it. */
export type InternalErrorProblem = Problem & {
  status: 500;
  code: "InternalError";
};

/** Some fields are wrong. `errors` lists all of them. */
export type InvalidProblem = Problem & {
  status: 422;
  code: "Invalid";
  /** All wrong fields of the body, or all wrong query parameters */
  errors: Array<{
    /** JSON Pointer to a field (RFC 6901) */
    pointer?: string;
    parameter?: string;
    detail: string;
  }>;
};

/**
 * The part of a profile that every signed-in account sees.
 *
 * `verifiedAt` is the time at which an administrator verified the recruiter's identity. `relation`
 * is null in the caller's own profile.
 */
export interface LimitedProfile {
  userId: string;
  username: string;
  role: UserRole;
  displayName: string;
  privacy: Privacy;
  createdAt: string;
  version: number;
  verifiedAt: string | null;
  relation: Relation | null;
}

/** `token` is not valid. Use the whole link from the e-mail. */
export type LinkNotOursProblem = Problem & {
  status: 403;
  code: "LinkNotOurs";
};

/**
 * An application in the sorted list.
 *
 * `match` is the number of met requirements less that of unmet ones, at the time of the
 * application.
 */
export interface ListedApplicant {
  applicationId: string;
  castingId: string;
  roleId: string;
  artistId: string;
  recruiterId: string;
  castingTitle: string;
  roleTitle: string;
  status: ApplicationStatus;
  shareContact: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  audition: Audition | null;
  artist: Applicant | null;
  contact: Contact | null;
  rating: number | null;
  tags: Array<string>;
  match: number;
}

/**
 * An application in its artist's list.
 *
 * `recruiter` is null if their account is hidden or blocked, and for seconds after that profile
 * has changed.
 */
export interface ListedApplication {
  applicationId: string;
  castingId: string;
  roleId: string;
  artistId: string;
  recruiterId: string;
  castingTitle: string;
  roleTitle: string;
  status: ApplicationStatus;
  shareContact: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  audition: Audition | null;
  recruiter: NamedUser | null;
}

/**
 * The part of a profile that lists show every signed-in account.
 *
 * `verifiedAt` is the time at which an administrator verified the recruiter's identity.
 */
export interface ListedProfile {
  userId: string;
  username: string;
  role: UserRole;
  displayName: string;
  privacy: Privacy;
  createdAt: string;
  version: number;
  verifiedAt: string | null;
}

export interface Login {
  email: string;
  srpA: string;
  deviceKey?: string | null;
}

/** Send either `refreshToken` to end its session, or `everywhere` to end all sessions. */
export interface Logout {
  refreshToken?: string | null;
  /** The default is `false` */
  everywhere?: boolean;
}

/** The request is malformed. */
export type MalformedProblem = Problem & {
  status: 400;
  code: "Malformed";
};

/** An amount in minor units (paise, cents) of a currency of ISO 4217. */
export interface Money {
  amount: number;
  currency: string;
}

export interface MoneyFields {
  /** In minor units (paise, cents) */
  amount: number;
  currency: Currency;
}

/**
 * One page of an artist's applications. `next` is the cursor of the next page.
 *
 * `counts` has the number of applications in each status, without regard to the filters, if the
 * request asks for it. If there are too many to count, `countedAll` is false and `counts` has the
 * last changed.
 */
export interface MyApplications {
  items: Array<ListedApplication>;
  next: string | null;
  counts: Record<string, number> | null;
  countedAll: boolean | null;
}

export interface NamedCasting {
  castingId: string;
  title: string;
}

/** A person in a list. `picture` is there if the caller may see it in the profile. */
export interface NamedUser {
  userId: string;
  username: string;
  displayName: string;
  picture: Picture | null;
}

export interface NewAccount {
  email: string;
  password: string;
}

export interface NewAnswer {
  answer: ConnectionAnswer;
}

/**
 * An artist's application.
 *
 * With `shareContact`, the casting's recruiter sees the artist's current e-mail address, phone
 * number and physical stats.
 */
export interface NewApplication {
  /** A role's `roleId` */
  roleId: string;
  shareContact: boolean;
  note?: string | null;
  mediaUrls?: Array<string>;
}

/** A recording of at most 50 MB. */
export interface NewAudioUpload {
  kind: "audio";
  contentType: "audio/mp4" | "audio/mpeg" | "audio/ogg" | "audio/wav";
  fileBytes?: number | null;
}

/** When the audition is, and its place or link. */
export interface NewAudition {
  startsAt: string;
  place?: string | null;
  link?: string | null;
}

/** A report of a casting. */
export interface NewCastingReport {
  kind: "casting";
  castingId: string;
  reason: ReportReason;
  text?: string | null;
}

export interface NewChannels {
  inApp: boolean;
  email: boolean;
}

/** A connection request with an optional message. */
export interface NewConnection {
  userId: string;
  message?: string | null;
}

/** A decision about a case. The person concerned can read the reason. */
export interface NewDecision {
  outcome: CaseOutcome;
  reason: string;
}

/** The device of this sign-in, for confirmDevice. Keep `deviceKey`; refreshSession needs it. */
export interface NewDevice {
  deviceKey: string;
  deviceGroupKey: string;
}

/** A document for applicants, such as a script. It is stored elsewhere, at `url`. */
export interface NewDocument {
  title: string;
  url: string;
  kind: DocumentKind;
}

/** A document of at most 10 MB. */
export interface NewDocumentUpload {
  kind: "document";
  contentType: "application/pdf";
  fileBytes?: number | null;
}

/** An image of at most 10 MB. */
export interface NewImageUpload {
  kind: "image";
  contentType: "image/jpeg" | "image/png" | "image/webp";
  fileBytes?: number | null;
}

export interface NewPassword {
  email: string;
  code: string;
  password: string;
}

/** The image that becomes the picture: the `mediaUrl` of an upload of the caller. */
export interface NewPicture {
  /** The `mediaUrl` of an upload */
  mediaUrl: string;
}

/** A new portfolio item. `url` leads to the work. */
export interface NewPortfolioItem {
  kind: PortfolioKind;
  title: string;
  /** An https address or the `mediaUrl` of an upload of the caller */
  url: string;
  description?: string | null;
  credits?: string | null;
}

/** Any fields of NewPortfolioItem. Null clears a field. */
export interface NewPortfolioItemPatch {
  kind?: PortfolioKind;
  title?: string;
  /** An https address or the `mediaUrl` of an upload of the caller */
  url?: string;
  description?: string | null;
  credits?: string | null;
}

/**
 * Notification preferences by topic. Absent topics get the defaults of a new account.
 *
 * applications: an application was received or withdrawn. progress: an application was viewed or
 * shortlisted. decisions: an audition, an offer, a booking or a decline. connections: a connection
 * was requested or accepted. moderation: reports were decided or hid a casting.
 *
 * Confirmed auditions belong to applications, and answered offers to decisions.
 */
export interface NewPreferences {
  /** The default is `{"inApp": true, "email": false}` */
  applications?: NewChannels;
  /** The default is `{"inApp": true, "email": false}` */
  progress?: NewChannels;
  /** The default is `{"inApp": true, "email": true}` */
  decisions?: NewChannels;
  /** The default is `{"inApp": true, "email": false}` */
  connections?: NewChannels;
  /** The default is `{"inApp": true, "email": true}` */
  moderation?: NewChannels;
}

/** The most that the quota allows this account; null for the usual number. */
export interface NewQuota {
  reason: string;
  most: number | null;
}

export type NewReport = NewUserReport | NewCastingReport | NewUploadReport;

/** Whether the artist shares contact data with the casting's recruiter. */
export interface NewSharing {
  shareContact: boolean;
}

export interface NewStatus {
  status: ChosenCastingStatus;
}

export type NewUpload = NewImageUpload | NewAudioUpload | NewVideoUpload | NewDocumentUpload;

/** A report of an uploaded file. */
export interface NewUploadReport {
  kind: "upload";
  /** The `mediaUrl` of an upload */
  mediaUrl: string;
  reason: ReportReason;
  text?: string | null;
}

/** A new profile. `role` cannot change later. */
export interface NewUser {
  displayName: string;
  headline?: string | null;
  bio?: string | null;
  city?: string | null;
  categories?: Array<Category>;
  skills?: Array<string>;
  languages?: Array<string>;
  companyName?: string | null;
  website?: string | null;
  gender?: Gender | null;
  phone?: string | null;
  heightCm?: number | null;
  playingAges?: Array<PlayingAge>;
  /** The default is `false` */
  isFoundByStats?: boolean;
  /** The default is `public` */
  privacy?: Privacy;
  /** At least 18 years before today (UTC). Others see the age instead */
  bornOn: string;
  username: string;
  role: UserRole;
}

/** A report of a person. */
export interface NewUserReport {
  kind: "user";
  userId: string;
  reason: ReportReason;
  text?: string | null;
}

export interface NewUsername {
  username: string;
}

/** A video of at most 500 MB. */
export interface NewVideoUpload {
  kind: "video";
  contentType: "video/mp4" | "video/quicktime" | "video/webm";
  fileBytes?: number | null;
}

/** New work experience. Leave out `endedOn` if it has not ended. */
export interface NewWorkExperience {
  title: string;
  startedOn: string;
  company?: string | null;
  roleName?: string | null;
  endedOn?: string | null;
  description?: string | null;
}

/** Any fields of NewWorkExperience. Null clears a field. */
export interface NewWorkExperiencePatch {
  title?: string;
  startedOn?: string;
  company?: string | null;
  roleName?: string | null;
  endedOn?: string | null;
  description?: string | null;
}

/** The next step with the code: `confirm` the account or address, or `reset` the password. */
export interface NextStep {
  next: "confirm" | "reset";
}

/** This account is not a recruiter. Only recruiters can be verified. */
export type NotARecruiterProblem = Problem & {
  status: 409;
  code: "NotARecruiter";
};

/** This does not exist, or you do not have permission to see it. */
export type NotFoundProblem = Problem & {
  status: 404;
  code: "NotFound";
};

/** Only the recruiter who created this casting may do this. */
export type NotYourCastingProblem = Problem & {
  status: 403;
  code: "NotYourCasting";
};

/** Only the other side of this application may do this. */
export type NotYourStepProblem = Problem & {
  status: 403;
  code: "NotYourStep";
};

/** Only the owner of this upload and administrators may delete it. */
export type NotYourUploadProblem = Problem & {
  status: 403;
  code: "NotYourUpload";
};

/** A note of the recruiter. The service assigns `noteId`; send it again to keep the note. */
export interface NoteFields {
  text: string;
  noteId?: string | null;
}

export type NotificationKind = "submitted" | "viewed" | "shortlisted" | "audition" | "confirmed" | "offered" | "accepted" | "booked" | "declined" | "refused" | "withdrawn" | "moved" | "agreed" | "requested" | "hidden" | "cleared" | "sanctioned" | "answered";

export type NotificationTopic = "applications" | "progress" | "decisions" | "connections" | "moderation";

/**
 * One page of notifications. `next` is the cursor of the next page, null on the last.
 *
 * `unreadCount` is for the whole list. It is exact up to 99; 100 means 100 or more.
 */
export interface Notifications {
  items: Array<ShownNotification>;
  next: string | null;
  unreadCount: number;
}

/** This outcome does not fit the case. Dismiss it, or suspend the account. */
export type OutcomeNotPossibleProblem = Problem & {
  status: 409;
  code: "OutcomeNotPossible";
};

/** This is your own account or thing. Only another administrator can decide about it. */
export type OwnAccountProblem = Problem & {
  status: 409;
  code: "OwnAccount";
};

/** An application as its artist sees it. */
export interface OwnApplication {
  applicationId: string;
  castingId: string;
  roleId: string;
  artistId: string;
  recruiterId: string;
  castingTitle: string;
  roleTitle: string;
  status: ApplicationStatus;
  shareContact: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  audition: Audition | null;
  note: string | null;
  mediaUrls: Array<string>;
}

/**
 * A profile as its owner sees it. `email` is the verified address of the account.
 *
 * A deleted account has `deletedAt`. It can be restored until `restorableUntil`. If it has
 * `suspendedAt`, it is suspended again after that.
 */
export interface OwnProfile {
  userId: string;
  username: string;
  role: UserRole;
  displayName: string;
  privacy: Privacy;
  createdAt: string;
  version: number;
  verifiedAt: string | null;
  relation: Relation | null;
  picture: Picture | null;
  headline: string | null;
  bio: string | null;
  city: string | null;
  categories: Array<Category>;
  skills: Array<string>;
  languages: Array<string>;
  companyName: string | null;
  website: string | null;
  gender: Gender | null;
  age: number | null;
  portfolio: Array<PortfolioItem>;
  workExperience: Array<WorkExperience>;
  email: string;
  phone: string | null;
  heightCm: number | null;
  playingAges: Array<PlayingAge>;
  isFoundByStats: boolean;
  status: AccountStatus;
  suspendedAt: string | null;
  deletedAt: string | null;
  restorableUntil: string | null;
  updatedAt: string;
}

/**
 * A report as its reporter sees it.
 *
 * It has one of `userId`, `castingId` and `mediaUrl`. `outcome` and `decidedAt` are null until an
 * administrator has decided: dismissed, or removed for a casting, deleted for an upload, suspended
 * for the account of a person.
 */
export interface OwnReport {
  kind: "casting" | "upload" | "user";
  userId: string | null;
  castingId: string | null;
  mediaUrl: string | null;
  reason: ReportReason;
  createdAt: string;
  outcome: CaseOutcome | null;
  decidedAt: string | null;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface OwnReportPage {
  items: Array<OwnReport>;
  next: string | null;
}

/** This is yours. You can only report people and things that are not. */
export type OwnThingProblem = Problem & {
  status: 409;
  code: "OwnThing";
};

export interface PasswordChange {
  previousPassword: string;
  password: string;
}

/** The password does not meet the rules or was used before. Choose another one. */
export type PasswordRefusedProblem = Problem & {
  status: 422;
  code: "PasswordRefused";
};

/** Proof of the password. An SRP library computes it from the challenge's `parameters`. */
export interface PasswordVerifier {
  challenge: "PASSWORD_VERIFIER";
  username: string;
  /** Base64 */
  secretBlock: string;
  /** Base64 */
  signature: string;
  /** A time such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has one digit */
  timestamp: string;
  session?: string | null;
  deviceKey?: string | null;
}

export interface Pay {
  kind: PayKind;
  money: Money | null;
  unit: PayUnit | null;
}

/** Pay for a role. Paid roles need `money` and `unit`; other roles have neither. */
export interface PayFields {
  kind: PayKind;
  money?: MoneyFields | null;
  unit?: PayUnit | null;
}

export type PayKind = "paid" | "expenses" | "unpaid";

/** Every role of an open casting must say whether it is paid. `errors` lists the others. */
export type PayNotStatedProblem = Problem & {
  status: 409;
  code: "PayNotStated";
};

export type PayUnit = "hour" | "day" | "project";

/**
 * The relation of the caller to a person.
 *
 * `connection` is null if neither asked the other to connect. `isBlocked` says whether the caller
 * blocks the person, never whether the person blocks the caller.
 */
export interface PersonRelation {
  userId: string;
  connection: ConnectionStatus | null;
  direction: ConnectionDirection | null;
  isBlocked: boolean;
}

/**
 * The picture of a person, as addresses relative to this API, of JPEG images.
 *
 * `small` is a square of 96 pixels, and `medium` one of 320. `large` keeps the proportions, with
 * at most 1,080 pixels on each side. Smaller images are not enlarged. Every new picture has new
 * addresses.
 */
export interface Picture {
  small: string;
  medium: string;
  large: string;
}

export type PlayingAge = "18-22" | "23-27" | "28-32" | "33-37" | "38-42" | "43-47" | "48-52" | "53-57" | "58-62" | "63-67" | "68-";

/** A portfolio can have at most 30 items. Remove one first. */
export type PortfolioFullProblem = Problem & {
  status: 409;
  code: "PortfolioFull";
};

/** A portfolio item. */
export interface PortfolioItem {
  itemId: string;
  kind: PortfolioKind;
  title: string;
  url: string;
  createdAt: string;
  description: string | null;
  credits: string | null;
}

export type PortfolioKind = "image" | "video" | "audio" | "link";

/** The ids of all items of the portfolio, in the order to show them. */
export interface PortfolioOrder {
  itemIds: Array<string>;
}

/** The caller's notification preferences. Version 0 has the defaults of a new account. */
export interface Preferences {
  applications: Channels;
  progress: Channels;
  decisions: Channels;
  connections: Channels;
  moderation: Channels;
  updatedAt: string | null;
  version: number;
}

/** The previous password is wrong. If you forgot it, call forgotPassword. */
export type PreviousPasswordWrongProblem = Problem & {
  status: 422;
  code: "PreviousPasswordWrong";
};

export type Privacy = "public" | "connections" | "private";

/** An error (RFC 9457). */
export interface Problem {
  type: "about:blank";
  /** HTTP's name for the status */
  title: string;
  status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503;
  /** The kind of error. Stable: use this in programs */
  code: string;
  /** An explanation for people. It may change */
  detail: string;
  /** The request id. Quote it when you report a problem */
  instance: string;
  /** The quota that is used up, if `code` is QuotaExceeded */
  quota?: string;
  /** All wrong fields of the body, or all wrong query parameters */
  errors?: Array<{
    /** JSON Pointer to a field (RFC 6901) */
    pointer?: string;
    parameter?: string;
    detail: string;
  }>;
}

/** You already have a profile. Change it with PATCH /v1/users/me. */
export type ProfileExistsProblem = Problem & {
  status: 409;
  code: "ProfileExists";
};

/** Any fields of ProfileFields. Null clears a field. */
export interface ProfileFieldsPatch {
  displayName?: string;
  headline?: string | null;
  bio?: string | null;
  city?: string | null;
  categories?: Array<Category> | null;
  skills?: Array<string> | null;
  languages?: Array<string> | null;
  companyName?: string | null;
  website?: string | null;
  gender?: Gender | null;
  bornOn?: string | null;
  phone?: string | null;
  heightCm?: number | null;
  playingAges?: Array<PlayingAge> | null;
  isFoundByStats?: boolean | null;
  privacy?: Privacy | null;
}

/** You have no profile. Create one with POST /v1/users. */
export type ProfileRequiredProblem = Problem & {
  status: 403;
  code: "ProfileRequired";
};

/** A profile in a list. A connections-only profile has only the fields that everyone sees. */
export interface ProfileSummary {
  userId: string;
  username: string;
  role: UserRole;
  displayName: string;
  privacy: Privacy;
  createdAt: string;
  version: number;
  verifiedAt: string | null;
  picture: Picture | null;
  headline: string | null;
  city: string | null;
  categories: Array<Category>;
  skills: Array<string>;
  languages: Array<string>;
  companyName: string | null;
}

/**
 * A public profile, or a connections-only profile seen by a connection.
 *
 * It has the age, never the birth date.
 */
export interface PublicProfile {
  userId: string;
  username: string;
  role: UserRole;
  displayName: string;
  privacy: Privacy;
  createdAt: string;
  version: number;
  verifiedAt: string | null;
  relation: Relation | null;
  picture: Picture | null;
  headline: string | null;
  bio: string | null;
  city: string | null;
  categories: Array<Category>;
  skills: Array<string>;
  languages: Array<string>;
  companyName: string | null;
  website: string | null;
  gender: Gender | null;
  age: number | null;
  portfolio: Array<PortfolioItem>;
  workExperience: Array<WorkExperience>;
}

/** You used up a quota of your account. `quota` names it. */
export type QuotaExceededProblem = Problem & {
  status: 429;
  code: "QuotaExceeded";
  /** The quota that is used up, if `code` is QuotaExceeded */
  quota: string;
};

/** The last notification that the caller has read. All earlier ones count as read too. */
export interface ReadMark {
  upTo: string;
}

/**
 * An application as the recruiter of its casting sees it.
 *
 * `note` and `mediaUrls` are empty while `artist` is null.
 */
export interface ReceivedApplication {
  applicationId: string;
  castingId: string;
  roleId: string;
  artistId: string;
  recruiterId: string;
  castingTitle: string;
  roleTitle: string;
  status: ApplicationStatus;
  shareContact: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  audition: Audition | null;
  artist: Applicant | null;
  contact: Contact | null;
  note: string | null;
  mediaUrls: Array<string>;
  recruiterNote: string | null;
  rating: number | null;
  tags: Array<string>;
  recruiterNotes: Array<RecruiterNote>;
}

/** A report as administrators see it. */
export interface ReceivedReport {
  reporterId: string;
  reason: ReportReason;
  createdAt: string;
  text: string | null;
}

/**
 * An application in the recruiter's list.
 *
 * `artist` and `contact` are null if the artist has withdrawn the application, or if their account
 * is hidden or blocked. `contact` is also null if the artist does not share it.
 */
export interface ReceivedSummary {
  applicationId: string;
  castingId: string;
  roleId: string;
  artistId: string;
  recruiterId: string;
  castingTitle: string;
  roleTitle: string;
  status: ApplicationStatus;
  shareContact: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  audition: Audition | null;
  artist: Applicant | null;
  contact: Contact | null;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface ReceivedSummaryPage {
  items: Array<ReceivedSummary>;
  next: string | null;
}

/** This needs a sign-in within the last 15 minutes. Sign in again; refreshing the session is not enough. */
export type RecentSignInRequiredProblem = Problem & {
  status: 401;
  code: "RecentSignInRequired";
};

/** A recruiter's public page. `openCastings` is the number of open castings. */
export interface Recruiter {
  userId: string;
  username: string;
  displayName: string;
  picture: Picture | null;
  createdAt: string;
  companyName: string | null;
  verifiedAt: string | null;
  openCastings: number;
}

/**
 * The recruiter of a casting, for everyone who can read the casting.
 *
 * The recruiter's `privacy` does not limit it. `verifiedAt` is the badge, and `createdAt` the time
 * since which the recruiter has a profile.
 */
export interface RecruiterCard {
  userId: string;
  username: string;
  displayName: string;
  picture: Picture | null;
  createdAt: string;
  companyName: string | null;
  verifiedAt: string | null;
}

/** A note of the recruiter about an applicant. */
export interface RecruiterNote {
  noteId: string;
  text: string;
  createdAt: string;
}

/** `redirectUri` is not a callback URL of this service. Send a registered one. */
export type RedirectUriUnknownProblem = Problem & {
  status: 422;
  code: "RedirectUriUnknown";
};

export interface Refresh {
  refreshToken: string;
  username: string;
  deviceKey?: string | null;
}

/** This is not a refresh token of this service. Send the one from the sign-in. */
export type RefreshTokenInvalidProblem = Problem & {
  status: 422;
  code: "RefreshTokenInvalid";
};

/**
 * The relation of the caller to a person.
 *
 * `connection` is null if neither asked the other to connect. A pending request has a `direction`.
 */
export interface Relation {
  connection: ConnectionStatus | null;
  direction: ConnectionDirection | null;
}

/** A relation for each id, in the order of the request. */
export interface Relations {
  castings: Array<CastingRelation>;
  people: Array<PersonRelation>;
}

/** fee: asks artists for money. fraud: a fake casting or offer. impersonation: pretends to be someone else. harassment: threats, blackmail or insults. sexual: sexual content or demands. minor: endangers or looks for people under 18. hate: attacks people for who they are. copyright: uses work of others. spam: unwanted advertising. */
export type ReportReason = "fee" | "fraud" | "impersonation" | "harassment" | "sexual" | "minor" | "hate" | "copyright" | "spam" | "other";

/** One requirement. `unknown` means that the artist's profile has no value for it. */
export interface Requirement {
  requirement: RequirementKind;
  /** In words, such as hindi, 20 to 35, female or nonbinary */
  wanted: string;
  verdict: Verdict;
}

export type RequirementKind = "category" | "city" | "gender" | "age" | "language" | "skill";

export interface Requirements {
  genders: Array<Gender>;
  minAge: number | null;
  maxAge: number | null;
  languages: Array<string>;
  skills: Array<string>;
}

/** The artist that the recruiter is looking for. This is advice: anyone may apply. */
export interface RequirementsFields {
  genders?: Array<Gender>;
  minAge?: number | null;
  maxAge?: number | null;
  languages?: Array<string>;
  skills?: Array<string>;
}

/** A role of a casting. It takes applications while it is open. */
export interface Role {
  title: string;
  roleId: string;
  description: string | null;
  count: number;
  requirements: Requirements;
  pay: Pay | null;
  feeAsked: boolean;
  status: RoleStatus;
}

/** This role takes no applications: it is closed or filled. */
export type RoleClosedProblem = Problem & {
  status: 409;
  code: "RoleClosed";
};

/**
 * A part to cast. The service assigns `roleId`; send it in an update to keep the role.
 *
 * Drafts may lack `pay`. A casting can be opened only if every role says whether it is paid.
 *
 * A closed role takes no applications. A role is filled while as many artists are booked as its
 * `count` says. Without `status`, a role keeps its status, and a new one is open.
 */
export interface RoleFields {
  title: string;
  roleId?: string | null;
  description?: string | null;
  /** Number of people to cast. The default is `1` */
  count?: number;
  requirements?: RequirementsFields;
  pay?: PayFields | null;
  /** Always false: an artist must never pay to be cast */
  feeAsked?: false;
  status?: RoleStatus | null;
}

/** As many artists are booked for this role as its `count` says. Raise it first. */
export type RoleFullProblem = Problem & {
  status: 409;
  code: "RoleFull";
};

/** The casting no longer has this role. */
export type RoleGoneProblem = Problem & {
  status: 409;
  code: "RoleGone";
};

/** A role with all requirements, those of its casting included. */
export interface RoleMatch {
  roleId: string;
  title: string;
  requirements: Array<Requirement>;
}

/** Your role, artist or recruiter, does not allow this. */
export type RoleRequiredProblem = Problem & {
  status: 403;
  code: "RoleRequired";
};

export type RoleStatus = "open" | "closed" | "filled";

/** A casting that the caller saved, in its current state. */
export interface SavedCasting {
  savedAt: string;
  casting: CastingSummary;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface SavedCastingPage {
  items: Array<SavedCasting>;
  next: string | null;
}

/** The session has ended, or its device was never confirmed or was forgotten. Sign in again. */
export type SessionEndedProblem = Problem & {
  status: 401;
  code: "SessionEnded";
};

/**
 * A notification with the current names of the user and the casting.
 *
 * `kind` is the new status of an application, `moved` for an audition with a new time, place or
 * link, `agreed` for an accepted offer, or `requested` or `accepted` for a connection. Four kinds
 * are about reports: `hidden` (the
 * casting is hidden until administrators have looked), `cleared` (they dismissed reports about the
 * caller), `sanctioned` (they acted) and `answered` (they decided about the caller's own report).
 * `outcome` is the decision, and `reason` is for the account that was reported only.
 *
 * `user` acted; it is null if the account is no longer active, or has withdrawn the application,
 * or if reports are the cause. `casting` is null if the caller may no longer read it, or the
 * notification is about something else.
 */
export interface ShownNotification {
  notificationId: string;
  kind: NotificationKind;
  topic: NotificationTopic;
  createdAt: string;
  isRead: boolean;
  user: NamedUser | null;
  casting: NamedCasting | null;
  applicationId: string | null;
  outcome: CaseOutcome | null;
  reason: string | null;
}

/** The e-mail address or password is wrong, or the account cannot sign in. */
export type SignInFailedProblem = Problem & {
  status: 401;
  code: "SignInFailed";
};

export interface SignedIn {
  tokens: Tokens;
}

/** The six-digit code of the authenticator app. */
export interface SoftwareToken {
  challenge: "SOFTWARE_TOKEN_MFA";
  username: string;
  session: string;
  code: string;
  deviceKey?: string | null;
}

/** `srpA` is not a valid A of SRP. Compute a new one with an SRP library. */
export type SrpInvalidProblem = Problem & {
  status: 422;
  code: "SrpInvalid";
};

/** This has changed since you read it. Read it again and repeat your change. */
export type StaleProblem = Problem & {
  status: 412;
  code: "Stale";
};

/**
 * The next status. Absent fields do not change; null clears `recruiterNote`.
 *
 * The artist never sees `recruiterNote`. Send `audition` only with the status audition.
 */
export interface StatusChange {
  status: ApplicationStatus;
  audition?: NewAudition;
  recruiterNote?: string | null;
}

/** The same change for up to 100 applications of one casting. */
export interface StatusChanges {
  status: ApplicationStatus;
  audition?: NewAudition;
  recruiterNote?: string | null;
  applicationIds: Array<string>;
}

/** The casting cannot change from its current status to this one. */
export type StatusNotReachableProblem = Problem & {
  status: 409;
  code: "StatusNotReachable";
};

/** The status, code and explanation that setApplicationStatus gives for this application. */
export interface StatusProblem {
  status: number;
  code: string;
  detail: string;
}

/** The status of an application after a change, or why it did not change. */
export interface StatusResult {
  applicationId: string;
  status: ApplicationStatus | null;
  problem: StatusProblem | null;
}

/** A result for each application, in the order of the request. */
export interface StatusResults {
  items: Array<StatusResult>;
}

/** Either `tokens`, with `newDevice` if the device is new, or the next challenge. */
export interface Step {
  tokens?: Tokens;
  newDevice?: NewDevice;
  challenge?: string;
  session?: string | null;
  parameters?: Record<string, string>;
}

/** The application cannot change from its current status to this one. */
export type StepNotPossibleProblem = Problem & {
  status: 409;
  code: "StepNotPossible";
};

/** Suggestions: at most five of each kind. Texts are in lower case. */
export interface Suggestions {
  people: Array<ListedProfile>;
  cities: Array<string>;
  skills: Array<string>;
  tags: Array<string>;
}

/** Why and when an administrator took the casting down, and its status before. */
export interface Takedown {
  reason: string;
  at: string;
  statusBefore: ChosenCastingStatus;
}

/** The tokens. `expiresIn` is the lifetime of the access token in seconds. */
export interface Tokens {
  accessToken: string;
  expiresIn: number;
  tokenType: string;
  idToken?: string;
  refreshToken?: string;
}

/** The body is larger than 256 KB. Send a smaller one. */
export type TooLargeProblem = Problem & {
  status: 413;
  code: "TooLarge";
};

/** You sent too many requests. Wait for `Retry-After` seconds before you try again. */
export type TooManyRequestsProblem = Problem & {
  status: 429;
  code: "TooManyRequests";
};

/** The code of the authenticator app is wrong or was already used. Use the next one. */
export type TotpCodeInvalidProblem = Problem & {
  status: 401;
  code: "TotpCodeInvalid";
};

/** A code of the authenticator app. `deviceName` is the owner's name for the app's device. */
export interface TotpConfirmation {
  code: string;
  deviceName?: string | null;
}

/** The code does not match the secret of setUpTotp, or was used. Send the next one. */
export type TotpNotConfirmedProblem = Problem & {
  status: 422;
  code: "TotpNotConfirmed";
};

/** The secret for an authenticator app. Show `otpauthUri` as a QR code, or `secret` (Base32). */
export interface TotpSecret {
  secret: string;
  otpauthUri: string;
}

/** A valid access token is required. Sign in or refresh the session. */
export type UnauthorizedProblem = Problem & {
  status: 401;
  code: "Unauthorized";
};

/** The topic that no longer causes e-mails, and a message that says so. */
export interface Unsubscribed {
  topic: NotificationTopic;
  detail: string;
}

/** The body's content type is not supported. Send it as application/json. */
export type UnsupportedMediaTypeProblem = Problem & {
  status: 415;
  code: "UnsupportedMediaType";
};

/** An upload form for one file. Afterwards the file is at `mediaUrl`, relative to this API. */
export interface Upload {
  mediaId: string;
  mediaUrl: string;
  url: string;
  fields: Record<string, string>;
  maxBytes: number;
  expiresAt: string;
}

/**
 * A file that the account uploaded, or a picture that the service made of one.
 *
 * `usedBy` says where the caller's profile has it. Applications may have it, too. `contentType` is
 * null if the file was just deleted.
 */
export interface UploadedFile {
  mediaId: string;
  mediaUrl: string;
  bytes: number;
  createdAt: string;
  contentType: string | null;
  usedBy: Array<"picture" | "portfolio">;
}

/** One page of a list. `next` is the cursor of the next page, null on the last. */
export interface UploadedFilePage {
  items: Array<UploadedFile>;
  next: string | null;
}

export type UserRole = "artist" | "recruiter";

/** This username is taken. Choose another one. */
export type UsernameTakenProblem = Problem & {
  status: 409;
  code: "UsernameTaken";
};

export type Verdict = "met" | "unmet" | "unknown";

/** Only verified recruiters can publish castings. You can keep drafts until an administrator has verified you. */
export type VerificationRequiredProblem = Problem & {
  status: 403;
  code: "VerificationRequired";
};

/** Only verified recruiters can search by playing age and height. */
export type VerifiedRecruitersOnlyProblem = Problem & {
  status: 403;
  code: "VerifiedRecruitersOnly";
};

/** The number of views. Each viewer counts once a day (UTC). */
export interface Views {
  views: number;
}

/** An entry of work experience. */
export interface WorkExperience {
  itemId: string;
  title: string;
  startedOn: string;
  createdAt: string;
  company: string | null;
  roleName: string | null;
  endedOn: string | null;
  description: string | null;
}

/** Work experience can have at most 50 entries. Remove one first. */
export type WorkExperienceFullProblem = Problem & {
  status: 409;
  code: "WorkExperienceFull";
};

export interface SignUpOptions extends CallOptions {
  body: NewAccount;
}

export interface ResendCodeOptions extends CallOptions {
  body: Address;
}

export interface StartLoginOptions extends CallOptions {
  body: Login;
}

export interface AnswerChallengeOptions extends CallOptions {
  body: ChallengeAnswer;
}

export interface ExchangeCodeOptions extends CallOptions {
  body: AuthorizationCode;
}

export interface RefreshSessionOptions extends CallOptions {
  body: Refresh;
}

export interface ForgotPasswordOptions extends CallOptions {
  body: Address;
}

export interface ResetPasswordOptions extends CallOptions {
  body: NewPassword;
}

export interface LogoutOptions extends CallOptions {
  body: Logout;
}

export interface ConfirmSignUpOptions extends CallOptions {
  body: Confirmation;
}

export interface ChangePasswordOptions extends CallOptions {
  body: PasswordChange;
}

export interface ChangeEmailOptions extends CallOptions {
  body: Address;
}

export interface ConfirmEmailOptions extends CallOptions {
  body: EmailConfirmation;
}

export interface SetUpTotpOptions extends CallOptions {
}

export interface ConfirmTotpOptions extends CallOptions {
  body: TotpConfirmation;
}

export interface DisableTotpOptions extends CallOptions {
}

export interface ListDevicesOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
}

export interface ConfirmDeviceOptions extends CallOptions {
  deviceKey: string;
  body: DeviceConfirmation;
}

export interface ForgetDeviceOptions extends CallOptions {
  deviceKey: string;
}

export interface SuspendUserOptions extends CallOptions {
  userId: string;
  body: Grounds;
}

export interface LiftSuspensionOptions extends CallOptions {
  userId: string;
}

export interface VerifyRecruiterOptions extends CallOptions {
  userId: string;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface WithdrawVerificationOptions extends CallOptions {
  userId: string;
}

export interface TakeDownCastingOptions extends CallOptions {
  castingId: string;
  body: Grounds;
}

export interface ReinstateCastingOptions extends CallOptions {
  castingId: string;
}

export interface SetQuotaOptions extends CallOptions {
  userId: string;
  quota: string;
  body: NewQuota;
}

export interface ConfirmUserOptions extends CallOptions {
  body: Address;
}

export interface ListAuditEntriesOptions extends CallOptions {
  /** The id of a case, such as user:{userId} or casting:{castingId}, or account:{hash}. The hash is the SHA-256 of the e-mail address in lower case, in hexadecimal. */
  subject: string;
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
}

export interface ListCasesOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  reason?: CaseReason;
  sort?: "newest" | "reporters";
}

export interface GetCaseOptions extends CallOptions {
  caseId: string;
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
}

export interface DecideCaseOptions extends CallOptions {
  caseId: string;
  body: NewDecision;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface ApplyToCastingOptions extends CallOptions {
  castingId: string;
  body: NewApplication;
  /** By default, the client makes a new one. */
  idempotencyKey?: string;
}

export interface GetApplicationOptions extends CallOptions {
  castingId: string;
  applicationId: string;
  /** What you read. You get it again if it is current. */
  ifNoneMatch?: Versioned;
}

export interface SetApplicationStatusOptions extends CallOptions {
  castingId: string;
  applicationId: string;
  body: StatusChange;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface SetApplicationStatusesOptions extends CallOptions {
  castingId: string;
  body: StatusChanges;
}

export interface AssessApplicationOptions extends CallOptions {
  castingId: string;
  applicationId: string;
  /** The version to change: what you read, or its ETag. */
  ifMatch: Versioned | string;
  body: Assessment;
}

export interface WithdrawApplicationOptions extends CallOptions {
  castingId: string;
  applicationId: string;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface SetContactSharingOptions extends CallOptions {
  castingId: string;
  applicationId: string;
  body: NewSharing;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface AnswerApplicationOptions extends CallOptions {
  castingId: string;
  applicationId: string;
  body: ApplicationAnswer;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface ListCastingApplicationsOptions extends CallOptions {
  castingId: string;
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  status?: ApplicationStatus;
  /** A role's `roleId` */
  roleId?: string;
}

export interface ListApplicantsOptions extends CallOptions {
  castingId: string;
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  sort?: "match" | "newest" | "rating";
  /** Any of these */
  status?: Array<ApplicationStatus>;
  /** Any of these */
  roleId?: Array<string>;
  /** Beginnings of the artist's names */
  name?: string;
  tag?: string;
  minRating?: number;
}

export interface ExportApplicantsOptions extends CallOptions {
  castingId: string;
  /** Rows per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  /** Any of these */
  status?: Array<ApplicationStatus>;
  /** Any of these */
  roleId?: Array<string>;
}

export interface ListMyApplicationsOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  /** Any of these */
  status?: Array<ApplicationStatus>;
  /** Also count the applications by status */
  counts?: boolean;
}

export interface GetMyRelationsOptions extends CallOptions {
  /** At most 20 */
  castings?: Array<string>;
  /** At most 20 */
  people?: Array<string>;
}

export interface CreateCastingOptions extends CallOptions {
  body: CastingFields;
  /** By default, the client makes a new one. */
  idempotencyKey?: string;
}

export interface GetCastingOptions extends CallOptions {
  castingId: string;
  /** Also say what the caller, whose token is sent, has to do with it */
  relation?: boolean;
  /** What you read. You get it again if it is current. */
  ifNoneMatch?: Versioned;
}

export interface UpdateCastingOptions extends CallOptions {
  castingId: string;
  /** The version to change: what you read, or its ETag. */
  ifMatch: Versioned | string;
  body: CastingFieldsPatch;
}

export interface SetCastingStatusOptions extends CallOptions {
  castingId: string;
  body: NewStatus;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface AddDocumentOptions extends CallOptions {
  castingId: string;
  body: NewDocument;
  /** By default, the client makes a new one. */
  idempotencyKey?: string;
}

export interface RemoveDocumentOptions extends CallOptions {
  castingId: string;
  documentId: string;
}

export interface DeleteCastingOptions extends CallOptions {
  castingId: string;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface GetCastingViewsOptions extends CallOptions {
  castingId: string;
}

export interface RecordCastingViewOptions extends CallOptions {
  castingId: string;
}

export interface GetRecruiterOptions extends CallOptions {
  recruiterId: string;
}

export interface ListRecruiterCastingsOptions extends CallOptions {
  recruiterId: string;
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  /** Any of these */
  status?: Array<CastingStatus>;
}

export interface RequestConnectionOptions extends CallOptions {
  body: NewConnection;
  /** By default, the client makes a new one. */
  idempotencyKey?: string;
}

export interface AnswerConnectionOptions extends CallOptions {
  userId: string;
  body: NewAnswer;
}

export interface ListConnectionsOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  status?: "accepted" | "pending";
  direction?: ConnectionDirection;
}

export interface RemoveConnectionOptions extends CallOptions {
  userId: string;
}

export interface BlockUserOptions extends CallOptions {
  userId: string;
}

export interface UnblockUserOptions extends CallOptions {
  userId: string;
}

export interface ListBlocksOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
}

export interface ExportMeOptions extends CallOptions {
  cursor?: string;
}

export interface MatchingCastingsOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
}

export interface MatchingArtistsOptions extends CallOptions {
  castingId: string;
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  /** Match only this role */
  roleId?: string;
}

export interface CreateUploadOptions extends CallOptions {
  body: NewUpload;
}

export interface ListUploadsOptions extends CallOptions {
  /** Items per page; values over 20 count as 20 */
  limit?: number;
  cursor?: string;
}

export interface GetMediaOptions extends CallOptions {
  userId: string;
  mediaId: string;
}

export interface DeleteUploadOptions extends CallOptions {
  userId: string;
  mediaId: string;
}

export interface HealthOptions extends CallOptions {
}

export interface OpenapiOptions extends CallOptions {
  /** What you read. You get it again if it is current. */
  ifNoneMatch?: Versioned;
}

export interface ListNotificationsOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
}

export interface MarkNotificationsReadOptions extends CallOptions {
  body: ReadMark;
}

export interface GetNotificationPreferencesOptions extends CallOptions {
  /** What you read. You get it again if it is current. */
  ifNoneMatch?: Versioned;
}

export interface SetNotificationPreferencesOptions extends CallOptions {
  body: NewPreferences;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface UnsubscribePageOptions extends CallOptions {
  token: string;
}

export interface UnsubscribeOptions extends CallOptions {
  token: string;
}

export interface SetPictureOptions extends CallOptions {
  body: NewPicture;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface GetPictureOptions extends CallOptions {
  userId: string;
  mediaId: string;
  size: string;
}

export interface CreateReportOptions extends CallOptions {
  body: NewReport;
}

export interface ListReportsOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
}

export interface ListSavedCastingsOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
}

export interface SaveCastingOptions extends CallOptions {
  castingId: string;
}

export interface UnsaveCastingOptions extends CallOptions {
  castingId: string;
}

export interface SearchCastingsOptions extends CallOptions {
  /** Items per page; values over 20 count as 20 */
  limit?: number;
  cursor?: string;
  /** At most 10 words that must all occur, or words that begin with them or differ by one letter. Case, accents of Latin letters, and words such as `the` are ignored */
  text?: string;
  /** Any of these */
  category?: Array<Category>;
  /** Any of these */
  city?: Array<string>;
  /** Also up to seven of the largest cities of India within so many kilometres of `city`, which must be one of the 300 largest */
  within?: number;
  /** Any of these */
  mode?: Array<CastingMode>;
  /** Any of these */
  tag?: Array<string>;
  paid?: boolean;
  /** In minor units (paise, cents) */
  minPay?: number;
  currency?: Currency;
  payUnit?: PayUnit;
  /** Earliest deadline, as a day in UTC */
  deadlineFrom?: string;
  /** Latest deadline, as a day in UTC */
  deadlineTo?: string;
  /** Years */
  age?: number;
  gender?: Gender;
  /** Also count documents by single values */
  counts?: boolean;
  /** closing: the nearest deadline first; best: needs `text` */
  sort?: "best" | "closing" | "newest";
  /** At most 20 */
  ids?: Array<string>;
}

export interface SearchUsersOptions extends CallOptions {
  /** Items per page; values over 100 count as 100 */
  limit?: number;
  cursor?: string;
  /** At most 10 words that must all occur, or words that begin with them or differ by one letter. Case, accents of Latin letters, and words such as `the` are ignored */
  text?: string;
  /** Beginnings of words in the name */
  name?: string;
  role?: UserRole;
  /** Any of these */
  category?: Array<Category>;
  /** Any of these */
  skill?: Array<string>;
  /** Any of these */
  language?: Array<string>;
  /** Any of these */
  city?: Array<string>;
  /** Also up to seven of the largest cities of India within so many kilometres of `city`, which must be one of the 300 largest */
  within?: number;
  /** Any of these */
  gender?: Array<Gender>;
  /** Any of these */
  playingAge?: Array<PlayingAge>;
  /** Any of these, in centimetres */
  height?: Array<HeightBand>;
  /** Also count documents by single values */
  counts?: boolean;
  /** best: the best match for `text` first */
  sort?: "best" | "newest";
  /** At most 20 */
  ids?: Array<string>;
}

export interface SuggestOptions extends CallOptions {
  /** The beginning that somebody has typed */
  text: string;
}

export interface CreateUserOptions extends CallOptions {
  body: NewUser;
  /** By default, the client makes a new one. */
  idempotencyKey?: string;
}

export interface GetMeOptions extends CallOptions {
  /** What you read. You get it again if it is current. */
  ifNoneMatch?: Versioned;
}

export interface GetUserOptions extends CallOptions {
  userId: string;
  /** What you read. You get it again if it is current. */
  ifNoneMatch?: Versioned;
}

export interface GetUserByUsernameOptions extends CallOptions {
  username: string;
  /** What you read. You get it again if it is current. */
  ifNoneMatch?: Versioned;
}

export interface UpdateUserOptions extends CallOptions {
  /** The version to change: what you read, or its ETag. */
  ifMatch: Versioned | string;
  body: ProfileFieldsPatch;
}

export interface RemovePictureOptions extends CallOptions {
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface AddPortfolioItemOptions extends CallOptions {
  body: NewPortfolioItem;
  /** By default, the client makes a new one. */
  idempotencyKey?: string;
}

export interface UpdatePortfolioItemOptions extends CallOptions {
  itemId: string;
  /** The version to change: what you read, or its ETag. */
  ifMatch: Versioned | string;
  body: NewPortfolioItemPatch;
}

export interface RemovePortfolioItemOptions extends CallOptions {
  itemId: string;
}

export interface OrderPortfolioOptions extends CallOptions {
  body: PortfolioOrder;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface AddWorkExperienceOptions extends CallOptions {
  body: NewWorkExperience;
  /** By default, the client makes a new one. */
  idempotencyKey?: string;
}

export interface UpdateWorkExperienceOptions extends CallOptions {
  itemId: string;
  /** The version to change: what you read, or its ETag. */
  ifMatch: Versioned | string;
  body: NewWorkExperiencePatch;
}

export interface RemoveWorkExperienceOptions extends CallOptions {
  itemId: string;
}

export interface ChangeUsernameOptions extends CallOptions {
  body: NewUsername;
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface DeleteUserOptions extends CallOptions {
  /** Refuse to change any other version. */
  ifMatch?: Versioned | string;
}

export interface RestoreUserOptions extends CallOptions {
}

export interface GetMyViewsOptions extends CallOptions {
}

export interface RecordUserViewOptions extends CallOptions {
  userId: string;
}

/** Every operation of the API. */
export interface Operations {
  /**
   * Create an account and mail a code for confirmSignUp.
   *
   * Public. `email` has at most 254 characters and is not case-sensitive. `password` has 12 to 256
   * characters, with a lower-case letter, an upper-case letter, a digit and a symbol, and no spaces
   * at either end. It is used exactly as sent. The response is the same for every address. If it has
   * a confirmed account, that does not change. If it has an account that nobody has confirmed, this
   * sign-up replaces it, and earlier codes stop working.
   *
   * @throws {ArtistHubError} Busy, EmailRefused, InternalError, Invalid, Malformed, PasswordRefused, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  signUp(options: SignUpOptions): Promise<NextStep>;

  /**
   * Mail a new code for confirmSignUp.
   *
   * Public. A code is mailed only if the address has an unconfirmed account. The response is
   * always the same.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, Malformed, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  resendCode(options: ResendCodeOptions): Promise<NextStep>;

  /**
   * Start a sign-in with SRP.
   *
   * Public. The password never leaves the client. `srpA` is the client's A in hexadecimal. Send
   * `deviceKey` if confirmDevice confirmed this device before. The response is the challenge
   * PASSWORD_VERIFIER; send its answer with answerChallenge within 3 minutes. SRP libraries for
   * Cognito read its `parameters`. An address that cannot sign in gets a challenge that no password
   * solves.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, Malformed, SignInFailed, SrpInvalid, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  startLogin(options: StartLoginOptions): Promise<Challenge>;

  /**
   * Answer a sign-in challenge, and get tokens or the next challenge.
   *
   * Public. The challenge comes from startLogin or from this operation. `username` is USERNAME in
   * the challenge's `parameters`; send it in every later step. SOFTWARE_TOKEN_MFA asks for the code
   * of the authenticator app. DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER ask for the proof of a
   * remembered device. `expiresIn` is in seconds. A sign-in without `deviceKey` returns `newDevice`.
   * Confirm it with confirmDevice; otherwise this session cannot be refreshed. SignInFailed means a
   * wrong password, an unknown, unconfirmed or disabled account, an expired challenge, or a
   * forgotten device. If you sent `deviceKey`, try again without it.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, Malformed, SignInFailed, TooLarge, TooManyRequests, TotpCodeInvalid, UnsupportedMediaType
   */
  answerChallenge(options: AnswerChallengeOptions): Promise<Step>;

  /**
   * Exchange an authorization code of the hosted UI for tokens.
   *
   * Public. `redirectUri` is the callback URL that received the code. `codeVerifier` is the secret
   * whose S256 challenge the client sent to the hosted UI, with the scopes openid and
   * aws.cognito.signin.user.admin. A code is valid once, for 5 minutes. To refresh the tokens, call
   * refreshSession with the access token's `sub` as `username`. Send no `deviceKey` unless the
   * access token has the claim `device_key`, because the hosted UI registers no device.
   *
   * @throws {ArtistHubError} AuthorizationCodeInvalid, Busy, InternalError, Invalid, Malformed, RedirectUriUnknown, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  exchangeCode(options: ExchangeCodeOptions): Promise<SignedIn>;

  /**
   * Exchange a refresh token for new access and ID tokens.
   *
   * Public. A refresh token is valid for 30 days after the sign-in. `username` is the access token's
   * `sub`. `deviceKey` is the key that the sign-in sent, or the key of its `newDevice` after
   * confirmDevice. A session of exchangeCode has none. SessionEnded means an expired or revoked
   * token, a missing or wrong `deviceKey`, or a device that was never confirmed or was forgotten.
   * Cognito does not tell them apart.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, Malformed, SessionEnded, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  refreshSession(options: RefreshSessionOptions): Promise<SignedIn>;

  /**
   * Mail a code for resetPassword.
   *
   * Public. A code is mailed only if the address has a confirmed account. The response is always
   * the same.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, Malformed, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  forgotPassword(options: ForgotPasswordOptions): Promise<NextStep>;

  /**
   * Set a new password with the code from forgotPassword.
   *
   * Public. The rules for the password are those of signUp. All sessions of the account end, its
   * second factor is turned off and its devices are forgotten. CodeInvalid means a wrong code, a
   * code older than an hour, an address without an account, or too many wrong tries.
   *
   * @throws {ArtistHubError} Busy, CodeInvalid, InternalError, Invalid, Malformed, PasswordRefused, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  resetPassword(options: ResetPasswordOptions): Promise<void>;

  /**
   * End one session or all sessions of the caller.
   *
   * `refreshToken` ends its session; `everywhere` ends all sessions. Refresh tokens stop working at
   * once. Cognito then refuses the access tokens, but this API accepts them until they expire, after
   * at most an hour.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, Invalid, Malformed, RefreshTokenInvalid, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  logout(options: LogoutOptions): Promise<void>;

  /**
   * Confirm an account with the mailed code, so that it can sign in.
   *
   * Public. Always send `password`, the one that this person chose. It becomes the password of the
   * account, even if someone else has signed up with the address since. Without it, the account has
   * the password of the latest sign-up. CodeInvalid means a wrong code, a code older than 24 hours
   * or of an earlier sign-up, an address without an account, an account that is already confirmed,
   * or too many wrong tries.
   *
   * @throws {ArtistHubError} Busy, CodeInvalid, InternalError, Invalid, Malformed, PasswordRefused, TooLarge, TooManyRequests, UnsupportedMediaType
   */
  confirmSignUp(options: ConfirmSignUpOptions): Promise<void>;

  /**
   * Change the caller's password.
   *
   * The rules for the new password are those of signUp. Both passwords are sent as they are, over
   * TLS, because Cognito has no SRP for this call. They are never stored. Sessions stay signed in.
   * To end them, call logout with `everywhere`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, Invalid, Malformed, PasswordRefused, PreviousPasswordWrong, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  changePassword(options: ChangePasswordOptions): Promise<void>;

  /**
   * Mail a code to another e-mail address, which becomes the caller's with confirmEmail.
   *
   * The caller must have signed in within the last 15 minutes. Until the code is confirmed, the
   * account keeps its address. The rules for the address are those of signUp. The response is the
   * same for every address, but no code is mailed to one that has an account.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, EmailRefused, InternalError, Invalid, Malformed, RecentSignInRequired, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  changeEmail(options: ChangeEmailOptions): Promise<NextStep>;

  /**
   * Confirm the new e-mail address with the code from changeEmail.
   *
   * The caller then signs in with the new address. All sessions end, also this one, and the former
   * address gets an e-mail about the change. CodeInvalid means a wrong code, a code older than 24
   * hours or of an earlier changeEmail, or an address that got an account in the meantime.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, CodeInvalid, InternalError, Invalid, Malformed, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  confirmEmail(options: ConfirmEmailOptions): Promise<void>;

  /**
   * Create a secret for the caller's authenticator app.
   *
   * It becomes the second factor with confirmTotp. The caller must have signed in within the last 15
   * minutes. If the caller already has a second factor, confirm the new one at once: Cognito may no
   * longer accept the old one.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, RecentSignInRequired, TooManyRequests, Unauthorized
   */
  setUpTotp(options?: SetUpTotpOptions): Promise<TotpSecret>;

  /**
   * Turn on the second factor with the secret from setUpTotp.
   *
   * Each sign-in then asks for a code. `code` is the one that the authenticator app shows now.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, Invalid, Malformed, TooLarge, TooManyRequests, TotpNotConfirmed, Unauthorized, UnsupportedMediaType
   */
  confirmTotp(options: ConfirmTotpOptions): Promise<void>;

  /**
   * Turn off the second factor.
   *
   * The caller then signs in with the password alone. The caller must have signed in, with the
   * second factor, within the last 15 minutes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, RecentSignInRequired, TooManyRequests, Unauthorized
   */
  disableTotp(options?: DisableTotpOptions): Promise<void>;

  /**
   * List the caller's confirmed devices.
   *
   * A page has at most 60 devices.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listDevices(options?: ListDevicesOptions): Pages<DevicePage>;

  /**
   * Confirm the device of a new sign-in, so that its session can be refreshed.
   *
   * The device comes from `newDevice` of answerChallenge. It creates a secret and keeps it. An SRP
   * library for Cognito computes `salt` and `passwordVerifier` from the secret, `deviceKey` and
   * `deviceGroupKey`. They are set once. With `remember`, the device signs in without the second
   * factor, so ask its owner first. A repeated call is safe; on a confirmed device it changes only
   * `remember`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, DeviceRefused, InternalError, Invalid, Malformed, NotFound, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  confirmDevice(options: ConfirmDeviceOptions): Promise<void>;

  /**
   * Forget a device of the caller.
   *
   * Its session can no longer be refreshed, and its next sign-in is that of a new device.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, NotFound, TooManyRequests, Unauthorized
   */
  forgetDevice(options: ForgetDeviceOptions): Promise<void>;

  /**
   * Suspend an account.
   *
   * Administrators only, and not for their own account. Others no longer see the account, its
   * castings and its uploads. It can make no changes, but its owner may delete it. Nobody can sign
   * up with its e-mail address. Its owner finds the reason in exportMe. A deleted account can be
   * suspended too, and stays suspended if it is restored. If it is already suspended, nothing
   * changes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, InternalError, Invalid, Malformed, NotFound, OwnAccount, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  suspendUser(options: SuspendUserOptions): Promise<void>;

  /**
   * Lift the suspension of an account.
   *
   * Administrators only, and not for their own account. A deleted account stays deleted. If the
   * account is not suspended, nothing changes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, InternalError, NotFound, OwnAccount, TooManyRequests, Unauthorized
   */
  liftSuspension(options: LiftSuspensionOptions): Promise<void>;

  /**
   * Mark a recruiter as verified.
   *
   * Administrators only, and not for their own account. Everyone then sees `verifiedAt` in the
   * profile. If the recruiter is already verified, the time does not change. Send the ETag of the
   * profile that you checked as `If-Match`: a profile that changed since gets 412.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountDeleted, AccountSuspended, AdminsOnly, Busy, InternalError, NotARecruiter, NotFound, OwnAccount, Stale, TooManyRequests, Unauthorized
   */
  verifyRecruiter(options: VerifyRecruiterOptions): Promise<void>;

  /**
   * Withdraw the verification of a recruiter.
   *
   * Administrators only, and not for their own account. If the account is not verified, nothing
   * changes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, InternalError, NotFound, OwnAccount, TooManyRequests, Unauthorized
   */
  withdrawVerification(options: WithdrawVerificationOptions): Promise<void>;

  /**
   * Take down a casting.
   *
   * Administrators only, and not for their own castings. Then only its recruiter and administrators
   * see it, and the recruiter cannot change it. The recruiter sees the reason. If it is already
   * taken down, nothing changes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, InternalError, Invalid, Malformed, NotFound, OwnAccount, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  takeDownCasting(options: TakeDownCastingOptions): Promise<Casting>;

  /**
   * Reinstate a casting that was taken down.
   *
   * Administrators only, and not for their own castings. The casting gets its earlier status back.
   * If it is not taken down, nothing changes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, InternalError, NotFound, OwnAccount, TooManyRequests, Unauthorized
   */
  reinstateCasting(options: ReinstateCastingOptions): Promise<Casting>;

  /**
   * Change a quota of an account.
   *
   * Administrators only, and not for their own account. The account can use the new quota at once,
   * and keeps it until it is changed again. `most` null restores the usual quota.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, InternalError, Invalid, Malformed, NotFound, OwnAccount, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  setQuota(options: SetQuotaOptions): Promise<void>;

  /**
   * Confirm an account without a mailed code.
   *
   * Administrators only. Use it if the mail does not arrive, and only after you checked that the
   * person owns the address: it then counts as verified. Anyone can have signed up with it, so the
   * password of the sign-up stops working. The person sets a new one with forgotPassword and
   * resetPassword. If the account is already confirmed, nothing changes. The audit records every
   * call, even one that fails.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, InternalError, Invalid, Malformed, NotFound, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  confirmUser(options: ConfirmUserOptions): Promise<void>;

  /**
   * List the changes by administrators to an account or a casting, newest first.
   *
   * Administrators only.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listAuditEntries(options: ListAuditEntriesOptions): Pages<AuditEntryPage>;

  /**
   * List the open cases, newest first or those with most reporters first.
   *
   * Administrators only. With `reason`, the order is by the reports with this reason only. A page
   * may have fewer items than its limit and still have a `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listCases(options?: ListCasesOptions): Pages<CaseSummaryPage>;

  /**
   * Get a case with its reports.
   *
   * Administrators only. `If-Match` of decideCase takes the case's `version`, in quotation marks.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, BadCursor, Busy, InternalError, Invalid, NotFound, TooManyRequests, Unauthorized
   */
  getCase(options: GetCaseOptions): Promise<CaseFile>;

  /**
   * Decide a case.
   *
   * Administrators only, and not about their own things. `dismissed` changes nothing. `removed`
   * takes down a casting, and `suspended` suspends the responsible account, as takeDownCasting and
   * suspendUser do. `deleted` deletes an upload within seconds. Both sides are notified of the
   * outcome. The same decision again changes nothing, so a retry is safe. With `If-Match`, a case
   * that changed since gets 412.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdminsOnly, Busy, CaseDecided, InternalError, Invalid, Malformed, NotFound, OutcomeNotPossible, OwnAccount, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  decideCase(options: DecideCaseOptions): Promise<CaseSummary>;

  /**
   * Apply for an open role of an open casting.
   *
   * Artists only, once for each role. A withdrawn application cannot be sent again. An application
   * that arrives while the role or the casting closes is stored before it closes, or refused.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, AlreadyApplied, BadIdempotencyKey, Busy, CastingClosed, CreatedAndDeleted, IdempotencyKeyReused, InternalError, Invalid, Malformed, NotFound, ProfileRequired, QuotaExceeded, RoleClosed, RoleRequired, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  applyToCasting(options: ApplyToCastingOptions): Promise<OwnApplication>;

  /**
   * Get an application.
   *
   * For the artist and the casting's recruiter only. The recruiter also sees the artist's profile
   * and, if the artist shares them, the e-mail address, phone number and physical stats. After a
   * withdrawal the recruiter sees nothing of the artist. While the casting is taken down or hidden
   * by reports, only the artist can read the application. Of very long skills and languages, the
   * last are left out.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, Busy, CastingHidden, CastingTakenDown, InternalError, NotFound, ProfileRequired, TooManyRequests, Unauthorized
   */
  getApplication(options: GetApplicationOptions): Promise<OwnApplication | ReceivedApplication>;

  /**
   * Change the status of an application.
   *
   * For the casting's recruiter only. The order is submitted → viewed → shortlisted → audition →
   * offered → booked; every step before booked may also change to declined. In between, the artist
   * may confirm the audition and accept the offer (answerApplication). An offer can be booked before
   * it is accepted, but not after it is refused. A confirmed audition with another time, place or
   * link must be confirmed again. Send the current status to change only the audition or the note.
   * If nothing differs, nothing changes, so a retry is safe. `If-Match` is optional. At most as many
   * artists can be booked for a role as its `count` says, and none after the casting is filled or
   * cancelled. While the artist's account is suspended or deleted, or one of you blocks the other,
   * only declined is possible.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, ArtistUnavailable, Busy, CastingEnded, CastingHidden, CastingTakenDown, InternalError, Invalid, Malformed, NotFound, NotYourStep, ProfileRequired, QuotaExceeded, RoleFull, RoleGone, Stale, StepNotPossible, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  setApplicationStatus(options: SetApplicationStatusOptions): Promise<ReceivedApplication>;

  /**
   * Change the status of up to 100 applications of a casting.
   *
   * For the casting's recruiter only. Each application changes as with setApplicationStatus, or has
   * a problem, which does not stop the others. Each change counts for the quota; if it does not
   * suffice for all of them, nothing changes. A retry changes only what has not changed yet. Send
   * applications with the code `Busy` or `Stale` again.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, Busy, CastingHidden, CastingTakenDown, InternalError, Invalid, Malformed, NotFound, NotYourCasting, ProfileRequired, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  setApplicationStatuses(options: SetApplicationStatusesOptions): Promise<StatusResults>;

  /**
   * Rate, tag and annotate an application.
   *
   * For the casting's recruiter only, in every status. The artist never sees the rating, tags or
   * notes, and is not notified.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, Busy, CastingHidden, CastingTakenDown, IfMatchRequired, InternalError, Invalid, Malformed, NotFound, NotYourStep, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  assessApplication(options: AssessApplicationOptions): Promise<ReceivedApplication>;

  /**
   * Withdraw an application for good.
   *
   * For its artist only, before it is booked, declined or refused. The application stays, with the
   * status withdrawn. The recruiter no longer sees anything of the artist in it: profile, contact
   * data, note or media. `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, NotYourStep, ProfileRequired, Stale, StepNotPossible, TooManyRequests, Unauthorized
   */
  withdrawApplication(options: WithdrawApplicationOptions): Promise<OwnApplication>;

  /**
   * Share contact data with the recruiter of an application, or take this back.
   *
   * For its artist only. It can be taken back at any time: in every status of the application, and
   * by a suspended or deleted account too. The recruiter then no longer sees the e-mail address,
   * phone number and physical stats. It can be shared until the application has ended. `If-Match` is
   * optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, Busy, InternalError, Invalid, Malformed, NotFound, NotYourStep, ProfileRequired, QuotaExceeded, Stale, StepNotPossible, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  setContactSharing(options: SetContactSharingOptions): Promise<OwnApplication>;

  /**
   * Answer the recruiter of an application.
   *
   * For its artist only. An audition can be confirmed, and an offer accepted or refused. An accepted
   * offer can still be withdrawn until it is booked; a refused one has ended. The recruiter is
   * notified. If the application already has the status, nothing changes, so a retry is safe.
   * `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, Busy, InternalError, Invalid, Malformed, NotFound, NotYourStep, ProfileRequired, QuotaExceeded, Stale, StepNotPossible, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  answerApplication(options: AnswerApplicationOptions): Promise<OwnApplication>;

  /**
   * List a casting's applications with their artists.
   *
   * For the casting's recruiter only. With `status`, the oldest comes first; otherwise they are
   * sorted by role. A page may have fewer items than its limit and still have a `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, BadCursor, Busy, CastingHidden, CastingTakenDown, InternalError, Invalid, NotFound, NotYourCasting, ProfileRequired, TooManyRequests, Unauthorized
   */
  listCastingApplications(options: ListCastingApplicationsOptions): Pages<ReceivedSummaryPage>;

  /**
   * List a casting's applicants, sorted and filtered.
   *
   * For the casting's recruiter only. They are sorted by time, by match or by rating, the newest of
   * equals first. All filters must match. Of a casting with more than 2,000 applications, only the
   * newest 2,000 are looked at. A page may have fewer items than its limit and still have a `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, BadCursor, Busy, CastingHidden, CastingTakenDown, InternalError, Invalid, NotFound, NotYourCasting, ProfileRequired, TooManyRequests, Unauthorized
   */
  listApplicants(options: ListApplicantsOptions): Pages<Applicants>;

  /**
   * Export a casting's applicants as CSV for a spreadsheet, the newest first.
   *
   * For the casting's recruiter only. The columns have the names of fields of getApplication and
   * listApplicants, and are empty where these are null. Only the first page has the header row, so
   * that the pages one after the other are the file. The `Link` header (RFC 8288) has the address of
   * the next page as `rel="next"`; the last page has none. A text that a spreadsheet would run as a
   * formula begins with an apostrophe. The file begins with a byte order mark, without which Excel
   * does not read it as UTF-8.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, BadCursor, Busy, CastingHidden, CastingTakenDown, InternalError, Invalid, NotFound, NotYourCasting, ProfileRequired, TooManyRequests, Unauthorized
   */
  exportApplicants(options: ExportApplicantsOptions): Promise<string>;

  /**
   * List the caller's own applications, the last changed first.
   *
   * An application that changes while you page moves to the front. A page may have fewer items than
   * its limit and still have a `next`. `counts=true` costs more; ask for it once, not on each page.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listMyApplications(options?: ListMyApplicationsOptions): Pages<MyApplications>;

  /**
   * Get what the caller has to do with up to 20 castings and 20 people.
   *
   * Of a casting: whether it is saved, and the caller's applications with their status. Of a person:
   * the connection or request, and whether the caller blocks the person. An id that does not exist
   * looks like one that the caller has nothing to do with.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  getMyRelations(options?: GetMyRelationsOptions): Promise<Relations>;

  /**
   * Create a casting as a draft.
   *
   * Recruiters only. Only its recruiter and administrators see a draft; setCastingStatus publishes
   * it. Amounts of money are in minor units (paise, cents).
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, BadIdempotencyKey, Busy, CreatedAndDeleted, IdempotencyKeyReused, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, RoleRequired, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  createCasting(options: CreateCastingOptions): Promise<Casting>;

  /**
   * Get a casting.
   *
   * Everyone may read a casting that was ever published, without a token. Only its recruiter and
   * administrators may read a draft, a casting that was taken down, or a casting whose recruiter's
   * account is suspended, deleted or under 18; they send their access token. To others it looks
   * unknown. A bad token gets 401 where the token counts: for these castings, and with
   * `relation=true`.
   *
   * With `relation=true` and an access token, `relation` says whether the caller saved the casting,
   * and the caller's applications for it. It is null without a token and for the largest castings,
   * of more than about 225 KB; getMyRelations says the same for these. Ask only if the page shows
   * it: each such call takes longer, because Cognito checks the token.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, NotFound, TooManyRequests, Unauthorized
   */
  getCasting(options: GetCastingOptions): Promise<Casting>;

  /**
   * Update a casting with a merge patch (RFC 7396).
   *
   * For the casting's recruiter only, until the casting is filled or cancelled. Null clears a field,
   * and a list replaces the whole list. A role without `roleId` is new. While the casting is open,
   * every new role needs `pay`, and no role can lose it. A role with booked artists stays, and its
   * `count` is at least their number; with a greater one, a filled role is open again. The other
   * applications for a removed role become declined, which notifies their artists. In a stage where
   * only verified recruiters open castings, only they change published ones.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, CastingEnded, CastingTakenDown, IfMatchRequired, InternalError, Invalid, Malformed, NotFound, NotYourCasting, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType, VerificationRequired
   */
  updateCasting(options: UpdateCastingOptions): Promise<Casting>;

  /**
   * Change the status of a casting.
   *
   * For the casting's recruiter only. The order is draft → open ⇄ closed → filled; every status
   * before filled may also change to cancelled. Opening a casting publishes it; every role must then
   * say in `pay` whether it is paid. A stage may let only verified recruiters open castings, again
   * too. When a casting is filled or cancelled, its applications that are not booked become
   * declined within seconds, which notifies their artists. If the casting already has the status,
   * nothing changes, so a retry is safe. `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, Busy, CastingTakenDown, DeadlinePassed, InternalError, Invalid, Malformed, NotFound, NotYourCasting, PayNotStated, ProfileRequired, QuotaExceeded, Stale, StatusNotReachable, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType, VerificationRequired
   */
  setCastingStatus(options: SetCastingStatusOptions): Promise<Casting>;

  /**
   * Add a document to a casting.
   *
   * For the casting's recruiter only, until the casting is filled or cancelled. A casting has at
   * most 10 documents, and 237,228 bytes with them. Everyone who can read the casting can read them.
   * Verification is required as in updateCasting.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, BadIdempotencyKey, Busy, CastingEnded, CastingTakenDown, CreatedAndDeleted, DocumentsFull, IdempotencyKeyReused, InternalError, Invalid, Malformed, NotFound, NotYourCasting, ProfileRequired, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType, VerificationRequired
   */
  addDocument(options: AddDocumentOptions): Promise<Document>;

  /**
   * Remove a document from a casting.
   *
   * For the casting's recruiter only, until the casting is filled or cancelled.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, CastingEnded, CastingTakenDown, InternalError, NotFound, NotYourCasting, ProfileRequired, TooManyRequests, Unauthorized
   */
  removeDocument(options: RemoveDocumentOptions): Promise<void>;

  /**
   * Delete a casting and its applications for good.
   *
   * For the casting's recruiter only. Close or cancel an open casting first. A casting that reports
   * have hidden stays until `hiddenUntil`. Its applications are deleted within seconds. `If-Match`
   * is optional; without it, the current version is deleted.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, CastingHidden, CastingStillOpen, CastingTakenDown, InternalError, NotFound, NotYourCasting, ProfileRequired, Stale, TooManyRequests, Unauthorized
   */
  deleteCasting(options: DeleteCastingOptions): Promise<void>;

  /**
   * Get the number of views of a casting.
   *
   * For the casting's recruiter only. Each viewer counts once a day (UTC). A new view may take a
   * second to appear.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, NotFound, NotYourCasting, TooManyRequests, Unauthorized
   */
  getCastingViews(options: GetCastingViewsOptions): Promise<Views>;

  /**
   * Record that the caller viewed a casting.
   *
   * Each viewer counts once a day (UTC). Views by the casting's own recruiter do not count.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, QuotaExceeded, TooManyRequests, Unauthorized
   */
  recordCastingView(options: RecordCastingViewOptions): Promise<void>;

  /**
   * Get who casts: the public page of a recruiter.
   *
   * Everyone can read it, without a token, from the first casting that the recruiter opened until
   * the account is suspended or deleted, but not while the recruiter is under 18. The recruiter's
   * `privacy` does not limit it.
   *
   * @throws {ArtistHubError} Busy, InternalError, NotFound, TooManyRequests
   */
  getRecruiter(options: GetRecruiterOptions): Promise<Recruiter>;

  /**
   * List a recruiter's castings, newest first.
   *
   * The recruiter and administrators see all of them. Everyone else sees the public ones, and none
   * while the recruiter's account is suspended, deleted or under 18. A page may have fewer items
   * than its limit and still have a `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, NotFound, TooManyRequests, Unauthorized
   */
  listRecruiterCastings(options: ListRecruiterCastingsOptions): Pages<CastingSummaryPage>;

  /**
   * Request a connection with another account.
   *
   * Both see the request as pending. If the other account has already sent a request, or sends one
   * at the same moment, the two are connected. After the other account declined a request, the
   * caller cannot send another one. The caller's own id, and accounts that are unknown, hidden or
   * blocked get 404.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, BadIdempotencyKey, Busy, ConnectionNotPossible, CreatedAndDeleted, IdempotencyKeyReused, InternalError, Invalid, Malformed, NotFound, ProfileRequired, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  requestConnection(options: RequestConnectionOptions): Promise<Connection>;

  /**
   * Accept or decline a connection request.
   *
   * For the account that received it only. If the request already has this answer, nothing changes,
   * so a retry is safe. A declined request stays declined. The account that declined it may send its
   * own request, or remove it.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, AdultsOnly, Busy, ConnectionNotPossible, InternalError, Invalid, Malformed, NotFound, ProfileRequired, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  answerConnection(options: AnswerConnectionOptions): Promise<Connection>;

  /**
   * List the caller's accepted connections or pending requests, the last changed first.
   *
   * Suspended and deleted accounts are left out, so a page may have fewer items than its limit and
   * still have a `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listConnections(options?: ListConnectionsOptions): Pages<ConnectionPage>;

  /**
   * Remove a connection.
   *
   * This withdraws the caller's request, ends an accepted connection, or deletes a request that the
   * caller declined. It cannot remove a request from the other account; answer that one.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, ConnectionNotPossible, InternalError, NotFound, ProfileRequired, TooManyRequests, Unauthorized
   */
  removeConnection(options: RemoveConnectionOptions): Promise<void>;

  /**
   * Block another account.
   *
   * Each of the two then looks unknown to the other: in profiles, signed-in searches, matches and
   * the castings of a recruiter. A connection between them ends. Neither can ask the other to
   * connect, apply to the other's castings or get notifications or e-mails about the other. In
   * earlier applications, the recruiter no longer sees the artist. Nobody is told. Public castings
   * and files can still be read without a token, as by everyone.
   *
   * If the account is already blocked, nothing changes, so a retry is safe. The answer is the same
   * for an unknown id.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, QuotaExceeded, TooManyRequests, Unauthorized
   */
  blockUser(options: BlockUserOptions): Promise<void>;

  /**
   * Take back the block of an account.
   *
   * If the account is not blocked, nothing changes. A connection that the block ended stays ended.
   * If the other account blocks the caller too, both still look unknown to each other.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, TooManyRequests, Unauthorized
   */
  unblockUser(options: UnblockUserOptions): Promise<void>;

  /**
   * List the accounts that the caller blocks, the last blocked first.
   *
   * Nobody can list by whom they are blocked.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listBlocks(options?: ListBlocksOptions): Pages<BlockPage>;

  /**
   * Export all data about the caller.
   *
   * The data has one section for each kind, with items as they are stored. A section may continue on
   * the next page. A page may be empty and still have a `next`. A deleted account can be exported
   * too, for 30 days.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, QuotaExceeded, TooManyRequests, Unauthorized
   */
  exportMe(options?: ExportMeOptions): Promise<Export>;

  /**
   * List open castings that suit the caller, each with its best role.
   *
   * Artists only. They are chosen from up to 100 of the newest open castings in the caller's
   * categories, those in the caller's city first. Castings whose requirements the caller meets best
   * come first. A requirement is `unknown` if the profile has no value for it; it does not affect
   * the order. Matches are advice: an artist may apply without meeting all requirements.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, ProfileRequired, RoleRequired, TooManyRequests, Unauthorized
   */
  matchingCastings(options?: MatchingCastingsOptions): Promise<CastingMatches>;

  /**
   * List artists that suit a casting, each with their best role.
   *
   * For the casting's recruiter only. They are chosen from up to 100 public profiles: the newest
   * with the casting's skills or in its category, those in its city first. The order is that of
   * matchingCastings. Matches are advice.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, CastingHidden, CastingTakenDown, InternalError, Invalid, NotFound, NotYourCasting, ProfileRequired, TooManyRequests, Unauthorized
   */
  matchingArtists(options: MatchingArtistsOptions): Promise<ArtistMatches>;

  /**
   * Create an upload form for one file, valid for 15 minutes.
   *
   * Send `fields` to `url` with POST as multipart/form-data, followed by the file as the field
   * `file`. S3 returns 204. It returns 403 if a field was changed or the form has expired, and 400
   * if the file is empty or larger than `maxBytes`. `maxBytes` is your `fileBytes`, or the most that
   * its kind allows, and counts towards the day's quota `uploadBytes`. Then use `mediaUrl` in a
   * portfolio item or an application. It does not expire, and everyone who knows it can read the
   * file. This call stores nothing, so a retry is safe.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  createUpload(options: CreateUploadOptions): Promise<Upload>;

  /**
   * List the caller's uploaded files, the newest first.
   *
   * Forms that were not used are not listed. With a picture, its upload stays and is listed too.
   * Delete files with deleteUpload.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listUploads(options?: ListUploadsOptions): Pages<UploadedFilePage>;

  /**
   * Get a redirect to an uploaded file.
   *
   * The address is valid for 15 minutes; call this again after that. Browsers follow it in images,
   * videos and players. If it is opened directly, they save the file. The redirect is sent even if
   * the file does not exist; S3 then returns 403. While the account of the file is suspended or
   * deleted, this returns 404.
   *
   * @throws {ArtistHubError} Busy, InternalError, NotFound, TooManyRequests
   */
  getMedia(options: GetMediaOptions): Promise<Blob>;

  /**
   * Delete an uploaded file for good.
   *
   * For its owner, in every state of the account, and for administrators. Portfolio items and
   * applications that lead to it stay, and their links end. The address of `large` deletes a
   * picture: all its sizes, and from the profile. If the file does not exist, nothing changes, so a
   * retry is safe.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, NotFound, NotYourUpload, TooManyRequests, Unauthorized
   */
  deleteUpload(options: DeleteUploadOptions): Promise<void>;

  /**
   * Check that the service answers.
   *
   * Public. It does not check other services, so an outage of theirs does not make this one look
   * unhealthy.
   *
   * @throws {ArtistHubError} Busy, InternalError, TooManyRequests
   */
  health(options?: HealthOptions): Promise<Health>;

  /**
   * Get this document, the contract of the API in OpenAPI 3.1.
   *
   * Public.
   *
   * @throws {ArtistHubError} Busy, InternalError, TooManyRequests
   */
  openapi(options?: OpenapiOptions): Promise<Record<string, unknown>>;

  /**
   * List the caller's notifications of the last 90 days, newest first.
   *
   * Artists are notified of each new status of their applications and of moved auditions. Recruiters
   * are notified of new and withdrawn applications. Both are notified of connection requests and of
   * accepted ones, and of decisions about reports that they made or that are about them. Callers are
   * not notified of their own actions. A page may have fewer items than its limit and still have a
   * `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listNotifications(options?: ListNotificationsOptions): Pages<Notifications>;

  /**
   * Mark a notification and all earlier ones as read.
   *
   * Read notifications stay read: an earlier notification than the last one sent here changes
   * nothing.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, Malformed, ProfileRequired, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  markNotificationsRead(options: MarkNotificationsReadOptions): Promise<void>;

  /**
   * Get the caller's notification preferences.
   *
   * Each topic can be shown in the list, sent by e-mail, both or neither.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, TooManyRequests, Unauthorized
   */
  getNotificationPreferences(options?: GetNotificationPreferencesOptions): Promise<Preferences>;

  /**
   * Replace the caller's notification preferences.
   *
   * Absent topics get the defaults of a new account. `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  setNotificationPreferences(options: SetNotificationPreferencesOptions): Promise<Preferences>;

  /**
   * Get the page that asks whether e-mails about one topic shall stop.
   *
   * Public: the link in an e-mail leads here. Its button calls unsubscribe. This call changes
   * nothing, because mail scanners open links.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, TooManyRequests
   */
  unsubscribePage(options: UnsubscribePageOptions): Promise<string>;

  /**
   * Stop e-mails about one topic with the link from an e-mail.
   *
   * Public: the link's token says whose e-mails stop. Mail programs call this with one click (RFC
   * 8058). A retry changes nothing. setNotificationPreferences turns the e-mails on again.
   *
   * @throws {ArtistHubError} Busy, InternalError, Invalid, LinkNotOurs, TooManyRequests
   */
  unsubscribe(options: UnsubscribeOptions): Promise<Unsubscribed>;

  /**
   * Make one of the caller's uploads the picture of the profile.
   *
   * The image must be a JPEG, PNG or WebP file of at most 10 MB, not animated, 96 to 10,000 pixels
   * wide and high, and have at most 50 megapixels. The picture is upright and has no metadata, such
   * as the place where a photo was taken. The upload itself stays: delete it unless something else
   * uses it. The files of the previous picture are deleted within seconds.
   *
   * If the picture was made of this upload already, nothing changes, so a retry is safe. Every other
   * call spends the quota, even if the image is refused. `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  setPicture(options: SetPictureOptions): Promise<OwnProfile>;

  /**
   * Get a picture in the size `small` or `medium`, a JPEG image.
   *
   * Profiles have the address. A browser keeps the image for a day. While the account is suspended
   * or deleted, this returns 404.
   *
   * @throws {ArtistHubError} Busy, InternalError, NotFound, TooManyRequests
   */
  getPicture(options: GetPictureOptions): Promise<Blob>;

  /**
   * Report a person, a casting or an upload to the administrators.
   *
   * The caller must be able to see it, and an upload must exist. A block between the two accounts
   * does not matter. Nobody can report themselves or their own things. The reported person never
   * learns who reported. An account has one open report of each thing: until an administrator has
   * decided, the same call returns the first report and changes nothing, so a retry is safe.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, Malformed, NotFound, OwnThing, ProfileRequired, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  createReport(options: CreateReportOptions): Promise<OwnReport>;

  /**
   * List the caller's reports and their outcomes, newest first.
   *
   * Reports are kept for a year. A page may have fewer items than its limit and still have a `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listReports(options?: ListReportsOptions): Pages<OwnReportPage>;

  /**
   * List the caller's saved castings, the last saved first.
   *
   * Each item has the casting's current state. Castings that were deleted or that the caller may no
   * longer read are left out, so a page may have fewer items than its limit and still have a `next`.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  listSavedCastings(options?: ListSavedCastingsOptions): Pages<SavedCastingPage>;

  /**
   * Save a casting for later.
   *
   * The caller must be able to read the casting. If it is already saved, nothing changes, so a retry
   * is safe.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, QuotaExceeded, TooManyRequests, Unauthorized
   */
  saveCasting(options: SaveCastingOptions): Promise<SavedCasting>;

  /**
   * Remove a casting from the caller's saved castings.
   *
   * If it is not saved, nothing changes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, TooManyRequests, Unauthorized
   */
  unsaveCasting(options: UnsaveCastingOptions): Promise<void>;

  /**
   * Search open castings that match all filters.
   *
   * The newest come first, with `sort=closing` the nearest deadline, or with `sort=best` the best
   * matches for `text` among the newest 300. `text` searches the first 28 words of title, city,
   * tags, roles and description, in this order, without words such as `the`. It also finds words
   * that begin with those of `text` and, for five letters and more, that differ by one letter or
   * have the same sound, such as Laxmi and Lakshmi.
   *
   * One role must match all of `paid`, `minPay` with `currency`, `payUnit`, `age` and `gender`. A
   * role without an age or gender requirement matches any. Former names of Indian cities are the
   * same as those of today, such as Bombay and Mumbai.
   *
   * A new or changed casting may take a second to appear. A casting that is no longer open
   * disappears at once. A page may have fewer items than its limit, or none, and still have a
   * `next`.
   *
   * With `counts=true`, the page also has the number of open castings for single values. Among many
   * castings it may be minutes old, and it is 0 for values beyond the 4,000 most frequent.
   *
   * With `ids`, the result has those of these castings that getCasting shows everyone, in this
   * order. A casting is missing for seconds after it or its recruiter has changed.
   *
   * @throws {ArtistHubError} BadCursor, Busy, InternalError, Invalid, TooManyRequests
   */
  searchCastings(options?: SearchCastingsOptions): Pages<FoundCastings>;

  /**
   * Search profiles that match all filters, newest first.
   *
   * `text` searches the first 50 words of names, headline, company, city, skills and bio, in this
   * order. `name` searches the beginnings of words in the names only. Both find words that differ by
   * one letter or have the same sound, if none begins with the word. With `sort=best`, the best
   * matches for `text` among the newest 300 come first. Private profiles are never found.
   * Connections-only profiles are found only by names and role, and show no other fields here, not
   * even to connections; getUser shows them the rest.
   *
   * A new or changed profile may take a second to appear. A profile that the caller may no longer
   * see disappears at once. Of very long skills and languages, the last are left out here. A page
   * may have fewer items than its limit, or none, and still have a `next`.
   *
   * Only verified recruiters can search by `playingAge` and `height`, and they find only artists who
   * have turned on `isFoundByStats`. These filters have bands, no counts, and no names beside them,
   * so that nobody learns more about a person.
   *
   * With `counts=true`, the page also has the number of public profiles for single values, as in
   * searchCastings.
   *
   * With `ids`, the result has those of these profiles that getUser shows, in this order, also
   * private ones. A profile is missing for seconds after it has changed.
   *
   * @throws {ArtistHubError} AccessTokenRequired, BadCursor, Busy, InternalError, Invalid, TooManyRequests, Unauthorized, VerifiedRecruitersOnly
   */
  searchUsers(options?: SearchUsersOptions): Pages<FoundPeople>;

  /**
   * Suggest people, cities, skills and tags that begin with what somebody has typed.
   *
   * `text` needs two letters. People are found by the beginnings of words in their names, newest
   * first, as in searchUsers. Cities and skills are those of public profiles, and cities and tags
   * those of open castings. A new profile or casting may take a second to be suggested.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, Invalid, TooManyRequests, Unauthorized
   */
  suggest(options: SuggestOptions): Promise<Suggestions>;

  /**
   * Create the caller's profile.
   *
   * An account has one profile. A suspended or deleted account gets no other one, and neither does
   * another account of a suspended mailbox. Its role, artist or recruiter, cannot change later. Its
   * e-mail address is the verified address of the account. Usernames are unique and not
   * case-sensitive. A username is refused if it contains a name of the service, such as admin or
   * support, also with digits for letters. `displayName` and `companyName` are refused if they
   * sound official, have characters that nobody sees, or mix scripts in one word (Unicode TR 39).
   * People under 18 cannot have a profile. They become 18 on the day of their birthday in UTC; after
   * a birth on 29 February, on 1 March in common years.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, BadIdempotencyKey, Busy, CreatedAndDeleted, IdempotencyKeyReused, InternalError, Invalid, Malformed, ProfileExists, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType, UsernameTaken
   */
  createUser(options: CreateUserOptions): Promise<OwnProfile>;

  /**
   * Get the caller's own profile.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, ProfileRequired, TooManyRequests, Unauthorized
   */
  getMe(options?: GetMeOptions): Promise<OwnProfile>;

  /**
   * Get a profile by its id.
   *
   * The owner's `privacy` decides which fields the caller sees. `relation` says whether the two are
   * connected, or who asked. A person whom the caller blocks is not found.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, NotFound, TooManyRequests, Unauthorized
   */
  getUser(options: GetUserOptions): Promise<OwnProfile | AdminProfile | PublicProfile | LimitedProfile>;

  /**
   * Get a profile by its username.
   *
   * Usernames are not case-sensitive. The owner's `privacy` decides which fields the caller sees,
   * and `relation` is there as in getUser.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, NotFound, TooManyRequests, Unauthorized
   */
  getUserByUsername(options: GetUserByUsernameOptions): Promise<OwnProfile | AdminProfile | PublicProfile | LimitedProfile>;

  /**
   * Update the caller's own profile with a merge patch (RFC 7396).
   *
   * Null clears a field. Fields that the patch does not name stay as they are, even if they break a
   * newer rule. Username, role and e-mail address cannot be changed here. `bornOn` cannot
   * be cleared. A profile from before it was required must send it with its next change. A profile
   * under 18 cannot change it. A recruiter who changes `displayName`, `companyName` or `website` is
   * no longer verified.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, IfMatchRequired, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  updateUser(options: UpdateUserOptions): Promise<OwnProfile>;

  /**
   * Remove the caller's picture.
   *
   * Its files are deleted within seconds. If there is none, nothing changes, so a retry is safe. To
   * remove it from a suspended or deleted account, call deleteUpload with the address of `large`.
   * `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, ProfileRequired, QuotaExceeded, Stale, TooManyRequests, Unauthorized
   */
  removePicture(options?: RemovePictureOptions): Promise<void>;

  /**
   * Add an item to the caller's portfolio.
   *
   * A portfolio has at most 30 items.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, BadIdempotencyKey, Busy, CreatedAndDeleted, IdempotencyKeyReused, InternalError, Invalid, Malformed, PortfolioFull, ProfileRequired, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  addPortfolioItem(options: AddPortfolioItemOptions): Promise<PortfolioItem>;

  /**
   * Update an item of the caller's portfolio with a merge patch (RFC 7396).
   *
   * Null clears a field. `If-Match` takes the ETag of the profile, which contains the item.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, IfMatchRequired, InternalError, Invalid, Malformed, NotFound, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  updatePortfolioItem(options: UpdatePortfolioItemOptions): Promise<PortfolioItem>;

  /**
   * Remove an item from the caller's portfolio.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, QuotaExceeded, TooManyRequests, Unauthorized
   */
  removePortfolioItem(options: RemovePortfolioItemOptions): Promise<void>;

  /**
   * Set the order of the caller's portfolio.
   *
   * Send the ids of all its items. If it has this order, nothing changes, so a retry is safe.
   * `If-Match` is optional. Work experience has the latest entry first.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  orderPortfolio(options: OrderPortfolioOptions): Promise<OwnProfile>;

  /**
   * Add an entry to the caller's work experience.
   *
   * Work experience has at most 50 entries.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, BadIdempotencyKey, Busy, CreatedAndDeleted, IdempotencyKeyReused, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType, WorkExperienceFull
   */
  addWorkExperience(options: AddWorkExperienceOptions): Promise<WorkExperience>;

  /**
   * Update an entry of the caller's work experience with a merge patch (RFC 7396).
   *
   * Null clears a field. `If-Match` takes the ETag of the profile, which contains the entry.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, IfMatchRequired, InternalError, Invalid, Malformed, NotFound, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType
   */
  updateWorkExperience(options: UpdateWorkExperienceOptions): Promise<WorkExperience>;

  /**
   * Remove an entry from the caller's work experience.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, QuotaExceeded, TooManyRequests, Unauthorized
   */
  removeWorkExperience(options: RemoveWorkExperienceOptions): Promise<void>;

  /**
   * Change the caller's username.
   *
   * Anyone can take the old name at once. Usernames are not case-sensitive. A verified recruiter is
   * then no longer verified. If the caller already has the name, nothing changes, so a retry is
   * safe. `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, Invalid, Malformed, ProfileRequired, QuotaExceeded, Stale, TooLarge, TooManyRequests, Unauthorized, UnsupportedMediaType, UsernameTaken
   */
  changeUsername(options: ChangeUsernameOptions): Promise<OwnProfile>;

  /**
   * Delete the caller's account.
   *
   * Others can no longer see it. After 30 days it is deleted for good, with its castings,
   * applications, connections, saved castings and media. Until then it keeps its username, and its
   * owner can still call getMe, exportMe and restoreUser, but make no other changes. A suspended
   * account can be deleted too. An account without a profile is deleted for good at once. Deleting
   * it again changes nothing. `If-Match` is optional.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, Stale, TooManyRequests, Unauthorized
   */
  deleteUser(options?: DeleteUserOptions): Promise<void>;

  /**
   * Restore the caller's deleted account.
   *
   * This is possible for 30 days after deleteUser. If the account is not deleted, nothing changes.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, ProfileRequired, QuotaExceeded, TooManyRequests, Unauthorized
   */
  restoreUser(options?: RestoreUserOptions): Promise<OwnProfile>;

  /**
   * Get the number of views of the caller's profile.
   *
   * Each viewer counts once a day (UTC). A new view may take a second to appear.
   *
   * @throws {ArtistHubError} AccessTokenRequired, Busy, InternalError, TooManyRequests, Unauthorized
   */
  getMyViews(options?: GetMyViewsOptions): Promise<Views>;

  /**
   * Record that the caller viewed a profile.
   *
   * Each viewer counts once a day (UTC). The owner's own views do not count.
   *
   * @throws {ArtistHubError} AccessTokenRequired, AccountSuspended, Busy, InternalError, NotFound, ProfileRequired, QuotaExceeded, TooManyRequests, Unauthorized
   */
  recordUserView(options: RecordUserViewOptions): Promise<void>;

}

/** Method, path, whether it takes a token, and what else the client does for it. */
export const ROUTES = {
  signUp: 'POST /v1/auth/signup public',
  resendCode: 'POST /v1/auth/resend-code public',
  startLogin: 'POST /v1/auth/login public',
  answerChallenge: 'POST /v1/auth/challenge public',
  exchangeCode: 'POST /v1/auth/token public',
  refreshSession: 'POST /v1/auth/refresh public',
  forgotPassword: 'POST /v1/auth/forgot-password public',
  resetPassword: 'POST /v1/auth/reset-password public',
  logout: 'POST /v1/auth/logout token',
  confirmSignUp: 'POST /v1/auth/confirm public',
  changePassword: 'POST /v1/auth/change-password token',
  changeEmail: 'POST /v1/auth/email token',
  confirmEmail: 'PUT /v1/auth/email token',
  setUpTotp: 'POST /v1/auth/mfa/totp token',
  confirmTotp: 'PUT /v1/auth/mfa/totp token',
  disableTotp: 'DELETE /v1/auth/mfa/totp token',
  listDevices: 'GET /v1/auth/devices token paged',
  confirmDevice: 'PUT /v1/auth/devices/{deviceKey} token',
  forgetDevice: 'DELETE /v1/auth/devices/{deviceKey} token',
  suspendUser: 'PUT /v1/admin/users/{userId}/suspension token',
  liftSuspension: 'DELETE /v1/admin/users/{userId}/suspension token',
  verifyRecruiter: 'PUT /v1/admin/users/{userId}/verification token',
  withdrawVerification: 'DELETE /v1/admin/users/{userId}/verification token',
  takeDownCasting: 'PUT /v1/admin/castings/{castingId}/takedown token',
  reinstateCasting: 'DELETE /v1/admin/castings/{castingId}/takedown token',
  setQuota: 'PUT /v1/admin/users/{userId}/quotas/{quota} token',
  confirmUser: 'POST /v1/admin/accounts/confirm token',
  listAuditEntries: 'GET /v1/admin/audit token paged',
  listCases: 'GET /v1/admin/cases token paged',
  getCase: 'GET /v1/admin/cases/{caseId} token',
  decideCase: 'PUT /v1/admin/cases/{caseId}/decision token',
  applyToCasting: 'POST /v1/castings/{castingId}/applications token keyed',
  getApplication: 'GET /v1/castings/{castingId}/applications/{applicationId} token',
  setApplicationStatus: 'PUT /v1/castings/{castingId}/applications/{applicationId}/status token',
  setApplicationStatuses: 'PUT /v1/castings/{castingId}/applications/status token',
  assessApplication: 'PUT /v1/castings/{castingId}/applications/{applicationId}/assessment token',
  withdrawApplication: 'DELETE /v1/castings/{castingId}/applications/{applicationId} token',
  setContactSharing: 'PUT /v1/castings/{castingId}/applications/{applicationId}/sharing token',
  answerApplication: 'PUT /v1/castings/{castingId}/applications/{applicationId}/answer token',
  listCastingApplications: 'GET /v1/castings/{castingId}/applications token paged',
  listApplicants: 'GET /v1/castings/{castingId}/applicants token paged',
  exportApplicants: 'GET /v1/castings/{castingId}/applicants.csv token',
  listMyApplications: 'GET /v1/users/me/applications token paged',
  getMyRelations: 'GET /v1/users/me/relations token',
  createCasting: 'POST /v1/castings token keyed',
  getCasting: 'GET /v1/castings/{castingId} optional',
  updateCasting: 'PATCH /v1/castings/{castingId} token',
  setCastingStatus: 'PUT /v1/castings/{castingId}/status token',
  addDocument: 'POST /v1/castings/{castingId}/documents token keyed',
  removeDocument: 'DELETE /v1/castings/{castingId}/documents/{documentId} token',
  deleteCasting: 'DELETE /v1/castings/{castingId} token',
  getCastingViews: 'GET /v1/castings/{castingId}/views token',
  recordCastingView: 'POST /v1/castings/{castingId}/views token',
  getRecruiter: 'GET /v1/recruiters/{recruiterId} public',
  listRecruiterCastings: 'GET /v1/recruiters/{recruiterId}/castings token paged',
  requestConnection: 'POST /v1/connections token keyed',
  answerConnection: 'PUT /v1/connections/{userId} token',
  listConnections: 'GET /v1/connections token paged',
  removeConnection: 'DELETE /v1/connections/{userId} token',
  blockUser: 'PUT /v1/users/{userId}/block token',
  unblockUser: 'DELETE /v1/users/{userId}/block token',
  listBlocks: 'GET /v1/users/me/blocks token paged',
  exportMe: 'GET /v1/users/me/export token',
  matchingCastings: 'GET /v1/users/me/matching-castings token',
  matchingArtists: 'GET /v1/castings/{castingId}/matching-artists token',
  createUpload: 'POST /v1/media/uploads token',
  listUploads: 'GET /v1/media/uploads token paged',
  getMedia: 'GET /v1/media/{userId}/{mediaId} public',
  deleteUpload: 'DELETE /v1/media/{userId}/{mediaId} token',
  health: 'GET /v1/health public',
  openapi: 'GET /v1/openapi.json public',
  listNotifications: 'GET /v1/users/me/notifications token paged',
  markNotificationsRead: 'PUT /v1/users/me/notifications/read token',
  getNotificationPreferences: 'GET /v1/users/me/notification-preferences token',
  setNotificationPreferences: 'PUT /v1/users/me/notification-preferences token',
  unsubscribePage: 'GET /v1/unsubscribe public',
  unsubscribe: 'POST /v1/unsubscribe public',
  setPicture: 'PUT /v1/users/me/picture token',
  getPicture: 'GET /v1/media/{userId}/{mediaId}/{size} public',
  createReport: 'POST /v1/reports token',
  listReports: 'GET /v1/reports token paged',
  listSavedCastings: 'GET /v1/users/me/saved-castings token paged',
  saveCasting: 'PUT /v1/users/me/saved-castings/{castingId} token',
  unsaveCasting: 'DELETE /v1/users/me/saved-castings/{castingId} token',
  searchCastings: 'GET /v1/castings public paged',
  searchUsers: 'GET /v1/users token paged',
  suggest: 'GET /v1/suggestions token',
  createUser: 'POST /v1/users token keyed',
  getMe: 'GET /v1/users/me token',
  getUser: 'GET /v1/users/{userId} token',
  getUserByUsername: 'GET /v1/usernames/{username} token',
  updateUser: 'PATCH /v1/users/me token',
  removePicture: 'DELETE /v1/users/me/picture token',
  addPortfolioItem: 'POST /v1/users/me/portfolio token keyed',
  updatePortfolioItem: 'PATCH /v1/users/me/portfolio/{itemId} token',
  removePortfolioItem: 'DELETE /v1/users/me/portfolio/{itemId} token',
  orderPortfolio: 'PUT /v1/users/me/portfolio-order token',
  addWorkExperience: 'POST /v1/users/me/work-experience token keyed',
  updateWorkExperience: 'PATCH /v1/users/me/work-experience/{itemId} token',
  removeWorkExperience: 'DELETE /v1/users/me/work-experience/{itemId} token',
  changeUsername: 'PUT /v1/users/me/username token',
  deleteUser: 'DELETE /v1/users/me token',
  restoreUser: 'POST /v1/users/me/restore token',
  getMyViews: 'GET /v1/users/me/views token',
  recordUserView: 'POST /v1/users/{userId}/views token',
} as const satisfies Record<keyof Operations, string>;
