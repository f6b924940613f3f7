"""Callers send values, never the names of stored attributes."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest

import artisthub
from artisthub.accounts.models import LongCursor
from artisthub.shared import shapes
from artisthub.shared.models import CursorText, Input

CURSORS = (CursorText, LongCursor)


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
    return [shape for shape in found[1:] if shape.__module__.startswith("artisthub.")]


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


def texts_of(part: shapes.Part) -> Iterator[shapes.Text]:
    """Every text of a body."""
    if isinstance(part, shapes.Text):
        yield part
    of_part: list[shapes.Part] = [
        *getattr(part, "members", ()),
        *getattr(part, "parts", {}).values(),
        *filter(None, [getattr(part, "item", None)]),
    ]
    for each in of_part:
        yield from texts_of(each)


@pytest.mark.weakness(31)
@pytest.mark.parametrize("shape", inputs(), ids=lambda shape: shape.__name__)
def test_every_text_of_an_input_is_bounded_and_refuses_the_empty_text(shape: type[Input]) -> None:
    for part in texts_of(shapes.of(shape)):
        assert part.most <= shapes.MAX_TEXT
        if part.pattern:
            assert not re.search(part.pattern, "")
        elif part.kind not in CURSORS:
            with pytest.raises(msgspec.ValidationError):
                msgspec.convert("", part.kind)
