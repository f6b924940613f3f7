"""Callers send values, never the names of stored attributes."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest

import artisthub
from artisthub.shared.models import Input


def inputs() -> list[type[Input]]:
    """Every shape that a caller sends, including those derived from another one."""
    for module in pkgutil.walk_packages(artisthub.__path__, "artisthub."):
        if module.name.endswith(".models"):
            import_module(module.name)
    found, to_visit = [], [Input]
    while to_visit:
        shape = to_visit.pop()
        found.append(shape)
        to_visit += shape.__subclasses__()
    return found[1:]


def parts(kind: Any) -> Iterator[Any]:
    """A type and all its parts."""
    yield kind
    made_of = [*getattr(kind, "types", ()), *getattr(kind, "item_types", ())]
    made_of += [part for part in [getattr(kind, "item_type", None)] if part]
    made_of += [field.type for field in getattr(kind, "fields", ())]
    for part in made_of:
        yield from parts(part)


@pytest.mark.aws_fact(15)
@pytest.mark.parametrize("shape", inputs(), ids=lambda shape: shape.__name__)
def test_no_input_has_attribute_names_chosen_by_the_caller(shape: type[Input]) -> None:
    for field in msgspec.inspect.type_info(shape).fields:  # type: ignore[attr-defined]
        free = (msgspec.inspect.DictType, msgspec.inspect.AnyType)
        assert not any(isinstance(part, free) for part in parts(field.type)), field.name
