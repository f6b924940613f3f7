"""Sign-up and forgotten passwords on the hosted page."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx
import pytest

from embedded import Instance
from tests import hosted_ui
from tests.embedded.gaps.user_pool import EMAIL, PASSWORD, UserPool

CALLBACK = "http://localhost:3000/callback"
NEW_PASSWORD = "Another-Horse-8"


@pytest.fixture
def pool(patched: Instance) -> Iterator[UserPool]:
    with UserPool(patched, AutoVerifiedAttributes=["email"]) as pool:
        yield pool


def get(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False)


class Browser:
    """Follows the links of the hosted page and sends its forms."""

    def __init__(self, instance: Instance, pool: UserPool) -> None:
        asked = {
            "client_id": pool.client_id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": hosted_ui.SCOPES,
            "state": "state-1",
            "code_challenge": "c" * 43,
            "code_challenge_method": "S256",
        }
        self.page = get(f"{instance.endpoint_url}/oauth2/authorize?{urlencode(asked)}")

    def follow(self, text: str) -> None:
        links = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', self.page.text))
        [link] = [link for link, shown in links.items() if shown == text]
        self.page = get(urljoin(str(self.page.url), html.unescape(link)))

    def send(self, **typed: str) -> None:
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', self.page.text))
        form = {name: html.unescape(value) for name, value in hidden.items()} | typed
        [action] = re.findall(r'action="([^"]+)"', self.page.text)
        self.page = httpx.post(urljoin(str(self.page.url), action), data=form, trust_env=False)


def test_ministack_has_only_the_page_to_sign_in(unpatched: Instance) -> None:
    with UserPool(unpatched) as pool:
        browser = Browser(unpatched, pool)

        assert browser.page.status_code == 200
        assert "<a " not in browser.page.text


def test_a_sign_up_on_the_page_ends_with_a_code(patched: Instance, pool: UserPool) -> None:
    browser = Browser(patched, pool)
    browser.follow("Sign up")
    browser.send(username="new@example.com", password=PASSWORD)
    browser.send(code="123456")

    assert browser.page.status_code == 302
    sent_to = urlsplit(browser.page.headers["location"])
    assert parse_qs(sent_to.query).keys() == {"code", "state"}


def test_a_forgotten_password_is_reset_on_the_page(patched: Instance, pool: UserPool) -> None:
    browser = Browser(patched, pool)
    browser.follow("Forgot your password?")
    browser.send(username=EMAIL)
    browser.send(code="654321", password=NEW_PASSWORD)
    browser.send(username=EMAIL, password=NEW_PASSWORD)

    assert browser.page.status_code == 302
    assert "code=" in browser.page.headers["location"]
