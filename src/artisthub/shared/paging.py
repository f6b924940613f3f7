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

from artisthub.shared import cursor, dynamodb
from artisthub.shared.models import Page, PageQuery

if TYPE_CHECKING:
    from collections.abc import Callable

Shape = TypeVar("Shape", bound=msgspec.Struct)

# A page that leaves out items reads more, up to this limit.
MAX_READS = 5


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
    key: dynamodb.Item | None = None,
    keep: Callable[[Shape], bool] | None = None,
    newest_first: bool = False,
) -> Page[Shape]:
    """One page of a partition. Raises BadCursor.

    - sorted_by: the attributes that define the order and a position in it
    - starts_with, later_than: bounds of the first of them
    - bound_to: the operation and filters that the cursor is valid for
    - key: attributes of an item's key besides partition and sorted_by
    - keep: leaves out items; the page then reads more, but may have fewer items than its limit
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
    for _ in range(MAX_READS):
        items, start = dynamodb.query(
            table,
            index,
            condition,
            values,
            limit=query.size,
            after=start,
            newest_first=newest_first,
        )
        for item in items:
            each = msgspec.convert(item, shape)
            if keep is None or keep(each):
                found.append((each, item))
        if start is None or len(found) >= query.size:
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
