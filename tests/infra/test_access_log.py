"""The access log uses only variables that AWS lists for HTTP APIs.

With any other variable, CreateStage fails and so does the first deployment of the stage.
"""

import re
from pathlib import Path

import pytest

from tests.infra.packages import Package

LISTED = (Path(__file__).parent / "access_log_variables.txt").read_text().splitlines()
# The list has PROPERTY for the name of a claim or of a key of the authorizer context.
PATTERNS = [
    re.escape(variable).replace("PROPERTY", r"(?!claims$)[A-Za-z0-9_-]+")
    for variable in LISTED
    if variable.startswith("$context.")
]
VARIABLE = re.compile(r"\$[A-Za-z0-9_.-]*")


def refused_variables(log_format: str) -> list[str]:
    """The variables of a format that AWS does not list for HTTP APIs."""
    accepted = re.compile("|".join(PATTERNS))
    return [name for name in VARIABLE.findall(log_format) if not accepted.fullmatch(name)]


@pytest.mark.aws_fact(1)
def test_the_access_log_has_only_variables_that_http_apis_have(each: Package) -> None:
    refused = refused_variables(each["HttpApiStage"]["AccessLogSettings"]["Format"])

    assert refused == [], f"CreateStage of {each.stage} fails: AWS does not support {refused}"


@pytest.mark.weakness(59)
def test_the_access_log_has_no_text_that_a_client_chooses(each: Package) -> None:
    log_format = each["HttpApiStage"]["AccessLogSettings"]["Format"]

    assert "userAgent" not in log_format
    assert not re.search(r"\$context\.(path|protocol|domainName|authorizer\.claims)", log_format)


@pytest.mark.aws_fact(1)
@pytest.mark.parametrize(
    "variable",
    [
        "$context.requestLength",
        "$context.identity",
        "$context.identity.apiKey",
        "$context.identity.clientCert.validity",
        "$context.authorizer",
        "$context.authorizer.claims",
        "$context.authorizer.claims.address.country",
        "$context.resourcePath",
        "$context.responselatency",
        "$stageVariables.name",
        "$context",
    ],
)
def test_a_variable_that_http_apis_do_not_have_is_reported(variable: str) -> None:
    assert refused_variables(f'{{"ours":"{variable}","id":"$context.requestId"}}') == [variable]


@pytest.mark.parametrize(
    "variable",
    [
        "$context.authorizer.claims.sub",
        "$context.authorizer.claims.device_key",
        "$context.authorizer.principalId",
        "$context.authorizer.error",
        "$context.identity.sourceIp",
        "$context.identity.clientCert.validity.notBefore",
        "$context.integration.status",
    ],
)
def test_a_variable_with_parts_is_accepted_if_aws_lists_it(variable: str) -> None:
    assert refused_variables(variable) == []
