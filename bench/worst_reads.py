"""A search for the query that costs an operation most read units.

It calls the reads of the API as API Gateway does, on a stage full of the largest documents. The
queries are hand-made, with each filter alone and with many at once, and of Hypothesis, which
changes them towards higher cost. Each query is followed through its pages.
"""

from __future__ import annotations

import io
import json
import random
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import hypothesis
from hypothesis import strategies as st

from artisthub.shared import paging, shapes
from bench import worst_cpu
from tests.api import api, largest

if TYPE_CHECKING:
    from contract import openapi
    from tests.api.largest import Call

Query = dict[str, str]

TOP = 3
MOST_PAGES = 6
LIMITS = ("1", "20", "100", "1000")
# Queries with several random filters.
MIXES, QUICK_MIXES = 10, 4
MOST_OF_A_CASTING = 30

# Reads of the route table that are not searched, each with its reason.
READS_NOTHING = {
    "listDevices": "Cognito keeps the devices",
    "health": "it has no table",
    "openapi": "it is a file of the package",
    "docs": "it is a file of the package",
    "unsubscribePage": "it shows a form; only the form's POST reads",
}


@dataclass(order=True)
class Found:
    """A page with its cost."""

    units: float
    page: str

    def __str__(self) -> str:
        return f"{self.units:g} {self.page}"


def most_units(route: openapi.Route, page: str = "") -> float:
    """The budget of a page. Administrators have that of pages with a token for each casting."""
    if route.spec.name == "getCasting":
        return paging.MOST_UNITS if "by an administrator" in page else MOST_OF_A_CASTING
    return paging.MOST_UNITS if route.needs_token else paging.MOST_PUBLIC_UNITS


def costliest(
    route: openapi.Route,
    calls: list[Call],
    *,
    tries: int = 0,
    seed: int = 0,
    is_quick: bool = False,
) -> list[Found]:
    """The pages that cost the operation most.

    tries: the number of queries that Hypothesis makes after the hand-made ones, if the operation
    has query parameters
    """
    choice, found = random.Random(seed), list[Found]()
    for call in calls:
        for query in families(parameters(route), choice, is_quick=is_quick):
            found += pages(call, query)
    if tries and parameters(route):
        found += _by_hypothesis(route, calls, tries, seed)
    best = {each.page: each for each in sorted(found)}
    return sorted(best.values(), reverse=True)[:TOP]


def parameters(route: openapi.Route) -> dict[str, list[str]]:
    """The query parameters of the operation with their values. `cursor` comes from the pages.

    Raises KeyError for a new parameter, which needs values in tests/api/largest.py.
    """
    if route.spec.query is None:
        return {}
    part = shapes.of(route.spec.query)
    assert isinstance(part, shapes.Fields)
    return {
        name: list(LIMITS) if name == "limit" else _words(each) or largest.VALUES[name]
        for name, each in part.parts.items()
        if name not in {"cursor", "subject"}  # a call has its subject
    }


def _words(part: shapes.Part) -> list[str]:
    members = part.members if isinstance(part, shapes.Choice) else [part]
    plain = [each.item if isinstance(each, shapes.Items) else each for each in members]
    words = [word for each in plain if isinstance(each, shapes.Word) for word in each.words]
    several = (
        [",".join(words[:8])] if any(isinstance(each, shapes.Items) for each in members) else []
    )
    return [*several, *words] if words else []


def families(
    values: dict[str, list[str]], choice: random.Random, *, is_quick: bool = False
) -> Iterator[Query]:
    """No filter with each limit, each filter alone, and several filters at once."""
    filters = {name: each for name, each in values.items() if name != "limit"}
    limits = values.get("limit", [])
    most = {"limit": "100"} if limits else {}
    yield {}
    for limit in limits[2:3] if is_quick else limits:
        yield {"limit": limit}
    for name, each in filters.items():
        for value in each[:2] if is_quick else each:
            yield most | {name: value}
    mixes = QUICK_MIXES if is_quick else MIXES
    for _ in range(mixes if len(filters) > 1 else 0):
        chosen = choice.sample(sorted(filters), choice.randint(2, min(4, len(filters))))
        yield most | {name: choice.choice(filters[name]) for name in chosen}


def pages(call: Call, query: Query, *, another_list: int | None = None) -> Iterator[Found]:
    """The pages of a query, with the list of a search's cursor replaced by another one."""
    cursor: Query = {}
    for number in range(1, MOST_PAGES + 1):
        units, after = _read(call, query | cursor)
        yield Found(units, _name(call, query, number))
        if not after:
            return
        cursor = {"cursor": after if another_list is None else _of_list(another_list, after)}


def _by_hypothesis(route: openapi.Route, calls: list[Call], tries: int, seed: int) -> list[Found]:
    """Queries that Hypothesis makes, with their cost as its target."""
    found: list[Found] = []
    values = {name: st.sampled_from(each) for name, each in parameters(route).items()}
    if "limit" in values:
        values["limit"] = st.integers(1, 120).map(str)
    if "text" in values:
        some = st.lists(st.sampled_from(largest.WORDS), min_size=1, max_size=5)
        values["text"] = some.map(" ".join)
    lists = st.none() | st.integers(0, 3)

    @hypothesis.seed(seed)
    @worst_cpu.searching(tries)
    @hypothesis.given(st.sampled_from(calls), st.fixed_dictionaries({}, optional=values), lists)
    def search(call: Call, query: Query, another_list: int | None) -> None:
        each = list(pages(call, query, another_list=another_list))
        found.extend(each)
        hypothesis.target(max(page.units for page in each))

    search()
    return found


def _read(call: Call, query: Query) -> tuple[float, str | None]:
    """The read units of a page, and the cursor of the next one."""
    given = urlencode(call.query | query)
    with redirect_stdout(io.StringIO()) as log:
        answer = api.get(f"{call.path}?{given}" if given else call.path, as_=call.caller)
    if answer.status >= 500:
        raise RuntimeError(f"{call.path}?{given}: {answer.text}")
    line = json.loads(log.getvalue().splitlines()[-1])
    is_page = answer.status == 200 and answer.headers["content-type"] == "application/json"
    return line.get("readUnits", 0), answer.json.get("next") if is_page else None


def _name(call: Call, query: Query, number: int) -> str:
    """A page in words, with each value shortened."""
    texts = {name: value.replace(largest.LETTER, "")[:60] for name, value in query.items()}
    shown = ", ".join(filter(None, [call.about, *map("=".join, texts.items())]))
    return f"page {number} of {shown or 'all'}" if number > 1 else shown or "all"


def _of_list(number: int, cursor: str) -> str:
    """The cursor of a search at the same position in another of its lists."""
    binding, position = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if position[0].isdigit():
        position[0] = str(number)
    packed = json.dumps([binding, position], ensure_ascii=False).encode()
    return urlsafe_b64encode(packed).decode().rstrip("=")
