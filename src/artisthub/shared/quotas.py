"""Quotas: how much one account may do in a day (UTC), and how much it may have at once.

A quota of an account is one item of the Quotas table. It holds what remains of the day, so that to
spend is one conditional write; the first of a day is a second one. Nothing is read, and the item
does not grow. A level holds what the account has now. It changes in the transaction that changes
the thing itself, so it is exact. `most` is there only if an administrator changed the quota.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import msgspec

from artisthub.shared import dynamodb, errors
from artisthub.shared.settings import settings

# The most of each in a day. docs/api.md says what each counts.
QUOTAS = {
    "applications": 50,
    "applicationSteps": 3_000,
    "blocks": 100,
    "castings": 50,
    "castingChanges": 300,
    "connectionRequests": 20,
    "documents": 100,
    "exportPages": 200,
    "mails": 20,  # to this account, spent by the notifier
    "pictures": 30,
    "portfolioChanges": 100,  # fills an empty portfolio and work experience, and 20 more
    "preferenceChanges": 50,
    "profileChanges": 50,
    "reports": 20,
    "restores": 5,
    "savedCastings": 300,
    "uploads": 100,
    "uploadBytes": 500 * 1024 * 1024,
    "usernames": 20,
    "views": 1_000,
}
# The most of each at once.
LEVELS = {"openCastings": 90}

_REMAINS = "#day = :today AND remaining >= :amount"
_NEW_DAY = (
    "(attribute_not_exists(#day) OR #day < :today)"
    " AND (attribute_not_exists(most) OR most >= :amount)"
)
_HAS_ROOM = "(attribute_not_exists(most) AND taken < :most) OR taken < most"
_IS_COUNTED = "attribute_exists(taken)"

HOUR = 3600


class QuotaExceeded(errors.TooManyRequests):
    """`quota` is its name in QUOTAS or LEVELS."""

    detail = "You used up a quota of your account. `quota` names it."

    def __init__(self, quota: str = "applications") -> None:
        super().__init__(_explained(quota))
        self.quota = quota

    def headers(self) -> dict[str, str]:
        # A level opens when the account gives something up, which nobody can foretell.
        seconds = HOUR if self.quota in LEVELS else _seconds_until_midnight()
        return {"retry-after": str(seconds)}

    def document(self, request_id: str) -> dict[str, Any]:
        return {**super().document(request_id), "quota": self.quota}


def _explained(quota: str) -> str:
    if quota in LEVELS:
        return (
            f"Your quota `{quota}` is used up. It usually allows {LEVELS[quota]} at once. Close "
            "one first, or ask an administrator to raise the quota."
        )
    return (
        f"Your quota `{quota}` is used up for today (UTC). It usually allows {QUOTAS[quota]} a "
        "day. Wait for `Retry-After` seconds, or ask an administrator to raise it."
    )


def spend(user_id: str, quota: str, amount: int = 1) -> None:
    """Take the amount from what remains of today's quota. Raises QuotaExceeded.

    Call it after every check and just before the write, so that refused calls and replays spend
    nothing.
    """
    today = datetime.now(UTC).date().isoformat()
    spending = "SET remaining = remaining - :amount"
    starting = "SET #day = :today, remaining = if_not_exists(most, :most) - :amount"
    table, key, names = settings.QUOTAS_TABLE, _key(user_id, quota), {"#day": "day"}
    values = {":today": today, ":amount": amount}

    def is_started(found: dynamodb.Item | None) -> bool:
        spent = {"day": today, "remaining": (found or {}).get("most", QUOTAS[quota]) - amount}
        return found is not None and found.items() >= spent.items()

    for _ in range(2):
        try:
            return dynamodb.change_if(table, key, spending, _REMAINS, names, values)
        except dynamodb.ConditionFailed as refused:
            if refused.found and refused.found.get("day", "") >= today:
                break
        first = {**values, ":most": QUOTAS[quota]}
        try:
            return dynamodb.change_if(table, key, starting, _NEW_DAY, names, first, is_started)
        except dynamodb.ConditionFailed:
            continue  # Another call of the account started the day at the same moment.
    raise QuotaExceeded(quota)


class Said(msgspec.Struct, frozen=True):
    """The event that said the same before, or None, and how often it was said with this one."""

    before: str | None
    times: int


def said(what: str, event_id: str, until: int) -> Said:
    """Count that an event says this, and tell what was said before.

    The count outlives what it is about, so deleting that does not start again. It starts again at
    `until`, in seconds since 1970. An event that is delivered again is counted once.
    """
    table, key, values = settings.QUOTAS_TABLE, {"quotaId": f"told#{what}"}, {":event": event_id}
    is_first = "attribute_not_exists(quotaId) OR expiresAt <= :now OR firstId = :event"
    first = {**values, ":now": int(datetime.now(UTC).timestamp()), ":until": until, ":one": 1}
    saying = "SET firstId = :event, lastId = :event, said = :one, expiresAt = :until"
    try:
        dynamodb.change_if(table, key, saying, is_first, {}, first)
    except dynamodb.ConditionFailed as refused:
        found = refused.found or {}
    else:
        return Said(None, 1)
    last, times = str(found["lastId"]), int(found.get("said", 1))
    if last != event_id:
        times += 1
        again, exists = "SET lastId = :event, said = :times", "attribute_exists(quotaId)"
        dynamodb.update_if(table, key, again, exists, {}, {**values, ":times": times})
    return Said(last, times)


def taken(user_id: str, level: str, *, consistent: bool = False) -> int | None:
    """The amount that the account has of this level now, or None if nothing was counted yet."""
    item = dynamodb.get(settings.QUOTAS_TABLE, _key(user_id, level), consistent=consistent)
    return item.get("taken") if item else None


def start(user_id: str, level: str, taken: int) -> None:
    """Store how many the account has, unless it is counted already."""
    dynamodb.update_if(
        settings.QUOTAS_TABLE,
        _key(user_id, level),
        "SET taken = :taken",
        "attribute_not_exists(taken)",
        {},
        {":taken": taken},
    )


def change_of(user_id: str, level: str, change: int, *, is_limited: bool) -> dict[str, Any]:
    """The write of a transaction that changes a level. If it is limited, its condition may fail."""
    values = {":change": change} | ({":most": LEVELS[level]} if is_limited else {})
    return {
        "type": "update",
        "table": settings.QUOTAS_TABLE,
        "key": _key(user_id, level),
        "update_expression": "SET taken = taken + :change",
        "condition_expression": _HAS_ROOM if is_limited else _IS_COUNTED,
        "expression_attribute_values": values,
    }


def exists(quota: str) -> bool:
    return quota in QUOTAS or quota in LEVELS


def most_of(user_id: str, quota: str, most: int | None) -> dict[str, Any]:
    """The write of a transaction that changes an account's quota; None for the usual one.

    The account can use the new quota at once.
    """
    setting = "SET most = :most" if most is not None else ""
    removing = "REMOVE #day, remaining" + (", most" if most is None else "")
    write: dict[str, Any] = {
        "type": "update",
        "table": settings.QUOTAS_TABLE,
        "key": _key(user_id, quota),
        "update_expression": f"{setting} {removing}".strip(),
        "expression_attribute_names": {"#day": "day"},
    }
    return write | ({"expression_attribute_values": {":most": most}} if most is not None else {})


def forget(user_id: str) -> None:
    """Delete the account's quotas."""
    keys = [_key(user_id, quota) for quota in (*QUOTAS, *LEVELS)]
    dynamodb.write_many(settings.QUOTAS_TABLE, [], keys)


def _key(user_id: str, quota: str) -> dict[str, Any]:
    return {"quotaId": f"account#{user_id}#{quota}"}


def _seconds_until_midnight() -> int:
    now = datetime.now(UTC)
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, UTC)
    return int((midnight - now).total_seconds()) + 1
