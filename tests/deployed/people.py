"""The deployed service and its callers."""

import hmac
import json
import os
import time
import uuid
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx
import pytest

from artisthub.shared.quotas import LEVELS, QUOTAS
from embedded.client import Client, Tokens, http_client
from tests.api import templates
from tests.deployed.target import Mailbox
from tests.uploads import send

TOKEN_SECONDS = 50 * 60
PASSWORD = "Monsoon-Stage-2026"
PLENTY = 1_000_000_000_000
# Consumers read streams within a second, but a busy machine or a scan of all data needs longer.
# The address of every test account. SES accepts it, in its sandbox too, and delivers to nobody.
# https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
LABELLED = "success+artisthub-tests.{}@simulator.amazonses.com"


@dataclass
class Service:
    """The deployed service. The address of each account that a test creates contains `run`."""

    outputs: dict[str, Any]
    cognito: Any
    readable: Mailbox | None = None
    run: str = field(default_factory=lambda: uuid.uuid4().hex[:8])

    def __post_init__(self) -> None:
        self.http = http_client(f"{self.outputs['apiUrl']}/v1")

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox. Skips the test if the stage has none that tests can read."""
        if self.readable is None:
            pytest.skip("needs an e-mail, which these tests cannot read on a deployed stage")
        return self.readable

    def address(self) -> str:
        """A new e-mail address."""
        return LABELLED.format(f"{self.run}.{uuid.uuid4().hex[:16]}")

    def account(self) -> "Person":
        """A signed-in account without a profile. An operator creates it, so no code is sent."""
        person = Person(self, email=self.address())
        pool, known = {"UserPoolId": self.outputs["userPoolId"]}, {"Username": person.email}
        attributes = {"email": person.email, "email_verified": "true"}
        self.cognito.admin_create_user(
            **pool,
            **known,
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
            MessageAction="SUPPRESS",
        )
        self.cognito.admin_set_user_password(**pool, **known, Password=PASSWORD, Permanent=True)
        person.sign_in()
        return person

    def sign_up_by_page(self, email: str, password: str = PASSWORD) -> None:
        """Sign up as the hosted page does, without the API."""
        self.cognito.sign_up(
            **self.client_of(email),
            Username=email,
            Password=password,
            UserAttributes=[{"Name": "email", "Value": email}],
        )

    def client_of(self, username: str) -> dict[str, str]:
        """The user pool client, with the proof of its secret for this account if it has one.

        https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
        """
        client = {"ClientId": self.outputs["userPoolClientId"]}
        pool_id = self.outputs["userPoolId"]
        known = self.cognito.describe_user_pool_client(UserPoolId=pool_id, **client)
        secret = known["UserPoolClient"].get("ClientSecret")
        if secret is None:
            return client
        message = (username + client["ClientId"]).encode()
        digest = hmac.digest(secret.encode(), message, "sha256")
        return client | {"SecretHash": b64encode(digest).decode()}

    def confirm(self, email: str) -> None:
        """Confirm a sign-up without its code, as an operator."""
        pool_id = self.outputs["userPoolId"]
        self.cognito.admin_confirm_sign_up(UserPoolId=pool_id, Username=email)

    def make_admin(self, person: "Person") -> None:
        """Make the account an administrator from its next sign-in."""
        self.cognito.admin_add_user_to_group(
            UserPoolId=self.outputs["userPoolId"], GroupName="admins", Username=person.email
        )

    def person(self, role: str, **profile: Any) -> "Person":
        """An account with a profile."""
        person = self.account()
        person.me = person.succeed("POST", "/users", a_new_user(role=role, **profile)).json()
        self.verify(person)
        return person

    def verify(self, person: "Person") -> None:
        """Verify a recruiter, if only verified recruiters can publish in this stage."""
        if person.me["role"] == "recruiter" and self._verifier:
            path = f"/admin/users/{person.me['userId']}/verification"
            self._verifier.succeed("PUT", path)
            person.me = person.succeed("GET", "/users/me").json()

    @cached_property
    def _verifier(self) -> "Person | None":
        """An administrator, if only verified recruiters can publish in this stage."""
        stage = templates.stage(self.http.get("/health").json()["stage"])
        if stage["publishing"] == "everyone":
            return None
        admin = self.account()
        self.make_admin(admin)
        admin.sign_in()
        return admin


@dataclass
class Person:
    """A caller. Without an e-mail address, the caller is not signed in."""

    service: Service
    email: str = ""
    token: str = ""
    me: dict[str, Any] = field(default_factory=dict)
    signed_in_at: float = field(default_factory=time.monotonic)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Call the API. `if_match="…"` sends If-Match. A body of bytes is not encoded."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        # Access tokens live for an hour, and people who are shared by all tests for longer.
        if self.email and self.token and time.monotonic() > self.signed_in_at + TOKEN_SECONDS:
            self.sign_in()
        if self.token:
            sent = {"authorization": f"Bearer {self.token}"} | sent
        if body is None:
            return self.service.http.request(method, path, headers=sent)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"content-type": "application/json"} | sent
        return self.service.http.request(method, path, content=raw, headers=sent)

    def succeed(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        answer = self.call(method, path, body, **headers)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer

    def sign_in(
        self, password: str = PASSWORD, totp_secret: str = "", *, confirm: bool = False
    ) -> Tokens:
        """Sign in. Only sessions that a test refreshes need a confirmed device."""
        outputs = self.service.outputs
        with Client(outputs["apiUrl"], outputs["userPoolId"]) as client:
            tokens = client.sign_in(self.email, password, totp_secret, confirm=confirm)
        self.token, self.signed_in_at = tokens.access_token, time.monotonic()
        return tokens

    def uploaded(self, content: bytes) -> str:
        """The `mediaUrl` of an image that the person uploaded."""
        body = {"kind": "image", "contentType": "image/jpeg", "fileBytes": len(content)}
        made = self.succeed("POST", "/media/uploads", body).json()
        sent = send(made, content)
        assert sent.status_code == 204, sent.text
        return str(made["mediaUrl"])

    def notified(self, kind: str) -> dict[str, Any]:
        """Wait for a notification of this kind and return the newest."""
        deadline = time.monotonic() + patience()
        while True:
            listed = self.succeed("GET", "/users/me/notifications").json()["items"]
            found: list[dict[str, Any]] = [each for each in listed if each["kind"] == kind]
            if found:
                return found[0]
            assert time.monotonic() < deadline, f"no notification of kind {kind}: {listed}"
            time.sleep(0.05)

    def mailed(self, wanted: int = 1) -> list[dict[str, Any]]:
        """Wait for this number of e-mails to the account and return them."""
        deadline = time.monotonic() + patience()
        while True:
            mails = self.service.mailbox.mails_to(self.email)
            if len(mails) >= wanted:
                return mails
            assert time.monotonic() < deadline, f"expected {wanted} e-mails, got {mails}"
            time.sleep(0.05)

    def casting(self, *statuses: str, **fields: Any) -> dict[str, Any]:
        """A new casting of this recruiter, moved through these statuses.

        Its roles are unpaid if they say nothing else.
        """
        roles = [{"pay": A_ROLE["pay"]} | role for role in fields.pop("roles", [A_ROLE])]
        body = a_new_casting(**fields, roles=roles)
        self.service.verify(self)  # a new name ends a verification
        casting: dict[str, Any] = self.succeed("POST", "/castings", body).json()
        for status in statuses:
            path = f"/castings/{casting['castingId']}/status"
            casting = self.succeed("PUT", path, {"status": status}).json()
        return casting


def patience() -> float:
    """How many seconds to wait for a consumer."""
    return float(os.environ.get("PATIENCE_SECONDS", "120"))


def eventually(found: Callable[[], Any], wanted: Any, *, seconds: float | None = None) -> None:
    """Wait until `found()` returns `wanted`. Fail after this time."""
    deadline = time.monotonic() + (seconds or patience())
    while (last := found()) != wanted:
        assert time.monotonic() < deadline, last
        time.sleep(0.05)


def with_raised_quotas(person: Person, by: Person) -> Person:
    """The person with more of every quota than tests of all operations spend."""
    for quota in (*QUOTAS, *LEVELS):
        path = f"/admin/users/{person.me['userId']}/quotas/{quota}"
        by.succeed("PUT", path, {"most": PLENTY, "reason": "Tries every operation"})
    return person


def a_name() -> str:
    return f"name.{uuid.uuid4().hex[:16]}"


def a_new_user(**fields: Any) -> dict[str, Any]:
    return {
        "username": a_name(),
        "role": "artist",
        "displayName": "Priya Sharma",
        "bornOn": "1990-05-17",
    } | fields


A_ROLE = {"title": "Dancer", "pay": {"kind": "unpaid"}}


def a_new_casting(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Dancers for a river festival",
        "description": "An evening in the open air.",
        "category": "dance",
        "city": "Kolkata",
        "roles": [A_ROLE],
    } | fields


def as_changed(casting: dict[str, Any]) -> dict[str, Any]:
    """The casting as answers to changes have it: without who casts."""
    return {**casting, "recruiter": None}


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, which must be a complete problem document (RFC 9457)."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["instance"] == answer.headers["x-request-id"]
    assert {"type", "title", "code", "detail"} <= document.keys()
    return answer.status_code, document["code"]
