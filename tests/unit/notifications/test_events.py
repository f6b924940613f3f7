"""The published schemas of the events match what the code puts on the bus."""

import json
from typing import Any

import msgspec
import pytest
from jsonschema_rs import Draft202012Validator

from contract import ROOT, events


@pytest.fixture(scope="module")
def published() -> Any:
    return json.loads(events.FILE.read_text())


def test_the_published_event_schemas_are_up_to_date() -> None:
    assert events.FILE.read_text() == events.text(), "run `make fix`"


def test_every_event_is_documented(published: Any) -> None:
    described = (ROOT / "docs/events.md").read_text()

    names = [event.__name__ for event in events.EVENTS]
    assert list(published["$defs"]) == names
    assert [name for name in names if f"| `{name}` |" not in described] == []


def test_an_event_has_only_ids_times_and_enumerated_values(published: Any) -> None:
    for name, schema in published["$defs"].items():
        for field, kind in schema["properties"].items():
            is_id_or_time = field.endswith(("Id", "At"))
            assert is_id_or_time or "enum" in kind, f"{name}.{field}"


def test_the_documented_example_is_a_valid_event(published: Any) -> None:
    text = (ROOT / "docs/events.md").read_text()
    example = json.loads(text.split("```json\n")[1].split("```")[0])

    schema = published["$defs"][example["detail-type"]]
    assert Draft202012Validator(schema).is_valid(example["detail"])
    assert schema["properties"].keys() == example["detail"].keys()
    [shape] = [event for event in events.EVENTS if event.__name__ == example["detail-type"]]
    assert msgspec.to_builtins(msgspec.convert(example["detail"], shape)) == example["detail"]
