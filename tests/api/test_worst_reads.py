"""No read costs more read units than its budget, whatever the documents contain.

This is the short version of the search in `bench/worst.py`, on a smaller stage.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from artisthub.search import rules
from artisthub.shared import paging, sizes
from bench import worst_reads
from contract import openapi
from tests.api import api, largest
from tests.api.builders import stored
from tests.api.largest import World

pytestmark = pytest.mark.weakness(4)

READS = {route.spec.name: route for route in openapi.every_route() if route.method == "GET"}
SEARCHED = sorted(READS.keys() - worst_reads.READS_NOTHING)


@pytest.fixture(scope="module")
def world() -> World:
    return World(many=21)


@pytest.mark.parametrize(
    "operation",
    [
        # One of 48 seconds; test_bands_are_searched_as_verified_recruiters_search_them is short.
        pytest.param(name, marks=pytest.mark.slow if name == "searchUsers" else ())
        for name in SEARCHED
    ],
)
def test_no_read_costs_more_than_its_read_units(
    world: World, operation: str, record_property: Callable[[str, object], None]
) -> None:
    route = READS[operation]

    found = worst_reads.costliest(route, world.calls()[operation], is_quick=True)

    record_property("read units", f"{operation:28}{'; '.join(map(str, found))}")
    for each in found:
        assert each.units <= worst_reads.most_units(route, each.page), found


def test_every_read_of_the_route_table_is_searched(world: World) -> None:
    assert world.calls().keys() == set(SEARCHED)
    assert worst_reads.READS_NOTHING.keys() <= READS.keys()


@pytest.mark.slow
def test_hypothesis_searches_too(world: World) -> None:
    route = READS["searchUsers"]

    found = worst_reads.costliest(route, world.calls()["searchUsers"], is_quick=True, tries=5)

    assert 0 < found[0].units <= worst_reads.most_units(route), found


def test_bands_are_searched_as_verified_recruiters_search_them(world: World) -> None:
    route, [_, call] = READS["searchUsers"], world.calls()["searchUsers"]
    values = worst_reads.parameters(route)
    of_bands = {name: values[name][0] for name in ("playingAge", "height")}

    for query in [*({name: value} for name, value in of_bands.items()), of_bands]:
        [first, *_] = worst_reads.pages(call, {"limit": "100"} | query)

        assert 10 < first.units <= worst_reads.most_units(route, first.page), first


@pytest.mark.slow
def test_the_search_finds_a_list_without_a_budget(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "affordable", lambda *_: 1_000)
    route = READS["listCastingApplications"]

    [worst, *_] = worst_reads.costliest(route, world.calls()[route.spec.name], is_quick=True)

    assert worst.units > paging.MOST_UNITS


def test_a_page_without_a_token_has_at_most_20_items(world: World) -> None:
    page = api.get("/castings?category=photography&limit=100").json

    assert len(page["items"]) <= 20
    assert page["next"]


@pytest.mark.parametrize(
    "limit", [20, *(pytest.param(limit, marks=pytest.mark.slow) for limit in (7, 100))]
)
@pytest.mark.parametrize(
    ("operation", "field", "count"),
    [
        ("listCastingApplications", "applicationId", largest.MANY),
        ("listApplicants", "applicationId", largest.MANY),
        ("listMyApplications", "castingId", largest.MANY - 1),
        ("listSavedCastings", "casting", largest.MANY),
        ("listNotifications", "notificationId", largest.MANY),
        ("listConnections", "userId", largest.MANY),
        ("listBlocks", "userId", largest.BLOCKS),
        ("listAuditEntries", "at", largest.MANY),
    ],
)
def test_pages_that_end_early_are_complete_together(
    world: World, operation: str, field: str, count: int, limit: int
) -> None:
    [call] = world.calls()[operation]
    filters = "".join(f"&{name}={value}" for name, value in call.query.items())
    found: list[Any] = []
    after = ""

    while True:
        page = api.get(f"{call.path}?limit={limit}{filters}{after}", as_=call.caller).json
        assert len(page["items"]) <= limit
        found += [str(each[field]) for each in page["items"]]
        if not page["next"]:
            break
        after = f"&cursor={quote(page['next'])}"

    assert len(found) == len(set(found)) == count


def test_the_largest_cards_and_entries_are_small(world: World) -> None:
    cards = [
        stored("CARDS_TABLE", cardId=f"user#{world.people[0]}"),
        stored("CARDS_TABLE", cardId=f"casting#{world.castings[0]}"),
    ]

    assert all(card and sizes.item_bytes(plain(card)) <= sizes.READ_BYTES for card in cards)
    assert rules.MAX_CARD < sizes.READ_BYTES


def plain(value: Any) -> Any:
    """The item as our client reads it."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return bytes(value) if hasattr(value, "value") else value
