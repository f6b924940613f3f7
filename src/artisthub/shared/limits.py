"""Limits on public routes, for each client address and for each account (decision 0020).

A function counts calls in its memory and adds them to the Quotas table a few at a time, so that
most people cause no write. It remembers who is refused, so that a flood causes none either.
"""

from __future__ import annotations

import time
from _blake2 import blake2b  # importing it from hashlib costs 5 ms
from typing import Any, Literal

import msgspec

from artisthub.shared import errors
from artisthub.shared.settings import settings

Name = Literal["signIn", "mails"]

# The setting of each limit: "calls/seconds" for a client address, then for an account.
SETTINGS: dict[Name, str] = {"signIn": "SIGN_IN_LIMIT", "mails": "MAIL_LIMIT"}
# A function adds this share of a limit at once, so it may allow that much more.
SHARE = 20
# Forget counts rather than grow: a flood may come from very many addresses.
MOST_REMEMBERED = 10_000

_pending: dict[str, int] = {}
_refused: dict[str, float] = {}


class Limit(msgspec.Struct, frozen=True):
    most: int
    seconds: int


def spend_client(name: Name, event: dict[str, Any]) -> None:
    """Count a call of the client's address. Raises TooManyRequests."""
    client = client_of(event)
    if settings.has(SETTINGS[name]) and client not in settings.UNLIMITED_CLIENTS.split():
        _spend(_limit_of(name, 0), f"{name} client {network_of(client)}")


def spend_account(name: Name, account: str) -> None:
    """Count a call for an account, whether it exists or not. Raises TooManyRequests."""
    if settings.has(SETTINGS[name]):
        _spend(_limit_of(name, 1), f"{name} account {account}")


def client_of(event: dict[str, Any]) -> str:
    """The client's address. Only API Gateway knows it: a header can say anything."""
    client: str = event["requestContext"]["http"]["sourceIp"]
    return client


def network_of(client: str) -> str:
    """The part of an address that its client cannot choose. In IPv6 it is the first 64 bits."""
    if ":" not in client:
        return client
    from socket import AF_INET6, inet_pton  # IPv4 does not need it

    packed = inet_pton(AF_INET6, client)
    if packed.startswith(bytes(10) + b"\xff\xff"):  # IPv4 in IPv6
        return ".".join(str(part) for part in packed[12:])
    return packed[:8].hex()


def _limit_of(name: Name, position: int) -> Limit:
    most, _, seconds = getattr(settings, SETTINGS[name]).split()[position].partition("/")
    return Limit(int(most), int(seconds))


def _spend(limit: Limit, subject: str) -> None:
    now = time.time()
    ends_at = (now // limit.seconds + 1) * limit.seconds
    key = f"limit#{blake2b(subject.encode(), digest_size=16).hexdigest()}#{int(ends_at)}"
    if _refused.get(key, 0) > now:
        raise _refusal(ends_at - now)
    step = max(1, limit.most // SHARE)
    pending = _pending.pop(key, 0) + 1
    if pending < step:
        _remember(_pending, key, pending)
    elif not _add(key, step, limit.most, int(ends_at)):
        _remember(_refused, key, ends_at)
        raise _refusal(ends_at - now)


def _add(key: str, step: int, most: int, ends_at: int) -> bool:
    from artisthub.shared import dynamodb  # most calls write nothing

    return dynamodb.update_if(
        settings.QUOTAS_TABLE,
        {"quotaId": key},
        "SET expiresAt = :ends_at ADD #used :step",
        "attribute_not_exists(#used) OR #used <= :room",
        {"#used": "used"},
        {":ends_at": ends_at, ":step": step, ":room": most - step},
    )


def _remember(counts: dict[str, Any], key: str, value: float) -> None:
    if len(counts) >= MOST_REMEMBERED:
        counts.clear()
    counts[key] = value


def _refusal(seconds: float) -> errors.TooManyRequests:
    refusal = errors.TooManyRequests()
    refusal.retry_after = int(seconds) + 1
    return refusal
