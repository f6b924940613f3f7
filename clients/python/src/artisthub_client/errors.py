"""An exception for each code of an error. Generated from the contract by `make clients`."""

from artisthub_client.problem import ApiError


class Malformed(ApiError):
    """The request is malformed."""


class BadCursor(Malformed):
    """The cursor does not belong to this list with these filters. Start without `cursor`."""


class BadIdempotencyKey(Malformed):
    """Idempotency-Key must have 1 to 200 visible ASCII characters."""


class Unauthorized(ApiError):
    """A valid access token is required. Sign in or refresh the session."""


class AccessTokenRequired(Unauthorized):
    """This is not an access token. Send the access token, not the ID token."""


class AuthorizationCodeInvalid(Unauthorized):
    """The code is wrong, expired or already used, or it does not match `codeVerifier` and `redirectUri`. Sign in again."""


class RecentSignInRequired(Unauthorized):
    """This needs a sign-in within the last 15 minutes. Sign in again; refreshing the session is not enough."""


class SessionEnded(Unauthorized):
    """The session has ended, or its device was never confirmed or was forgotten. Sign in again."""


class SignInFailed(Unauthorized):
    """The e-mail address or password is wrong, or the account cannot sign in."""


class TotpCodeInvalid(Unauthorized):
    """The code of the authenticator app is wrong or was already used. Use the next one."""


class Forbidden(ApiError):
    """Another error of this status."""


class AccountSuspended(Forbidden):
    """This account is suspended or deleted. For 30 days, POST /v1/users/me/restore restores a deleted account."""


class AdminsOnly(Forbidden):
    """Only administrators may do this."""


class AdultsOnly(Forbidden):
    """Only people who are 18 or older may do this."""


class LinkNotOurs(Forbidden):
    """`token` is not valid. Use the whole link from the e-mail."""


class NotYourCasting(Forbidden):
    """Only the recruiter who created this casting may do this."""


class NotYourStep(Forbidden):
    """Only the other side of this application may do this."""


class NotYourUpload(Forbidden):
    """Only the owner of this upload and administrators may delete it."""


class ProfileRequired(Forbidden):
    """You have no profile. Create one with POST /v1/users."""


class RoleRequired(Forbidden):
    """Your role, artist or recruiter, does not allow this."""


class VerificationRequired(Forbidden):
    """Only verified recruiters can publish castings. You can keep drafts until an administrator has verified you."""


class VerifiedRecruitersOnly(Forbidden):
    """Only verified recruiters can search by playing age and height."""


class NotFound(ApiError):
    """This does not exist, or you do not have permission to see it."""


class MethodNotAllowed(ApiError):
    """Another error of this status."""


class Conflict(ApiError):
    """Another error of this status."""


class AccountDeleted(Conflict):
    """This account is deleted. Only its owner can restore it."""


class AlreadyApplied(Conflict):
    """You already applied for this role. A withdrawn application cannot be sent again."""


class ArtistUnavailable(Conflict):
    """The artist's profile is not available at the moment. Only `declined` is possible."""


class CaseDecided(Conflict):
    """This case is decided already. A new report opens it again."""


class CastingClosed(Conflict):
    """This casting takes no applications. It is not open, or its deadline has passed."""


class CastingEnded(Conflict):
    """This casting is filled or cancelled and can no longer be changed. Create a new one."""


class CastingHidden(Conflict):
    """Reports have hidden this casting. Do this after `hiddenUntil`."""


class CastingStillOpen(Conflict):
    """This casting is open. Close or cancel it first."""


class CastingTakenDown(Conflict):
    """An administrator took this casting down. Its `takedown` field has the reason."""


class ConnectionNotPossible(Conflict):
    """The connection's current status does not allow this. List your connections again."""


class CreatedAndDeleted(Conflict):
    """The first request with this Idempotency-Key succeeded, and what it created was deleted since. Send a new key to create another one."""


