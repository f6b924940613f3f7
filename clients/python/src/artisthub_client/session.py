"""A signed-in session, to keep between runs of a program."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace

from artisthub_client.models import Tokens
from artisthub_client.wire import decode, encode


@dataclass(frozen=True, kw_only=True)
class Device:
    """A confirmed device. `secret` stays on it."""

    key: str
    group_key: str
    secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Session:
    """The tokens of a sign-in. `expires_at` is the end of the access token, in seconds since 1970.

    Without a refresh token, the session ends with its access token.
    """

    access_token: str = field(default="", repr=False)
    expires_at: float = float("inf")
    username: str = ""
    refresh_token: str | None = field(default=None, repr=False)
    id_token: str | None = field(default=None, repr=False)
    device: Device | None = None

    def with_tokens(self, tokens: Tokens) -> Session:
        return replace(
            self,
            access_token=tokens.access_token,
            expires_at=time.time() + tokens.expires_in,
            refresh_token=tokens.refresh_token or self.refresh_token,
            id_token=tokens.id_token or self.id_token,
        )

    def to_json(self) -> str:
        """The session as text. The text lets anyone act as this person, so store it safely."""
        return json.dumps(encode(self))

    @staticmethod
    def from_json(text: str) -> Session:
        session: Session = decode(Session, json.loads(text))
        return session
