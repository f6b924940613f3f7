"""A change of the contract that breaks clients is found, and fails unless it is accepted."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from contract import changes, openapi

Json = dict[str, Any]
CONTRACT: Json = json.loads(openapi.FILE.read_text())
CREATE = ("/v1/castings", "post")
READ = ("/v1/castings/{castingId}", "get")


def schema(document: Json, name: str) -> Json:
    found: Json = document["components"]["schemas"][name]
    return found


def field(document: Json, model: str, name: str) -> Json:
    found: Json = schema(document, model)["properties"][name]
    return found


def operation(document: Json, route: tuple[str, str]) -> Json:
    path, method = route
    found: Json = document["paths"][path][method]
    return found


def parameter(document: Json, route: tuple[str, str], name: str) -> Json:
    parameters: list[Json] = operation(document, route)["parameters"]
    return next(each for each in parameters if each.get("name") == name)


def without_operation(document: Json) -> None:
    del document["paths"]["/v1/castings"]["post"]


def with_token(document: Json) -> None:
    operation(document, READ)["security"] = [{"accessToken": []}]


def without_parameter(document: Json) -> None:
    operation(document, ("/v1/castings", "get"))["parameters"].pop()


def with_required_parameter(document: Json) -> None:
    parameter(document, ("/v1/castings", "get"), "text")["required"] = True


def without_field(document: Json) -> None:
    del schema(document, "CastingFields")["properties"]["tags"]


def with_required_field(document: Json) -> None:
    schema(document, "CastingFields")["required"].append("tags")


def without_input_value(document: Json) -> None:
    schema(document, "CastingMode")["enum"].remove("hybrid")


def with_shorter_text(document: Json) -> None:
    field(document, "CastingFields", "title")["maxLength"] = 119


def with_longer_list(document: Json) -> None:
    field(document, "CastingFields", "tags")["minItems"] = 1


def with_narrower_type(document: Json) -> None:
    field(document, "CastingFields", "city")["anyOf"].pop()


def with_other_media_type(document: Json) -> None:
    path, _ = READ
    content = operation(document, (path, "patch"))["requestBody"]["content"]
    content["text/csv"] = content.pop("application/json")


def without_answer_field(document: Json) -> None:
    del schema(document, "Document")["properties"]["url"]


def with_rarer_answer_field(document: Json) -> None:
    schema(document, "Document")["required"].remove("url")


def with_wider_answer(document: Json) -> None:
    url = field(document, "Document", "url")
    url["anyOf"] = [{"type": url.pop("type")}, {"type": "null"}]


def with_other_status(document: Json) -> None:
    responses = operation(document, CREATE)["responses"]
    responses["409"] = responses.pop("413")


def with_renamed_error(document: Json) -> None:
    for response in document["components"]["responses"].values():
        examples = response["content"]["application/problem+json"]["examples"]
        if "Busy" in examples:
            examples["Overloaded"] = examples.pop("Busy")


def without_header(document: Json) -> None:
    del operation(document, CREATE)["responses"]["201"]["headers"]["Location"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (without_operation, "createCasting: the operation is removed"),
        (with_token, "getCasting: it now needs a token"),
        (without_parameter, "searchCastings ids: the parameter is removed"),
        (with_required_parameter, "searchCastings text: the parameter is now required"),
        (without_field, "createCasting body.tags: the field is removed"),
        (with_required_field, "createCasting body.tags: the field is now required"),
        (without_input_value, "createCasting body.mode: it can no longer be hybrid"),
        (with_shorter_text, "createCasting body.title: its maxLength is now 119"),
        (with_longer_list, "createCasting body.tags: its minItems is now 1"),
        (with_narrower_type, "createCasting body.city: it must now be string, not null"),
        (with_other_media_type, "updateCasting body: it can no longer be application/json"),
        (without_answer_field, "getCasting 200.documents[].url: the field is removed"),
        (
            with_rarer_answer_field,
            "getCasting 200.documents[].url: the field is no longer always there",
        ),
        (with_wider_answer, "getCasting 200.documents[].url: it may now be null, not only string"),
        (with_other_status, "createCasting TooLarge: its status is now 409 instead of 413"),
        (with_renamed_error, "getCasting Busy: the error is removed"),
        (without_header, "createCasting 201: the header Location is removed"),
    ],
)
def test_a_change_that_breaks_clients_is_found(change: Callable[[Json], None], found: str) -> None:
    now = deepcopy(CONTRACT)
    change(now)

    breaking = [str(each) for each in changes.between(CONTRACT, now) if each.is_breaking]
    assert found in breaking


def with_answer_value(document: Json) -> None:
    schema(document, "CastingStatus")["enum"].append("paused")


def with_error(document: Json) -> None:
    responses = operation(document, ("/v1/health", "get"))["responses"]
    responses["409"] = operation(document, CREATE)["responses"]["413"]


def with_pattern(document: Json) -> None:
    field(document, "CastingFields", "title")["pattern"] = "^[^x]*$"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (with_answer_value, "warning: getCasting 200.status: it may now be paused"),
        (with_error, "warning: health TooLarge: the error is new"),
        (with_pattern, "warning: createCasting body.title: its pattern has changed"),
    ],
)
def test_a_change_that_may_break_clients_is_a_warning(
    change: Callable[[Json], None], found: str
) -> None:
    now = deepcopy(CONTRACT)
    change(now)

    changed = changes.between(CONTRACT, now)
    assert found in map(str, changed)
    assert not any(each.is_breaking for each in changed)


def with_operation(document: Json) -> None:
    document["paths"]["/v1/new"] = {"get": operation(document, READ) | {"operationId": "new"}}


def with_optional_field(document: Json) -> None:
    schema(document, "CastingFields")["properties"]["mood"] = {"type": "string"}


def with_wider_input(document: Json) -> None:
    field(document, "CastingFields", "title")["maxLength"] = 200


def with_answer_field(document: Json) -> None:
    schema(document, "Document")["properties"]["size"] = {"type": "integer"}
    schema(document, "Document")["required"].append("size")


def with_list_of_values(document: Json) -> None:
    text = parameter(document, ("/v1/castings", "get"), "text")
    text["schema"] = {"type": "array", "items": text["schema"]}


@pytest.mark.parametrize(
    "change",
    [with_operation, with_optional_field, with_wider_input, with_answer_field, with_list_of_values],
)
def test_a_change_that_breaks_no_client_is_not_found(change: Callable[[Json], None]) -> None:
    now = deepcopy(CONTRACT)
    change(now)

    assert changes.between(CONTRACT, now) == []


def test_every_change_that_breaks_clients_since_the_last_release_is_accepted() -> None:
    released = json.loads((changes.RELEASED / f"{changes.last_release()}.json").read_text())
    found = changes.between(released, CONTRACT)

    assert {str(each) for each in found if each.is_breaking} == changes.accepted().keys()


def test_the_last_release_is_the_one_with_the_highest_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for version in ("0.2.0", "0.10.0", "0.9.1"):
        (tmp_path / f"{version}.json").touch()
    monkeypatch.setattr(changes, "RELEASED", tmp_path)

    assert changes.last_release() == "0.10.0"


def test_a_breaking_change_fails_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = deepcopy(CONTRACT)
    without_operation(now)
    monkeypatch.setattr(openapi, "document", lambda: now)

    assert changes.main([]) == 1
    assert "createCasting: the operation is removed\n" in capsys.readouterr().out


def test_an_accepted_change_that_is_not_there_fails_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted = changes.accepted() | {"getCasting: the operation is removed": "It never was."}
    monkeypatch.setattr(changes, "accepted", lambda: accepted)

    assert changes.main([]) == 1
    assert "remove it: getCasting: the operation is removed\n" in capsys.readouterr().out
