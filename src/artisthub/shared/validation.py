"""Convert a client's JSON to a model, or report all its faults at once.

The model directs the work: lengths are checked before anything else looks at a text or a list, and
nothing looks at what no field takes. So the cost depends on the model's bounds, not on the input.

Valid input then takes one pass of msgspec. If that fails, the input is checked field by field, to
report all wrong fields with a JSON Pointer (RFC 6901) and plain words. Most input is short ASCII
with nothing to clean, and takes that pass alone.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from artisthub.shared import errors, merge_patch, shapes, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

Shape = TypeVar("Shape")
# The place of a value: its parent's place, and its name or number there.
Place = tuple["Place", str | int] | None
Wrong = list[dict[str, str]]

# Deeper than any model, and far below Python's recursion limit.
MAX_DEPTH = 50
# The problems of 128,000 wrong items would exceed Lambda's 6 MB.
MAX_PROBLEMS = 100
# Longer than any date, number or choice.
MAX_WORD = 100
_NESTED = (list, dict)
_TOO_DEEP = "The body is nested too deeply or has too many lists and objects."
# Far more than any model has. Reading 130,000 of them costs more than 50 ms.
MAX_NESTED = 10_000
# A text in JSON. It also matches without an end, so that the search never starts again.
_TEXT = rb'"(?:[^"\\]++|\\.?)*+(?:"|\Z)'

# msgspec's own reader takes 400 ms for 256 KB of numbers such as 1e308.
_decode = msgspec.json.Decoder(float_hook=float).decode


def read(raw: bytes, shape: type[Shape]) -> Shape:
    """A JSON body as `shape`, with texts trimmed and in NFC. Raises Malformed or Invalid."""
    decoder = _decoder_of(cast("Any", shape))
    if decoder and _is_simple(raw):
        try:
            return cast("Shape", decoder.decode(raw))
        except (msgspec.DecodeError, RecursionError):
            pass  # the long way names every fault
    return convert(*_read(raw, shape))


@cache
def _decoder_of(shape: type[Any]) -> msgspec.json.Decoder[Any] | None:
    """The decoder that also checks the shape, or None if msgspec does not check all of it."""
    return msgspec.json.Decoder(shape) if shapes.of(shape).is_plain else None


def _is_simple(raw: bytes) -> bool:
    """Whether the JSON is short ASCII, and no text in it needs cleaning.

    The only escapes are line feeds, and no text begins or ends with a space or a line feed. The
    other control characters need an escape in JSON (RFC 8259, section 7), except DEL.
    """
    if len(raw) > shapes.MAX_TEXT or not raw.isascii() or b"\x7f" in raw:
        return False
    document = raw.decode().replace("\\n", "\n")
    inside = document.split('"')[1::2]
    return "\\" not in document and [*map(str.strip, inside)] == inside


def read_patch(raw: bytes, shape: type[msgspec.Struct]) -> dict[str, Any]:
    """A merge patch for `shape`, like a body. Unknown names stay, with null as their value."""
    patch, _, wrong = _read(raw, shape)
    if not isinstance(patch, dict):
        raise errors.Invalid(errors=problems(patch, shape))
    if wrong:
        # An object merges with the stored one, so only `convert_patched` can judge it.
        named = [name for name, value in patch.items() if type(value) is not dict]
        parts = cast("shapes.Fields", shapes.of(shape)).parts
        cleared = {name for name in named if patch[name] is None and name in parts}
        given = {name: patch[name] for name in named if name not in cleared}
        raise errors.Invalid(errors=_joined(wrong, _wrong_in(given, named, shape)))
    return cast("dict[str, Any]", patch)


def _read(raw: bytes, shape: type[Shape]) -> tuple[Any, type[Shape], Wrong]:
    if _opened(raw) > MAX_NESTED and _opened(re.sub(_TEXT, b"", raw, flags=re.DOTALL)) > MAX_NESTED:
        raise errors.Malformed(_TOO_DEEP)
    try:
        document = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise errors.Malformed(f"The body is not JSON: {error}.") from None
    except RecursionError:
        raise errors.Malformed(_TOO_DEEP) from None
    _ensure_shallow(document)
    wrong: Wrong = []
    return _cleaned(document, shapes.of(shape), None, wrong), shape, wrong


def convert(document: Any, shape: type[Shape], wrong: Wrong | None = None) -> Shape:
    """The document as `shape`. Raises Invalid with all wrong fields, also those in `wrong`."""
    found = wrong or []
    try:
        converted = msgspec.convert(document, shape)
    except msgspec.ValidationError:
        found = _joined(found, problems(document, shape))
    if found:
        raise errors.Invalid(errors=found)
    return converted


def convert_patched(patch: dict[str, Any], current: Any, shape: type[Shape]) -> Shape:
    """`current`, an object with the attributes of `shape`, with the merge patch applied.

    A value that the patch does not name may be from before a rule, and stays as it is. Raises
    Invalid with all wrong fields that the patch names, or with a broken rule about several fields.
    """
    fields = msgspec.structs.fields(cast("type[msgspec.Struct]", shape))
    before = {field.encode_name: getattr(current, field.name) for field in fields}
    document = merge_patch.apply(msgspec.to_builtins(before, str_keys=True), patch)
    # Unknown names stay even if null, so that a typo is reported.
    document |= dict.fromkeys(patch.keys() - before.keys())
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError:
        kept = {name: document[name] for name in patch if name in document}
        if wrong := _wrong_in(kept, patch, shape):
            raise errors.Invalid(errors=wrong) from None
    values: dict[str, Any] = {}
    for field in fields:
        if field.encode_name in document:
            try:
                values[field.name] = msgspec.convert(document[field.encode_name], field.type)
            except msgspec.ValidationError:
                values[field.name] = before[field.encode_name]
    try:
        return shape(**values)
    except ValueError as error:
        raise errors.Invalid(errors=[_problem("", _lower(str(error)))]) from None


def _wrong_in(fields: dict[str, Any], named: Iterable[str], shape: type[Any]) -> Wrong:
    """The named fields that have a wrong value in `fields`, or are required and absent."""
    found: Wrong = []
    _walk_fields(fields, cast("shapes.Fields", shapes.of(shape)), "", True, found)
    places = {_escape(name) for name in named}
    return [each for each in found if each["pointer"].split("/")[1] in places]


def convert_query(parameters: dict[str, str], shape: type[Shape]) -> Shape:
    """Query parameters, which are texts, as `shape`. Raises Invalid with all wrong ones.

    A list has commas between its values. API Gateway joins parameters with the same name so.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    given: dict[str, Any] = dict(parameters)
    for name in _lists(cast("Any", shape)) & given.keys():
        given[name] = parameters[name].split(",", MAX_PROBLEMS) if parameters[name] else []
    try:
        converted = msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError:
        found = problems(given, shape, strict=False)
    else:
        # msgspec reads the word null as None, which would drop the filter silently.
        fields = msgspec.to_builtins(converted).items()
        nulls = [name for name, value in fields if value is None and name in parameters]
        if not nulls:
            return converted
        found = [_problem(f"/{name}", "must not be null") for name in nulls]
    raise errors.Invalid(
        "Some query parameters are wrong. `errors` lists all of them.",
        [
            {"parameter": e["pointer"][1:].partition("/")[0], "detail": e["detail"]}
            for e in found[:MAX_PROBLEMS]
        ],
    )


