"""The parts of a model: texts, lists and fields, with their bounds.

They are read on first use and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

# For types that declare no length.
MAX_TEXT, MAX_ITEMS = 10_000, 1_000

Notes = Sequence[msgspec.Meta]


class Part:
    """A value without parts, such as a number or a date.

    explain: the type's own words for a wrong value, from `Meta(extra=…)`.
    is_plain: whether msgspec alone checks the part, if no text has more than MAX_TEXT characters.
    """

    is_plain = True

    def __init__(self, kind: Any, notes: Notes = ()) -> None:
        self.kind = kind  # the annotation, for msgspec
        self.extra = {name: value for note in notes for name, value in (note.extra or {}).items()}
        self.explain = self.extra.get("explain")

    def member(self, _: Any) -> Part:
        """The part that the value seems to be: a member of a choice, otherwise the part itself."""
        return self


class Text(Part):
    """A text of at most `most` code points.

    prepare, pattern: the type's own first step, such as removing leading zeros, and its last, a
    regular expression that msgspec does not check. Both are from `Meta(extra=…)`.
    """

    def __init__(self, kind: Any, notes: Notes) -> None:
        super().__init__(kind, notes)
        self.most = _most(notes) or MAX_TEXT
        self.prepare = self.extra.get("prepare")
        self.pattern = self.extra.get("pattern")
        self.is_plain = not (self.prepare or self.pattern)
        self.is_password = False


class Word(Part):
    """One of these words."""

    def __init__(self, kind: Any, notes: Notes, words: tuple[str, ...]) -> None:
        super().__init__(kind, notes)
        self.words = words


class Items(Part):
    """A list of at most `most` items."""

    def __init__(self, kind: Any, notes: Notes, item: Part) -> None:
        super().__init__(kind, notes)
        self.most = _most(notes) or MAX_ITEMS
        self.item = item
        self.is_plain = _most(notes) is not None and item.is_plain


class Fields(Part):
    """An object. `required` are the names of the fields without a default."""

    def __init__(self, kind: Any) -> None:
        super().__init__(kind)
        config = kind.__struct_config__
        self.tag_field, self.tag = config.tag_field, config.tag
        self.is_closed = config.forbid_unknown_fields
        fields = msgspec.structs.fields(kind)
        self.parts = {field.encode_name: of(field.type) for field in fields}
        self.is_plain = self.is_closed and all(part.is_plain for part in self.parts.values())
        self.required = {field.encode_name for field in fields if field.required}
        for name, part in self.parts.items():
            if isinstance(part, Text):
                part.is_password = name.lower().endswith("password")


class Choice(Part):
    """One of several parts, such as a text or null."""

    def __init__(self, kind: Any, members: list[Part]) -> None:
        super().__init__(kind)
        self.members = members
        self.is_plain = all(member.is_plain for member in members)
        self.objects = [each for each in members if isinstance(each, Fields)]
        self.tagged = [each for each in self.objects if each.tag_field]
        self.text = next((each for each in members if isinstance(each, Text | Word)), self)
        self.items = next((each for each in members if isinstance(each, Items)), self)

    def member(self, value: Any) -> Part:
        if type(value) is str:
            return self.text
        if type(value) is list:
            return self.items
        if type(value) is dict:
            for each in self.objects:
                if each.tag_field is None or value.get(each.tag_field) == each.tag:
                    return each
        return self


def of(kind: Any) -> Part:
    """The part that an annotation describes. Raises TypeError if it takes any names or values."""
    notes: list[msgspec.Meta] = []
    plain = kind
    while metadata := getattr(plain, "__metadata__", None):
        notes += metadata
        plain = plain.__origin__
    origin = get_origin(plain)
    if plain is str:
        return Text(kind, notes)
    if origin is list:
        return Items(kind, notes, of(get_args(plain)[0]))
    if origin in (Union, UnionType):
        return Choice(kind, [of(member) for member in get_args(plain)])
    if origin is Literal:
        return Word(kind, notes, tuple(sorted(get_args(plain))))
    if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
        return _fields(plain)
    if origin is not None or plain in (dict, list, Any):
        raise TypeError(f"{kind} has no bounds")
    return Part(kind, notes)


@cache
def _fields(shape: type[msgspec.Struct]) -> Fields:
    return Fields(shape)


def _most(notes: Notes) -> int | None:
    return next((note.max_length for note in notes if note.max_length is not None), None)
