"""Convert a client's JSON to a model, or report all its faults at once.

Valid input takes one pass of msgspec. If that fails, the input is checked field by field, to report
all wrong fields with a JSON Pointer (RFC 6901) and plain words.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from artisthub.shared import errors

Shape = TypeVar("Shape")
# The place of a value: its parent's place, and its name or number there.
Place = tuple["Place", str | int] | None

# Control characters except the line feed, lone surrogates, and bidirectional overrides, which make
# a text look different from its content (Unicode TR 36).
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

# Deeper than any model, and far below Python's recursion limit.
MAX_DEPTH = 50
# The problems of 128,000 wrong items would exceed Lambda's 6 MB.
MAX_PROBLEMS = 100
_TOO_DEEP = "The body is nested too deeply."


def read(raw: bytes, shape: type[Shape]) -> Shape:
    """A JSON body as `shape`, with texts trimmed and in NFC. Raises Malformed or Invalid."""
    try:
        document = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise errors.Malformed(f"The body is not JSON: {error}.") from None
    except RecursionError:
        raise errors.Malformed(_TOO_DEEP) from None
    wrong: list[dict[str, str]] = []
    cleaned = _clean(document, None, wrong, MAX_DEPTH)
    return convert(cleaned, shape, wrong)


def convert(document: Any, shape: type[Shape], wrong: list[dict[str, str]] | None = None) -> Shape:
    """The document as `shape`. Raises Invalid with all wrong fields, also those in `wrong`."""
    found = wrong or []
    try:
        converted = msgspec.convert(document, shape)
    except msgspec.ValidationError:
        found = found + problems(document, shape)
    if found:
        raise errors.Invalid(errors=found[:MAX_PROBLEMS])
    return converted


def convert_query(parameters: dict[str, str], shape: type[Shape]) -> Shape:
    """Query parameters, which are texts, as `shape`. Raises Invalid with all wrong ones."""
    try:
        converted = msgspec.convert(parameters, shape, strict=False)
    except msgspec.ValidationError:
        found = problems(parameters, shape, strict=False)
    else:
        # msgspec reads the word null as None, which would drop the filter silently.
        fields = msgspec.to_builtins(converted).items()
        nulls = [name for name, value in fields if value is None and name in parameters]
        if not nulls:
            return converted
        found = [_problem(f"/{name}", "must not be null") for name in nulls]
    raise errors.Invalid(
        "Some query parameters are wrong. `errors` lists all of them.",
        [{"parameter": e["pointer"][1:], "detail": e["detail"]} for e in found],
    )


def _clean(value: Any, place: Place, wrong: list[dict[str, str]], depth_left: int) -> Any:
    if isinstance(value, str):
        return _clean_text(value, place, wrong)
    if isinstance(value, float) and value.is_integer():
        return int(value)  # JSON Schema counts 30.0 as an integer, and some clients send it
    if not isinstance(value, (dict, list)):
        return value
    if depth_left == 0:
        raise errors.Malformed(_TOO_DEEP)
    depth_left -= 1
    if isinstance(value, list):
        return [_clean(item, (place, at), wrong, depth_left) for at, item in enumerate(value)]
    return {name: _clean(item, (place, name), wrong, depth_left) for name, item in value.items()}


def _clean_text(text: str, place: Place, wrong: list[dict[str, str]]) -> str:
    # Trimming would change a password.
    if not (place and str(place[1]).lower().endswith("password")):
        text = text.strip()
        if text.isascii() and text.isprintable():
            return text
        text = _normal(text)
    if _FORBIDDEN.search(text):
        wrong.append(_problem(_pointer_to(place), "must not contain control characters"))
    return text


def _pointer_to(place: Place) -> str:
    return f"{_pointer_to(place[0])}/{_escape(str(place[1]))}" if place else ""


def _normal(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if text.isascii():
        return text
    from unicodedata import normalize  # 1 MB of tables that most requests do not need

    return normalize("NFC", text)


def problems(value: Any, shape: Any, *, strict: bool = True) -> list[dict[str, str]]:
    """All faults of `value` as `shape`, in the order of the model's fields."""
    from msgspec import inspect  # only refused requests need it

    found: list[dict[str, str]] = []
    _walk(value, shape, inspect.type_info(shape), "", strict, found)
    return found


def _walk(
    value: Any, shape: Any, info: Any, pointer: str, strict: bool, found: list[dict[str, str]]
) -> None:
    from msgspec import inspect

    if len(found) >= MAX_PROBLEMS:
        return
    if isinstance(info, inspect.Metadata):
        info = info.type
    if isinstance(info, inspect.UnionType):
        info = _member(value, info)
    if isinstance(info, inspect.StructType) and isinstance(value, dict):
        _walk_struct(value, info, pointer, strict, found)
    elif isinstance(info, inspect.ListType) and isinstance(value, list):
        _walk_list(value, shape, info, pointer, strict, found)
    elif isinstance(info, inspect.UnionType) and isinstance(value, dict) and _tagged(info):
        tags = ", ".join(str(member.tag) for member in _tagged(info))
        found.append(_problem(f"{pointer}/{_tagged(info)[0].tag_field}", f"must be one of {tags}"))
    elif isinstance(info, inspect.LiteralType) and value not in info.values:
        found.append(_problem(pointer, "must be one of " + ", ".join(map(str, info.values))))
    else:
        _leaf(value, shape, pointer, strict, found)


