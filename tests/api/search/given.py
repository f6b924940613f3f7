"""Castings and profiles in the search index, and the results of searches."""

import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_casting, stored, table
from tests.streams import record


def a_word() -> str:
    """A word that no other document has."""
    return f"w{uuid.uuid4().hex[:12]}"


def index(kind: str, document_id: str) -> None:
    """Send the indexer a change of this casting or user, which must succeed."""
    assert consume_change(kind, document_id) == []


def consume_change(kind: str, document_id: str) -> Any:
    """Send the indexer a change of this casting or user, and return the failed records."""
    setting, key = {
        "casting": ("CASTING_TABLE", "castingId"),
        "user": ("USERS_TABLE", "userId"),
    }[kind]
    document = stored(setting, **{key: document_id}) or {key: document_id}
    change = record(old=document, new=document, table=table(setting).name)
    return api.consume("indexer", change)


def an_indexed_casting(recruiter: Account | None = None, **fields: Any) -> Any:
    """An open casting in the search index."""
    casting = a_casting(recruiter, "open", **fields)
    index("casting", casting["castingId"])
    return casting


def indexed(account: Account) -> Account:
    """The account, after its profile is in the search index."""
    index("user", account.user_id)
    return account


def castings(**query: Any) -> list[str]:
    """The ids of all castings that a search finds, page by page."""
    return [each["castingId"] for page in pages("/castings", query) for each in page]


def users(as_: Account, **query: Any) -> list[str]:
    """The ids of all profiles that a search finds, page by page."""
    return [each["userId"] for page in pages("/users", query, as_) for each in page]


def pages(path: str, query: dict[str, Any], as_: Account | None = None) -> Iterator[list[Any]]:
    url = f"{path}?{urlencode(query | {'limit': query.get('limit', 20)})}"
    after = ""
    while True:
        page = api.get(url + after, as_=as_)
        assert page.status == 200, page.text
        assert len(page.json["items"]) <= query.get("limit", 20)
        yield page.json["items"]
        if page.json["next"] is None:
            return
        after = f"&cursor={quote(page.json['next'])}"


def entries_of(document_id: str) -> list[dict[str, Any]]:
    """All entries of a document in the search index."""
    items = all_items("SEARCH_TABLE")
    return [item for item in items if item["sortKey"].partition("|")[2] == document_id]


def all_items(setting: str) -> list[dict[str, Any]]:
    found = table(setting).scan()
    items: list[dict[str, Any]] = found["Items"]
    while "LastEvaluatedKey" in found:
        found = table(setting).scan(ExclusiveStartKey=found["LastEvaluatedKey"])
        items += found["Items"]
    return items
