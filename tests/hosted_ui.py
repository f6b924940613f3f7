"""What a browser does at the hosted UI of Cognito for a client with PKCE (RFC 7636)."""

import hashlib
import html
import re
import secrets
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import httpx

SCOPES = "openid email aws.cognito.signin.user.admin"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def sign_in(
    hosted_ui: str,
    client_id: str,
    redirect_uri: str,
    email: str,
    password: str,
    *,
    scopes: str = SCOPES,
) -> dict[str, str]:
    """The body of exchangeCode: the code that the page sent to the client, and its verifier."""
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": scopes,
        "state": "state-1",
        "code_challenge": urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    with httpx.Client(base_url=hosted_ui, trust_env=False) as browser:
        page = browser.get("/oauth2/authorize", params=asked)
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(page.text)}
        sent = browser.post("/login", data=hidden | {"username": email, "password": password})
    assert sent.status_code == 302, sent.text
    answer = parse_qs(urlsplit(sent.headers["location"]).query)
    assert answer["state"] == ["state-1"]
    return {"code": answer["code"][0], "codeVerifier": verifier, "redirectUri": redirect_uri}
