"""Shapes of accounts: Cognito's own words for challenges, which are what SRP libraries use."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from artisthub.accounts import rules
from artisthub.shared.models import Input, Stored

# The form that browsers hold e-mail fields to, with a domain of at least two parts:
# https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
Email = Annotated[
    str,
    Meta(
        max_length=254,
        pattern=rf"^{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}$",
        extra={"explain": rules.email_faults},
    ),
]
Password = Annotated[
    str,
    Meta(
        min_length=rules.MIN_PASSWORD,
        max_length=rules.MAX_PASSWORD,
        pattern=rules.PASSWORD,
        extra={"explain": rules.password_faults},
    ),
]
# What Cognito gave out and takes back: it knows best what is in it.
_OPAQUE = r"^\S+$"
MailedCode = Annotated[str, Meta(max_length=64, pattern=_OPAQUE)]
Username = Annotated[str, Meta(max_length=254, pattern=_OPAQUE)]
DeviceKey = Annotated[str, Meta(max_length=55, pattern=_OPAQUE)]
Session = Annotated[str, Meta(max_length=2_048, pattern=_OPAQUE)]
Base64 = Annotated[str, Meta(max_length=8_192, pattern=_OPAQUE, description="Base64")]
Token = Annotated[str, Meta(max_length=8_192, pattern=_OPAQUE)]
TotpCode = Annotated[str, Meta(pattern=r"^[0-9]{6}$")]
# A of SRP is below N, which has 768 digits: RFC 5054, appendix A, 3072 bits.
SrpA = Annotated[str, Meta(max_length=768, pattern=r"^[0-9a-fA-F]+$")]
Timestamp = Annotated[
    str,
    Meta(
        pattern=r"^\w{3} \w{3} [0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC [0-9]{4}$",
        description="Such as Sun Nov 22 16:54:00 UTC 2026, the day without a leading zero",
    ),
]


class Address(Input):
    """An account, by its e-mail address; upper and lower case are the same."""

    email: Email

    def __post_init__(self) -> None:
        self.email = self.email.lower()


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
    id_token: str
    expires_in: int
    token_type: str
    refresh_token: str | UnsetType = UNSET


class NewDevice(Stored):
    """A device that Cognito offers to remember."""

    device_key: str
    device_group_key: str


class SignedIn(Stored):
    tokens: Tokens


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
        id_token=result["IdToken"],
        expires_in=result["ExpiresIn"],
        token_type=result["TokenType"],
        refresh_token=result.get("RefreshToken", UNSET),
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
