"""Compare the contract with that of the last release.

python -m contract.changes             since the last release
python -m contract.changes 0.1.0       since this release

It prints what breaks clients, and after `warning:` what may. A breaking change fails unless
contract/accepted.yml has it with a reason.
"""

import json
import sys
from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

import yaml

from contract import ROOT, openapi
from contract.schemas import Json

RELEASED = ROOT / "contract/released"
ACCEPTED = ROOT / "contract/accepted.yml"
PROBLEM = "application/problem+json"
# Bounds of values: a smaller maximum and a larger minimum accept less.
MOST = ("maximum", "maxLength", "maxItems")
LEAST = ("minimum", "minLength", "minItems")


class Change(NamedTuple):
    """A difference that a client may notice, such as `createCasting body.title: …`."""

    where: str
    what: str
    is_breaking: bool = True

    def __str__(self) -> str:
        return f"{'' if self.is_breaking else 'warning: '}{self.where}: {self.what}"


def last_release() -> str:
    """The version of the newest contract in contract/released."""
    versions = [path.stem for path in RELEASED.glob("*.json")]
    return max(versions, key=lambda version: [int(part) for part in version.split(".")])


def between(before: Json, now: Json) -> list[Change]:
    """The changes that break a client of the first contract, or may break it."""
    old, new = _operations(before), _operations(now)
    gone = [Change(name, "the operation is removed") for name in old.keys() - new.keys()]
    found = [
        change
        for name in sorted(old.keys() & new.keys())
        for change in _Comparison(name, before, now).changes(old[name], new[name])
    ]
    return sorted(dict.fromkeys([*gone, *found]))


