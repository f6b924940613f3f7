"""The caller, always from the access token, never from a body or a path."""

from __future__ import annotations

from typing import Any

import msgspec

from artisthub.shared import errors
from artisthub.shared.settings import settings

# Errors of Cognito that do not mean a bad token.
_BUSY = ("TooManyRequestsException", "InternalErrorException")


class AccessTokenRequired(errors.Unauthorized):
    detail = "This is not an access token. Send the access token, not the ID token."


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
    def is_in_admins(self) -> bool:
        """Whether the token says so. The account may be suspended since: ask users.is_admin."""
        return "admins" in self.groups


def of(event: dict[str, Any]) -> Caller:
    """The caller of an event whose JWT API Gateway has verified.

    The authorizer also accepts the client's ID tokens, because it compares `aud` or `client_id`. So
    `token_use` is checked here.
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
    """
    authorizer, token = event["requestContext"].get("authorizer"), bearer(event)
    # A header that the authorizer reads and `bearer` does not must not work for some operations.
    if not authorizer or (not token and "authorization" in event["headers"]):
        raise errors.Unauthorized
    return from_claims(authorizer["jwt"]["claims"], token)


def id_in(event: dict[str, Any]) -> str | None:
    """The user id in the verified token of any kind, or None on a public route."""
    authorizer = event["requestContext"].get("authorizer")
    return authorizer["jwt"]["claims"].get("sub") if authorizer else None


def from_claims(claims: dict[str, Any], token: str) -> Caller:
    if claims.get("token_use") != "access":
        raise AccessTokenRequired
    # API Gateway passes a list as text: "[admins editors]".
    groups = claims.get("cognito:groups") or ""
    names = groups.strip("[]").replace(",", " ").split() if isinstance(groups, str) else groups
    signed_in_at = float(claims.get("auth_time", 0))
    return Caller(claims["sub"], frozenset(names), token, signed_in_at)


def bearer(event: dict[str, Any]) -> str:
    """The token of the Authorization header, with or without Bearer, or an empty text.

    As an HTTP API's authorizer reads it: "The identitySource can include only the token, or the
    token prefixed with Bearer". Schemes are not case-sensitive (RFC 9110, section 11.1).
    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
    """
    parts: list[str] = event["headers"].get("authorization", "").split()
    if len(parts) == 2 and parts[0].lower() == "bearer":
        return parts[1]
    return parts[0] if len(parts) == 1 else ""


def on_public_route(event: dict[str, Any]) -> Caller | None:
    """The caller of a public route, or None without a token. Raises Unauthorized for a bad one.

    API Gateway checks no tokens on public routes. Cognito's GetUser checks signature, expiry and
    revocation, but accepts tokens of every user pool of every AWS account. So the token must also
    name this client, whose id is unique. Each call is a request to Cognito: use it only if the
    answer depends on the caller.
    """
    from artisthub.shared import aws_json, cognito  # most public reads do not need it

    if "authorization" not in event["headers"]:
        return None
    token = bearer(event)
    claims = _claims(token)
    if claims is None:
        raise errors.Unauthorized
    try:
        cognito.call("GetUser", AccessToken=token)
    except aws_json.AwsError as refused:
        if refused.code in _BUSY:
            raise errors.Busy from None
        raise errors.Unauthorized from None
    return from_claims(claims, token)


def _claims(token: str) -> dict[str, Any] | None:
    """The token's unverified claims, or None if it is no access token of this client."""
    from base64 import urlsafe_b64decode

    try:
        payload = token.split(".")[1]
        claims = msgspec.json.decode(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError, RecursionError):
        return None
    if not isinstance(claims, dict) or claims.get("token_use") != "access":
        return None
    return claims if claims.get("client_id") == settings.USER_POOL_CLIENT_ID else None
