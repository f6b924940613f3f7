"""A check that a shape bounds every field that a client may send."""

from collections.abc import Iterator
from typing import Any

from msgspec import inspect


def unbounded(shape: Any) -> set[str]:
    """The JSON names of unbounded fields.

    These are texts without a maximum length or a pattern, lists without a maximum length, and
    numbers without both a minimum and a maximum.
    """
    return set(_unbounded(inspect.type_info(shape), ""))


def _unbounded(info: Any, place: str) -> Iterator[str]:
    if isinstance(info, inspect.Metadata):
        info = info.type
    if isinstance(info, inspect.UnionType):
        for member in info.types:
            yield from _unbounded(member, place)
    if isinstance(info, inspect.StructType):
        for field in info.fields:
            yield from _unbounded(field.type, f"{place}/{field.encode_name}")
    if isinstance(info, inspect.ListType):
        yield from _unbounded(info.item_type, f"{place}/*")
        if info.max_length is None:
            yield place
    if isinstance(info, inspect.StrType) and info.max_length is None and info.pattern is None:
        yield place
    if isinstance(info, inspect.IntType) and (info.ge is None or info.le is None):
        yield place