@cache
def _lists(shape: type[msgspec.Struct]) -> set[str]:
    """The names of the fields that are lists."""
    parts = cast("shapes.Fields", shapes.of(shape)).parts.items()
    return {
        name
        for name, part in parts
        for member in (part.members if isinstance(part, shapes.Choice) else [part])
        if isinstance(member, shapes.Items)
    }


def _opened(raw: bytes) -> int:
    return raw.count(b"[") + raw.count(b"{")


def _ensure_shallow(document: Any) -> None:
    """Raise Malformed if the document is nested too deeply."""
    level = [document] if type(document) in _NESTED else []
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer if type(outer) is list else outer.values())
            if type(inner) in _NESTED
        ]
        if not level:
            return
    raise errors.Malformed(_TOO_DEEP)


def _cleaned(value: Any, part: shapes.Part, place: Place, wrong: Wrong) -> Any:
    """The value within the bounds of its part. A list that no field takes becomes empty."""
    kind = type(value)
    if kind is str:
        return _cleaned_text(value, part.member(value), place, wrong)
    if kind is list:
        return _cleaned_list(value, part.member(value), place, wrong)
    if kind is dict:
        return _cleaned_fields(value, part.member(value), place, wrong)
    return _cleaned_number(value) if kind is float else value


def _cleaned_text(text: str, part: shapes.Part, place: Place, wrong: Wrong) -> str:
    if not isinstance(part, shapes.Text):
        text = text.strip()
        return text if len(text) <= MAX_WORD else ""
    if part.prepare:
        text = part.prepare(text)
    try:
        # Trimming would change a password.
        clean = texts.kept if part.is_password else texts.cleaned
        text = clean(text, part.most)
    except texts.Refused as refused:
        wrong.append(_problem(_pointer_to(place), str(refused)))
        return ""
    if part.pattern and not re.search(part.pattern, text):
        wrong.append(_problem(_pointer_to(place), _own_words(part, text)))
        return ""
    return text


