"""GET /v1/unsubscribe, the page behind the link in each e-mail."""

from base64 import b64decode

import pytest

from artisthub.notifications import handlers
from tests.unit.calls import call, event

USER_ID = "019ac3d0-8f4e-7a31-b5c2-6d1f0e9a8b71"


def test_the_unsubscribe_page_asks_first_and_does_not_show_the_token() -> None:
    token = f"{USER_ID}.progress.{'A' * 43}"

    page = call(handlers.unsubscribe_page, event(query={"token": token}))

    html = b64decode(page.body).decode()
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<form method="post"><button>Stop e-mails about progress</button></form>' in html
    assert USER_ID not in html
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "token",
    [
        "",
        f"{USER_ID}.gossip.{'A' * 43}",
        f"{USER_ID}.progress.{'A' * 42}",
        f"{USER_ID}.<script>.{'A' * 43}",
        f"{USER_ID}.progress.{'A' * 43}\n",
        f"{USER_ID}.progress.{'é' * 43}",
    ],
)
def test_an_invalid_unsubscribe_token_gets_422(token: str) -> None:
    assert call(handlers.unsubscribe_page, event(query={"token": token})).status == 422
