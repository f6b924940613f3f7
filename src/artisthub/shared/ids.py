"""Identifiers: UUIDs (RFC 9562) as lower-case text."""

import os
import re
import time


def new() -> str:
    """A UUIDv7, which sorts by creation time and cannot be guessed (RFC 9562, section 5.7)."""
    millis = time.time_ns() // 1_000_000
    return _uuid(millis.to_bytes(6, "big") + os.urandom(10), version=7)


def derived(*parts: str) -> str:
    """A UUIDv8 made from the parts, so that a retried create finds its own item."""
    from hashlib import sha256  # only creates with an Idempotency-Key need it

    return _uuid(sha256("\0".join(parts).encode()).digest()[:16], version=8)


def derived_at(instant: str, *parts: str) -> str:
    """A UUIDv7 made from the instant and the parts, which also sorts by time."""
    from datetime import datetime
    from hashlib import sha256

    millis = round(datetime.fromisoformat(instant).timestamp() * 1000)
    digest = sha256("\0".join(parts).encode()).digest()
    return _uuid(millis.to_bytes(6, "big") + digest[:10], version=7)


def made_at(text: str) -> str:
    """When an id of `new` was made. Empty for another id."""
    from artisthub.shared import clock

    if not is_one(text) or text[14] != "7":
        return ""
    millis = int(text[:8] + text[9:13], 16)
    return clock.of_epoch(min(millis, 2**42) // 1000)  # a made-up id may have no real year


def is_one(text: str) -> bool:
    """Whether the text has the form of an id, ours or Cognito's."""
    return re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def _uuid(octets: bytes, version: int) -> str:
    number = int.from_bytes(octets, "big")
    number = number & ~(0xF << 76) | version << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
