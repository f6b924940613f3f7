"""Each stage has the values that docs/requirements.md lists."""

from typing import Any

import pytest

from tests.api import templates
from tests.infra.packages import STAGES, Package

ROWS: dict[str, dict[str, Any]] = {
    "dev": {
        "origins": ["*"],
        "callback": "http://localhost:3000/auth/callback",
        "retention": 7,
        "publishing": "everyone",
        "pitr": False,
        "secret": False,
    },
    "staging": {
        "origins": ["https://staging.artisthub.local"],
        "callback": "https://staging.artisthub.local/auth/callback",
        "retention": 14,
        "publishing": "verified",
        "pitr": True,
        "secret": True,
    },
    "prod": {
        "origins": ["https://artisthub.com"],
        "callback": "https://artisthub.com/auth/callback",
        "retention": 30,
        "publishing": "verified",
        "pitr": True,
        "secret": True,
    },
}


def test_cors_allows_the_origins_of_the_stage(each: Package) -> None:
    cors = each["HttpApi"]["CorsConfiguration"]

    assert cors["AllowOrigins"] == ROWS[each.stage]["origins"]
    assert {"Authorization", "Content-Type", "If-Match", "Idempotency-Key"} <= set(
        cors["AllowHeaders"]
    )
    assert {"GET", "POST", "PUT", "PATCH", "DELETE"} <= set(cors["AllowMethods"])
    assert {"traceparent", "tracestate", "baggage"} <= set(cors["AllowHeaders"])
    assert {"Allow", "ETag", "Location", "Retry-After"} <= set(cors["ExposeHeaders"])
    assert not cors.get("AllowCredentials")


def test_sign_in_returns_to_the_callback_url_of_the_stage(each: Package) -> None:
    assert each["UserPoolClient"]["CallbackURLs"] == [ROWS[each.stage]["callback"]]


def test_every_log_group_has_the_retention_of_the_stage(each: Package) -> None:
    groups = each.properties("AWS::Logs::LogGroup")

    assert len(groups) == len(each.resources("AWS::Lambda::Function")) + 1
    assert {group["RetentionInDays"] for group in groups.values()} == {
        ROWS[each.stage]["retention"]
    }


def test_every_table_has_point_in_time_recovery_if_the_stage_enables_it(each: Package) -> None:
    for table in each.properties("AWS::DynamoDB::Table").values():
        recovery = table["PointInTimeRecoverySpecification"]
        assert recovery["PointInTimeRecoveryEnabled"] is ROWS[each.stage]["pitr"]


def test_the_client_has_a_secret_if_the_stage_enables_it(each: Package) -> None:
    has_secret = ROWS[each.stage]["secret"]

    assert each["UserPoolClient"]["GenerateSecret"] is has_secret
    assert len(each.resources("AWS::SecretsManager::Secret")) == int(has_secret)


def test_only_verified_recruiters_publish_if_the_stage_says_so(each: Package) -> None:
    variables = each["CastingChangesLambdaFunction"]["Environment"]["Variables"]

    assert variables["PUBLISHING"] == ROWS[each.stage]["publishing"]


def test_functions_have_256_mb_and_60_seconds_in_every_stage(each: Package) -> None:
    functions = each.properties("AWS::Lambda::Function")

    larger = {name: f["MemorySize"] for name, f in functions.items() if f["MemorySize"] != 256}
    assert larger == {"SetPictureLambdaFunction": 1769}, "it decodes images of 50 megapixels"
    others = {name: f["Timeout"] for name, f in functions.items() if f["Timeout"] != 60}
    assert others == {
        # Cognito waits 5 s for a trigger, and the daily check may take longer than a request.
        "CheckSignUpLambdaFunction": 5,
        "EndSessionsLambdaFunction": 5,
        "FollowAddressLambdaFunction": 5,
        "ReconcileLambdaFunction": 900,
    }


def test_functions_run_python_3_13_on_arm64_with_the_dependency_layer(each: Package) -> None:
    for function in each.properties("AWS::Lambda::Function").values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]
        assert {"Ref": "DependenciesLambdaLayer"} in function["Layers"]


def test_all_stage_files_have_the_same_keys() -> None:
    contents = {stage: templates.stage(stage) for stage in STAGES}

    keys = {stage: _keys(content) for stage, content in contents.items()}
    assert keys["staging"] == keys["dev"]
    assert keys["prod"] == keys["dev"]


@pytest.mark.parametrize("output", ["UserPoolId", "UserPoolClientId", "UserPoolDomain", "ApiUrl"])
def test_the_stack_has_the_outputs_that_clients_need(each: Package, output: str) -> None:
    assert each.template["Outputs"][output]["Value"]


def test_other_configuration_is_in_parameter_store(each: Package) -> None:
    names = {parameter["Name"] for parameter in each.properties("AWS::SSM::Parameter").values()}

    assert names == {
        f"/artisthub/{each.stage}/{name}"
        for name in [
            "api-url",
            "user-pool-id",
            "user-pool-client-id",
            "hosted-ui-url",
            "allowed-origins",
            "callback-urls",
            "sender-address",
            "alarm-address",
        ]
    }


def _keys(content: dict[str, Any]) -> set[str]:
    return {
        f"{key}.{inner}"
        for key, value in content.items()
        for inner in (value if isinstance(value, dict) else [""])
    }
