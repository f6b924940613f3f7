"""Shapes of accounts: Cognito's own words for challenges, which are what SRP libraries use."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from artisthub.accounts import rules
from artisthub.shared import clock
from artisthub.shared.address import Address
from artisthub.shared.models import Input, Name, PageQuery, Stored

ISSUER = "ArtistHub"  # how authenticator apps name the account's service

Password = Annotated[
    str,
    Meta(
        min_length=rules.MIN_PASSWORD,
        max_length=rules.MAX_PASSWORD,
        pattern=rules.PASSWORD,
        extra={"explain": rules.password_faults},
    ),
]
# One that Cognito could have taken at any time, whatever the policy was then.
OldPassword = Annotated[str, Meta(max_length=rules.MAX_PASSWORD, pattern=r"^\S.*\S$")]
# What Cognito gave out and takes back: it knows best what is in it.
_OPAQUE = r"^\S+$"
MailedCode = Annotated[str, Meta(max_length=64, pattern=_OPAQUE)]
Username = Annotated[str, Meta(max_length=254, pattern=_OPAQUE)]
DeviceKey = Annotated[str, Meta(max_length=55, pattern=_OPAQUE)]
# Cognito's API model says 4,096, its own refusals say 8,192:
# https://github.com/aws-amplify/amplify-js/issues/14411
Session = Annotated[str, Meta(min_length=20, max_length=8_192, pattern=_OPAQUE)]
Base64 = Annotated[str, Meta(max_length=8_192, pattern=_OPAQUE, description="Base64")]
Token = Annotated[str, Meta(max_length=8_192, pattern=_OPAQUE)]
OAuthCode = Annotated[str, Meta(max_length=2_048, pattern=_OPAQUE)]
TotpCode = Annotated[str, Meta(pattern=r"^[0-9]{6}$")]
# A of SRP is below N, which has 768 digits: RFC 5054, appendix A, 3072 bits.
SrpA = Annotated[str, Meta(max_length=768, pattern=r"^[0-9a-fA-F]+$")]
# RFC 7636, section 4.1.
CodeVerifier = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._~-]{43,128}$")]
RedirectUri = Annotated[str, Meta(max_length=1_024, pattern=_OPAQUE)]
_BASE64 = r"^[A-Za-z0-9+/]+={0,2}$"
# Below N as A is, in octets: at most 384 and the 0 of a sign.
DeviceVerifier = Annotated[str, Meta(max_length=516, pattern=_BASE64, description="Base64")]
DeviceSalt = Annotated[str, Meta(max_length=128, pattern=_BASE64, description="Base64")]
# The cursor of a list of Cognito's own holds a token of Cognito's, which has no stated length.
LongCursor = Annotated[str, Meta(max_length=6_000)]
Timestamp = Annotated[
    str,
    Meta(
        pattern=r"^\w{3} \w{3} [0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC [0-9]{4}$",
        description="Such as Sun Nov 22 16:54:00 UTC 2026, the day without a leading zero",
    ),
]


class NewAccount(Address):
    password: Password


class Confirmation(Address):
    code: MailedCode


class NewPassword(Address):
    code: MailedCode
    password: Password


class Login(Address):
    srp_a: SrpA
    device_key: DeviceKey | None = None


class PasswordVerifier(Input, tag_field="challenge", tag="PASSWORD_VERIFIER"):
    """The proof of the password, made by an SRP library from the challenge's parameters."""

    username: Username
    secret_block: Base64
    signature: Base64
    timestamp: Timestamp
    session: Session | None = None
    device_key: DeviceKey | None = None


class SoftwareToken(Input, tag_field="challenge", tag="SOFTWARE_TOKEN_MFA"):
    """The six digits of the authenticator app."""

    username: Username
    session: Session
    code: TotpCode
    device_key: DeviceKey | None = None


class DeviceSrp(Input, tag_field="challenge", tag="DEVICE_SRP_AUTH"):
    """The start of the proof that this is a remembered device."""

    username: Username
    srp_a: SrpA
    device_key: DeviceKey
    session: Session | None = None


class DevicePasswordVerifier(Input, tag_field="challenge", tag="DEVICE_PASSWORD_VERIFIER"):
    """The proof of the device's own password."""

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
    """Either `refreshToken`, to end its session, or `everywhere`, to end all of the account's."""

    refresh_token: Token | None = None
    everywhere: bool = False

    def __post_init__(self) -> None:
        if (self.refresh_token is not None) == self.everywhere:
            raise ValueError("Send either refreshToken, or everywhere as true")


class AuthorizationCode(Input):
    """What the hosted UI sent to `redirectUri`, and the proof that this client asked for it."""

    code: OAuthCode
    code_verifier: CodeVerifier
    redirect_uri: RedirectUri


class PasswordChange(Input):
    previous_password: OldPassword
    password: Password


class TotpConfirmation(Input):
    """A code of the authenticator app; `deviceName` is what its owner calls the app's device."""

    code: TotpCode
    device_name: Name | None = None


class DeviceConfirmation(Input):
    """What a device will prove itself with: salt and verifier of a secret that it makes and keeps.

    A device that is remembered is not asked for the second factor.
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
    """

    name: Name
    password_verifier: DeviceVerifier
    salt: DeviceSalt
    remember: bool = False


class DeviceQuery(PageQuery):
    cursor: LongCursor | None = None


class NextStep(Stored):
    """What to do next: `confirm` with the mailed code, or `reset` the password with it."""

    next: Literal["confirm", "reset"]


class Challenge(Stored):
    """What to prove next, in Cognito's words. Send `session` back with the answer if there is one.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
    """

    challenge: str
    session: str | None
    parameters: dict[str, str]


class Tokens(Stored):
    """`expiresIn` is the access token's life in seconds."""

    access_token: str
    expires_in: int
    token_type: str
    id_token: str | UnsetType = UNSET
    refresh_token: str | UnsetType = UNSET


class NewDevice(Stored):
    """This device, for confirmDevice. Keep `deviceKey`: refreshSession needs it."""

    device_key: str
    device_group_key: str


class SignedIn(Stored):
    tokens: Tokens


class TotpSecret(Stored):
    """For an authenticator app: `otpauthUri` as a QR code, or `secret` (Base32) typed in."""

    secret: str
    otpauth_uri: str


class Device(Stored):
    """A confirmed device; one that is remembered signs in without the second factor."""

    device_key: str
    name: str | None
    is_remembered: bool
    last_ip: str | None
    last_sign_in_at: str | None
    created_at: str
    updated_at: str


class Step(Stored):
    """Either `tokens`, and `newDevice` where this device is new, or the next challenge."""

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
    """The fields that were sent, under the names that Cognito's sign-in has for them."""
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
    """Without an ID token if the hosted UI was not asked for the scope `openid`."""
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
