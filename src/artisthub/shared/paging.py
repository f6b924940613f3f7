"""Pages of lists: a DynamoDB query that continues at a cursor.

return paging.page(
    Save,
    settings.SAVED_CASTINGS_TABLE,
    "savedAtIndex",
    partition=("userId", user_id),
    sorted_by=("createdAt", "castingId"),
    bound_to=("listSavedCastings", user_id),
    query=query,
    newest_first=True,
)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from artisthub.shared import cursor, dynamodb, log, sizes
from artisthub.shared.models import Page, PageQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Shape = TypeVar("Shape", bound=msgspec.Struct)

# A page that leaves out items reads more, up to this limit.
MAX_READS = 5
# The read units of a page, whatever the documents contain. A page that would cost more ends early.
MOST_UNITS, MOST_PUBLIC_UNITS = 60, 15
# Of the query for the accounts that a viewer blocks.
BLOCKS_UNITS = 9
# Each query rounds its size up by less than this.
ROUNDING = 0.5


def affordable(units_each: float, most_units: float = MOST_UNITS) -> int:
    """The number of items that this request may still read with one query."""
    return int((most_units - log.units.read_units - ROUNDING) / units_each)


def within(units: dict[str, float], most_units: float = MOST_UNITS) -> list[str]:
    """The ids of the smallest of these documents that this request may still read."""
    chosen, left = [], most_units - log.units.read_units
    for document_id, each in sorted(units.items(), key=lambda item: item[1]):
        left -= each
        if left < 0:
            break
        chosen.append(document_id)
    return chosen


def page(
    shape: type[Shape],
    table: str,
    index: str | None = None,
    *,
    partition: tuple[str, str],
    sorted_by: tuple[str, ...],
    bound_to: tuple[str, ...],
    query: PageQuery,
    starts_with: str = "",
    later_than: str = "",
    item_bytes: int = 4_500,
    shows: Callable[[Shape], Iterable[str]] = lambda _: (),
    most_shown: int = 0,
    card_units: float = 0.5,
    later_units: float = 0,
    key: dynamodb.Item | None = None,
    keep: Callable[[Shape], bool] | None = None,
    newest_first: bool = False,
) -> Page[Shape]:
    """One page of a partition. Raises BadCursor.

    - sorted_by: the attributes that define the order and a position in it
    - starts_with, later_than: bounds of the first of them
    - bound_to: the operation and filters that the cursor is valid for
    - item_bytes: the size of the largest item as the query reads it
    - shows: the ids of the cards that the page needs for an item, at most `most_shown`
    - card_units: what a card and the reads about its document cost
    - later_units: what other reads after the page cost
    - key: attributes of an item's key besides partition and sorted_by
    - keep: leaves out items; the page then reads more, but may have fewer items than its limit. It
      reads one more than its limit, so that `next` tells nothing of those that are left out
    """
    condition, values = _condition(partition, sorted_by[0], starts_with, later_than)
    start = None
    if query.cursor:
        position = cursor.decode(query.cursor, len(sorted_by), *bound_to)
        # DynamoDB refuses a start outside the range.
        if not position[0].startswith(starts_with) or position[0] <= later_than:
            raise cursor.BadCursor
        own = dict([partition]) | (key or {})
        start = own | dict(zip(sorted_by, position, strict=True))
    found: list[tuple[Shape, dynamodb.Item]] = []
    shown: set[str] = set()
    wanted = query.size + (keep is not None)
    for reads in range(MAX_READS):
        units_each = item_bytes / sizes.READ_BYTES / 2 + most_shown * card_units
        limit = min(
            wanted, affordable(units_each, MOST_UNITS - later_units - len(shown) * card_units)
        )
        if reads and limit < 1:
            break
        items, start = dynamodb.query(
            table,
            index,
            condition,
            values,
            limit=max(1, limit),
            after=start,
            newest_first=newest_first,
        )
        for item in items:
            each = msgspec.convert(item, shape)
            if keep is None or keep(each):
                found.append((each, item))
                shown.update(shows(each))
        if start is None or len(found) >= wanted:
            break
    if len(found) > query.size:
        found = found[: query.size]
        start = found[-1][1]
    end = [start[name] for name in sorted_by] if start else None
    return Page([each for each, _ in found], cursor.encode(end, *bound_to) if end else None)


def _condition(
    partition: tuple[str, str], sort_key: str, starts_with: str, later_than: str
) -> tuple[str, dynamodb.Item]:
    name, value = partition
    condition, values = f"{name} = :partition", {":partition": value}
    if starts_with:
        return f"{condition} AND begins_with({sort_key}, :bound)", values | {":bound": starts_with}
    if later_than:
        return f"{condition} AND {sort_key} > :bound", values | {":bound": later_than}
    return condition, values
