"""A search for the input that costs an operation most CPU before its rules run.

It calls each handler of the route table as API Gateway does. In place of the operation runs only
what reads input: the merge patch, the headers and the cursor. The inputs are of hand-made families,
for example texts of combining marks or lists of wrong items, and of Hypothesis, which changes them
towards higher cost.
"""

from __future__ import annotations

import gc
import io
import json
import os
import random
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import hypothesis
import msgspec
from hypothesis import strategies as st

from artisthub.shared import cursor, idempotency, shapes, texts, validation
from contract import examples, openapi

MAX_BYTES = 256 * 1024
MAX_HEAD = 10 * 1024  # of the address and the headers, by API Gateway's limit
TOP = 3
HEADERS = {"content-type": "application/json", "if-match": '"0"', "idempotency-key": "bench"}
CONTEXT = SimpleNamespace(aws_request_id="bench")
Event = dict[str, Any]
Input = tuple[str, Event]  # the family and what the event has besides the call itself

# Texts are repetitions of these. Each was chosen against a step that reads texts.
UNITS = {
    "letters": "a",
    "spaces": " ",
    "line breaks": "\r\n",
    "control characters": "\x01",
    "zeros": "0",
    "Base64 zeros": "AAAA",
    "escapes": '"\\',
    "brackets": "[{",
    "dots": "a.",
    "dashes": "a-",
    "at signs": "a@",
    "an address": "https://a.a/",
    "encoded letters": "%41",
    "marks out of order": "\u0315\u0316",
    "half-width marks": "\u0315\uff9e",
    "runs of 30 marks": "a" + "\u0315\u0316" * 15,
    "runs of 31 marks": "a" + "\u0315\u0316" * 15 + "\u0315",
    "letters of four parts": "\u03b1\u0313\u0300\u0345",
    "composed letters": "\u1f82",
    "syllables": "\u1100\u1161\u11a8",
    "long ligatures": "\ufdfa",
    "musical symbols": "\U0001d15e",
    "nothing to see": "\u200b\u2800",
    "joined letters": "\u0915\u094d\u200d",
}
# Values are repeated in lists.
VALUES = {
    "numbers": b"1",
    "floats": b"0.5",
    "large floats": b"1e308",
    "small floats": b"5e-324",
    "numbers out of range": b"1e400",
    "long numbers": b"9" * 4_000,
    "too long numbers": b"9" * 5_000,
    "long fractions": b"0." + b"1" * 700 + b"e-320",
    "empty texts": b'""',
    "escaped texts": b'"\\u0315"',
    "lists": b"[]",
    "objects": b"{}",
    "objects with a field": b'{"a":{"a":1}}',
    "nulls": b"null",
    "towers": b"[" * 49 + b"]" * 49,
}


# The short search has only these.
QUICK = {
    *("letters", "marks out of order", "letters of four parts", "musical symbols", "dots"),
    *("large floats", "objects", "escaped texts"),
}


@dataclass(order=True)
class Found:
    """An input with its cost."""

    cpu_ms: float
    family: str
    status: int
    event: Event = field(compare=False, repr=False)

    def again(self, route: openapi.Route) -> Found:
        """The least of further measurements. Other programs on the machine only add time."""
        return min(self, *(_measured(route, self.family, self.event) for _ in range(4)))

    def __str__(self) -> str:
        return f"{self.cpu_ms:.1f} ms {self.family}"


def costliest(
    route: openapi.Route,
    *,
    size: int = MAX_BYTES,
    tries: int = 0,
    seed: int = 0,
    is_quick: bool = False,
) -> list[Found]:
    """The inputs of at most `size` bytes that cost the operation most.

    tries: the number of inputs that Hypothesis makes after the hand-made ones.
    """
    with _only_input(route):
        made = dict(families(route, size, random.Random(seed), is_quick=is_quick))
        found = [_measured(route, family, event) for family, event in made.items()]
        if tries:
            found += _by_hypothesis(route, size, tries, seed)
        best = {each.family: each for each in sorted(found)}
        top = sorted(best.values(), reverse=True)[:TOP]
        # A short search has no time for it.
        return top if is_quick else sorted((each.again(route) for each in top), reverse=True)


