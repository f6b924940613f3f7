"""CORS headers of an HTTP API.

AWS: an API with a CORS configuration adds CORS headers to an integration's response if the request
names an origin. It ignores CORS headers from the integration. It answers every preflight with 204,
without CORS headers if the origin is not allowed. MiniStack adds the headers to every response if
all origins are allowed, keeps the integration's headers, and answers such a preflight with 403.
AWS documents no CORS headers for the gateway's own responses (401, 404, 429), so none are sent
here: see "Open gaps" in docs/aws.md.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

from typing import Any

from ministack.services import apigateway


def close() -> None:
    headers_of, preflight, invoke = (
        apigateway._cors_response_headers,
        apigateway._cors_preflight_response,
        apigateway._invoke_lambda_proxy,
    )

    def headers_for_an_origin(configured: dict[str, Any], origin: str) -> Any:
        return headers_of(configured, origin) if origin else {}

    def preflight_is_204(configured: dict[str, Any], origin: str) -> Any:
        if configured and not headers_for_an_origin(configured, origin):
            return 204, {"Content-Length": "0"}, b""
        return preflight(configured, origin)

    async def invoke_without_cors(integration: Any, api_id: str, *rest: Any, **more: Any) -> Any:
        status, headers, body = await invoke(integration, api_id, *rest, **more)
        if apigateway._apis[api_id].get("corsConfiguration"):
            for name in [name for name in headers if name.lower().startswith("access-control-")]:
                del headers[name]
        return status, headers, body

    apigateway._cors_response_headers = headers_for_an_origin
    apigateway._cors_preflight_response = preflight_is_204
    apigateway._invoke_lambda_proxy = invoke_without_cors