def _operations(document: Json) -> dict[str, Json]:
    """By id, each with its method and path."""
    return {
        operation["operationId"]: operation | {"route": f"{method.upper()} {path}"}
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


class _Comparison:
    """One operation in two contracts."""

    def __init__(self, name: str, before: Json, now: Json) -> None:
        self.name = name
        self.before = before["components"]
        self.now = now["components"]

    def changes(self, old: Json, new: Json) -> Iterator[Change]:
        if old["route"] != new["route"]:
            yield self.change("", f"the route is now {new['route']}")
        if {} in (old["security"] or [{}]) and {} not in (new["security"] or [{}]):
            yield self.change("", "it now needs a token")
        yield from self._parameters(old, new)
        yield from self._bodies(old, new)
        yield from self._answers(old["responses"], new["responses"])

    def change(self, where: str, what: str, *, is_breaking: bool = True) -> Change:
        return Change(f"{self.name} {where}".strip(), what, is_breaking)

    def _parameters(self, old: Json, new: Json) -> Iterator[Change]:
        before = _by_name(old["parameters"], self.before)
        now = _by_name(new["parameters"], self.now)
        for name in before.keys() - now.keys():
            yield self.change(name, "the parameter is removed")
        for name, parameter in now.items():
            was_required = name in before and before[name].get("required", False)
            if parameter.get("required", False) and not was_required:
                yield self.change(name, "the parameter is now required")
            if name in before:
                was, schema = before[name]["schema"], parameter["schema"]
                # One value is a list of one.
                is_list = was.get("type") != "array" and schema.get("type") == "array"
                yield from self.input(name, was, schema["items"] if is_list else schema)

    def _bodies(self, old: Json, new: Json) -> Iterator[Change]:
        before, now = (each.get("requestBody", {}).get("content", {}) for each in (old, new))
        if now and not before:
            yield self.change("body", "it is now required")
        for media_type in before.keys() - now.keys():
            yield self.change("body", f"it can no longer be {media_type}")
        for media_type in before.keys() & now.keys():
            yield from self.input("body", before[media_type]["schema"], now[media_type]["schema"])

    def _answers(self, old: Json, new: Json) -> Iterator[Change]:
        for status in sorted(status for status in old.keys() | new.keys() if status < "400"):
            if status not in new:
                yield self.change(status, "the answer is removed")
            elif status not in old:
                yield self.change(status, "the answer is new", is_breaking=False)
            else:
                yield from self._answer(status, old[status], new[status])
        before, now = _codes(old, self.before), _codes(new, self.now)
        for code in sorted(before.keys() | now.keys()):
            if code not in now:  # or renamed, if another one is new
                is_breaking = bool(now.keys() - before.keys())
                yield self.change(code, "the error is removed", is_breaking=is_breaking)
            elif code not in before:
                yield self.change(code, "the error is new", is_breaking=False)
            elif before[code] != now[code]:
                yield self.change(code, f"its status is now {now[code]} instead of {before[code]}")

    def _answer(self, status: str, old: Json, new: Json) -> Iterator[Change]:
        for name in old["headers"].keys() - new["headers"].keys():
            yield self.change(status, f"the header {name} is removed")
        before, now = old.get("content", {}), new.get("content", {})
        if before.keys() != now.keys():
            yield self.change(status, f"it is now {', '.join(now) or 'empty'}")
        for media_type in before.keys() & now.keys():
            if "schema" in before[media_type]:
                schemas = (each[media_type]["schema"] for each in (before, now))
                yield from self.output(status, *schemas)

    def input(self, where: str, old: Json, new: Json) -> Iterator[Change]:
        """Values that a client may no longer send."""
        yield from self._each(where, _options(old, self.before), _options(new, self.now), self._in)

    def output(self, where: str, old: Json, new: Json) -> Iterator[Change]:
        """Properties that a client may no longer expect."""
        options = _options(new, self.now), _options(old, self.before)
        yield from self._each(where, *options, lambda at, one, other: self._out(at, other, one))

    def _each(
        self, where: str, given: list[Json], known: list[Json], compare: Any
    ) -> Iterator[Change]:
        """The changes of each given option against the known one that is nearest to it."""
        for option in given:
            tries = [list(compare(where, option, other)) for other in known]
            yield from min(tries, key=lambda found: (sum(x.is_breaking for x in found), len(found)))

    def _in(self, where: str, old: Json, new: Json) -> Iterator[Change]:
        if _type(old) != _type(new):
            yield self.change(where, f"it must now be {_type(new)}, not {_type(old)}")
            return
        words, known = _words(new), _words(old)
        if words is not None and known is None:
            yield self.change(where, "it can no longer be any value")
        elif words is not None and known is not None and known - words:
            named = ", ".join(sorted(map(str, known - words)))
            yield self.change(where, f"it can no longer be {named}")
        for bound in MOST:
            if new.get(bound, inf) < old.get(bound, inf):
                yield self.change(where, f"its {bound} is now {new[bound]}")
        for bound in LEAST:
            if new.get(bound, -inf) > old.get(bound, 0 if bound != "minimum" else -inf):
                yield self.change(where, f"its {bound} is now {new[bound]}")
        if new.get("format", old.get("format")) != old.get("format"):
            yield self.change(where, f"its format is now {new['format']}")
        if new.get("pattern", old.get("pattern")) != old.get("pattern"):
            yield self.change(where, "its pattern has changed", is_breaking=False)
        if "items" in old and "items" in new:
            yield from self.input(f"{where}[]", old["items"], new["items"])
        yield from self._fields_in(where, old, new)

    def _fields_in(self, where: str, old: Json, new: Json) -> Iterator[Change]:
        before, now = old.get("properties", {}), new.get("properties", {})
        if new.get("additionalProperties") is False:
            for name in before.keys() - now.keys():
                yield self.change(f"{where}.{name}", "the field is removed")
        for name in set(new.get("required", [])) - set(old.get("required", [])):
            yield self.change(f"{where}.{name}", "the field is now required")
        for name in before.keys() & now.keys():
            yield from self.input(f"{where}.{name}", before[name], now[name])

    def _out(self, where: str, old: Json, new: Json) -> Iterator[Change]:
        if _type(old) != _type(new) and old:
            yield self.change(where, f"it may now be {_type(new)}, not only {_type(old)}")
            return
        words, known = _words(new), _words(old)
        if known is not None and words is None:
            yield self.change(where, "it may now be any value", is_breaking=False)
        elif known is not None and words is not None and words - known:
            named = ", ".join(sorted(map(str, words - known)))
            yield self.change(where, f"it may now be {named}", is_breaking=False)
        if old.get("format", new.get("format")) != new.get("format"):
            yield self.change(where, f"its format is no longer {old['format']}")
        if "items" in old and "items" in new:
            yield from self.output(f"{where}[]", old["items"], new["items"])
        before, now = old.get("properties", {}), new.get("properties", {})
        always = set(new.get("required", []))
        for name in before:
            if name not in now:
                yield self.change(f"{where}.{name}", "the field is removed")
                continue
            if name in old.get("required", []) and name not in always:
                yield self.change(f"{where}.{name}", "the field is no longer always there")
            yield from self.output(f"{where}.{name}", before[name], now[name])


def _by_name(parameters: list[Json], components: Json) -> dict[str, Json]:
    resolved = (_resolved(parameter, components) for parameter in parameters)
    return {parameter["name"]: parameter for parameter in resolved}


def _codes(responses: Json, components: Json) -> dict[str, str]:
    """The codes of problems, and their status."""
    return {
        code: status
        for status, response in responses.items()
        for code in _resolved(response, components)
        .get("content", {})
        .get(PROBLEM, {})
        .get("examples", {})
    }


def _resolved(part: Json, components: Json) -> Json:
    """The part that a reference names, with the fields beside the reference."""
    if "$ref" not in part:
        return part
    section, name = part["$ref"].split("/")[-2:]
    beside = {key: value for key, value in part.items() if key != "$ref"}
    return _resolved(components[section][name], components) | beside


def _options(schema: Json, components: Json) -> list[Json]:
    """The schemas that the value may have."""
    schema = _resolved(schema, components)
    members = schema.get("anyOf") or schema.get("oneOf")
    if not members:
        return [schema]
    return [option for member in members for option in _options(member, components)]


def _type(schema: Json) -> str:
    if "type" in schema:
        return str(schema["type"])
    return "object" if "properties" in schema else "string" if _words(schema) else "anything"


def _words(schema: Json) -> set[Any] | None:
    """The values that are allowed, or None for any."""
    if "const" in schema:
        return {schema["const"]}
    return set(schema["enum"]) if "enum" in schema else None


def accepted() -> dict[str, str]:
    """The breaking changes that are accepted for the next release, and why."""
    return {
        change: reason
        for reason, changes in (yaml.safe_load(ACCEPTED.read_text()) or {}).items()
        for change in changes
    }


def main(arguments: list[str]) -> int:
    """Print the changes and return the exit status."""
    version = arguments[0] if arguments else last_release()
    before = json.loads((RELEASED / f"{version}.json").read_text())
    found = between(before, openapi.document())
    known = accepted()
    breaking = {str(change) for change in found if change.is_breaking}
    for change in found:
        if str(change) not in known:
            print(change)
    for stale in known.keys() - breaking:
        print(f"contract/accepted.yml has a change that is not there, remove it: {stale}")
    return 1 if breaking ^ known.keys() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
