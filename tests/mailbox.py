"""The mailbox of the embedded SES."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx


def mails_to(address: str, endpoint_url: str) -> list[dict[str, Any]]:
    """The service's e-mails to an address, oldest first, without those of Cognito."""
    url = f"{endpoint_url}/_ministack/ses/messages"
    accounts = httpx.get(url, trust_env=False).json()["messages"].values()
    return [
        mail
        for mails in accounts
        for mail in mails
        if mail["To"] == [address] and mail["Source"].startswith("ArtistHub <notifications@")
    ]


def ending(mail: dict[str, Any]) -> str:
    """The path and query of an e-mail's unsubscribe link."""
    found = re.search(r"https?://\S+/v1/unsubscribe\S+", mail["BodyText"])
    assert found, mail["BodyText"]
    parts = urlsplit(found[0])
    return f"{parts.path.removeprefix('/v1')}?{parts.query}"
