"""SRP as Cognito has it: proves a password without sending it.

SRP-6a (RFC 5054) with the group of 3,072 bits (RFC 3526), SHA-256 and a key by HKDF. Numbers are
hashed in two's complement, as Java writes them.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
https://github.com/aws-amplify/amplify-js/blob/main/packages/auth/src/providers/cognito/utils/srp/
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256

N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def octets(number: int) -> bytes:
    """The number in two's complement: with an octet 0 in front if its first bit is set."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _number(*parts: bytes) -> int:
    return int.from_bytes(sha256(b"".join(parts)).digest(), "big")


K = _number(octets(N), octets(G))


class Srp:
    """One exchange. `a` is the client's public number, in hexadecimal."""

    def __init__(self, secret: int | None = None) -> None:
        self._secret = secret or secrets.randbits(1024)
        self._a = pow(G, self._secret, N)
        self.a = f"{self._a:x}"

    def proof(
        self,
        challenge: dict[str, str],
        *,
        group: str,
        name: str,
        password: str,
        at: datetime | None = None,
    ) -> dict[str, str]:
        """`secret_block`, `signature` and `timestamp`, the answer to a challenge.

        An account is its USER_ID_FOR_SRP, in the group of its user pool's name. A device is its
        key, in its group.
        """
        b, salt = int(challenge["SRP_B"], 16), int(challenge["SALT"], 16)
        u = _number(octets(self._a), octets(b))
        if b % N == 0 or u == 0:
            raise ValueError("the service sent an invalid SRP_B")
        x = _exponent(salt, group, name, password)
        shared = pow(b - K * pow(G, x, N), self._secret + u * x, N)
        key = hmac.digest(octets(u), octets(shared), "sha256")
        key = hmac.digest(key, b"Caldera Derived Key\x01", "sha256")[:16]
        timestamp = _written(at or datetime.now(UTC))
        message = f"{group}{name}".encode() + b64decode(challenge["SECRET_BLOCK"])
        signature = hmac.digest(key, message + timestamp.encode(), "sha256")
        return {
            "secret_block": challenge["SECRET_BLOCK"],
            "signature": b64encode(signature).decode(),
            "timestamp": timestamp,
        }


def new_device(group: str, key: str) -> tuple[str, str, str]:
    """A secret for a device, with its verifier and salt for the service."""
    secret = b64encode(secrets.token_bytes(40)).decode()
    salt = secrets.randbits(128)
    verifier = pow(G, _exponent(salt, group, key, secret), N)
    return secret, b64encode(octets(verifier)).decode(), b64encode(octets(salt)).decode()


def _exponent(salt: int, group: str, name: str, password: str) -> int:
    return _number(octets(salt), sha256(f"{group}{name}:{password}".encode()).digest())


def _written(at: datetime) -> str:
    """The time as Cognito wants it: in English, and days below 10 with one digit."""
    day, month = DAYS[at.weekday()], MONTHS[at.month - 1]
    return f"{day} {month} {at.day} {at:%H:%M:%S} UTC {at.year}"
