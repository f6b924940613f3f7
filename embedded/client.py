"""A small ArtistHub API client that signs in by SRP through the API's own endpoints."""

import json
import platform
import random
import secrets
import ssl
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
import pyotp
from pycognito.aws_srp import AWSSRP, generate_hash_device

# 15 s in total, enough for an empty token bucket to fill up.
WAIT_SECONDS = (0.1, 0.2, 0.5, 1, 2, 3, 4, 4)


@cache
def _trusted() -> ssl.SSLContext:
    """The known authorities. Reading them takes 50 ms."""
    return httpx.create_ssl_context(trust_env=False)


class PatientTransport(httpx.BaseTransport):
    """Resend requests that the stage throttled, after a pause.

    A throttled request reached no function, so it is safe to resend. API Gateway does not say how
    long to wait. A 429 from the service itself is a problem document and goes to the caller.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
    """

    def __init__(self, sends: httpx.BaseTransport | None = None) -> None:
        # A proxy from the environment could not reach the embedded AWS on this machine.
        self._sends = sends or httpx.HTTPTransport(verify=_trusted(), trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for seconds in WAIT_SECONDS:
            response = self._sends.handle_request(request)
            if not _is_throttled(response):
                return response
            response.close()
            time.sleep(random.uniform(seconds / 2, seconds))
        return self._sends.handle_request(request)

    def close(self) -> None:
        self._sends.close()


def _is_throttled(response: httpx.Response) -> bool:
    is_problem = response.headers.get("content-type", "").startswith("application/problem+json")
    return response.status_code == httpx.codes.TOO_MANY_REQUESTS and not is_problem


def http_client(base_url: str) -> httpx.Client:
    """Return a client for a deployed API. It resends throttled requests and uses no proxy."""
    return httpx.Client(
        base_url=base_url, timeout=60, trust_env=False, transport=PatientTransport()
    )


class ApiError(Exception):
    """An error response. `problem` is its RFC 9457 document, empty if the gateway answered."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        is_problem = response.headers.get("Content-Type", "").startswith("application/problem+json")
        self.problem: dict[str, Any] = response.json() if is_problem else {}
        self.code: str | None = self.problem.get("code")
        request = response.request
        super().__init__(f"{request.method} {request.url}: {self.status} {response.text}")


@dataclass(frozen=True)
class Device:
    """A confirmed device. Its `secret` never leaves it."""

    key: str
    group_key: str
    secret: str


@dataclass(frozen=True)
class Tokens:
    access_token: str
    id_token: str
    refresh_token: str
    username: str  # Cognito's name for the account, required by POST /v1/auth/refresh
    device: Device | None = None  # its key is also required there

    @property
    def session(self) -> dict[str, str]:
        """The request body for refreshSession."""
        body = {"username": self.username, "refreshToken": self.refresh_token}
        return body | ({"deviceKey": self.device.key} if self.device else {})


class _Srp(AWSSRP):  # type: ignore[misc]  # pycognito has no types
    """An exchange whose secret has 256 bits, as RFC 5054 (section 2.5.4) asks for.

    Pycognito's has 1,024, and raising to such a power takes Python 0.03 seconds, twice.
    """

    def generate_random_small_a(self) -> int:
        return secrets.randbits(256)


class Client:
    """A client that sends `token` with every request once it is set or `sign_in` has run."""

    def __init__(self, api_url: str, user_pool_id: str, token: str = "") -> None:
        self.user_pool_id = user_pool_id
        self.token = token
        self._http = http_client(api_url)

    @classmethod
    def from_outputs(cls, outputs: Path) -> "Client":
        deployed = json.loads(outputs.read_text())
        return cls(deployed["apiUrl"], deployed["userPoolId"])

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def request(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Return the response, whether success or error."""
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self._http.request(method, path, json=body, headers=bearer | (headers or {}))

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Return a successful response. Raise ApiError otherwise."""
        response = self.request(method, path, body, headers)
        if response.is_error:
            raise ApiError(response)
        return response

    def send_form(self, url: str, fields: dict[str, str], file: bytes) -> None:
        """Send a form of S3 with its file, without the token."""
        self._http.post(url, data=fields, files={"file": file}).raise_for_status()

    def sign_in(
        self,
        email: str,
        password: str,
        totp_secret: str = "",
        device: Device | None = None,
        *,
        confirm: bool = True,
        remember: bool = False,
    ) -> Tokens:
        """Prove the password by SRP. The password itself is not sent.

        `confirm` confirms a new device, which `refresh` needs.
        """
        srp = self._srp(email, password, device)
        answer = self._proof(srp, email)
        username = answer["username"]
        step = self._challenge(answer)
        if step.get("challenge") == "DEVICE_SRP_AUTH":
            step = self._prove_device(srp, username, step)
        if step.get("challenge") == "SOFTWARE_TOKEN_MFA":
            answer = {"challenge": "SOFTWARE_TOKEN_MFA", "username": username}
            answer["code"] = pyotp.TOTP(totp_secret).now()
            step = self._challenge(answer | _named(srp) | _session_of(step))
        tokens = step["tokens"]
        self.token = tokens["accessToken"]
        if confirm and "newDevice" in step:
            device = self.confirm_device(step["newDevice"], remember=remember)
        return Tokens(
            access_token=tokens["accessToken"],
            id_token=tokens["idToken"],
            refresh_token=tokens["refreshToken"],
            username=username,
            device=device,
        )

    def confirm_device(self, offered: dict[str, str], *, remember: bool = False) -> Device:
        """Make a secret for the device in `newDevice` and send its password verifier."""
        key, group_key = offered["deviceKey"], offered["deviceGroupKey"]
        secret, made = generate_hash_device(group_key, key)
        confirmation = {
            "name": platform.node() or "ArtistHub client",
            "passwordVerifier": made["PasswordVerifier"],
            "salt": made["Salt"],
            "remember": remember,
        }
        self.call("PUT", f"/v1/auth/devices/{key}", confirmation)
        return Device(key, group_key, secret)

    def refresh(self, tokens: Tokens) -> Tokens:
        """Return the same session with new access and ID tokens."""
        fresh = self.call("POST", "/v1/auth/refresh", tokens.session).json()["tokens"]
        self.token = fresh["accessToken"]
        return replace(tokens, access_token=fresh["accessToken"], id_token=fresh["idToken"])

    def proof_of(self, email: str, password: str) -> dict[str, str]:
        """Return the request body for answerChallenge that proves the password."""
        return self._proof(self._srp(email, password, None), email)

    def _srp(self, email: str, password: str, device: Device | None) -> AWSSRP:
        known = {}
        if device is not None:
            known = {
                "device_key": device.key,
                "device_group_key": device.group_key,
                "device_password": device.secret,
            }
        # Our endpoints add the client's id and secret. The proof needs only the pool's name.
        return _Srp(email, password, self.user_pool_id, client_id="", client=object(), **known)

    def _proof(self, srp: AWSSRP, email: str) -> dict[str, str]:
        start = {"email": email, "srpA": srp.get_auth_params()["SRP_A"]} | _named(srp)
        step = self.call("POST", "/v1/auth/login", start).json()
        return _body(step, srp.process_challenge(step["parameters"], {"USERNAME": email}), srp)

    def _prove_device(self, srp: AWSSRP, username: str, step: dict[str, Any]) -> dict[str, Any]:
        answer = {
            "challenge": "DEVICE_SRP_AUTH",
            "username": username,
            "srpA": srp.get_auth_params()["SRP_A"],
        }
        step = self._challenge(answer | _named(srp) | _session_of(step))
        return self._challenge(_body(step, srp.process_device_challenge(step["parameters"]), srp))

    def _challenge(self, answer: dict[str, str]) -> dict[str, Any]:
        step: dict[str, Any] = self.call("POST", "/v1/auth/challenge", answer).json()
        return step


def _body(step: dict[str, Any], proof: dict[str, str], srp: AWSSRP) -> dict[str, str]:
    """Return the request body for answerChallenge, given Cognito's parameters."""
    answer = {
        "challenge": step["challenge"],
        "username": proof["USERNAME"],
        "secretBlock": proof["PASSWORD_CLAIM_SECRET_BLOCK"],
        "signature": proof["PASSWORD_CLAIM_SIGNATURE"],
        "timestamp": proof["TIMESTAMP"],
    }
    return answer | _named(srp) | _session_of(step)


def _named(srp: AWSSRP) -> dict[str, str]:
    return {"deviceKey": srp.device_key} if srp.device_key else {}


def _session_of(step: dict[str, Any]) -> dict[str, str]:
    return {"session": step["session"]} if step.get("session") else {}