def _member(value: Any, union: Any) -> Any:
    """The union member that the value seems to be, so that its fields can be checked."""
    from msgspec import inspect

    for member in union.types:
        if isinstance(member, inspect.ListType) and isinstance(value, list):
            return member
        if not isinstance(member, inspect.StructType) or not isinstance(value, dict):
            continue
        if member.tag_field is None or value.get(member.tag_field) == member.tag:
            return member
    return union


def _tagged(union: Any) -> list[Any]:
    return [member for member in union.types if getattr(member, "tag_field", None)]


def _walk_struct(
    value: dict[str, Any], info: Any, pointer: str, strict: bool, found: list[dict[str, str]]
) -> None:
    hints = {field.encode_name: field for field in msgspec.structs.fields(info.cls)}
    kinds = {field.encode_name: field.type for field in info.fields}
    before = len(found)
    for name, field in hints.items():
        place = f"{pointer}/{_escape(name)}"
        if name in value:
            _walk(value[name], field.type, kinds[name], place, strict, found)
        elif field.required:
            found.append(_problem(place, "is required"))
    for name in value:
        if name not in hints and name != info.tag_field and info.forbid_unknown_fields:
            found.append(_problem(f"{pointer}/{_escape(name)}", "is unknown; check its spelling"))
    if len(found) == before:  # a rule about several fields, from __post_init__
        _leaf(value, info.cls, pointer, strict, found)


def _walk_list(
    value: list[Any], shape: Any, info: Any, pointer: str, strict: bool, found: list[dict[str, str]]
) -> None:
    before = len(found)
    item_shape = _item_shape(shape)
    for index, item in enumerate(value):
        _walk(item, item_shape, info.item_type, f"{pointer}/{index}", strict, found)
    if len(found) == before:
        _leaf(value, shape, pointer, strict, found)


def _item_shape(shape: Any) -> Any:
    """`X` of `list[X]`, `Annotated[list[X], …]` or `list[X] | None`."""
    from typing import Annotated, get_args, get_origin

    if get_origin(shape) is list:
        return get_args(shape)[0]
    if get_origin(shape) is Annotated:
        return _item_shape(get_args(shape)[0])
    return next(
        (_item_shape(arg) for arg in get_args(shape) if "list" in str(arg)),
        Any,
    )


def _leaf(value: Any, shape: Any, pointer: str, strict: bool, found: list[dict[str, str]]) -> None:
    try:
        msgspec.convert(value, shape, strict=strict)
    except msgspec.ValidationError as error:
        text = str(error)
        place = re.search(_FIELD, text)
        words = _own_words(shape, value) or _words(text)
        found.append(_problem(pointer + (_pointer_of(place[1]) if place else ""), words))


def _own_words(shape: Any, value: Any) -> str:
    """The type's own words for a wrong text: `Meta(extra={"explain": function})`."""
    extras = [meta.extra or {} for meta in getattr(shape, "__metadata__", ())]
    explain = next((extra["explain"] for extra in extras if "explain" in extra), None)
    return str(explain(value)) if explain and isinstance(value, str) else ""


# Compiled on first use, which saves 2 ms of cold start.
_FIELD = r" - at `\$\.?(.*)`$"
_LENGTH = r"Expected `(str|array|object)` of length (>=|<=) (\d+)"
_RANGE = r"Expected `(?:int|float)` (>=|<=|>|<) (-?[\d.]+)"
_TYPE = r"Expected `(.+?)`, got `(.+?)`"
_KINDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}
_KINDS |= {"array": "a list", "object": "an object", "null": "null"}
_BOUNDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_COUNTED = {"str": "characters long", "array": "items long", "object": "fields"}


def _words(message: str) -> str:
    """msgspec's message in plain words."""
    message = re.sub(_FIELD, "", message)
    if match := re.match(_LENGTH, message):
        if match[2] == ">=" and match[3] == "1":
            return "must not be empty"
        return f"must be {_BOUNDS[match[2]]} {match[3]} {_COUNTED[match[1]]}"
    if match := re.match(_RANGE, message):
        return f"must be {_BOUNDS[match[1]]} {match[2]}"
    if match := re.match(_TYPE, message):
        wanted = [_KINDS.get(kind, kind) for kind in match[1].split(" | ")]
        return f"must be {' or '.join(wanted)}, not {_KINDS.get(match[2], match[2])}"
    if message.startswith("Expected `str` matching regex"):
        return "has a character or format that is not allowed"
    if "datetime" in message:
        return "must be a time with a time zone, such as 2026-11-22T16:54:00Z"
    if "date" in message:
        return "must be a date such as 2026-11-22"
    return _lower(message)


def _problem(pointer: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "detail": detail}


def _pointer_of(path: str) -> str:
    return "".join("/" + part for part in re.split(r"[.\[\]]+", path) if part)


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
