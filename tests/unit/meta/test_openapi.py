"""The contract is generated from the code, complete, and true to what operations answer."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import validate

from artisthub.castings.handlers import create_casting
from artisthub.castings.models import CastingFields
from artisthub.meta import handlers
from artisthub.shared import errors, validation
from artisthub.shared.endpoint import Operation, Request, by_method, endpoint
from contract import Incomplete, examples, openapi
from tests.unit.calls import ACCESS_CLAIMS, call, event

CONTRACT: dict[str, Any] = json.loads(openapi.FILE.read_text())
ROUTES = list(openapi.routes())
OPERATIONS = {
    operation["operationId"]: operation
    for methods in CONTRACT["paths"].values()
    for operation in methods.values()
}
EXAMPLES: dict[str, Any] = CONTRACT["components"]["examples"]
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]


def is_valid(value: Any, schema: dict[str, Any]) -> bool:
    return validator(json.dumps(schema)).is_valid(value)


@cache
def validator(schema: str) -> Draft202012Validator:
    whole = {**json.loads(schema), "components": CONTRACT["components"]}
    return Draft202012Validator(whole, validate_formats=True)


def component(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def codes(operation_id: str, status: int) -> list[str]:
    """The problem codes that an operation answers with this status."""
    reference = OPERATIONS[operation_id]["responses"][str(status)]["$ref"]
    response = CONTRACT["components"]["responses"][reference.rpartition("/")[2]]
    return sorted(response["content"]["application/problem+json"]["examples"])


def headers(operation_id: str) -> list[str]:
    parameters = OPERATIONS[operation_id]["parameters"]
    references = [each["$ref"].rpartition("/")[2] for each in parameters if "$ref" in each]
    return sorted(references)


def test_the_contract_is_generated_the_same_every_time() -> None:
    assert openapi.text() == openapi.text()


def test_the_contract_is_valid_openapi_3_1() -> None:
    validate(CONTRACT)

    assert CONTRACT["openapi"] == "3.1.0"


def test_every_api_route_is_in_the_contract() -> None:
    routes = {(route.path, route.method.lower()) for route in ROUTES}
    documented = {
        (path, method) for path, methods in CONTRACT["paths"].items() for method in methods
    }

    assert documented == routes
    assert len(routes) > 15


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.spec.name)
def test_every_operation_has_a_summary_and_a_description(route: openapi.Route) -> None:
    operation = OPERATIONS[route.spec.name]

    assert operation["summary"]
    assert "`" not in operation["summary"]  # A summary is plain text; a description is Markdown.
    assert len(operation["summary"]) <= 120
    assert operation["description"]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.spec.name)
def test_an_operation_requires_a_token_if_its_route_does(route: openapi.Route) -> None:
    required = OPERATIONS[route.spec.name]["security"] == [{"accessToken": []}]

    assert required is route.needs_token is not route.spec.public
    assert ("401" in OPERATIONS[route.spec.name]["responses"]) >= required


def test_a_public_read_that_shows_more_with_a_token_lists_it_as_optional() -> None:
    assert OPERATIONS["getCasting"]["security"] == [{}, {"accessToken": []}]
    assert OPERATIONS["health"]["security"] == []


def test_a_create_lists_its_headers_and_problem_codes() -> None:
    assert headers("createCasting") == ["IdempotencyKey"]
    assert sorted(OPERATIONS["createCasting"]["responses"]["201"]["headers"]) == [
        "ETag",
        "Location",
        "X-Request-Id",
    ]
    assert codes("createCasting", 400) == ["BadIdempotencyKey", "Malformed"]
    assert codes("createCasting", 401) == ["AccessTokenRequired", "Unauthorized"]
    assert codes("createCasting", 413) == ["TooLarge"]
    assert codes("createCasting", 415) == ["UnsupportedMediaType"]
    assert {"IdempotencyKeyReused", "Invalid"} <= set(codes("createCasting", 422))


def test_an_update_requires_if_match_and_takes_a_merge_patch() -> None:
    body = OPERATIONS["updateCasting"]["requestBody"]["content"]

    assert headers("updateCasting") == ["IfMatch"]
    assert CONTRACT["components"]["parameters"]["IfMatch"]["required"] is True
    # The service takes application/merge-patch+json too, but generators fail on two.
    assert sorted(body) == ["application/json"]
    assert codes("updateCasting", 412) == ["Stale"]
    assert codes("updateCasting", 428) == ["IfMatchRequired"]


def test_an_operation_that_honours_if_match_lists_it_as_optional() -> None:
    for operation in ("setCastingStatus", "deleteCasting", "changeUsername", "deleteUser"):
        assert headers(operation) == ["IfMatchOptional"]
        assert codes(operation, 412) == ["Stale"]
    assert headers("restoreUser") == []


def test_a_read_lists_if_none_match_and_304() -> None:
    assert headers("getCasting") == ["IfNoneMatch"]
    assert "304" in OPERATIONS["getCasting"]["responses"]


def test_a_redirect_has_a_location_and_no_body() -> None:
    answer = OPERATIONS["getMedia"]["responses"]["302"]

    assert sorted(answer["headers"]) == ["Location", "X-Request-Id"]
    assert "content" not in answer
    assert "204" not in OPERATIONS["getMedia"]["responses"]


def test_a_list_has_a_limit_and_a_cursor() -> None:
    operation = OPERATIONS["listRecruiterCastings"]
    parameters = {each.get("name"): each for each in operation["parameters"]}

    assert {"recruiterId", "limit", "cursor"} <= parameters.keys()
    assert parameters["limit"]["required"] is False
    assert parameters["cursor"]["schema"]["type"] == "string"
    assert codes("listRecruiterCastings", 400) == ["BadCursor"]


def test_no_filter_is_an_empty_list() -> None:
    """A client that sends an empty list sends `status=`, which is refused."""
    parameters = [each for operation in OPERATIONS.values() for each in operation["parameters"]]
    filters = [each["schema"] for each in parameters if "explode" in each]

    assert filters
    assert [each for each in filters if each["minItems"] < 1] == []


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_operation_lists_429_500_and_503(operation_id: str) -> None:
    assert codes(operation_id, 429) in (["TooManyRequests"], ["QuotaExceeded", "TooManyRequests"])
    assert codes(operation_id, 500) == ["InternalError"]
    assert codes(operation_id, 503) == ["Busy"]


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_body_and_answer_has_valid_examples(operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    answers = [answer for status, answer in operation["responses"].items() if status < "300"]

    for described in [operation.get("requestBody", {}), *answers]:
        for media_type, content in described.get("content", {}).items():
            if not media_type.endswith("json"):
                continue
            assert content["examples"]
            for name in content["examples"]:
                assert is_valid(EXAMPLES[name]["value"], content["schema"]), name


@pytest.mark.parametrize("shape", examples.BODIES, ids=lambda shape: shape.__name__)
def test_every_example_body_is_accepted(shape: type) -> None:
    sent = json.dumps(examples.BODIES[shape]).encode()

    assert isinstance(validation.read(sent, shape), shape)


def test_every_example_is_in_the_contract() -> None:
    shapes = [*examples.BODIES, *examples.PATCHES, *examples.ANSWERS]
    names = {shape.__name__ for shape in shapes} | set(examples.OWN_ANSWERS)

    assert names == {name.removesuffix("Page").removesuffix("Patch") for name in EXAMPLES}


@pytest.mark.parametrize("response", CONTRACT["components"]["responses"])
def test_an_example_problem_fits_only_its_own_schema(response: str) -> None:
    described = CONTRACT["components"]["responses"][response]
    problem = described["content"]["application/problem+json"]

    for example in problem["examples"].values():
        assert is_valid(example["value"], problem["schema"])
        assert not is_valid(example["value"] | {"code": "Another"}, problem["schema"])


@pytest.mark.parametrize(
    "sent",
    [event("POST"), event("POST", claims=ACCESS_CLAIMS, body={"title": "", "colour": "red"})],
)
def test_a_real_problem_document_fits_the_problem_schema(sent: dict[str, Any]) -> None:
    assert is_valid(call(create_casting, sent).json, component("Problem"))


@pytest.mark.parametrize(
    ("patch", "fits"),
    [
        ({}, True),
        ({"title": "Hamlet"}, True),
        ({"city": None}, True),
        ({"title": None}, False),
        ({"title": 5}, False),
        ({"castingId": "1"}, False),
    ],
)
def test_a_patch_has_any_fields_and_null_only_for_optional_ones(
    patch: dict[str, Any], fits: bool
) -> None:
    assert is_valid(patch, component(f"{CastingFields.__name__}Patch")) is fits


def test_the_server_url_is_relative_to_the_contract() -> None:
    assert [each["url"] for each in CONTRACT["servers"]] == [".."]
    assert all(path.startswith("/v1/") for path in CONTRACT["paths"])


def test_every_problem_status_is_in_the_contract() -> None:
    described = {
        example["value"]["status"]
        for response in CONTRACT["components"]["responses"].values()
        for example in response["content"]["application/problem+json"]["examples"].values()
    }

    families = set(errors.Problem.__subclasses__()) - {
        errors.MethodNotAllowed
    }  # No operation returns 405.
    assert described == {family.status for family in families}


def fields() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The model, name and schema of every field of a model."""
    for model, schema in SCHEMAS.items():
        for name, described in schema.get("properties", {}).items():
            yield model, name, described


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all schemas in it."""
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts(part)
    if isinstance(schema, list):
        for part in schema:
            yield from parts(part)


def test_no_field_has_a_default_that_makes_types_require_it() -> None:
    assert [(model, name) for model, name, field in fields() if "default" in field] == []


@pytest.mark.parametrize(
    ("name", "sometimes"),
    [
        ("Casting", []),
        ("OwnProfile", []),
        ("CastingSummaryPage", []),
        ("Tokens", ["idToken", "refreshToken"]),
        ("AuditEntry", ["quota", "most"]),
    ],
)
def test_an_answer_requires_all_fields_that_it_always_has(name: str, sometimes: list[str]) -> None:
    schema = SCHEMAS[name]

    assert [each for each in schema["properties"] if each not in schema["required"]] == sometimes


def test_every_time_is_a_date_time() -> None:
    times = {
        f"{model}.{name}": {part["format"] for part in parts(field) if "format" in part}
        for model, name, field in fields()
        if name.endswith("At") or name in ("at", "hiddenUntil", "restorableUntil")
    }

    assert {field for field, formats in times.items() if formats != {"date-time"}} == set()
    assert len(times) > 50


def test_words_that_several_fields_share_have_a_name() -> None:
    used = Counter(
        tuple(part["enum"])
        for name, schema in (SCHEMAS | CONTRACT["paths"]).items()
        for part in parts(schema)
        if len(part.get("enum", [])) > 1
    )

    assert {words for words, times in used.items() if times > 1} == set()
    assert len(used) > 20


def test_a_body_of_several_models_has_a_discriminator() -> None:
    for operation in OPERATIONS.values():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            schema = SCHEMAS[content["schema"]["$ref"].rpartition("/")[2]]
            assert ("oneOf" in schema) is ("discriminator" in schema)
            assert "anyOf" not in schema
    assert SCHEMAS["ChallengeAnswer"]["discriminator"]["propertyName"] == "challenge"


def test_a_problem_names_its_status_and_code() -> None:
    problem = errors.NotFound().document("JKJaXmPLvHcESHA=")

    assert is_valid(problem, component("NotFoundProblem"))
    assert not is_valid(problem | {"status": 403}, component("NotFoundProblem"))
    assert not is_valid(problem | {"status": 299}, component("Problem"))
    assert {404, 503} <= set(SCHEMAS["Problem"]["properties"]["status"]["enum"])


@pytest.mark.parametrize("status", ["401", "429", "500", "503"])
def test_errors_that_the_gateway_also_answers_have_both_bodies(status: str) -> None:
    name = OPERATIONS["getMe"]["responses"][status]["$ref"].rpartition("/")[2]
    content = CONTRACT["components"]["responses"][name]["content"]

    assert content["application/json"]["schema"] == component("GatewayMessage")
    # Generators that read only the first media type get both types.
    assert next(iter(content)) == "application/problem+json"
    for schema in (each["schema"] for each in content.values()):
        assert is_valid({"message": "Unauthorized"}, schema)


def test_groups_have_the_order_in_which_a_client_meets_them() -> None:
    names = [tag["name"] for tag in CONTRACT["tags"]]

    assert names[:2] == ["accounts", "users"]
    assert names[-2:] == ["admin", "meta"]
    firsts = dict.fromkeys(operation["tags"][0] for operation in OPERATIONS.values())
    assert set(names) == set(firsts)


def test_a_group_without_a_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openapi, "TAGS", ("accounts", "users"))

    with pytest.raises(Incomplete, match=r"has no place: add it to TAGS in contract/openapi\.py"):
        openapi.document()


def test_the_page_behind_a_link_in_an_email_is_in_the_contract() -> None:
    answer = OPERATIONS["unsubscribePage"]["responses"]["200"]

    assert list(answer["content"]) == ["text/html"]


class TestRoutes:
    def test_a_shared_function_has_a_route_for_each_operation(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shared = by_method(GET=handlers.health, PUT=handlers.openapi)
        monkeypatch.setattr(handlers, "all_of_it", shared, raising=False)

        routes = openapi._routes_of("allOfIt", function("meta/handlers.all_of_it", "GET", "PUT"))

        found = [(route.method, route.spec.name, route.feature) for route in routes]
        assert found == [("GET", "health", "meta"), ("PUT", "openapi", "meta")]

    @pytest.mark.parametrize(
        ("name", "methods", "problem"),
        [
            ("allOfIt", ["GET"], "allOfIt has the routes GET in .* operations for GET, PUT: list"),
            ("allOfIt", ["GET", "PUT", "DELETE"], "has the routes DELETE, GET, PUT in"),
            ("allOfIt", ["GET", "PUT", "PUT"], "has the routes GET, PUT, PUT in"),
            ("everything", ["GET", "PUT"], "everything in infra/functions is handled by allOfIt"),
        ],
    )
    def test_a_shared_function_with_wrong_routes_or_name_is_refused(
        self, name: str, methods: list[str], problem: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shared = by_method(GET=handlers.health, PUT=handlers.openapi)
        monkeypatch.setattr(handlers, "all_of_it", shared, raising=False)

        with pytest.raises(ValueError, match=problem):
            openapi._routes_of(name, function("meta/handlers.all_of_it", *methods))


class TestDeclarations:
    def test_an_operation_that_does_not_declare_what_it_uses_is_refused(self) -> None:
        @endpoint()
        def undeclared(request: Request[None, None]) -> None:
            request.ensure_match(1)

        with pytest.raises(ValueError, match=r"undeclared calls .* add if_match to its @endpoint"):
            openapi._ensure_declared(operation_of(undeclared))

    def test_an_operation_that_declares_what_it_does_not_use_is_refused(self) -> None:
        @endpoint(idempotent=lambda request, made: made)
        def unused(request: Request[None, None]) -> None:
            return None

        with pytest.raises(ValueError, match=r"unused declares idempotent: call .* or remove it"):
            openapi._ensure_declared(operation_of(unused))


def operation_of(handler: Any) -> Operation:
    operation: Operation = handler.operation
    return operation


def function(handler: str, *methods: str) -> dict[str, Any]:
    """An entry of `infra/functions` whose routes need no token."""
    events = [{"httpApi": {"method": method, "path": "/v1/x"}} for method in methods]
    return {"handler": f"artisthub/{handler}", "events": events}
