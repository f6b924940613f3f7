"""Instants as the API writes them: RFC 3339, UTC, milliseconds, so that text sorts as time does."""

from datetime import UTC, datetime


def now() -> str:
    return text(datetime.now(UTC))


def text(instant: datetime) -> str:
    """`2026-11-22T16:54:00.000Z`; the instant must know its time zone."""
    utc = instant.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def of_epoch(seconds: float) -> str:
    """An instant that AWS gives in seconds since 1970."""
    return text(datetime.fromtimestamp(seconds, UTC))
