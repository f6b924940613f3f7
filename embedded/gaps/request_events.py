"""Events that an HTTP API sends to functions.

AWS: cookies are a separate list. The gateway adds `x-forwarded-*`, `x-amzn-trace-id` and its own
`host`, removes connection headers and omits empty fields. MiniStack passes the headers unchanged
and sends `null` for a path without parameters.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import os
import time
from typing import Any

from ministack.core.responses import get_region, get_request_client_ip
from ministack.services import apigateway

OF_THE_CONNECTION = ("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade")


def rewrite(event: dict[str, Any]) -> None:
    context, headers = event["requestContext"], event["headers"]
    client = get_request_client_ip()
    context["domainPrefix"] = context["apiId"]
    context["domainName"] = f"{context['apiId']}.execute-api.{get_region()}.amazonaws.com"
    context["http"]["sourceIp"] = client
    for name in OF_THE_CONNECTION:
        headers.pop(name, None)
    if cookie := headers.pop("cookie", None):
        event["cookies"] = [part.strip() for part in cookie.split(";") if part.strip()]
    before = headers.get("x-forwarded-for")
    headers |= {
        "host": context["domainName"],
        "x-forwarded-for": f"{before}, {client}" if before else client,
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
        "x-amzn-trace-id": f"Root=1-{int(time.time()):08x}-{os.urandom(12).hex()}",
    }
    if event.get("pathParameters") is None:
        event.pop("pathParameters", None)


def close() -> None:
    run = apigateway.run_reentrant

    async def run_with_event(function: Any, record: Any, event: Any, **more: Any) -> Any:
        if more.get("thread_name") == "ministack-apigw-invoke":
            rewrite(event)
        return await run(function, record, event, **more)

    apigateway.run_reentrant = run_with_event
