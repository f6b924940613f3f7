"""Access log variables of an HTTP API.

AWS: an HTTP API has only some of a REST API's variables. `CreateStage` and `UpdateStage` refuse the
others, so a first deployment that uses one fails. MiniStack accepts any format.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
AWS refuses `identity.cognitoIdentityId` although the page lists it:
https://github.com/anomalyco/sst/issues/2587
"""

import re
from typing import Any

from ministack.services import apigateway
from ministack.services.cloudformation import provisioners

STAGE = "AWS::ApiGatewayV2::Stage"

VARIABLE = re.compile(r"\$context\.([A-Za-z0-9_.-]*)|\$\{context\.([^}]*)\}")
KNOWN = {
    *("accountId", "apiId", "awsEndpointRequestId", "awsEndpointRequestId2"),
    *("customDomain.basePathMatched", "dataProcessed", "domainName", "domainPrefix"),
    *("error.message", "error.messageString", "error.responseType", "extendedRequestId"),
    *("httpMethod", "identity.accountId", "identity.caller"),
    *("identity.clientCert.clientCertPem", "identity.clientCert.issuerDN"),
    *("identity.clientCert.serialNumber", "identity.clientCert.subjectDN"),
    *("identity.clientCert.validity.notAfter", "identity.clientCert.validity.notBefore"),
    *("identity.cognitoAuthenticationProvider", "identity.cognitoAuthenticationType"),
    *("identity.cognitoIdentityPoolId", "identity.principalOrgId", "identity.sourceIp"),
    *("identity.user", "identity.userAgent", "identity.userArn"),
    *("integration.error", "integration.integrationStatus", "integration.latency"),
    *("integration.requestId", "integration.status", "integrationErrorMessage"),
    *("integrationLatency", "integrationStatus", "path", "protocol", "requestId"),
    *("requestTime", "requestTimeEpoch", "responseLatency", "responseLength", "routeKey"),
    *("stage", "status"),
}


def refusal_of(log_format: str) -> str:
    """Return why AWS refuses the format, or an empty string if it accepts it."""
    unknown = [
        found[0]
        for found in VARIABLE.finditer(log_format)
        if not _is_known((found[1] or found[2] or "").rstrip("."))
    ]
    names = ", ".join(unknown)
    return f"The following context variables are not supported: [{names}]" if unknown else ""


def _is_known(name: str) -> bool:
    return name in KNOWN or (name.startswith("authorizer.") and name != "authorizer.")


def close() -> None:
    create, update = apigateway._create_stage, apigateway._update_stage
    stage = dict(provisioners._RESOURCE_HANDLERS[STAGE])

    def refused(api_id: str, sent: dict[str, Any]) -> Any:
        settings = sent.get("accessLogSettings") or {}
        is_http = (apigateway._apis.get(api_id) or {}).get("protocolType") == "HTTP"
        reason = refusal_of(settings.get("format") or "") if is_http else ""
        return apigateway._apigw_error("BadRequestException", reason, 400) if reason else None

    def create_stage(api_id: str, sent: dict[str, Any]) -> Any:
        return refused(api_id, sent) or create(api_id, sent)

    def update_stage(api_id: str, name: str, sent: dict[str, Any]) -> Any:
        return refused(api_id, sent) or update(api_id, name, sent)

    def create_in_stack(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        sent = provisioners._apigw_v2_stage_props(properties)
        if refused(properties["ApiId"], sent):
            raise ValueError(refusal_of(sent["accessLogSettings"]["format"]))
        return stage["create"](logical_id, properties, stack)

    apigateway._create_stage = create_stage
    apigateway._update_stage = update_stage
    provisioners._RESOURCE_HANDLERS[STAGE] = stage | {"create": create_in_stack}
