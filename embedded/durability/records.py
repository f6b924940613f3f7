"""State as a tree of records. Frames change it, and MiniStack restores from it.

A path is (service, store, key, …). Values stay pickled until the state is built.
"""

import pickle
from collections.abc import Iterable
from typing import Any, Literal

from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict

Path = tuple[Any, ...]
# (kind of change, path, argument):
# - set: a value, without the parts that are records themselves
# - kind: the name of the type that holds the records below
# - list: a whole list
# - more: entries appended to a list
# - delete: delete the record and everything below; no argument
Change = tuple[Literal["set", "kind", "list", "more", "delete"], Path, Any]

KINDS = {
    "dict": dict,
    "AccountScopedDict": AccountScopedDict,
    "AccountRegionScopedDict": AccountRegionScopedDict,
}


def contents(mapping: Any) -> dict[Any, Any]:
    """Return a mapping's own dict, with every account and region and not only the request's."""
    scoped = isinstance(mapping, AccountScopedDict | AccountRegionScopedDict)
    return mapping._data if scoped else mapping  # type: ignore[no-any-return]


class Node:
    __slots__ = ("children", "kind", "list_parts", "value")

    def __init__(self) -> None:
        self.children: dict[Any, Node] = {}
        self.kind: str | None = None
        self.list_parts: list[bytes] | None = None
        self.value: bytes | None = None

    def apply(self, changes: Iterable[Change]) -> None:
        for what, path, argument in changes:
            *above, last = path
            parent = self
            for step in above:
                parent = parent.children.get(step) or parent.children.setdefault(step, Node())
            if what == "delete":
                parent.children.pop(last, None)
                continue
            node = parent.children.get(last) or parent.children.setdefault(last, Node())
            if what == "set":
                node.value = argument
            elif what == "kind":
                node.kind = argument
            elif what == "list":
                node.list_parts = [argument]
            else:
                # In a new file, "more" may come before "list", which then replaces it.
                node.list_parts = node.list_parts or []
                node.list_parts.append(argument)

    def build(self) -> Any:
        if self.list_parts is not None:
            return [each for part in self.list_parts for each in pickle.loads(part)]
        if self.kind is not None:
            mapping = KINDS[self.kind]()
            contents(mapping).update((key, node.build()) for key, node in self.children.items())
            return mapping
        value = {} if self.value is None else pickle.loads(self.value)
        for key, node in self.children.items():
            value[key] = node.build()
        return value
