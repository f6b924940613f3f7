"""Quotas: how much one account may do in a day (UTC).

Each quota of an account is one item of the Quotas table, which holds what remains of the day. To
spend it is one conditional write; the first of a day is a second one. Nothing is read, and the item
does not grow.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from artisthub.shared import dynamodb, errors
from artisthub.shared.settings import settings


class Quota(NamedTuple):
    """The most of one thing in a day."""

    most: int
    counts: str


QUOTAS = {
    "applications": Quota(50, "new applications"),
    "reports": Quota(20, "new reports"),
}

_REMAINS = "#day = :today AND remaining >= :amount"
_NEW_DAY = (
    "(attribute_not_exists(#day) OR #day < :today)"
    " AND (attribute_not_exists(most) OR most >= :amount)"
)


class QuotaExceeded(errors.TooManyRequests):
    """`quota` is its name in QUOTAS. It opens again at midnight UTC."""

    detail = "You used up a quota of your account for today. `quota` names it."

    def __init__(self, quota: str = "applications") -> None:
        most = QUOTAS[quota].most
        super().__init__(
            f"Your quota `{quota}` is used up for today (UTC). It usually allows {most} a day. "
            "Wait for `Retry-After` seconds, or ask an administrator to raise it."
        )
        self.quota = quota

    def headers(self) -> dict[str, str]:
        return {"retry-after": str(_seconds_until_midnight())}

    def document(self, request_id: str) -> dict[str, Any]:
        return {**super().document(request_id), "quota": self.quota}


def spend(user_id: str, quota: str, amount: int = 1) -> None:
    """Take the amount from what remains of today's quota. Raises QuotaExceeded.

    Call it after every check and just before the write, so that refused calls and replays spend
    nothing.
    """
    values = {":today": datetime.now(UTC).date().isoformat(), ":amount": amount}
    spending = "SET remaining = remaining - :amount"
    starting = "SET #day = :today, remaining = if_not_exists(most, :most) - :amount"
    key, names = _key(user_id, quota), {"#day": "day"}
    if dynamodb.update_if(settings.QUOTAS_TABLE, key, spending, _REMAINS, names, values):
        return
    values[":most"] = QUOTAS[quota].most
    if not dynamodb.update_if(settings.QUOTAS_TABLE, key, starting, _NEW_DAY, names, values):
        raise QuotaExceeded(quota)


def forget(user_id: str) -> None:
    """Delete the account's quotas."""
    dynamodb.write_many(settings.QUOTAS_TABLE, [], [_key(user_id, quota) for quota in QUOTAS])


def _key(user_id: str, quota: str) -> dict[str, Any]:
    return {"quotaId": f"account#{user_id}#{quota}"}


def _seconds_until_midnight() -> int:
    now = datetime.now(UTC)
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, UTC)
    return int((midnight - now).total_seconds()) + 1
