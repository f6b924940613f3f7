"""The models as JSON, and JSON as models."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints


class Unset:
    """The type of UNSET."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET = Unset()
"""A field that an update leaves as it is. None clears it."""


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


class Tagged:
    """An answer that remembers its ETag."""

    __slots__ = ("_etag",)
    _etag: str
    version: int


Version = Versioned | int | str
"""What If-Match takes: an object with a version, the version itself, or an ETag."""


def etag(version: Version) -> str:
    """The ETag of what was read, or of a version. A part of an answer has only its version."""
    if isinstance(version, str):
        return version
    if isinstance(version, int):
        return f'"{version}"'
    known: str = getattr(version, "_etag", f'"{version.version}"')
    return known


def tagged(answer: Any, etag: str | None) -> Any:
    """The answer, which remembers its ETag if it has one."""
    if isinstance(answer, Tagged) and etag is not None:
        answer._etag = etag
    return answer


def encode(value: Any) -> Any:
    """The JSON of a value. Optional fields that are None are left out."""
    if is_dataclass(value):
        given = {each: getattr(value, each.name) for each in fields(value)}
        return {
            _wire_name(field.name): encode(content)
            for field, content in given.items()
            if content is not None or field.default is MISSING
        }
    if isinstance(value, dict):
        return {name: encode(each) for name, each in value.items() if each is not UNSET}
    if isinstance(value, list | tuple):
        return [encode(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def decode(kind: Any, value: Any) -> Any:
    """The value of this type for JSON.

    A newer service may answer more than this client knows: fields that it does not know are left
    out, and values of enumerations that it does not know stay as they are.
    """
    if value is None:
        return None
    outer, inner = get_origin(kind), get_args(kind)
    if outer in (Union, UnionType):
        return decode(_best(inner, value), value)
    if _is_model(kind) and isinstance(value, dict):
        known = {
            name: decode(hint, value.get(key))
            for key, (name, hint, is_required) in _fields(kind).items()
            if is_required or key in value
        }
        return kind(**known)
    if outer is list:
        return [decode(inner[0], each) for each in value]
    if outer is dict:
        return {name: decode(inner[1], each) for name, each in value.items()}
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return value


def _wire_name(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name.rstrip("_"))


def _is_model(kind: Any) -> bool:
    return is_dataclass(kind)


@cache
def _fields(kind: type) -> dict[str, tuple[str, Any, bool]]:
    """The name, the type and whether it is required, for each name in JSON."""
    hints = get_type_hints(kind)
    return {
        _wire_name(each.name): (each.name, hints[each.name], each.default is MISSING)
        for each in fields(kind)
    }


def _best(kinds: tuple[Any, ...], value: Any) -> Any:
    """The member of a union that the value belongs to: the one whose fields are most alike."""
    if not isinstance(value, dict):
        return next(each for each in kinds if each is not NoneType)
    return max((each for each in kinds if each is not NoneType), key=lambda each: _fit(each, value))


def _fit(kind: Any, value: dict[str, Any]) -> tuple[bool, int, int]:
    if not _is_model(kind):
        return False, 0, 0
    known = _fields(kind)
    fits = all(
        (key in value or not is_required)
        and (
            get_origin(hint) is not Literal
            or len(get_args(hint)) > 1
            or value.get(key) in get_args(hint)
        )
        for key, (_, hint, is_required) in known.items()
    )
    return fits, len(known.keys() & value.keys()), -len(known.keys() - value.keys())
