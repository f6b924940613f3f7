"""The client: every operation, and what takes several of them."""

from __future__ import annotations

import json
import platform
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx

from artisthub_client import errors, models
from artisthub_client.operations import Operations
from artisthub_client.problem import NoAnswer, TotpRequired, UnknownChallenge, UploadFailed
from artisthub_client.session import Device, Session
from artisthub_client.srp import Srp, new_device

FORMS: dict[str, Any] = {
    "image": models.NewImageUpload,
    "audio": models.NewAudioUpload,
    "video": models.NewVideoUpload,
}
Code = str | Callable[[], str]


class ArtistHub(Operations):
    """A client of ArtistHub API. Each operation of the API is a method, in snake case.

    `url` is the API's address. `user_pool_id` is needed to sign in with a password.
    """

    def __init__(self, url: str, *, user_pool_id: str = "", **options: Any) -> None:
        super().__init__(url, **options)
        self.user_pool_id = user_pool_id

    def sign_in(
        self,
        email: str,
        password: str,
        *,
        totp: Code | None = None,
        device: Device | None = None,
        remember: bool = False,
        device_name: str = "",
    ) -> Session:
        """Sign in by SRP, which proves the password without sending it, and confirm a new device.

        `totp` is the code of the authenticator app, or a function that asks for it. `device` is
        that of an earlier session; if it was remembered, it replaces the code. `remember` remembers
        a new device. Raises errors.SignInFailed, TotpRequired and
        errors.TotpCodeInvalid.
        """
        try:
            username, step = self._signed_in(email, password, totp, device)
        except errors.SignInFailed:
            if device is None:
                raise
            device = None  # it may have been forgotten
            username, step = self._signed_in(email, password, totp, None)
        session = Session(username=username, device=device).with_tokens(step.tokens)
        self.session = session
        if step.new_device:
            device = self._confirmed(step.new_device, device_name, remember=remember)
            self.session = session = replace(session, device=device)
        return session

    def sign_in_by_code(self, *, code: str, code_verifier: str, redirect_uri: str) -> Session:
        """Sign in with an authorization code of the hosted page and its PKCE verifier."""
        tokens = self.exchange_code(
            code=code, code_verifier=code_verifier, redirect_uri=redirect_uri
        ).tokens
        claims = tokens.access_token.split(".")[1]
        subject = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"]
        self.session = session = Session(username=subject).with_tokens(tokens)
        return session

    def sign_out(self, *, everywhere: bool = False) -> None:
        """End this session, or all sessions of the account. Then forget the tokens."""
        if everywhere:
            self.logout(everywhere=True)
        elif self.session and self.session.refresh_token:
            self.logout(refresh_token=self.session.refresh_token)
        self.session = None

    def upload(self, content: bytes | Path, content_type: str) -> models.Upload:
        """Upload a file to S3. Afterwards it is at `media_url` of the answer.

        Raises UploadFailed if S3 refuses it.
        """
        form = FORMS.get(content_type.partition("/")[0], models.NewDocumentUpload)
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        upload = self.create_upload(form(content_type=content_type, file_bytes=size))
        with content.open("rb") if isinstance(content, Path) else BytesIO(content) as file:
            try:
                answer = self._http.post(upload.url, data=upload.fields, files={"file": file})
            except httpx.TransportError as failure:
                raise NoAnswer(f"POST {upload.url}: {failure}") from failure
        if answer.is_error:
            raise UploadFailed(answer.text)
        return upload

    def _signed_in(
        self, email: str, password: str, totp: Code | None, device: Device | None
    ) -> tuple[str, Any]:
        """The name for further calls, and the step that has the tokens."""
        srp, key = Srp(), device.key if device else None
        step: Any = self.start_login(email=email, srp_a=srp.a, device_key=key)
        username = step.parameters["USERNAME"]
        while not getattr(step, "tokens", None):
            common = {"username": username, "session": step.session, "device_key": key}
            parameters = step.parameters
            if step.challenge == "PASSWORD_VERIFIER":
                name, pool = parameters["USER_ID_FOR_SRP"], self.user_pool_id.partition("_")[2]
                proof: Any = srp.proof(parameters, group=pool, name=name, password=password)
                answer: Any = models.PasswordVerifier(**proof, **common)
            elif step.challenge == "SOFTWARE_TOKEN_MFA":
                if totp is None:
                    raise TotpRequired
                code = totp if isinstance(totp, str) else totp()
                answer = models.SoftwareToken(code=code, **common)
            elif step.challenge == "DEVICE_SRP_AUTH":
                answer = models.DeviceSrp(srp_a=srp.a, **common)
            elif step.challenge == "DEVICE_PASSWORD_VERIFIER" and device:
                proof = srp.proof(
                    parameters, group=device.group_key, name=device.key, password=device.secret
                )
                answer = models.DevicePasswordVerifier(**proof, **common)
            else:
                raise UnknownChallenge(step.challenge)
            step = self.answer_challenge(answer)
        return username, step

    def _confirmed(self, offered: models.NewDevice, name: str, *, remember: bool) -> Device:
        """Confirm a new device. Only then can the session be refreshed."""
        key, group = offered.device_key, offered.device_group_key
        secret, verifier, salt = new_device(group, key)
        self.confirm_device(
            key,
            name=name or platform.node() or "Python",
            password_verifier=verifier,
            salt=salt,
            remember=remember,
        )
        return Device(key=key, group_key=group, secret=secret)
