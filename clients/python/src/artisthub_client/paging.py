"""Lists without cursors."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
Item_co = TypeVar("Item_co", covariant=True)


class Page(Protocol):
    """One page of a list."""

    @property
    def next_(self) -> str | None: ...


class Listed(Page, Protocol[Item_co]):
    """One page of a list of items."""

    @property
    def items(self) -> Sequence[Item_co]: ...


Page_co = TypeVar("Page_co", bound=Page, covariant=True)


def pages(
    operation: Callable[P, Page_co], /, *arguments: P.args, **filters: P.kwargs
) -> Iterator[Page_co]:
    """All pages of a list, for example `pages(hub.export_me)`."""
    cursor: dict[str, Any] = {}
    while True:
        page = operation(*arguments, **(filters | cursor))  # type: ignore[arg-type]  # a keyword
        yield page
        if page.next_ is None:
            return
        cursor["cursor"] = page.next_


def each(
    operation: Callable[P, Listed[Item_co]], /, *arguments: P.args, **filters: P.kwargs
) -> Iterator[Item_co]:
    """All items of a list, for example `each(hub.search_castings, city="Kochi")`.

    The next page is read when it is needed.
    """
    for page in pages(operation, *arguments, **filters):
        yield from page.items
