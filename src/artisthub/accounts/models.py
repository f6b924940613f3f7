"""Account models. Challenges use Cognito's names, because SRP libraries expect them."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from artisthub.accounts import rules
from artisthub.shared import clock
from artisthub.shared.address import Address
from artisthub.shared.models import Input, Name, PageQuery, Stored

ISSUER = "ArtistHub"  # the name that authenticator apps show

Password = Annotated[
    str,
    Meta(
        min_length=rules.MIN_PASSWORD,
        max_length=rules.MAX_PASSWORD,
        pattern=rules.PASSWORD,
        extra={"explain": rules.password_faults},
    ),
]
# Any password that Cognito accepts: it may be older than the current policy.
OldPassword = Annotated[str, Meta(max_length=rules.MAX_PASSWORD, pattern=r"^\S.*\S$")]


def _not_a_mailed_code(_: str) -> str:
    return "must be the code in the e-mail, without spaces"


# Values from Cognito that clients send back unchanged. Only Cognito knows their format.
_OPAQUE = r"^\S+$"
MailedCode = Annotated[
    str, Meta(max_length=64, pattern=_OPAQUE, extra={"explain": _not_a_mailed_code})
]
Username = Annotated[str, Meta(max_length=254, pattern=_OPAQUE)]
DeviceKey = Annotated[str, Meta(max_length=55, pattern=_OPAQUE)]
# Cognito's API model says 4,096, its own refusals say 8,192:
# https://github.com/aws-amplify/amplify-js/issues/14411
Session = Annotated[str, Meta(min_length=20, max_length=8_192, pattern=_OPAQUE)]
Base64 = Annotated[str, Meta(max_length=8_192, pattern=_OPAQUE, description="Base64")]
Token = Annotated[str, Meta(max_length=8_192, pattern=_OPAQUE)]
OAuthCode = Annotated[str, Meta(max_length=2_048, pattern=_OPAQUE)]


def _not_a_totp_code(_: str) -> str:
    return "must have six digits, without spaces"


TotpCode = Annotated[str, Meta(pattern=r"^[0-9]{6}$", extra={"explain": _not_a_totp_code})]


def _without_zeros(digits: str) -> str:
    """The same number. Some clients pad it, for example those of .NET, which need a sign."""
    return digits.strip().lstrip("0") or digits[:1]


def _without_zero_octets(base64: str) -> str:
    """The same number, without groups of three zero octets in front.

    A number in Java needs at least one if its first octet is 128 or more.
    """
    number = base64.strip()
    if len(number) % 4:
        return number  # not Base64
    groups = (len(number) - len(number.lstrip("A"))) // 4
    rest = number[groups * 4 :]
    return rest if rest.startswith("A") or not groups else f"AAAA{rest}"


# SRP's A is less than N, which has 768 digits (RFC 5054, appendix A, 3072 bits).
SrpA = Annotated[
    str, Meta(max_length=768, pattern=r"^[0-9a-fA-F]+$", extra={"prepare": _without_zeros})
]
# RFC 7636, section 4.1.
CodeVerifier = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._~-]{43,128}$")]
RedirectUri = Annotated[str, Meta(max_length=1_024, pattern=_OPAQUE)]
_BASE64 = r"^[A-Za-z0-9+/]+={0,2}$"
# Less than N, like A: at most 384 octets and a leading 0 for the sign.
DeviceVerifier = Annotated[
    str,
    Meta(
        max_length=516,
        pattern=_BASE64,
        description="Base64",
        extra={"prepare": _without_zero_octets},
    ),
]
DeviceSalt = Annotated[str, Meta(max_length=128, pattern=_BASE64, description="Base64")]
# The cursor contains Cognito's own paging token, which has no documented length.
LongCursor = Annotated[str, Meta(max_length=6_000)]
_DAYS = (
    "(?:(?:Jan|Mar|May|Jul|Aug|Oct|Dec) (?:[1-9]|[12][0-9]|3[01])"
    "|(?:Apr|Jun|Sep|Nov) (?:[1-9]|[12][0-9]|30)|Feb (?:[1-9]|1[0-9]|2[0-9]))"
)
_TIMESTAMP = "such as Sun Nov 22 16:54:00 UTC 2026, in English; a day below 10 has one digit"


def _not_a_timestamp(_: str) -> str:
    return f"must be a time of SRP {_TIMESTAMP}"


# The proof covers this text, so Cognito refuses another form as if the password were wrong.
Timestamp = Annotated[
    str,
    Meta(
        pattern=rf"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) {_DAYS} "
        r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] UTC [0-9]{4}$",
        max_length=28,
        description=f"A time {_TIMESTAMP}",
        extra={"explain": _not_a_timestamp},
    ),
]


class NewAccount(Address):
    password: Password


class Confirmation(Address):
    """The mailed code. `password` becomes the password of the account; always send it."""

    code: MailedCode
    password: Password | None = None


class EmailConfirmation(Input):
    """The code that was mailed to the new address."""

    code: MailedCode


class NewPassword(Address):
    code: MailedCode
    password: Password


class Login(Address):
    srp_a: SrpA
    device_key: DeviceKey | None = None


class PasswordVerifier(Input, tag_field="challenge", tag="PASSWORD_VERIFIER"):
    """Proof of the password. An SRP library computes it from the challenge's `parameters`."""

    username: Username
    secret_block: Base64
    signature: Base64
    timestamp: Timestamp
    session: Session | None = None
    device_key: DeviceKey | None = None


