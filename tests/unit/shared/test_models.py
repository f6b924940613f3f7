"""Older and newer code can read stored items."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from msgspec import inspect

import artisthub
from artisthub.shared.models import Stored


def stored_shapes() -> list[type[Stored]]:
    for feature in pkgutil.iter_modules(artisthub.__path__):
        for module in pkgutil.iter_modules(import_module(f"artisthub.{feature.name}").__path__):
            if module.name == "models":
                import_module(f"artisthub.{feature.name}.models")
    return list(_descendants(Stored))


def _descendants(shape: type[Any]) -> Iterator[type[Any]]:
    for child in shape.__subclasses__():
        yield child
        yield from _descendants(child)


def structs_in(info: Any) -> Iterator[Any]:
    if isinstance(info, inspect.Metadata):
        info = info.type
    if isinstance(info, inspect.StructType):
        yield info
        for field in info.fields:
            yield from structs_in(field.type)
    if isinstance(info, inspect.UnionType):
        for member in info.types:
            yield from structs_in(member)
    if isinstance(info, inspect.ListType):
        yield from structs_in(info.item_type)


@pytest.mark.parametrize("shape", stored_shapes(), ids=lambda shape: shape.__name__)
def test_a_stored_shape_accepts_unknown_fields(shape: type[Stored]) -> None:
    """After a rollback, older code reads what newer code wrote."""
    strict = {part.cls for part in structs_in(inspect.type_info(shape)) if is_strict(part)}

    assert strict == set()


def is_strict(part: Any) -> bool:
    return bool(part.forbid_unknown_fields)


def test_the_stored_shapes_include_nested_ones() -> None:
    parts = [len(list(structs_in(inspect.type_info(shape)))) for shape in stored_shapes()]

    assert max(parts) > 3
