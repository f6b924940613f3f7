"""A small client of ArtistHub API: signs in by SRP through the API's own endpoints."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
import pyotp
from pycognito.aws_srp import AWSSRP


class ApiError(Exception):
    """The API refused; `problem` is its RFC 9457 document, empty where the gateway refused."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        is_problem = response.headers.get("Content-Type", "").startswith("application/problem+json")
        self.problem: dict[str, Any] = response.json() if is_problem else {}
        self.code: str | None = self.problem.get("code")
        request = response.request
        super().__init__(f"{request.method} {request.url}: {self.status} {response.text}")


@dataclass(frozen=True)
class Tokens:
    access_token: str
    id_token: str
    refresh_token: str
    username: str  # Cognito's own name of the account, wanted by POST /v1/auth/refresh


class Client:
    """`token`, once set or signed in for, is sent with every request."""

    def __init__(self, api_url: str, user_pool_id: str, token: str = "") -> None:
        self.user_pool_id = user_pool_id
        self.token = token
        # The embedded AWS is on this machine: a proxy from the environment would not find it.
        self._http = httpx.Client(base_url=api_url, timeout=60, trust_env=False)

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
        """The answer as it is, refusals too."""
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self._http.request(method, path, json=body, headers=bearer | (headers or {}))

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """The answer of a call that must succeed; else ApiError."""
        response = self.request(method, path, body, headers)
        if response.is_error:
            raise ApiError(response)
        return response

    def sign_in(self, email: str, password: str, totp_secret: str = "") -> Tokens:
        """Proves the password by SRP; the password itself is not sent."""
        answer = self.proof_of(email, password)
        outcome = self.call("POST", "/v1/auth/challenge", answer).json()
        if outcome.get("challenge") == "SOFTWARE_TOKEN_MFA":
            code = {
                "challenge": "SOFTWARE_TOKEN_MFA",
                "username": answer["username"],
                "code": pyotp.TOTP(totp_secret).now(),
                "session": outcome["session"],
            }
            outcome = self.call("POST", "/v1/auth/challenge", code).json()
        tokens = outcome["tokens"]
        self.token = tokens["accessToken"]
        return Tokens(
            access_token=tokens["accessToken"],
            id_token=tokens["idToken"],
            refresh_token=tokens["refreshToken"],
            username=answer["username"],
        )

    def proof_of(self, email: str, password: str) -> dict[str, str]:
        """The body of answerChallenge that proves the password."""
        # Our endpoints add the client's id and secret; the proof needs the pool's name alone.
        srp = AWSSRP(email, password, self.user_pool_id, client_id="", client=object())
        start = {"email": email, "srpA": srp.get_auth_params()["SRP_A"]}
        challenge = self.call("POST", "/v1/auth/login", start).json()
        proof = srp.process_challenge(challenge["parameters"], {"USERNAME": email})
        session = {"session": challenge["session"]} if challenge.get("session") else {}
        return {
            "challenge": "PASSWORD_VERIFIER",
            "username": proof["USERNAME"],
            "secretBlock": proof["PASSWORD_CLAIM_SECRET_BLOCK"],
            "signature": proof["PASSWORD_CLAIM_SIGNATURE"],
            "timestamp": proof["TIMESTAMP"],
        } | session