class SoftwareToken(Input, tag_field="challenge", tag="SOFTWARE_TOKEN_MFA"):
    """The six-digit code of the authenticator app."""

    username: Username
    session: Session
    code: TotpCode
    device_key: DeviceKey | None = None


class DeviceSrp(Input, tag_field="challenge", tag="DEVICE_SRP_AUTH"):
    """The first step to prove a remembered device."""

    username: Username
    srp_a: SrpA
    device_key: DeviceKey
    session: Session | None = None


class DevicePasswordVerifier(Input, tag_field="challenge", tag="DEVICE_PASSWORD_VERIFIER"):
    """Proof of the device's own password."""

    username: Username
    secret_block: Base64
    signature: Base64
    timestamp: Timestamp
    device_key: DeviceKey
    session: Session | None = None


ChallengeAnswer = PasswordVerifier | SoftwareToken | DeviceSrp | DevicePasswordVerifier


class Refresh(Input):
    refresh_token: Token
    username: Username
    device_key: DeviceKey | None = None


class Logout(Input):
    """Send either `refreshToken` to end its session, or `everywhere` to end all sessions."""

    refresh_token: Token | None = None
    everywhere: bool = False

    def __post_init__(self) -> None:
        if (self.refresh_token is not None) == self.everywhere:
            raise ValueError("send either refreshToken, or everywhere as true")


class AuthorizationCode(Input):
    """The code that the hosted UI sent to `redirectUri`, and its PKCE verifier."""

    code: OAuthCode
    code_verifier: CodeVerifier
    redirect_uri: RedirectUri


class PasswordChange(Input):
    previous_password: OldPassword
    password: Password


class TotpConfirmation(Input):
    """A code of the authenticator app. `deviceName` is the owner's name for the app's device."""

    code: TotpCode
    device_name: Name | None = None


class DeviceConfirmation(Input):
    """The salt and verifier of the device's own secret.

    A remembered device signs in without the second factor.
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
    """

    name: Name
    password_verifier: DeviceVerifier
    salt: DeviceSalt
    remember: bool = False


class DeviceQuery(PageQuery):
    cursor: LongCursor | None = None


class NextStep(Stored):
    """The next step with the code: `confirm` the account or address, or `reset` the password."""

    next: Literal["confirm", "reset"]


class Challenge(Stored):
    """The next challenge, with Cognito's names. If it has a `session`, send it with the answer.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
    """

    challenge: str
    session: str | None
    parameters: dict[str, str]


class Tokens(Stored):
    """The tokens. `expiresIn` is the lifetime of the access token in seconds."""

    access_token: str
    expires_in: int
    token_type: str
    id_token: str | UnsetType = UNSET
    refresh_token: str | UnsetType = UNSET


class NewDevice(Stored):
    """The device of this sign-in, for confirmDevice. Keep `deviceKey`; refreshSession needs it."""

    device_key: str
    device_group_key: str


