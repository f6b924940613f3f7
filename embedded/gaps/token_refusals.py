"""Reasons for refused tokens.

AWS: an HTTP API's JWT authorizer says in `www-authenticate` why it refused a token. MiniStack sends
no such header.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
"""

import json
import time
from typing import Any

from ministack.services import apigateway


def challenge(token: str | None, authorizer: dict[str, Any]) -> str:
    """Return the header's value, with the reasons seen on AWS's page or in its responses."""
    if not token:
        return "Bearer"
    reason = _reason(token, authorizer)
    description = f' error_description="{reason}"' if reason else ""
    return f'Bearer scope="" error="invalid_token"{description}'


def _reason(token: str, authorizer: dict[str, Any]) -> str:
    parts = token.split(".")
    if len(parts) != 3:
        return "token contains an invalid number of segments"
    try:
        claims = json.loads(apigateway._b64url_decode(parts[1]))
    except ValueError:
        return ""
    settings = authorizer.get("jwtConfiguration") or {}
    audience = settings.get("audience") or settings.get("Audience") or []
    if claims.get("exp", 0) <= time.time():
        return "the token has expired"
    if claims.get("aud", claims.get("client_id")) not in audience:
        return "the token does not have a valid audience"
    return ""


def close() -> None:
    validate = apigateway._validate_jwt_authorizer

    async def validate_and_say(
        route: Any, authorizer: Any, headers: Any, query: Any
    ) -> tuple[Any, Any, Any]:
        claims, scopes, refusal = await validate(route, authorizer, headers, query)
        if refusal and refusal[0] == 401:
            source = authorizer.get("identitySource", [])
            token = apigateway._extract_token_from_identity_source(source, headers, query)
            refusal[1]["www-authenticate"] = challenge(token, authorizer)
        return claims, scopes, refusal

    apigateway._validate_jwt_authorizer = validate_and_say
