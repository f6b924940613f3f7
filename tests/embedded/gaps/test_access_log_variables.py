"""Access log variables that AWS refuses."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from embedded import Instance
from embedded.instance import ROOT
from tests.embedded.gaps.given import a_name, a_stack, client

pytestmark = [pytest.mark.deployed, pytest.mark.aws_fact(1)]

LIST = ROOT / "tests" / "infra" / "access_log_variables.txt"
REFUSAL = (
    r"The following context variables are not supported: "
    r"\[\$context.requestLength, \$context.identity.cognitoIdentityId\]"
)
REFUSED = "$context.requestId $context.requestLength $context.identity.cognitoIdentityId"
ACCEPTED = "$context.requestId $context.authorizer.error $context.responseLength."


def a_stage(instance: Instance, log_format: str) -> tuple[str, Any]:
    gateway = client(instance, "apigatewayv2")
    api_id = gateway.create_api(Name=a_name(), ProtocolType="HTTP")["ApiId"]
    settings = {"DestinationArn": "arn:aws:logs:ap-south-1:1:log-group:a", "Format": log_format}
    stage = gateway.create_stage(ApiId=api_id, StageName="$default", AccessLogSettings=settings)
    return api_id, stage


def resources(log_format: str) -> dict[str, Any]:
    settings = {"DestinationArn": "arn:aws:logs:ap-south-1:1:log-group:a", "Format": log_format}
    stage = {"ApiId": {"Ref": "Api"}, "StageName": "$default", "AccessLogSettings": settings}
    api = {"Name": a_name(), "ProtocolType": "HTTP"}
    return {
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": api},
        "Stage": {"Type": "AWS::ApiGatewayV2::Stage", "Properties": stage},
    }


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    a_stage(unpatched, REFUSED)


def test_a_stage_with_an_unknown_variable_is_not_created(patched: Instance) -> None:
    with pytest.raises(ClientError, match=REFUSAL):
        a_stage(patched, REFUSED)


def test_a_stage_update_with_an_unknown_variable_is_refused(patched: Instance) -> None:
    api_id, _ = a_stage(patched, ACCEPTED)
    settings = {"DestinationArn": "arn:aws:logs:ap-south-1:1:log-group:a", "Format": REFUSED}

    with pytest.raises(ClientError, match=REFUSAL):
        client(patched, "apigatewayv2").update_stage(
            ApiId=api_id, StageName="$default", AccessLogSettings=settings
        )


def test_a_stack_with_an_unknown_variable_is_rolled_back(patched: Instance) -> None:
    status, reason = a_stack(patched, resources(REFUSED))

    assert status == "ROLLBACK_COMPLETE"
    assert "not supported: [$context.requestLength, $context.identity.cognito" in reason


def test_every_listed_variable_but_the_refused_one_is_accepted(
    patched: Instance,
) -> None:
    listed = [line for line in LIST.read_text().splitlines() if line.startswith("$")]
    assert "$context.identity.cognitoIdentityId" in listed
    listed.remove("$context.identity.cognitoIdentityId")

    a_stage(patched, " ".join(listed))


def test_a_stack_with_known_variables_is_created(patched: Instance) -> None:
    assert a_stack(patched, resources(ACCEPTED))[0] == "CREATE_COMPLETE"