class SignedIn(Stored):
    tokens: Tokens


class TotpSecret(Stored):
    """The secret for an authenticator app. Show `otpauthUri` as a QR code, or `secret` (Base32)."""

    secret: str
    otpauth_uri: str


class Device(Stored):
    """A confirmed device. If it is remembered, it signs in without the second factor."""

    device_key: str
    name: str | None
    is_remembered: bool
    last_ip: str | None
    last_sign_in_at: str | None
    created_at: str
    updated_at: str


class Step(Stored):
    """Either `tokens`, with `newDevice` if the device is new, or the next challenge."""

    tokens: Tokens | UnsetType = UNSET
    new_device: NewDevice | UnsetType = UNSET
    challenge: str | UnsetType = UNSET
    session: str | UnsetType | None = UNSET
    parameters: dict[str, str] | UnsetType = UNSET


_COGNITO_NAMES = {
    "username": "USERNAME",
    "secret_block": "PASSWORD_CLAIM_SECRET_BLOCK",
    "signature": "PASSWORD_CLAIM_SIGNATURE",
    "timestamp": "TIMESTAMP",
    "code": "SOFTWARE_TOKEN_MFA_CODE",
    "refresh_token": "REFRESH_TOKEN",
    "email": "USERNAME",
    "srp_a": "SRP_A",
    "device_key": "DEVICE_KEY",
}


def to_cognito(shape: Input) -> dict[str, str]:
    """The fields that were sent, with Cognito's names."""
    return {
        _COGNITO_NAMES[name]: value
        for name, value in msgspec.structs.asdict(shape).items()
        if value is not None and name in _COGNITO_NAMES
    }


def challenge_of(answer: Any) -> Challenge:
    return Challenge(
        answer["ChallengeName"], answer.get("Session"), answer.get("ChallengeParameters", {})
    )


def tokens_of(answer: Any) -> Tokens:
    result = answer["AuthenticationResult"]
    return Tokens(
        access_token=result["AccessToken"],
        id_token=result.get("IdToken", UNSET),
        expires_in=result["ExpiresIn"],
        token_type=result["TokenType"],
        refresh_token=result.get("RefreshToken", UNSET),
    )


def oauth_tokens_of(answer: Any) -> Tokens:
    """The tokens of the hosted UI. Without the scope `openid` there is no ID token."""
    return Tokens(
        access_token=answer["access_token"],
        id_token=answer.get("id_token", UNSET),
        expires_in=answer["expires_in"],
        token_type=answer["token_type"],
        refresh_token=answer.get("refresh_token", UNSET),
    )


def step_of(answer: Any) -> Step:
    if "ChallengeName" in answer:
        next_one = challenge_of(answer)
        return Step(
            challenge=next_one.challenge, session=next_one.session, parameters=next_one.parameters
        )
    device = answer["AuthenticationResult"].get("NewDeviceMetadata")
    return Step(
        tokens=tokens_of(answer),
        new_device=NewDevice(device["DeviceKey"], device["DeviceGroupKey"]) if device else UNSET,
    )


def totp_secret(secret: str, email: str) -> TotpSecret:
    """https://github.com/google/google-authenticator/wiki/Key-Uri-Format"""
    from urllib.parse import quote  # no other operation needs it

    label = f"{ISSUER}:{quote(email, safe='')}"
    return TotpSecret(secret, f"otpauth://totp/{label}?secret={secret}&issuer={ISSUER}")


def device_of(answer: Any) -> Device:
    attributes = {each["Name"]: each.get("Value") for each in answer["DeviceAttributes"]}
    last_sign_in = answer.get("DeviceLastAuthenticatedDate")
    return Device(
        device_key=answer["DeviceKey"],
        name=attributes.get("device_name"),
        is_remembered=attributes.get("dev:device_remembered_status") == "remembered",
        last_ip=attributes.get("last_ip_used"),
        last_sign_in_at=clock.of_epoch(last_sign_in) if last_sign_in else None,
        created_at=clock.of_epoch(answer["DeviceCreateDate"]),
        updated_at=clock.of_epoch(answer["DeviceLastModifiedDate"]),
    )