def families(
    route: openapi.Route, size: int, choice: random.Random, *, is_quick: bool = False
) -> Iterator[Input]:
    """Hand-made inputs for every part of a request that the operation reads."""
    yield "nothing", {}
    if route.spec.body is not None:
        for family, body in bodies(_part(route), size, choice, is_quick=is_quick):
            yield family, _with_body(body)
    if route.spec.query is not None:
        for family, query in queries(route.spec.query, min(size, MAX_HEAD), is_quick=is_quick):
            yield family, {"queryStringParameters": query}
    for family, headers in headers_of(min(size, MAX_HEAD), is_quick=is_quick):
        yield family, {"headers": headers}
    for name in route.path_parameters:
        for unit in ("a", "\u0315\u0316", "%"):
            path = examples_of_path(route) | {name: _repeated(unit, min(size, MAX_HEAD))}
            yield f"path: {unit!a}", {"pathParameters": path}
    yield "address", {"rawPath": _repeated("/a", min(size, MAX_HEAD))}


def bodies(
    part: shapes.Part, size: int, choice: random.Random, *, is_quick: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Bodies for a model."""
    fields = [name for name, each in _fields(part).items() if isinstance(each, Holder)] or [""]
    chosen = QUICK if is_quick else {*UNITS, *VALUES}
    for name in sorted(chosen & UNITS.keys()):
        unit = UNITS[name]
        yield f"every text of {name}", _full(part, partial(_text, unit), size)
        yield f"texts of {name} at their limits", _full(part, partial(_longest, unit), size)
        yield f"addresses of {name}", _full(part, partial(_address, unit), size)
        one = choice.choice(fields)
        yield f"{one} of {name}", _document(part, {one: _repeated(unit, size)})
        yield f"{one} as a list of {name}", _document(part, {one: _texts(unit, size)})
    for name in sorted(chosen & VALUES.keys()):
        value = VALUES[name]
        many = b"[" + b",".join([value] * ((size - 100) // (len(value) + 1))) + b"]"
        one = choice.choice(fields)
        yield f"a list of {name}", many
        yield f"{one} with a list of {name}", b'{"%s":%s}' % (one.encode(), many)
    count = size // 12
    yield "unknown names", msgspec.json.encode({f"{number:x}": 1 for number in range(count)})
    yield "escaped names", msgspec.json.encode({f"~/{number:x}": 1 for number in range(count)})
    yield "a long name", msgspec.json.encode({_repeated("~/", size): 1})
    yield "repeated names", b"{" + b",".join([b'"title":1'] * (size // 10)) + b"}"
    yield "a long number", b"1" * size
    yield "a long fraction", b"0." + b"1" * (size - 2)
    for name, broken in {
        "lists without an end": b"[",
        "objects without an end": b'{"a":',
        "texts without an end": b'"\\',
        "brackets in a text without an end": b'[\\"',
        "invalid UTF-8": b"\xed\xa0\x80",
    }.items():
        yield name, b'"' * ("in a text" in name) + broken * (size // len(broken))


def queries(
    shape: Any, size: int, *, is_quick: bool = False
) -> Iterator[tuple[str, dict[str, str]]]:
    names = [field.encode_name for field in msgspec.structs.fields(shape)]
    for name in sorted(UNITS.keys() & (QUICK if is_quick else UNITS.keys())):
        unit = UNITS[name]
        each = size // max(len(names), 1) - 20
        yield f"query: {name}", {field: _repeated(unit, each) for field in names}
    yield "query: unknown names", {f"{number:x}": "" for number in range(size // 5)}
    if "cursor" in names:
        for name, packed in {"lists": b"[" * 300, "texts": b'[1,["' + b"\\u0315" * 40}.items():
            yield f"cursor: {name}", {"cursor": urlsafe_b64encode(packed).decode()}


def headers_of(size: int, *, is_quick: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    units = (",", '"1",', 'W/"1" , ', ";q=0.0,", " ")
    for header in ("if-match", "if-none-match", "accept-encoding", "content-type"):
        for unit in units[:2] if is_quick else units:
            yield f"{header}: {unit}", {header: _repeated(unit, size)}
    claims = b64encode(b"[" * (size // 2)).decode()
    for token in ("a ", "a.", "\t", f"a.{claims}.a"):
        yield f"authorization: {token[:2]!a}", {"authorization": _repeated(token, size)}
    yield "idempotency-key", {"idempotency-key": _repeated("a", size)}
    yield "many headers", {f"x-{number:x}": "" for number in range(size // 6)}


def searching(tries: int) -> hypothesis.settings:
    """The settings of a search for higher costs, which finds the same with the same seed."""
    return hypothesis.settings(
        max_examples=tries,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.target],
        suppress_health_check=list(hypothesis.HealthCheck),
    )


def _by_hypothesis(route: openapi.Route, size: int, tries: int, seed: int) -> list[Found]:
    """Inputs that Hypothesis makes, with their cost as its target."""
    found: list[Found] = []
    part = _part(route) if route.spec.body is not None else None
    units = st.lists(
        st.sampled_from(sorted(UNITS.values())) | st.characters(exclude_categories=["Cs"]),
        min_size=1,
        max_size=4,
    ).map("".join)
    values = st.lists(st.sampled_from(sorted(VALUES.values())), min_size=1, max_size=3)
    holders = [name for name, each in _fields(part).items() if isinstance(each, Holder)]
    names = st.sampled_from(holders or ["a"])

    @hypothesis.seed(seed)
    @searching(tries)
    @hypothesis.given(st.data())
    def search(data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from([*MAKERS, "field", "list"] if part else ["head"]))
        unit = data.draw(units)
        if kind == "head" or part is None:
            text = _repeated(unit, min(size, MAX_HEAD) // 4)
            fields = msgspec.structs.fields(route.spec.query) if route.spec.query else ()
            query = {field.encode_name: text[: 5_000 // len(fields)] for field in fields}
            event: Event = {"queryStringParameters": query, "headers": {"if-match": text}}
        elif kind == "list":
            items = b",".join(data.draw(values))
            many = b",".join([items] * (size // (len(items) + 1) - 1))
            event = _with_body(b'{"%s":[%s]}' % (data.draw(names).encode(), many))
        elif kind == "field":
            event = _with_body(_document(part, {data.draw(names): _repeated(unit, size)}))
        else:
            event = _with_body(_full(part, partial(MAKERS[kind], unit), size))
        each = _measured(route, f"{kind} of {unit!a}"[:60], event)
        found.append(each)
        hypothesis.target(each.cpu_ms)

    search()
    return found


# Documents

Holder = shapes.Text | shapes.Items | shapes.Fields | shapes.Choice


def _part(route: openapi.Route) -> shapes.Part:
    return shapes.of(route.spec.patch or route.spec.body)


def _fields(part: shapes.Part | None) -> dict[str, shapes.Part]:
    """The fields of a model, or of a choice's last model."""
    while isinstance(part, shapes.Choice):
        part = next(each for each in reversed(part.members) if type(each) is not shapes.Part)
    return part.parts if isinstance(part, shapes.Fields) else {}


def _document(part: shapes.Part, fields: dict[str, Any]) -> bytes:
    """An otherwise valid body with these fields."""
    whole = _value(part, lambda _: "a", 1)
    return msgspec.json.encode({**whole, **fields} if isinstance(whole, dict) else fields)


def _full(part: shapes.Part, text: Callable[[int, shapes.Text], str], size: int) -> bytes:
    """A body with every field and item. `text` makes a text of at most this length."""
    room = size
    while True:
        document: bytes = msgspec.json.encode(_value(part, partial(text, room), 1_000))
        if len(document) <= size or room == 0:
            return document[:size]
        room = min(room * 3 // 4, room * size // len(document))


def _text(unit: str, length: int, _: shapes.Text) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def _longest(unit: str, length: int, part: shapes.Text) -> str:
    """As long as the field takes in the longest spelling."""
    return _text(unit, min(length, part.most * texts.LONGEST_SPELLING), part)


def _address(unit: str, length: int, part: shapes.Text) -> str:
    """An address that is wrong only at its end."""
    return "https://" + _text(unit, min(length, part.most, 500) - 10, part) + " a"


MAKERS = {"texts": _text, "limits": _longest, "addresses": _address}


def _value(part: shapes.Part, text: Callable[[shapes.Text], str], items: int) -> Any:
    if isinstance(part, shapes.Choice):
        members = [each for each in part.members if type(each) is not shapes.Part]
        return _value(members[-1], text, items) if members else 1
    if isinstance(part, shapes.Text):
        return text(part)
    if isinstance(part, shapes.Word):
        return part.words[0]
    if isinstance(part, shapes.Items):
        return [_value(part.item, text, items)] * min(part.most, items)
    if isinstance(part, shapes.Fields):
        tag = {part.tag_field: part.tag} if part.tag_field else {}
        return tag | {name: _value(each, text, items) for name, each in part.parts.items()}
    return 1


def _repeated(unit: str, size: int) -> str:
    """The unit as often as it fits as JSON into this many bytes, with room for the rest."""
    return unit * max((size - 2_000) // len(json.dumps(unit, ensure_ascii=False).encode()), 1)


def _texts(unit: str, size: int) -> list[str]:
    text = ("https://" + unit * 500)[:490] + " a"
    return [text] * max((size - 2_000) // (len(msgspec.json.encode(text)) + 1), 1)


def _with_body(body: bytes) -> Event:
    try:
        return {"body": body.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": b64encode(body).decode(), "isBase64Encoded": True}


# Calls


def examples_of_path(route: openapi.Route) -> dict[str, str]:
    return {name: examples.PARAMETERS.get(name, "a") for name in route.path_parameters}


def _measured(route: openapi.Route, family: str, more: Event) -> Found:
    method = route.method or "GET"
    event: Event = {
        "routeKey": route.key,
        "rawPath": route.path,
        "pathParameters": examples_of_path(route),
        "requestContext": {
            "requestId": "bench",
            "http": {"method": method, "sourceIp": "192.0.2.1"},
        },
        **more,
        "headers": {**HEADERS, **more.get("headers", {})},
    }
    if route.needs_token:
        claims = {"sub": examples.ARTIST_ID, "token_use": "access"}
        event["requestContext"]["authorizer"] = {"jwt": {"claims": claims}}
    with redirect_stdout(io.StringIO()):
        began = time.process_time()
        answer = route.handler(event, CONTEXT)
        took = time.process_time() - began
    if answer["statusCode"] == 500:
        raise RuntimeError(f"{route.key} failed before it read {family}")
    return Found(took * 1000, family, answer["statusCode"], more)


@contextmanager
def _only_input(route: openapi.Route) -> Iterator[None]:
    """Run only what reads input in place of the operation, without pauses of the collector."""
    spec, run, limit, made_by = route.spec, route.spec.run, route.spec.limit, idempotency.made_by
    spec.limit = None  # otherwise the search would be refused unread
    idempotency.made_by = lambda _stamp, **_: None  # it reads DynamoDB
    current = _current(spec.patch) if spec.patch else None
    os.environ.setdefault("USER_POOL_CLIENT_ID", "bench")

    def read(request: Any) -> None:
        if current is not None:
            request.patched(current)
        if spec.if_match:
            request.ensure_match(0)
        if spec.idempotent:
            request.idempotency()
        if spec.optional_token:
            request.optional_caller()
        if text := getattr(request.query, "cursor", None):
            cursor.decode(text, 2, spec.name)

    spec.run = read
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        spec.run, spec.limit, idempotency.made_by = run, limit, made_by
        if was_on:
            gc.enable()


def _current(shape: type[msgspec.Struct]) -> Any:
    """The example that a merge patch changes."""
    whole = next(each for each in examples.BODIES if issubclass(each, shape))
    stored = validation.convert(examples.BODIES[whole], whole)
    return shape(**{name: getattr(stored, name) for name in shape.__struct_fields__})
