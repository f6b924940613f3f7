"""Who is calling: always from the access token, never from a body or a path."""

from __future__ import annotations

from typing import Any

import msgspec

from artisthub.shared import errors
from artisthub.shared.settings import settings


class AccessTokenRequired(errors.Unauthorized):
    detail = "Send the access token; an ID token does not authorise calls."


class Caller:
    """An account with a verified access token."""

    __slots__ = ("groups", "signed_in_at", "token", "user_id")

    def __init__(
        self, user_id: str, groups: frozenset[str], token: str, signed_in_at: float = 0
    ) -> None:
        self.user_id = user_id
        self.groups = groups
        self.token = token
        self.signed_in_at = signed_in_at  # seconds since 1970; a refresh does not change it

    @property
    def is_admin(self) -> bool:
        return "admins" in self.groups


def of(event: dict[str, Any]) -> Caller:
    """The caller of an event whose JWT API Gateway has verified.

    The authorizer accepts ID tokens of the client as well (it compares `aud` or `client_id`), so
    `token_use` is checked here:
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
    """
    authorizer = event["requestContext"].get("authorizer")
    if not authorizer:
        raise errors.Unauthorized
    return from_claims(authorizer["jwt"]["claims"], bearer(event))


def id_in(event: dict[str, Any]) -> str | None:
    """Whose token API Gateway has verified, an access token or not; None on a public route."""
    authorizer = event["requestContext"].get("authorizer")
    return authorizer["jwt"]["claims"].get("sub") if authorizer else None


def from_claims(claims: dict[str, Any], token: str) -> Caller:
    if claims.get("token_use") != "access":
        raise AccessTokenRequired
    # API Gateway hands a list over as text: "[admins editors]".
    groups = claims.get("cognito:groups") or ""
    names = groups.strip("[]").replace(",", " ").split() if isinstance(groups, str) else groups
    signed_in_at = float(claims.get("auth_time", 0))
    return Caller(claims["sub"], frozenset(names), token, signed_in_at)


def bearer(event: dict[str, Any]) -> str:
    """The token of the Authorization header, which may come alone, or an empty text.

    As the authorizer of an HTTP API takes it: "The identitySource can include only the token, or
    the token prefixed with Bearer". Schemes are the same in any case (RFC 9110, section 11.1).
    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
    """
    parts: list[str] = event["headers"].get("authorization", "").split()
    if len(parts) == 2 and parts[0].lower() == "bearer":
        return parts[1]
    return parts[0] if len(parts) == 1 else ""


def on_public_route(event: dict[str, Any]) -> Caller | None:
    """Who calls a public route, where a token was sent and Cognito vouches for it.

    API Gateway checks no token on a public route, so its claims count only after Cognito's GetUser
    has accepted the token, which checks signature, expiry and revocation, but takes tokens of every
    user pool of every AWS account: whose it is, the client says, whose id is unique. Call it only
    when the answer depends on it: it is a request to Cognito.
    """
    from artisthub.shared import aws_json, cognito  # most public reads never come here

    token = bearer(event)
    claims = _claims(token)
    if claims is None:
        return None
    try:
        cognito.call("GetUser", AccessToken=token)
    except aws_json.AwsError:
        return None
    return from_claims(claims, token)


def _claims(token: str) -> dict[str, Any] | None:
    """The claims that a token states, unverified; None where it is no access token of ours."""
    from base64 import urlsafe_b64decode

    try:
        payload = token.split(".")[1]
        claims = msgspec.json.decode(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError, RecursionError):
        return None
    if not isinstance(claims, dict) or claims.get("token_use") != "access":
        return None
    return claims if claims.get("client_id") == settings.USER_POOL_CLIENT_ID else None
