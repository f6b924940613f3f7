"""The Python client proves passwords as Cognito checks them."""

import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito import aws_srp

from artisthub_client.srp import G, K, N, Srp, new_device, octets

POOL, NAME, PASSWORD = "5f0c2f7e3", "019ac3d0-8f4e-7a31-b5c2-6d1f0e9a8b71", "Monsoon-Stage-2026"
AT = datetime(2026, 11, 2, 16, 54, 7, tzinfo=UTC)
SECRET_BLOCK = b64encode(b"a block of Cognito").decode()


class Server:
    """The other side of SRP-6a (RFC 5054), which knows only the verifier."""

    def __init__(self, verifier: int, salt: int) -> None:
        self.verifier, self.salt = verifier, salt
        self.secret = secrets.randbits(1024)
        self.public = (K * verifier + pow(G, self.secret, N)) % N

    def challenge(self) -> dict[str, str]:
        return {"SRP_B": f"{self.public:x}", "SALT": f"{self.salt:x}", "SECRET_BLOCK": SECRET_BLOCK}

    def accepts(self, a: str, proof: dict[str, str], name: str) -> bool:
        client = int(a, 16)
        u = int.from_bytes(sha256(octets(client) + octets(self.public)).digest(), "big")
        shared = pow(client * pow(self.verifier, u, N), self.secret, N)
        extracted = hmac.digest(octets(u), octets(shared), "sha256")
        key = hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]
        message = name.encode() + b64decode(SECRET_BLOCK) + proof["timestamp"].encode()
        return b64encode(hmac.digest(key, message, "sha256")).decode() == proof["signature"]


def registered(password: str, salt: int) -> Server:
    inner = sha256(f"{POOL}{NAME}:{password}".encode()).digest()
    x = int.from_bytes(sha256(octets(salt) + inner).digest(), "big")
    return Server(pow(G, x, N), salt)


@settings(max_examples=10)
@given(st.integers(1, 2**128), st.integers(1, 2**1024))
def test_the_right_password_is_accepted(salt: int, secret: int) -> None:
    server, srp = registered(PASSWORD, salt), Srp(secret)

    proof = srp.proof(server.challenge(), group=POOL, name=NAME, password=PASSWORD)

    assert server.accepts(srp.a, proof, POOL + NAME)


def test_a_wrong_password_is_not_accepted() -> None:
    server, srp = registered(PASSWORD, 1234), Srp()

    proof = srp.proof(server.challenge(), group=POOL, name=NAME, password="Monsoon-Stage-2025")

    assert not server.accepts(srp.a, proof, POOL + NAME)


def test_a_device_proves_its_secret() -> None:
    group, key = "-4018e4e2", "ap-south-1_081b3667-cfb8-4eb1-a87e-dea69bdb62f4"
    secret, verifier, salt = new_device(group, key)
    server = Server(*(int.from_bytes(b64decode(each), "big") for each in (verifier, salt)))
    srp = Srp()

    proof = srp.proof(server.challenge(), group=group, name=key, password=secret)

    assert server.accepts(srp.a, proof, group + key)


@pytest.mark.parametrize("seed", range(2))
def test_the_proof_is_that_of_a_library_for_cognito(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    srp, server = Srp(2**1000 + seed), registered(PASSWORD, 2**120 + seed)
    proof = srp.proof(server.challenge(), group=POOL, name=NAME, password=PASSWORD, at=AT)
    other = aws_srp.AWSSRP(NAME, PASSWORD, f"ap-south-1_{POOL}", client_id="", client=object())
    other.small_a_value, other.large_a_value = 2**1000 + seed, int(srp.a, 16)
    monkeypatch.setattr(other, "get_cognito_formatted_timestamp", lambda at: proof["timestamp"])

    parameters = server.challenge() | {"USER_ID_FOR_SRP": NAME, "USERNAME": NAME}
    theirs = other.process_challenge(parameters, {"USERNAME": NAME})

    assert proof["signature"] == theirs["PASSWORD_CLAIM_SIGNATURE"]


def test_a_time_is_english_and_a_day_below_ten_has_one_digit() -> None:
    challenge = registered(PASSWORD, 1).challenge()

    proof = Srp().proof(challenge, group=POOL, name=NAME, password=PASSWORD, at=AT)

    assert proof["timestamp"] == "Mon Nov 2 16:54:07 UTC 2026"


@pytest.mark.parametrize("b", [0, N])
def test_a_number_that_would_reveal_the_password_is_refused(b: int) -> None:
    challenge = registered(PASSWORD, 1).challenge() | {"SRP_B": f"{b:x}"}

    with pytest.raises(ValueError, match="SRP_B"):
        Srp().proof(challenge, group=POOL, name=NAME, password=PASSWORD)


@pytest.mark.parametrize("number", [0, 1, 127, 128, 255, 256, 2**127, N])
def test_numbers_are_written_in_twos_complement(number: int) -> None:
    assert int.from_bytes(octets(number), "big", signed=True) == number