def _cleaned_list(items: list[Any], part: shapes.Part, place: Place, wrong: Wrong) -> list[Any]:
    if not isinstance(part, shapes.Items):
        return []
    if len(items) > part.most:
        wrong.append(_problem(_pointer_to(place), f"must be at most {part.most} items long"))
        return []
    return [_cleaned(item, part.item, (place, at), wrong) for at, item in enumerate(items)]


def _cleaned_fields(
    fields: dict[str, Any], part: shapes.Part, place: Place, wrong: Wrong
) -> dict[str, Any]:
    if not isinstance(part, shapes.Fields):
        return {}
    cleaned = {
        name: _cleaned(fields[name], each, (place, name), wrong)
        for name, each in part.parts.items()
        if name in fields
    }
    if part.tag_field in fields:
        cleaned[part.tag_field] = part.tag if fields[part.tag_field] == part.tag else None
    unknown = (name for name in fields if name not in cleaned) if part.is_closed else ()
    return cleaned | dict.fromkeys(islice(unknown, MAX_PROBLEMS))


def _cleaned_number(number: float) -> float:
    if number in (inf, -inf):
        raise errors.Malformed("The body is not JSON: Number out of range.")
    # JSON Schema counts 30.0 as an integer, and some clients send it.
    return int(number) if number.is_integer() else number


def _joined(found: Wrong, more: Wrong) -> Wrong:
    """All problems, with one for each place."""
    by_place = {each["pointer"]: each for each in [*more, *found]}
    return list(by_place.values())[:MAX_PROBLEMS]


def _pointer_to(place: Place) -> str:
    return f"{_pointer_to(place[0])}/{_escape(str(place[1]))}" if place else ""


def problems(value: Any, shape: Any, *, strict: bool = True) -> Wrong:
    """All faults of `value` as `shape`, in the order of the model's fields."""
    found: Wrong = []
    _walk(value, shapes.of(shape), "", strict, found)
    return found


def _walk(value: Any, part: shapes.Part, pointer: str, strict: bool, found: Wrong) -> None:
    if len(found) >= MAX_PROBLEMS:
        return
    part = part.member(value)
    before = len(found)
    if isinstance(part, shapes.Fields) and isinstance(value, dict):
        _walk_fields(value, part, pointer, strict, found)
    elif isinstance(part, shapes.Items) and isinstance(value, list):
        for index, item in enumerate(value):
            _walk(item, part.item, f"{pointer}/{index}", strict, found)
    elif isinstance(part, shapes.Word) and value not in part.words:
        words = _own_words(part, value) or "must be one of " + ", ".join(part.words)
        found.append(_problem(pointer, words))
    elif isinstance(part, shapes.Choice) and isinstance(value, dict) and part.tagged:
        tags = ", ".join(str(member.tag) for member in part.tagged)
        found.append(_problem(f"{pointer}/{part.tagged[0].tag_field}", f"must be one of {tags}"))
    if len(found) == before:  # of the whole, for example a rule about several fields
        _leaf(value, part, pointer, strict, found)


def _walk_fields(
    value: dict[str, Any], part: shapes.Fields, pointer: str, strict: bool, found: Wrong
) -> None:
    for name, each in part.parts.items():
        place = f"{pointer}/{_escape(name)}"
        if name in value:
            _walk(value[name], each, place, strict, found)
        elif name in part.required:
            found.append(_problem(place, "is required"))
    for name in value:
        if name not in part.parts and name != part.tag_field and part.is_closed:
            found.append(_problem(f"{pointer}/{_escape(name)}", "is unknown; check its spelling"))


def _leaf(value: Any, part: shapes.Part, pointer: str, strict: bool, found: Wrong) -> None:
    try:
        msgspec.convert(value, part.kind, strict=strict)
    except msgspec.ValidationError as error:
        text = str(error)
        place = re.search(_FIELD, text)
        words = _own_words(part, value) or _words(text)
        found.append(_problem(pointer + (_pointer_of(place[1]) if place else ""), words))


def _own_words(part: shapes.Part, value: Any) -> str:
    """The type's own words for a wrong text."""
    return str(part.explain(value)) if part.explain and isinstance(value, str) else ""


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