class DeadlinePassed(Conflict):
    """The casting's `deadlineAt` has passed. Set a later one before you open the casting."""


class DocumentsFull(Conflict):
    """A casting can have at most 10 documents, and 237,228 bytes with them. Remove one first."""


class NotARecruiter(Conflict):
    """This account is not a recruiter. Only recruiters can be verified."""


class OutcomeNotPossible(Conflict):
    """This outcome does not fit the case. Dismiss it, or suspend the account."""


class OwnAccount(Conflict):
    """This is your own account or thing. Only another administrator can decide about it."""


class OwnThing(Conflict):
    """This is yours. You can only report people and things that are not."""


class PayNotStated(Conflict):
    """Every role of an open casting must say whether it is paid. `errors` lists the others."""


class PortfolioFull(Conflict):
    """A portfolio can have at most 30 items. Remove one first."""


class ProfileExists(Conflict):
    """You already have a profile. Change it with PATCH /v1/users/me."""


class RoleClosed(Conflict):
    """This role takes no applications: it is closed or filled."""


class RoleFull(Conflict):
    """As many artists are booked for this role as its `count` says. Raise it first."""


class RoleGone(Conflict):
    """The casting no longer has this role."""


class StatusNotReachable(Conflict):
    """The casting cannot change from its current status to this one."""


class StepNotPossible(Conflict):
    """The application cannot change from its current status to this one."""


class UsernameTaken(Conflict):
    """This username is taken. Choose another one."""


class WorkExperienceFull(Conflict):
    """Work experience can have at most 50 entries. Remove one first."""


class Stale(ApiError):
    """This has changed since you read it. Read it again and repeat your change."""


class TooLarge(ApiError):
    """The body is larger than 256 KB. Send a smaller one."""


class UnsupportedMediaType(ApiError):
    """The body's content type is not supported. Send it as application/json."""


class Invalid(ApiError):
    """Some fields are wrong. `errors` lists all of them."""


class CodeInvalid(Invalid):
    """The code is wrong or no longer valid. Request a new one."""


class DeviceRefused(Invalid):
    """Cognito refused the device key, `passwordVerifier` or `salt`. Compute them again."""


class EmailRefused(Invalid):
    """Mail cannot be sent to this address. Use another e-mail address."""


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key was used with another body or address. Send a new key with a new request."""


class PasswordRefused(Invalid):
    """The password does not meet the rules or was used before. Choose another one."""


class PreviousPasswordWrong(Invalid):
    """The previous password is wrong. If you forgot it, call forgotPassword."""


class RedirectUriUnknown(Invalid):
    """`redirectUri` is not a callback URL of this service. Send a registered one."""


class RefreshTokenInvalid(Invalid):
    """This is not a refresh token of this service. Send the one from the sign-in."""


class SrpInvalid(Invalid):
    """`srpA` is not a valid A of SRP. Compute a new one with an SRP library."""


class TotpNotConfirmed(Invalid):
    """The code does not match the secret of setUpTotp, or was used. Send the next one."""


class IfMatchRequired(ApiError):
    """`If-Match` is missing. Send it with the ETag of the version that you are changing."""


class TooManyRequests(ApiError):
    """You sent too many requests. Wait for `Retry-After` seconds before you try again."""


class QuotaExceeded(TooManyRequests):
    """Your quota `applications` is used up for today (UTC). It usually allows 50 a day. Wait for `Retry-After` seconds, or ask an administrator to raise it."""


class InternalError(ApiError):
    """The service failed. Quote `instance` when you report it."""


class Busy(ApiError):
    """The service is busy. Try again after `Retry-After` seconds."""


FAMILIES: dict[int, type[ApiError]] = {
    400: Malformed,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    412: Stale,
    413: TooLarge,
    415: UnsupportedMediaType,
    422: Invalid,
    428: IfMatchRequired,
    429: TooManyRequests,
    500: InternalError,
    503: Busy,
}
