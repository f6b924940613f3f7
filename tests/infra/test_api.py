"""The HTTP API: routes, authorization, rate limits and the access log."""

import json
from importlib import import_module
from typing import Any

import pytest
import yaml

from tests.infra.packages import PROJECT, Package

LIMITS = {
    "dev": (100, 200, 50, 100),
    "staging": (200, 400, 100, 200),
    "prod": (2000, 4000, 1000, 2000),
}

# Not in the contract: the page of the contract itself, and the default route.
PAGES = {"GET /v1/docs", "GET /v1/docs/{asset}", "$default"}


def operations_of_handlers() -> set[str]:
    """The names of all functions with `@endpoint`."""
    folder = PROJECT / "src/artisthub"
    modules = [
        import_module(f"artisthub.{file.parent.name}.handlers")
        for file in folder.glob("*/handlers.py")
    ]
    return {
        each.operation.name
        for module in modules
        for each in vars(module).values()
        if hasattr(each, "operation")
    }


def operations_of_routes(package: Package) -> dict[str, str]:
    """The operation that each route runs."""
    return {
        route["RouteKey"]: _operation(package, route)
        for route in package.properties("AWS::ApiGatewayV2::Route").values()
    }


def _operation(package: Package, route: dict[str, Any]) -> str:
    integration = package[route["Target"]["Fn::Join"][1][1]["Ref"]]
    function = package[integration["IntegrationUri"]["Fn::GetAtt"][0]]
    module, _, attribute = function["Handler"].rpartition(".")
    handler = getattr(import_module(module.replace("/", ".")), attribute)
    key = route["RouteKey"].replace("HEAD ", "GET ")
    operations = getattr(handler, "operations", {key: handler})
    name: str = operations[key if key in operations else key.split()[0]].operation.name
    return name


def operations_of_contract() -> dict[str, str]:
    contract = json.loads((PROJECT / "src/artisthub/meta/openapi.json").read_text())
    return {
        f"{method.upper()} {path}": operation["operationId"]
        for path, methods in contract["paths"].items()
        for method, operation in methods.items()
    }


def test_routes_contract_and_handlers_have_the_same_operations(each: Package) -> None:
    routes = operations_of_routes(each)

    assert set(routes.values()) == operations_of_handlers()
    documented = {
        key: name
        for key, name in routes.items()
        if key not in PAGES and not key.startswith("HEAD ")
    }
    assert documented == operations_of_contract()


@pytest.mark.weakness(39)
def test_every_public_read_also_has_the_method_head(each: Package) -> None:
    routes = operations_of_routes(each)
    public = yaml.safe_load((PROJECT / "infra/public-routes.yml").read_text())

    reads = {key.removeprefix("GET ") for key in public if key.startswith("GET ")}
    heads = {key.removeprefix("HEAD ") for key in routes if key.startswith("HEAD ")}
    # A page that asks before it unsubscribes is for people.
    assert heads == reads - {"/v1/unsubscribe"}
    for path in heads:
        assert routes[f"HEAD {path}"] == routes[f"GET {path}"]


def test_the_authorizer_accepts_tokens_of_the_user_pool_and_its_client(each: Package) -> None:
    [authorizer] = each.properties("AWS::ApiGatewayV2::Authorizer").values()

    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    assert authorizer["JwtConfiguration"] == {
        "Audience": [{"Ref": "UserPoolClient"}],
        "Issuer": {"Fn::Sub": "https://cognito-idp.${AWS::Region}.amazonaws.com/${UserPool}"},
    }


def test_every_route_needs_a_token_unless_it_is_listed_with_a_reason(each: Package) -> None:
    public = yaml.safe_load((PROJECT / "infra/public-routes.yml").read_text())

    routes = each.properties("AWS::ApiGatewayV2::Route").values()
    without_token = {
        route["RouteKey"] for route in routes if route.get("AuthorizationType") != "JWT"
    }
    assert without_token == set(public)
    assert all(public.values())


def test_a_request_that_matches_no_route_reaches_only_no_such_route(each: Package) -> None:
    keys = {route["RouteKey"] for route in each.properties("AWS::ApiGatewayV2::Route").values()}

    assert operations_of_routes(each)["$default"] == "noSuchRoute"
    assert not [key for key in keys if "+" in key or key.startswith("ANY")]
    assert all(key.split()[1].startswith("/v1/") for key in keys - {"$default"})


def test_every_route_has_the_rate_limit_of_the_stage(each: Package) -> None:
    rate, burst, _, _ = LIMITS[each.stage]

    settings = each["HttpApiStage"]["DefaultRouteSettings"]
    assert settings["ThrottlingRateLimit"] == rate
    assert settings["ThrottlingBurstLimit"] == burst
    assert settings["DetailedMetricsEnabled"] is True


def test_the_gateway_allows_a_client_more_sign_ins_than_the_service(each: Package) -> None:
    """The gateway's limit is shared by all clients, so the service must refuse one client first."""
    _, _, auth_rate, auth_burst = LIMITS[each.stage]

    environment = each["SignInLambdaFunction"]["Environment"]["Variables"]
    for setting in ("SIGN_IN_LIMIT", "MAIL_LIMIT"):
        for limit in environment[setting].split():
            calls, seconds = (int(number) for number in limit.split("/"))
            assert calls / seconds * 10 <= auth_rate
            assert calls <= 10 * auth_burst
    assert environment["UNLIMITED_CLIENTS"] == "127.0.0.1"  # no client of AWS has it


def test_every_sign_in_route_has_a_stricter_limit(each: Package) -> None:
    rate, _, auth_rate, auth_burst = LIMITS[each.stage]
    auth_routes = {
        route["RouteKey"]: logical_id
        for logical_id, route in each.properties("AWS::ApiGatewayV2::Route").items()
        if " /v1/auth/" in route["RouteKey"]
    }

    settings = each["HttpApiStage"]["RouteSettings"]
    assert len(auth_routes) >= 9
    assert set(settings) == set(auth_routes)
    assert auth_rate < rate
    for limits in settings.values():
        assert limits["ThrottlingRateLimit"] == auth_rate
        assert limits["ThrottlingBurstLimit"] == auth_burst
        assert limits["DetailedMetricsEnabled"] is True


def test_route_limits_are_set_after_their_routes_exist(each: Package) -> None:
    stage = each.template["Resources"]["HttpApiStage"]

    for logical_id, route in each.properties("AWS::ApiGatewayV2::Route").items():
        if route["RouteKey"] in stage["Properties"]["RouteSettings"]:
            assert logical_id in stage["DependsOn"]


def test_access_logs_are_json_with_the_request_id(each: Package) -> None:
    settings = each["HttpApiStage"]["AccessLogSettings"]

    assert settings["DestinationArn"] == {"Fn::GetAtt": ["HttpApiLogGroup", "Arn"]}
    line = json.loads(settings["Format"])
    assert line["requestId"] == "$context.requestId"
    assert {"$context.status", "$context.routeKey", "$context.responseLatency"} <= set(
        line.values()
    )
    assert "authorization" not in settings["Format"].lower().replace("authorizer", "")


def test_events_have_payload_2_0(each: Package) -> None:
    integrations = each.properties("AWS::ApiGatewayV2::Integration").values()

    assert {integration["PayloadFormatVersion"] for integration in integrations} == {"2.0"}
