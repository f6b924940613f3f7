"""Sign in on Cognito's hosted UI like a browser, for a client with PKCE (RFC 7636)."""

import hashlib
import html
import re
import secrets
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx

SCOPES = "openid email aws.cognito.signin.user.admin"
# The action has a query. AWS repeats the form, for narrow and for wide screens.
_ACTION = re.compile(r'<form[^>]* action="([^"]*/login[^"]*)"')
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
    """Sign in and return the body for exchangeCode: the code, its verifier and the redirect URI."""
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
    sent_to = browse(f"{hosted_ui}/oauth2/authorize?{urlencode(asked)}", email, password)
    answer = parse_qs(urlsplit(sent_to).query)
    assert answer["state"] == ["state-1"]
    return {"code": answer["code"][0], "codeVerifier": verifier, "redirectUri": redirect_uri}


def browse(page_url: str, email: str, password: str) -> str:
    """Sign in on the page and return the URL that it redirects to."""
    with httpx.Client(trust_env=False) as browser:
        page = browser.get(page_url, follow_redirects=True)
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(page.text)}
        form = hidden | {"username": email, "password": password}
        [action, *_] = _ACTION.findall(page.text)
        sent = browser.post(urljoin(str(page.url), html.unescape(action)), data=form)
    assert sent.status_code == 302, sent.text
    return sent.headers["location"]
