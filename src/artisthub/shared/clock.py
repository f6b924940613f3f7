"""Times as the API writes them: RFC 3339 in UTC with milliseconds, so they sort as text."""

from datetime import UTC, date, datetime


def now() -> str:
    return text(datetime.now(UTC))


def today() -> date:
    """The day in UTC. Ages and other days use it."""
    return datetime.now(UTC).date()


def text(instant: datetime) -> str:
    """For example `2026-11-22T16:54:00.000Z`. The instant must have a time zone."""
    utc = instant.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def of_epoch(seconds: float) -> str:
    """The time from AWS's seconds since 1970."""
    return text(datetime.fromtimestamp(seconds, UTC))
