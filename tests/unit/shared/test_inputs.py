"""Names of stored attributes are ours: a caller sends values, never names."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest

import artisthub
from artisthub.shared.models import Input


def inputs() -> list[type[Input]]:
    """Every shape that a caller sends, those that build on another one too."""
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
    """A type and all that it is made of."""
    yield kind
    made_of = [*getattr(kind, "types", ()), *getattr(kind, "item_types", ())]
    made_of += [part for part in [getattr(kind, "item_type", None)] if part]
    made_of += [field.type for field in getattr(kind, "fields", ())]
    for part in made_of:
        yield from parts(part)


@pytest.mark.aws_fact(15)
@pytest.mark.parametrize("shape", inputs(), ids=lambda shape: shape.__name__)
def test_no_caller_chooses_the_name_of_an_attribute(shape: type[Input]) -> None:
    for field in msgspec.inspect.type_info(shape).fields:  # type: ignore[attr-defined]
        free = (msgspec.inspect.DictType, msgspec.inspect.AnyType)
        assert not any(isinstance(part, free) for part in parts(field.type)), field.name
