"""Stream records for the notifier, and the notifications that result."""

from typing import Any

from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import Situation
from tests.api.builders import stored
from tests.streams import record

NOTIFICATIONS = "/users/me/notifications"
PREFERENCES = "/users/me/notification-preferences"


def told(old: Any, new: Any, table: str = "ApplicationsTable") -> list[str]:
    """Send a change to the notifier, and return the records that it reports as failed."""
    return api.consume("notifier", record(old=old, new=new, table=table))


def moved(situation: Situation, status: str) -> tuple[Any, Any]:
    """Take a step, and return the application before and after it."""
    before = situation.item
    situation.move(status)
    return before, situation.item


def side_of(account: Account, other: Account) -> Any:
    return stored("CONNECTIONS_TABLE", userId=account.user_id, otherUserId=other.user_id)


def listed(account: Account) -> Any:
    answer = api.get(f"{NOTIFICATIONS}?limit=100", as_=account)
    assert answer.status == 200, answer.text
    return answer.json


def kinds(account: Account) -> list[str]:
    return [each["kind"] for each in listed(account)["items"]]


def prefer(account: Account, **topics: dict[str, bool]) -> None:
    answer = api.put(PREFERENCES, topics, as_=account)
    assert answer.status == 200, answer.text
