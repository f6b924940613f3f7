"""The Python client reads lists page by page."""

from typing import Any

import httpx

from artisthub_client import each, pages
from tests.unit.clients.python.service import client, signed_in


def a_page(*names: str, following: str | None) -> httpx.Response:
    items: list[dict[str, Any]] = [{"userId": name} for name in names]
    return httpx.Response(200, json={"items": items, "next": following})


def test_a_list_goes_on_after_an_empty_page_until_next_is_null() -> None:
    hub, service = client(
        a_page("1", "2", following="a"),
        a_page(following="b"),
        a_page("3", following=None),
        session=signed_in(),
    )

    assert [found.user_id for found in each(hub.list_blocks, limit=2)] == ["1", "2", "3"]
    sent = [dict(request.url.params) for request in service.requests]
    assert sent == [
        {"limit": "2"},
        {"limit": "2", "cursor": "a"},
        {"limit": "2", "cursor": "b"},
    ]


def test_a_page_is_read_only_when_it_is_needed() -> None:
    hub, service = client(a_page("1", following="a"), session=signed_in())

    found = each(hub.list_blocks)
    assert service.requests == []

    assert next(found).user_id == "1"
    assert len(service.requests) == 1


def test_filters_stay_the_same_and_lists_have_commas() -> None:
    hub, service = client(a_page(following="a"), a_page(following=None), session=signed_in())

    list(pages(hub.search_castings, category=["acting", "dance"], paid=True))

    for request in service.requests:
        assert request.url.params["category"] == "acting,dance"
        assert request.url.params["paid"] == "true"
